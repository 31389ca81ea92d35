//! Work off the screen's thread: std threads and a channel. In each lane one job at a time, the latest wins; what an
//! overtaken job still finds is dropped.

mod ended;

use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use chrono::{DateTime, Local};
use crossbeam_channel::{Receiver, Sender, unbounded};

use crate::task::{Passed, Progress, Task};
use ended::Ended;
pub use ended::{EndedJob, Ending};

/// Kinds of work that do not wait for each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Runs that are published.
    Run,
    /// The draft's live counts.
    Live,
    /// A first look at files.
    Look,
    /// Orders of rows on the screen.
    View,
    /// What a page works out from a large table.
    Find,
    /// A search through the customers.
    Customers,
    /// What the command palette looks for.
    Palette,
    /// A customer's picture being read.
    Pictures,
    /// The rule under edit being tried.
    Preview,
    /// An export being written.
    Export,
    /// A report being made.
    Report,
    /// The last good results being read.
    Stored,
    /// The copy of unsaved edits being written.
    Recovery,
}

impl Lane {
    pub const ALL: [Self; LANES] = [
        Self::Run,
        Self::Live,
        Self::Look,
        Self::View,
        Self::Find,
        Self::Customers,
        Self::Palette,
        Self::Pictures,
        Self::Preview,
        Self::Export,
        Self::Stored,
        Self::Report,
        Self::Recovery,
    ];

    /// What its work is called on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Run => tr!("Run"),
            Self::Live => tr!("Live counts"),
            Self::Look => tr!("First look at files"),
            Self::View => tr!("Order of rows"),
            Self::Find => tr!("Figures of the page"),
            Self::Customers => tr!("Search of customers"),
            Self::Palette => tr!("Search of the palette"),
            Self::Pictures => tr!("Picture"),
            Self::Preview => tr!("Rule tried"),
            Self::Export => tr!("Export"),
            Self::Stored => tr!("Last results"),
            Self::Report => tr!("Report"),
            Self::Recovery => tr!("Recovery copy"),
        }
    }

    /// Why a job of it is not to be cancelled; `None` where it can be, and what it leaves is whole.
    pub fn no_cancel(self) -> Option<&'static str> {
        match self {
            Self::Run | Self::Live | Self::Look | Self::Export | Self::Report => None,
            Self::Recovery => Some(tr!("A copy of unsaved edits is what saves them")),
            Self::Stored => Some(tr!("The last results are shown when they are read")),
            _ => Some(tr!("The page on the screen waits for it; it stops when the page asks for something newer")),
        }
    }

    /// Those whose jobs the status bar names, the one it names first at the front.
    pub const IN_STATUS: [Self; 6] = [Self::Run, Self::Export, Self::Report, Self::Look, Self::Stored, Self::Live];
}

/// By the last of them.
const LANES: usize = Lane::Recovery as usize + 1;

/// The niceness of a job's threads; the window's is 0.
#[cfg(target_os = "linux")]
const BEHIND: i32 = 10;

/// What a job came to; a panic is one message.
pub enum Outcome<T> {
    Done(T),
    Panicked(String),
}

/// What came of a job that was done to its end.
pub trait Verdict {
    /// Why it failed, where it did.
    fn failure(&self) -> Option<String>;

    /// Whether it came to all it was to come to, however late it was asked to stop. Nothing else tells of itself.
    fn is_whole(&self) -> bool;
}

/// Called from a job's thread when there is something to show.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

struct Running {
    generation: u64,
    task: Task,
    begun: DateTime<Local>,
    start: Instant,
}

impl Running {
    fn ended(&self, lane: Lane, ending: Ending) -> EndedJob {
        EndedJob { lane, begun: self.begun, elapsed: self.start.elapsed(), ending, stages: self.task.passed() }
    }
}

/// A job that is going on, as it is at this moment.
#[derive(Debug, Clone)]
pub struct RunningJob {
    pub lane: Lane,
    pub begun: DateTime<Local>,
    pub elapsed: Duration,
    pub progress: Progress,
    pub is_cancelled: bool,
    pub passed: Vec<Passed>,
}

/// The lanes, and the news from them.
pub struct Jobs<T> {
    running: [Option<Running>; LANES],
    ended: Ended,
    generation: u64,
    sender: Sender<(Lane, u64, Outcome<T>)>,
    receiver: Receiver<(Lane, u64, Outcome<T>)>,
    waker: Waker,
}

impl<T: Send + Verdict + 'static> Jobs<T> {
    pub fn new(waker: Waker) -> Self {
        let (sender, receiver) = unbounded();
        Self { running: [const { None }; LANES], ended: Ended::default(), generation: 0, sender, receiver, waker }
    }

    pub fn set_waker(&mut self, waker: Waker) {
        self.waker = waker;
    }

    /// Starts a job in a lane; one that is running there is cancelled and forgotten.
    pub fn start(&mut self, lane: Lane, work: impl FnOnce(&Task) -> T + Send + 'static) {
        self.stop(lane);
        self.generation += 1;
        let (generation, task) = (self.generation, Task::default());
        let (begun, start) = (Local::now(), Instant::now());
        self.running[lane as usize] = Some(Running { generation, task: task.clone(), begun, start });
        let (sender, waker) = (self.sender.clone(), Arc::clone(&self.waker));
        thread::spawn(move || {
            step_behind_the_window();
            let outcome = match panic::catch_unwind(AssertUnwindSafe(|| work(&task))) {
                Ok(value) => Outcome::Done(value),
                Err(panic) => Outcome::Panicked(panic_text(&*panic)),
            };
            // The window may be gone by now; then nobody waits for this.
            let _ = sender.send((lane, generation, outcome));
            waker();
        });
    }

    /// Cancels a lane's job and forgets it.
    pub fn stop(&mut self, lane: Lane) {
        if let Some(running) = self.running[lane as usize].take() {
            let ending = if running.task.is_cancelled() { Ending::Cancelled } else { Ending::Overtaken };
            running.task.cancel();
            self.ended.push(running.ended(lane, ending));
        }
    }

    /// Asks a lane's job to stop; its outcome still comes.
    pub fn cancel(&self, lane: Lane) {
        if let Some(running) = &self.running[lane as usize] {
            running.task.cancel();
        }
    }

    pub fn is_running(&self, lane: Lane) -> bool {
        self.running[lane as usize].is_some()
    }

    pub fn is_idle(&self) -> bool {
        self.running.iter().all(Option::is_none)
    }

    /// A lane's job, as it is at this moment.
    pub fn job(&self, lane: Lane) -> Option<RunningJob> {
        let running = self.running[lane as usize].as_ref()?;
        Some(RunningJob {
            lane,
            begun: running.begun,
            elapsed: running.start.elapsed(),
            progress: running.task.progress(),
            is_cancelled: running.task.is_cancelled(),
            passed: running.task.passed(),
        })
    }

    /// The latest jobs that are over, oldest first.
    pub fn ended(&self) -> &[EndedJob] {
        self.ended.list()
    }

    /// The outcomes that came in, overtaken ones left out.
    pub fn drain(&mut self) -> Vec<(Lane, Outcome<T>)> {
        let mut outcomes = Vec::new();
        while let Ok((lane, generation, outcome)) = self.receiver.try_recv() {
            let running = &mut self.running[lane as usize];
            if let Some(over) = running.take_if(|running| running.generation == generation) {
                let ending = match &outcome {
                    Outcome::Panicked(details) => Ending::Failed(details.clone()),
                    Outcome::Done(value) => match value.failure() {
                        Some(why) => Ending::Failed(why),
                        // What was done before it saw the cancel is done.
                        None if over.task.is_cancelled() && !value.is_whole() => Ending::Cancelled,
                        None => Ending::Done,
                    },
                };
                self.ended.push(over.ended(lane, ending));
                outcomes.push((lane, outcome));
            }
        }
        outcomes
    }
}

/// Lets go of something large off the screen's thread: to free millions of rows takes longer than a frame may.
pub fn free(large: impl Send + 'static) {
    thread::spawn(move || {
        step_behind_the_window();
        drop(large);
    });
}

/// Lets the window's own thread go first where both want a processor: a job takes them all, and the window has to answer
/// meanwhile. Threads that a job starts, those of the shared pool among them, inherit it.
fn step_behind_the_window() {
    // Without the right to it all go on as equals. Windows and macOS favour the window in front by themselves.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::setpriority_process(None, BEHIND);
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| tr!("no details").to_owned())
}
