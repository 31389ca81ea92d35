//! Shortcuts: the command table's plain ones as egui's keys.

use eframe::egui::{Context, Key, KeyboardShortcut, Modifiers};

use crate::workbench::Command;
use crate::workbench::command::Shortcut;

/// The commands whose shortcuts were pressed since the last frame.
pub fn pressed(ctx: &Context) -> Vec<Command> {
    let typing = ctx.text_edit_focused();
    let mut commands = Command::all();
    // Longer shortcuts first, or Ctrl+Z would take Ctrl+Shift+Z's place.
    commands.sort_by_key(|command| command.shortcut().map_or(0, |shortcut| -i32::from(shortcut.shift)));
    commands
        .into_iter()
        .filter(|command| {
            // In a text field these edit the text.
            let of_text = matches!(command, Command::Undo | Command::Redo | Command::NextPage | Command::PreviousPage);
            let Some(shortcut) = command.shortcut().filter(|_| !(typing && of_text)) else { return false };
            egui_shortcut(shortcut).is_some_and(|shortcut| ctx.input_mut(|input| input.consume_shortcut(&shortcut)))
        })
        .collect()
}

fn egui_shortcut(shortcut: Shortcut) -> Option<KeyboardShortcut> {
    let key = match shortcut.key {
        "Period" => Key::Period,
        "Plus" => Key::Plus,
        "Minus" => Key::Minus,
        name => Key::from_name(name)?,
    };
    let mut modifiers = Modifiers::NONE;
    if shortcut.ctrl {
        modifiers |= Modifiers::COMMAND;
    }
    if shortcut.shift {
        modifiers |= Modifiers::SHIFT;
    }
    if shortcut.alt {
        modifiers |= Modifiers::ALT;
    }
    Some(KeyboardShortcut::new(modifiers, key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shortcut_is_a_key_and_no_two_are_the_same() {
        let mut seen: Vec<(KeyboardShortcut, Command)> = Vec::new();
        for command in Command::all() {
            let Some(shortcut) = command.shortcut() else { continue };
            let key = egui_shortcut(shortcut);
            assert!(key.is_some(), "{command:?}: no such key {shortcut}");
            let Some(key) = key else { continue };
            let clash = seen.iter().find(|(other, _)| *other == key);
            assert!(clash.is_none(), "{command:?} and {clash:?} share {shortcut}");
            seen.push((key, command));
        }
    }
}
