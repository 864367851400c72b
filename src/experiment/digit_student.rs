//! A [`DigitReader`] that goes through a training set, with marks as it learns.
//!
//! Every hundred digits the neurons are assigned the digits to which they fired most among the last
//! ones, and each answer is read with the labels assigned before it: what a page shows while the
//! network learns. The labels come from training digits only, like those of the long run. While it does
//! not learn, a copy with fixed weights and thresholds is shown the digits of the test part.

use super::circuits::DiehlCook;
use super::circuits::diehl_cook::PIXEL_COUNT;
use super::digit_presentation::Presentation;
use super::digit_reader::{Answer, DigitReader};
use super::interval::Share;
use crate::data::{Dataset, Split};
use crate::learning::plasticity::PostStdp;
use crate::snn::NetworkError;
use std::collections::VecDeque;
use std::sync::Arc;

/// Answers from which labels are assigned.
const REMEMBERED: usize = 2000;
/// Digits between two assignments, and between two points of the curve.
const ASSIGNED_EVERY: u64 = 100;
/// Marks over which the share of right answers is taken.
pub const MARKS: usize = 1000;

/// See the module.
pub struct Student {
    circuit: DiehlCook,
    seed: u64,
    limit_bytes: u64,
    reader: DigitReader,
    /// The copy that is asked while it does not learn.
    held: Option<DigitReader>,
    learning: bool,
    data: Arc<Dataset>,
    recent: VecDeque<(Answer, u8)>,
    marks: VecDeque<bool>,
    curve: Vec<(u64, Share)>,
    present: Option<Presentation>,
    last: Option<Presentation>,
    /// Place of the next digit of each part.
    next: [u32; 2],
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
        Ok(Self {
            circuit: *circuit,
            seed,
            limit_bytes,
            reader,
            held: None,
            learning: true,
            data,
            recent: VecDeque::new(),
            marks: VecDeque::new(),
            curve: Vec::new(),
            present: None,
            last: None,
            next: [0; 2],
        })
    }

    /// One that has seen nothing, with the same pictures.
    ///
    /// # Errors
    /// As [`Student::new`].
    pub fn restarted(&self, circuit: &DiehlCook, seed: u64, limit_bytes: u64) -> Result<Self, NetworkError> {
        let fresh = Self::new(circuit, Arc::clone(&self.data), seed, limit_bytes)?;
        Ok(Self { learning: self.learning, ..fresh })
    }

    /// The network that learns, and its labels.
    pub fn reader(&self) -> &DigitReader {
        &self.reader
    }

    /// Weights `(neurons, 784 pixels)` as a picture: 255 is the largest weight that the rule allows.
    pub fn fields(&self) -> Vec<u8> {
        let neurons = self.circuit.neurons as usize;
        let scale = 255.0 / PostStdp::default().w_max as f32;
        let mut fields = vec![0; PIXEL_COUNT as usize * neurons];
        for (pixel, weights) in self.reader.weights().chunks(neurons).enumerate() {
            for (neuron, weight) in weights.iter().enumerate() {
                fields[neuron * PIXEL_COUNT as usize + pixel] = (weight * scale + 0.5) as u8;
            }
        }
        fields
    }

    /// θ of each neuron, mV.
    pub fn thetas_mv(&mut self) -> Vec<f32> {
        self.reader.thetas_mv()
    }

    /// Biological time of the network that is shown digits now, ms: of the copy while it does not learn.
    pub fn present_ms(&self) -> f64 {
        self.held.as_ref().unwrap_or(&self.reader).network().time_ms()
    }

    /// The last digit that was shown to its end.
    pub fn last(&self) -> Option<&Presentation> {
        self.last.as_ref()
    }

    /// Whether it learns.
    pub fn learning(&self) -> bool {
        self.learning
    }

    /// From the next digit on it learns, or is asked the digits of the test part; marks begin anew then.
    pub fn set_learning(&mut self, learning: bool) {
        self.learning = learning;
    }

    /// Right answers among the last [`MARKS`], of those that were read with labels.
    pub fn share(&self) -> Share {
        let right = self.marks.iter().filter(|right| **right).count();
        Share { right: right as u32, of: self.marks.len() as u32 }
    }

    /// The same after every hundred digits that it learned from.
    pub fn curve(&self) -> &[(u64, Share)] {
        &self.curve
    }

    /// Advances by one window; whether a digit is over.
    ///
    /// # Errors
    /// As [`DigitReader::advance`].
    pub fn advance(&mut self) -> Result<bool, NetworkError> {
        let mut present = match self.present.take() {
            Some(present) => present,
            None => self.begin()?,
        };
        let answer = present.advance(self.held.as_mut().unwrap_or(&mut self.reader))?;
        let Some(answer) = answer else {
            self.present = Some(present);
            return Ok(false);
        };
        let class = present.class.unwrap_or_default();
        if self.reader.labels().iter().any(Option::is_some) {
            if self.marks.len() == MARKS {
                self.marks.pop_front();
            }
            self.marks.push_back(present.read == Some(class));
        }
        self.last = Some(present);
        if self.held.is_none() {
            self.remember(answer, class);
        }
        Ok(true)
    }

    fn remember(&mut self, answer: Answer, class: u8) {
        if self.recent.len() == REMEMBERED {
            self.recent.pop_front();
        }
        self.recent.push_back((answer, class));
        if self.reader.shown().is_multiple_of(ASSIGNED_EVERY) {
            if !self.marks.is_empty() {
                self.curve.push((self.reader.shown(), self.share()));
            }
            self.reader.assign(self.recent.iter().map(|(answer, class)| (answer, *class)));
        }
    }

    fn begin(&mut self) -> Result<Presentation, NetworkError> {
        if self.learning != self.held.is_none() {
            self.held = if self.learning { None } else { Some(self.copy()?) };
            self.marks.clear();
        }
        let split = if self.learning { Split::Train } else { Split::Test };
        let next = &mut self.next[usize::from(!self.learning)];
        let index = *next;
        *next = (index + 1) % self.data.samples(split);
        let mut pixels = vec![0.0; PIXEL_COUNT as usize];
        self.data.write_inputs(split, &[index], &mut pixels);
        let class = self.data.label(split, index).map(|class| class as u8);
        let reader = self.held.as_mut().unwrap_or(&mut self.reader);
        reader.show(&pixels)?;
        Ok(Presentation::begin(pixels, Some((split, index)), class, reader.network().time_ms()))
    }

    /// The network as it is, with weights and thresholds that stay.
    fn copy(&mut self) -> Result<DigitReader, NetworkError> {
        self.reader.frozen(&self.circuit, self.seed.wrapping_add(1), self.limit_bytes)
    }

    /// Shows a picture of 784 pixels in [0, 1] to a copy that does not learn; the student itself notices
    /// nothing.
    ///
    /// # Errors
    /// As [`DigitReader::show`].
    pub fn ask(&mut self, pixels: &[f32]) -> Result<Presentation, NetworkError> {
        let mut copy = self.copy()?;
        Presentation::of_drawing(pixels, &mut copy)
    }
}
