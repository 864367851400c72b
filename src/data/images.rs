//! Packed images: MNIST and Fashion-MNIST, four bits a pixel, in memory as in the file.
//!
//! The format, all numbers little-endian: `"CAJI"`, then `u32` version (1), images, width, height,
//! classes, bits a pixel (4); the pixels of each image row by row, two a byte, the first in the high
//! half, padded to a whole byte; one byte a label. Level `k` of 0..=15 is the value `k/15`.
//! Files travel through gzip; this module reads the unpacked bytes and never panics on any.
//!
//! ```
//! use cajal::data::images::PackedImages;
//!
//! let mut file = b"CAJI".to_vec();
//! for number in [1u32, 1, 2, 1, 10, 4] {
//!     file.extend(number.to_le_bytes()); // one image, 2 × 1
//! }
//! file.extend([0xF0, 7]); // white, black; a seven
//! let images = PackedImages::parse(file)?;
//! let mut pixels = [0.5; 2];
//! images.write_image(0, &mut pixels);
//! assert_eq!((pixels, images.label(0)), ([1.0, 0.0], 7));
//! # Ok::<(), cajal::data::ImagesError>(())
//! ```

use super::dataset::{Dataset, Inputs, Targets};
use super::{DataDeclaration, DataError, Source, Task, packed};
use crate::digest::sha256_hex;

const NOT_BIOLOGICAL: &str = "A whole picture arrives at once, centred and cut out, as 784 \
    independent intensities; an eye moves, and its receptors neither stand in a grid nor work alone.";

/// The complete MNIST.
pub static MNIST: DataDeclaration = DataDeclaration {
    id: "mnist",
    title: "MNIST handwritten digits",
    task: Task::Classification,
    class_names: &["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
    features: 784,
    signed: false,
    image_size: Some((28, 28)),
    equations: "",
    meaning: "70,000 digits written by clerks and pupils, the complete set: 60,000 to learn from, \
        10,000 to measure on. Grey in 16 levels instead of 256.",
    citation: "LeCun, Bottou, Bengio, Haffner (1998) Gradient-based learning applied to document \
        recognition. Proc. IEEE 86:2278-2324",
    licence: "CC BY-SA 3.0, Yann LeCun, Corinna Cortes and Christopher J. C. Burges",
    not_biological: NOT_BIOLOGICAL,
    source: Source::Images(ImageSet { train: packed::MNIST_TRAIN, test: packed::MNIST_TEST }),
};

/// The first 10,000 + 2,000 of Fashion-MNIST.
pub static FASHION: DataDeclaration = DataDeclaration {
    id: "fashion",
    title: "Fashion-MNIST",
    task: Task::Classification,
    class_names: &[
        "T-shirt/top",
        "Trouser",
        "Pullover",
        "Dress",
        "Coat",
        "Sandal",
        "Shirt",
        "Sneaker",
        "Bag",
        "Ankle boot",
    ],
    features: 784,
    signed: false,
    image_size: Some((28, 28)),
    equations: "",
    meaning: "Pictures of clothes in the format of MNIST, and harder: the first 10,000 to learn \
        from, the first 2,000 to measure on. Grey in 16 levels instead of 256.",
    citation: "Xiao, Rasul, Vollgraf (2017) Fashion-MNIST: a novel image dataset for benchmarking \
        machine learning algorithms. arXiv:1708.07747",
    licence: "MIT, Zalando SE",
    not_biological: NOT_BIOLOGICAL,
    source: Source::Images(ImageSet { train: packed::FASHION_TRAIN, test: packed::FASHION_TEST }),
};

/// The two files of an image set.
#[derive(Clone, Copy, Debug)]
pub struct ImageSet {
    /// Images to learn from.
    pub train: PackedFile,
    /// Images to measure on.
    pub test: PackedFile,
}

/// One packed file, as it is shipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackedFile {
    /// Where it lies, relative to the repository and to the page.
    pub path: &'static str,
    /// Number of images.
    pub images: u32,
    /// Size as shipped, gzip.
    pub bytes: u32,
    /// SHA-256 as shipped, lower-case hex.
    pub sha256: &'static str,
    /// Size unpacked.
    pub unpacked_bytes: u32,
    /// SHA-256 unpacked, lower-case hex.
    pub unpacked_sha256: &'static str,
}

/// Why bytes are not the images that were expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImagesError {
    /// The set has no image files.
    #[error("expected a set of images, got {id:?}")]
    NotImages {
        /// The set that was asked for.
        id: String,
    },
    /// The bytes do not begin as a packed file does.
    #[error("expected a packed image file to begin with the letters CAJI, got the bytes {got:?}")]
    Magic {
        /// What it begins with (shorter, when the file is).
        got: Vec<u8>,
    },
    /// A number of the header is out of its range.
    #[error("expected {field} {expected} in the header, got {got}")]
    Header {
        /// Which number.
        field: &'static str,
        /// Its range.
        expected: &'static str,
        /// The number that came.
        got: u32,
    },
    /// Truncated, or something follows the labels.
    #[error("expected a file of {expected} bytes, got {got}")]
    Length {
        /// What the header says, in bytes.
        expected: u64,
        /// What came, in bytes.
        got: u64,
    },
    /// A label is not one of the classes.
    #[error("expected labels below {classes}, got {got} at image {image}")]
    Label {
        /// Number of classes.
        classes: u32,
        /// Which image.
        image: u32,
        /// Its label.
        got: u8,
    },
    /// The bytes are not those that were shipped.
    #[error("expected {path} with sha256 {expected}, got {got}")]
    Checksum {
        /// The file.
        path: &'static str,
        /// Declared checksum.
        expected: &'static str,
        /// Checksum of what came.
        got: String,
    },
    /// The shape is not the declared one.
    #[error(
        "expected images of {}×{} in {} classes, got {}×{} in {}",
        expected.0, expected.1, expected.2, got.0, got.1, got.2
    )]
    Shape {
        /// Declared width, height, classes.
        expected: (u32, u32, u32),
        /// Width, height, classes of the file.
        got: (u32, u32, u32),
    },
}

impl ImagesError {
    /// A stable name by which a page translates the message.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotImages { .. } => "images-not-images",
            Self::Magic { .. } => "images-magic",
            Self::Header { .. } => "images-header",
            Self::Length { .. } => "images-length",
            Self::Label { .. } => "images-label",
            Self::Checksum { .. } => "images-checksum",
            Self::Shape { .. } => "images-shape",
        }
    }
}

const MAGIC: &[u8; 4] = b"CAJI";
const HEADER_BYTES: usize = 28;
const MAX_SIDE: u32 = 1024;
const MAX_CLASSES: u32 = 256;
const BITS: u32 = 4;

/// `k/15`, rounded once.
const LEVELS: [f32; 16] = {
    let mut levels = [0.0; 16];
    let mut level = 0;
    while level < 16 {
        levels[level] = level as f32 / 15.0;
        level += 1;
    }
    levels
};

/// A packed file that has been checked from end to end; the pixels stay packed.
#[derive(Clone, Debug)]
pub struct PackedImages {
    bytes: Vec<u8>,
    images: u32,
    width: u32,
    height: u32,
    classes: u32,
}

impl PackedFile {
    /// Whether `unpacked` is what was shipped, after gzip.
    ///
    /// # Errors
    /// [`ImagesError::Length`] or [`ImagesError::Checksum`].
    pub fn verify(&self, unpacked: &[u8]) -> Result<(), ImagesError> {
        let expected = u64::from(self.unpacked_bytes);
        if unpacked.len() as u64 != expected {
            return Err(ImagesError::Length { expected, got: unpacked.len() as u64 });
        }
        let got = sha256_hex(unpacked);
        if got == self.unpacked_sha256 {
            Ok(())
        } else {
            Err(ImagesError::Checksum { path: self.path, expected: self.unpacked_sha256, got })
        }
    }
}

impl PackedImages {
    /// Takes the unpacked bytes of a file, without copying them.
    ///
    /// # Errors
    /// [`ImagesError`] when they are not in the format, down to the last label.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, ImagesError> {
        let begin = &bytes[..bytes.len().min(MAGIC.len())];
        if begin != MAGIC {
            return Err(ImagesError::Magic { got: begin.to_vec() });
        }
        let Some(header) = bytes.get(MAGIC.len()..HEADER_BYTES) else {
            return Err(ImagesError::Length { expected: HEADER_BYTES as u64, got: bytes.len() as u64 });
        };
        let mut numbers = [0; 6];
        for (number, word) in numbers.iter_mut().zip(header.as_chunks::<4>().0) {
            *number = u32::from_le_bytes(*word);
        }
        let [version, images, width, height, classes, bits] = numbers;
        let in_range = |field, expected, got, holds: bool| {
            if holds { Ok(()) } else { Err(ImagesError::Header { field, expected, got }) }
        };
        in_range("version", "1", version, version == 1)?;
        in_range("images", "at least 1", images, images > 0)?;
        in_range("width", "1 to 1024", width, (1..=MAX_SIDE).contains(&width))?;
        in_range("height", "1 to 1024", height, (1..=MAX_SIDE).contains(&height))?;
        in_range("classes", "1 to 256", classes, (1..=MAX_CLASSES).contains(&classes))?;
        in_range("bits a pixel", "4", bits, bits == BITS)?;

        let parsed = Self { bytes, images, width, height, classes };
        // Below 2⁶⁴ for every header that got here: 2³² images of at most 2¹⁹ bytes.
        let body = u64::from(images) * (parsed.bytes_per_image() as u64 + 1);
        let expected = HEADER_BYTES as u64 + body;
        let got = parsed.bytes.len() as u64;
        if got != expected {
            return Err(ImagesError::Length { expected, got });
        }
        match (0..images).find(|&image| u32::from(parsed.label(image)) >= classes) {
            Some(image) => Err(ImagesError::Label { classes, image, got: parsed.label(image) }),
            None => Ok(parsed),
        }
    }

    /// Number of images.
    #[must_use]
    pub fn images(&self) -> u32 {
        self.images
    }

    /// Width and height in pixels.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// Number of classes.
    #[must_use]
    pub fn classes(&self) -> u32 {
        self.classes
    }

    /// Label of an image.
    ///
    /// # Panics
    /// When `image` is not below [`PackedImages::images`].
    #[must_use]
    pub fn label(&self, image: u32) -> u8 {
        assert!(image < self.images, "expected an image below {}, got {image}", self.images);
        let labels = self.bytes.len() - self.images as usize;
        self.bytes[labels + image as usize]
    }

    /// Expands an image to `pixels`, `(height, width)` row-major, 0..=1.
    ///
    /// # Panics
    /// When `image` is not below [`PackedImages::images`] or `pixels` has another length.
    pub fn write_image(&self, image: u32, pixels: &mut [f32]) {
        assert!(image < self.images, "expected an image below {}, got {image}", self.images);
        let count = (self.width * self.height) as usize;
        assert_eq!(pixels.len(), count, "expected room for {count} pixels");
        let first = HEADER_BYTES + image as usize * self.bytes_per_image();
        let packed = &self.bytes[first..][..self.bytes_per_image()];
        for (pair, byte) in pixels.chunks_mut(2).zip(packed) {
            pair[0] = LEVELS[usize::from(byte >> 4)];
            if let Some(second) = pair.get_mut(1) {
                *second = LEVELS[usize::from(byte & 15)];
            }
        }
    }

    fn bytes_per_image(&self) -> usize {
        (self.width * self.height).div_ceil(2) as usize
    }
}

/// The image set `id` from the unpacked bytes of its two files, verified against the declaration.
///
/// # Errors
/// [`DataError::Images`] when the set has no files, or the bytes are not those that were shipped.
pub fn load(id: &str, train: Vec<u8>, test: Vec<u8>) -> Result<Dataset, DataError> {
    let not_images = || ImagesError::NotImages { id: id.chars().take(40).collect() };
    let declaration = DataDeclaration::find(id).ok_or_else(not_images)?;
    let Source::Images(files) = declaration.source else {
        return Err(not_images().into());
    };
    files.train.verify(&train)?;
    files.test.verify(&test)?;
    Ok(assemble(declaration, PackedImages::parse(train)?, PackedImages::parse(test)?)?)
}

/// The set of two parsed files, whatever their checksums.
///
/// # Errors
/// [`ImagesError::Shape`] when a file has another shape than the declaration.
pub fn assemble(
    declaration: &'static DataDeclaration,
    train: PackedImages,
    test: PackedImages,
) -> Result<Dataset, ImagesError> {
    let (width, height) =
        declaration.image_size.ok_or_else(|| ImagesError::NotImages { id: declaration.id.into() })?;
    let expected = (width, height, declaration.classes());
    for part in [&train, &test] {
        let got = (part.width, part.height, part.classes);
        if got != expected {
            return Err(ImagesError::Shape { expected, got });
        }
    }
    let labels = [&train, &test]
        .into_iter()
        .flat_map(|part| (0..part.images).map(|image| u32::from(part.label(image))))
        .collect();
    Ok(Dataset {
        declaration,
        features: (width * height) as usize,
        train: train.images,
        test: test.images,
        inputs: Inputs::Packed { train, test },
        targets: Targets::Labels(labels),
        class_names: declaration.class_names.iter().map(|&name| name.into()).collect(),
        columns: None,
    })
}

#[cfg(test)]
#[path = "images_tests.rs"]
mod tests;
