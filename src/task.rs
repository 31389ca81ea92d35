//! What a long piece of work needs from its surroundings: a way to be told to stop, and a place to say how far it is.
//!
//! A leaf: std only. The engine takes a [`Task`] and knows nothing of threads, windows or terminals.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The work was asked to stop. Whatever it had not published is gone, whatever was there before is intact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cancelled;

/// What a stage counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unit {
    Rows,
    Bytes,
    /// Parts of about the same size.
    Parts,
    /// Steps of very different sizes: how many are done says nothing of the time.
    #[default]
    Steps,
}

/// How far a piece of work is: the stage in words, and `done` of `total` units of it (`total` 0 where unknown).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Progress {
    /// In the user's language, for reading only.
    pub stage: String,
    /// The id of the one thing the stage is about, such as the table that is read; empty where there is none.
    pub of: String,
    pub done: u64,
    pub total: u64,
    pub unit: Unit,
    /// When the stage began; `None` before the first.
    pub begun: Option<Instant>,
}

impl Progress {
    /// The finished share of the stage, from 0 to 1, where the total is known.
    pub fn share(&self) -> Option<f32> {
        (self.total > 0).then(|| (self.done as f64 / self.total as f64).min(1.0) as f32)
    }

    /// Units a second, `after` the beginning of the stage, where they are rows or bytes.
    pub fn rate(&self, after: Duration) -> Option<f64> {
        let is_amount = matches!(self.unit, Unit::Rows | Unit::Bytes);
        (is_amount && self.done > 0 && after >= SETTLED).then(|| self.done as f64 / after.as_secs_f64())
    }

    /// How long the rest of the stage takes at the pace so far, `after` its beginning; only where the units are alike.
    pub fn left(&self, after: Duration) -> Option<Duration> {
        let is_even = self.unit != Unit::Steps && self.total > 0 && self.done > 0 && after >= SETTLED;
        let rest = self.total.saturating_sub(self.done) as f64 / self.done as f64;
        is_even.then(|| after.mul_f64(rest))
    }
}

/// A pace is told no earlier than this after a stage began.
const SETTLED: Duration = Duration::from_millis(500);

/// A stage that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    pub stage: String,
    pub elapsed: Duration,
    /// Whether its result was there already.
    pub reused: bool,
}

impl Passed {
    /// How many of these stages had their results already.
    pub fn reused(stages: &[Self]) -> usize {
        stages.iter().filter(|stage| stage.reused).count()
    }
}

/// The present stage.
#[derive(Debug, Clone, Default)]
struct Present {
    stage: String,
    of: String,
    unit: Unit,
    begun: Option<Instant>,
}

#[derive(Default)]
struct Shared {
    cancelled: AtomicBool,
    present: Mutex<Present>,
    done: AtomicU64,
    total: AtomicU64,
    passed: Mutex<Vec<Passed>>,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Cancel token and progress of one piece of work, and how many threads it may use; clones share all.
#[derive(Clone)]
pub struct Task {
    shared: Arc<Shared>,
    threads: usize,
}

impl Default for Task {
    /// As many threads as the machine has processors.
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, |threads| threads.get());
        Self { shared: Arc::default(), threads }
    }
}

impl Task {
    /// The same with so many threads. The answer does not depend on their number.
    pub fn with_threads(self, threads: usize) -> Self {
        Self { threads: threads.max(1), ..self }
    }

    pub fn threads(&self) -> usize {
        self.threads
    }

    pub fn cancel(&self) {
        self.shared.cancelled.store(true, Ordering::Relaxed);
    }

    pub fn is_cancelled(&self) -> bool {
        self.shared.cancelled.load(Ordering::Relaxed)
    }

    /// Called between stages and every few thousand items of our own loops.
    pub fn check(&self) -> Result<(), Cancelled> {
        if self.is_cancelled() { Err(Cancelled) } else { Ok(()) }
    }

    /// Begins a stage of which it is not known how much there is to do.
    pub fn begin(&self, stage: impl Into<String>) {
        self.begin_of(stage, 0, Unit::Steps);
    }

    /// Begins a stage of `total` units; 0 says that the number is not known.
    pub fn begin_of(&self, stage: impl Into<String>, total: u64, unit: Unit) {
        self.begin_about(stage, "", total, unit);
    }

    /// The same of a stage that is about one thing, told by its id.
    pub fn begin_about(&self, stage: impl Into<String>, of: &str, total: u64, unit: Unit) {
        *held(&self.shared.present) =
            Present { stage: stage.into(), of: of.to_owned(), unit, begun: Some(Instant::now()) };
        self.shared.done.store(0, Ordering::Relaxed);
        self.shared.total.store(total, Ordering::Relaxed);
    }

    /// Says what the present stage counts from here on, where that was not known when it began.
    pub fn expect(&self, total: u64, unit: Unit) {
        let mut present = held(&self.shared.present);
        (present.unit, present.begun) = (unit, Some(Instant::now()));
        self.shared.done.store(0, Ordering::Relaxed);
        self.shared.total.store(total, Ordering::Relaxed);
    }

    /// Notes a stage that is over.
    pub fn pass(&self, passed: Passed) {
        held(&self.shared.passed).push(passed);
    }

    /// The stages that are over, in their order.
    pub fn passed(&self) -> Vec<Passed> {
        held(&self.shared.passed).clone()
    }

    /// Sets the finished units of the present stage and checks for a cancel.
    pub fn advance_to(&self, done: u64) -> Result<(), Cancelled> {
        self.shared.done.store(done, Ordering::Relaxed);
        self.check()
    }

    pub fn progress(&self) -> Progress {
        let Present { stage, of, unit, begun } = held(&self.shared.present).clone();
        let (done, total) = (self.shared.done.load(Ordering::Relaxed), self.shared.total.load(Ordering::Relaxed));
        Progress { stage, of, done, total, unit, begun }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pace_is_told_where_it_can_be_known() {
        let of = |unit, done, total| Progress { done, total, unit, ..Progress::default() };
        let two = Duration::from_secs(2);
        assert_eq!(of(Unit::Rows, 1_000, 4_000).rate(two), Some(500.0));
        assert_eq!(of(Unit::Rows, 1_000, 4_000).left(two), Some(Duration::from_secs(6)));
        assert_eq!(of(Unit::Parts, 1, 2).rate(two), None, "parts are no amount");
        assert_eq!(of(Unit::Parts, 1, 2).left(two), Some(two));
        assert_eq!(of(Unit::Steps, 1, 2).left(two), None, "steps are not alike");
        assert_eq!(of(Unit::Rows, 0, 4_000).left(two), None, "nothing is done yet");
        assert_eq!(of(Unit::Rows, 10, 0).left(two), None, "the total is not known");
        assert_eq!(of(Unit::Rows, 10, 0).rate(two), Some(5.0));
        assert_eq!(of(Unit::Rows, 10, 20).left(Duration::from_millis(1)), None, "it has hardly begun");
        assert_eq!(of(Unit::Rows, 4_100, 4_000).left(two), Some(Duration::ZERO));
    }

    #[test]
    fn a_task_knows_the_stages_it_has_passed() {
        let task = Task::default();
        assert_eq!((task.progress().begun, task.passed().len()), (None, 0));
        task.begin_of("Reading", 100, Unit::Bytes);
        task.advance_to(40).unwrap();
        let progress = task.clone().progress();
        assert_eq!((progress.stage.as_str(), progress.share(), progress.unit), ("Reading", Some(0.4), Unit::Bytes));
        let passed = Passed { stage: "Load".to_owned(), elapsed: Duration::from_millis(7), reused: true };
        task.pass(passed.clone());
        task.begin("Matching");
        assert_eq!((task.progress().done, task.passed()), (0, vec![passed]));
        task.begin_about("Reading shop.csv", "t7", 10, Unit::Rows);
        task.expect(20, Unit::Bytes);
        assert_eq!((task.progress().of.as_str(), task.progress().total), ("t7", 20));
        task.begin("Matching");
        assert_eq!(task.progress().of, "");
    }
}
