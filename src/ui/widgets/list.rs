//! A list of things of which one is chosen: one stop of Tab, walked by arrows, Home and End. Enter goes on to what the
//! list is of, Delete asks for its removal. A long list can be searched and takes its share of the window.

use eframe::egui::accesskit::Role as Access;
use eframe::egui::{self, EventFilter, Id, Key, Modifiers, Response, Sense, Ui, WidgetText, pos2, vec2};

use super::form::Named;
use super::{entry, form};
use crate::help;
use crate::ui::focus;
use crate::ui::theme::ROW_HEIGHT;

/// Lists of so many rows or more have a search field.
const SEARCHED: usize = 12;
/// Of the height of the window, at most.
const SHARE: f32 = 0.4;
/// Lists of so many rows or fewer are drawn whole, so that a screen reader knows all of them.
const DRAWN_WHOLE: usize = 60;
/// Space between rows.
const BETWEEN: f32 = 1.0;
const PAGE: isize = 10;

/// What is listed.
pub struct List<'a> {
    /// The name of the list, such as `Tables`.
    pub called: &'a str,
    /// What each row is called: `Table Store`.
    pub names: &'a [String],
    pub chosen: Option<usize>,
}

/// What was asked of a list this frame; rows by their places.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked {
    /// The row that is chosen from now on.
    pub chosen: Option<usize>,
    /// Delete was pressed: this thing is to go.
    pub deletes: Option<usize>,
    /// Alt and an arrow were pressed: this row is to go up, or down.
    pub moves: Option<(usize, bool)>,
    /// Space was pressed: this row is to be ticked, or no longer.
    pub ticks: Option<usize>,
}

/// A row that is being drawn.
pub struct Row<'a> {
    pub place: usize,
    pub is_chosen: bool,
    /// Whether Tab stops at this row. Only here may other controls of a row take the focus.
    pub is_stop: bool,
    name: &'a str,
    held: &'a mut Held,
    asked: &'a mut Asked,
}

/// What a list knows from frame to frame.
#[derive(Debug, Clone, Default)]
struct Held {
    typed: String,
    /// The row that Tab stops at, and its box to tick.
    stop: Option<Id>,
    tick: Option<Id>,
    /// The row that is to get the focus, and whether its box is to.
    wanted: Option<usize>,
    wants_tick: bool,
    /// The chosen row is to get the focus.
    wants_chosen: bool,
    /// The row brought into view last.
    followed: Option<usize>,
}

fn id(called: &str) -> Id {
    Id::unique(("list", called))
}

/// The chosen row of the list that is called so gets the focus when it is drawn next.
pub fn want_chosen(ctx: &egui::Context, called: &str) {
    ctx.data_mut(|data| data.get_temp_mut_or_default::<Held>(id(called)).wants_chosen = true);
}

pub fn list_ui(ui: &mut Ui, list: &List<'_>, mut row_ui: impl FnMut(&mut Ui, &mut Row<'_>)) -> Asked {
    let id = id(list.called);
    let mut held: Held = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let mut asked = Asked::default();
    let enters = list.names.len() >= SEARCHED && search_ui(ui, list, &mut held);
    let found = found(list, &held.typed);
    let opens = keys_ui(ui, list, &found, &mut held, &mut asked);
    if std::mem::take(&mut held.wants_chosen) {
        (held.wanted, held.wants_tick) = (list.chosen, false);
    }
    if enters {
        (asked.chosen, held.wanted) = (found.first().copied(), found.first().copied());
    }
    let chosen = asked.chosen.or(list.chosen);
    let stop = chosen.filter(|place| found.contains(place)).or_else(|| found.first().copied());
    if found.is_empty() && !list.names.is_empty() {
        form::label_ui(ui, tr!("Nothing is called so"));
    }
    let highest = (ui.ctx().content_rect().height() * SHARE).max(4.0 * ROW_HEIGHT);
    let builder = egui::UiBuilder::new().accessibility_role(Access::ListBox).accessibility_label(list.called);
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.y = BETWEEN;
        let area = egui::ScrollArea::vertical().id_salt(list.called).max_height(highest).auto_shrink([false, true]);
        area.show_viewport(ui, |ui, viewport| {
            let height = ROW_HEIGHT + BETWEEN;
            ui.set_height((height * found.len() as f32 - BETWEEN).max(0.0));
            let (left, top, width) = (ui.max_rect().left(), ui.max_rect().top(), ui.available_width());
            for (line, &place) in found.iter().enumerate() {
                let above = height * line as f32;
                let rect = egui::Rect::from_min_size(pos2(left, top + above), vec2(width, ROW_HEIGHT));
                let is_chosen = chosen == Some(place);
                if is_chosen && held.followed != chosen && !ui.is_sizing_pass() {
                    held.followed = chosen;
                    ui.scroll_to_rect_animation(rect, None, egui::style::ScrollAnimation::none());
                }
                let is_stop = stop == Some(place);
                let is_near = viewport.expand(height).y_range().contains(above + height / 2.0);
                if !(is_near || is_stop || found.len() <= DRAWN_WHOLE) {
                    continue;
                }
                let line = egui::Layout::left_to_right(egui::Align::Center);
                let line = egui::UiBuilder::new().max_rect(rect).layout(line).id_salt(("row", &list.names[place]));
                let mut line_ui = ui.new_child(line);
                line_ui.spacing_mut().item_spacing.y = BETWEEN;
                let name = list.names[place].as_str();
                row_ui(&mut line_ui, &mut Row { place, is_chosen, is_stop, name, held: &mut held, asked: &mut asked });
            }
        });
    });
    ui.data_mut(|data| data.insert_temp(id, held));
    if opens {
        focus::to_next_ui(ui);
    }
    asked
}

/// The field above a long list; says whether the arrows lead out of it, into the list.
fn search_ui(ui: &mut Ui, list: &List<'_>, held: &mut Held) -> bool {
    let width = ui.available_width();
    let name = tr!("Search {called}", called = list.called.to_lowercase());
    let field = form::text_ui(ui, (&name, help::SEARCH_LIST), &mut held.typed, &name, width);
    field.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown))
}

/// The places of the rows that hold every word typed.
fn found(list: &List<'_>, typed: &str) -> Vec<usize> {
    let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    // A search field that is gone searches nothing.
    if words.is_empty() || list.names.len() < SEARCHED {
        return (0..list.names.len()).collect();
    }
    let fits = |name: &String| {
        let name = name.to_lowercase();
        words.iter().all(|word| name.contains(word))
    };
    list.names.iter().enumerate().filter(|(_, name)| fits(name)).map(|(place, _)| place).collect()
}

/// Takes the keys of the row that has the focus; says whether the focus is to go on to the chosen thing.
fn keys_ui(ui: &Ui, list: &List<'_>, found: &[usize], held: &mut Held, asked: &mut Asked) -> bool {
    let has_focus = |id: Option<Id>| id.is_some_and(|id| ui.memory(|memory| memory.has_focus(id)));
    held.wants_tick = has_focus(held.tick.take());
    if !has_focus(held.stop.take()) && !held.wants_tick {
        return false;
    }
    let now = found.iter().position(|place| Some(*place) == list.chosen).unwrap_or(0);
    let at = found.get(now).copied();
    // Before the arrows alone, which would take these too.
    let with_alt = |key| ui.input_mut(|input| input.consume_key(Modifiers::ALT, key));
    for (_, up) in [(Key::ArrowUp, true), (Key::ArrowDown, false)].into_iter().filter(|(key, _)| with_alt(*key)) {
        asked.moves = at.map(|place| (place, up));
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let moves = [
        (Key::ArrowDown, 1),
        (Key::ArrowUp, -1),
        (Key::PageDown, PAGE),
        (Key::PageUp, -PAGE),
        (Key::Home, isize::MIN),
        (Key::End, isize::MAX),
    ];
    for (_, by) in moves.into_iter().filter(|(key, _)| pressed(*key)) {
        let to = now.saturating_add_signed(by).min(found.len().saturating_sub(1));
        asked.chosen = found.get(to).copied();
        held.wanted = asked.chosen;
    }
    if held.wants_tick {
        // The rest is of the box.
        return false;
    }
    let opens = pressed(Key::Enter);
    if opens {
        asked.chosen = at;
    }
    asked.deletes = at.filter(|_| pressed(Key::Delete));
    asked.ticks = at.filter(|_| pressed(Key::Space));
    opens
}

impl Row<'_> {
    /// The box before a row that can be ticked. The arrows lead from it to those of other rows.
    pub fn tick_ui(&mut self, ui: &mut Ui, named: Named<'_>, ticked: &mut bool) -> Response {
        let response = entry::tick_ui(ui, named, ticked, self.is_stop);
        if self.is_stop {
            self.held.tick = Some(response.id);
            self.take_focus(ui, &response, true);
        }
        response
    }

    /// Gives the focus to the wanted row, to its box or the row itself, and keeps the arrows that walk the list.
    fn take_focus(&mut self, ui: &Ui, response: &Response, is_tick: bool) {
        if self.held.wanted == Some(self.place) && self.held.wants_tick == is_tick {
            self.held.wanted = None;
            response.request_focus();
        }
        let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
    }

    /// What the row is chosen by: it fills the rest of the line.
    pub fn button_ui(&mut self, ui: &mut Ui, text: impl Into<WidgetText>, right: impl Into<WidgetText>) -> Response {
        let size = vec2(ui.available_width(), ROW_HEIGHT);
        let button = egui::Button::selectable(self.is_chosen, text.into()).right_text(right.into());
        let sense = if self.is_stop { Sense::click() } else { Sense::CLICK };
        let response = ui.add(button.min_size(size).truncate().sense(sense));
        let (is_chosen, name) = (self.is_chosen, self.name);
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, is_chosen, name));
        form::say_chosen(&response, is_chosen);
        if response.clicked() {
            self.asked.chosen = Some(self.place);
            (self.held.wanted, self.held.wants_tick) = (Some(self.place), false);
        }
        if self.is_stop {
            self.held.stop = Some(response.id);
            self.take_focus(ui, &response, false);
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_list_is_not_searched_and_a_long_one_by_every_word() {
        let names: Vec<String> = (0..20).map(|number| format!("Table Shop{number}")).collect();
        let list = |count: usize| List { called: "Tables", names: &names[..count], chosen: None };
        assert_eq!(found(&list(3), "shop2"), [0, 1, 2]);
        assert_eq!(found(&list(20), "table SHOP1"), [1, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
        assert!(found(&list(20), "nobody").is_empty());
    }
}
