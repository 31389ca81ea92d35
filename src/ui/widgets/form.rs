//! Parts of forms, each with a name that a screen reader says and a test finds it by.

use eframe::egui::{self, Response, RichText, Ui, WidgetText};

use super::picker::{self, Entry};

/// What a control is called by a screen reader and a test, and what it means.
pub type Named<'a> = (&'a str, &'static Topic);
use super::help::Helped as _;
use crate::help::Topic;
use crate::ui::theme::{self, GAP, GAP_EMPTY, GAP_LARGE, TextRole as _, icon, palette};

/// A drop-down of things to tick: it stays open until something else is clicked, or Escape pressed.
pub fn menu_ui(
    ui: &mut Ui,
    (name, help): Named<'_>,
    chosen: &str,
    width: f32,
    options: impl FnOnce(&mut Ui),
) -> Response {
    // The width of a drop-down is its least one: a long choice would push what stands beside it.
    let size = egui::vec2(width, theme::ROW_HEIGHT);
    let inner = ui.allocate_ui(size, |ui| {
        ui.set_max_width(width);
        arrows_ui(ui, name);
        let combo = egui::ComboBox::from_id_salt(name).selected_text(chosen).width(width).truncate();
        combo.close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside).show_ui(ui, options)
    });
    let response = inner.inner.response;
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name);
        info.current_text_value = Some(chosen.to_owned());
        info
    });
    response.help(help)
}

/// In an open list the arrows go from option to option; egui takes whatever is nearest, and that may lie beneath.
fn arrows_ui(ui: &Ui, name: &str) {
    if !egui::ComboBox::is_open(ui.ctx(), ui.make_persistent_id(egui::IdSalt::new(name))) {
        return;
    }
    let direction = ui.input(|input| match () {
        () if input.key_pressed(egui::Key::ArrowDown) => Some(egui::FocusDirection::Next),
        () if input.key_pressed(egui::Key::ArrowUp) => Some(egui::FocusDirection::Previous),
        () => None,
    });
    if let Some(direction) = direction {
        ui.memory_mut(|memory| memory.move_focus(direction));
    }
}

/// Names an input that has no text of its own.
pub fn name_ui(response: Response, name: &str) -> Response {
    let label = name.to_owned();
    response.ctx.accesskit_node_builder(response.id, |node| node.set_label(label));
    response
}

/// Tells a screen reader whether an entry of a list is the chosen one.
pub fn say_chosen(response: &Response, is_chosen: bool) {
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.clear_toggled();
        node.set_selected(is_chosen);
    });
}

/// A drop-down of strings; says whether another was chosen.
pub fn choice_ui(ui: &mut Ui, name: Named<'_>, value: &mut String, width: f32, options: &[(String, String)]) -> bool {
    let shown = options.iter().find(|(id, _)| id == value).map_or(value.as_str(), |(_, text)| text.as_str());
    let shown = if shown.is_empty() { tr!("Choose…") } else { shown }.to_owned();
    let entries = || options.iter().map(|(id, text)| (id.clone(), Entry::new(text))).collect();
    picker::one_of_ui(ui, name, &shown, value, width, entries).changed()
}

/// A one-line text field with an accessible name.
pub fn text_ui(ui: &mut Ui, (name, help): Named<'_>, text: &mut String, hint: &str, width: f32) -> Response {
    // By its name, not its place: what appears above a field while someone types must not take the focus away.
    let edit = egui::TextEdit::singleline(text).id_salt(name).hint_text(hint).desired_width(width);
    let response = ui.add(edit);
    let (id, label) = (response.id, name.to_owned());
    ui.ctx().accesskit_node_builder(id, |node| node.set_label(label));
    response.help(help)
}

/// Width of what the fields of a form are called.
const LABEL: f32 = 112.0;
/// Fields are no wider, in points.
const WIDEST: f32 = 420.0;

/// A line of a form: what the field is called, and the field, as wide as it is told.
pub fn line_ui<R>(ui: &mut Ui, label: &str, help: &'static Topic, add: impl FnOnce(&mut Ui, f32) -> R) -> R {
    ui.horizontal(|ui| {
        let color = palette(ui).text_weak;
        let text = RichText::new(label).color(color);
        super::entry::cell_ui(ui, LABEL, |ui| ui.add(egui::Label::new(text).truncate())).help(help);
        let width = ui.available_width().min(WIDEST);
        add(ui, width)
    })
    .inner
}

/// A small weak label before a field.
pub fn label_ui(ui: &mut Ui, text: &str) -> Response {
    let color = palette(ui).text_weak;
    ui.label(RichText::new(text).color(color))
}

/// A section title.
pub fn section_ui(ui: &mut Ui, title: &str) {
    ui.add_space(GAP);
    ui.label(RichText::new(title).title());
}

/// The title of a part of a card, such as a chart.
pub fn subtitle_ui(ui: &mut Ui, title: &str) -> Response {
    ui.label(RichText::new(title).bold())
}

/// The one button that goes on.
pub fn primary_button(ui: &mut Ui, text: &str) -> Response {
    let palette = palette(ui);
    let button = ui.add(egui::Button::new(RichText::new(text).color(palette.on_accent)).fill(palette.accent));
    ring_ui(ui, button)
}

/// A ring around what has the focus, where its own frame would not show it.
pub fn ring_ui(ui: &Ui, response: Response) -> Response {
    if response.has_focus() {
        let (stroke, outside) = (egui::Stroke::new(2.0, palette(ui).text), egui::StrokeKind::Outside);
        ui.painter().rect_stroke(response.rect.expand(1.0), theme::RADIUS, stroke, outside);
    }
    response
}

/// A button that shows why it cannot be used.
pub fn button_or_reason(ui: &mut Ui, text: &str, reason: Result<(), String>) -> Response {
    match reason {
        Ok(()) => ui.button(text),
        Err(reason) => ui.add_enabled(false, egui::Button::new(text)).on_disabled_hover_text(reason),
    }
}

/// What an icon button takes of a line, the gap before it included.
pub const ICON_ROOM: f32 = 40.0;

/// A small button with an icon; `name` is what it is called.
pub fn icon_button(ui: &mut Ui, icon: &str, name: &str, enabled: bool) -> bool {
    let response = ui.add_enabled(enabled, egui::Button::new(icon).min_size(egui::vec2(24.0, 22.0)));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, name));
    response.on_hover_text(name).clicked()
}

/// A message inside a page, such as a warning at its place.
pub fn message_ui(ui: &mut Ui, icon: &str, color: egui::Color32, text: impl Into<WidgetText>) {
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(icon).color(color));
        ui.label(text.into().color(color));
    });
}

pub fn warning_ui(ui: &mut Ui, text: impl Into<String>) {
    let color = palette(ui).warning;
    message_ui(ui, icon::WARNING, color, RichText::new(text));
}

pub fn error_ui(ui: &mut Ui, text: impl Into<String>) {
    let color = palette(ui).error;
    message_ui(ui, icon::ERROR, color, RichText::new(text));
}

/// An empty place that says what it is for and offers the one button.
pub fn empty_ui(ui: &mut Ui, sentence: &str, button: Option<&str>) -> bool {
    let mut clicked = false;
    ui.add_space(GAP_EMPTY);
    ui.vertical_centered(|ui| {
        let color = palette(ui).text_weak;
        ui.label(RichText::new(sentence).title().color(color));
        ui.add_space(GAP_LARGE);
        if let Some(button) = button {
            let button = primary_button(ui, button);
            super::help::frame_where_lost(&button);
            clicked = button.clicked();
        }
    });
    clicked
}

/// A list row that can be selected, with a weak text at its right end.
pub fn list_row_ui(ui: &mut Ui, selected: bool, text: impl Into<WidgetText>, right: &str) -> Response {
    let right = RichText::new(right).color(palette(ui).text_weak);
    let size = egui::vec2(ui.available_width(), theme::ROW_HEIGHT);
    ui.add(egui::Button::selectable(selected, text.into()).right_text(right).min_size(size).truncate())
}
