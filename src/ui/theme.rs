//! What everything looks like: colours, sizes, fonts and icons, and nothing of them anywhere else.
//!
//! The colours are those of [`crate::palette`]; `tests/layers.rs` keeps raw ones, sizes of text and icons out of the
//! pages.

pub mod fonts;
pub mod icon;
mod size;
mod visuals;

use std::sync::LazyLock;

use eframe::egui::{self, Color32, Context, CornerRadius, Margin, Stroke, Theme, ThemePreference, Ui};

use crate::palette::{self, Rgb};

pub use size::{CARD_EDGES, CARD_MARGIN, letters_font};
pub use size::{GAP, GAP_EMPTY, GAP_LARGE, GAP_SECTION, GAP_SMALL, GAP_TINY, RADIUS, RAIL_WIDTH, ROW_HEIGHT, TextRole};

/// The colours of one theme, as the painter takes them.
pub type Palette = palette::Palette<Color32>;

static LIGHT: LazyLock<Palette> = LazyLock::new(|| palette::LIGHT.map(color));
static DARK: LazyLock<Palette> = LazyLock::new(|| palette::DARK.map(color));

fn color(Rgb(red, green, blue): Rgb) -> Color32 {
    Color32::from_rgb(red, green, blue)
}

/// The colours of the theme in force.
pub fn palette(ui: &Ui) -> &'static Palette {
    if ui.visuals().dark_mode { &DARK } else { &LIGHT }
}

/// The same where there is no part of the window at hand.
pub fn palette_of(ctx: &Context) -> &'static Palette {
    if ctx.global_style().visuals.dark_mode { &DARK } else { &LIGHT }
}

/// Sets the fonts and both themes up.
pub fn install(ctx: &Context) {
    fonts::install(ctx);
    ctx.options_mut(|options| {
        // Where the desktop does not say.
        options.fallback_theme = Theme::Light;
        // Zooming is a command, kept with the settings.
        options.zoom_with_keyboard = false;
    });
    for (theme, palette) in [(Theme::Light, &*LIGHT), (Theme::Dark, &*DARK)] {
        ctx.set_visuals_of(theme, visuals::visuals(theme, palette));
    }
    ctx.all_styles_mut(size::apply);
}

/// Takes the chosen colours, and says whether they are dark.
pub fn choose(ctx: &Context, theme: crate::workbench::Theme) -> bool {
    use crate::workbench::Theme as Chosen;
    let wanted = match theme {
        Chosen::System => ThemePreference::System,
        Chosen::Light => ThemePreference::Light,
        Chosen::Dark => ThemePreference::Dark,
    };
    if ctx.options(|options| options.theme_preference) != wanted {
        ctx.set_theme(wanted);
    }
    ctx.theme() == Theme::Dark
}

/// A card: a framed area on the page.
pub fn card(ui: &Ui) -> egui::Frame {
    let palette = palette(ui);
    egui::Frame::new()
        .fill(palette.surface)
        .stroke(Stroke::new(1.0, palette.border))
        .corner_radius(CornerRadius::same(RADIUS))
        .inner_margin(Margin::same(CARD_MARGIN))
}

/// A part of a card that stands apart from the rest of it.
pub fn inset(ui: &Ui) -> egui::Frame {
    let palette = palette(ui);
    egui::Frame::new().fill(palette.canvas).corner_radius(CornerRadius::same(RADIUS)).inner_margin(Margin::same(8))
}
