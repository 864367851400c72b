//! Kernels: slices in, slices out, nothing known of graphs. SIMD first, each with its scalar twin
//! in [`reference`].

pub mod activation;
pub mod arithmetic;
pub mod ceiling;
pub mod conv;
pub mod draw;
pub mod each;
pub mod elementwise;
pub mod embedding;
#[cfg(test)]
pub(crate) mod held;
pub mod lane;
pub mod layout;
pub mod loss;
pub mod matmul;
pub mod norm;
pub mod pool;
pub mod product;
pub mod recurrent;
pub mod reduce;
pub mod reference;
pub mod softmax;
pub mod spikes;
pub mod tally;
pub mod unit_length;
pub mod update;
pub mod window;
