//! Samples: projects with their tables, to look around in, to test with and to measure by.
//!
//! [`embedded`] holds three small ones inside the program, and with [`EXAMPLES`] tiny ones that show one idea each. [`cdnow`] is the code that derived the tables of one of
//! them from real purchases, and knows the truth about them. [`population`] makes customers of any number.

pub mod cdnow;
pub mod embedded;
mod examples;
mod names;
pub mod population;
mod random;

pub use embedded::{SAMPLES, Sample, find};
pub use examples::EXAMPLES;
pub use population::{Population, SampleError};
