//! Runs a ready circuit and says what it took: `cargo run --release --example circuits -- brunel 600 inhibition=6
//! drive=4 seed=1` builds it with these parameters and lets 600 ms of biological time pass.

use cajal::experiment::circuits;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let id = words.next().ok_or("the name of a circuit is wanted")?;
    let until_ms: f64 = words.next().map_or(Ok(1000.0), |word| word.parse())?;
    let (mut values, mut seed) = (Vec::new(), 1);
    let words: Vec<String> = words.collect();
    for word in &words {
        let (key, value) = word.split_once('=').ok_or("parameters are written key=value")?;
        match key {
            "seed" => seed = value.parse()?,
            _ => values.push((key, value.parse()?)),
        }
    }
    let estimate = circuits::entry(&id)?.spec(&values, seed)?.0.estimate();
    println!("{} synapses, {} bytes expected", estimate.synapses, estimate.bytes());
    let begin = Instant::now();
    let mut run = circuits::build(&id, &values, seed, 4 << 30)?;
    let network = run.network();
    println!(
        "{} synapses in {} bytes, built in {:.2} s",
        network.synapses(),
        network.synapse_bytes(),
        begin.elapsed().as_secs_f64()
    );
    let populations: Vec<(String, u32)> =
        network.populations().map(|(name, count)| (name.to_owned(), count)).collect();
    let (mut spikes, settled_ms) = (vec![0; populations.len()], until_ms.min(200.0) / 2.0);
    let begin = Instant::now();
    while run.network().time_ms() < until_ms {
        run.advance()?;
        if run.network().time_ms() > settled_ms {
            for (sum, fired) in spikes.iter_mut().zip(run.network().spikes()) {
                *sum += fired.count();
            }
        }
    }
    let wall_s = begin.elapsed().as_secs_f64();
    println!("{wall_s:.3} s for {until_ms} ms: {:.3} s a biological second", wall_s / until_ms * 1000.0);
    let seconds = (run.network().time_ms() - settled_ms) / 1000.0;
    for ((name, count), spikes) in populations.iter().zip(spikes) {
        println!("{name:>12}: {count:6} neurons, {:.3} Hz", spikes as f64 / f64::from(*count) / seconds);
    }
    Ok(())
}
