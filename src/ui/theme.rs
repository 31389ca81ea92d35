//! All colours and sizes, light and dark, in one place.

use eframe::egui::{
    self, Color32, Context, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, Theme,
    ThemePreference, Ui, Visuals, vec2,
};

/// Height of a row in lists and grids, in points.
pub const ROW_HEIGHT: f32 = 24.0;
/// Width of the steps rail, in points.
pub const RAIL_WIDTH: f32 = 212.0;
/// The corners of cards and fields.
pub const RADIUS: u8 = 6;

/// The colours of one theme. Text on its background has a contrast of at least 4.5.
pub struct Palette {
    /// Behind everything.
    pub canvas: Color32,
    /// Cards, fields, the page.
    pub surface: Color32,
    /// The rail and the bars.
    pub chrome: Color32,
    pub border: Color32,
    /// The outline of what can be used: boxes, radios, buttons. Its contrast on `surface` is at least 3.
    pub control: Color32,
    pub hover: Color32,
    pub text: Color32,
    pub text_weak: Color32,
    /// The one colour that says "this": selection, primary button, links.
    pub accent: Color32,
    /// Text on `accent`.
    pub on_accent: Color32,
    /// A pale accent, behind selected rows.
    pub accent_soft: Color32,
    pub good: Color32,
    pub warning: Color32,
    pub error: Color32,
    /// Bars of profiles and histograms.
    pub chart: Color32,
    /// The line under characters that differ.
    pub difference: Color32,
    /// Behind them.
    pub difference_soft: Color32,
}

const LIGHT: Palette = Palette {
    canvas: Color32::from_rgb(243, 245, 247),
    surface: Color32::from_rgb(255, 255, 255),
    chrome: Color32::from_rgb(234, 238, 242),
    border: Color32::from_rgb(206, 213, 220),
    control: Color32::from_rgb(136, 147, 158),
    hover: Color32::from_rgb(225, 231, 237),
    text: Color32::from_rgb(27, 34, 41),
    text_weak: Color32::from_rgb(84, 96, 108),
    accent: Color32::from_rgb(0, 98, 133),
    on_accent: Color32::from_rgb(255, 255, 255),
    accent_soft: Color32::from_rgb(214, 234, 242),
    good: Color32::from_rgb(28, 111, 63),
    warning: Color32::from_rgb(146, 84, 0),
    error: Color32::from_rgb(176, 32, 37),
    chart: Color32::from_rgb(74, 144, 171),
    difference: Color32::from_rgb(146, 84, 0),
    difference_soft: Color32::from_rgb(255, 231, 186),
};

const DARK: Palette = Palette {
    canvas: Color32::from_rgb(20, 24, 28),
    surface: Color32::from_rgb(28, 33, 38),
    chrome: Color32::from_rgb(24, 28, 33),
    border: Color32::from_rgb(58, 66, 75),
    control: Color32::from_rgb(110, 122, 135),
    hover: Color32::from_rgb(42, 49, 57),
    text: Color32::from_rgb(226, 232, 238),
    text_weak: Color32::from_rgb(155, 167, 179),
    accent: Color32::from_rgb(99, 190, 222),
    on_accent: Color32::from_rgb(8, 26, 34),
    accent_soft: Color32::from_rgb(25, 62, 77),
    good: Color32::from_rgb(112, 200, 145),
    warning: Color32::from_rgb(232, 176, 92),
    error: Color32::from_rgb(244, 132, 126),
    chart: Color32::from_rgb(72, 138, 164),
    difference: Color32::from_rgb(232, 176, 92),
    difference_soft: Color32::from_rgb(84, 62, 24),
};

/// The colours of the theme in force.
pub fn palette(ui: &Ui) -> &'static Palette {
    if ui.visuals().dark_mode { &DARK } else { &LIGHT }
}

/// Sets the fonts and both themes up.
pub fn install(ctx: &Context) {
    let mut fonts = egui::FontDefinitions::default();
    // Signs such as ● and → are in the font for code only.
    fonts.families.entry(FontFamily::Proportional).or_default().push("Hack".to_owned());
    ctx.set_fonts(fonts);
    ctx.options_mut(|options| {
        // Where the desktop does not say.
        options.fallback_theme = Theme::Light;
        // Zooming is a command, kept with the settings.
        options.zoom_with_keyboard = false;
    });
    for (theme, palette) in [(Theme::Light, &LIGHT), (Theme::Dark, &DARK)] {
        ctx.set_visuals_of(theme, visuals(theme, palette));
    }
    ctx.all_styles_mut(|style| {
        let sizes = [
            (TextStyle::Heading, 20.0, FontFamily::Proportional),
            (TextStyle::Body, 13.5, FontFamily::Proportional),
            (TextStyle::Button, 13.5, FontFamily::Proportional),
            (TextStyle::Small, 11.5, FontFamily::Proportional),
            (TextStyle::Monospace, 12.5, FontFamily::Monospace),
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
        style.spacing.tooltip_width = 380.0;
        style.animation_time = 0.08;
    });
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

fn visuals(theme: Theme, palette: &Palette) -> Visuals {
    let mut visuals = if theme == Theme::Dark { Visuals::dark() } else { Visuals::light() };
    visuals.panel_fill = palette.surface;
    visuals.window_fill = palette.surface;
    visuals.window_stroke = Stroke::new(1.0, palette.border);
    visuals.window_corner_radius = CornerRadius::same(RADIUS + 2);
    visuals.menu_corner_radius = CornerRadius::same(RADIUS);
    visuals.popup_shadow = Shadow { offset: [0, 3], blur: 10, spread: 0, color: Color32::from_black_alpha(50) };
    visuals.window_shadow = visuals.popup_shadow;
    visuals.extreme_bg_color = palette.surface;
    visuals.text_edit_bg_color = Some(palette.surface);
    visuals.faint_bg_color = palette.canvas;
    visuals.code_bg_color = palette.canvas;
    visuals.hyperlink_color = palette.accent;
    visuals.warn_fg_color = palette.warning;
    visuals.error_fg_color = palette.error;
    visuals.weak_text_color = Some(palette.text_weak);
    visuals.selection.bg_fill = palette.accent_soft;
    visuals.selection.stroke = Stroke::new(1.0, palette.accent);
    let widgets = &mut visuals.widgets;
    for (widget, fill, stroke) in [
        (&mut widgets.noninteractive, palette.surface, palette.border),
        (&mut widgets.inactive, palette.canvas, palette.control),
        (&mut widgets.hovered, palette.hover, palette.accent),
        (&mut widgets.active, palette.accent_soft, palette.accent),
        (&mut widgets.open, palette.hover, palette.accent),
    ] {
        widget.bg_fill = fill;
        widget.weak_bg_fill = fill;
        widget.bg_stroke = Stroke::new(1.0, stroke);
        widget.fg_stroke = Stroke::new(1.0, palette.text);
        widget.corner_radius = CornerRadius::same(RADIUS - 2);
        widget.expansion = 0.0;
    }
    visuals
}

/// A card: a framed area on the page.
pub fn card(ui: &Ui) -> egui::Frame {
    let palette = palette(ui);
    egui::Frame::new()
        .fill(palette.surface)
        .stroke(Stroke::new(1.0, palette.border))
        .corner_radius(CornerRadius::same(RADIUS))
        .inner_margin(Margin::same(10))
}

/// A part of a card that stands apart from the rest of it.
pub fn inset(ui: &Ui) -> egui::Frame {
    let palette = palette(ui);
    egui::Frame::new().fill(palette.canvas).corner_radius(CornerRadius::same(RADIUS)).inner_margin(Margin::same(8))
}
