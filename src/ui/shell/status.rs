//! What is happening, and what needs attention.

use eframe::egui::{self, RichText, Ui};

use crate::project::validate::Severity;
use crate::ui::context::PageCx;
use crate::ui::theme::{icon, palette};
use crate::ui::widgets::{form, text};
use crate::workbench::{Command, Lane, Level, Notice};

/// The bar at the bottom: stage, progress and Cancel while something runs, else the last results.
pub fn status_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    ui.horizontal(|ui| {
        let running = [
            (Lane::Run, "Run"),
            (Lane::Export, "Export"),
            (Lane::Report, "Report"),
            (Lane::Look, "Look"),
            (Lane::Stored, "Results"),
            (Lane::Live, "Live counts"),
        ]
        .into_iter()
        .find_map(|(lane, name)| cx.workbench.jobs_progress(lane).map(|progress| (lane, name, progress)));
        match running {
            Some((lane, name, (progress, cancelling))) => {
                let stage = if cancelling { "Cancelling…".to_owned() } else { progress.stage.clone() };
                ui.label(format!("{name}: {stage}"));
                if let Some(share) = progress.share() {
                    ui.add(egui::ProgressBar::new(share).desired_width(160.0).desired_height(10.0).animate(false));
                    ui.label(format!("{:.0} %", share * 100.0));
                }
                if lane == Lane::Report && ui.add_enabled(!cancelling, egui::Button::new("Cancel report")).clicked() {
                    cx.workbench.cancel_report();
                }
                if lane == Lane::Run && ui.add_enabled(!cancelling, egui::Button::new("Cancel")).clicked() {
                    cx.send(Command::Cancel);
                }
            }
            None => results_ui(ui, cx),
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let (errors, warnings) = problem_counts(cx);
            let words = format!(
                "{}, {}",
                text::counted(errors, "error", "errors"),
                text::counted(warnings, "warning", "warnings")
            );
            ui.menu_button(words, |ui| problems_ui(ui, cx));
        });
    });
}

fn results_ui(ui: &mut Ui, cx: &PageCx<'_>) {
    let weak = palette(ui).text_weak;
    match &cx.workbench.published {
        Some(published) => {
            let report = &published.report;
            let stale = if cx.workbench.is_stale() { " · the project or a file changed since: run again" } else { "" };
            let text = format!(
                "{}: {} known, {} unknown{stale}",
                text::counted(report.customers, "customer", "customers"),
                text::count(report.known),
                text::count(report.unknown)
            );
            ui.label(RichText::new(text).color(weak)).on_hover_text(format!("As of {}", report.run.as_of));
        }
        None => {
            ui.label(RichText::new("No results yet").color(weak));
        }
    }
}

fn problem_counts(cx: &PageCx<'_>) -> (u64, u64) {
    let errors = cx.workbench.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    (errors as u64, (cx.workbench.problems.len() - errors) as u64)
}

/// Every problem of the project; a click opens its page.
fn problems_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    ui.set_min_width(460.0);
    let problems = cx.workbench.problems.clone();
    if problems.is_empty() {
        ui.label("Nothing to mend.");
    }
    for problem in problems {
        let color = if problem.severity == Severity::Error { palette(ui).error } else { palette(ui).warning };
        let text = format!("{}: {}", problem.place.page(), problem.message);
        let button = ui.add(egui::Button::new(RichText::new(text).color(color)).wrap().frame(false));
        if button.on_hover_text(&problem.fix).clicked() {
            if let Some(page) =
                crate::workbench::Page::ALL.into_iter().find(|page| page.title() == problem.place.page())
            {
                cx.send(Command::Go(page));
            }
            ui.close();
        }
    }
}

/// The problems of the page that is open, at its head.
pub fn page_problems_ui(ui: &mut Ui, cx: &PageCx<'_>) {
    let page = cx.workbench.page.title();
    let of_page = cx.workbench.problems.iter().filter(|problem| problem.place.page() == page);
    for problem in of_page.take(4) {
        let text = format!("{} {}", problem.message, problem.fix);
        match problem.severity {
            Severity::Error => form::error_ui(ui, text),
            Severity::Warning => form::warning_ui(ui, text),
        }
    }
    if let Some(error) = &cx.workbench.live.error {
        form::error_ui(ui, error.clone());
    }
}

/// Events in the lower right corner, newest last, each with a button that puts it away. They lie over the page and
/// never move it.
pub fn notices_ui(ctx: &egui::Context, notices: &mut Vec<Notice>) {
    let first = notices.len().saturating_sub(3);
    let mut dismissed = None;
    let corner = egui::Align2::RIGHT_BOTTOM;
    egui::Area::new(egui::Id::unique("notices")).anchor(corner, [-16.0, -44.0]).order(egui::Order::Foreground).show(
        ctx,
        |ui| {
            ui.set_max_width(460.0);
            for (place, notice) in notices.iter().enumerate().skip(first) {
                let palette = palette(ui);
                let (icon, color) = match notice.level {
                    Level::Info => (icon::INFO, palette.accent),
                    Level::Warning => (icon::WARNING, palette.warning),
                    Level::Error => (icon::ERROR, palette.error),
                };
                crate::ui::theme::card(ui).shadow(ui.visuals().popup_shadow).show(ui, |ui| {
                    ui.horizontal_top(|ui| {
                        ui.label(RichText::new(icon).color(color));
                        ui.vertical(|ui| {
                            ui.set_max_width(380.0);
                            ui.add(egui::Label::new(&notice.text).wrap());
                        });
                        if form::icon_button(ui, icon::REMOVE, &format!("Dismiss notice {}", place - first + 1), true) {
                            dismissed = Some(place);
                        }
                    });
                });
            }
        },
    );
    if let Some(place) = dismissed {
        notices.remove(place);
    }
}
