//! The unified fields in order, with tick boxes for combining, and those left out.

use eframe::egui::{self, RichText, Ui};

use super::{Action, blanks_of, member_text};
use crate::help;
use crate::project::edit::groups;
use crate::project::{FieldGroup, UnifiedField};
use crate::ui::context::PageCx;
use crate::ui::pages::live;
use crate::ui::theme::{self, TextRole as _, icon, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::list::{self, List, Row};
use crate::ui::widgets::{entry, form, layout, text};

const TICK: f32 = 22.0;
const NAME: f32 = 128.0;
const BLANK: f32 = 58.0;

pub fn ticked_key(id: &str) -> String {
    format!("combine {id}")
}

/// The included fields and their groups; a click selects one, ticks gather several.
pub fn fields_ui(ui: &mut Ui, cx: &mut PageCx<'_>, fields: &[UnifiedField], actions: &mut Vec<Action>) {
    let shown: Vec<&UnifiedField> = fields.iter().filter(|field| !field.excluded).collect();
    let is_ticked = |cx: &PageCx<'_>, id: &str| cx.memory.open.get(&ticked_key(id)).copied().unwrap_or(false);
    let ticked: Vec<String> =
        shown.iter().filter(|field| is_ticked(cx, &field.id)).map(|field| field.id.clone()).collect();
    ui.horizontal(|ui| {
        ui.label(RichText::new(tr!("Customer columns")).title());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let text = |verb: &str| match ticked.len() {
                0 | 1 => verb.to_owned(),
                count => format!("{verb} {count}"),
            };
            let ready = groups::can_group(cx.draft, &ticked);
            let help = tr!(
                "Takes the values of the ticked fields from one record as a unit, such as street, city and postal \
                        code"
            );
            if form::button_or_reason(ui, &text(tr!("Group")), ready).on_hover_text(help).clicked() {
                actions.push(Action::Group(ticked.clone()));
            }
            let ready = if ticked.len() < 2 { Err(tr!("Tick two or more fields first").to_owned()) } else { Ok(()) };
            let help =
                tr!("Makes one field of the ticked ones: the first keeps its name and policy, members stand in match \
                        order");
            if form::button_or_reason(ui, &text(tr!("Combine")), ready).on_hover_text(help).clicked() {
                actions.push(Action::Combine(ticked));
            }
            moves_ui(ui, cx, &shown, actions);
        });
    });
    names_ui(ui, cx, actions);
    let members = member_widths(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let color = palette(ui).text_weak;
        let title = |text: &str| RichText::new(text).small().color(color);
        layout::cell_ui(ui, TICK, "");
        layout::cell_ui(ui, NAME, title(tr!("Name")));
        layout::cell_ui(ui, members.0, title(tr!("Columns by rank")));
        layout::cell_ui(ui, members.1, title(tr!("Policy")));
        layout::cell_ui(ui, BLANK, title(tr!("Blank")));
    });
    let lines = lines(cx, &shown);
    let run = live::unified(cx);
    let names: Vec<String> = lines.iter().map(Line::called).collect();
    let chosen = lines.iter().position(|line| cx.memory.field.as_deref() == Some(line.id()));
    let asked = list::list_ui(ui, &List { called: tr!("Customer fields"), names: &names, chosen }, |ui, row| {
        ui.spacing_mut().item_spacing.x = 6.0;
        match &lines[row.place] {
            Line::Group(group) => group_row_ui(ui, cx, row, group, members),
            Line::Field(field, group) => row_ui(ui, cx, row, (field, *group), run.as_ref(), members),
        }
    });
    if let Some(line) = asked.chosen.and_then(|place| lines.get(place)) {
        cx.memory.field = Some(line.id().to_owned());
    }
    if let Some((Some(Line::Field(field, _)), up)) = asked.moves.map(|(place, up)| (lines.get(place), up)) {
        actions.push(Action::Move(field.id.clone(), up));
    }
    if let Some(Line::Field(field, _)) = asked.ticks.and_then(|place| lines.get(place)) {
        let ticked = is_ticked(cx, &field.id);
        cx.memory.open.insert(ticked_key(&field.id), !ticked);
    }
    if let Some(Line::Field(field, _)) = asked.deletes.and_then(|place| lines.get(place)) {
        super::field::exclude(cx, field, actions);
    }
    if shown.is_empty() {
        form::label_ui(ui, tr!("Every column is excluded: the customer has its ids only."));
    }
}

/// Offers to take first and last names from one record, where several tables have them.
fn names_ui(ui: &mut Ui, cx: &PageCx<'_>, actions: &mut Vec<Action>) {
    let Some([first, last]) = groups::names_to_group(cx.draft) else { return };
    ui.horizontal_wrapped(|ui| {
        let words =
            tr!("{first} and {last} may come from two records of one customer.", first = first.name, last = last.name);
        form::label_ui(ui, &words);
        let button = ui.button(tr!("Group as {name}", name = groups::FULL_NAME));
        if button.on_hover_text(tr!("Takes both from one record, so that no name is put together of two")).clicked() {
            actions.push(Action::GroupNames(vec![first.id, last.id]));
        }
    });
}

/// Moves the chosen field past its neighbour; right to left.
fn moves_ui(ui: &mut Ui, cx: &PageCx<'_>, shown: &[&UnifiedField], actions: &mut Vec<Action>) {
    let chosen = shown.iter().position(|field| cx.memory.field.as_deref() == Some(&field.id));
    let mut move_ui = |ui: &mut Ui, icon: &str, name: &str, up: bool| {
        let end = if up { 0 } else { shown.len().saturating_sub(1) };
        if form::icon_button(ui, icon, name, chosen.is_some_and(|place| place != end))
            && let Some(place) = chosen
        {
            actions.push(Action::Move(shown[place].id.clone(), up));
        }
    };
    move_ui(ui, icon::DOWN, tr!("Move the field down (Alt+Down)"), false);
    move_ui(ui, icon::UP, tr!("Move the field up (Alt+Up)"), true);
}

/// A line of the list. Fields of a group stand beneath it, at the place of the first of them.
enum Line<'a> {
    Group(FieldGroup),
    /// The field, and whether it is in a group.
    Field(&'a UnifiedField, bool),
}

impl Line<'_> {
    fn id(&self) -> &str {
        match self {
            Self::Group(group) => &group.id,
            Self::Field(field, _) => &field.id,
        }
    }

    fn called(&self) -> String {
        match self {
            Self::Group(group) => tr!("Group {group}", group = group.name),
            Self::Field(field, _) => tr!("Field {field}", field = field.name),
        }
    }
}

fn lines<'a>(cx: &PageCx<'_>, shown: &[&'a UnifiedField]) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    let mut listed: Vec<&str> = Vec::new();
    for &field in shown {
        let Some(group) = groups::group_of(cx.draft, &field.id) else {
            lines.push(Line::Field(field, false));
            continue;
        };
        if !listed.contains(&group.id.as_str()) {
            listed.push(&group.id);
            lines.push(Line::Group(group.clone()));
            let fields = shown.iter().filter(|field| group.fields.contains(&field.id));
            lines.extend(fields.map(|&field| Line::Field(field, true)));
        }
    }
    lines
}

/// A group: its name and number of fields, its tables by rank, its policy.
fn group_row_ui(ui: &mut Ui, cx: &PageCx<'_>, row: &mut Row<'_>, group: &FieldGroup, widths: (f32, f32)) {
    layout::cell_ui(ui, TICK, "");
    let name = RichText::new(format!("{} ({})", group.name, group.fields.len())).bold();
    entry::cell_ui(ui, NAME, |ui| row.button_ui(ui, name, ""));
    let tables: Vec<&str> = group.tables.iter().map(|table| cx.draft.table_name(table)).collect();
    layout::cell_ui(ui, widths.0, tables.join(", ")).on_hover_text(tables.join("\n"));
    layout::cell_ui(ui, widths.1, group.merge.label());
}

fn member_widths(ui: &Ui) -> (f32, f32) {
    let rest = (ui.available_width() - TICK - NAME - BLANK - 4.0 * 6.0 - 12.0).max(120.0);
    (rest * 0.6, rest * 0.4)
}

fn row_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    row: &mut Row<'_>,
    (field, is_grouped): (&UnifiedField, bool),
    run: Option<&std::sync::Arc<crate::engine::pipeline::Run>>,
    widths: (f32, f32),
) {
    let color = palette(ui).text_weak;
    let mut ticked = cx.memory.open.get(&ticked_key(&field.id)).copied().unwrap_or(false);
    let name = tr!("Select {field}", field = field.name);
    let tick = |ui: &mut Ui| row.tick_ui(ui, (&name, help::SELECT_FIELD), &mut ticked);
    if entry::cell_ui(ui, TICK, tick).changed() {
        cx.memory.open.insert(ticked_key(&field.id), ticked);
    }
    let name = if is_grouped { format!("    {}", field.name) } else { field.name.clone() };
    entry::cell_ui(ui, NAME, |ui| row.button_ui(ui, name, ""));
    let members: Vec<String> = field.members.iter().map(|member| member_text(cx, member)).collect();
    let shown = match members.len() {
        1 => members.join(", "),
        count => format!("{count}: {}", members.join(", ")),
    };
    layout::cell_ui(ui, widths.0, shown).on_hover_text(members.join("\n"));
    let policy = if is_grouped { tr!("with its group") } else { field.merge.label() };
    layout::cell_ui(ui, widths.1, RichText::new(policy).color(color));
    let blanks = blanks_of(cx, run, &field.id);
    let share = blanks.map_or_else(|| "–".to_owned(), |(blank, all)| text::percent(blank, all));
    let share = layout::fresh_text(ui, share, live::is_fresh(cx));
    layout::cell_ui(ui, BLANK, share).help(help::FIELD_BLANK.topic());
}

/// Fields left out of the customer, each with a button that takes it in again.
pub fn excluded_ui(ui: &mut Ui, cx: &PageCx<'_>, fields: &[UnifiedField], actions: &mut Vec<Action>) {
    let excluded: Vec<&UnifiedField> = fields.iter().filter(|field| field.excluded).collect();
    if excluded.is_empty() {
        return;
    }
    let width = ui.available_width();
    theme::card(ui).show(ui, |ui| {
        ui.set_width(width - 22.0);
        ui.label(RichText::new(tr!("Excluded columns")).title());
        for field in excluded {
            ui.horizontal(|ui| {
                let name = tr!("Include {field}", field = field.name);
                let help = tr!("Takes the field into the customer again");
                if entry::named_button(ui, tr!("Include"), &name).on_hover_text(help).clicked() {
                    actions.push(Action::Exclude(field.id.clone(), false));
                }
                let members: Vec<String> = field.members.iter().map(|member| member_text(cx, member)).collect();
                ui.label(&field.name);
                form::label_ui(ui, &members.join(", "));
            });
        }
    });
}
