//! The shipped image sets: that they are what is declared, and what they are known to be.
#![cfg(not(target_arch = "wasm32"))]

use std::io::Read;
use std::path::Path;

use cajal::data::images::{self, PackedImages};
use cajal::data::{DataDeclaration, DataError, Dataset, ImagesError, PackedFile, Source, Split};
use cajal::digest::sha256_hex;

fn packed(file: &PackedFile) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file.path);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn unpacked(file: &PackedFile) -> Vec<u8> {
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(&packed(file)[..])
        .read_to_end(&mut bytes)
        .unwrap_or_else(|error| panic!("{}: {error}", file.path));
    bytes
}

fn files(id: &str) -> [PackedFile; 2] {
    let Some(DataDeclaration { source: Source::Images(set), .. }) = DataDeclaration::find(id) else {
        panic!("{id} is not a set of images");
    };
    [set.train, set.test]
}

fn load(id: &str) -> Dataset {
    let [train, test] = files(id);
    images::load(id, unpacked(&train), unpacked(&test)).unwrap()
}

#[test]
fn shipped_files_are_those_declared_and_small_enough() {
    let mut total = 0;
    for file in ["mnist", "fashion"].into_iter().flat_map(files) {
        let bytes = packed(&file);
        assert_eq!(bytes.len() as u64, u64::from(file.bytes), "{}", file.path);
        assert_eq!(sha256_hex(&bytes), file.sha256, "{}", file.path);
        total += bytes.len();
    }
    total += cajal::data::packed::GRASSHOPPER.bytes as usize; // compared in tests/papers
    assert!(total < 12_000_000, "{total} bytes are shipped");
}

#[test]
fn mnist_is_complete() {
    let mnist = load("mnist");
    assert_eq!((mnist.features(), mnist.classes()), (784, 10));
    assert_eq!(
        mnist.class_counts(Split::Train),
        [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    );
    assert_eq!(mnist.class_counts(Split::Test), [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
    // The first digits of the original files.
    let first = |split| (0..8).map(|i| mnist.label(split, i).unwrap()).collect::<Vec<_>>();
    assert_eq!(first(Split::Train), [5, 0, 4, 1, 9, 2, 1, 3]);
    assert_eq!(first(Split::Test), [7, 2, 1, 0, 4, 1, 4, 9]);
}

#[test]
fn fashion_is_nearly_balanced() {
    let fashion = load("fashion");
    for (split, samples) in [(Split::Train, 10_000), (Split::Test, 2_000)] {
        assert_eq!(fashion.samples(split), samples);
        for count in fashion.class_counts(split) {
            assert!(count.abs_diff(samples / 10) < samples / 100, "{count} of {samples}");
        }
    }
}

/// The mean and deviation that everybody normalises with (0.1307 and 0.3081 for MNIST at 256
/// levels): pixels neither shifted, nor swapped, nor scaled by the packing.
#[test]
fn pixels_have_the_known_mean_and_deviation() {
    for (id, mean, deviation) in [("mnist", 0.1307, 0.3081), ("fashion", 0.2860, 0.3530)] {
        let set = load(id);
        let indices: Vec<u32> = (0..5_000).collect();
        let mut pixels = vec![0.0; indices.len() * 784];
        set.write_inputs(Split::Train, &indices, &mut pixels);
        let n = pixels.len() as f64;
        let m = pixels.iter().map(|&x| f64::from(x)).sum::<f64>() / n;
        let v = pixels.iter().map(|&x| (f64::from(x) - m).powi(2)).sum::<f64>() / n;
        assert!((m - mean).abs() < 0.004, "{id}: mean {m}");
        assert!((v.sqrt() - deviation).abs() < 0.005, "{id}: deviation {}", v.sqrt());
    }
}

/// Euclidean nearest neighbour, 3,000 training against 300 test digits.
fn nearest_neighbour(id: &str) -> f64 {
    let set = load(id);
    let read = |split, count: u32| {
        let indices: Vec<u32> = (0..count).collect();
        let mut inputs = vec![0.0; count as usize * 784];
        set.write_inputs(split, &indices, &mut inputs);
        // Back to levels: whole numbers are quick to compare.
        inputs.iter().map(|x| (x * 15.0).round() as i16).collect::<Vec<_>>()
    };
    let (train, test) = (read(Split::Train, 3_000), read(Split::Test, 300));
    let distance = |a: &[i16], b: &[i16]| -> i32 {
        a.iter().zip(b).map(|(a, b)| i32::from(a - b) * i32::from(a - b)).sum()
    };
    let right = (0..).zip(test.chunks_exact(784)).filter(|(i, image)| {
        let (nearest, _) =
            (0..).zip(train.chunks_exact(784)).min_by_key(|(_, other)| distance(image, other)).unwrap();
        set.label(Split::Train, nearest) == set.label(Split::Test, *i)
    });
    right.count() as f64 / 300.0
}

#[test]
fn a_nearest_neighbour_reads_the_digits_and_the_clothes() {
    let digits = nearest_neighbour("mnist");
    assert!((0.87..0.96).contains(&digits), "{digits}");
    let clothes = nearest_neighbour("fashion");
    assert!((0.70..0.88).contains(&clothes), "{clothes}");
}

#[test]
fn a_changed_or_swapped_file_is_refused() {
    let [train, test] = files("fashion");
    let (train_bytes, test_bytes) = (unpacked(&train), unpacked(&test));
    let mut changed = test_bytes.clone();
    changed[5000] ^= 1;
    let error = images::load("fashion", train_bytes.clone(), changed.clone()).unwrap_err();
    assert!(matches!(error, DataError::Images(ImagesError::Checksum { .. })), "{error}");
    let error = images::load("fashion", test_bytes, train_bytes).unwrap_err();
    assert!(matches!(error, DataError::Images(ImagesError::Length { .. })), "{error}");
    // A changed pixel is still in the format; only the checksum tells.
    assert!(PackedImages::parse(changed).is_ok());
    assert!(PackedImages::parse(packed(&test)).is_err(), "gzip taken for images");
}
