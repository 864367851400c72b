//! A digit as the network saw it: the picture, all spikes that it drew, and how they were read.

use super::circuits::diehl_cook::{EXCITATORY, PIXELS};
use super::digit_reader::{Answer, CLASSES, DigitReader};
use crate::data::Split;
use crate::snn::NetworkError;

/// Spikes in the order of time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spikes {
    /// When, ms after the digit appeared.
    pub times_ms: Vec<f32>,
    /// Whose, by place in the population.
    pub neurons: Vec<u16>,
}

/// See the module.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Presentation {
    /// Where the digit stands in the data; none for one that was drawn by hand.
    pub source: Option<(Split, u32)>,
    /// What it is; none for one that was drawn by hand.
    pub class: Option<u8>,
    /// 784 pixels in [0, 1].
    pub pixels: Vec<f32>,
    /// Spikes of the pixels in the last attempt.
    pub retina: Spikes,
    /// Spikes of the excitatory neurons in it.
    pub excitatory: Spikes,
    /// Attempts that it took: each is brighter than the one before.
    pub attempts: u32,
    /// How probable each digit is by the spikes.
    pub probabilities: [f64; CLASSES],
    /// What was read; none without labels or without an answer.
    pub read: Option<u8>,
    /// When the attempt began.
    began_ms: f64,
}

impl Presentation {
    /// Begins with a digit that a reader is about to show.
    pub fn begin(pixels: Vec<f32>, source: Option<(Split, u32)>, class: Option<u8>, now_ms: f64) -> Self {
        Self { source, class, pixels, attempts: 1, began_ms: now_ms, ..Self::default() }
    }

    /// Advances the reader by one window and keeps who fired; the answer when the digit is over.
    ///
    /// # Errors
    /// As [`DigitReader::advance`].
    pub fn advance(&mut self, reader: &mut DigitReader) -> Result<Option<Answer>, NetworkError> {
        let answer = reader.advance()?;
        let (network, began_ms) = (reader.network(), self.began_ms);
        network.each_spike(|population, step, neuron| {
            let spikes = match population {
                PIXELS => &mut self.retina,
                EXCITATORY => &mut self.excitatory,
                _ => return,
            };
            spikes.times_ms.push((step as f64 * network.dt_ms() - began_ms) as f32);
            spikes.neurons.push(neuron as u16);
        });
        if let Some(attempt) = reader.attempt()
            && attempt + 1 != self.attempts
        {
            (self.attempts, self.began_ms) = (attempt + 1, network.time_ms());
            (self.retina, self.excitatory) = (Spikes::default(), Spikes::default());
        }
        if let Some(answer) = &answer {
            (self.probabilities, self.read) = (reader.probabilities(answer), reader.read(answer));
        }
        Ok(answer)
    }

    /// Shows pixels that belong to no data to a reader, to their end; they are [`centred`] first.
    ///
    /// # Errors
    /// As [`DigitReader::show`] and [`DigitReader::advance`].
    pub fn of_drawing(pixels: &[f32], reader: &mut DigitReader) -> Result<Self, NetworkError> {
        let pixels = centred(pixels);
        reader.show(&pixels)?;
        let mut drawn = Self::begin(pixels, None, None, reader.network().time_ms());
        while drawn.advance(reader)?.is_none() {}
        Ok(drawn)
    }
}

/// Pixels of a square picture moved by whole pixels so that their centre of mass lies in the middle, as
/// that of each digit of MNIST does; what would leave the picture is lost. Without light, as they are.
pub fn centred(pixels: &[f32]) -> Vec<f32> {
    let side = pixels.len().isqrt();
    let (mut light, mut across, mut down) = (0.0f64, 0.0, 0.0);
    for (at, &pixel) in pixels.iter().enumerate() {
        let pixel = f64::from(pixel);
        light += pixel;
        across += pixel * (at % side) as f64;
        down += pixel * (at / side) as f64;
    }
    let middle = (side as f64 - 1.0) / 2.0;
    // NaN where there is no light or no number: who shows them refuses what is no picture.
    let shift = |sum: f64| libm::round(middle - sum / light) as i32;
    let (right, below) = (shift(across), shift(down));
    let mut moved = vec![0.0; pixels.len()];
    for (at, &pixel) in pixels.iter().enumerate() {
        let (x, y) = ((at % side) as i32 + right, (at / side) as i32 + below);
        if (0..side as i32).contains(&x) && (0..side as i32).contains(&y) {
            moved[y as usize * side + x as usize] = pixel;
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_in_a_corner_comes_to_the_middle() {
        let mut pixels = vec![0.0; 784];
        let lit = |x: usize, y: usize| 28 * y + x;
        (pixels[lit(2, 3)], pixels[lit(3, 3)], pixels[lit(3, 4)]) = (1.0, 0.5, 1.0);
        let moved = centred(&pixels);
        // Centre of mass at (2.6, 3.4): eleven to the right and ten down.
        assert_eq!((moved[lit(13, 13)], moved[lit(14, 13)], moved[lit(14, 14)]), (1.0, 0.5, 1.0));
        assert_eq!(moved.iter().sum::<f32>(), 2.5);
        assert_eq!(centred(&moved), moved);
        assert_eq!(centred(&[0.0; 784]), [0.0; 784]);
        assert!(centred(&[]).is_empty());
        assert!(centred(&[f32::NAN; 784]).iter().any(|pixel| pixel.is_nan()), "nothing hides what is none");
    }
}
