//! When a run is published without a question. Ids that nobody outside has seen may move: somebody who sets a project
//! up runs it again and again, and each run is better than the last.

use chrono::{DateTime, TimeDelta, Utc};

use super::super::{Level, Notice, Page, Workbench};
use crate::engine::pipeline::resolve;
use crate::engine::state::history::{RunBy, RunRecord};
use crate::engine::state::publish::{Asks, Finished, Order};

/// Runs over more than this are a history.
const YOUNG: TimeDelta = TimeDelta::days(1);

impl Workbench {
    /// When the next run waits for a decision.
    pub(super) fn asks(&self) -> Asks {
        let base = self.base();
        let is_exported = self.project.exports.iter().any(|export| resolve(&base, &export.path).exists());
        if is_exported || self.runs.iter().any(|run| is_relied_on(run, Utc::now())) {
            Asks::WhereIdsMove
        } else {
            Asks::WhereMostGo
        }
    }
}

/// Whether somebody may know the customers of a run by their ids: a program ran it, or it is of another day. Where the
/// time cannot be read that is supposed.
fn is_relied_on(run: &RunRecord, now: DateTime<Utc>) -> bool {
    let started = DateTime::parse_from_rfc3339(&run.started);
    run.by == RunBy::CommandLine || started.map_or(true, |started| now.signed_duration_since(started) > YOUNG)
}

/// What is said of a run that was published; where customers changed without a question, with the way to them.
pub(super) fn told(text: String, order: &Order, finished: &Finished) -> Notice {
    let changes = finished.changes.filter(|_| finished.run.changes.moves_ids() && order.asks == Asks::WhereMostGo);
    match changes {
        Some(changes) => {
            let parts = [(changes.merged, tr!("merged")), (changes.split, tr!("split")), (changes.gone, tr!("gone"))];
            let parts = parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
            let parts: Vec<String> = parts.collect();
            Notice::new(Level::Info, tr!("{text}. Since the last run {parts}", text, parts = parts.join(", ")))
                .see(Page::Runs)
        }
        None => Notice::new(Level::Info, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_another_day_or_of_a_program_are_relied_on() {
        let now = "2026-07-02T12:00:00Z".parse().unwrap();
        let of = |started: &str, by: &str| -> RunRecord {
            let line =
                format!(r#"{{"number":1,"started":"{started}","outcome":"done","by":"{by}","until":"segments"}}"#);
            serde_json::from_str(&line).unwrap()
        };
        assert!(!is_relied_on(&of("2026-07-02T09:00:00Z", "window"), now));
        assert!(is_relied_on(&of("2026-07-01T09:00:00Z", "window"), now));
        assert!(is_relied_on(&of("2026-07-02T09:00:00Z", "command_line"), now));
        assert!(is_relied_on(&of("once", "window"), now));
    }
}
