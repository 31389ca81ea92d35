//! The rows of a value list: only those in view are drawn.

use eframe::egui::{self, Ui};

use crate::help;
use crate::project::Alias;
use crate::ui::context::PageCx;
use crate::ui::theme::{ROW_HEIGHT, icon};
use crate::ui::widgets::{entry, form};

const WIDTH: f32 = 165.0;

/// `value` counts as `same as`.
pub fn aliases_ui(ui: &mut Ui, cx: &mut PageCx<'_>, id: &str) {
    let Some(list) = cx.draft.alias_list(id) else { return };
    let rows = list.aliases.clone();
    let mut edited = None;
    let mut removed = None;
    area(rows.len()).show_rows(ui, ROW_HEIGHT, rows.len(), |ui, shown| {
        for place in shown {
            ui.horizontal(|ui| {
                let mut alias = rows[place].clone();
                let number = place + 1;
                cell_ui(ui, cx, &tr!("Value {number}", number), &mut alias.value);
                form::label_ui(ui, tr!("is"));
                cell_ui(ui, cx, &tr!("Same as {number}", number), &mut alias.same_as);
                if form::icon_button(ui, icon::REMOVE, &tr!("Remove value {number}", number), true) {
                    removed = Some(place);
                }
                if alias != rows[place] {
                    edited = Some((place, alias));
                }
            });
        }
    });
    let added = ui.horizontal(|ui| {
        let value = new_cell_ui(ui, cx, tr!("New value"), "MSFT");
        form::label_ui(ui, tr!("is"));
        let same_as = new_cell_ui(ui, cx, tr!("New same as"), "Microsoft");
        let whole = !value.trim().is_empty() && !same_as.trim().is_empty();
        (add_ui(ui, whole) && whole).then_some(Alias { value, same_as })
    });
    let Some(list) = cx.draft.alias_lists.iter_mut().find(|list| list.id == id) else { return };
    if let Some((place, alias)) = edited {
        list.aliases[place] = alias;
    } else if let Some(place) = removed {
        list.aliases.remove(place);
    } else if let Some(alias) = added.inner {
        list.aliases.push(alias);
        forget_new(cx);
    } else {
        return;
    }
    cx.name_edit(tr!("Edit alias list"));
}

/// Values that match nothing.
pub fn bypass_ui(ui: &mut Ui, cx: &mut PageCx<'_>, id: &str) {
    let Some(list) = cx.draft.bypass_list(id) else { return };
    let rows = list.values.clone();
    let mut edited = None;
    let mut removed = None;
    area(rows.len()).show_rows(ui, ROW_HEIGHT, rows.len(), |ui, shown| {
        for place in shown {
            ui.horizontal(|ui| {
                let mut value = rows[place].clone();
                let number = place + 1;
                cell_ui(ui, cx, &tr!("Value {number}", number), &mut value);
                if form::icon_button(ui, icon::REMOVE, &tr!("Remove value {number}", number), true) {
                    removed = Some(place);
                }
                if value != rows[place] {
                    edited = Some((place, value));
                }
            });
        }
    });
    let added = ui.horizontal(|ui| {
        let value = new_cell_ui(ui, cx, tr!("New value"), "555-1212");
        let whole = !value.trim().is_empty();
        (add_ui(ui, whole) && whole).then_some(value)
    });
    let Some(list) = cx.draft.bypass_lists.iter_mut().find(|list| list.id == id) else { return };
    if let Some((place, value)) = edited {
        list.values[place] = value;
    } else if let Some(place) = removed {
        list.values.remove(place);
    } else if let Some(value) = added.inner {
        list.values.push(value);
        forget_new(cx);
    } else {
        return;
    }
    cx.name_edit(tr!("Edit bypass list"));
}

fn area(rows: usize) -> egui::ScrollArea {
    let height = if rows == 0 { 1.0 } else { 190.0 };
    egui::ScrollArea::vertical().id_salt("rows").max_height(height).auto_shrink([false, true])
}

/// A value, taken once it is whole: a list may be long, and every edit matches again.
fn cell_ui(ui: &mut Ui, cx: &mut PageCx<'_>, name: &str, value: &mut String) {
    let typed = entry::held_text_ui(ui, &mut cx.memory.typed, (name, help::LIST_VALUE), value, "", WIDTH);
    if typed.done {
        *value = typed.text;
    }
}

fn new_cell_ui(ui: &mut Ui, cx: &mut PageCx<'_>, name: &str, hint: &str) -> String {
    let typed = cx.memory.typed.entry(name.to_owned()).or_default();
    form::text_ui(ui, (name, help::LIST_VALUE), typed, hint, WIDTH);
    typed.clone()
}

fn forget_new(cx: &mut PageCx<'_>) {
    cx.memory.typed.remove("New value");
    cx.memory.typed.remove("New same as");
}

fn add_ui(ui: &mut Ui, whole: bool) -> bool {
    let reason = if whole { Ok(()) } else { Err(tr!("Type the value first.").to_owned()) };
    form::button_or_reason(ui, tr!("Add value"), reason).clicked()
}
