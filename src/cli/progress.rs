//! How far the work is, said on stderr while it goes on.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use serde_json::json;

use super::arguments::ProgressStyle;
use super::{note, style};
use crate::task::{Progress, Task};

const INTERVAL: Duration = Duration::from_millis(250);

/// Does the work, saying how far it is.
pub fn shown<T>(given: Option<ProgressStyle>, task: &Task, work: impl FnOnce() -> T) -> T {
    let style = style(given);
    if style == ProgressStyle::None {
        return work();
    }
    let (done, finished) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut last = Progress::default();
            while finished.recv_timeout(INTERVAL) == Err(RecvTimeoutError::Timeout) {
                let progress = task.progress();
                if (&progress.stage, progress.done, progress.total) != (&last.stage, last.done, last.total) {
                    say(style, &progress);
                    last = progress;
                }
            }
        });
        let outcome = work();
        drop(done);
        outcome
    })
}

fn say(style: ProgressStyle, progress: &Progress) {
    if style == ProgressStyle::Json {
        note(&json!({"stage": progress.stage, "done": progress.done, "total": progress.total}).to_string());
    } else if let Some(share) = progress.share() {
        note(&format!("{} {:.0} %", progress.stage, share * 100.0));
    } else {
        note(&progress.stage);
    }
}
