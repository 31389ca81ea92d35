//! Pairs decided by hand: records that always or never match, whatever the rules say (semantics 1.5, custom match).

use eframe::egui::{self, RichText, Ui};

use crate::help;
use crate::project::{PairOverride, Project, RecordKey};
use crate::ui::context::{PageCx, Reveal};
use crate::ui::pages::{parts, sources};
use crate::ui::theme::{icon, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::{entry, form, layout, text};

const KINDS: [(&str, &str); 2] = [("never", msg!("Never match")), ("always", msg!("Always match"))];

pub fn pairs_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let overrides = &cx.draft.overrides;
    let count = overrides.never_match.len() + overrides.always_match.len();
    let title = tr!("Pairs decided by hand ({count})", count = text::count(count as u64));
    let is_revealed = cx.memory.takes_reveal(&Reveal::Pairs);
    let meaning = tr!("Records that always or never match, whatever the rules say; never beats always.");
    layout::section_card_ui(ui, "pairs by hand", (&title, meaning), is_revealed, |ui| {
        list_ui(ui, cx);
        add_ui(ui, cx);
        import_ui(ui, cx);
    });
}

fn list_mut(project: &mut Project, never: bool) -> &mut Vec<PairOverride> {
    if never { &mut project.overrides.never_match } else { &mut project.overrides.always_match }
}

fn shown(project: &Project, record: &RecordKey) -> String {
    format!("{}:{}", project.table_name(&record.table), record.key)
}

/// Every pair with its reason; lines out of view are not drawn.
fn list_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let overrides = cx.draft.overrides.clone();
    let never = overrides.never_match.iter().map(|pair| (true, pair)).enumerate();
    let always = overrides.always_match.iter().map(|pair| (false, pair)).enumerate();
    let all: Vec<(usize, (bool, &PairOverride))> = never.chain(always).collect();
    let mut removed = None;
    let area = egui::ScrollArea::vertical().id_salt("pairs").max_height(180.0).auto_shrink([false, true]);
    area.show(ui, |ui| {
        parts::lines_ui(ui, all.len(), |ui, line| {
            let (place, (never, pair)) = all[line];
            let palette = palette(ui);
            let (word, color) = if never { (tr!("never"), palette.error) } else { (tr!("always"), palette.good) };
            entry::cell_ui(ui, 44.0, |ui| ui.label(RichText::new(word).color(color)));
            let words = format!("{} – {}", shown(cx.draft, &pair.a), shown(cx.draft, &pair.b));
            let width = (ui.available_width() - form::ICON_ROOM) * 0.6;
            entry::cell_ui(ui, width, |ui| ui.add(egui::Label::new(&words).truncate()).on_hover_text(&words));
            let list = list_mut(cx.draft, never);
            let reason = &mut list[place].reason;
            let width = (ui.available_width() - form::ICON_ROOM - 4.0).max(60.0);
            if form::text_ui(
                ui,
                (&tr!("Reason of pair {line}", line = line + 1), help::PAIR_REASON),
                reason,
                tr!("reason"),
                width,
            )
            .changed()
            {
                cx.label = Some(tr!("Change reason").to_owned());
            }
            if form::icon_button(ui, icon::REMOVE, &tr!("Remove pair {line}", line = line + 1), true) {
                removed = Some((never, place));
            }
        });
    });
    if let Some((never, place)) = removed {
        list_mut(cx.draft, never).remove(place);
        cx.name_edit(tr!("Remove pair"));
    }
}

fn add_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let kinds = KINDS.map(|(id, label)| (id.to_owned(), crate::text::of(label).to_owned()));
    let mut kind = cx.memory.typed.entry("pair kind".to_owned()).or_insert_with(|| "never".to_owned()).clone();
    let width = ((ui.available_width() - 16.0) / 2.0).clamp(100.0, 200.0);
    let mut records = Vec::new();
    ui.horizontal(|ui| {
        for (name, hint) in [(tr!("First record"), tr!("Table:Key")), (tr!("Second record"), tr!("Table:Key"))] {
            let typed = cx.memory.typed.entry(name.to_owned()).or_default();
            form::text_ui(ui, (name, help::PAIR), typed, hint, width);
            records.push(parse(cx.draft, typed));
        }
    });
    let mut add = false;
    ui.horizontal(|ui| {
        form::choice_ui(ui, (tr!("Kind of pair"), help::PAIR_KIND), &mut kind, 126.0, &kinds);
        let typed = cx.memory.typed.entry("Reason of the pair".to_owned()).or_default();
        let room = entry::width_before(ui, &[tr!("Add pair")]);
        form::text_ui(ui, (tr!("Reason of the pair"), help::PAIR_REASON), typed, tr!("reason"), room);
        let problem = records.iter().find_map(|record| record.clone().err());
        let twice = matches!(&records[..], [Ok(a), Ok(b)] if a == b);
        let problem = problem.or_else(|| twice.then(|| tr!("These are one and the same record.").to_owned()));
        add = form::button_or_reason(ui, tr!("Add pair"), problem.map_or(Ok(()), Err)).clicked();
    });
    cx.memory.typed.insert("pair kind".to_owned(), kind.clone());
    for name in [tr!("First record"), tr!("Second record")] {
        let typed = cx.memory.typed.get(name).map(String::as_str).unwrap_or_default();
        if typed.contains(':')
            && let Err(problem) = parse(cx.draft, typed)
        {
            form::error_ui(ui, problem);
        }
    }
    if let (true, [Ok(a), Ok(b)]) = (add, &records[..]) {
        let reason = cx.memory.typed.remove("Reason of the pair").unwrap_or_default();
        let list = list_mut(cx.draft, kind == "never");
        list.retain(|other| !other.is_about(a, b));
        list.push(PairOverride { a: a.clone(), b: b.clone(), reason });
        cx.memory.typed.remove("First record");
        cx.memory.typed.remove("Second record");
        cx.name_edit(tr!("Add pair"));
    }
}

/// `TABLE:KEY`, or what is wrong with it.
fn parse(project: &Project, typed: &str) -> Result<RecordKey, String> {
    let (table, key) = typed.split_once(':').ok_or(tr!("Type two records as Table:Key."))?;
    let source = project
        .source_table_named(table.trim())
        .ok_or_else(|| tr!("There is no table {table}.", table = table.trim()))?;
    if project.unification_table(&source.id).is_none() {
        return Err(tr!("{source} is not unified.", source = source.name));
    }
    if key.trim().is_empty() {
        return Err(tr!("Type the key after the colon.").to_owned());
    }
    Ok(RecordKey::new(&source.id, key.trim()))
}

fn import_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    ui.horizontal(|ui| {
        let never = cx.memory.typed.get("pair kind").is_none_or(|kind| kind == "never");
        let typed = cx.memory.typed.entry("pairs path".to_owned()).or_default();
        let button = if never { tr!("Import never pairs…") } else { tr!("Import always pairs…") };
        let width = entry::width_before(ui, &[button]);
        form::text_ui(ui, (tr!("Path of pairs"), help::PAIRS_PATH), typed, tr!("folder/pairs.csv"), width);
        if ui.button(button).help(help::PAIRS_PATH).clicked() {
            let path = sources::clean_path(typed);
            if cx.workbench.import_pairs(cx.draft, never, path.as_deref()) {
                cx.memory.typed.remove("pairs path");
                cx.name_edit(tr!("Import pairs"));
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::file;

    #[test]
    fn a_record_is_typed_by_its_table_and_key() {
        let project = file::load(std::path::Path::new("assets/samples/coffee/coffee.tributary")).unwrap();
        assert_eq!(parse(&project, "Web: Auth234 ").unwrap(), RecordKey::new("web", "Auth234"));
        assert_eq!(parse(&project, "Shop:1").unwrap_err(), "There is no table Shop.");
        assert!(parse(&project, "Web:").is_err() && parse(&project, "Auth234").is_err());
    }
}
