//! File dialogs, behind a trait: the window asks the desktop, tests answer by script. Every dialog has a typed path
//! beside it, since a desktop without a portal answers nothing.

#[cfg(feature = "gui")]
mod desktop;

use std::path::PathBuf;

#[cfg(feature = "gui")]
pub use desktop::DesktopDialogs;

/// What a dialog is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    OpenProject,
    SaveProject,
    AddTables,
    ReplaceTable,
    ExportTo,
    ImportList,
    SavePicture,
    SaveDrawing,
    SaveData,
    SaveReport,
}

impl Purpose {
    pub fn title(self) -> &'static str {
        match self {
            Self::OpenProject => tr!("Open project"),
            Self::SaveProject => tr!("Save project as"),
            Self::AddTables => tr!("Add source tables"),
            Self::ReplaceTable => tr!("Replace file"),
            Self::ExportTo => tr!("Export to"),
            Self::ImportList => tr!("Import list"),
            Self::SavePicture => tr!("Save chart as PNG"),
            Self::SaveDrawing => tr!("Save chart as SVG"),
            Self::SaveData => tr!("Save data of the chart"),
            Self::SaveReport => tr!("Save report"),
        }
    }

    pub fn is_save(self) -> bool {
        !matches!(self, Self::OpenProject | Self::AddTables | Self::ReplaceTable | Self::ImportList)
    }

    /// A name for the files, and their endings.
    pub fn filter(self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::OpenProject | Self::SaveProject => (tr!("Tributary project"), &["tributary"]),
            Self::AddTables | Self::ReplaceTable => (tr!("Tables"), &["csv", "tsv", "txt", "parquet"]),
            Self::ExportTo => (tr!("Tables"), &["csv", "parquet"]),
            Self::ImportList => (tr!("Lists"), &["csv", "tsv", "txt"]),
            Self::SavePicture => (tr!("Pictures"), &["png"]),
            Self::SaveDrawing => (tr!("Drawings"), &["svg"]),
            Self::SaveData => (tr!("Tables"), &["csv"]),
            Self::SaveReport => (tr!("Web pages"), &["html"]),
        }
    }
}

/// Asks for a path. `None` means cancelled, or that no dialog could be shown.
pub trait Dialogs {
    fn ask(&mut self, purpose: Purpose, name: &str) -> Option<PathBuf>;
    /// Several files; empty where cancelled.
    fn ask_many(&mut self, purpose: Purpose) -> Vec<PathBuf>;
    /// Whether somebody saw the last question; else a path has to be typed.
    fn has_asked(&self) -> bool {
        true
    }
}

/// Answers every question as a desktop without file dialogs does: with nothing. Everything must work so too.
pub struct NoDialogs;

impl Dialogs for NoDialogs {
    fn ask(&mut self, _purpose: Purpose, _name: &str) -> Option<PathBuf> {
        None
    }

    fn ask_many(&mut self, _purpose: Purpose) -> Vec<PathBuf> {
        Vec::new()
    }

    fn has_asked(&self) -> bool {
        false
    }
}
