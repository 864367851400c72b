use super::*;
use crate::data::Split;
use crate::rng::{Stream, StreamId};

const CONFIG: TableConfig = TableConfig { train_share: 0.5, seed: 1 };

fn read_text(text: &str) -> Result<Dataset, DataError> {
    read(text.as_bytes(), &CONFIG)
}

/// `lines` repeated until there are at least `rows`.
fn repeated(header: &str, lines: &[&str], rows: usize) -> String {
    let body: Vec<&str> = lines.iter().copied().cycle().take(rows).collect();
    format!("{header}{}\n", body.join("\n"))
}

/// Every row of the set, features and label, back in the units of the file, sorted.
fn raw_rows(set: &Dataset) -> Vec<(Vec<i64>, u32)> {
    let scaling = &set.columns().unwrap().scaling;
    let mut rows = Vec::new();
    for split in [Split::Train, Split::Test] {
        for index in 0..set.samples(split) {
            let mut row = vec![0.0; set.features()];
            set.write_inputs(split, &[index], &mut row);
            let raw = row
                .iter()
                .zip(scaling)
                .map(|(x, s)| ((f64::from(*x) * s.deviation + s.mean) * 1000.0).round() as i64)
                .collect();
            rows.push((raw, set.label(split, index).unwrap()));
        }
    }
    rows.sort();
    rows
}

#[test]
fn reads_the_same_table_however_it_is_written() {
    let lines = ["1.5,2,cat", "-3,4e0,dog", "5,.25,\"a \"\"hen\"\"\""];
    let plain = repeated("w,h,label\n", &lines, 12);
    let expected = read_text(&plain).unwrap();
    assert_eq!(expected.class_names(), ["a \"hen\"", "cat", "dog"]);
    assert_eq!(expected.columns().unwrap().features, ["w", "h"]);
    assert_eq!(expected.columns().unwrap().target, "label");
    let rows = raw_rows(&expected);
    assert_eq!(rows.len(), 12);
    assert_eq!(rows[0], (vec![-3000, 4000], 2));
    assert_eq!(rows[11], (vec![5000, 250], 0));

    let written = [
        plain.replace(',', ";"),
        plain.replace(',', "\t"),
        plain.replace('\n', "\r\n"),
        plain.replace('\n', "\r"),
        plain.replace('\n', "\n\n"),
        plain.replace("cat", "\"cat\"").replace("1.5", " \"1.5\" "),
        format!("\u{FEFF}{plain}"),
        plain.trim_end().to_string(),
    ];
    for text in written {
        let set = read_text(&text).unwrap();
        assert_eq!(set.sha256(), expected.sha256(), "{text:?}");
        assert_eq!(set.columns(), expected.columns(), "{text:?}");
    }
    let headless = read_text(&repeated("", &lines, 12)).unwrap();
    assert_eq!(headless.sha256(), expected.sha256());
    assert_eq!(headless.columns().unwrap().features, ["column 1", "column 2"]);
}

#[test]
fn finds_the_header_and_the_target() {
    // header line, data lines, names of the features, name of the target
    type Case<'a> = (&'a str, &'a [&'a str], &'a [&'a str], &'a str);
    let cases: [Case; 8] = [
        ("", &["1,2,0", "3,4,1"], &["column 1", "column 2"], "column 3"),
        ("a,b,c\n", &["1,2,0", "3,4,1"], &["a", "b"], "c"),
        ("a,Species,c\n", &["1,x,0", "3,y,1"], &["a", "c"], "Species"),
        ("CLASS,b,c\n", &["x,2,0", "y,4,1"], &["b", "c"], "CLASS"),
        ("class,label,c\n", &["1,x,0", "3,y,1"], &["class", "c"], "label"),
        ("a,,c\n", &["1,2,0", "3,4,1"], &["a", "column 2"], "c"),
        // As scikit-learn ships iris: the header begins with two counts.
        (
            "150,4,setosa,versicolor,virginica\n",
            &["5,3,1,2,0", "6,3,5,2,1"],
            &["150", "4", "setosa", "versicolor"],
            "virginica",
        ),
        ("\"a\nb\",\"c,d\"\n", &["1,0", "2,1"], &["a\nb"], "c,d"),
    ];
    for (header, lines, features, target) in cases {
        let set = read_text(&repeated(header, lines, 10)).unwrap();
        assert_eq!(set.columns().unwrap().features, features, "{header}");
        assert_eq!(set.columns().unwrap().target, target, "{header}");
        assert_eq!(set.samples(Split::Train) + set.samples(Split::Test), 10, "{header}");
    }
}

#[test]
fn tells_classes_from_numbers() {
    let with_targets = |targets: &[&str], rows| {
        let lines: Vec<String> = targets.iter().map(|target| format!("1,{target}")).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        read_text(&repeated("", &lines, rows)).unwrap()
    };
    let set = with_targets(&["10", "-1", "2.0"], 30);
    assert_eq!(set.class_names(), ["-1", "2", "10"]);
    assert_eq!(set.class_counts(Split::Train).iter().sum::<u32>(), 15);
    assert_eq!(with_targets(&["0", "-0", "1"], 12).class_names(), ["0", "1"]);
    assert_eq!(with_targets(&["1", "2", "x"], 12).class_names(), ["1", "2", "x"]);

    let regression: [(&[&str], usize); 3] = [
        (&["0.5", "1", "2"], 30),                                   // not whole
        (&["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"], 10), // all different
        (&["1e20", "2"], 10),                                       // not a name one would give
    ];
    for (targets, rows) in regression {
        let set = with_targets(targets, rows);
        assert_eq!((set.task(), set.classes()), (Task::Regression, 0), "{targets:?}");
        assert!(set.columns().unwrap().target_scaling.is_some());
        assert_eq!(set.label(Split::Train, 0), None);
    }
}

#[test]
fn standardises_with_the_training_rows_only() {
    let text: String = (0..40).map(|i| format!("{},7,{}\n", i * i, f64::from(i) + 0.5)).collect();
    let set = read(text.as_bytes(), &TableConfig { train_share: 0.75, seed: 9 }).unwrap();
    let columns = set.columns().unwrap();
    let moments = |split| {
        let indices: Vec<u32> = (0..set.samples(split)).collect();
        let mut inputs = vec![0.0; indices.len() * 2];
        set.write_inputs(split, &indices, &mut inputs);
        let first: Vec<f64> = inputs.iter().step_by(2).map(|x| f64::from(*x)).collect();
        let n = first.len() as f64;
        let mean = first.iter().sum::<f64>() / n;
        (mean, first.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n)
    };
    let (mean, variance) = moments(Split::Train);
    assert!(mean.abs() < 1e-6 && (variance - 1.0).abs() < 1e-5, "{mean} {variance}");
    assert!(moments(Split::Test).0.abs() > 1e-3, "the test rows were standardised by themselves");
    // A constant column is centred, not divided by nothing.
    assert_eq!(columns.scaling[1], Scaling { mean: 7.0, deviation: 1.0 });
    let mut row = [9.0; 2];
    set.write_inputs(Split::Test, &[0], &mut row);
    assert_eq!(row[1], 0.0);
    // The target comes back from its scaling.
    let scale = columns.target_scaling.unwrap();
    let raw = |i| f64::from(set.value(Split::Test, i).unwrap()) * scale.deviation + scale.mean;
    assert!((0..10).all(|i| (raw(i).fract() - 0.5).abs() < 1e-4));
}

#[test]
fn extremes_stay_finite() {
    let mut lines = vec!["0.1,a", "0.1,b", "1e-300,a", "-1e-300,b", "1e30,a", "-1e30,b"];
    for seed in 0..20 {
        lines.rotate_left(1);
        let text = repeated("", &lines, 10);
        let set = read(text.as_bytes(), &TableConfig { train_share: 0.1, seed }).unwrap();
        for index in 0..9 {
            let mut row = [0.0];
            set.write_inputs(Split::Test, &[index], &mut row);
            assert!(row[0].is_finite());
        }
    }
}

#[test]
fn refuses_each_bad_table_with_its_reason_and_place() {
    let good = ["1,2,cat", "3,4,dog"];
    let headed = |line: &str| format!("{}{line}\n", repeated("w,h,kind\n", &good, 12));
    let headless = |line: &str| format!("{}{line}\n", repeated("", &good, 12));
    let many: String = (0..101).map(|i| format!("1,c{i}\n")).collect();
    let typo: String = (0..120).map(|i| format!("1,{}.5\n", i)).collect::<String>() + "1,7:5\n";
    let typo = typo + &(0..101).map(|i| format!("1,{i}.25\n")).collect::<String>();
    let wide = vec!["1"; 4097].join(",");
    let cases: Vec<(String, &str, &str)> = vec![
        (String::new(), "table-too-few-rows", "at least 10 rows of data, got 0"),
        ("\n\n  \n".into(), "table-too-few-rows", "got 0"),
        ("a,b\n".into(), "table-too-few-rows", "got 0"),
        (repeated("a,b,c\n", &good, 9), "table-too-few-rows", "got 9"),
        ("one\ntwo\n".into(), "table-too-few-columns", "line 1: expected at least 2 columns"),
        (headed("5,6"), "table-ragged", "line 14: expected 3 columns as in the first line, got 2"),
        (headed("5,6,cat,"), "table-ragged", "line 14: expected 3 columns as in the first line, got 4"),
        (
            headed("\n\n,6,cat"),
            "table-missing",
            "line 16, column 1 (w): expected a value, got a missing one (\"\")",
        ),
        (headed("5,NA,cat"), "table-missing", "line 14, column 2 (h)"),
        (headed("5, nan ,cat"), "table-missing", "line 14, column 2 (h)"),
        (headed("5,?,cat"), "table-missing", "(\"?\")"),
        (headed("5,6,"), "table-missing", "line 14, column 3 (kind)"),
        (headed("5,6,\"\""), "table-missing", "line 14, column 3 (kind)"),
        (headless("5,N/A,cat"), "table-missing", "line 13, column 2 (column 2)"),
        (
            headed("5,six,cat"),
            "table-not-a-number",
            "line 14, column 2 (h): expected a number, with a point before its decimals, got \"six\"",
        ),
        (headless("5,0x10,cat"), "table-not-a-number", "line 13, column 2 (column 2)"),
        (
            "1,5;a\n".repeat(12),
            "table-not-a-number",
            "line 1, column 1 (column 1): expected a number, with a point before its decimals, got \"1,5\"",
        ),
        (format!("oops,2,cat\n{}", repeated("", &good, 12)), "table-not-a-number", "line 1, column 1"),
        (
            typo,
            "table-not-a-number",
            "line 121, column 2 (column 2): expected a number, with a point before its decimals, got \"7:5\"",
        ),
        (
            headed("5,inf,cat"),
            "table-not-finite",
            "line 14, column 2 (h): expected a number between -1e30 and 1e30, got \"inf\"",
        ),
        (headed("-Infinity,6,cat"), "table-not-finite", "line 14, column 1 (w)"),
        (headed("1e999,6,cat"), "table-not-finite", "got \"1e999\""),
        (headed("2e30,6,cat"), "table-not-finite", "got \"2e30\""),
        (headed("-nan,6,cat"), "table-not-finite", "got \"-nan\""),
        (repeated("", &["1,0.5", "1,inf"], 12), "table-not-finite", "line 2, column 2"),
        (headed("5,6,\"cat"), "table-open-quote", "line 14, column 3: expected a closing quote"),
        (headed("5,\"6\"7,cat"), "table-after-quote", "line 14, column 2"),
        (many, "table-too-many-classes", "at most 100 classes in column \"column 2\", got 101"),
        ("1,cat\n".repeat(12), "table-constant-target", "got only \"cat\""),
        ("1,4.5\n".repeat(12), "table-constant-target", "got only \"4.5\""),
        (wide, "table-too-many-columns", "line 1: expected at most 4096 columns"),
        ("1,2\n".repeat(1_250_001), "table-too-large", "at most 5000000 bytes, got 5000004"),
    ];
    for (text, code, reason) in cases {
        let error = read_text(&text).unwrap_err();
        let start: String = text.chars().take(60).collect();
        assert_eq!(error.code(), code, "{start:?}: {error}");
        assert!(error.to_string().contains(reason), "{start:?}: {error}");
    }
    let error = read(b"1,a\n2,b\n3,\xFF\n", &CONFIG).unwrap_err();
    assert_eq!(error, TableError::NotUtf8 { line: 3 }.into());
    let share = TableConfig { train_share: f64::NAN, seed: 1 };
    assert_eq!(read(b"", &share).unwrap_err().code(), "data-train-share");
}

#[test]
fn a_table_at_the_limits_is_read() {
    let wide = vec!["1"; 4095].join(",");
    let set = read_text(&format!("{wide},a\n{wide},b\n").repeat(5)).unwrap();
    assert_eq!((set.features(), set.classes()), (4095, 2));
    let long = read_text(&"1,2\n3,1\n".repeat(MAX_BYTES / 8)).unwrap();
    assert_eq!(long.samples(Split::Train), 625_000);
    let classes: String = (0..100).map(|i| format!("1,c{i:02}\n")).collect();
    assert_eq!(read_text(&classes).unwrap().classes(), 100);
}

#[test]
fn the_seed_decides_the_order_and_nothing_else() {
    let text: String = (0..30).map(|i| format!("{i},{}\n", i % 3)).collect();
    let of = |seed| read(text.as_bytes(), &TableConfig { train_share: 0.5, seed }).unwrap();
    assert_eq!(of(1).sha256(), of(1).sha256());
    assert_ne!(of(1).sha256(), of(2).sha256());
    assert_eq!(raw_rows(&of(1)), raw_rows(&of(2)));
}

/// Bytes that matter to the reader, more often than chance would have them.
const ALPHABET: &[u8] = b"0123456789.,,,;\t\"\"\"\n\n\r -+eExnaNA?\xEF\xBB\xBF\xC3\xA4\xFF\0";

#[test]
fn no_bytes_make_it_panic() {
    let original = repeated("w,\"h \"\"x\",kind\n", &["1,2,cat", "3,-4e1,\"d\r\nog\""], 12);
    let stream = Stream::new(1, StreamId::Data);
    let (mut accepted, mut refused) = (0, 0);
    for case in 0..20_000u64 {
        let draw = |element, bound| stream.below(case, element, bound) as usize;
        let mut bytes = original.clone().into_bytes();
        for change in 0..=draw(0, 4) as u64 {
            let at = draw(10 + 4 * change, bytes.len() as u32);
            let byte = ALPHABET[draw(11 + 4 * change, ALPHABET.len() as u32)];
            match draw(12 + 4 * change, 3) {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => drop(bytes.remove(at)),
            }
        }
        if draw(1, 10) == 0 {
            bytes.truncate(draw(2, bytes.len() as u32));
        }
        count(read(&bytes, &CONFIG), &mut accepted, &mut refused);
        let noise: Vec<u8> =
            (0..draw(3, 80) as u64).map(|i| ALPHABET[draw(100 + i, ALPHABET.len() as u32)]).collect();
        count(read(&noise, &CONFIG), &mut accepted, &mut refused);
    }
    // The mutations must reach both sides, else they test nothing.
    assert!(accepted > 1000 && refused > 1000, "{accepted} accepted, {refused} refused");
}

fn count(result: Result<Dataset, DataError>, accepted: &mut u32, refused: &mut u32) {
    match result {
        Ok(set) => {
            *accepted += 1;
            let mut row = vec![f32::NAN; set.features()];
            for split in [Split::Train, Split::Test] {
                for index in 0..set.samples(split) {
                    set.write_inputs(split, &[index], &mut row);
                    assert!(row.iter().all(|value| value.is_finite()));
                }
            }
        }
        Err(error) => {
            *refused += 1;
            assert!(!error.to_string().is_empty());
        }
    }
}
