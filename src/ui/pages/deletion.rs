//! Deleting: at once where nothing uses the thing; else it says what does, and asks.

use eframe::egui::{RichText, Ui};

use crate::ui::context::PageCx;
use crate::ui::theme::{icon, palette};
use crate::ui::widgets::form;

/// The delete button of a `kind` of thing, such as a cluster; says whether to delete it now.
pub fn delete_ui(ui: &mut Ui, cx: &mut PageCx<'_>, kind: &str, id: &str, name: &str, users: &[String]) -> bool {
    if is_asked(cx, kind, id) && !users.is_empty() {
        return question_ui(ui, cx, kind, name, users);
    }
    let clicked = ui.button(icon::before(icon::DELETE, &tr!("Delete {kind}", kind))).clicked();
    clicked && ask(cx, kind, id, users)
}

/// Delete was pressed or clicked: says whether to delete the thing now; else it is asked.
pub fn ask(cx: &mut PageCx<'_>, kind: &str, id: &str, users: &[String]) -> bool {
    if !users.is_empty() {
        cx.memory.typed.insert(key(kind), id.to_owned());
    }
    users.is_empty()
}

/// Whether it is being asked if this thing is to go.
pub fn is_asked(cx: &PageCx<'_>, kind: &str, id: &str) -> bool {
    cx.memory.typed.get(&key(kind)).map(String::as_str) == Some(id)
}

/// Says what uses the thing, and asks; says whether to delete it all the same.
pub fn question_ui(ui: &mut Ui, cx: &mut PageCx<'_>, kind: &str, name: &str, users: &[String]) -> bool {
    if users.is_empty() {
        cx.memory.typed.remove(&key(kind));
        return false;
    }
    let text =
        tr!("{name} is used by {users}, which will show an error until it is changed.", name, users = users.join(", "));
    let color = palette(ui).warning;
    form::message_ui(ui, icon::WARNING, color, RichText::new(text));
    let mut delete = false;
    ui.horizontal(|ui| {
        delete = ui.button(tr!("Delete all the same")).clicked();
        if delete || ui.button(tr!("Keep it")).clicked() {
            cx.memory.typed.remove(&key(kind));
        }
    });
    delete
}

fn key(kind: &str) -> String {
    format!("{kind} to delete")
}
