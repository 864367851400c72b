//! Checksums and sizes of the packed data sets in `data/`. Made by `data/pack.py`; do not edit.

use super::images::PackedFile;
use super::recording::RecordingFile;

/// `data/mnist-train.bin.gz`
pub const MNIST_TRAIN: PackedFile = PackedFile {
    path: "data/mnist-train.bin.gz",
    images: 60_000,
    bytes: 5_705_611,
    sha256: "555bcbb2dcbfaa0ed16c79bfb0d033fce765ed1af9913bb90d59ec58adbf1f9e",
    unpacked_bytes: 23_580_028,
    unpacked_sha256: "63f269e2d4673842bf3c3d93328b83bc093c46d55966102ea0ad9801dfa27fbc",
};

/// `data/mnist-test.bin.gz`
pub const MNIST_TEST: PackedFile = PackedFile {
    path: "data/mnist-test.bin.gz",
    images: 10_000,
    bytes: 946_891,
    sha256: "2fae46e26c417113a72ca2b64c4660c80802686589ee2ad3683e1d540ababa1a",
    unpacked_bytes: 3_930_028,
    unpacked_sha256: "35e1c98af61bde1002f4e52e243676ef88191a63a4dd033d55ab12a6ded614b4",
};

/// `data/fashion-train.bin.gz`
pub const FASHION_TRAIN: PackedFile = PackedFile {
    path: "data/fashion-train.bin.gz",
    images: 10_000,
    bytes: 1_938_751,
    sha256: "594b31ebd8f3208137d552615c99eb5469093726e6ea553782cfab8cbd341dd1",
    unpacked_bytes: 3_930_028,
    unpacked_sha256: "47fbd292bae80a52c9973de09c527f748a973072708f1bfbf9592c05d0cff447",
};

/// `data/fashion-test.bin.gz`
pub const FASHION_TEST: PackedFile = PackedFile {
    path: "data/fashion-test.bin.gz",
    images: 2_000,
    bytes: 392_243,
    sha256: "0a69857730e50e7acd1eb220031b13e0e62837573f086bc3943172357f68c003",
    unpacked_bytes: 786_028,
    unpacked_sha256: "1d219a8f8d442f46bcf8fe24106df6e9a6a8616a18be4b4228463b8d535957c2",
};

/// `data/grasshopper.bin.gz`
pub const GRASSHOPPER: RecordingFile = RecordingFile {
    path: "data/grasshopper.bin.gz",
    bytes: 132_365,
    sha256: "b62699db080fdc25987a9f13a43674c46fd5cac2c7d80219237ac154fe0b4db5",
    unpacked_bytes: 167_224,
    unpacked_sha256: "09adb36315a5ec4be44b63027866aa847aacd93de390e49baf8c0f4ae9d0e75b",
};
