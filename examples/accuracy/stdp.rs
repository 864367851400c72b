//! Digits learned by spike timing alone (Diehl & Cook 2015): 400 neurons see the complete training set
//! once; labels are assigned with training digits only. What it comes to stands beside the paper's figure in
//! the table of measured values, which the page shows: the run is held to it.

use cajal::catalogue::measured::{self, Measured};
use cajal::data::{Dataset, Split};
use cajal::describe::Declared;
use cajal::experiment::circuits::DiehlCook;
use cajal::experiment::digit_reader::{Answer, CLASSES, DigitReader};
use std::time::Instant;

/// Share of right answers that is asked for.
const BAR: f64 = 0.85;
/// Training digits by whose answers neurons are labelled.
const LABELLING: u32 = 60_000;
/// Digits between two lines.
const REPORTED: usize = 5_000;
const LIMIT: u64 = 1 << 28;

/// The digits of a split, from the first on, with their classes.
fn digits(data: &Dataset, split: Split, count: u32) -> impl Iterator<Item = (Vec<f32>, u8)> {
    (0..count).map(move |index| {
        let mut pixels = vec![0.0; data.features()];
        data.write_inputs(split, &[index], &mut pixels);
        (pixels, data.label(split, index).expect("a class") as u8)
    })
}

fn answers(
    reader: &mut DigitReader,
    digits: impl Iterator<Item = (Vec<f32>, u8)>,
) -> impl Iterator<Item = (Answer, u8)> {
    digits.map(|(pixels, class)| (reader.present(&pixels).expect("finite potentials"), class))
}

/// Another way to read the same answer (Hazan et al. 2018, Front. Neuroinform. 12, 89: proportion
/// weighting): told beside the first, so that nobody has to guess what the reader adds.
fn by_shares(reader: &DigitReader, answer: &Answer) -> Option<u8> {
    let mut votes = [0.0; CLASSES];
    for (shares, &count) in reader.shares().iter().zip(answer) {
        votes.iter_mut().zip(shares).for_each(|(vote, share)| *vote += f64::from(count) * share);
    }
    let most = (0u8..).zip(votes).max_by(|one, other| one.1.total_cmp(&other.1))?;
    (most.1 > 0.0).then_some(most.0)
}

/// Holds the table of measured values to this run, or writes the run into it.
fn is_as_measured(percent: f64, bless: bool) -> bool {
    let (model, reference) = (DiehlCook::DECLARATION.id, &DiehlCook::DECLARATION.references[0]);
    if bless {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/catalogue/measured.txt");
        let present = std::fs::read_to_string(path).expect("the table");
        let row = Measured { model, what: reference.what, ours: percent };
        std::fs::write(path, measured::renewed(&present, &[row])).expect("the table can be written");
        println!("    wrote {path}");
        return true;
    }
    let row = measured::of(model, reference);
    let agrees = row.is_some_and(|row| row.agrees(reference, percent));
    if !agrees {
        println!("    the table of measured values has {:?}", row.map(|row| row.ours));
    }
    agrees
}

/// Learns, assigns, reads; whether the bar is met and the page shows what came out.
pub fn run(data: &Dataset, bless: bool) -> bool {
    let (circuit, begun) = (DiehlCook::default(), Instant::now());
    println!("400 spiking neurons that learn by spike timing, one pass: at least {:.1} %", 100.0 * BAR);
    let mut reader = DigitReader::new(&circuit, 1, LIMIT).expect("a network");
    let mut shown = 0;
    let mut spikes = 0u32;
    for (answer, _) in answers(&mut reader, digits(data, Split::Train, data.samples(Split::Train))) {
        (shown, spikes) = (shown + 1, spikes + answer.iter().sum::<u32>());
        if shown % REPORTED == 0 {
            let each = f64::from(spikes) / REPORTED as f64;
            println!("    {shown} digits, {each:.1} spikes each, {:.0} s", begun.elapsed().as_secs_f64());
            spikes = 0;
        }
    }
    let mut asked = reader.frozen(&circuit, 2, LIMIT).expect("a network");
    let labelling: Vec<_> = answers(&mut asked, digits(data, Split::Train, LABELLING)).collect();
    asked.assign(labelling.iter().map(|(answer, class)| (answer, *class)));
    let tests = data.samples(Split::Test);
    let test: Vec<_> = answers(&mut asked, digits(data, Split::Test, tests)).collect();
    let share = |read: &dyn Fn(&Answer) -> Option<u8>| {
        let right = test.iter().filter(|(answer, class)| read(answer) == Some(*class)).count();
        right as f64 / f64::from(tests)
    };
    let accuracy = share(&|answer| asked.read(answer));
    let voted = share(&|answer| by_shares(&asked, answer));
    println!("    {:.2} % in {:.0} s", 100.0 * accuracy, begun.elapsed().as_secs_f64());
    println!("    {:.2} % if each spike votes by the shares of its neuron's rate", 100.0 * voted);
    is_as_measured(100.0 * accuracy, bless) && accuracy >= BAR
}
