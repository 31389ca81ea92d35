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
    keys("Everywhere", &[plain("Tab"), SHIFT_TAB], "Goes to the next control, or the one before"),
    keys(
        "Everywhere",
        &[plain("F6"), SHIFT_F6],
        "Goes to the next part of the window, or the one before: pages, settings, preview, status",
    ),
    keys("Everywhere", &[plain("Space"), plain("Enter")], "Presses the button, opens the list, sets the tick"),
    keys("Everywhere", &[plain("Escape")], "Closes what is open, or gives up what is typed"),
    keys("Everywhere", &[alt("F4")], "Closes the window"),
    keys("Text fields", &[ctrl("A")], "Selects all of the text"),
    keys("Text fields", &[ctrl("C"), ctrl("X"), ctrl("V")], "Copies, cuts, pastes"),
    keys("Text fields", &[plain("Enter")], "Takes over what is typed"),
    keys("Lists and drop-downs", &[plain("Up"), plain("Down")], "Goes to the entry above or below"),
    keys("Lists and drop-downs", &[plain("Space"), plain("Enter")], "Chooses the entry"),
    keys("Lists and drop-downs", &[plain("Home"), plain("End")], "Goes to the first or last entry"),
    keys("Lists of things", &[plain("Enter")], "Goes on to the settings of the chosen thing"),
    keys("Lists of things", &[plain("Space")], "Ticks the box of the chosen row"),
    keys("Lists of things", &[plain("Delete")], "Removes the chosen thing, or asks"),
    keys("Tables", &ARROWS, "Goes from cell to cell; with Shift selects a range, with Ctrl goes to the edge"),
    keys("Tables", &[plain("PageUp"), plain("PageDown")], "Goes a screen up or down"),
    keys("Tables", &[plain("Home"), plain("End")], "Goes to the ends of the row; with Ctrl to the first or last cell"),
    keys("Tables", &[plain("Enter")], "Opens what the row stands for"),
    keys("Tables", &[plain("Space")], "Shows the whole value; with Shift selects the row, with Ctrl the column"),
    keys("Tables", &[ctrl("A")], "Selects all cells"),
    keys(
        "Tables",
        &[ctrl("C"), ctrl_shift("C")],
        "Copies the selected cells, without or with the names of the columns",
    ),
    keys("Tables", &[ctrl("F"), ctrl("G")], "Goes to the search, or to a row by its number"),
    keys("Tables", &[SHIFT_F10], "Opens the menu of the cell"),
    keys("Heads of columns", &[plain("Enter")], "Sorts by the column"),
    keys("Heads of columns", &[alt("Down")], "Opens the menu of the column"),
    keys("Heads of columns", &[ctrl_shift("Left"), ctrl_shift("Right")], "Moves the column"),
    keys("Cards of customers", &ARROWS, "Goes from card to card"),
    keys("Cards of customers", &[plain("Enter")], "Opens the customer"),
    keys("Rules and other lists in an order", &[alt("Up"), alt("Down")], "Moves the entry up or down"),
    keys("Uncertain pairs", &[plain("Y"), plain("N"), plain("U")], "Answers: same person, different people, unsure"),
    keys("Uncertain pairs", &[plain("Left"), plain("Backspace")], "Goes back to the pair before"),
    keys("Uncertain pairs", &[plain("Right")], "Goes on to the next pair"),
    keys(
        "Ranges of values",
        &[plain("Left"), plain("Right")],
        "Moves the end of the range; with Shift in larger steps",
    ),
    keys("Command palette", &[plain("Up"), plain("Down"), plain("PageUp"), plain("PageDown")], "Goes from row to row"),
    keys("Command palette", &[plain("Enter")], "Does or opens what is selected"),
    keys("Command palette", &[plain("Escape")], "Closes the palette"),
];

/// Why a shortcut can be no command's; `None` where it can.
pub fn reserved(shortcut: Shortcut) -> Option<String> {
    let shown = shortcut.shown();
    let is_function = shortcut.key.strip_prefix('F').is_some_and(|number| number.parse::<u8>().is_ok());
    if let Some(fixed) = FIXED.iter().find(|fixed| fixed.keys.contains(&shortcut)) {
        let does = fixed.does;
        return Some(format!(
            "{shown} has a fixed meaning ({}: {}{})",
            fixed.place,
            does[..1].to_lowercase(),
            &does[1..]
        ));
    }
    (!shortcut.ctrl && !shortcut.alt && !is_function)
        .then(|| format!("{shown} is for typing and moving about: hold Ctrl or Alt too, or take a key such as F9"))
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
