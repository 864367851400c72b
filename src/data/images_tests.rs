use super::*;
use crate::data::Split;
use crate::rng::{Stream, StreamId};

fn file(header: [u32; 6], body: &[u8]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    for number in header {
        bytes.extend(number.to_le_bytes());
    }
    bytes.extend(body);
    bytes
}

/// Three images of 3 × 1 (an odd number of pixels: each is padded by half a byte).
fn small() -> Vec<u8> {
    file([1, 3, 3, 1, 4, 4], &[0x01, 0x20, 0xF8, 0x70, 0xFF, 0xF0, 3, 0, 2])
}

#[test]
fn reads_what_the_format_says() {
    let images = PackedImages::parse(small()).unwrap();
    assert_eq!((images.images(), images.size(), images.classes()), (3, (3, 1), 4));
    assert_eq!([0, 1, 2].map(|i| images.label(i)), [3, 0, 2]);
    let mut pixels = [9.0; 3];
    images.write_image(0, &mut pixels);
    assert_eq!(pixels, [0.0, 1.0 / 15.0, 2.0 / 15.0]);
    images.write_image(2, &mut pixels);
    assert_eq!(pixels, [1.0; 3]);
}

#[test]
fn refuses_each_malformed_file_with_its_reason() {
    let body = &small()[HEADER_BYTES..];
    let with = |place: usize, value: u32| {
        let mut header = [1, 3, 3, 1, 4, 4];
        header[place] = value;
        file(header, body)
    };
    let header = |field, expected, got| ImagesError::Header { field, expected, got };
    let length = |expected, got| ImagesError::Length { expected, got };
    let cases = [
        (vec![], ImagesError::Magic { got: vec![] }),
        (b"CAJ".to_vec(), ImagesError::Magic { got: b"CAJ".to_vec() }),
        (
            // Gzip that nobody unpacked.
            vec![0x1f, 0x8b, 8, 0, 0],
            ImagesError::Magic { got: vec![0x1f, 0x8b, 8, 0] },
        ),
        (small()[..20].to_vec(), length(28, 20)),
        (with(0, 2), header("version", "1", 2)),
        (with(1, 0), header("images", "at least 1", 0)),
        (with(1, u32::MAX), length(28 + 3 * u64::from(u32::MAX), 37)),
        (with(1, 2), length(34, 37)),
        (with(2, 0), header("width", "1 to 1024", 0)),
        (with(2, 1025), header("width", "1 to 1024", 1025)),
        (with(3, u32::MAX), header("height", "1 to 1024", u32::MAX)),
        (with(4, 0), header("classes", "1 to 256", 0)),
        (with(4, 257), header("classes", "1 to 256", 257)),
        (with(5, 8), header("bits a pixel", "4", 8)),
        (with(4, 3), ImagesError::Label { classes: 3, image: 0, got: 3 }),
        (small()[..36].to_vec(), length(37, 36)),
        ([small(), vec![0]].concat(), length(37, 38)),
    ];
    for (bytes, expected) in cases {
        assert_eq!(PackedImages::parse(bytes).unwrap_err(), expected);
    }
}

#[test]
fn no_bytes_make_it_panic() {
    let original = small();
    let stream = Stream::new(1, StreamId::Data);
    for case in 0..20_000u64 {
        let mut bytes = original.clone();
        for change in 0..=u64::from(stream.below(case, 0, 3)) {
            let at = stream.below(case, 3 * change + 1, bytes.len() as u32) as usize;
            bytes[at] = stream.u32_at(case, 100 + change) as u8;
        }
        bytes.truncate(stream.below(case, 20, 60) as usize);
        if let Ok(images) = PackedImages::parse(bytes) {
            let (width, height) = images.size();
            let mut pixels = vec![0.0; (width * height) as usize];
            for image in 0..images.images() {
                images.write_image(image, &mut pixels);
                assert!(u32::from(images.label(image)) < images.classes());
            }
        }
    }
}

#[test]
fn verifies_length_and_checksum() {
    let declared = PackedFile {
        path: "data/abc.bin.gz",
        images: 1,
        bytes: 0,
        sha256: "",
        unpacked_bytes: 3,
        unpacked_sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    };
    assert_eq!(declared.verify(b"abc"), Ok(()));
    assert_eq!(declared.verify(b"abcd"), Err(ImagesError::Length { expected: 3, got: 4 }));
    let message = declared.verify(b"abd").unwrap_err().to_string();
    assert!(message.starts_with("expected data/abc.bin.gz with sha256 ba78"), "{message}");
}

#[test]
fn assembles_two_parts_and_refuses_other_shapes() {
    let part = |images: u32, label: u8| {
        let mut body = vec![0x5A; 392 * images as usize];
        body.extend(vec![label; images as usize]);
        PackedImages::parse(file([1, images, 28, 28, 10, 4], &body)).unwrap()
    };
    let set = assemble(&MNIST, part(3, 7), part(2, 9)).unwrap();
    assert_eq!((set.samples(Split::Train), set.samples(Split::Test)), (3, 2));
    assert_eq!(set.label(Split::Test, 1), Some(9));
    let mut inputs = vec![0.0; 2 * 784];
    set.write_inputs(Split::Train, &[2, 0], &mut inputs);
    assert_eq!(inputs[..2], [5.0 / 15.0, 10.0 / 15.0]);

    let small = PackedImages::parse(small()).unwrap();
    assert_eq!(
        assemble(&MNIST, part(1, 0), small).unwrap_err(),
        ImagesError::Shape { expected: (28, 28, 10), got: (3, 1, 4) }
    );
    for id in ["circle", "table", "nothing"] {
        assert_eq!(load(id, vec![], vec![]).unwrap_err(), ImagesError::NotImages { id: id.into() }.into());
    }
}
