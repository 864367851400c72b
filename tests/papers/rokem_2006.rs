//! Rokem, Watzl, Gollisch, Stemmler, Herz & Samengo (2006), Spike-timing precision underlies the coding
//! efficiency of auditory receptor neurons, J. Neurophysiol. 95, 2541–2552: the shipped recording.

use cajal::data::packed::GRASSHOPPER;
use cajal::data::recording::Recording;
use cajal::describe::Declared;
use cajal::snn::inputs::{Recorded, SpikeList};
use cajal::snn::monitors::spike_triggered_average::spike_triggered_average;
use std::io::Read;

fn recording() -> Recording {
    let path = format!("{}/{}", env!("CARGO_MANIFEST_DIR"), GRASSHOPPER.path);
    let file = std::fs::File::open(path).expect("the shipped recording");
    assert_eq!(file.metadata().expect("its size").len(), u64::from(GRASSHOPPER.bytes));
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(file).read_to_end(&mut unpacked).expect("gzip");
    assert_eq!(unpacked.len(), GRASSHOPPER.unpacked_bytes as usize);
    GRASSHOPPER.read(&unpacked).expect("the recording of the table")
}

#[test]
fn the_recording_is_complete() {
    let trials = recording().trials;
    let shape = trials.iter().map(|trial| (trial.stimulus.len(), trial.period_ms, trial.spikes_ms.len()));
    assert_eq!(shape.collect::<Vec<_>>(), [(40_000, 0.25, 929), (40_000, 0.25, 868)]);
    for trial in &trials {
        // The means of the published stimuli are 0.15994 and 0.15961.
        let mean = trial.stimulus.iter().map(|&value| f64::from(value)).sum::<f64>() / 40_000.0;
        assert!((mean - 0.1598).abs() < 3e-4, "{mean}");
        let list = SpikeList::new(std::slice::from_ref(&trial.spikes_ms), 0.1).expect("in order");
        assert_eq!(list.events().len(), trial.spikes_ms.len());
    }
}

#[test]
fn the_average_stimulus_peaks_6_to_7_ms_before_the_spike() {
    for (trial, reference) in recording().trials.iter().zip(Recorded::DECLARATION.references) {
        let average = spike_triggered_average(&trial.stimulus, trial.period_ms, &trial.spikes_ms, 40.0);
        let (ours, height) = average.expect("spikes").peak();
        super::assert_meets(reference, ours);
        assert!((6.0..=7.0).contains(&ours), "{}: {ours} ms", reference.what);
        assert!(height > 1.6 * 0.16, "the peak stands out of the mean of 0.16: {height}");
    }
}
