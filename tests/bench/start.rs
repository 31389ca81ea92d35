//! From the start of the program to its first picture: the window as a user gets it, with an empty data folder (the
//! coffee sample) and again with one that is there (the welcome page). It needs a display; the time ends when the log
//! says that the first picture was shown.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench fails by panicking and prints what it found")]

use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

/// What a start may take.
const BUDGET: Duration = Duration::from_secs(1);
const STARTS: usize = 10;

/// Starts the program with this data folder, and says how long the first picture took; the program is ended then.
fn start(home: &Path) -> Duration {
    let log = home.join("logs").join("tributary.log");
    let pictures = || std::fs::read_to_string(&log).unwrap_or_default().matches("first picture after").count();
    let before = pictures();
    let start = Instant::now();
    let mut program = Command::new(env!("CARGO_BIN_EXE_tributary")).env("TRIBUTARY_HOME", home).spawn().unwrap();
    while pictures() == before {
        assert!(program.try_wait().unwrap().is_none(), "the program ended before it had drawn anything");
        assert!(start.elapsed() < 60 * BUDGET, "no picture within a minute");
        thread::sleep(Duration::from_millis(1));
    }
    let took = start.elapsed();
    program.kill().unwrap();
    program.wait().unwrap();
    took
}

fn say(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let late = times.iter().filter(|&&time| time > BUDGET).count();
    let (least, median, most) = (times[0], times[times.len() / 2], times[times.len() - 1]);
    println!(
        "{what:<48} {:>3} starts, {late} over {BUDGET:.0?}: {least:.0?} to {most:.0?}, median {median:.0?}",
        times.len()
    );
}

fn main() {
    if std::env::var_os("DISPLAY").is_none()
        && std::env::var_os("WAYLAND_DISPLAY").is_none()
        && cfg!(target_os = "linux")
    {
        println!("There is no display: run it under a desktop, or as xvfb-run cargo bench --bench start.");
        return;
    }
    let first = || {
        let home = tempfile::tempdir().unwrap();
        start(home.path())
    };
    say("first start, with the coffee sample", (0..STARTS).map(|_| first()).collect());
    let home = tempfile::tempdir().unwrap();
    start(home.path());
    say("later start, with the welcome page", (0..STARTS).map(|_| start(home.path())).collect());
}
