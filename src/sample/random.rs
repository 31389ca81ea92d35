//! Random draws that are the same on every machine.
//!
//! A seed must give the same bytes always, so nothing here calls the platform's own `ln`, `exp` or `pow`, whose last
//! digit differs between systems: they are made of the four operations and the square root, which IEEE 754 fixes.

use rand::Rng;
use rand_pcg::Pcg64;

/// One stream of random numbers.
pub(crate) struct Random(Pcg64);

impl Random {
    /// The stream number `stream` of a seed; streams do not interact.
    pub(crate) fn new(seed: u64, stream: u64) -> Self {
        // Neighbouring seeds and streams start far from each other.
        let high = scramble(seed ^ scramble(stream));
        let low = scramble(high.wrapping_add(seed));
        Self(Pcg64::new((u128::from(high) << 64) | u128::from(low), u128::from(stream)))
    }

    /// From 0 up to, but not including, 1.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A whole number from 0 to `end - 1`; 0 where `end` is 0.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.0.next_u64()) * u128::from(end)) >> 64) as u64
    }

    /// True in `rate` of the draws.
    pub(crate) fn chance(&mut self, rate: f64) -> bool {
        self.unit() < rate
    }

    /// One of these; the first where there is only one.
    pub(crate) fn pick<'a, T: ?Sized>(&mut self, values: &[&'a T]) -> &'a T {
        values[self.below(values.len() as u64) as usize]
    }

    /// A draw of the logarithmic normal distribution with these parameters of the logarithm.
    pub(crate) fn log_normal(&mut self, mean: f64, deviation: f64) -> f64 {
        exp(mean + deviation * self.normal())
    }

    /// Marsaglia's polar method, one of its two values.
    fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.unit() - 1.0, 2.0 * self.unit() - 1.0);
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                return x * (-2.0 * ln(square) / square).sqrt();
            }
        }
    }

    /// A draw of the Poisson distribution, by Knuth's product; for means up to some hundreds.
    pub(crate) fn poisson(&mut self, mean: f64) -> u32 {
        let floor = exp(-mean);
        let (mut count, mut product) = (0, self.unit());
        while product > floor {
            count += 1;
            product *= self.unit();
        }
        count
    }

    pub(crate) fn shuffle<T>(&mut self, values: &mut [T]) {
        for last in (1..values.len()).rev() {
            let other = self.below(last as u64 + 1) as usize;
            values.swap(last, other);
        }
    }
}

/// A choice among numbered things of different weights.
pub(crate) struct Weighted {
    /// Cumulated shares, the last one 1.
    ends: Vec<f64>,
}

impl Weighted {
    pub(crate) fn new(weights: impl IntoIterator<Item = f64>) -> Self {
        let mut sum = 0.0;
        let mut ends: Vec<f64> = weights
            .into_iter()
            .map(|weight| {
                sum += weight;
                sum
            })
            .collect();
        ends.iter_mut().for_each(|end| *end /= sum);
        Self { ends }
    }

    /// `count` things, the one of rank r (from 0) with a weight of 1 / (r + 3)^slope.
    pub(crate) fn zipf(count: usize, slope: f64) -> Self {
        Self::new((0..count).map(|rank| exp(-slope * ln(rank as f64 + 3.0))))
    }

    pub(crate) fn draw(&self, random: &mut Random) -> usize {
        let share = random.unit();
        self.ends.partition_point(|&end| end <= share).min(self.ends.len().saturating_sub(1))
    }
}

/// Draws of a beta distribution, by a fine histogram of its density.
pub(crate) struct Beta(Weighted);

impl Beta {
    const BINS: usize = 4096;

    pub(crate) fn new(a: f64, b: f64) -> Self {
        let density = |bin: usize| {
            let x = (bin as f64 + 0.5) / Self::BINS as f64;
            exp((a - 1.0) * ln(x) + (b - 1.0) * ln(1.0 - x))
        };
        Self(Weighted::new((0..Self::BINS).map(density)))
    }

    /// From 0 up to, but not including, 1.
    pub(crate) fn draw(&self, random: &mut Random) -> f64 {
        (self.0.draw(random) as f64 + random.unit()) / Self::BINS as f64
    }
}

/// The finalizer of splitmix64: a permutation of the 64-bit numbers that leaves no pattern.
pub(crate) fn scramble(number: u64) -> u64 {
    let mut x = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// e to the power `x`; 0 below -700, and no more than e^700.
fn exp(x: f64) -> f64 {
    if x < -700.0 {
        return 0.0;
    }
    let x = x.min(700.0);
    let halvings = (x / std::f64::consts::LN_2).round();
    let rest = x - halvings * std::f64::consts::LN_2;
    let (mut sum, mut term) = (1.0, 1.0);
    for n in 1..=16 {
        term *= rest / f64::from(n);
        sum += term;
    }
    sum * f64::from_bits(((halvings as i64 + 1023) as u64) << 52)
}

/// The natural logarithm of a positive normal number.
fn ln(x: f64) -> f64 {
    let bits = x.to_bits();
    let mut exponent = ((bits >> 52) & 0x7FF) as i64 - 1023;
    let mut mantissa = f64::from_bits((bits & ((1 << 52) - 1)) | (1023 << 52));
    if mantissa > std::f64::consts::SQRT_2 {
        mantissa /= 2.0;
        exponent += 1;
    }
    let ratio = (mantissa - 1.0) / (mantissa + 1.0);
    let square = ratio * ratio;
    let (mut sum, mut power) = (0.0, ratio);
    for n in 0..14 {
        sum += power / f64::from(2 * n + 1);
        power *= square;
    }
    2.0 * sum + exponent as f64 * std::f64::consts::LN_2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponential_and_logarithm_are_right() {
        for x in [-30.0, -1.5, -1e-9, 0.0, 0.3, 1.0, 12.7, 300.0] {
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-13, "exp {x}");
        }
        for x in [1e-12, 0.5, 0.999, 1.0, 1.41, 1.42, 3.0, 7e9] {
            assert!((ln(x) - x.ln()).abs() < 1e-13 * x.ln().abs().max(1.0), "ln {x}");
        }
        assert_eq!(exp(-1000.0), 0.0);
    }

    #[test]
    fn draws_have_the_moments_of_their_distributions() {
        let mut random = Random::new(3, 1);
        let draws = 40_000;
        let mut mean = |draw: &mut dyn FnMut(&mut Random) -> f64| {
            (0..draws).map(|_| draw(&mut random)).sum::<f64>() / f64::from(draws)
        };
        assert!((mean(&mut |random| random.unit()) - 0.5).abs() < 0.01);
        assert!(mean(&mut |random| random.normal()).abs() < 0.02);
        assert!((mean(&mut |random| f64::from(random.poisson(2.5))) - 2.5).abs() < 0.03);
        let beta = Beta::new(1.6, 1.4);
        assert!((mean(&mut |random| beta.draw(random)) - 1.6 / 3.0).abs() < 0.01);
        let weighted = Weighted::new([3.0, 1.0]);
        assert!((mean(&mut |random| weighted.draw(random) as f64) - 0.25).abs() < 0.01);
    }

    #[test]
    fn a_seed_and_a_stream_are_always_the_same_numbers() {
        let first = |seed, stream| Random::new(seed, stream).below(1_000_000_000);
        assert_eq!(first(7, 0), first(7, 0));
        assert_ne!(first(7, 0), first(7, 1));
        assert_ne!(first(7, 0), first(8, 0));
        let mut values: Vec<u32> = (0..100).collect();
        Random::new(1, 1).shuffle(&mut values);
        assert_ne!(values[..5], [0, 1, 2, 3, 4]);
        values.sort_unstable();
        assert!(values.into_iter().eq(0..100));
    }
}
