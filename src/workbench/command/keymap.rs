//! Which shortcuts are in force: the defaults of the table, and what the user chose in their place.

use std::collections::BTreeMap;

use super::{Command, Shortcut};

/// Shortcuts as settings keep them: by the name of a command, the texts of all that it has.
pub type ChosenShortcuts = BTreeMap<String, Vec<String>>;

/// The shortcuts in force.
#[derive(Debug)]
pub struct Keymap {
    shortcuts: Vec<(Command, Vec<Shortcut>)>,
    /// What the settings say and this program does not understand, in words; it stays in the settings.
    pub remarks: Vec<String>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self::new(&ChosenShortcuts::new())
    }
}

impl Keymap {
    /// Of two commands that want one shortcut, a chosen one goes before a default, then the earlier in the menus.
    pub fn new(chosen: &ChosenShortcuts) -> Self {
        let mut remarks: Vec<String> = chosen
            .keys()
            .filter(|name| Command::named(name).is_none())
            .map(|name| tr!("The settings have shortcuts for {name}, which this version has no command for", name))
            .collect();
        let mut shortcuts: Vec<(Command, Vec<Shortcut>)> =
            Command::all().into_iter().map(|command| (command, Vec::new())).collect();
        for is_chosen in [true, false] {
            for place in 0..shortcuts.len() {
                let command = shortcuts[place].0;
                let wanted = match chosen.get(command.name()) {
                    Some(texts) if is_chosen => read(command, texts, &mut remarks),
                    None if !is_chosen => command.default_shortcuts().to_vec(),
                    _ => continue,
                };
                for shortcut in wanted {
                    let owner = shortcuts.iter().find(|(_, owned)| owned.contains(&shortcut)).map(|(owner, _)| *owner);
                    match owner {
                        None => shortcuts[place].1.push(shortcut),
                        Some(owner) if is_chosen && owner != command => {
                            let (text, other) = (command.text(), owner.text());
                            remarks.push(tr!(
                                "The settings give {shown} to both {other} and {text}",
                                shown = shortcut.shown(),
                                other,
                                text
                            ));
                        }
                        Some(_) => {}
                    }
                }
            }
        }
        Self { shortcuts, remarks }
    }

    /// The shortcuts of a command, the one that menus show first.
    pub fn of(&self, command: Command) -> &[Shortcut] {
        self.shortcuts.iter().find(|(other, _)| *other == command).map_or(&[], |(_, shortcuts)| shortcuts)
    }

    /// The first shortcut of a command as it is shown.
    pub fn shown(&self, command: Command) -> Option<String> {
        self.of(command).first().map(|shortcut| shortcut.shown())
    }

    /// What a command does, with its shortcut: the text of hovers.
    pub fn hint(&self, command: Command) -> String {
        let shortcut = self.shown(command).map(|shown| format!(" ({shown})")).unwrap_or_default();
        format!("{}{shortcut}", command.tooltip())
    }

    /// The command that a shortcut asks for.
    pub fn command(&self, shortcut: Shortcut) -> Option<Command> {
        self.shortcuts.iter().find(|(_, owned)| owned.contains(&shortcut)).map(|(command, _)| *command)
    }
}

fn read(command: Command, texts: &[String], remarks: &mut Vec<String>) -> Vec<Shortcut> {
    let mut shortcuts = Vec::new();
    for text in texts {
        match text.parse() {
            Ok(shortcut) => shortcuts.push(shortcut),
            Err(error) => remarks.push(tr!(
                "The settings' shortcut for {command} is not used: {error}",
                command = command.text(),
                error
            )),
        }
    }
    shortcuts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(shortcuts: &[(&str, &[&str])]) -> ChosenShortcuts {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        shortcuts.iter().map(|(name, of)| ((*name).to_owned(), texts(of))).collect()
    }

    #[test]
    fn what_is_chosen_stands_in_the_place_of_the_default() {
        let keymap = Keymap::new(&chosen(&[("save", &["F9"]), ("undo", &[])]));
        assert_eq!(keymap.shown(Command::Save), Some("F9".to_owned()));
        assert_eq!(keymap.shown(Command::Undo), None);
        assert_eq!(keymap.hint(Command::Save), "Save the project's decisions (F9)");
        assert_eq!(keymap.command("Ctrl+O".parse().expect("a shortcut")), Some(Command::OpenProject));
        assert_eq!(keymap.command("Ctrl+S".parse().expect("a shortcut")), None);
        assert!(keymap.remarks.is_empty());
    }

    #[test]
    fn a_shortcut_chosen_for_one_command_is_not_the_default_of_another() {
        let keymap = Keymap::new(&chosen(&[("quit", &["Ctrl+S"]), ("redo", &["Ctrl+S"])]));
        assert_eq!(keymap.command("Ctrl+S".parse().expect("a shortcut")), Some(Command::Quit));
        assert_eq!(keymap.of(Command::Save), []);
        assert_eq!(keymap.remarks, ["The settings give Ctrl+S to both Quit and Redo"]);
    }

    #[test]
    fn what_is_not_understood_is_said() {
        let keymap = Keymap::new(&chosen(&[("save", &["Hyper+S", "F9"]), ("fly", &["F7"])]));
        assert_eq!(keymap.shown(Command::Save), Some("F9".to_owned()));
        let [unknown, unread] = &keymap.remarks[..] else { panic!("{:?}", keymap.remarks) };
        assert!(unknown.contains("fly") && unread.contains("Hyper"), "{:?}", keymap.remarks);
    }
}
