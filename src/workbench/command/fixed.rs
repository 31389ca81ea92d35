//! Keys that mean the same wherever they are pressed, and cannot be given to a command.

use super::Shortcut;
use super::shortcut::{alt, ctrl, ctrl_shift, plain};

/// Keys with a fixed meaning.
pub struct FixedKeys {
    /// Where they are pressed.
    pub place: &'static str,
    pub keys: &'static [Shortcut],
    /// What they do there.
    pub does: &'static str,
}

const SHIFT_TAB: Shortcut = Shortcut { ctrl: false, shift: true, alt: false, key: "Tab" };
const SHIFT_F6: Shortcut = Shortcut { ctrl: false, shift: true, alt: false, key: "F6" };
const SHIFT_F10: Shortcut = Shortcut { ctrl: false, shift: true, alt: false, key: "F10" };
const ARROWS: [Shortcut; 4] = [plain("Left"), plain("Right"), plain("Up"), plain("Down")];

const fn keys(place: &'static str, keys: &'static [Shortcut], does: &'static str) -> FixedKeys {
    FixedKeys { place, keys, does }
}

/// All of them, by place.
pub const FIXED: [FixedKeys; 36] = [
    keys(msg!("Everywhere"), &[plain("Tab"), SHIFT_TAB], msg!("Goes to the next control, or the one before")),
    keys(
        msg!("Everywhere"),
        &[plain("F6"), SHIFT_F6],
        msg!("Goes to the next part of the window, or the one before: pages, settings, preview, status"),
    ),
    keys(
        msg!("Everywhere"),
        &[plain("Space"), plain("Enter")],
        msg!("Presses the button, opens the list, sets the tick"),
    ),
    keys(msg!("Everywhere"), &[plain("Escape")], msg!("Closes what is open, or gives up what is typed")),
    keys(msg!("Everywhere"), &[alt("F4")], msg!("Closes the window")),
    keys(msg!("Text fields"), &[ctrl("A")], msg!("Selects all of the text")),
    keys(msg!("Text fields"), &[ctrl("C"), ctrl("X"), ctrl("V")], msg!("Copies, cuts, pastes")),
    keys(msg!("Text fields"), &[plain("Enter")], msg!("Takes over what is typed")),
    keys(msg!("Lists and drop-downs"), &[plain("Up"), plain("Down")], msg!("Goes to the entry above or below")),
    keys(msg!("Lists and drop-downs"), &[plain("Space"), plain("Enter")], msg!("Chooses the entry")),
    keys(msg!("Lists and drop-downs"), &[plain("Home"), plain("End")], msg!("Goes to the first or last entry")),
    keys(msg!("Lists of things"), &[plain("Enter")], msg!("Goes on to the settings of the chosen thing")),
    keys(msg!("Lists of things"), &[plain("Space")], msg!("Ticks the box of the chosen row")),
    keys(msg!("Lists of things"), &[plain("Delete")], msg!("Removes the chosen thing, or asks")),
    keys(
        msg!("Tables"),
        &ARROWS,
        msg!("Goes from cell to cell; with Shift selects a range, with Ctrl goes to the edge"),
    ),
    keys(msg!("Tables"), &[plain("PageUp"), plain("PageDown")], msg!("Goes a screen up or down")),
    keys(
        msg!("Tables"),
        &[plain("Home"), plain("End")],
        msg!("Goes to the ends of the row; with Ctrl to the first or last cell"),
    ),
    keys(msg!("Tables"), &[plain("Enter")], msg!("Opens what the row stands for")),
    keys(
        msg!("Tables"),
        &[plain("Space")],
        msg!("Shows the whole value; with Shift selects the row, with Ctrl the column"),
    ),
    keys(msg!("Tables"), &[ctrl("A")], msg!("Selects all cells")),
    keys(
        msg!("Tables"),
        &[ctrl("C"), ctrl_shift("C")],
        msg!("Copies the selected cells, without or with the names of the columns"),
    ),
    keys(msg!("Tables"), &[ctrl("F"), ctrl("G")], msg!("Goes to the search, or to a row by its number")),
    keys(msg!("Tables"), &[SHIFT_F10], msg!("Opens the menu of the cell")),
    keys(msg!("Heads of columns"), &[plain("Enter")], msg!("Sorts by the column")),
    keys(msg!("Heads of columns"), &[alt("Down")], msg!("Opens the menu of the column")),
    keys(msg!("Heads of columns"), &[ctrl_shift("Left"), ctrl_shift("Right")], msg!("Moves the column")),
    keys(msg!("Cards of customers"), &ARROWS, msg!("Goes from card to card")),
    keys(msg!("Cards of customers"), &[plain("Enter")], msg!("Opens the customer")),
    keys(msg!("Rules and other lists in an order"), &[alt("Up"), alt("Down")], msg!("Moves the entry up or down")),
    keys(
        msg!("Uncertain pairs"),
        &[plain("Y"), plain("N"), plain("U")],
        msg!("Answers: same person, different people, unsure"),
    ),
    keys(msg!("Uncertain pairs"), &[plain("Left"), plain("Backspace")], msg!("Goes back to the pair before")),
    keys(msg!("Uncertain pairs"), &[plain("Right")], msg!("Goes on to the next pair")),
    keys(
        msg!("Ranges of values"),
        &[plain("Left"), plain("Right")],
        msg!("Moves the end of the range; with Shift in larger steps"),
    ),
    keys(
        msg!("Command palette"),
        &[plain("Up"), plain("Down"), plain("PageUp"), plain("PageDown")],
        msg!("Goes from row to row"),
    ),
    keys(msg!("Command palette"), &[plain("Enter")], msg!("Does or opens what is selected")),
    keys(msg!("Command palette"), &[plain("Escape")], msg!("Closes the palette")),
];

/// Why a shortcut can be no command's; `None` where it can.
pub fn reserved(shortcut: Shortcut) -> Option<String> {
    let shown = shortcut.shown();
    let is_function = shortcut.key.strip_prefix('F').is_some_and(|number| number.parse::<u8>().is_ok());
    if let Some(fixed) = FIXED.iter().find(|fixed| fixed.keys.contains(&shortcut)) {
        let does = fixed.does;
        return Some(tr!(
            "{shown} has a fixed meaning ({place}: {does}{does_2})",
            shown,
            place = fixed.place,
            does = does[..1].to_lowercase(),
            does_2 = &does[1..]
        ));
    }
    (!shortcut.ctrl && !shortcut.alt && !is_function)
        .then(|| tr!("{shown} is for typing and moving about: hold Ctrl or Alt too, or take a key such as F9", shown))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbench::Command;

    fn reason(text: &str) -> Option<String> {
        reserved(text.parse().expect("a shortcut"))
    }

    #[test]
    fn what_types_moves_or_copies_is_reserved_and_says_why() {
        for text in [
            "Tab",
            "Shift+Tab",
            "Enter",
            "A",
            "Shift+A",
            "Space",
            "Ctrl+C",
            "Ctrl+V",
            "Ctrl+X",
            "Ctrl+A",
            "Ctrl+Shift+C",
            "Alt+Up",
        ] {
            assert!(reason(text).is_some(), "{text}");
        }
        assert_eq!(reason("Ctrl+C"), Some("Ctrl+C has a fixed meaning (Text fields: copies, cuts, pastes)".to_owned()));
        for text in ["F9", "Shift+F9", "Ctrl+K", "Alt+7", "Ctrl+Shift+K", "Alt+Left"] {
            assert_eq!(reason(text), None, "{text}");
        }
    }

    #[test]
    fn no_default_is_reserved() {
        for command in Command::all() {
            for shortcut in command.default_shortcuts() {
                assert_eq!(reserved(*shortcut), None, "{command:?}");
            }
        }
    }
}
