//! What can be done, in one table (`table`): menus, shortcuts, the palette, the shortcut page and tests are made
//! from it.

mod document;
mod fixed;
mod keymap;
pub(super) mod shortcut;
mod table;

use super::Workbench;
use crate::engine::stage::Stage;
use crate::text;
pub use document::shortcut_page;
pub use fixed::{FIXED, FixedKeys, reserved};
pub use keymap::{ChosenShortcuts, Keymap};
pub use shortcut::Shortcut;
pub use table::Command;

/// What Help tells of the program itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HelpTab {
    About,
    News,
    Licences,
    Log,
}

/// What the table says of a command.
#[derive(Clone, Copy)]
pub struct Row {
    /// Its name in settings and documents; never changes.
    name: &'static str,
    text: &'static str,
    tooltip: &'static str,
    menu: Menu,
    /// Whether a line sets it apart from the entry above it.
    starts_group: bool,
    shortcuts: &'static [Shortcut],
    /// Whether it can be done now; if not, why.
    when: fn(&Workbench) -> Result<(), String>,
}

impl Row {
    const fn new(name: &'static str, menu: Menu, text: &'static str, tooltip: &'static str) -> Self {
        Self { name, text, tooltip, menu, starts_group: false, shortcuts: &[], when: |_| Ok(()) }
    }

    const fn keys(mut self, shortcuts: &'static [Shortcut]) -> Self {
        self.shortcuts = shortcuts;
        self
    }

    const fn when(mut self, when: fn(&Workbench) -> Result<(), String>) -> Self {
        self.when = when;
        self
    }

    const fn starts_group(mut self) -> Self {
        self.starts_group = true;
        self
    }
}

/// A menu of the menu bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Menu {
    File,
    Edit,
    Sources,
    Run,
    Go,
    View,
    Help,
}

impl Menu {
    pub const ALL: [Self; 7] = [Self::File, Self::Edit, Self::Sources, Self::Run, Self::Go, Self::View, Self::Help];

    pub fn title(self) -> &'static str {
        match self {
            Self::File => tr!("File"),
            Self::Edit => tr!("Edit"),
            Self::Sources => tr!("Sources"),
            Self::Run => tr!("Run"),
            Self::Go => tr!("Go"),
            Self::View => tr!("View"),
            Self::Help => tr!("Help"),
        }
    }

    /// Its commands in order.
    pub fn commands(self) -> impl Iterator<Item = Command> {
        Command::all().into_iter().filter(move |command| command.menu() == self)
    }
}

impl Command {
    /// Its name in settings and documents, such as `add-tables`.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The command of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().into_iter().find(|command| command.name() == name)
    }

    pub fn text(self) -> &'static str {
        text::of(self.row().text)
    }

    /// What a menu says now: the name of the edit with undo and redo.
    pub fn text_now(self, workbench: &Workbench) -> String {
        let label = match self {
            Self::Undo => workbench.history.undo_label(),
            Self::Redo => workbench.history.redo_label(),
            _ => None,
        };
        label.map_or_else(|| self.text().to_owned(), |label| format!("{}: {label}", self.text()))
    }

    pub fn tooltip(self) -> &'static str {
        text::of(self.row().tooltip)
    }

    pub fn menu(self) -> Menu {
        self.row().menu
    }

    /// Whether a line sets it apart from the entry above it in its menu.
    pub fn starts_group(self) -> bool {
        self.row().starts_group
    }

    /// The shortcuts it has where the user chose no others.
    pub fn default_shortcuts(self) -> &'static [Shortcut] {
        self.row().shortcuts
    }

    /// Whether it can be done now; if not, why.
    pub fn enabled(self, workbench: &Workbench) -> Result<(), String> {
        (self.row().when)(workbench)
    }

    /// The stage that a run command runs to.
    pub fn stage(self) -> Stage {
        match self {
            Self::RunMatchingOnly => Stage::Match,
            Self::Unify => Stage::Merge,
            _ => Stage::Segments,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_command_has_a_name_a_text_and_a_tooltip_of_its_own() {
        let mut names = BTreeSet::new();
        for command in Command::all() {
            let name = command.name();
            assert!(names.insert(name), "two commands are called {name}");
            let is_kebab = |letter: char| letter == '-' || letter.is_ascii_lowercase();
            assert!(!name.is_empty() && name.chars().all(is_kebab), "{name} is not kebab-case");
            assert!(!command.text().is_empty() && !command.tooltip().is_empty(), "{name} lacks words");
            assert!(!command.tooltip().ends_with('.'), "{name}: a tooltip of one sentence has no period");
            assert_eq!(Command::named(name), Some(command));
        }
    }

    #[test]
    fn every_command_stands_in_one_menu() {
        let in_menus: Vec<Command> = Menu::ALL.into_iter().flat_map(Menu::commands).collect();
        assert_eq!(in_menus.len(), Command::all().len());
        for menu in Menu::ALL {
            assert!(menu.commands().next().is_some(), "{menu:?} is empty");
            assert!(menu.commands().next().is_some_and(|first| !first.starts_group()), "{menu:?} begins with a line");
        }
    }

    #[test]
    fn no_two_commands_share_a_shortcut_and_each_is_a_key_that_is_known() {
        let mut seen: Vec<(Shortcut, Command)> = Vec::new();
        for command in Command::all() {
            for shortcut in command.default_shortcuts() {
                assert_eq!(shortcut.to_string().parse(), Ok(*shortcut), "{command:?}");
                let clash = seen.iter().find(|(other, _)| other == shortcut);
                assert!(clash.is_none(), "{command:?} and {clash:?} share {shortcut}");
                seen.push((*shortcut, command));
            }
        }
    }
}
