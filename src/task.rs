//! What a long piece of work needs from its surroundings: a way to be told to stop, and a place to say how far it is.
//!
//! A leaf: std only. The engine takes a [`Task`] and knows nothing of threads, windows or terminals.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The work was asked to stop. Whatever it had not published is gone, whatever was there before is intact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cancelled;

/// How far a piece of work is: the stage by name, and `done` of `total` units of it (`total` 0 where unknown).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Progress {
    pub stage: String,
    pub done: u64,
    pub total: u64,
}

impl Progress {
    /// The finished share of the stage, from 0 to 1, where the total is known.
    pub fn share(&self) -> Option<f32> {
        (self.total > 0).then(|| (self.done as f64 / self.total as f64).min(1.0) as f32)
    }
}

#[derive(Default)]
struct Shared {
    cancelled: AtomicBool,
    stage: Mutex<String>,
    done: AtomicU64,
    total: AtomicU64,
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

    /// Begins a stage of `total` units; 0 says that the number is not known.
    pub fn begin(&self, stage: impl Into<String>, total: u64) {
        *self.shared.stage.lock().unwrap_or_else(PoisonError::into_inner) = stage.into();
        self.shared.done.store(0, Ordering::Relaxed);
        self.shared.total.store(total, Ordering::Relaxed);
    }

    /// Sets the finished units of the present stage and checks for a cancel.
    pub fn advance_to(&self, done: u64) -> Result<(), Cancelled> {
        self.shared.done.store(done, Ordering::Relaxed);
        self.check()
    }

    pub fn progress(&self) -> Progress {
        Progress {
            stage: self.shared.stage.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            done: self.shared.done.load(Ordering::Relaxed),
            total: self.shared.total.load(Ordering::Relaxed),
        }
    }
}
