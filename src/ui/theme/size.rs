//! The scales of text and space, in points.

use eframe::egui::{FontFamily, FontId, RichText, Style, TextStyle, vec2};

use super::fonts::STRONG;

/// Height of a row in lists and grids.
pub const ROW_HEIGHT: f32 = 24.0;
/// Width of the steps rail.
pub const RAIL_WIDTH: f32 = 212.0;
/// The corners of cards and fields.
pub const RADIUS: u8 = 6;

/// Inside a card, on each side.
pub const CARD_MARGIN: i8 = 12;
/// What the margins and lines of a card take of its width.
pub const CARD_EDGES: f32 = 2.0 * (CARD_MARGIN as f32 + 1.0);

/// Between things that belong together.
pub const GAP_TINY: f32 = 2.0;
/// Between lines of one thing.
pub const GAP_SMALL: f32 = 4.0;
/// Between things.
pub const GAP: f32 = 6.0;
/// Between groups of things.
pub const GAP_LARGE: f32 = 8.0;
/// Between parts of a page.
pub const GAP_SECTION: f32 = 16.0;
/// Above a sentence in an empty place.
pub const GAP_EMPTY: f32 = 32.0;

/// Sizes of text.
const HEADING: f32 = 20.0;
const LARGE: f32 = 17.0;
const TITLE: f32 = 15.0;
const BODY: f32 = 13.5;
const SMALL: f32 = 11.5;
const CODE: f32 = 12.5;
/// A headline figure.
const FIGURE: f32 = 22.0;

const LARGE_STYLE: &str = "large";
const TITLE_STYLE: &str = "title";
const FIGURE_STYLE: &str = "figure";

/// What a text is for; its size and weight follow.
pub trait TextRole {
    /// The name of what a page or card is about.
    fn large(self) -> Self;
    /// The title of a card or section.
    fn title(self) -> Self;
    /// A headline figure.
    fn figure(self) -> Self;
    /// Stands out of the text around it.
    fn bold(self) -> Self;
}

impl TextRole for RichText {
    fn large(self) -> Self {
        self.text_style(TextStyle::Name(LARGE_STYLE.into())).strong()
    }

    fn title(self) -> Self {
        self.text_style(TextStyle::Name(TITLE_STYLE.into())).strong()
    }

    fn figure(self) -> Self {
        self.text_style(TextStyle::Name(FIGURE_STYLE.into()))
    }

    fn bold(self) -> Self {
        self.family(FontFamily::Name(STRONG.into())).strong()
    }
}

/// Letters in the place of a picture with a side of this many points.
pub fn letters_font(side: f32) -> FontId {
    FontId::proportional(side * 0.38)
}

pub fn apply(style: &mut Style) {
    let strong = || FontFamily::Name(STRONG.into());
    let sizes = [
        (TextStyle::Heading, HEADING, strong()),
        (TextStyle::Name(LARGE_STYLE.into()), LARGE, strong()),
        (TextStyle::Name(TITLE_STYLE.into()), TITLE, strong()),
        (TextStyle::Name(FIGURE_STYLE.into()), FIGURE, FontFamily::Proportional),
        (TextStyle::Body, BODY, FontFamily::Proportional),
        (TextStyle::Button, BODY, FontFamily::Proportional),
        (TextStyle::Small, SMALL, FontFamily::Proportional),
        (TextStyle::Monospace, CODE, FontFamily::Monospace),
    ];
    style.text_styles = sizes.into_iter().map(|(style, size, family)| (style, FontId::new(size, family))).collect();
    style.spacing.item_spacing = vec2(8.0, 6.0);
    style.spacing.button_padding = vec2(9.0, 4.0);
    style.spacing.interact_size.y = ROW_HEIGHT;
    style.spacing.combo_width = 140.0;
    style.spacing.combo_height = 420.0;
    // A scroll bar is a quiet line until the pointer is near.
    style.spacing.scroll.dormant_handle_opacity = 0.25;
    style.spacing.scroll.active_handle_opacity = 0.4;
    style.spacing.scroll.interact_handle_opacity = 0.55;
    style.spacing.scroll.bar_width = 8.0;
    // Nothing lies under it: figures stand at the right edge of many lists.
    style.spacing.scroll.floating_allocated_width = 8.0;
    style.spacing.tooltip_width = 380.0;
    style.animation_time = 0.08;
}
