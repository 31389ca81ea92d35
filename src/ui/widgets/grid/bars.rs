//! Scroll bars mapped in f64: dragging one moves evenly through any number of rows.

use eframe::egui::{Color32, Id, Rect, Sense, Ui, vec2};

use crate::ui::theme::palette;

pub const BAR_WIDTH: f32 = 12.0;
const SHORTEST_HANDLE: f32 = 24.0;

/// How far there is to go: all of it, and how much of it is in sight.
#[derive(Debug, Clone, Copy)]
pub struct Travel {
    pub all: f64,
    pub seen: f64,
    pub is_across: bool,
}

impl Travel {
    /// The last place that can be scrolled to.
    pub fn last(&self) -> f64 {
        (self.all - self.seen).max(0.0)
    }
}

/// A bar in this track; dragging it, or clicking beside its handle, moves `at`. Nothing where all is in sight.
pub fn bar_ui(ui: &Ui, track: Rect, id: Id, travel: Travel, at: &mut f64) {
    let last = travel.last();
    if last <= 0.0 {
        return;
    }
    let palette = palette(ui);
    let along = |size: eframe::egui::Vec2| if travel.is_across { size.x } else { size.y };
    let length = along(track.size());
    let handle_length = ((travel.seen / travel.all) as f32 * length).max(SHORTEST_HANDLE).min(length);
    let room = f64::from((length - handle_length).max(1.0));
    let response = ui.interact(track, id, Sense::CLICK | Sense::DRAG);
    if response.dragged() {
        *at = (*at + f64::from(along(response.drag_delta())) / room * last).clamp(0.0, last);
    } else if response.clicked()
        && let Some(pointer) = response.interact_pointer_pos()
    {
        let share = f64::from(along(pointer - track.min) - handle_length / 2.0) / room;
        *at = (share * last).clamp(0.0, last);
    }
    let offset = (*at / last * room) as f32;
    let handle = if travel.is_across {
        Rect::from_min_size(track.min + vec2(offset, 0.0), vec2(handle_length, track.height()))
    } else {
        Rect::from_min_size(track.min + vec2(0.0, offset), vec2(track.width(), handle_length))
    };
    let color: Color32 = if response.hovered() || response.dragged() { palette.accent } else { palette.border };
    ui.painter().rect_filled(handle.shrink(1.0), 4.0, color);
}
