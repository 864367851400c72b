//! A network of spiking neurons that learns digits by itself, and somebody who reads its answer.
//!
//! The circuit is [`DiehlCook`]. A digit is shown as Poisson rates for 350 ms, then nothing for 150 ms;
//! if fewer than five spikes answer, it is shown again, brighter. Before each digit the weights of each
//! neuron are scaled to one sum. Nobody tells the network a label (Diehl & Cook 2015, sections 2.4 to
//! 2.6). Afterwards each neuron is given the digit to which it fired most among *training* digits, and
//! its mean number of spikes `λ` to each of the ten. A new digit is read as the class `c` under which the
//! counts `k` are the most likely, were neurons independent and Poisson: the largest
//! `Σ k·ln λ_c − Σ λ_c` (Sanger 1996, J. Neurophysiol. 76, 2790). The paper lets each neuron speak for its
//! one digit instead. With `(n + ½)/digits` for `λ` a neuron that never fired to a digit rules it out
//! only by as much as is known.

use super::circuits::Circuit;
use super::circuits::diehl_cook::{DiehlCook, EXCITATORY, LEARNING, PIXEL_COUNT, PIXELS};
use crate::snn::{Network, NetworkError};

/// Digits that there are.
pub const CLASSES: usize = 10;
/// How long a digit is shown, ms.
pub const SHOWN_MS: f64 = 350.0;
/// How long nothing is shown after it, ms.
pub const PAUSE_MS: f64 = 150.0;
/// Rate of the brightest pixel at the first attempt, Hz.
pub const BRIGHTEST_HZ: f32 = 63.75;
/// What an attempt adds to it, Hz.
const BRIGHTER_HZ: f32 = 31.875;
/// Spikes that an answer needs.
const ENOUGH_SPIKES: u32 = 5;
/// Attempts at most: a digit without any light would be shown for ever.
const ATTEMPTS: u32 = 12;
/// Spikes that a neuron is taken to have fired to a digit before any was counted (Jeffreys' prior).
const PRIOR_SPIKES: f64 = 0.5;
/// Sum of the weights of a neuron.
const SUM_OF_WEIGHTS: f32 = 78.0;

/// See the module.
pub struct DigitReader {
    network: Network,
    neurons: usize,
    shown: u64,
    /// Whether weights and thresholds change.
    learning: bool,
    /// The digit each neuron stands for.
    labels: Vec<Option<u8>>,
    /// How a neuron's rate is shared among the digits.
    shares: Vec<[f64; CLASSES]>,
    /// `ln λ` of each neuron and digit, and `Σ λ` of each digit; infinite for one that was not among those
    /// by which labels were assigned.
    log_rates: Vec<[f64; CLASSES]>,
    rates: [f64; CLASSES],
    showing: Option<Showing>,
    silent_rates: Vec<f32>,
}

/// A digit that is being shown.
struct Showing {
    pixels: Vec<f32>,
    brightest_hz: f32,
    attempt: u32,
    until_ms: f64,
    pausing: bool,
    counts: Vec<u32>,
}

/// How often each excitatory neuron answered.
pub type Answer = Vec<u32>;

impl DigitReader {
    /// A network that has not seen anything.
    ///
    /// # Errors
    /// As [`crate::snn::NetworkSpec::build`].
    pub fn new(circuit: &DiehlCook, seed: u64, limit_bytes: u64) -> Result<Self, NetworkError> {
        let network = circuit.network(seed).build(limit_bytes)?;
        let neurons = circuit.neurons as usize;
        let silent_rates = vec![0.0; PIXEL_COUNT as usize];
        let (labels, shares) = (vec![None; neurons], vec![[0.0; CLASSES]; neurons]);
        let (shown, learning, showing) = (0, true, None);
        let (log_rates, rates) = (vec![[0.0; CLASSES]; neurons], [f64::INFINITY; CLASSES]);
        Ok(Self {
            network,
            neurons,
            shown,
            learning,
            labels,
            shares,
            log_rates,
            rates,
            showing,
            silent_rates,
        })
    }

    /// The same network, as it is, in a state where thresholds and weights stay: to be asked.
    ///
    /// # Errors
    /// As [`DigitReader::new`].
    pub fn frozen(&mut self, circuit: &DiehlCook, seed: u64, limit_bytes: u64) -> Result<Self, NetworkError> {
        let fixed = DiehlCook { theta_plus_mv: 0.0, tau_theta_ms: f64::INFINITY, ..*circuit };
        let mut asked = Self::new(&fixed, seed, limit_bytes)?;
        let weights: Vec<f32> = self.weights();
        asked.network.set_weights(LEARNING, &weights)?;
        asked.network.scale_weights(LEARNING, SUM_OF_WEIGHTS);
        asked.network.set_learning(LEARNING, false);
        asked.learning = false;
        if let Some(theta) = self.network.variable(EXCITATORY, THETA) {
            asked.network.set_variable(EXCITATORY, THETA, &theta)?;
        }
        asked.labels.clone_from(&self.labels);
        asked.shares.clone_from(&self.shares);
        (asked.log_rates, asked.rates) = (self.log_rates.clone(), self.rates);
        Ok(asked)
    }

    /// The network.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// Digits shown so far.
    pub fn shown(&self) -> u64 {
        self.shown
    }

    /// The attempt at the digit that is being shown, from 0; none while nothing is.
    pub fn attempt(&self) -> Option<u32> {
        self.showing.as_ref().map(|showing| showing.attempt)
    }

    /// θ of each neuron, mV.
    pub fn thetas_mv(&mut self) -> Vec<f32> {
        self.network.variable(EXCITATORY, THETA).unwrap_or_default()
    }

    /// Weights `(784 pixels, neurons)`.
    pub fn weights(&self) -> Vec<f32> {
        self.network.weights(LEARNING).into_iter().map(|(.., weight)| weight).collect()
    }

    /// Begins to show a digit of 784 pixels in [0, 1]; one that is being shown is given up.
    ///
    /// # Errors
    /// If the number of pixels is another, or one is not in [0, 1].
    pub fn show(&mut self, pixels: &[f32]) -> Result<(), NetworkError> {
        let refused = |what, wanted: &str, got| {
            let (place, wanted) = ("pixels".to_owned(), wanted.to_owned());
            Err(NetworkError::Value { place, what, wanted, got })
        };
        if pixels.len() != PIXEL_COUNT as usize {
            return refused("number of pixels", "784", pixels.len() as f64);
        }
        if let Some(&wrong) = pixels.iter().find(|pixel| !(0.0..=1.0).contains(*pixel)) {
            return refused("brightness", "from 0 to 1", f64::from(wrong));
        }
        if self.learning {
            self.network.scale_weights(LEARNING, SUM_OF_WEIGHTS);
        }
        self.showing = Some(Showing {
            pixels: pixels.to_vec(),
            brightest_hz: BRIGHTEST_HZ,
            attempt: 0,
            until_ms: self.network.time_ms() + SHOWN_MS,
            pausing: false,
            counts: vec![0; self.neurons],
        });
        self.set_rates(BRIGHTEST_HZ)
    }

    fn set_rates(&mut self, brightest_hz: f32) -> Result<(), NetworkError> {
        let Some(showing) = &self.showing else { return Ok(()) };
        let rates: Vec<f32> = showing.pixels.iter().map(|pixel| pixel * brightest_hz).collect();
        self.network.set_rates(PIXELS, &rates)
    }

    /// Advances by one window; gives the answer when the digit and its pause are over.
    ///
    /// # Errors
    /// As [`Network::advance`].
    pub fn advance(&mut self) -> Result<Option<Answer>, NetworkError> {
        self.network.advance()?;
        let Some(showing) = &mut self.showing else { return Ok(None) };
        if !showing.pausing {
            let spikes = self.network.spikes()[EXCITATORY].steps();
            spikes.flat_map(|(_, fired)| fired).for_each(|&neuron| showing.counts[neuron as usize] += 1);
        }
        if self.network.time_ms() < showing.until_ms {
            return Ok(None);
        }
        if !showing.pausing {
            (showing.pausing, showing.until_ms) = (true, showing.until_ms + PAUSE_MS);
            self.network.set_rates(PIXELS, &self.silent_rates)?;
            return Ok(None);
        }
        let enough = showing.counts.iter().sum::<u32>() >= ENOUGH_SPIKES;
        if !enough && showing.attempt + 1 < ATTEMPTS {
            showing.attempt += 1;
            showing.brightest_hz += BRIGHTER_HZ;
            (showing.pausing, showing.until_ms) = (false, showing.until_ms + SHOWN_MS);
            showing.counts.fill(0);
            let brightest_hz = showing.brightest_hz;
            self.set_rates(brightest_hz)?;
            return Ok(None);
        }
        self.shown += 1;
        Ok(self.showing.take().map(|showing| showing.counts))
    }

    /// Shows a digit to its end.
    ///
    /// # Errors
    /// As [`DigitReader::show`] and [`DigitReader::advance`].
    pub fn present(&mut self, pixels: &[f32]) -> Result<Answer, NetworkError> {
        self.show(pixels)?;
        loop {
            if let Some(answer) = self.advance()? {
                return Ok(answer);
            }
        }
    }

    /// Assigns each neuron the digit to which it fired most on average; `answers` are to digits of the
    /// training set, with their classes.
    pub fn assign<'a>(&mut self, answers: impl Iterator<Item = (&'a Answer, u8)>) {
        let mut sums = vec![[0.0f64; CLASSES]; self.neurons];
        let mut digits = [0.0f64; CLASSES];
        for (answer, class) in answers {
            digits[usize::from(class)] += 1.0;
            for (sums, &count) in sums.iter_mut().zip(answer) {
                sums[usize::from(class)] += f64::from(count);
            }
        }
        self.rates = core::array::from_fn(|class| {
            let spikes: f64 = sums.iter().map(|sums| sums[class] + PRIOR_SPIKES).sum();
            spikes / digits[class]
        });
        for (sums, log_rates) in sums.iter().zip(&mut self.log_rates) {
            *log_rates = core::array::from_fn(|class| match digits[class] {
                0.0 => 0.0,
                digits => libm::log((sums[class] + PRIOR_SPIKES) / digits),
            });
        }
        for (sums, (label, shares)) in sums.iter().zip(self.labels.iter_mut().zip(&mut self.shares)) {
            *shares = core::array::from_fn(|class| match digits[class] {
                0.0 => 0.0,
                digits => sums[class] / digits,
            });
            let whole: f64 = shares.iter().sum();
            *label = most(shares);
            shares.iter_mut().for_each(|share| *share /= if whole > 0.0 { whole } else { 1.0 });
        }
    }

    /// The digit each neuron stands for; none where it never fired.
    pub fn labels(&self) -> &[Option<u8>] {
        &self.labels
    }

    /// How each neuron's rate is shared among the digits; zeros where it never fired.
    pub fn shares(&self) -> &[[f64; CLASSES]] {
        &self.shares
    }

    /// The digit under which an answer is the most likely; none if no neuron with a label fired.
    pub fn read(&self, answer: &Answer) -> Option<u8> {
        most(&self.probabilities(answer))
    }

    /// How probable each digit is given an answer, if all were equally probable before and neurons fired
    /// independently; zeros if no neuron with a label fired.
    pub fn probabilities(&self, answer: &Answer) -> [f64; CLASSES] {
        let mut fired = self.labels.iter().zip(answer);
        if !fired.any(|(label, &count)| label.is_some() && count > 0) {
            return [0.0; CLASSES];
        }
        let mut likelihoods = self.rates.map(|rate| -rate);
        for (log_rates, &count) in self.log_rates.iter().zip(answer).filter(|(_, count)| **count > 0) {
            for (likelihood, log_rate) in likelihoods.iter_mut().zip(log_rates) {
                *likelihood += f64::from(count) * log_rate;
            }
        }
        let highest = likelihoods.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let relative = likelihoods.map(|likelihood| libm::exp(likelihood - highest));
        let whole: f64 = relative.iter().sum();
        relative.map(|part| part / whole)
    }
}

/// The class with the largest number above 0, the first of equals.
fn most(numbers: &[f64; CLASSES]) -> Option<u8> {
    let mut best = (0.0, None);
    for (class, &number) in (0u8..).zip(numbers) {
        if number > best.0 {
            best = (number, Some(class));
        }
    }
    best.1
}

/// Place of θ among the state variables of the excitatory neurons.
const THETA: usize = 2;

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: u64 = 1 << 26;

    fn circuit() -> DiehlCook {
        // Few neurons that learn fast: two shapes are enough for them.
        DiehlCook { neurons: 12.0, learning_rate: 0.05, theta_plus_mv: 0.5, ..DiehlCook::default() }
    }

    /// A bar that lies or stands, in one of three places.
    fn bar(index: usize) -> (Vec<f32>, u8) {
        let (class, place) = (index % 2, 8 + 4 * (index / 2 % 3));
        let lit = |pixel: usize| {
            let across = [pixel / 28, pixel % 28];
            (place..place + 4).contains(&across[class]) && (4..24).contains(&across[1 - class])
        };
        ((0..784).map(|pixel| f32::from(u8::from(lit(pixel)))).collect(), class as u8)
    }

    #[test]
    fn shapes_are_learned_without_a_label_and_read_by_it() {
        let mut reader = DigitReader::new(&circuit(), 1, LIMIT).expect("a network");
        let before = reader.weights();
        for index in 0..60 {
            reader.present(&bar(index).0).expect("finite potentials");
        }
        assert_ne!(reader.weights(), before);
        let mut asked = reader.frozen(&circuit(), 2, LIMIT).expect("a network");
        let (weights, theta) = (asked.weights(), asked.network.variable(EXCITATORY, THETA));
        let mut answers = |from: usize| -> Vec<(Answer, u8)> {
            let shown = (from..from + 12).map(bar);
            shown.map(|(pixels, class)| (asked.present(&pixels).expect("finite"), class)).collect()
        };
        let (labelling, test) = (answers(0), answers(6));
        asked.assign(labelling.iter().map(|(answer, class)| (answer, *class)));
        let right = test.iter().filter(|(answer, class)| asked.read(answer) == Some(*class)).count();
        assert!(right >= 11, "{right} of 12");
        assert_eq!((asked.weights(), asked.network.variable(EXCITATORY, THETA)), (weights, theta));
    }

    #[test]
    fn the_likeliest_digit_is_read() {
        let mut reader =
            DigitReader::new(&DiehlCook { neurons: 10.0, ..circuit() }, 1, LIMIT).expect("a network");
        let answer = |spikes: &[(usize, u32)]| {
            let mut answer = vec![0; 10];
            spikes.iter().for_each(|&(neuron, count)| answer[neuron] = count);
            answer
        };
        assert_eq!(reader.read(&answer(&[(0, 5)])), None, "nobody has a label");
        // Neuron 0 fires to 3 alone; neuron 1 thrice as often to 7 as to 3, of which four times as many came.
        let (three, seven) = (answer(&[(0, 4), (1, 1)]), answer(&[(1, 3)]));
        reader.assign([(&three, 3), (&three, 3), (&three, 3), (&three, 3), (&seven, 7)].into_iter());
        assert_eq!(reader.labels()[..3], [Some(3), Some(7), None]);
        assert_eq!(reader.read(&answer(&[(1, 5)])), Some(7));
        assert_eq!(reader.read(&answer(&[(0, 1), (1, 1)])), Some(3));
        // Four 3 and one 7: λ of neuron 0 is 16.5/4 and 0.5, of neuron 1 4.5/4 and 3.5, of the others 0.5/4 and
        // 0.5; the remaining digits were not there.
        let odds = (4.125 / 0.5) * (1.125 / 3.5) * f64::exp(8.0 - 6.25);
        let probabilities = reader.probabilities(&answer(&[(0, 1), (1, 1)]));
        assert!((probabilities[3] / probabilities[7] - odds).abs() < 1e-12 * odds, "{probabilities:?}");
        assert!((probabilities[3] + probabilities[7] - 1.0).abs() < 1e-12);
        assert_eq!(reader.read(&answer(&[(2, 9)])), None);
    }

    #[test]
    fn a_digit_without_light_ends_and_nonsense_is_refused() {
        let mut reader = DigitReader::new(&circuit(), 1, LIMIT).expect("a network");
        let answer = reader.present(&[0.0; 784]).expect("it ends");
        assert_eq!((answer.iter().sum::<u32>(), reader.shown()), (0, 1));
        // As long as the attempts that it was given.
        let expected = f64::from(ATTEMPTS) * (SHOWN_MS + PAUSE_MS);
        assert!((reader.network().time_ms() - expected).abs() < 1.0, "{}", reader.network().time_ms());
        for (pixels, words) in [
            (vec![0.0; 783], "number of pixels must be 784, not 783"),
            (vec![f32::NAN; 784], "brightness must be from 0 to 1"),
            (vec![1.5; 784], "brightness must be from 0 to 1, not 1.5"),
        ] {
            let said = reader.show(&pixels).expect_err("it must be refused").to_string();
            assert!(said.contains(words), "{said}");
        }
    }
}
