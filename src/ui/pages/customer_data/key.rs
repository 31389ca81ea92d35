//! The primary key of a unified table, and how well it does: blanks and repeats with examples.

use std::sync::Arc;

use eframe::egui::{self, Ui};

use super::{KEY, TAB};
use crate::engine::ingest::{EventLog, KeyCheck, event_log, key_check, key_checks, propose_key};
use crate::engine::ledger::LedgerPart;
use crate::engine::table::Table;
use crate::engine::view::ViewFilter;
use crate::help;
use crate::project::{SourceTable, edit};
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::theme::{GAP, GAP_TINY, icon, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::{entry, figure, form, split, text};
use crate::workbench::findings::Answer;
use crate::workbench::{Command, Page};

/// How every column of a table does as its key; `None` until its rows are read.
pub fn checks(cx: &mut PageCx<'_>, id: &str) -> Option<Arc<Vec<(String, KeyCheck)>>> {
    let run = cx.live()?;
    let table = &run.source(id)?.table;
    cx.workbench.find(&format!("key checks {id}"), table, table.rows * table.columns.len(), key_checks).value
}

/// The column that its name and its values propose as key.
pub fn proposal(cx: &mut PageCx<'_>, table: &SourceTable) -> Option<String> {
    let checks = checks(cx, &table.id)?;
    propose_key(cx.draft, table, &checks)
}

/// Where a table looks like an event log: that, and what else can be made of it.
fn event_log_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &SourceTable) {
    if cx.draft.activities.iter().any(|activity| activity.source_table == table.id) {
        return;
    }
    let Some(EventLog { event, person }) = checks(cx, &table.id).and_then(|found| event_log(cx.draft, table, &found))
    else {
        return;
    };
    ui.add_space(GAP_TINY);
    let words = tr!(
        "{table} looks like an event log: each row has its own {event}, and {person} says whose it is.",
        table = table.name,
        event,
        person
    );
    parts::hint_ui(ui, words);
    ui.horizontal_wrapped(|ui| {
        let help = tr!("Its rows become what customers did, and no customers of their own; Undo brings it back");
        if ui.link(tr!("Use {table} as an activity only", table = table.name)).on_hover_text(help).clicked() {
            as_activity(cx, table, Some(&event));
        }
        let help = tr!("Rows of one person become one customer, known or unknown");
        let is_person = table.primary_key.as_ref() == Some(&person);
        if !is_person && ui.link(tr!("Use {person} as the key", person)).on_hover_text(help).clicked() {
            edit::set_primary_key(cx.draft, &table.id, Some(person.clone()));
            cx.name_edit(tr!("Primary key of {table}: {person}", table = table.name, person));
        }
    });
}

/// Makes a table an activity in the place of customers, and goes to it; `event` is the id of its rows, where it is known.
pub fn as_activity(cx: &mut PageCx<'_>, table: &SourceTable, event: Option<&str>) {
    if cx.draft.unification_table(&table.id).is_some() {
        edit::take_table_out(cx.draft, &table.id);
    }
    let mut activity = edit::activity_of(cx.draft, table);
    if let Some(event) = event {
        activity.primary_key = event.to_owned();
    }
    cx.memory.activity = Some(activity.id.clone());
    cx.draft.activities.push(activity);
    cx.name_edit(tr!("Use {table} as an activity", table = table.name));
    cx.send(Command::Go(Page::Activities));
}

/// A column as key, in a word or two.
pub fn words(check: &KeyCheck) -> String {
    let mut words = Vec::new();
    if check.repeated_rows > 0 {
        words.push(tr!("{repeated_rows} repeated", repeated_rows = text::count(check.repeated_rows)));
    }
    if check.blanks > 0 {
        words.push(tr!("{blanks} blank", blanks = text::count(check.blanks)));
    }
    if words.is_empty() { tr!("unique").to_owned() } else { words.join(", ") }
}

/// Where no key is chosen: the proposed one, by a click.
fn proposal_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &SourceTable) {
    let Some(proposed) = proposal(cx, table) else {
        parts::hint_ui(ui, tr!("No column is called as a key and unique. The list below says how often each repeats."));
        return;
    };
    let is_unique = checks(cx, &table.id)
        .is_some_and(|checks| checks.iter().any(|(name, check)| *name == proposed && check.is_unique()));
    if !is_unique {
        // What is said of the event log offers it.
        return;
    }
    let help = tr!("It is called as a key, and every row has a value of its own");
    if ui.link(tr!("Use {proposed}, which is unique", proposed)).on_hover_text(help).clicked() {
        edit::set_primary_key(cx.draft, &table.id, Some(proposed.clone()));
        cx.name_edit(tr!("Primary key of {table}: {proposed}", table = table.name, proposed));
    }
}

pub fn key_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &SourceTable) {
    let mut chosen = table.primary_key.clone().unwrap_or_default();
    let options: Vec<(String, String)> =
        table.columns.iter().map(|column| (column.name.clone(), column.name.clone())).collect();
    ui.horizontal(|ui| {
        form::label_ui(ui, tr!("Primary key")).help(help::PRIMARY_KEY);
        let name = tr!("Primary key of {table}", table = table.name);
        if form::choice_ui(ui, (&name, help::PRIMARY_KEY), &mut chosen, 190.0, &options) {
            edit::set_primary_key(cx.draft, &table.id, Some(chosen.clone()));
            cx.name_edit(format!("{name}: {chosen}"));
        }
    });
    event_log_ui(ui, cx, table);
    if chosen.is_empty() {
        proposal_ui(ui, cx, table);
        return;
    }
    let run = cx.live();
    let Some(source) = run.as_ref().and_then(|run| run.source(&table.id)) else {
        return;
    };
    let answer = check(cx, table, &chosen, &source.table);
    match answer.value.as_deref() {
        Some(Some(check)) => ui.horizontal_wrapped(|ui| {
            verdict_ui(ui, check);
            if !check.is_unique() && ui.link(tr!("Details")).on_hover_text(tr!("Open the key check")).clicked() {
                cx.memory.typed.insert(TAB.to_owned(), KEY.to_owned());
                split::show_right(ui.ctx());
            }
        }),
        Some(None) => ui.horizontal(|ui| form::error_ui(ui, tr!("{chosen} is not in the file.", chosen))),
        None => ui.horizontal(|ui| parts::hint_ui(ui, tr!("Checking the key…"))),
    };
}

/// `None` inside where the column is not there.
fn check(cx: &mut PageCx<'_>, of: &SourceTable, key: &str, table: &Arc<Table>) -> Answer<Option<KeyCheck>> {
    let (question, key) = (format!("key check {} {key}", of.id), key.to_owned());
    cx.workbench.find(&question, table, table.rows, move |table: &Table| table.column(&key).map(key_check))
}

/// One line: whether the key identifies rows, and if not, what happens to them.
fn verdict_ui(ui: &mut Ui, check: &KeyCheck) {
    if check.is_unique() {
        let color = palette(ui).good;
        ui.colored_label(color, icon::DONE);
        ui.label(tr!("Every one of {rows} has a key of its own.", rows = tr!("{n} row" | "{n} rows" % check.rows)));
        return;
    }
    let color = palette(ui).warning;
    ui.colored_label(color, icon::WARNING);
    ui.label(verdict(check))
        .on_hover_text(tr!("Blank: rows without a key. Repeats: keys that stand in two rows or more."));
}

/// The verdict on a key with blanks or repeats, in words.
fn verdict(check: &KeyCheck) -> String {
    let mut parts = Vec::new();
    if let Some((value, rows)) = check.examples.first() {
        let others = check.repeated_values - 1;
        let more = match others {
            0 => String::new(),
            _ => tr!(", and {other}", other = tr!("{n} other key repeats" | "{n} other keys repeat" % others)),
        };
        parts.push(tr!(
            "{value} occurs {times}{more}; rows with one key become one record.",
            value = text::one_line(value, 40),
            times = tr!("{n} time" | "{n} times" % *rows),
            more
        ));
    }
    if check.blanks > 0 {
        parts.push(tr!(
            "{rows} no key and will take no part.",
            rows = tr!("{n} row has" | "{n} rows have" % check.blanks)
        ));
    }
    parts.join(" ")
}

/// The whole check.
pub fn check_ui(ui: &mut Ui, cx: &mut PageCx<'_>, settings: &SourceTable, table: &Arc<Table>) {
    let Some(key) = settings.primary_key.clone() else {
        parts::hint_ui(
            ui,
            tr!("Choose the primary key of {name} on the left; its check appears here.", name = settings.name),
        );
        return;
    };
    let answer = check(cx, settings, &key, table);
    let Some(check) = answer.value.as_deref().and_then(Option::as_ref) else {
        parts::hint_ui(
            ui,
            if answer.pending { tr!("Checking the key…").to_owned() } else { tr!("{key} is not in the file.", key) },
        );
        return;
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 28.0;
        figure::figure_ui(ui, tr!("Good rows"), Some(check.rows), help::KEY_ROWS);
        if figure::figure_link_ui(ui, tr!("Blank keys"), Some(check.blanks), help::BLANK_KEYS) {
            cx.open_ledger(LedgerPart::Corrupt, Some(&settings.name));
        }
        figure::figure_ui(ui, tr!("Repeated keys"), Some(check.repeated_values), help::REPEATED_KEYS);
        let joined = check.repeated_rows - check.repeated_values;
        if figure::figure_link_ui(ui, tr!("Rows joined by key"), Some(joined), help::ROWS_JOINED_BY_KEY) {
            cx.open_ledger(LedgerPart::Duplicates, Some(&settings.name));
        }
    });
    ui.add_space(GAP);
    ui.horizontal_wrapped(|ui| verdict_ui(ui, check));
    if check.repeated_values == 0 {
        return;
    }
    form::section_ui(ui, tr!("Most repeated keys"));
    if let Some(place) = entry::value_bars_ui(ui, &check.examples, check.rows, tr!("Show the rows with key")) {
        let spec = cx.memory.views.entry(tr!("chosen columns of {name}", name = settings.name)).or_default();
        spec.filters = vec![ViewFilter::only(key, &check.examples[place].0)];
        cx.memory.typed.insert(TAB.to_owned(), crate::text::of(super::ROWS).to_owned());
    }
    ui.add_space(GAP);
    let advice =
        tr!("A key that repeats is right where the file has several rows of one person, such as events of a visitor. \
                  It is wrong where it joins different people, as an address of a whole office does.");
    ui.add(egui::Label::new(advice).wrap());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::column::Column;

    #[test]
    fn a_column_says_how_it_does_as_key() {
        let of = |values: &[&str]| words(&key_check(&Column::text_of(values.iter().copied())));
        assert_eq!(of(&["a", "b"]), "unique");
        assert_eq!(of(&["a", "a", "b", ""]), "2 repeated, 1 blank");
        assert_eq!(of(&["a", "b", ""]), "1 blank");
    }

    #[test]
    fn a_repeated_key_says_what_becomes_of_its_rows() {
        let check = key_check(&Column::text_of(["Unknown1", "Auth234", "Auth234", "Unkonwn5"]));
        assert_eq!(verdict(&check), "Auth234 occurs 2 times; rows with one key become one record.");
        let check = key_check(&Column::text_of(["a", "a", "b", "b", ""]));
        let expected = "a occurs 2 times, and 1 other key repeats; rows with one key become one record. \
                        1 row has no key and will take no part.";
        assert_eq!(verdict(&check), expected);
    }
}
