//! Parts that several pages share: the selected table, its figures, the two halves, what stands where nothing is yet.

use eframe::egui::{self, RichText, Ui};

use crate::engine::chart::Chart;
use crate::engine::check::Wanted;
use crate::engine::pipeline::Run;
use crate::engine::report::TableReport;
use crate::help::Figure;
use crate::project::SourceTable;
use crate::project::validate::{Place, Problem, Severity};
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

/// The worst problem that a page has with a table, or what keeps its rows from being read: its mark, its colour and its words.
pub fn table_mark(
    ui: &Ui,
    cx: &PageCx<'_>,
    table: &str,
    of_table: impl Fn(&Place) -> bool,
) -> (&'static str, egui::Color32, String) {
    let palette = palette(ui);
    let worst = cx.workbench.problems.iter().filter(|problem| of_table(&problem.place)).min_by_key(|p| p.severity);
    match worst {
        Some(problem) if problem.severity == Severity::Error => (icon::ERROR, palette.error, problem.message.clone()),
        Some(problem) => (icon::WARNING, palette.warning, problem.message.clone()),
        None if let Some(problem) = cx.workbench.blocked(Wanted::Rows(table)) => {
            (icon::ERROR, palette.error, problem_words(problem))
        }
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

/// A sentence in the colour of less important text.
pub fn hint_ui(ui: &mut Ui, text: impl Into<String>) {
    let color = palette(ui).text_weak;
    ui.add(egui::Label::new(RichText::new(text).color(color)).wrap());
}

/// What stands in the place of a preview while there is nothing to show: what is to be mended first, and the way there;
/// or what is being done and how far it is.
pub fn no_preview_ui(ui: &mut Ui, cx: &mut PageCx<'_>, what: &str, wanted: Wanted<'_>) {
    if let Some(problem) = cx.workbench.blocked(wanted).cloned() {
        let sentence = tr!("{what} appear here when this is mended.", what);
        form::empty_ui(ui, &sentence, None);
        ui.vertical_centered(|ui| problem_link_ui(ui, cx, &problem, &problem_words(&problem)));
        return;
    }
    let sentence = match &cx.workbench.live.error {
        _ if cx.workbench.live.running => waiting(cx, what),
        Some(error) => error.clone(),
        None => tr!("No {what} yet.", what = what.to_lowercase()),
    };
    form::empty_ui(ui, &sentence, None);
}

/// Where a problem is, what it is, and what to do.
pub fn problem_words(problem: &Problem) -> String {
    format!("{}: {} {}", crate::text::of(problem.place.page()), problem.message, problem.fix)
}

/// A problem in these words, as a link that goes to its place.
pub fn problem_link_ui(ui: &mut Ui, cx: &mut PageCx<'_>, problem: &Problem, words: &str) {
    let (mark, color) = match problem.severity {
        Severity::Error => (icon::ERROR, palette(ui).error),
        Severity::Warning => (icon::WARNING, palette(ui).warning),
    };
    let text = RichText::new(icon::before(mark, words)).color(color);
    let link = ui.add(egui::Button::new(text).frame(false));
    link.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, words));
    let place = tr!("Go to {page}", page = crate::text::of(problem.place.page()));
    let link = form::ring_ui(ui, link).on_hover_cursor(egui::CursorIcon::PointingHand);
    if link.on_hover_text(format!("{words}\n{place}")).clicked() {
        let go = crate::ui::palette::shown(cx.memory, &problem.place);
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
