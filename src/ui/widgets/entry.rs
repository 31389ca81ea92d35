//! Entries of settings: fields that hold what is typed until it is done, check boxes with names of their own, tabs,
//! and bars of values.

use std::collections::BTreeMap;

use eframe::egui::{self, Align, Key, Layout, Response, RichText, Sense, Ui, vec2};

use super::form::{self, Named};
use super::help::Helped as _;
use super::text;
use crate::help::Figure;
use crate::ui::theme::{ROW_HEIGHT, palette};

/// What a field with held text came to this frame.
pub struct Typed {
    /// What stands in the field.
    pub text: String,
    /// Changed by a key just now.
    pub changed: bool,
    /// Left, or Enter was pressed, with another text than before.
    pub done: bool,
    pub focused: bool,
    pub response: Response,
}

/// A text field that holds what is typed apart from `value` while it is edited; Escape takes it back.
pub fn held_text_ui(
    ui: &mut Ui,
    held: &mut BTreeMap<String, String>,
    (name, help): Named<'_>,
    value: &str,
    hint: &str,
    width: f32,
) -> Typed {
    let mut text = held.remove(name).unwrap_or_else(|| value.to_owned());
    let response = form::text_ui(ui, (name, help), &mut text, hint, width);
    let left = response.lost_focus() && !ui.input(|input| input.key_pressed(Key::Escape));
    let focused = response.has_focus();
    let done = left && text != value;
    if focused {
        held.insert(name.to_owned(), text.clone());
    }
    Typed { text, changed: response.changed(), done, focused, response }
}

/// A check box; `name` is what a screen reader says and a test finds it by, `label` what stands beside it.
pub fn check_ui(ui: &mut Ui, (name, help): Named<'_>, checked: &mut bool, label: &str, enabled: bool) -> Response {
    let response = ui.add_enabled(enabled, egui::Checkbox::new(checked, label));
    let checked = *checked;
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, enabled, checked, name));
    response.help(help)
}

/// A box to tick that a click reaches, and Tab only where `takes_focus`: the box of a row of a list.
pub fn tick_ui(ui: &mut Ui, (name, help): Named<'_>, ticked: &mut bool, takes_focus: bool) -> Response {
    let sense = if takes_focus { Sense::click() } else { Sense::CLICK };
    let side = ui.spacing().icon_width;
    let (rect, mut response) = ui.allocate_exact_size(vec2(side, ROW_HEIGHT), sense);
    if response.clicked() {
        *ticked = !*ticked;
        response.mark_changed();
    }
    let checked = *ticked;
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, checked, name));
    let visuals = ui.style().interact(&response);
    let square = egui::Rect::from_center_size(rect.center(), vec2(side, side)).expand(visuals.expansion);
    ui.painter().rect(square, visuals.corner_radius, visuals.bg_fill, visuals.bg_stroke, egui::StrokeKind::Inside);
    if checked {
        let at = |x: f32, y: f32| square.lerp_inside(vec2(x, y));
        let mark = vec![at(0.25, 0.52), at(0.44, 0.72), at(0.78, 0.28)];
        ui.painter().add(egui::Shape::line(mark, visuals.fg_stroke));
    }
    response.help(help)
}

/// A button with another accessible name than its text.
pub fn named_button(ui: &mut Ui, text: &str, name: &str) -> Response {
    let response = ui.button(text);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
    response
}

/// Tabs: one of these is shown.
pub fn tabs_ui(ui: &mut Ui, tabs: &[&'static str], shown: &mut String) {
    if !tabs.contains(&shown.as_str()) {
        *shown = tabs.first().copied().unwrap_or_default().to_owned();
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for &tab in tabs {
            let selected = *shown == tab;
            let color = if selected { palette(ui).accent } else { palette(ui).text };
            let response = ui.add(egui::Button::selectable(selected, RichText::new(crate::text::of(tab)).color(color)));
            response
                .widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, selected, crate::text::of(tab)));
            if response.clicked() {
                tab.clone_into(shown);
            }
        }
    });
}

/// The width left for a field before buttons with these texts at the end of its line.
pub fn width_before(ui: &Ui, buttons: &[&str]) -> f32 {
    let font = egui::TextStyle::Button.resolve(ui.style());
    let spacing = ui.spacing();
    let (padding, gap) = (2.0 * spacing.button_padding.x, spacing.item_spacing.x);
    let width = |text: &str| {
        let galley = ui.painter().layout_no_wrap(text.to_owned(), font.clone(), palette(ui).text);
        galley.size().x + padding + gap
    };
    let taken: f32 = buttons.iter().map(|text| width(text)).sum();
    (ui.available_width() - taken - 1.0).max(60.0)
}

/// A part of a line with a width of its own, its content in the middle of its height.
pub fn cell_ui<R>(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui) -> R) -> R {
    let layout = Layout::left_to_right(Align::Center);
    let inner = ui.allocate_ui_with_layout(vec2(width, ROW_HEIGHT), layout, |ui| {
        ui.set_width(width);
        content(ui)
    });
    inner.inner
}

/// Scrolls what has the focus into view when the focus moves there by a key; called inside a scroll area.
pub fn follow_focus_ui(ui: &Ui, seen: &mut Option<egui::Id>) {
    let focused = ui.memory(egui::Memory::focused);
    if focused == *seen {
        return;
    }
    let Some(response) = focused.and_then(|id| ui.ctx().read_response(id)) else { return };
    if ui.min_rect().intersects(response.rect) && ui.min_rect().x_range().contains(response.rect.center().x) {
        *seen = focused;
        if !ui.clip_rect().contains_rect(response.rect) {
            ui.scroll_to_rect(response.rect, None);
        }
    }
}

/// Values with bars as long as their counts; a click on one returns its place. `total` is what shares are of.
pub fn value_bars_ui(ui: &mut Ui, values: &[(String, u64)], total: u64, verb: &str) -> Option<usize> {
    let palette = palette(ui);
    let largest = values.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1);
    let mut clicked = None;
    let (name_width, count_width) = (ui.available_width() * 0.42, 110.0);
    for (place, (value, count)) in values.iter().enumerate() {
        ui.horizontal(|ui| {
            let shown = text::one_line(value, 60);
            let label = RichText::new(&shown).color(palette.accent);
            let button = egui::Button::new(label).frame(false).truncate();
            let response = cell_ui(ui, name_width, |ui| ui.add(button));
            let name = format!("{verb} {shown}");
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
            if response.on_hover_text(format!("{value}\n\n{name}")).clicked() {
                clicked = Some(place);
            }
            let width = (ui.available_width() - count_width - 8.0).max(20.0);
            let (rect, bar) = ui.allocate_exact_size(vec2(width, 12.0), egui::Sense::hover());
            let share = *count as f32 / largest as f32;
            let filled = egui::Rect::from_min_size(rect.min, vec2((width * share).max(1.0), rect.height()));
            ui.painter().rect_filled(filled, 2.0, palette.chart);
            let shares = format!("{} ({})", text::count(*count), text::percent(*count, total));
            bar.on_hover_text(tr!(
                "Rows with this value, and their share of all {total} rows",
                total = text::count(total)
            ));
            ui.label(RichText::new(shares).color(palette.text_weak));
        });
    }
    clicked
}

/// Facts in two columns: what, and how much, with the formula on hover.
pub fn facts_ui(ui: &mut Ui, id: &str, facts: &[(Figure, String)]) {
    egui::Grid::new(id).num_columns(2).spacing(vec2(18.0, 4.0)).show(ui, |ui| {
        for (of, value) in facts {
            form::label_ui(ui, crate::text::of(of.topic().title)).help(of.topic());
            ui.label(text::one_line(value, 80)).help(of.topic());
            ui.end_row();
        }
    });
}
