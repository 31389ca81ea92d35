//! Shortcuts: the keymap's plain ones against egui's key presses.

use std::collections::BTreeSet;

use eframe::egui::{Context, Event, Key, Modifiers, Popup};

use crate::workbench::Command;
use crate::workbench::command::{Keymap, Shortcut};

/// The keys held down, by their place on the keyboard. A key may be let go by another name than it was pressed by, where
/// Shift is let go first; egui, which goes by names, would take its next press for a repetition.
#[derive(Debug, Default)]
pub struct HeldKeys(BTreeSet<Key>);

impl HeldKeys {
    /// The commands whose shortcuts were pressed since the last frame. Those that `allowed` refuses stay with the
    /// widgets.
    pub fn pressed(&mut self, ctx: &Context, keymap: &Keymap, allowed: impl Fn(Command) -> bool) -> Vec<Command> {
        let typing = ctx.text_edit_focused();
        let mut commands = Vec::new();
        ctx.input_mut(|input| {
            input.events.retain(|event| {
                let repeats = self.repeats(event);
                let Event::Key { key, physical_key, pressed: true, modifiers, .. } = event else { return true };
                let found = candidates(*key, *physical_key, *modifiers)
                    .into_iter()
                    .filter(|shortcut| !(typing && edits_text(*shortcut)))
                    .find_map(|shortcut| keymap.command(shortcut));
                let Some(command) = found.filter(|command| allowed(*command)) else { return true };
                // A key held down steps through pages, edits and sizes; it starts nothing twice.
                if !repeats || steps(command) {
                    commands.push(command);
                }
                false
            });
        });
        if !commands.is_empty() {
            Popup::close_all(ctx);
        }
        commands
    }

    /// Notes what is pressed and let go, and says whether a press comes of a key that is held.
    fn repeats(&mut self, event: &Event) -> bool {
        match event {
            Event::Key { physical_key: Some(place), pressed: true, .. } => !self.0.insert(*place),
            Event::Key { physical_key: Some(place), pressed: false, .. } => {
                self.0.remove(place);
                false
            }
            Event::Key { physical_key: None, repeat, .. } => *repeat,
            // What is let go in another window is not told.
            Event::WindowFocused(_) => {
                self.0.clear();
                false
            }
            _ => false,
        }
    }
}

/// The keys pressed since the last frame, taken from the widgets: `Some(None)` for Escape, which gives up.
pub fn heard(ctx: &Context) -> Option<Option<Shortcut>> {
    let mut heard = None;
    let ctrl = |key| Some(Shortcut::new(true, false, false, key));
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            let found = match event {
                Event::Key { key: Key::Escape, pressed: true, modifiers: Modifiers::NONE, .. } => Some(None),
                Event::Key { key, physical_key, pressed: true, modifiers, .. } => {
                    shortcut(*key, *physical_key, *modifiers).map(Some)
                }
                // What the desktop makes of these keys comes in their place.
                Event::Copy => ctrl("C"),
                Event::Cut => ctrl("X"),
                Event::Paste(_) => ctrl("V"),
                Event::Text(_) => return false,
                _ => return true,
            };
            heard = heard.take().or(found);
            false
        });
    });
    heard
}

fn steps(command: Command) -> bool {
    use Command::{NextPage, PreviousPage, Redo, Undo, ZoomIn, ZoomOut};
    matches!(command, Undo | Redo | NextPage | PreviousPage | ZoomIn | ZoomOut)
}

/// Whether a text field does something of its own with these keys.
fn edits_text(shortcut: Shortcut) -> bool {
    let undoes = shortcut.ctrl && matches!(shortcut.key, "Z" | "Y");
    // Alt and an arrow edit text on a Mac alone; elsewhere a field that has the focus must not hold the page.
    if shortcut.alt && !cfg!(target_os = "macos") {
        return undoes;
    }
    undoes || matches!(shortcut.key, "Left" | "Right" | "Up" | "Down" | "Home" | "End" | "Backspace" | "Delete")
}

/// What a key press may be called: by its letter, by its place on the keyboard where the letter is none of ours, and
/// without Shift where a sign needs it on this keyboard.
fn candidates(key: Key, physical: Option<Key>, modifiers: Modifiers) -> Vec<Shortcut> {
    let Some(shortcut) = shortcut(key, physical, modifiers) else { return Vec::new() };
    let is_sign = shortcut.shift && shortcut.key.len() > 2 && Key::from_name(shortcut.key).is_some_and(is_sign);
    let mut all = vec![shortcut];
    all.extend(is_sign.then_some(Shortcut { shift: false, ..shortcut }));
    all
}

fn is_sign(key: Key) -> bool {
    key.symbol_or_name() != key.name()
        && !matches!(key, Key::ArrowDown | Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp)
}

/// A key press as a shortcut; `None` for a key that no shortcut may end in.
pub fn shortcut(key: Key, physical: Option<Key>, modifiers: Modifiers) -> Option<Shortcut> {
    let named = |key: Key| Shortcut::new(modifiers.command, modifiers.shift, modifiers.alt, key.name());
    named(key).or_else(|| physical.and_then(named))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_a_shortcut_is_a_key_of_the_window() {
        for name in Shortcut::key_names() {
            let key = Key::from_name(name).unwrap_or_else(|| panic!("no such key {name}"));
            assert_eq!(key.name(), name);
        }
    }

    #[test]
    fn a_key_let_go_by_another_name_is_not_held() {
        let event = |key, pressed| {
            let modifiers = Modifiers::COMMAND;
            Event::Key { key, physical_key: Some(Key::Num1), pressed, repeat: pressed, modifiers }
        };
        let mut held = HeldKeys::default();
        assert!(!held.repeats(&event(Key::Exclamationmark, true)));
        assert!(held.repeats(&event(Key::Exclamationmark, true)));
        held.repeats(&event(Key::Num1, false));
        assert!(!held.repeats(&event(Key::Exclamationmark, true)));
        held.repeats(&Event::WindowFocused(false));
        assert!(!held.repeats(&event(Key::Exclamationmark, true)));
    }

    #[test]
    fn a_sign_that_needs_shift_on_this_keyboard_is_the_same_shortcut() {
        let texts = |key, physical, modifiers| -> Vec<String> {
            candidates(key, physical, modifiers).iter().map(Shortcut::to_string).collect()
        };
        let held = Modifiers::COMMAND | Modifiers::SHIFT;
        assert_eq!(texts(Key::Slash, Some(Key::Num7), held), ["Ctrl+Shift+Slash", "Ctrl+Slash"]);
        assert_eq!(texts(Key::Z, Some(Key::Y), held), ["Ctrl+Shift+Z"]);
        assert_eq!(texts(Key::Exclamationmark, Some(Key::Num1), held), ["Ctrl+Shift+1"]);
    }
}
