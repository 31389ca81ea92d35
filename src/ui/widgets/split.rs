//! The two halves of a page: settings left, what comes of them right. All pages share one line between them, that can
//! be dragged. Where there is no room for both, tabs lead from one to the other.

use eframe::egui::{self, Context, CursorIcon, Id, Key, Rect, Response, Sense, Stroke, Ui, UiBuilder, vec2};

use super::entry;
use crate::ui::focus::{self, Part};
use crate::ui::theme::{GAP_SMALL, palette};

/// Pages narrower than this, in points, show one half at a time.
const NARROW: f32 = 880.0;
/// No half is narrower.
const LEAST: f32 = 360.0;
/// The left half's part of the page, until the line is moved.
const SHARE: f32 = 0.5;
/// How far an arrow key moves the line.
const STEP: f32 = 0.02;
/// Between the halves.
const GAP: f32 = 12.0;

/// The names of the two halves.
pub type Names = [&'static str; 2];
pub const SETTINGS: Names = [msg!("Settings"), msg!("Preview")];

/// The half that is shown where there is no room for both: whether it is the right one. Of all pages.
fn shown() -> Id {
    Id::unique("the right half is shown")
}

fn share() -> Id {
    Id::unique("share of the left half")
}

/// Where the right half is in this frame, if it is shown.
fn place() -> Id {
    Id::unique("place of the right half")
}

/// Turns to the right half where one half is shown at a time.
pub fn show_right(ctx: &Context) {
    ctx.data_mut(|data| data.insert_temp(shown(), true));
}

/// Turns to the left half, as each page begins with it.
pub fn show_left(ctx: &Context) {
    ctx.data_mut(|data| data.insert_temp(shown(), false));
}

/// The left half; it is drawn before the right one.
pub fn left_ui(ui: &mut Ui, names: Names, add: impl FnOnce(&mut Ui)) {
    let whole = ui.available_rect_before_wrap();
    if whole.width() < NARROW {
        narrow_ui(ui, names, add);
        return;
    }
    let share: f32 = ui.data_mut(|data| *data.get_persisted_mut_or(share(), SHARE));
    let width = (whole.width() * share).clamp(LEAST, whole.width() - LEAST - GAP);
    let left = Rect::from_min_size(whole.min, vec2(width, whole.height()));
    let right = Rect::from_min_max(whole.min + vec2(width + GAP, 0.0), whole.max);
    half_ui(ui, tr!("left half"), left, add);
    line_ui(ui, whole, left.right() + GAP / 2.0);
    ui.data_mut(|data| data.insert_temp(place(), Some(right)));
}

/// The right half, where it is shown.
pub fn right_ui(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let right: Option<Rect> = ui.data_mut(|data| data.remove_temp(place())).flatten();
    if let Some(right) = right {
        half_ui(ui, tr!("right half"), right, |ui| {
            focus::part_ui(ui, Part::Preview, right);
            add(ui);
        });
    }
}

fn narrow_ui(ui: &mut Ui, names: Names, add: impl FnOnce(&mut Ui)) {
    let is_right: bool = ui.data(|data| data.get_temp(shown())).unwrap_or(false);
    let mut tab = names[usize::from(is_right)].to_owned();
    entry::tabs_ui(ui, &names, &mut tab);
    let is_right = tab == names[1];
    ui.data_mut(|data| data.insert_temp(shown(), is_right));
    ui.add_space(GAP_SMALL);
    let rest = ui.available_rect_before_wrap();
    if !is_right {
        half_ui(ui, tr!("left half"), rest, add);
    }
    ui.data_mut(|data| data.insert_temp(place(), is_right.then_some(rest)));
}

/// Content that does not fit must not widen its half.
fn half_ui(ui: &mut Ui, name: &str, rect: Rect, add: impl FnOnce(&mut Ui)) {
    let mut inside = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(name));
    inside.set_clip_rect(rect.expand(2.0).intersect(ui.clip_rect()));
    add(&mut inside);
}

/// The line between the halves: dragged, or moved by the arrow keys; a double click puts it back.
fn line_ui(ui: &Ui, whole: Rect, x: f32) {
    let rect = Rect::from_x_y_ranges(x - GAP / 2.0..=x + GAP / 2.0, whole.y_range());
    let line = ui.interact(rect, ui.scope_id().with("line between the halves"), Sense::click_and_drag());
    line.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Splitter, true, tr!("Width of the settings")));
    let mut to = ui.data_mut(|data| *data.get_persisted_mut_or(share(), SHARE));
    let before = to;
    if let Some(at) = line.interact_pointer_pos().filter(|_| line.dragged()) {
        to = (at.x - whole.left()) / whole.width();
    }
    if line.has_focus() {
        let filter = egui::EventFilter { horizontal_arrows: true, ..egui::EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(line.id, filter));
        to += STEP * (pressed(ui, Key::ArrowRight) - pressed(ui, Key::ArrowLeft));
    }
    if line.double_clicked() {
        to = SHARE;
    }
    let least = LEAST / whole.width();
    to = to.clamp(least, (1.0 - least).max(least));
    if to != before {
        ui.data_mut(|data| data.insert_persisted(share(), to));
        ui.ctx().request_repaint();
    }
    mark_ui(ui, &line, x);
}

fn pressed(ui: &Ui, key: Key) -> f32 {
    ui.input(|input| input.num_presses(key)) as f32
}

fn mark_ui(ui: &Ui, line: &Response, x: f32) {
    if line.hovered() || line.dragged() {
        ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
    }
    if line.hovered() || line.dragged() || line.has_focus() {
        ui.painter().vline(x, line.rect.y_range(), Stroke::new(2.0, palette(ui).accent));
    }
}
