//! Where Tab begins while nothing has the focus: at what was clicked last, else at the page, not at the menu.

use eframe::egui::{Context, FocusDirection, Id, Key, Modifiers, Ui};

use super::widgets::split;
use crate::workbench::Page;

#[derive(Default)]
pub struct FocusStart {
    /// What was clicked last on this page.
    clicked: Option<Id>,
    page: Option<Page>,
}

impl FocusStart {
    /// Called before anything is drawn.
    pub fn look(&mut self, ctx: &Context, page: Page) {
        if self.page.replace(page) != Some(page) {
            self.clicked = None;
            split::show_left(ctx);
        }
        let takes_focus = |id: &Id| ctx.read_response(*id).is_some_and(|response| response.sense.is_focusable());
        let clicked = ctx.interaction_snapshot(|snapshot| snapshot.clicked);
        self.clicked = clicked.filter(takes_focus).or(self.clicked);
        let is_wanted = ctx.memory(|memory| memory.focused().is_none() && memory.top_modal_layer().is_none());
        let is_tab = || ctx.input(|input| input.modifiers == Modifiers::NONE && input.key_pressed(Key::Tab));
        if !is_wanted || !is_tab() {
            return;
        }
        let start = self.clicked.filter(takes_focus).unwrap_or_else(page_start);
        ctx.memory_mut(|memory| memory.request_focus(start));
    }
}

fn page_start() -> Id {
    Id::unique("start of the page")
}

/// Gives the focus to the next control that is drawn, as Tab would.
pub fn to_next_ui(ui: &Ui) {
    let (here, layer) = (Id::unique("before what gets the focus"), ui.layer_id());
    ui.memory_mut(|memory| {
        memory.request_focus(here);
        memory.move_focus(FocusDirection::Next);
        memory.interested_in_focus(here, layer);
    });
}

/// Passes the focus on to the first control of the page, where Tab is to begin there.
pub fn page_start_ui(ui: &Ui) {
    let layer = ui.layer_id();
    ui.memory_mut(|memory| {
        if memory.has_focus(page_start()) {
            memory.interested_in_focus(page_start(), layer);
        }
    });
}
