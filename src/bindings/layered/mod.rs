//! Networks in layers: the twins, what they learn and how they are looked into.

mod bench;
mod catalogue;
mod error;
mod lab;
mod network_shapes;
mod network_view;
mod shapes;
mod workload;

pub use bench::{Product, multiply_add_ceiling};
pub use lab::Lab;
pub use workload::Workload;
