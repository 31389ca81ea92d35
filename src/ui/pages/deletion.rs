//! Deleting: at once where nothing uses the thing; else it says what does, and asks.

use eframe::egui::{RichText, Ui};

use crate::ui::context::PageCx;
use crate::ui::theme::{icon, palette};
use crate::ui::widgets::form;

/// The delete button of a `kind` of thing, such as an activity; says whether to delete it now.
pub fn delete_ui(ui: &mut Ui, cx: &mut PageCx<'_>, kind: &str, id: &str, name: &str, users: &[String]) -> bool {
    let asked = format!("{kind} to delete");
    if cx.memory.typed.get(&asked).map(String::as_str) == Some(id) && !users.is_empty() {
        let text = tr!(
            "{name} is used by {users}, which will show an error until it is changed.",
            name,
            users = users.join(", ")
        );
        let color = palette(ui).warning;
        form::message_ui(ui, icon::WARNING, color, RichText::new(text));
        let mut delete = false;
        ui.horizontal(|ui| {
            delete = ui.button(tr!("Delete all the same")).clicked();
            if delete || ui.button(tr!("Keep it")).clicked() {
                cx.memory.typed.remove(&asked);
            }
        });
        return delete;
    }
    let clicked = ui.button(icon::before(icon::DELETE, &tr!("Delete {kind}", kind))).clicked();
    clicked && ask(cx, kind, id, users)
}

/// Delete was pressed or clicked: says whether to delete the thing now; else it is asked where its button is.
pub fn ask(cx: &mut PageCx<'_>, kind: &str, id: &str, users: &[String]) -> bool {
    if !users.is_empty() {
        cx.memory.typed.insert(format!("{kind} to delete"), id.to_owned());
    }
    users.is_empty()
}
