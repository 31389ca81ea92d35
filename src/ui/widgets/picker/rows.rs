//! The open list: its search field, the rows in view, its keys, and what the active entry means.

use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{self, Color32, Event, EventFilter, Id, Key, Modifiers, Sense, TextStyle, Ui, pos2, vec2};

use super::{Entry, Open, on_one_line};
use crate::help;
use crate::ui::theme::{self, GAP_TINY, ROW_HEIGHT, icon, palette};
use crate::ui::widgets::form;

/// Lists of so many entries or fewer have no search field.
const SHORT: usize = 8;
/// Lists of so many lines or fewer are drawn whole, so that a screen reader knows all of them.
const DRAWN_WHOLE: usize = 60;
/// No list is wider than this, but where its field is.
const WIDEST: f32 = 360.0;
/// A list whose entries explain themselves is at least so wide.
const EXPLAINED: f32 = 260.0;
const HIGHEST: f32 = 300.0;
const PAGE: isize = 10;
/// Room for the mark of what is chosen.
const MARK: f32 = 20.0;
const PADDING: f32 = 6.0;

/// A line of the list: a group's name, or an entry by its place.
enum Line<'a> {
    Heading(&'a str),
    Entry(usize),
}

/// What the keys of this frame ask for.
#[derive(Default)]
struct Asked {
    chooses: bool,
    closes: bool,
}

/// Draws the open list of the drop-down with this id; the place of what was chosen.
pub fn list_ui(ui: &mut Ui, picker: Id, name: &str, entries: &[Entry], field_width: f32) -> Option<usize> {
    let mut open = Open::of(ui, picker, entries, || width(ui, entries, field_width));
    ui.set_width(open.width);
    let mut found = open.found(entries);
    let asked = keys_ui(ui, &mut open, entries, &found);
    let list = picker.with("list");
    let is_long = entries.len() > SHORT;
    let held = if is_long {
        let width = open.width - 8.0;
        let field = form::text_ui(
            ui,
            (&tr!("Search in {name}", name), help::SEARCH_LIST),
            &mut open.typed,
            tr!("Type to find"),
            width,
        );
        if field.changed() {
            found = open.search(entries);
        }
        field
    } else {
        let (rect, _) = ui.allocate_exact_size(vec2(open.width, 0.0), Sense::hover());
        ui.interact(rect, list.with("focus"), Sense::focusable_noninteractive())
    };
    hold_focus(ui, &held);
    let top = ui.cursor().top();
    let clicked = lines_ui(ui, list, &mut open, entries, &found);
    let height = ui.cursor().top() - top;
    open.height = open.height.max(height);
    // A list that became lower while it is searched would find no room to grow again.
    ui.add_space(open.height - height);
    let active = found.contains(&open.active).then_some(open.active);
    if let Some(active) = active {
        let row = row_id(list, active).accesskit_id();
        ui.ctx().accesskit_node_builder(held.id, |node| node.set_active_descendant(row));
    }
    foot_ui(ui, entries, active);
    let entered = if asked.chooses { active } else { None };
    let chosen = clicked.or(entered).filter(|place| entries.get(*place).is_some_and(|entry| entry.reason.is_none()));
    if chosen.is_some() || asked.closes {
        ui.memory_mut(|memory| memory.request_focus(picker));
        ui.close();
    }
    open.keep(ui, picker);
    chosen
}

/// The field, or the list itself, has the focus and every key while the list is open.
fn hold_focus(ui: &Ui, held: &egui::Response) {
    if ui.is_sizing_pass() {
        return;
    }
    if !held.has_focus() {
        held.request_focus();
    }
    let every = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(held.id, every));
}

/// Takes the keys that move and choose; letters stay with the search field.
fn keys_ui(ui: &Ui, open: &mut Open, entries: &[Entry], found: &[usize]) -> Asked {
    let mut asked = Asked::default();
    if ui.is_sizing_pass() {
        return asked;
    }
    let is_long = entries.len() > SHORT;
    let mut steps = Vec::new();
    let mut letters = Vec::new();
    ui.input_mut(|input| {
        input.events.retain(|event| {
            match event {
                Event::Key { key, pressed: true, modifiers: Modifiers::NONE, .. } => match key {
                    Key::ArrowDown => steps.push(1),
                    Key::ArrowUp => steps.push(-1),
                    Key::PageDown => steps.push(PAGE),
                    Key::PageUp => steps.push(-PAGE),
                    Key::Home => steps.push(isize::MIN),
                    Key::End => steps.push(isize::MAX),
                    Key::Enter => asked.chooses = true,
                    Key::Space if !is_long => asked.chooses = true,
                    Key::Escape | Key::Tab => asked.closes = true,
                    _ => return true,
                },
                Event::Key { key: Key::Tab, pressed: true, .. } => asked.closes = true,
                Event::Text(text) if !is_long && text != " " => letters.push(text.clone()),
                _ => return true,
            }
            false
        });
    });
    steps.into_iter().for_each(|by| open.step(found, by));
    letters.iter().for_each(|letter| open.leap(entries, letter));
    asked
}

fn row_id(list: Id, place: usize) -> Id {
    list.with(place)
}

/// The lines in view; the place of the entry that was clicked.
fn lines_ui(ui: &mut Ui, list: Id, open: &mut Open, entries: &[Entry], found: &[usize]) -> Option<usize> {
    ui.spacing_mut().item_spacing.y = 0.0;
    if found.is_empty() {
        form::label_ui(ui, tr!("Nothing is called so"));
        return None;
    }
    let is_searched = !open.typed.trim().is_empty();
    let mut lines = Vec::with_capacity(found.len());
    for &place in found {
        // The best of what was found come first, whatever group they are of.
        if let (false, Some(heading)) = (is_searched, entries[place].heading.as_deref()) {
            lines.push(Line::Heading(heading));
        }
        lines.push(Line::Entry(place));
    }
    let mut clicked = None;
    let area = egui::ScrollArea::vertical().id_salt("entries").max_height(HIGHEST).auto_shrink([false, true]);
    area.show_viewport(ui, |ui, viewport| {
        let height = ROW_HEIGHT;
        ui.set_height(height * lines.len() as f32);
        let top = ui.max_rect().top();
        let rect = |line: usize| {
            egui::Rect::from_min_size(pos2(ui.max_rect().left(), top + height * line as f32), vec2(open.width, height))
        };
        let rects: Vec<egui::Rect> = (0..lines.len()).map(rect).collect();
        for (line, rect) in lines.iter().zip(rects) {
            let is_active = matches!(line, Line::Entry(place) if *place == open.active);
            if is_active && !ui.is_sizing_pass() && std::mem::take(&mut open.follows) {
                ui.scroll_to_rect_animation(rect, None, egui::style::ScrollAnimation::none());
            }
            let is_near = viewport.expand(height).y_range().contains(rect.center().y - top);
            if !(is_near || is_active || lines.len() <= DRAWN_WHOLE) {
                continue;
            }
            match line {
                Line::Heading(heading) => heading_ui(ui, rect, heading),
                Line::Entry(place) => {
                    let response = entry_ui(ui, row_id(list, *place), rect, &entries[*place], is_active);
                    let moved = ui.input(|input| input.pointer.is_moving());
                    if response.hovered() && moved {
                        open.active = *place;
                    }
                    if response.clicked() {
                        clicked = Some(*place);
                    }
                }
            }
        }
    });
    clicked
}

fn heading_ui(ui: &Ui, rect: egui::Rect, heading: &str) {
    if ui.is_rect_visible(rect) {
        let font = TextStyle::Small.resolve(ui.style());
        let galley = line(ui, heading, font, palette(ui).text_weak, rect.width() - 2.0 * PADDING);
        let at = pos2(rect.left() + PADDING, rect.bottom() - galley.size().y - 2.0);
        ui.painter().galley(at, galley, palette(ui).text_weak);
    }
}

fn entry_ui(ui: &Ui, id: Id, rect: egui::Rect, entry: &Entry, is_active: bool) -> egui::Response {
    let palette = palette(ui);
    let response = ui.interact(rect, id, Sense::CLICK);
    let enabled = entry.reason.is_none();
    response
        .widget_info(|| egui::WidgetInfo::selected(egui::Role::ListBoxOption, enabled, entry.is_chosen, &entry.text));
    form::say_chosen(&response, entry.is_chosen);
    if !enabled {
        ui.ctx().accesskit_node_builder(id, |node| node.set_disabled());
    }
    if !ui.is_rect_visible(rect) {
        return response;
    }
    if is_active {
        ui.painter().rect_filled(rect, theme::RADIUS, palette.accent_soft);
    }
    let font = || TextStyle::Body.resolve(ui.style());
    let middle = |galley: &egui::Galley| rect.center().y - galley.size().y / 2.0;
    if entry.is_chosen {
        let mark = line(ui, icon::DONE, font(), palette.accent, MARK);
        ui.painter().galley(pos2(rect.left() + PADDING, middle(&mark)), mark, palette.accent);
    }
    let right = line(ui, entry.right, TextStyle::Small.resolve(ui.style()), palette.text_weak, rect.width() / 2.0);
    let room = rect.width() - MARK - 3.0 * PADDING - right.size().x;
    let color = if enabled { palette.text } else { palette.text_weak };
    let text = on_one_line(&entry.text);
    let galley = line(ui, &text, font(), color, room);
    let is_cut = galley.elided || text != entry.text;
    ui.painter().galley(pos2(rect.left() + MARK + PADDING, middle(&galley)), galley, color);
    let at = pos2(rect.right() - PADDING - right.size().x, middle(&right));
    ui.painter().galley(at, right, palette.text_weak);
    if is_cut { response.on_hover_text(&entry.text) } else { response }
}

fn line(ui: &Ui, text: &str, font: egui::FontId, color: Color32, width: f32) -> std::sync::Arc<egui::Galley> {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, color);
    job.wrap = TextWrapping { break_anywhere: true, ..TextWrapping::truncate_at_width(width.max(0.0)) };
    ui.painter().layout_job(job)
}

/// What the active entry means, or why it cannot be chosen; as high for each, so that the list stays where it is.
fn foot_ui(ui: &mut Ui, entries: &[Entry], active: Option<usize>) {
    let longest = entries.iter().flat_map(|entry| [Some(&entry.help), entry.reason.as_ref()]).flatten();
    let Some(longest) = longest.max_by_key(|text| text.chars().count()).filter(|text| !text.is_empty()) else { return };
    let font = TextStyle::Small.resolve(ui.style());
    let color = palette(ui).text_weak;
    let width = ui.available_width() - 2.0 * PADDING;
    let height = ui.painter().layout(longest.clone(), font.clone(), color, width).size().y;
    ui.add_space(GAP_TINY);
    ui.separator();
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height + 2.0 * GAP_TINY), Sense::hover());
    let Some(entry) = active.and_then(|place| entries.get(place)) else { return };
    let words = entry.reason.as_ref().unwrap_or(&entry.help);
    let galley = ui.painter().layout(words.clone(), font, color, width);
    ui.painter().galley(rect.min + vec2(PADDING, GAP_TINY), galley, color);
}

/// As wide as the longest entry, but no narrower than the field and no wider than it may be.
fn width(ui: &Ui, entries: &[Entry], field: f32) -> f32 {
    let mut by_length: Vec<&Entry> = entries.iter().collect();
    // Letters differ in width: one of the few longest is the widest.
    let length = |entry: &&Entry| entry.text.chars().count() + entry.right.chars().count();
    let few = by_length.len().min(8);
    if few < by_length.len() {
        by_length.select_nth_unstable_by_key(few, |entry| std::cmp::Reverse(length(entry)));
    }
    let font = TextStyle::Body.resolve(ui.style());
    let measure = |text: &str| {
        let text: String = on_one_line(text).chars().take(100).collect();
        ui.painter().layout_no_wrap(text, font.clone(), palette(ui).text).size().x
    };
    let of =
        |entry: &Entry| measure(&entry.text) + measure(entry.right) + if entry.right.is_empty() { 0.0 } else { 16.0 };
    let longest = by_length.into_iter().take(few).map(of).fold(0.0, f32::max) + MARK + 3.0 * PADDING + 14.0;
    let explains = entries.iter().any(|entry| !entry.help.is_empty() || entry.reason.is_some());
    let least = if explains { field.max(EXPLAINED) } else { field };
    longest.clamp(least, WIDEST.max(least))
}
