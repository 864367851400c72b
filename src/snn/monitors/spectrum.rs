//! Power spectrum: the mean of the periodograms of overlapping pieces (Welch 1967, IEEE Trans. Audio
//! Electroacoust. 15, 70–73).
//!
//! Pieces of a power of two of samples overlap by half; each is freed of the signal's mean, weighted
//! with Hann's window and transformed. The density is one-sided, in squared units of the signal a
//! Hz, and scaled such that its integral is the variance. Sampling period in ms, frequencies in Hz.
//! The transform is the radix-2 one of Cooley & Tukey (1965, Math. Comput. 19, 297–301) in f64, with the
//! sines of the `libm` crate: the same bits on every target. Floor F2.
//!
//! ```
//! use cajal::snn::monitors::spectrum::welch;
//! let signal: Vec<f64> = (0..4096).map(|n| (f64::from(n) * 0.25).sin()).collect();
//! let spectrum = welch(&signal, 1.0, 1024).expect("enough samples");
//! let expected_hz = 0.25 / std::f64::consts::TAU * 1000.0;
//! assert!((spectrum.peak_hz().expect("it varies") - expected_hz).abs() < spectrum.step_hz);
//! ```

use std::f64::consts::{PI, TAU};

/// A one-sided power density.
#[derive(Clone, Debug, PartialEq)]
pub struct Spectrum {
    /// From one frequency to the next, Hz; value `n` belongs to `n·step_hz`.
    pub step_hz: f64,
    /// Power density, squared units of the signal a Hz, from 0 Hz to half the sampling rate.
    pub density: Vec<f64>,
    /// How many pieces it is the mean of.
    pub pieces: usize,
}

impl Spectrum {
    /// The frequency of the largest density, Hz, 0 Hz left out; None if there is no power.
    #[must_use]
    pub fn peak_hz(&self) -> Option<f64> {
        let beyond_zero = self.density.iter().enumerate().skip(1);
        let largest = beyond_zero.max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)))?;
        (*largest.1 > 0.0).then_some(largest.0 as f64 * self.step_hz)
    }

    /// The integral of the density between two frequencies, Hz, both included.
    #[must_use]
    pub fn power_between(&self, from_hz: f64, to_hz: f64) -> f64 {
        let within = |&(n, _): &(usize, &f64)| (from_hz..=to_hz).contains(&(n as f64 * self.step_hz));
        self.density.iter().enumerate().filter(within).map(|(_, density)| density * self.step_hz).sum()
    }
}

/// The spectrum of `signal`, a sample every `period_ms`, from pieces of `piece` samples.
///
/// None if `piece` is not a power of two of at least 4, the signal is shorter than it, a sample is not
/// finite or the period not positive.
#[must_use]
pub fn welch(signal: &[f64], period_ms: f64, piece: usize) -> Option<Spectrum> {
    let pieces_fit = piece >= 4 && piece.is_power_of_two() && signal.len() >= piece;
    if !(pieces_fit && period_ms > 0.0 && period_ms.is_finite()) {
        return None;
    }
    let (mean, _) = super::moments(signal.iter().copied())?;
    let turn = TAU / piece as f64;
    let window: Vec<f64> = (0..piece).map(|n| 0.5 - 0.5 * libm::cos(turn * n as f64)).collect();
    let window_power: f64 = window.iter().map(|weight| weight * weight).sum();
    let mut density = vec![0.0; piece / 2 + 1];
    let (mut real, mut imaginary) = (vec![0.0; piece], vec![0.0; piece]);
    let mut pieces = 0;
    for samples in signal.windows(piece).step_by(piece / 2) {
        for ((value, sample), weight) in real.iter_mut().zip(samples).zip(&window) {
            *value = (sample - mean) * weight;
        }
        imaginary.fill(0.0);
        fft(&mut real, &mut imaginary);
        for (sum, (re, im)) in density.iter_mut().zip(real.iter().zip(&imaginary)) {
            *sum += re * re + im * im;
        }
        pieces += 1;
    }
    let rate_hz = 1000.0 / period_ms;
    let last = piece / 2;
    for (n, value) in density.iter_mut().enumerate() {
        // Frequencies below 0 are counted to those above, but 0 and the highest have no twin.
        let sides = if n == 0 || n == last { 1.0 } else { 2.0 };
        *value *= sides / (rate_hz * window_power * pieces as f64);
    }
    Some(Spectrum { step_hz: rate_hz / piece as f64, density, pieces })
}

/// The discrete Fourier transform `X_k = Σ_n x_n·e^(−2πi·kn/N)` of complex numbers, in their place.
///
/// # Panics
/// If the two parts are not of one length, a power of two.
pub fn fft(real: &mut [f64], imaginary: &mut [f64]) {
    let n = real.len();
    assert!(n.is_power_of_two() && imaginary.len() == n, "expected two parts of a power of two, got {n}");
    let bits = n.trailing_zeros();
    for place in 0..n {
        let mirrored = if bits == 0 { 0 } else { place.reverse_bits() >> (usize::BITS - bits) };
        if place < mirrored {
            real.swap(place, mirrored);
            imaginary.swap(place, mirrored);
        }
    }
    let mut half = 1;
    while half < n {
        for offset in 0..half {
            let (sine, cosine) = libm::sincos(-PI * offset as f64 / half as f64);
            for first in (offset..n).step_by(2 * half) {
                let second = first + half;
                let re = real[second] * cosine - imaginary[second] * sine;
                let im = real[second] * sine + imaginary[second] * cosine;
                (real[second], imaginary[second]) = (real[first] - re, imaginary[first] - im);
                (real[first], imaginary[first]) = (real[first] + re, imaginary[first] + im);
            }
        }
        half *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Stream, StreamId};

    fn noise(count: usize, element: u64) -> Vec<f64> {
        let stream = Stream::new(21, StreamId::CurrentNoise);
        (0..count as u64).map(|n| stream.normal_f64(0, element + n)).collect()
    }

    #[test]
    fn the_transform_is_that_of_its_definition() {
        for size in [1usize, 2, 4, 8, 64, 256] {
            let (real, imaginary) = (noise(size, 0), noise(size, 1 << 20));
            let (mut re, mut im) = (real.clone(), imaginary.clone());
            fft(&mut re, &mut im);
            for k in 0..size {
                let (mut x, mut y) = (0.0, 0.0);
                for n in 0..size {
                    let (sine, cosine) = (-TAU * (k * n % size) as f64 / size as f64).sin_cos();
                    x += real[n] * cosine - imaginary[n] * sine;
                    y += real[n] * sine + imaginary[n] * cosine;
                }
                assert!((re[k] - x).abs() < 1e-11 && (im[k] - y).abs() < 1e-11, "{size}: {k}");
            }
            let power = |re: &[f64], im: &[f64]| re.iter().chain(im).map(|x| x * x).sum::<f64>();
            let (time, frequency) = (power(&real, &imaginary), power(&re, &im) / size as f64);
            assert!((time / frequency - 1.0).abs() < 1e-13, "Parseval at {size}");
        }
    }

    #[test]
    fn a_sine_has_its_frequency_and_its_power() {
        let wave = |n: i32| 5.0 + 3.0 * (TAU * 40.0 * f64::from(n) * 0.0005).sin();
        let signal: Vec<f64> = (0..20_000).map(wave).collect();
        let spectrum = welch(&signal, 0.5, 2048).expect("enough samples");
        let peak = spectrum.peak_hz().expect("it varies");
        assert!((peak - 40.0).abs() <= spectrum.step_hz / 2.0, "{peak}");
        let power = spectrum.power_between(35.0, 45.0);
        assert!((power - 4.5).abs() < 0.01, "{power}");
        assert!(spectrum.power_between(60.0, 1000.0) < 1e-4);
    }

    #[test]
    fn white_noise_is_flat_and_its_integral_is_its_variance() {
        let spectrum = welch(&noise(200_000, 0), 1.0, 256).expect("enough samples");
        let total = spectrum.power_between(0.0, 500.0);
        assert!((total - 1.0).abs() < 0.02, "{total}");
        // 1/500 a Hz; each of the values is a mean of 1,561 pieces.
        for density in &spectrum.density[2..127] {
            assert!((density * 500.0 - 1.0).abs() < 0.2, "{density}");
        }
        assert_eq!(spectrum.pieces, 1561);
    }

    #[test]
    fn what_has_no_spectrum_gives_none() {
        let signal = [1.0; 64];
        assert_eq!(welch(&[], 1.0, 4), None);
        assert_eq!(welch(&signal, 1.0, 128), None);
        assert_eq!(welch(&signal, 1.0, 48), None);
        assert_eq!(welch(&signal, 0.0, 16), None);
        assert_eq!(welch(&[f64::NAN; 64], 1.0, 16), None);
        let still = welch(&signal, 1.0, 16).expect("enough samples");
        assert!(still.peak_hz().is_none() && still.density.iter().all(|&density| density == 0.0));
    }
}
