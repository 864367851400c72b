//! The student that a page shows: it learns from the shipped digits, can be held still and asked, and
//! neither changes what it learns.

#![cfg(not(target_arch = "wasm32"))] // reads shipped files

use cajal::data::{Dataset, Split, images};
use cajal::experiment::circuits::DiehlCook;
use cajal::experiment::digit_student::Student;
use std::io::Read;
use std::sync::Arc;

const LIMIT: u64 = 1 << 26;

fn mnist() -> Arc<Dataset> {
    let unpack = |name: &str| {
        let path = format!("{}/data/mnist-{name}.bin.gz", env!("CARGO_MANIFEST_DIR"));
        let file = std::fs::File::open(path).expect("a shipped file");
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(file).read_to_end(&mut bytes).expect("a whole gzip file");
        bytes
    };
    Arc::new(images::load("mnist", unpack("train"), unpack("test")).expect("the shipped files"))
}

fn circuit() -> DiehlCook {
    DiehlCook { neurons: 40.0, ..DiehlCook::default() }
}

fn go_on(student: &mut Student, digits: usize) {
    for _ in 0..digits {
        while !student.advance().expect("finite potentials") {}
    }
}

#[test]
fn it_learns_and_can_be_asked() {
    let data = mnist();
    let mut student = Student::new(&circuit(), Arc::clone(&data), 1, LIMIT).expect("a network");
    go_on(&mut student, 100);
    assert_eq!(student.share().of, 0, "no labels before a hundred digits");
    go_on(&mut student, 400);
    let share = student.share();
    assert_eq!(share.of, 400);
    assert!(share.interval().0 > 0.3, "three times chance: {share:?}");
    let digits: Vec<u64> = student.curve().iter().map(|&(digits, _)| digits).collect();
    assert_eq!(digits, [200, 300, 400, 500]);

    let last = student.last().expect("a digit");
    assert_eq!(last.source, Some((Split::Train, 499)));
    assert_eq!(last.class, data.label(Split::Train, 499).map(|class| class as u8));
    for spikes in [&last.retina, &last.excitatory] {
        assert!(!spikes.neurons.is_empty() && spikes.times_ms.is_sorted());
        assert!(spikes.times_ms.iter().all(|time| (0.0..=500.0).contains(time)));
    }
    // Only pixels with light fire.
    assert!(last.retina.neurons.iter().all(|&pixel| last.pixels[usize::from(pixel)] > 0.0));
    let most = last.probabilities.iter().copied().fold(0.0, f64::max);
    let at = last.probabilities.iter().position(|&probability| probability == most);
    assert_eq!(at, last.read.map(usize::from));
    assert!((last.probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-9);

    let before = student.reader().network().hash();
    let pixels = last.pixels.clone();
    let drawn = student.ask(&pixels).expect("a picture");
    assert_eq!(drawn.source, None);
    // A drawing is put in the middle, and nothing of it is lost.
    let sorted = |pixels: &[f32]| {
        let mut pixels = pixels.to_vec();
        pixels.sort_by(f32::total_cmp);
        pixels
    };
    assert_eq!(sorted(&drawn.pixels), sorted(&pixels));
    assert!(drawn.read.is_some());
    assert_eq!(student.ask(&pixels).expect("a picture"), drawn, "the same drawing, the same answer");
    assert!(student.ask(&pixels[1..]).is_err() && student.ask(&[2.0; 784]).is_err());
    assert_eq!(student.reader().network().hash(), before);
}

#[test]
fn held_still_it_is_asked_test_digits_and_changes_nothing() {
    let data = mnist();
    let mut student = Student::new(&circuit(), Arc::clone(&data), 1, LIMIT).expect("a network");
    go_on(&mut student, 200);
    let before = student.reader().network().hash();
    student.set_learning(false);
    go_on(&mut student, 30);
    assert_eq!(student.last().and_then(|last| last.source), Some((Split::Test, 29)));
    assert_eq!((student.share().of, student.curve().len()), (30, 1));
    assert_eq!((student.reader().network().hash(), student.reader().shown()), (before, 200));
    // It goes on as if nothing had been asked, and like one that never was.
    student.set_learning(true);
    go_on(&mut student, 5);
    let mut other = student.restarted(&circuit(), 1, LIMIT).expect("a network");
    assert_eq!(other.reader().shown(), 0);
    go_on(&mut other, 205);
    assert_eq!(student.reader().network().hash(), other.reader().network().hash());
    assert_eq!(student.last(), other.last());
    let fields = student.fields();
    assert_eq!(fields.len(), 784 * 40);
    // Neuron by neuron: what a neuron's weights add up to, it keeps. 255 stands for 1.
    let sums: Vec<u32> =
        fields.chunks(784).map(|field| field.iter().map(|&at| u32::from(at)).sum()).collect();
    assert!(sums.iter().all(|&sum| (15_000..25_000).contains(&sum)), "{sums:?}");
}
