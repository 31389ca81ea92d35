//! The list of a page that edits things of one kind, such as segments: one is chosen, added, or deleted.

use eframe::egui::containers::menu::MenuButton;
use eframe::egui::{self, RichText, Sense, Ui, WidgetText};

use super::deletion;
use crate::help::Topic;
use crate::project::Project;
use crate::ui::context::PageCx;
use crate::ui::theme::{TextRole as _, icon};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::list::{self, List, Row};
use crate::ui::widgets::{entry, form};

/// Room for the menu at the end of a row.
const MENU: f32 = 30.0;

/// The things of one kind.
pub struct Things<'a> {
    /// The title of the list: `Segments`.
    pub title: &'a str,
    /// What one is called in a sentence: `segment`.
    pub kind: &'a str,
    /// The button that adds one, and what it does.
    pub add: (&'a str, &'static Topic),
    pub all: &'a [Thing],
    /// The id of the one that is shown.
    pub chosen: Option<&'a str>,
    /// What uses the thing with an id, in words: it is asked before such a thing is deleted.
    pub users: fn(&Project, &str) -> Vec<String>,
}

pub struct Thing {
    pub id: String,
    pub name: String,
    /// What its row is called: `Segment Big spenders`.
    pub called: String,
}

impl Thing {
    pub fn new(id: &str, name: &str, called: String) -> Self {
        Self { id: id.to_owned(), name: name.to_owned(), called }
    }
}

/// What is to be done; things by their places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Add,
    Choose(usize),
    Delete(usize),
}

/// Draws the list; `row_ui` draws what stands in a row before its menu.
pub fn things_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    things: &Things<'_>,
    mut row_ui: impl FnMut(&mut Ui, &mut PageCx<'_>, &mut Row<'_>),
) -> Option<Asked> {
    let mut asked = None;
    if std::mem::take(&mut cx.memory.added) {
        list::want_chosen(ui.ctx(), things.title);
    }
    ui.horizontal(|ui| {
        ui.label(RichText::new(things.title).title());
        let (add, help) = things.add;
        if ui.button(add).help(help).clicked() {
            asked = Some(Asked::Add);
        }
    });
    let names: Vec<String> = things.all.iter().map(|thing| thing.called.clone()).collect();
    let chosen = things.all.iter().position(|thing| things.chosen == Some(&thing.id));
    let mut deletes = None;
    let of_list = list::list_ui(ui, &List { called: things.title, names: &names, chosen }, |ui, row| {
        let width = ui.available_width() - MENU;
        entry::cell_ui(ui, width, |ui| row_ui(ui, cx, row));
        if menu_ui(ui, things.kind, &things.all[row.place].name, row.is_stop) {
            deletes = Some(row.place);
        }
    });
    if let Some(place) = of_list.chosen {
        asked = Some(Asked::Choose(place));
    }
    if let Some(place) = deletes.or(of_list.deletes) {
        let id = &things.all[place].id;
        let users = (things.users)(cx.draft, id);
        if deletion::ask(cx, things.kind, id, &users) {
            asked = Some(Asked::Delete(place));
        }
    }
    for (place, thing) in things.all.iter().enumerate() {
        if deletion::is_asked(cx, things.kind, &thing.id) {
            let users = (things.users)(cx.draft, &thing.id);
            if deletion::question_ui(ui, cx, things.kind, &thing.name, &users) {
                asked = Some(Asked::Delete(place));
            }
        }
    }
    asked
}

/// The menu of a row; says whether the thing is to be deleted.
fn menu_ui(ui: &mut Ui, kind: &str, name: &str, takes_focus: bool) -> bool {
    let sense = if takes_focus { Sense::click() } else { Sense::CLICK };
    let button = egui::Button::new(icon::MORE).frame_when_inactive(false).sense(sense);
    let (response, inner) = MenuButton::from_button(button).ui(ui, |ui| {
        let text: WidgetText = icon::before(icon::DELETE, tr!("Delete")).into();
        let delete = ui.add(egui::Button::new(text).shortcut_text(tr!("Delete key")));
        let called = tr!("Delete {kind} {name}", kind, name);
        delete.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &called));
        delete.clicked()
    });
    let called = tr!("More of {kind} {name}", kind, name);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &called));
    form::ring_ui(ui, response);
    inner.is_some_and(|inner| inner.inner)
}
