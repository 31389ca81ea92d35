//! The desktop's own file dialogs.

use std::path::PathBuf;

use super::{Dialogs, Purpose};

/// Asks through the desktop's portal; where there is none, the answer is as if cancelled.
pub struct DesktopDialogs;

fn dialog(purpose: Purpose) -> rfd::FileDialog {
    let (name, endings) = purpose.filter();
    rfd::FileDialog::new().set_title(purpose.title()).add_filter(name, endings)
}

impl Dialogs for DesktopDialogs {
    fn ask(&mut self, purpose: Purpose, name: &str) -> Option<PathBuf> {
        let dialog = dialog(purpose);
        if purpose.is_save() { dialog.set_file_name(name).save_file() } else { dialog.pick_file() }
    }

    fn ask_many(&mut self, purpose: Purpose) -> Vec<PathBuf> {
        dialog(purpose).pick_files().unwrap_or_default()
    }
}
