//! The desktop's own file dialogs.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::{Dialogs, Purpose};

/// Nobody cancels a dialog so soon: it was not shown.
const SOONEST: Duration = Duration::from_millis(300);

/// Asks through the desktop's portal; where there is none, the answer is as if cancelled.
#[derive(Default)]
pub struct DesktopDialogs {
    /// Whether the last dialog was not shown.
    is_mute: bool,
}

impl DesktopDialogs {
    fn asked<T>(&mut self, ask: impl FnOnce() -> Option<T>) -> Option<T> {
        let start = Instant::now();
        let answer = ask();
        self.is_mute = answer.is_none() && start.elapsed() < SOONEST;
        answer
    }
}

fn dialog(purpose: Purpose) -> rfd::FileDialog {
    let (name, endings) = purpose.filter();
    rfd::FileDialog::new().set_title(purpose.title()).add_filter(name, endings)
}

impl Dialogs for DesktopDialogs {
    fn ask(&mut self, purpose: Purpose, name: &str) -> Option<PathBuf> {
        let dialog = dialog(purpose);
        self.asked(|| if purpose.is_save() { dialog.set_file_name(name).save_file() } else { dialog.pick_file() })
    }

    fn ask_many(&mut self, purpose: Purpose) -> Vec<PathBuf> {
        self.asked(|| dialog(purpose).pick_files()).unwrap_or_default()
    }

    fn has_asked(&self) -> bool {
        !self.is_mute
    }
}
