//! What is to be mended, by page; a click or Enter goes there.

use std::cell::Cell;

use eframe::egui::{self, RichText, Ui};

use super::lines::lines_ui;
use super::{PanelTab, split_ui};
use crate::help;
use crate::project::validate::{Problem, Severity};
use crate::ui::context::PageCx;
use crate::ui::theme::{GAP_SMALL, TextRole as _, icon, palette};
use crate::ui::widgets::{form, layout};
use crate::workbench::panel::{ProblemLine, problem_lines, problem_text};

const SEARCH_WIDTH: f32 = 200.0;

pub fn tools_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let listed = problem_lines(&cx.workbench.problems, &cx.memory.panel.search, cx.memory.panel.page);
    let has_any = !listed.is_empty();
    if ui.add_enabled(has_any, egui::Button::new(tr!("Copy all"))).clicked() {
        let problem = |line: &ProblemLine| match line {
            ProblemLine::Problem(place) => cx.workbench.problems.get(*place).map(problem_text),
            ProblemLine::Page(..) => None,
        };
        let texts: Vec<String> = listed.iter().filter_map(problem).collect();
        ui.ctx().copy_text(texts.join("\n"));
    }
    form::text_ui(
        ui,
        (tr!("Search problems"), help::SEARCH_LIST),
        &mut cx.memory.panel.search,
        tr!("Search"),
        SEARCH_WIDTH,
    );
    let page = cx.workbench.page;
    let mut is_of_page = cx.memory.panel.page.is_some();
    if ui.checkbox(&mut is_of_page, tr!("This page only")).changed() {
        cx.memory.panel.page = is_of_page.then_some(page);
    } else if is_of_page {
        cx.memory.panel.page = Some(page);
    }
}

pub fn problems_ui(ui: &mut Ui, cx: &mut PageCx<'_>, takes_focus: bool) {
    let lines = problem_lines(&cx.workbench.problems, &cx.memory.panel.search, cx.memory.panel.page);
    if lines.is_empty() {
        let words =
            if cx.workbench.problems.is_empty() { tr!("Nothing to mend.") } else { tr!("No problem is like this.") };
        form::label_ui(ui, words);
        return;
    }
    let problems = &cx.workbench.problems;
    let selected = &mut cx.memory.panel.selected[PanelTab::Problems as usize];
    let wanted = Cell::new(None);
    split_ui(
        ui,
        |ui| {
            let is_line = |line: usize| matches!(lines.get(line), Some(ProblemLine::Problem(_)));
            let chosen = lines_ui(
                ui,
                (tr!("Problems"), takes_focus),
                lines.len(),
                selected,
                is_line,
                |ui, line, is_selected| match lines[line] {
                    ProblemLine::Page(page, count) => heading_ui(ui, page, count),
                    ProblemLine::Problem(place) => line_ui(ui, &problems[place], is_selected),
                },
            );
            let opened = chosen.clicked.or(chosen.entered);
            wanted.set(opened.and_then(|line| place_of(lines[line])));
            lines.get(*selected).copied().and_then(place_of)
        },
        |ui, shown| {
            if let Some(problem) = shown.and_then(|place: usize| problems.get(place))
                && details_ui(ui, problem)
            {
                wanted.set(shown);
            }
        },
    );
    if let Some(problem) = wanted.get().and_then(|place| cx.workbench.problems.get(place)) {
        let go = crate::ui::palette::shown(cx.memory, &problem.place);
        go.into_iter().for_each(|command| cx.send(command));
    }
}

fn place_of(line: ProblemLine) -> Option<usize> {
    match line {
        ProblemLine::Problem(place) => Some(place),
        ProblemLine::Page(..) => None,
    }
}

fn heading_ui(ui: &mut Ui, page: &str, count: usize) -> egui::Response {
    let words = tr!("{n} problem" | "{n} problems" % count);
    ui.horizontal(|ui| {
        ui.set_min_height(crate::ui::theme::ROW_HEIGHT);
        ui.label(RichText::new(page).bold());
        ui.label(RichText::new(words).color(palette(ui).text_weak));
    })
    .response
}

fn line_ui(ui: &mut Ui, problem: &Problem, is_selected: bool) -> egui::Response {
    let colors = palette(ui);
    let (sign, color) = match problem.severity {
        Severity::Error => (icon::ERROR, colors.error),
        Severity::Warning => (icon::WARNING, colors.warning),
    };
    let job = layout::colored_line(ui, [(0.0, sign, color), (6.0, &problem.message, colors.text)]);
    let response = form::list_row_ui(ui, is_selected, job, "");
    let spoken = problem_text(problem);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, is_selected, &spoken));
    response.on_hover_text(&problem.fix)
}

/// The whole of it; says whether to go there.
fn details_ui(ui: &mut Ui, problem: &Problem) -> bool {
    ui.label(&problem.message);
    ui.label(RichText::new(&problem.fix).color(palette(ui).text_weak));
    ui.add_space(GAP_SMALL);
    let mut goes = false;
    ui.horizontal(|ui| {
        goes = ui.button(tr!("Go to {page}", page = crate::text::of(problem.place.page()))).clicked();
        if ui.button(tr!("Copy")).clicked() {
            ui.ctx().copy_text(problem_text(problem));
        }
    });
    goes
}
