//! Shortcuts as the user changes them.

use super::command::{Keymap, Shortcut, reserved};
use super::{Command, Level, Workbench};

/// The open page of shortcuts.
#[derive(Debug, Default)]
pub struct ShortcutPage {
    /// What is looked for.
    pub search: String,
    /// The command whose next shortcut is listened for.
    pub listening: Option<Listening>,
    /// Why the keys pressed last were not taken.
    pub refusal: Option<String>,
}

/// Waits for keys to be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listening {
    pub command: Command,
    /// Besides the shortcuts it has, not in their place.
    pub adds: bool,
}

impl ShortcutPage {
    pub fn listen(&mut self, command: Command, adds: bool) {
        self.listening = Some(Listening { command, adds });
        self.refusal = None;
    }

    /// Whether a command is found by what is looked for: its text, its shortcuts, or the name of its menu.
    pub fn shows(&self, command: Command, keymap: &Keymap) -> bool {
        let keys: String = keymap.of(command).iter().map(|shortcut| format!(" {}", shortcut.shown())).collect();
        let text = format!("{} {}{keys}", command.menu().title(), command.text()).to_lowercase();
        self.search.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

impl Workbench {
    /// Gives the keys that were pressed to the command that is listened for; without keys, leaves it as it is.
    pub fn hear(&mut self, keys: Option<Shortcut>) {
        let Some(page) = &mut self.shortcut_page else { return };
        let Some(Listening { command, adds }) = page.listening.take() else { return };
        let Some(shortcut) = keys else { return };
        let before = if adds { self.keymap.of(command).to_vec() } else { Vec::new() };
        let refusal = self.set_shortcuts(command, before.into_iter().chain([shortcut]).collect()).err();
        if let Some(page) = &mut self.shortcut_page {
            page.refusal = refusal;
        }
    }

    /// Gives a command these shortcuts in the place of those it has. An error says why one of them cannot be had;
    /// then nothing changes.
    pub fn set_shortcuts(&mut self, command: Command, mut shortcuts: Vec<Shortcut>) -> Result<(), String> {
        let mut seen = Vec::new();
        shortcuts.retain(|shortcut| {
            let is_new = !seen.contains(shortcut);
            seen.push(*shortcut);
            is_new
        });
        for shortcut in &shortcuts {
            if let Some(reason) = reserved(*shortcut) {
                return Err(reason);
            }
            let owner = self.keymap.command(*shortcut).filter(|owner| *owner != command);
            if let Some(owner) = owner {
                return Err(tr!(
                    "{shown} is the shortcut of {owner} already",
                    shown = shortcut.shown(),
                    owner = owner.text()
                ));
            }
        }
        let chosen = &mut self.settings.shortcuts;
        if shortcuts == command.default_shortcuts() {
            chosen.remove(command.name());
        } else {
            chosen.insert(command.name().to_owned(), shortcuts.iter().map(Shortcut::to_string).collect());
        }
        self.shortcuts_changed();
        Ok(())
    }

    /// Whether the user chose other shortcuts for a command.
    pub fn has_own_shortcuts(&self, command: Command) -> bool {
        self.settings.shortcuts.contains_key(command.name())
    }

    /// Gives a command its default shortcuts again. An error names the command that has one of them now.
    pub fn reset_shortcuts(&mut self, command: Command) -> Result<(), String> {
        self.set_shortcuts(command, command.default_shortcuts().to_vec())
    }

    /// Gives every command its default shortcuts again; what the settings hold for commands of other versions stays.
    pub fn reset_all_shortcuts(&mut self) {
        self.settings.shortcuts.retain(|name, _| Command::named(name).is_none());
        self.shortcuts_changed();
    }

    fn shortcuts_changed(&mut self) {
        self.keymap = Keymap::new(&self.settings.shortcuts);
        self.save_settings();
    }

    /// Says what the settings hold about shortcuts that is not understood.
    pub(super) fn tell_of_shortcuts(&mut self) {
        for remark in self.keymap.remarks.clone() {
            self.notify(Level::Warning, remark);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::*;
    use crate::workbench::Settings;
    use crate::workbench::dialogs::NoDialogs;

    fn workbench(home: &Path) -> Workbench {
        Workbench::new(home.to_owned(), Box::new(NoDialogs), Arc::new(|| {}))
    }

    fn keys(text: &str) -> Shortcut {
        text.parse().expect("a shortcut")
    }

    #[test]
    fn a_chosen_shortcut_is_kept_and_there_the_next_time() {
        let home = tempfile::tempdir().expect("a folder");
        let mut first = workbench(home.path());
        first.set_shortcuts(Command::UnifyAndDependencies, vec![keys("F9")]).expect("it is free");
        let mut next = workbench(home.path());
        assert_eq!(next.keymap.command(keys("F9")), Some(Command::UnifyAndDependencies));
        assert_eq!(next.keymap.command(keys("F5")), None);
        next.reset_shortcuts(Command::UnifyAndDependencies).expect("F5 is free");
        assert!(Settings::load(home.path()).shortcuts.is_empty());
    }

    #[test]
    fn a_clash_is_refused_with_the_name_of_the_other_command() {
        let home = tempfile::tempdir().expect("a folder");
        let mut workbench = workbench(home.path());
        let refused = workbench.set_shortcuts(Command::Undo, vec![keys("Ctrl+S")]);
        assert_eq!(refused, Err("Ctrl+S is the shortcut of Save already".to_owned()));
        assert_eq!(workbench.keymap.shown(Command::Undo), Some("Ctrl+Z".to_owned()));
        workbench.set_shortcuts(Command::Save, vec![keys("F9"), keys("F9")]).expect("F9 is free");
        assert_eq!(workbench.keymap.of(Command::Save), [keys("F9")]);
        workbench.set_shortcuts(Command::Undo, vec![keys("Ctrl+S")]).expect("it is free now");
        let refused = workbench.reset_shortcuts(Command::Save);
        assert_eq!(refused, Err("Ctrl+S is the shortcut of Undo already".to_owned()));
        workbench.reset_all_shortcuts();
        assert_eq!(workbench.keymap.command(keys("Ctrl+S")), Some(Command::Save));
    }

    #[test]
    fn what_other_versions_keep_in_the_settings_stays_and_is_said() {
        let home = tempfile::tempdir().expect("a folder");
        let mut settings = Settings::default();
        settings.shortcuts.insert("fly".to_owned(), vec!["F7".to_owned()]);
        settings.save(home.path()).expect("the settings are kept");
        let mut workbench = workbench(home.path());
        assert!(workbench.notices.iter().any(|notice| notice.text.contains("fly")));
        workbench.reset_all_shortcuts();
        assert!(Settings::load(home.path()).shortcuts.contains_key("fly"));
    }

    #[test]
    fn keys_that_are_heard_go_to_the_command_that_listens() {
        let home = tempfile::tempdir().expect("a folder");
        let mut workbench = workbench(home.path());
        workbench.apply(Command::Shortcuts);
        let listen = |workbench: &mut Workbench, adds| {
            workbench.shortcut_page.as_mut().expect("the page is open").listen(Command::Quit, adds);
        };
        listen(&mut workbench, true);
        workbench.hear(Some(keys("Ctrl+C")));
        let page = workbench.shortcut_page.as_ref().expect("the page is open");
        assert!(page.refusal.as_ref().is_some_and(|reason| reason.contains("fixed")), "{page:?}");
        listen(&mut workbench, true);
        workbench.hear(Some(keys("F9")));
        assert_eq!(workbench.keymap.of(Command::Quit), [keys("Ctrl+Q"), keys("F9")]);
        listen(&mut workbench, false);
        workbench.hear(None);
        assert_eq!(workbench.keymap.of(Command::Quit).len(), 2);
        listen(&mut workbench, false);
        workbench.hear(Some(keys("F10")));
        assert_eq!(workbench.keymap.of(Command::Quit), [keys("F10")]);
    }
}
