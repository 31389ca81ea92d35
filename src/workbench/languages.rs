//! The language that the program speaks: chosen, kept, and what is wrong with its file told.

use super::{Level, Workbench};
use crate::text::{self, language};

/// So many faults of a language file are told; the log has them all.
const TOLD: usize = 3;

impl Workbench {
    /// The languages beside English.
    pub fn languages(&self) -> Vec<language::Offer> {
        language::offers(&self.home)
    }

    /// Where a translator's files are read from.
    pub fn languages_folder(&self) -> std::path::PathBuf {
        language::folder(&self.home)
    }

    /// Speaks another language from now on, read anew from its file; `None` is English.
    pub fn choose_language(&mut self, code: Option<&str>) {
        self.settings.language = code.map(str::to_owned);
        self.save_settings();
        self.speak();
        // What is wrong was said in the old language.
        self.project_changed();
    }

    /// Speaks the language of the settings.
    pub(super) fn speak(&mut self) {
        let Some(code) = self.settings.language.clone() else { return text::choose(None) };
        let (language, faults) = match language::load(&self.home, &code) {
            Ok(read) => read,
            Err(told) => {
                text::choose(None);
                return self.notify(Level::Warning, told);
            }
        };
        text::choose(Some(language));
        if faults.is_empty() {
            return;
        }
        let lines = faults.iter().map(|fault| tr!("line {line}: {text}", line = fault.line, text = fault.text));
        let lines: Vec<String> = lines.collect();
        lines.iter().for_each(|line| log::warn!("{code}.po: {line}"));
        let first = lines[..lines.len().min(TOLD)].join("\n");
        let told = tr!(
            "{code}.po: one text cannot be used and is said in English\n{first}"
                | "{code}.po: {n} texts cannot be used and are said in English\n{first}" % faults.len(),
            code,
            first
        );
        self.notify(Level::Warning, told);
    }
}
