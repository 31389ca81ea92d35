//! Jobs that are over, for the list of them.

use std::time::Duration;

use chrono::{DateTime, Local};

use super::Lane;
use crate::task::Passed;

/// How many are kept.
const KEPT: usize = 50;
/// Jobs of the page itself are only of interest when they took as long.
const LONG: Duration = Duration::from_secs(1);

/// How a job ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    Done,
    Cancelled,
    /// A later one of its lane took its place, or nobody waits for it any more.
    Overtaken,
    Failed(String),
}

impl Ending {
    pub fn name(&self) -> &'static str {
        match self {
            Self::Done => tr!("Done"),
            Self::Cancelled => tr!("Cancelled"),
            Self::Overtaken => tr!("Overtaken"),
            Self::Failed(_) => tr!("Failed"),
        }
    }
}

/// A job that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedJob {
    pub lane: Lane,
    pub begun: DateTime<Local>,
    pub elapsed: Duration,
    pub ending: Ending,
    pub stages: Vec<Passed>,
}

impl EndedJob {
    /// How many of its stages were there already.
    pub fn reused(&self) -> usize {
        Passed::reused(&self.stages)
    }

    /// All of it, for the clipboard.
    pub fn copied(&self) -> String {
        let at = self.begun.format("%Y-%m-%d %H:%M:%S");
        let mut text = tr!(
            "{at} {lane}: {ending} after {as_millis} ms",
            at,
            lane = self.lane.name(),
            ending = self.ending.name(),
            as_millis = self.elapsed.as_millis()
        );
        if let Ending::Failed(message) = &self.ending {
            text += &format!("\n{message}");
        }
        for stage in &self.stages {
            let took = if stage.reused {
                tr!("reused").to_owned()
            } else {
                tr!("{as_millis} ms", as_millis = stage.elapsed.as_millis())
            };
            text += &format!("\n{}: {took}", stage.stage);
        }
        text
    }

    fn is_listed(&self) -> bool {
        let is_of_the_project =
            matches!(self.lane, Lane::Run | Lane::Live | Lane::Look | Lane::Export | Lane::Stored | Lane::Report);
        let is_plain = matches!(self.ending, Ending::Done | Ending::Overtaken);
        // An edit while one is typing overtakes many; only what cost something is told of.
        let is_short = self.ending == Ending::Overtaken && self.elapsed < LONG;
        !is_short && (is_of_the_project || !is_plain || self.elapsed >= LONG)
    }
}

/// The latest jobs that are over.
#[derive(Debug, Default)]
pub struct Ended {
    list: Vec<EndedJob>,
}

impl Ended {
    /// Keeps one, where it says anything to the user.
    pub fn push(&mut self, job: EndedJob) {
        if !job.is_listed() {
            return;
        }
        if self.list.len() == KEPT {
            self.list.remove(0);
        }
        self.list.push(job);
    }

    /// Oldest first.
    pub fn list(&self) -> &[EndedJob] {
        &self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(lane: Lane, ms: u64, ending: Ending) -> EndedJob {
        EndedJob { lane, begun: Local::now(), elapsed: Duration::from_millis(ms), ending, stages: Vec::new() }
    }

    #[test]
    fn what_says_something_is_listed() {
        let mut ended = Ended::default();
        ended.push(job(Lane::Run, 1, Ending::Done));
        ended.push(job(Lane::Live, 10, Ending::Overtaken));
        ended.push(job(Lane::View, 10, Ending::Done));
        ended.push(job(Lane::View, 2_000, Ending::Done));
        ended.push(job(Lane::View, 10, Ending::Failed("no".to_owned())));
        let listed: Vec<(Lane, u128)> = ended.list().iter().map(|job| (job.lane, job.elapsed.as_millis())).collect();
        assert_eq!(listed, [(Lane::Run, 1), (Lane::View, 2_000), (Lane::View, 10)]);
        (0..KEPT + 1).for_each(|_| ended.push(job(Lane::Export, 1, Ending::Done)));
        assert_eq!((ended.list().len(), ended.list()[0].lane), (KEPT, Lane::Export));
    }

    #[test]
    fn a_copy_names_the_stages_and_the_message() {
        let mut failed = job(Lane::Run, 12, Ending::Failed("disk full".to_owned()));
        let stage = |stage: &str, reused| Passed { stage: stage.to_owned(), elapsed: Duration::from_millis(5), reused };
        failed.stages = vec![stage("Load Web", true), stage("Match", false)];
        assert_eq!(failed.reused(), 1);
        let copied = failed.copied();
        assert!(copied.ends_with("Run: Failed after 12 ms\ndisk full\nLoad Web: reused\nMatch: 5 ms"), "{copied}");
    }
}
