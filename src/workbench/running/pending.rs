//! A run that would change who customers are waits here until somebody decides: publish it, or keep the last run.

use std::sync::Arc;

use super::super::{Lane, Level, News, Workbench};
use crate::engine::customer::changes::ChangeCounts;
use crate::engine::error::EngineError;
use crate::engine::state::publish::{self, Around, Finished, Order};

/// A finished run that is not published.
pub struct Pending {
    order: Order,
    finished: Finished,
    /// Whether the question is on the screen; put away, it waits in the status line.
    pub is_open: bool,
}

impl Pending {
    pub(super) fn new(order: Order, finished: Finished) -> Self {
        Self { order, finished, is_open: true }
    }

    /// The run and what it was compared with.
    pub fn finished(&self) -> &Finished {
        &self.finished
    }

    pub fn counts(&self) -> ChangeCounts {
        self.finished.changes.unwrap_or_default()
    }
}

/// What was decided, and what came of it.
enum Decision {
    /// Published; `None` where another run came between.
    Publish(Result<Option<Finished>, EngineError>),
    Keep(Result<(), EngineError>),
}

pub struct DecidedOutcome {
    pending: Pending,
    decision: Decision,
    told: Vec<String>,
}

impl DecidedOutcome {
    pub fn failure(&self) -> Option<&EngineError> {
        match &self.decision {
            Decision::Publish(result) => result.as_ref().err(),
            Decision::Keep(result) => result.as_ref().err(),
        }
    }
}

impl Workbench {
    /// Publishes the run that waits.
    pub fn publish_pending(&mut self) {
        self.decide(true);
    }

    /// Keeps the last run; the one that waits goes, and the history says so.
    pub fn keep_last_run(&mut self) {
        self.decide(false);
    }

    fn decide(&mut self, publishes: bool) {
        if self.is_running() {
            return;
        }
        let Some(pending) = self.pending.take() else { return };
        let (cache, written, ids) = (Arc::clone(&self.cache), Arc::clone(&self.written), Arc::clone(&self.ids));
        self.jobs.start(Lane::Run, move |task| {
            let mut told = Vec::new();
            let tell = &mut |text: String| told.push(text);
            let mut around = Around { cache: &cache, written: &written, ids: &ids, task, tell };
            let (order, finished) = (&pending.order, &pending.finished);
            let decision = match (order.state.is_nowhere(), publishes) {
                (true, true) => Decision::Publish(Ok(Some(finished.clone()))),
                (true, false) => Decision::Keep(Ok(())),
                (false, true) => Decision::Publish(publish::publish(order, finished, &mut around)),
                (false, false) => Decision::Keep(publish::keep_last(order, finished, &mut around)),
            };
            News::Decided(Box::new(DecidedOutcome { pending, decision, told }))
        });
    }

    pub(in crate::workbench) fn take_decided(&mut self, outcome: DecidedOutcome) {
        for told in outcome.told {
            self.notify(Level::Warning, told);
        }
        let pending = outcome.pending;
        match outcome.decision {
            Decision::Publish(Ok(Some(finished))) => self.take_finished(&pending.order, &finished),
            Decision::Publish(Ok(None)) => {
                self.notify(Level::Warning, tr!("Another run was published meanwhile, so this one is made again"));
                self.start_run(pending.order.until);
            }
            Decision::Keep(Ok(())) => self.notify(Level::Info, tr!("The last run stays")),
            Decision::Publish(Err(EngineError::Cancelled)) | Decision::Keep(Err(EngineError::Cancelled)) => {
                self.notify(Level::Info, tr!("Cancelled; the run still waits for your decision"));
                self.pending = Some(pending);
            }
            Decision::Publish(Err(error)) | Decision::Keep(Err(error)) => {
                self.notify(Level::Error, tr!("The run still waits for your decision. {error}", error));
                self.pending = Some(pending);
            }
        }
        self.look_at_runs();
    }
}
