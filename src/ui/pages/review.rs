//! Review: every step's counts before the run, each with a way back to it, and the three ways to run.

use std::sync::Arc;

use eframe::egui::{self, RichText, Ui};

use crate::engine::ledger::LedgerPart;
use crate::engine::pipeline::Run;
use crate::engine::report::{Report, TableReport};
use crate::engine::stage::Stage;
use crate::help;
use crate::project::unify;
use crate::project::validate::Severity;
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::pages::statistics::{self, end_ui, right_ui};
use crate::ui::theme::{self, GAP_LARGE, TextRole as _, icon, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::{figure, form, text};
use crate::workbench::{Command, Page};

pub fn page_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let live = cx.live();
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        steps_ui(ui, cx, live.as_deref());
        ui.add_space(GAP_LARGE);
        if let Some(run) = &live {
            tables_ui(ui, cx, run);
            ui.add_space(GAP_LARGE);
            changes_ui(ui, cx, run);
        }
        run_ui(ui, cx);
        if let Some(report) = cx.workbench.published.as_ref().map(|published| published.report.clone()) {
            ui.add_space(GAP_LARGE);
            last_run_ui(ui, cx, &report);
        }
    });
}

/// What the last run came to, and where there is more of it.
fn last_run_ui(ui: &mut Ui, cx: &mut PageCx<'_>, report: &Report) {
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        form::section_ui(ui, tr!("Last run"));
        let customers = tr!("{n} customer" | "{n} customers" % report.customers);
        let (known, unknown) = (text::count(report.known), text::count(report.unknown));
        let time = text::moment(&report.run.as_of);
        ui.label(tr!("{customers}: {known} known, {unknown} unknown; as of {time}", customers, known, unknown, time));
        ui.horizontal(|ui| {
            for (words, page) in [(tr!("See the customers"), Page::Customers), (tr!("See the run"), Page::Runs)] {
                if ui.button(words).clicked() {
                    cx.send(Command::Go(page));
                }
            }
        });
    });
}

/// A line a step: what it holds, and Edit.
fn steps_ui(ui: &mut Ui, cx: &mut PageCx<'_>, live: Option<&Run>) {
    let project = &cx.workbench.project;
    let report = live.map(|run| &run.report);
    let columns: usize = project
        .unification
        .iter()
        .filter_map(|table| project.source_table(&table.source_table))
        .map(|table| table.selected_columns().count())
        .sum();
    let duplicates = report.map(|report| report.tables.iter().map(|table| table.duplicates).sum::<u64>());
    let matched = live.filter(|run| run.matched.is_some()).map(|run| run.report.matched_records_only);
    let fields = unify::unified_fields(project).into_iter().filter(|field| !field.excluded).count();
    let with_activities = live.filter(|run| run.until >= Stage::Activities).map(|run| &run.report);
    let linked = with_activities.map(|report| report.activities.iter().map(|of| of.linked).sum::<u64>());
    let steps = [
        (Page::Sources, Some(project.source_tables.len() as u64), [tr!("table"), tr!("tables")]),
        (Page::CustomerData, Some(columns as u64), [tr!("column in use"), tr!("columns in use")]),
        (Page::Deduplication, duplicates, [tr!("duplicate record"), tr!("duplicate records")]),
        (Page::Matching, matched, [tr!("matched record"), tr!("matched records")]),
        (Page::UnifiedView, Some(fields as u64), [tr!("customer field"), tr!("customer fields")]),
        (Page::Activities, linked.filter(|_| !project.activities.is_empty()), [tr!("linked row"), tr!("linked rows")]),
        (Page::Segments, Some(project.segments.len() as u64), [tr!("segment"), tr!("segments")]),
        (Page::Export, Some(project.exports.len() as u64), [tr!("export"), tr!("exports")]),
    ];
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        egui::Grid::new("steps").num_columns(4).spacing([24.0, 10.0]).show(ui, |ui| {
            for (page, count, what) in steps {
                ui.label(RichText::new(page.title()).bold());
                let [one, many] = what;
                ui.label(count.map_or_else(|| format!("– {many}"), |count| text::counted(count, one, many)));
                let edit = ui.button(tr!("Edit"));
                edit.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::Button, true, tr!("Edit {title}", title = page.title()))
                });
                if edit.clicked() {
                    cx.send(Command::Go(page));
                }
                // On one line: a grid breaks a text at any width.
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
                    standing_ui(ui, cx, page, count);
                });
                ui.end_row();
            }
        });
    });
}

/// What the next run would change of the customers of the last one.
fn changes_ui(ui: &mut Ui, cx: &mut PageCx<'_>, run: &Arc<Run>) {
    if cx.workbench.published.is_none() || run.customers.is_none() {
        return;
    }
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        form::section_ui(ui, tr!("What a run would change"));
        statistics::changes_ui(ui, cx, run);
    });
    ui.add_space(GAP_LARGE);
}

/// Whether a step is ready; of one that is not, its worst problem as a link that goes there, and how many others there
/// are.
fn standing_ui(ui: &mut Ui, cx: &mut PageCx<'_>, page: Page, count: Option<u64>) {
    let problems = &cx.workbench.problems;
    let of_page: Vec<_> = problems.iter().filter(|problem| page.has(&problem.place)).collect();
    let Some(worst) = of_page.iter().min_by_key(|problem| problem.severity) else {
        // Without a duplicate or a match the rules have looked all the same.
        let found_by_rules = [Page::Deduplication, Page::Matching, Page::Activities].contains(&page);
        let is_empty = page == Page::Activities && cx.workbench.project.activities.is_empty();
        let is_kept_away = problems.iter().any(|problem| problem.severity == Severity::Error);
        if count.is_none() && is_kept_away && !is_empty {
            form::label_ui(ui, &icon::before(icon::EMPTY, tr!("waits for what is to be mended")));
            return;
        }
        if count.is_none() || (!found_by_rules && count == Some(0)) {
            form::label_ui(ui, &icon::before(icon::EMPTY, tr!("nothing yet")));
            return;
        }
        let good = palette(ui).good;
        ui.label(RichText::new(icon::before(icon::DONE, tr!("ready"))).color(good));
        return;
    };
    let others = match of_page.len() {
        1 => String::new(),
        many => tr!(" And {many} more.", many = text::count(many as u64 - 1)),
    };
    let words = format!("{}{others}", worst.message);
    let problem = (*worst).clone();
    parts::problem_link_ui(ui, cx, &problem, &words);
}

/// For each table a line that adds up; every count of rows that fell out opens them.
fn tables_ui(ui: &mut Ui, cx: &mut PageCx<'_>, run: &Run) {
    let tables = run.report.tables.clone();
    if tables.is_empty() {
        return;
    }
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let heads = [
            (tr!("Table"), help::MATCH_ORDER),
            (tr!("Rows read"), help::ROWS_READ.topic()),
            (tr!("Corrupt"), LedgerPart::Corrupt.help().topic()),
            (tr!("Duplicates"), LedgerPart::Duplicates.help().topic()),
            (tr!("Unique"), help::UNIQUE_RECORDS.topic()),
            (tr!("Joined"), help::JOINED.topic()),
            (tr!("Own"), help::OWN.topic()),
            (tr!("Dropped"), LedgerPart::Dropped.help().topic()),
            (tr!("Matched"), help::MATCHED_SHARE.topic()),
        ];
        // Nine columns: where the window is small, they scroll.
        egui::ScrollArea::horizontal().id_salt("tables").show(ui, |ui| {
            egui::Grid::new("tables").num_columns(heads.len() + 1).striped(true).spacing([24.0, 6.0]).show(ui, |ui| {
                for (place, (head, help)) in heads.into_iter().enumerate() {
                    let text = RichText::new(head).bold();
                    match place {
                        0 => ui.label(text),
                        _ => right_ui(ui, |ui| ui.label(text)),
                    }
                    .help(help);
                }
                end_ui(ui);
                for table in &tables {
                    table_ui(ui, cx, table, run.matched.is_some());
                }
            });
        });
    });
}

/// What only matching knows stands as a dash while an error keeps it away.
fn table_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &TableReport, is_matched: bool) {
    ui.label(&table.table);
    let plain = |ui: &mut Ui, words: String| right_ui(ui, |ui| ui.label(words));
    plain(ui, text::count(table.rows_read));
    link_ui(ui, cx, LedgerPart::Corrupt, table.corrupt, &table.table);
    link_ui(ui, cx, LedgerPart::Duplicates, table.duplicates, &table.table);
    plain(ui, text::count(table.unique));
    if is_matched {
        plain(ui, text::count(table.joined));
        plain(ui, text::count(table.own));
        link_ui(ui, cx, LedgerPart::Dropped, table.dropped, &table.table);
        plain(ui, text::percent(table.matched, table.unique));
    } else {
        (0..4).for_each(|_| drop(plain(ui, "–".to_owned())));
    }
    end_ui(ui);
}

fn link_ui(ui: &mut Ui, cx: &mut PageCx<'_>, part: LedgerPart, value: u64, table: &str) {
    let name = tr!("{label} of {table}", label = part.label(), table);
    if right_ui(ui, |ui| figure::count_link_ui(ui, value, &name, part.help())) {
        cx.open_ledger(part, Some(table));
    }
}

fn run_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        form::section_ui(ui, tr!("Run"));
        let commands = [Command::UnifyAndDependencies, Command::Unify, Command::RunMatchingOnly];
        let answers = commands.map(|command| command.enabled(cx.workbench));
        // What holds all of them is said once.
        let holds_all = answers[0].as_ref().err().filter(|_| answers.iter().all(|answer| *answer == answers[0]));
        if let Some(reason) = holds_all {
            form::warning_ui(ui, reason);
        }
        for (command, enabled) in commands.into_iter().zip(&answers) {
            ui.horizontal(|ui| {
                let main = command == Command::UnifyAndDependencies;
                let text = command.text();
                let clicked = match enabled {
                    Ok(()) if main => form::primary_button(ui, text),
                    _ => form::button_or_reason(ui, text, enabled.clone()),
                };
                // The menu and the button above are called Run too.
                let (name, enabled_now) = (tr!("{text} from Review", text), enabled.is_ok());
                clicked.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled_now, &name));
                if clicked.on_hover_text(command.tooltip()).clicked() {
                    cx.send(command);
                }
                let reason = enabled.as_ref().err().filter(|_| holds_all.is_none());
                let words = reason.map_or(command.tooltip(), String::as_str);
                ui.label(RichText::new(words).color(palette(ui).text_weak));
            });
        }
    });
}
