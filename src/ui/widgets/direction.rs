//! Texts of scripts that are written from right to left, in the order they are drawn in.
//!
//! egui shapes every word of such a script as it should be, and sets the words from left to right. So values are given
//! to it in the order of sight: parts of the line by the Unicode bidirectional algorithm, words of Hebrew and Arabic
//! whole and as they are written. Only what is drawn is reordered; what is copied, searched or read aloud stays.

use std::borrow::Cow;

use eframe::egui::{Label, Response, RichText, Role, Ui, WidgetInfo};
use unicode_bidi::{BidiInfo, Level};

use crate::ui::theme::fonts;

/// Whether anything in a text is written from right to left.
pub fn has_right_to_left(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(is_right_to_left)
}

/// Whether a text as a whole is: its first letter says so.
pub fn begins_at_right(text: &str) -> bool {
    has_right_to_left(text) && BidiInfo::new(text, None).paragraphs.first().is_some_and(|of| of.level.is_rtl())
}

/// A text of one line as it is drawn from left to right.
pub fn drawn(text: &str) -> Cow<'_, str> {
    if !has_right_to_left(text) {
        return Cow::Borrowed(text);
    }
    let info = BidiInfo::new(text, None);
    let mut line = String::with_capacity(text.len());
    for paragraph in &info.paragraphs {
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let is_rtl = levels.get(run.start).is_some_and(Level::is_rtl);
            let part = text.get(run).unwrap_or_default();
            if is_rtl { push_reversed(&mut line, part) } else { line.push_str(part) }
        }
    }
    Cow::Owned(line)
}

/// A label of data on one line: drawn as it is read, read aloud as it is written.
pub fn label_ui(ui: &mut Ui, text: &str, style: impl FnOnce(RichText) -> RichText) -> Response {
    let label = Label::new(style(RichText::new(drawn(text)))).truncate().selectable(false);
    let response = ui.add(label);
    if has_right_to_left(text) {
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    }
    with_missing(ui, text, response)
}

/// Says on hover of what shows a text which of its letters no font can draw.
pub fn with_missing(ui: &Ui, text: &str, response: Response) -> Response {
    match fonts::missing_words(ui.ctx(), text) {
        Some(missing) => response.on_hover_text(missing),
        None => response,
    }
}

/// Appends a part that is read from right to left: its words in the other order, each as it is.
fn push_reversed(line: &mut String, part: &str) {
    let mut words: Vec<&str> = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, letter) in part.char_indices() {
        let kind = Kind::of(letter);
        // Spaces and marks are turned one by one.
        if before.is_some_and(|before| before != kind || kind == Kind::Mark) {
            words.push(&part[start..at]);
            start = at;
        }
        before = Some(kind);
    }
    words.push(&part[start..]);
    for word in words.into_iter().rev() {
        match mirrored(word) {
            Some(mirror) => line.push(mirror),
            None => line.push_str(word),
        }
    }
}

/// What stays together where a part is turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Shaped from right to left by egui, from a font of its own.
    Hebrew,
    Arabic,
    /// A space or a mark of the font of text.
    Mark,
    /// Emoji and the like, which may be made of several signs.
    Other,
}

impl Kind {
    fn of(letter: char) -> Self {
        match letter {
            '\u{590}'..='\u{5ff}' | '\u{fb1d}'..='\u{fb4f}' => Self::Hebrew,
            _ if is_right_to_left(letter) => Self::Arabic,
            // They join letters of the word they stand in.
            '\u{200c}' | '\u{200d}' => Self::Arabic,
            _ if letter < '\u{2e80}' => Self::Mark,
            _ => Self::Other,
        }
    }
}

fn is_right_to_left(letter: char) -> bool {
    matches!(letter,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}')
}

/// The other one of a pair of brackets.
fn mirrored(word: &str) -> Option<char> {
    const PAIRS: [(&str, &str); 6] = [("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"), ("«", "»"), ("‹", "›")];
    let (open, close) = PAIRS.into_iter().find(|(open, close)| word == *open || word == *close)?;
    if word == open { close } else { open }.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_in_the_order_of_sight_and_stay_whole() {
        assert_eq!(drawn("שלום כהן"), "כהן שלום");
        assert_eq!(drawn("فاطمة الزهراء"), "الزهراء فاطمة");
        assert_eq!(drawn("شارع الملك فهد"), "فهد الملك شارع");
        assert_eq!(drawn("Ana שלום 12"), "Ana 12 שלום");
        assert_eq!(drawn("Ana שלום כהן Cruz"), "Ana כהן שלום Cruz");
        assert_eq!(drawn("רחוב 12, תל אביב"), "אביב תל ,12 רחוב");
        assert_eq!(drawn("שלום (Ana)"), "(Ana) שלום");
        assert_eq!(drawn("فاطمة، الزهراء"), "الزهراء فاطمة،", "a comma of the script belongs to its word");
    }

    #[test]
    fn other_texts_are_left_alone() {
        for text in ["", "Ana Cruz", "Ελένη", "佐藤 花子", "a (b) c"] {
            assert!(matches!(drawn(text), Cow::Borrowed(same) if same == text));
            assert!(!begins_at_right(text));
        }
    }

    #[test]
    fn the_first_letter_says_where_a_text_begins() {
        assert!(begins_at_right("שלום Ana") && begins_at_right("12 فاطمة"));
        assert!(!begins_at_right("Ana שלום 12"));
    }
}
