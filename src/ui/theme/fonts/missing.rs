//! Characters that no font has, those of the system and the bundled ones: they cannot be seen, and the user is told in
//! words what they are.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use eframe::egui::epaint::text::{FallbackRequest, FontInsert, FontProvider};
use eframe::egui::{Context, Id};
use unicode_script::{Script, UnicodeScript};

/// What was met so far; clones share it. As the last provider of fonts it is asked only for what no other has, once a
/// character.
#[derive(Clone, Default)]
pub struct Missing(Arc<Mutex<Met>>);

#[derive(Default)]
struct Met {
    characters: BTreeSet<char>,
    /// Names of scripts that were not told yet.
    untold: BTreeSet<String>,
    told: BTreeSet<String>,
}

impl FontProvider for Missing {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        if let Some(character) = request.cluster.chars().next().filter(|character| is_drawn(*character)) {
            let mut met = self.met();
            met.characters.insert(character);
            let name = script_name(character);
            if !met.told.contains(&name) {
                met.untold.insert(name);
            }
        }
        None
    }
}

impl Missing {
    /// Asked after all providers that are there already.
    pub fn install(ctx: &Context) {
        let missing = Self::default();
        ctx.data_mut(|data| data.insert_temp(Id::NULL, missing.clone()));
        ctx.add_font_provider(Arc::new(missing));
    }

    fn of(ctx: &Context) -> Option<Self> {
        ctx.data(|data| data.get_temp(Id::NULL))
    }

    fn met(&self) -> MutexGuard<'_, Met> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What of a text cannot be seen, and what helps; `None` of nearly every text.
pub fn missing_words(ctx: &Context, text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let missing = Missing::of(ctx)?;
    let met = missing.met();
    if met.characters.is_empty() {
        return None;
    }
    let found = text.chars().filter(|character| met.characters.contains(character));
    let scripts: BTreeSet<String> = found.map(script_name).collect();
    (!scripts.is_empty()).then(|| words(&scripts))
}

/// The same of scripts that were met since this was asked last.
pub fn newly_missing(ctx: &Context) -> Option<String> {
    let missing = Missing::of(ctx)?;
    let mut met = missing.met();
    let scripts = std::mem::take(&mut met.untold);
    (!scripts.is_empty()).then(|| {
        let words = words(&scripts);
        met.told.extend(scripts);
        words
    })
}

fn words(scripts: &BTreeSet<String>) -> String {
    let scripts: Vec<&str> = scripts.iter().map(String::as_str).collect();
    tr!(
        "No font on this computer can draw {scripts}: such letters cannot be seen here, though the values are whole. Install a font that can, such as Noto Sans, and start the program again.",
        scripts = scripts.join(", ")
    )
}

/// `Ethiopic`, or in words that it belongs to no script.
fn script_name(character: char) -> String {
    match character.script() {
        Script::Common | Script::Inherited | Script::Unknown => tr!("some signs").to_owned(),
        script => script.full_name().replace('_', " "),
    }
}

/// Whether there is something to see where a font has it: joiners, marks of direction and the like are not drawn.
fn is_drawn(character: char) -> bool {
    let is_ignorable = matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{e0000}'..='\u{e0fff}'
    );
    !is_ignorable && !character.is_whitespace()
}

#[cfg(test)]
mod tests {
    use eframe::egui::RawInput;

    use super::*;
    use crate::ui::theme::fonts;

    #[test]
    fn what_no_font_has_is_named_once_by_its_script() {
        let ctx = Context::default();
        fonts::install(&ctx);
        let shown = ["Zoë 佐藤 שלום 😀", "ก ข", "አዲስ አበባ\u{200d}"];
        let mut output = ctx.run_ui(RawInput::default(), |ui| shown.iter().for_each(|text| drop(ui.label(*text))));
        output.textures_delta.clear();
        assert_eq!(missing_words(&ctx, shown[0]), None);
        assert!(missing_words(&ctx, "ข").unwrap().contains("can draw Thai: "));
        assert!(missing_words(&ctx, "አ ก").unwrap().contains("can draw Ethiopic, Thai: "));
        assert_eq!(missing_words(&ctx, "\u{200d}"), None);
        assert!(newly_missing(&ctx).unwrap().contains("Ethiopic, Thai"));
        assert_eq!(newly_missing(&ctx), None);
    }
}
