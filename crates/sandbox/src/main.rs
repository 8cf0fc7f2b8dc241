//! Starts a sandbox by hand.
fn main() {}
