//! A customer's picture in a disc; initials where there is none.

use eframe::egui::{self, Align2, ColorImage, CornerRadius, Sense, TextureOptions, Ui, vec2};

use crate::engine::customer::naming::initials;
use crate::ui::context::PageCx;
use crate::ui::theme::palette;
use crate::workbench::pictures::{self, PictureState};

/// So many pictures are held ready to be drawn; then all are made anew.
const HELD: usize = 200;

/// Draws the picture, or the initials of `name`; a question mark where that is empty.
pub fn picture_ui(ui: &mut Ui, cx: &mut PageCx<'_>, source: Option<&str>, name: &str, size: f32) {
    let colors = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(size, size), Sense::hover());
    let state = source.filter(|source| !source.trim().is_empty()).map(|source| (source, cx.workbench.picture(source)));
    if let Some((source, PictureState::Ready(picture))) = &state {
        let held = &mut cx.memory.pictures;
        if held.len() >= HELD && !held.contains_key(*source) {
            held.clear();
        }
        let texture = held.entry((*source).to_owned()).or_insert_with(|| {
            let side = pictures::SIDE as usize;
            let image = ColorImage::from_rgba_unmultiplied([side, side], &picture.rgba);
            ui.ctx().load_texture("customer", image, TextureOptions::LINEAR)
        });
        let image = egui::Image::new((texture.id(), rect.size()));
        image.corner_radius(CornerRadius::same((size / 2.0) as u8)).paint_at(ui, rect);
        ui.painter().circle_stroke(rect.center(), size / 2.0, (1.0, colors.border));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, tr!("Picture of {name}", name)));
        return;
    }
    let letters = initials(name);
    let (fill, color) =
        if letters.is_empty() { (colors.chrome, colors.text_weak) } else { (colors.accent_soft, colors.accent) };
    let letters = if letters.is_empty() { "?".to_owned() } else { letters };
    ui.painter().circle(rect.center(), size / 2.0, fill, (1.0, colors.border));
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, letters, crate::ui::theme::letters_font(size), color);
    if let Some((_, PictureState::Missing(reason))) = state {
        response.on_hover_text(reason);
    }
}
