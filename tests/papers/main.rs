//! Published figures, one file for each source.

mod hines_carnevale_1997;
mod hodgkin_huxley_1952_axon;
mod poirazi_2003;
mod rall_1959;
mod rall_1964;
