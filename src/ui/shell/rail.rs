//! The steps rail: every page with its state, the problems it has, and what it counts.

use eframe::egui::{self, RichText, Ui};

use crate::engine::ledger::{self, LedgerPart};
use crate::project::validate::Severity;
use crate::ui::context::PageCx;
use crate::ui::theme::{GAP_LARGE, GAP_SMALL, icon, palette};
use crate::ui::widgets::{form, help, text};
use crate::workbench::{Command, Page};

/// What a page's mark says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StepState {
    Done,
    NeedsAttention(usize),
    Warned(usize),
    Stale,
    Running,
    Empty,
}

pub fn rail_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    ui.add_space(GAP_SMALL);
    for page in Page::ALL {
        let title = match page {
            Page::Sources => Some("Data"),
            Page::CustomerData => Some("Unify"),
            Page::Customers => Some("Results"),
            Page::Statistics => Some("Trust"),
            _ => None,
        };
        if let Some(title) = title {
            ui.add_space(GAP_LARGE);
            ui.label(RichText::new(title).small().color(palette(ui).text_weak));
        }
        step_ui(ui, cx, page);
    }
}

fn step_ui(ui: &mut Ui, cx: &mut PageCx<'_>, page: Page) {
    let palette = palette(ui);
    let state = state(cx, page);
    let (icon, color, words) = match state {
        StepState::Done => (icon::DONE, palette.good, "done".to_owned()),
        StepState::NeedsAttention(count) => (icon::ERROR, palette.error, format!("needs attention: {count}")),
        StepState::Warned(count) => (icon::WARNING, palette.warning, format!("warnings: {count}")),
        StepState::Stale => (icon::STALE, palette.warning, "stale: run again".to_owned()),
        StepState::Running => (icon::RUNNING, palette.accent, "running".to_owned()),
        StepState::Empty => (icon::EMPTY, palette.text_weak, "nothing yet".to_owned()),
    };
    let mut job = egui::text::LayoutJob::default();
    let font = egui::TextStyle::Body.resolve(ui.style());
    job.append(icon, 0.0, egui::TextFormat { font_id: font.clone(), color, ..Default::default() });
    job.append(page.title(), 8.0, egui::TextFormat { font_id: font, color: palette.text, ..Default::default() });
    let right = count(cx, page).map(text::count).unwrap_or_default();
    let selected = cx.workbench.page == page;
    let response = form::list_row_ui(ui, selected, job, &right);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, selected, page.title()));
    if !selected && cx.workbench.guide_step().is_some_and(|step| step.words().page == page) {
        help::frame(&response);
    }
    let shortcut = cx.workbench.keymap.shown(Command::Go(page)).map(|shown| format!(" ({shown})")).unwrap_or_default();
    if response.on_hover_text(format!("{}\n{}{shortcut}: {words}", page.purpose(), page.title())).clicked() {
        cx.send(Command::Go(page));
    }
}

fn state(cx: &PageCx<'_>, page: Page) -> StepState {
    let of_page = cx.workbench.problems.iter().filter(|problem| problem.place.page() == page.title());
    let (errors, warnings): (Vec<_>, Vec<_>) = of_page.partition(|problem| problem.severity == Severity::Error);
    let project = &cx.workbench.project;
    let empty = match page {
        Page::Sources => project.source_tables.is_empty(),
        Page::CustomerData | Page::Deduplication | Page::Matching | Page::UnifiedView | Page::Review => {
            project.unification.is_empty()
        }
        Page::Activities => project.activities.is_empty(),
        Page::Segments => project.segments.is_empty(),
        Page::Export => project.exports.is_empty(),
        Page::Customers => cx.workbench.published.is_none(),
        Page::Runs => cx.workbench.runs.is_empty(),
        Page::Statistics | Page::Explain | Page::UncertainPairs | Page::LeftOut => cx.workbench.live.run.is_none(),
    };
    let computed = matches!(page, Page::Customers);
    let nothing_to_mend = errors.is_empty() || empty;
    if !nothing_to_mend {
        StepState::NeedsAttention(errors.len())
    } else if computed && cx.workbench.is_running() {
        StepState::Running
    } else if empty {
        StepState::Empty
    } else if computed && cx.workbench.is_stale() {
        StepState::Stale
    } else if !warnings.is_empty() {
        StepState::Warned(warnings.len())
    } else {
        StepState::Done
    }
}

fn count(cx: &PageCx<'_>, page: Page) -> Option<u64> {
    let project = &cx.workbench.project;
    let count = match page {
        Page::Sources => project.source_tables.len() as u64,
        Page::CustomerData => project.unification.len() as u64,
        Page::Deduplication => project.unification.iter().map(|table| table.deduplication_rules.len() as u64).sum(),
        Page::Matching => project.unification.iter().map(|table| table.match_rules.len() as u64).sum(),
        Page::UnifiedView | Page::Review | Page::Statistics | Page::Explain | Page::UncertainPairs => return None,
        Page::Customers => cx.workbench.published.as_ref()?.report.customers,
        Page::Activities => project.activities.len() as u64,
        Page::Segments => project.segments.len() as u64,
        Page::Export => project.exports.len() as u64,
        Page::Runs => cx.workbench.runs.len() as u64,
        Page::LeftOut => {
            let run = cx.workbench.live.run.as_ref()?;
            LedgerPart::ALL.into_iter().map(|part| ledger::count(run, part)).sum()
        }
    };
    (count > 0).then_some(count)
}
