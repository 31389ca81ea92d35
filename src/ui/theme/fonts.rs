//! The bundled fonts, and what is asked for glyphs they lack.
//!
//! Inter for text, in two weights and with figures of one width; egui's own fonts for code, signs and emoji. What
//! these lack is looked for among the fonts of the system, which a window asks first ([`SystemFonts`]); what is not there either, and in tests
//! all of it, in bundled parts of Noto Sans: the scripts of samples and tests look alike on every machine.
//! See `assets/fonts/SOURCES.md`.

mod missing;
mod system;

use std::sync::Arc;

use eframe::egui::Context;
use eframe::egui::epaint::text::{FallbackRequest, FontInsert, FontPriority, InsertFontFamily};
use eframe::egui::{FontData, FontDefinitions, FontFamily};

pub use missing::{missing_words, newly_missing};
pub use system::SystemFonts;

/// The family of text that stands out.
pub const STRONG: &str = "strong";

const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/Inter-Regular.ttf");
const SEMI_BOLD: &[u8] = include_bytes!("../../../assets/fonts/Inter-SemiBold.ttf");
const ARABIC: &[u8] = include_bytes!("../../../assets/fonts/NotoSansArabic-part.ttf");
const HEBREW: &[u8] = include_bytes!("../../../assets/fonts/NotoSansHebrew-part.ttf");
const JAPANESE: &[u8] = include_bytes!("../../../assets/fonts/NotoSansJP-part.otf");

/// Sets the fonts up, and what is asked after those of the system.
pub fn install(ctx: &Context) {
    ctx.set_fonts(definitions());
    ctx.add_font_provider(Arc::new(bundled));
    missing::Missing::install(ctx);
}

fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    for (name, bytes) in [("Inter", REGULAR), ("Inter SemiBold", SEMI_BOLD)] {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    // Below the first stand egui's own: icons, emoji, and Hack, which has signs that are rare outside code.
    let others = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    for (family, first) in [(FontFamily::Proportional, "Inter"), (FontFamily::Name(STRONG.into()), "Inter SemiBold")] {
        let mut names = vec![first.to_owned()];
        names.extend(others.iter().cloned());
        names.push("Hack".to_owned());
        fonts.families.insert(family, names);
    }
    fonts
}

/// The bundled part of Noto Sans that has a script.
fn bundled(request: &FallbackRequest<'_>) -> Option<FontInsert> {
    let (name, bytes) = match request.cluster.chars().next()? {
        '\u{590}'..='\u{5ff}' => ("Noto Sans Hebrew", HEBREW),
        '\u{600}'..='\u{6ff}' => ("Noto Sans Arabic", ARABIC),
        '\u{3000}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}' => ("Noto Sans JP", JAPANESE),
        _ => return None,
    };
    let family = InsertFontFamily { family: request.family.clone(), priority: FontPriority::Lowest };
    Some(FontInsert::new(name, FontData::from_static(bytes), vec![family]))
}

#[cfg(test)]
mod tests {
    use eframe::egui::{FontId, RawInput};

    use super::*;
    use crate::ui::theme::icon;

    /// A context with our fonts and none of the system.
    fn has_glyphs(text: &str, family: FontFamily) -> bool {
        let ctx = Context::default();
        install(&ctx);
        let mut has = false;
        let mut output = ctx.run_ui(RawInput::default(), |ui| {
            has = ui.fonts_mut(|fonts| text.chars().all(|c| fonts.has_glyph(&FontId::new(13.0, family.clone()), c)));
        });
        output.textures_delta.clear();
        has
    }

    #[test]
    fn the_bundled_fonts_have_every_icon_and_the_scripts_of_the_samples() {
        let icons = [icon::DONE, icon::ERROR, icon::WARNING, icon::STALE, icon::DELETE, icon::DUPLICATE];
        let texts = ["Zoë Łukasz Ελένη Борис 1,234 €", "佐藤 花子 カフェ", "محمد", "שלום", "😀 👍"];
        for text in icons.into_iter().chain(texts) {
            assert!(has_glyphs(text, FontFamily::Proportional), "{text}");
            assert!(has_glyphs(text, FontFamily::Name(STRONG.into())), "{text} in bold");
        }
        assert!(!has_glyphs("ก", FontFamily::Proportional), "Thai comes from the system");
    }

    #[test]
    fn figures_have_one_width() {
        let ctx = Context::default();
        install(&ctx);
        let mut output = ctx.run_ui(RawInput::default(), |ui| {
            let widths = ui.fonts_mut(|fonts| {
                ('0'..='9').map(|digit| fonts.glyph_width(&FontId::proportional(13.5), digit)).collect::<Vec<f32>>()
            });
            assert!(widths.iter().all(|width| *width == widths[0]), "{widths:?}");
        });
        output.textures_delta.clear();
    }
}
