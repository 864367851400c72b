//! A training step allocates nothing: all memory is taken when a plan is first run. With threads the queues
//! of the pool are not ours, so it is held to with one.
#![cfg(not(feature = "threads"))]

use cajal::experiment::config::UnitConfig;
use cajal::experiment::{ExperimentConfig, Lab, Side};
use cajal::workload::{NAMES, Workload};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// The system's allocator, counting what this thread asks for.
struct Counting;

thread_local! {
    static COUNT: Cell<u64> = const { Cell::new(0) };
}

#[allow(unsafe_code)]
// SAFETY: every call goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.set(COUNT.get() + 1);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn allocations(work: impl FnOnce()) -> u64 {
    let before = COUNT.get();
    work();
    COUNT.get() - before
}

#[test]
fn the_counter_counts() {
    assert_eq!(allocations(|| drop(vec![0u8; 10])), 1);
}

#[test]
fn a_step_of_every_work_allocates_nothing() {
    for name in NAMES {
        let mut work = Workload::new(name).expect("a work of that name");
        work.train(2);
        let count = allocations(|| {
            work.train(2);
        });
        assert_eq!(count, 0, "{name}");
    }
}

#[test]
fn a_step_of_a_session_allocates_nothing_between_checkpoints() {
    for config in [ExperimentConfig::default(), mixed()] {
        hold(config);
    }
}

/// Two units of the first layer in either network that are neurons with a gradient of another kind, and draws.
fn mixed() -> ExperimentConfig {
    let mut config = ExperimentConfig::default();
    let kinds = [(1, "escape-noise"), (3, "hodgkin-huxley")];
    let others = kinds.map(|(unit, kind)| UnitConfig { unit, kind: kind.to_owned() }).to_vec();
    config.layers[0].others = others.clone();
    config.layers[0].spiking_others = others;
    config
}

fn hold(config: ExperimentConfig) {
    let mut lab = Lab::new().expect("valid defaults");
    lab.configure(config, None).expect("a valid configuration");
    for side in Side::BOTH {
        let session = &mut lab.twin_mut().half_mut(side).session;
        // Past an end of an epoch, and just past a checkpoint.
        for _ in 0..65 {
            session.train();
        }
        let count = allocations(|| {
            for _ in 0..14 {
                session.train();
            }
        });
        assert_eq!(count, 0, "{side:?}");
    }
}
