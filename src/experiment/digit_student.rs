//! A [`DigitReader`] that goes through a training set, with marks as it learns.
//!
//! Every hundred digits the neurons are assigned the digits to which they fired most among the last
//! ones, and each answer is read with the labels assigned before it: what a page shows while the
//! network learns. The labels come from training digits only, like those of the long run.

use super::circuits::DiehlCook;
use super::circuits::diehl_cook::PIXEL_COUNT;
use super::digit_reader::{Answer, DigitReader};
use crate::data::{Dataset, Split};
use crate::snn::NetworkError;
use std::collections::VecDeque;
use std::sync::Arc;

/// Answers from which labels are assigned.
const REMEMBERED: usize = 2000;
/// Digits between two assignments.
const ASSIGNED_EVERY: u64 = 100;
/// Marks over which the share of right answers is taken.
const MARKS: usize = 200;

/// How an answer was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Place of the digit in the training set.
    pub index: u32,
    /// What it is.
    pub class: u8,
    /// What was read; none before labels are assigned or without an answer.
    pub read: Option<u8>,
}

/// See the module.
pub struct Student {
    reader: DigitReader,
    data: Arc<Dataset>,
    recent: VecDeque<(Answer, u8)>,
    marks: VecDeque<Mark>,
    index: Option<u32>,
    next: u32,
}

impl Student {
    /// A student that has seen nothing, and 28×28 pictures of digits.
    ///
    /// # Errors
    /// If the pictures have another size, or as [`DigitReader::new`].
    pub fn new(
        circuit: &DiehlCook,
        data: Arc<Dataset>,
        seed: u64,
        limit_bytes: u64,
    ) -> Result<Self, NetworkError> {
        if data.features() != PIXEL_COUNT as usize || data.classes() > 10 {
            return Err(NetworkError::Value {
                place: "pixels".to_owned(),
                what: "size of the pictures",
                wanted: "28×28 pixels and 10 classes".to_owned(),
                got: data.features() as f64,
            });
        }
        let reader = DigitReader::new(circuit, seed, limit_bytes)?;
        let (recent, marks) = (VecDeque::new(), VecDeque::new());
        Ok(Self { reader, data, recent, marks, index: None, next: 0 })
    }

    /// The network and its labels.
    pub fn reader(&self) -> &DigitReader {
        &self.reader
    }

    /// The digit that is being shown: its place in the training set.
    pub fn showing(&self) -> Option<u32> {
        self.index
    }

    /// Advances by one window; the mark of a digit when it is over.
    ///
    /// # Errors
    /// As [`DigitReader::advance`].
    pub fn advance(&mut self) -> Result<Option<Mark>, NetworkError> {
        let index = match self.index {
            Some(index) => index,
            None => {
                let index = self.next;
                let mut pixels = vec![0.0; PIXEL_COUNT as usize];
                self.data.write_inputs(Split::Train, &[index], &mut pixels);
                self.reader.show(&pixels)?;
                self.next = (index + 1) % self.data.samples(Split::Train);
                self.index = Some(index);
                index
            }
        };
        let Some(answer) = self.reader.advance()? else { return Ok(None) };
        self.index = None;
        let class = self.data.label(Split::Train, index).unwrap_or_default() as u8;
        let mark = Mark { index, class, read: self.reader.read(&answer) };
        if self.recent.len() == REMEMBERED {
            self.recent.pop_front();
        }
        self.recent.push_back((answer, class));
        if self.marks.len() == MARKS {
            self.marks.pop_front();
        }
        self.marks.push_back(mark);
        if self.reader.shown().is_multiple_of(ASSIGNED_EVERY) {
            self.reader.assign(self.recent.iter().map(|(answer, class)| (answer, *class)));
        }
        Ok(Some(mark))
    }

    /// Share of right answers among the last 200, once labels are assigned.
    pub fn accuracy(&self) -> Option<f64> {
        let read = self.marks.iter().filter(|mark| mark.read.is_some()).count();
        let right = self.marks.iter().filter(|mark| mark.read == Some(mark.class)).count();
        (read > 0).then(|| right as f64 / self.marks.len() as f64)
    }
}
