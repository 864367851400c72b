//! Uhlenbeck & Ornstein (1930), On the theory of the Brownian motion, Phys. Rev. 36, 823–841: the
//! stationary variance is σ², and the correlation falls as `e^(−s/τ)`.

use cajal::describe::Declared;
use cajal::rng::{Stream, StreamId};
use cajal::snn::inputs::OrnsteinUhlenbeck;

#[test]
fn variance_and_correlation_are_those_of_the_theory() {
    let [variance, correlation] = OrnsteinUhlenbeck::DECLARATION.references else {
        panic!("two references are declared");
    };
    let noise = OrnsteinUhlenbeck { mean: 3.0, deviation: 2.0, tau_ms: 10.0 };
    let found = [(0.5, 20), (10.0, 1)].map(|(dt_ms, steps)| {
        let stream = Stream::new(2, StreamId::OrnsteinUhlenbeck);
        let n = 400_000;
        let mut process = noise.process(stream, dt_ms, n).expect("a time step");
        let first = process.values().to_vec();
        for _ in 0..steps {
            process.advance();
        }
        let (mut squares, mut products) = (0.0, 0.0);
        for (now, then) in process.values().iter().zip(&first) {
            squares += (now - 3.0).powi(2) / 4.0 / n as f64;
            products += (now - 3.0) * (then - 3.0) / 4.0 / n as f64;
        }
        (squares, products)
    });
    super::assert_meets(variance, super::farthest(variance, found.map(|(squares, _)| squares)));
    super::assert_meets(correlation, super::farthest(correlation, found.map(|(_, products)| products)));
}
