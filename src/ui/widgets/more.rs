//! What can be done with a thing as a whole, behind one small button that does not call for attention.

use eframe::egui::{self, RichText, Role, Ui, WidgetInfo};

use crate::ui::theme::{icon, palette};

/// Room that the button takes of a line, the gap before it included.
pub const ROOM: f32 = 34.0;

/// One entry of the menu.
pub struct Item<T> {
    /// What stands in the menu.
    text: String,
    /// What a screen reader says and a test finds it by: it names the thing too.
    name: String,
    /// What choosing it asks for; without, it cannot be chosen now.
    does: Option<T>,
}

impl<T> Item<T> {
    pub fn new(text: impl Into<String>, name: String, does: impl Into<Option<T>>) -> Self {
        Self { text: text.into(), name, does: does.into() }
    }
}

/// Draws the button with this accessible name, and its menu while it is open; what was chosen just now. By keyboard
/// Enter opens it, and the arrows walk it.
pub fn more_ui<T>(ui: &mut Ui, name: &str, items: Vec<Item<T>>) -> Option<T> {
    let color = palette(ui).text_weak;
    let button = egui::Button::new(RichText::new(icon::MORE).color(color)).frame_when_inactive(false);
    let button = button.min_size(egui::vec2(26.0, 22.0));
    let (response, menu) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        let mut chosen = None;
        for item in items {
            let enabled = item.does.is_some();
            let entry = ui.add_enabled(enabled, egui::Button::new(item.text));
            entry.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, &item.name));
            if entry.clicked() {
                chosen = item.does;
            }
        }
        chosen
    });
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response.on_hover_text(name);
    menu.and_then(|menu| menu.inner)
}
