//! The program: the window, or a headless command.

use std::process::ExitCode;

use clap::Parser as _;
use tributary::cli::{self, Arguments};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match &arguments.command {
        Some(command) => cli::run(command),
        None => open_window(arguments.project),
    }
}

#[cfg(feature = "gui")]
fn open_window(project: Option<std::path::PathBuf>) -> ExitCode {
    match tributary::ui::open(project.clone()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => cli::run_without_window(project, &reason),
    }
}

#[cfg(not(feature = "gui"))]
fn open_window(project: Option<std::path::PathBuf>) -> ExitCode {
    cli::run_without_window(project, "this program was built without a window")
}
