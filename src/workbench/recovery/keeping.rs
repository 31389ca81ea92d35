//! Unsaved edits kept while one works, and brought back at the next start.

use std::path::Path;

use super::keeper::About;
use super::{Offer, find};
use crate::project::{Project, file};
use crate::workbench::disk::Stamp;
use crate::workbench::leaving::Elsewhere;
use crate::workbench::{Lane, Level, News, Workbench};

impl Workbench {
    /// Looks for unsaved edits that killed programs left, to be offered.
    pub fn look_for_recoveries(&mut self) {
        let (offers, told) = find(&self.session, &self.home);
        self.is_offering = !offers.is_empty();
        self.offers = offers;
        told.into_iter().for_each(|told| self.notify(Level::Warning, told));
    }

    /// Deletes unsaved edits that a killed program left.
    pub fn discard(&mut self, offer: &Offer) {
        offer.forget();
        self.offers.retain(|other| other != offer);
        self.is_offering &= !self.offers.is_empty();
    }

    /// Brings unsaved edits back: as one edit of what the file holds, so that undo leads to it.
    pub(in crate::workbench) fn restore(&mut self, offer: &Offer) {
        self.is_offering = false;
        if !offer.is_there() {
            self.offers.retain(|other| other != offer);
            self.notify(Level::Warning, tr!("These edits are not there any more: another window took them"));
            return;
        }
        let stamp = offer.path.as_deref().and_then(Stamp::of);
        let of_file = offer.path.as_deref().map(file::load);
        let before = match of_file {
            Some(Ok(project)) => project,
            Some(Err(_)) | None => Project::new(tr!("New project")),
        };
        self.set_project(before, offer.path.clone());
        if self.path.is_some() && stamp.is_none() {
            self.elsewhere = Some(Elsewhere::Gone);
        }
        self.disk = stamp;
        self.commit(offer.project.clone(), tr!("Restore unsaved edits"), None);
        self.keep_recovery_now();
        self.discard(offer);
        log::info!("recovery: {} edits restored", offer.edits);
        self.notify(Level::Info, tr!("Restored. Save keeps the edits, undo brings back what the file holds"));
    }

    /// Writes the copy of unsaved edits where it is due; called before every frame.
    pub(in crate::workbench) fn keep_recovery(&mut self) {
        if !self.is_dirty() {
            self.forget_recovery();
            return;
        }
        if self.jobs.is_running(Lane::Recovery) || self.keeper.due(&self.project).is_none_or(|due| !due.is_zero()) {
            return;
        }
        if let Some(write) = self.recovery_copy() {
            self.jobs.start(Lane::Recovery, move |_| News::Kept(write().map_err(|error| error.to_string())));
        }
    }

    /// Writes the copy of unsaved edits at once: the window goes to the back, or edits were just restored.
    pub fn keep_recovery_now(&mut self) {
        if self.is_dirty()
            && self.keeper.due(&self.project).is_some()
            && let Some(write) = self.recovery_copy()
        {
            let result = write().map_err(|error| error.to_string());
            self.take_kept(result);
        }
    }

    /// How long until the copy of unsaved edits is due.
    pub fn next_recovery(&mut self) -> Option<std::time::Duration> {
        if self.is_dirty() { self.keeper.due(&self.project) } else { None }
    }

    fn recovery_copy(&mut self) -> Option<impl FnOnce() -> std::io::Result<()> + Send + use<>> {
        let about = About {
            path: self.path.as_deref().map(|path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned())),
            edits: self.history.since_saved(),
            last_edit: self.history.undo_label().map(str::to_owned),
            based_on: self.disk.as_ref().map(Stamp::hex),
        };
        let folder = self.session.open().map(Path::to_owned);
        match folder.and_then(|folder| self.session.hold(self.path.as_deref()).map(|()| folder)) {
            Ok(folder) => Some(self.keeper.copy(&folder, &self.project, about)),
            Err(error) => {
                self.keeper.put_off(&self.project);
                self.take_kept(Err(error.to_string()));
                None
            }
        }
    }

    pub(in crate::workbench) fn take_kept(&mut self, result: Result<(), String>) {
        let Err(error) = result else { return };
        self.keeper.failed();
        let text = tr!("Unsaved edits cannot be kept in case the program is killed: {error}", error);
        if !self.notices.iter().any(|notice| notice.text == text) {
            self.notify(Level::Warning, text);
        }
    }

    pub(in crate::workbench) fn forget_recovery(&mut self) {
        if self.keeper.is_kept()
            && let Ok(folder) = self.session.open().map(Path::to_owned)
        {
            self.keeper.forget(&folder);
        }
    }
}
