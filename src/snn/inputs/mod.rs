//! What is fed into neurons: currents over time and trains of spikes, each declared in its file.
