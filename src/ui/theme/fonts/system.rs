//! The fonts of the system, for every script that is not bundled.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use eframe::egui::Context;
use eframe::egui::epaint::text::{FallbackRequest, FontInsert, FontProvider};
use egui_system_font_provider::SystemFontProvider;

/// Finds fonts of the system, as eframe's own provider does, and lives on where that gives up: it panics on a system
/// without any font (fontique 0.11), and a value of another script would take the window down.
pub struct SystemFonts<P = SystemFontProvider> {
    fonts: P,
    is_broken: AtomicBool,
}

impl SystemFonts {
    /// Asked from now on, before whoever is added later.
    pub fn install(ctx: &Context) {
        ctx.add_font_provider(Arc::new(Self::of(SystemFontProvider::new())));
    }
}

impl<P> SystemFonts<P> {
    fn of(fonts: P) -> Self {
        Self { fonts, is_broken: AtomicBool::new(false) }
    }
}

impl<P: FontProvider> FontProvider for SystemFonts<P> {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        if self.is_broken.load(Ordering::Relaxed) {
            return None;
        }
        catch_unwind(AssertUnwindSafe(|| self.fonts.font_for(request))).unwrap_or_else(|_| {
            log::warn!("fonts: those of the system cannot be listed");
            self.is_broken.store(true, Ordering::Relaxed);
            None
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use eframe::egui::FontFamily;

    use super::*;

    #[test]
    fn a_system_whose_fonts_cannot_be_listed_is_asked_once_and_does_no_harm() {
        let asked = AtomicUsize::new(0);
        let fonts = SystemFonts::of(|_: &FallbackRequest<'_>| -> Option<FontInsert> {
            asked.fetch_add(1, Ordering::Relaxed);
            panic!("no fonts")
        });
        let family = FontFamily::Proportional;
        for cluster in ["ก", "ข"] {
            assert!(fonts.font_for(&FallbackRequest { cluster, family: &family }).is_none());
        }
        assert_eq!(asked.load(Ordering::Relaxed), 1);
    }
}
