//! Where Tab begins while nothing has the focus: at what was clicked or let the focus go last, else at the page, not at
//! the menu; and how F6 goes round the parts of the window.

use eframe::egui::{Context, FocusDirection, Id, Key, Modifiers, Pos2, Rect, Ui};

use super::widgets::split;
use crate::workbench::Page;

#[derive(Default)]
pub struct FocusStart {
    /// What was clicked, or let the focus go, last on this page: a text field does at Enter.
    last: Option<Id>,
    page: Option<Page>,
    /// What had the focus a frame ago.
    focused: Option<Id>,
}

impl FocusStart {
    /// Called before anything is drawn.
    pub fn look(&mut self, ctx: &Context, page: Page) {
        let before = self.focused;
        let is_same = self.page.replace(page) == Some(page);
        if !is_same {
            self.last = None;
            leave_bars(ctx, before);
            split::show_left(ctx);
        }
        look_at_parts(ctx);
        self.focused = ctx.memory(|memory| memory.focused());
        let takes_focus = |id: &Id| ctx.read_response(*id).is_some_and(|response| response.sense.is_focusable());
        let let_go = before.filter(|id| is_same && self.focused.is_none() && takes_focus(id));
        let clicked = ctx.interaction_snapshot(|snapshot| snapshot.clicked);
        self.last = clicked.filter(takes_focus).or(let_go).or(self.last);
        let is_wanted = ctx.memory(|memory| memory.focused().is_none() && memory.top_modal_layer().is_none());
        let is_tab = || ctx.input(|input| input.modifiers == Modifiers::NONE && input.key_pressed(Key::Tab));
        if !is_wanted || !is_tab() {
            return;
        }
        let start = self.last.filter(takes_focus).unwrap_or_else(page_start);
        ctx.memory_mut(|memory| memory.request_focus(start));
    }
}

fn page_start() -> Id {
    Id::unique("start of the page")
}

/// A part of the window that F6 stops at, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Rail,
    Page,
    Preview,
    Status,
}

/// The parts drawn since the frame began, with their places, and the one that is to get the focus.
#[derive(Clone, Default)]
struct Parts {
    drawn: Vec<(Part, Rect)>,
    wanted: Option<Part>,
}

impl Parts {
    fn id() -> Id {
        Id::unique("parts of the window")
    }

    /// The part of a place. The preview lies within the page, and is drawn after it.
    fn at(&self, at: Pos2) -> Option<Part> {
        self.drawn.iter().rfind(|(_, rect)| rect.contains(at)).map(|(part, _)| *part)
    }

    /// The part after the one that has the focus, or before it; the page where none has it.
    fn next(&self, focused: Option<Pos2>, forward: bool) -> Option<Part> {
        let mut parts: Vec<Part> = self.drawn.iter().map(|(part, _)| *part).collect();
        parts.sort_unstable();
        parts.dedup();
        let Some(now) = focused.and_then(|at| self.at(at)) else {
            return parts.contains(&Part::Page).then_some(Part::Page);
        };
        let place = parts.iter().position(|part| *part == now)?;
        let step = if forward { 1 } else { parts.len() - 1 };
        parts.get((place + step) % parts.len()).copied()
    }
}

/// Begins a part of the window; its first control gets the focus where F6 asked for it.
pub fn part_ui(ui: &Ui, part: Part, rect: Rect) {
    let is_wanted = ui.data_mut(|data| {
        let parts: &mut Parts = data.get_temp_mut_or_default(Parts::id());
        parts.drawn.push((part, rect));
        parts.wanted.take_if(|wanted| *wanted == part).is_some()
    });
    if is_wanted {
        to_next_ui(ui);
    }
}

/// A part that is drawn later in this frame gets the focus.
pub fn want(ctx: &Context, part: Part) {
    ctx.data_mut(|data| data.get_temp_mut_or_default::<Parts>(Parts::id()).wanted = Some(part));
}

/// Another page is shown: a menu or the status bar that still has the focus of before lets it go, so that Tab begins at
/// the page. The rail keeps it, whose arrows go on.
fn leave_bars(ctx: &Context, before: Option<Id>) {
    let Some(id) = ctx.memory(|memory| memory.focused()).filter(|id| Some(*id) == before) else { return };
    let parts: Parts = ctx.data(|data| data.get_temp(Parts::id())).unwrap_or_default();
    let Some(at) = ctx.read_response(id).map(|response| response.rect.center()) else { return };
    // The menus stand above all parts; the list of the panel keeps the focus, since its keys go on.
    let is_above = parts.drawn.iter().all(|(_, rect)| at.y < rect.top());
    if is_above || parts.at(at) == Some(Part::Status) {
        ctx.memory_mut(|memory| memory.surrender_focus(id));
    }
}

/// Takes F6 and Shift+F6, before anything is drawn.
fn look_at_parts(ctx: &Context) {
    let mut parts: Parts = ctx.data(|data| data.get_temp(Parts::id())).unwrap_or_default();
    let pressed = |modifiers| ctx.input_mut(|input| input.consume_key(modifiers, Key::F6));
    let is_free = ctx.memory(|memory| memory.top_modal_layer().is_none());
    let direction = match () {
        () if !is_free => None,
        // With Shift first: without modifiers, egui takes Shift for none.
        () if pressed(Modifiers::SHIFT) => Some(false),
        () if pressed(Modifiers::NONE) => Some(true),
        () => None,
    };
    parts.wanted = direction.and_then(|forward| {
        let focused = ctx.memory(|memory| memory.focused()).and_then(|id| ctx.read_response(id));
        parts.next(focused.map(|response| response.rect.center()), forward)
    });
    parts.drawn.clear();
    ctx.data_mut(|data| data.insert_temp(Parts::id(), parts));
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

#[cfg(test)]
mod tests {
    use eframe::egui::{pos2, vec2};

    use super::*;

    #[test]
    fn parts_follow_each_other_round_and_the_preview_lies_in_the_page() {
        let rect = |x: f32, width: f32| Rect::from_min_size(pos2(x, 0.0), vec2(width, 100.0));
        let drawn = vec![
            (Part::Status, Rect::from_min_size(pos2(0.0, 100.0), vec2(500.0, 20.0))),
            (Part::Rail, rect(0.0, 100.0)),
            (Part::Page, rect(100.0, 400.0)),
            (Part::Preview, rect(300.0, 200.0)),
        ];
        let parts = Parts { drawn, wanted: None };
        let next = |x: f32, y: f32, forward| parts.next(Some(pos2(x, y)), forward);
        assert_eq!(next(50.0, 50.0, true), Some(Part::Page));
        assert_eq!(next(150.0, 50.0, true), Some(Part::Preview));
        assert_eq!(next(350.0, 50.0, true), Some(Part::Status));
        assert_eq!(next(350.0, 110.0, true), Some(Part::Rail));
        assert_eq!(next(50.0, 50.0, false), Some(Part::Status));
        assert_eq!(parts.next(None, true), Some(Part::Page));
        assert_eq!(Parts::default().next(None, true), None);
    }
}
