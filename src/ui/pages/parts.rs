//! Parts that several pages share: the selected table, its figures, the settings of its columns.

use eframe::egui::{self, RichText, Ui};

use crate::engine::chart::Chart;
use crate::engine::check::Wanted;
use crate::engine::pipeline::Run;
use crate::engine::report::TableReport;
use crate::help::{self, Figure};
use crate::project::SourceTable;
use crate::project::source::semantic;
use crate::project::validate::{Place, Severity};
use crate::ui::context::PageCx;
use crate::ui::theme::{self, GAP_TINY, icon, palette};
use crate::ui::widgets::charts::{self, ChartAction};
use crate::ui::widgets::list::{self, Asked, List, Row};
use crate::ui::widgets::{entry, form, layout, split};
use crate::workbench::{Lane, Level};

/// The source tables as a list, the chosen one shown from now on: the tables, and what else was asked of the list.
pub fn tables_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    selected: &str,
    row_ui: impl Fn(&mut Ui, &mut PageCx<'_>, &SourceTable, &mut Row<'_>),
) -> (Vec<SourceTable>, Asked) {
    let tables = cx.draft.source_tables.clone();
    let names: Vec<String> = tables.iter().map(|table| tr!("Table {table}", table = table.name)).collect();
    let chosen = tables.iter().position(|table| table.id == selected);
    let list = List { called: tr!("Tables"), names: &names, chosen };
    let asked = list::list_ui(ui, &list, |ui, row| row_ui(ui, cx, &tables[row.place], row));
    if let Some(table) = asked.chosen.and_then(|place| tables.get(place)) {
        cx.memory.table = Some(table.id.clone());
    }
    (tables, asked)
}

/// Height of a line of column settings.
pub const LINE_HEIGHT: f32 = 28.0;
/// Lists of so many lines or fewer are drawn whole; of longer ones only what is in view.
const DRAWN_WHOLE: usize = 60;
/// Halves lower than this, in points, have no room for a part that stays.
const LOW: f32 = 520.0;
const OVERSCAN: f32 = 6.0 * LINE_HEIGHT;

/// A page with settings left and a preview right; the line between can be moved.
pub fn split_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    settings: impl FnOnce(&mut Ui, &mut PageCx<'_>),
    preview: impl FnOnce(&mut Ui, &mut PageCx<'_>),
) {
    split::left_ui(ui, split::SETTINGS, |ui| settings(ui, cx));
    split::right_ui(ui, |ui| preview(ui, cx));
}

/// Settings whose upper part stays while the lower one scrolls; where the window is low, they scroll together.
pub fn upper_and_lower_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    upper: impl FnOnce(&mut Ui, &mut PageCx<'_>),
    lower: impl FnOnce(&mut Ui, &mut PageCx<'_>),
) {
    let area = egui::ScrollArea::vertical().id_salt("settings").auto_shrink(false);
    if ui.available_height() < LOW {
        scroll_ui(ui, cx, area, |ui, cx| {
            upper(ui, cx);
            ui.add_space(GAP_TINY);
            lower(ui, cx);
        });
        return;
    }
    upper(ui, cx);
    ui.add_space(GAP_TINY);
    scroll_ui(ui, cx, area, lower);
}

/// The selected table among these, by its id; the first where none is.
pub fn selected_table<'a>(cx: &PageCx<'_>, mut ids: impl Iterator<Item = &'a str> + Clone) -> Option<String> {
    let chosen = cx.memory.table.as_deref();
    ids.clone().find(|id| Some(*id) == chosen).or_else(|| ids.next()).map(str::to_owned)
}

/// What the last live run says of a unified table.
pub fn table_report<'a>(run: &'a Run, id: &str) -> Option<&'a TableReport> {
    let place = run.project.unification.iter().position(|table| table.source_table == id)?;
    run.report.tables.get(place)
}

/// The worst problem that a page has with a table: its mark, its colour and its words.
pub fn table_mark(
    ui: &Ui,
    cx: &PageCx<'_>,
    of_table: impl Fn(&Place) -> bool,
) -> (&'static str, egui::Color32, String) {
    let palette = palette(ui);
    let worst = cx.workbench.problems.iter().filter(|problem| of_table(&problem.place)).min_by_key(|p| p.severity);
    match worst {
        Some(problem) if problem.severity == Severity::Error => (icon::ERROR, palette.error, problem.message.clone()),
        Some(problem) => (icon::WARNING, palette.warning, problem.message.clone()),
        None if cx.workbench.live.running => (icon::RUNNING, palette.accent, tr!("being computed").to_owned()),
        None => (icon::DONE, palette.good, tr!("no problems").to_owned()),
    }
}

/// Draws the lines of a list that are in view, with some around them so that Tab goes on; all of a short list.
pub fn lines_ui(ui: &mut Ui, count: usize, line: impl FnMut(&mut Ui, usize)) {
    let list = ui.scope_id();
    lines_by_ui(ui, count, |place| list.with(place), line);
}

/// The same for lines that change their places: each keeps the focus by an id of its own.
pub fn lines_by_ui(ui: &mut Ui, count: usize, id: impl Fn(usize) -> egui::Id, mut line: impl FnMut(&mut Ui, usize)) {
    let width = ui.available_width();
    for place in 0..count {
        let rect = egui::Rect::from_min_size(ui.cursor().min, egui::vec2(width, LINE_HEIGHT));
        if count > DRAWN_WHOLE && !ui.clip_rect().expand(OVERSCAN).intersects(rect) {
            ui.allocate_space(rect.size());
            continue;
        }
        layout::steady_ui(ui, id(place), |ui| {
            ui.horizontal(|ui| {
                ui.set_height(LINE_HEIGHT - ui.spacing().item_spacing.y);
                line(ui, place);
            });
        });
    }
}

/// A scroll area that follows the focus.
pub fn scroll_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    area: egui::ScrollArea,
    content: impl FnOnce(&mut Ui, &mut PageCx<'_>),
) {
    area.show(ui, |ui| {
        content(ui, cx);
        entry::follow_focus_ui(ui, &mut cx.memory.focus_seen);
    });
}

/// What an edit of something that has a name is called.
pub fn edit_label(what: &str, before: &str, after: &str) -> String {
    if before == after {
        tr!("Edit {what} {before}", what, before)
    } else {
        tr!("Rename {what} to {after}", what, after)
    }
}

/// The places of the columns whose name, type or meaning holds all words of a search.
pub fn matching_columns(table: &SourceTable, search: &str) -> Vec<usize> {
    let search = search.to_lowercase();
    let holds = |place: &usize| {
        let column = &table.columns[*place];
        let meaning = column.semantic_type.as_deref().unwrap_or_default();
        let all = format!("{} {} {meaning}", column.name, column.column_type.label()).to_lowercase();
        search.split_whitespace().all(|word| all.contains(word))
    };
    (0..table.columns.len()).filter(holds).collect()
}

/// The semantic type of a column.
pub fn semantic_type_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &str, place: usize, width: f32) {
    let Some(column) = cx.draft.source_table_mut(table).and_then(|table| table.columns.get_mut(place)) else { return };
    let name = tr!("Semantic type of {column}", column = column.name);
    let offered = (tr!("No meaning"), &semantic::ALL[..]);
    let changed = entry::cell_ui(ui, width, |ui| {
        entry::offered_text_ui(ui, (&name, help::SEMANTIC_TYPE), &mut column.semantic_type, offered, width)
    });
    if changed {
        let meaning = column.semantic_type.as_deref().unwrap_or(tr!("none"));
        let label = format!("{name}: {meaning}");
        cx.name_edit(label);
    }
}

/// Whether the column takes part in the unification. The primary key always does.
pub fn selected_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &str, place: usize) {
    let Some(table) = cx.draft.source_table_mut(table) else { return };
    let key = table.primary_key.clone();
    let Some(column) = table.columns.get_mut(place) else { return };
    let is_key = key.as_deref() == Some(&column.name);
    let name = tr!("Use {column}", column = column.name);
    let mut checked = column.selected || is_key;
    let response = entry::check_ui(ui, (&name, help::USE_COLUMN), &mut checked, "", !is_key);
    let response = response.on_disabled_hover_text(tr!("The primary key is always used"));
    if response.changed() {
        column.selected = checked;
        cx.name_edit(if checked {
            name
        } else {
            tr!("Leave out {trim_start_matches}", trim_start_matches = name.trim_start_matches("Use "))
        });
    }
}

/// A sentence in the colour of less important text.
pub fn hint_ui(ui: &mut Ui, text: impl Into<String>) {
    let color = palette(ui).text_weak;
    ui.add(egui::Label::new(RichText::new(text).color(color)).wrap());
}

/// What stands in the place of a preview while there is nothing to show: what is to be mended first, or what is being
/// done and how far it is.
pub fn no_preview_ui(ui: &mut Ui, cx: &mut PageCx<'_>, what: &str, wanted: Wanted<'_>) {
    let sentence = match (cx.workbench.blocked(wanted), &cx.workbench.live.error) {
        (Some(problem), _) => tr!("{what} appear here when this is mended. {problem}", what, problem),
        (None, _) if cx.workbench.live.running => waiting(cx, what),
        (None, Some(error)) => error.clone(),
        (None, None) => tr!("No {what} yet.", what = what.to_lowercase()),
    };
    mend_ui(ui, cx, &sentence, wanted);
}

/// In the place of what an error keeps away: a sentence, and a button that leads to what is to be mended.
pub fn mend_ui(ui: &mut Ui, cx: &mut PageCx<'_>, sentence: &str, wanted: Wanted<'_>) {
    let place = cx.workbench.blocked_by(wanted).map(|problem| problem.place.clone());
    let page = place.as_ref().map(|place| crate::text::of(place.page()));
    // On its own page the error stands above.
    let page = page.filter(|page| *page != cx.workbench.page.title());
    let button = page.map(|page| tr!("Go to {page}", page));
    if form::empty_ui(ui, sentence, button.as_deref())
        && let Some(place) = place
    {
        let go = crate::ui::palette::shown(cx.memory, &place);
        go.into_iter().for_each(|command| cx.send(command));
    }
}

/// The stage that the live run is at, in a sentence: what is waited for comes after it.
pub fn waiting(cx: &PageCx<'_>, what: &str) -> String {
    let progress = cx.workbench.job(Lane::Live).map(|job| job.progress);
    match progress.filter(|progress| !progress.stage.is_empty()) {
        Some(progress) => match progress.share() {
            Some(share) => tr!(
                "{stage}, {share} %… {what} follow.",
                stage = progress.stage,
                share = format_args!("{:.0}", share * 100.0),
                what
            ),
            None => tr!("{stage}… {what} follow.", stage = progress.stage, what),
        },
        None => tr!("Looking at the files… {what} follow.", what),
    }
}

/// In the place of a page that shows nothing yet: what it is for, and the one step that is to be done first. Says
/// whether one is; else the page has something to say itself.
pub fn first_step_ui(ui: &mut Ui, cx: &mut PageCx<'_>, sentence: &str) -> bool {
    let Some(step) = cx.workbench.first_step() else { return false };
    if form::empty_ui(ui, &format!("{sentence} {}", step.sentence), Some(step.button)) {
        cx.send(step.command);
    }
    true
}

/// The left half of a page that lists things and edits the selected one: a card for each.
pub fn list_and_editor_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    list_ui: impl FnOnce(&mut Ui, &mut PageCx<'_>),
    editor_ui: impl FnOnce(&mut Ui, &mut PageCx<'_>),
) {
    layout::settings_ui(ui, split::SETTINGS, |ui| {
        let width = ui.available_width() - theme::CARD_EDGES;
        theme::card(ui).show(ui, |ui| {
            ui.set_width(width);
            list_ui(ui, cx);
        });
        theme::card(ui).show(ui, |ui| {
            ui.set_width(width);
            editor_ui(ui, cx);
        });
    });
}

/// A chart with its menu; what was asked of it there is done. Returns the place that was clicked.
pub fn chart_ui(ui: &mut Ui, cx: &mut PageCx<'_>, chart: &Chart, help: Figure) -> Option<usize> {
    let outcome = charts::chart_ui(ui, chart, help);
    match (outcome.action, outcome.area) {
        (Some(ChartAction::CopyPicture), Some(area)) => {
            charts::picture::take(ui.ctx(), area, None);
            cx.workbench.notify(Level::Info, tr!("Copied as a picture: {title}", title = chart.title));
        }
        (Some(ChartAction::SavePng), Some(area)) => {
            charts::picture::take(ui.ctx(), area, Some(chart.title.clone()));
        }
        (Some(ChartAction::SaveSvg), _) => cx.workbench.save_drawing(chart),
        (Some(ChartAction::SaveCsv), _) => cx.workbench.save_chart_data(chart),
        (Some(ChartAction::CopyData), _) => {
            ui.ctx().copy_text(chart.csv());
            cx.workbench.notify(Level::Info, tr!("Copied the data: {title}", title = chart.title));
        }
        _ => {}
    }
    outcome.clicked
}
