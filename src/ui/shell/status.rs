//! What is happening, and what needs attention.

use eframe::egui::{self, RichText, Ui};

use crate::project::validate::Severity;
use crate::ui::context::PageCx;
use crate::ui::theme::{icon, palette};
use crate::ui::widgets::text;
use crate::workbench::panel::{PanelTab, ProblemLine, problem_counts, problem_lines};
use crate::workbench::{Command, Lane, RunningJob};

/// The bar at the bottom: stage, progress and Cancel while something runs, else the last results.
pub fn status_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    ui.horizontal(|ui| {
        match Lane::IN_STATUS.into_iter().find_map(|lane| cx.workbench.job(lane)) {
            Some(RunningJob { lane, progress, is_cancelled: cancelling, .. }) => {
                let stage = if cancelling { tr!("Cancelling…").to_owned() } else { progress.stage.clone() };
                let words = format!("{}: {stage}", lane.name());
                part_button_ui(ui, cx, &words, PanelTab::Jobs);
                if let Some(share) = progress.share() {
                    ui.add(egui::ProgressBar::new(share).desired_width(160.0).desired_height(10.0).animate(false));
                    ui.label(format!("{:.0} %", share * 100.0));
                }
                if lane == Lane::Report
                    && ui.add_enabled(!cancelling, egui::Button::new(tr!("Cancel report"))).clicked()
                {
                    cx.workbench.cancel_job(Lane::Report);
                }
                if lane == Lane::Run && ui.add_enabled(!cancelling, egui::Button::new(tr!("Cancel"))).clicked() {
                    cx.send(Command::Cancel);
                }
            }
            None => results_ui(ui, cx),
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let told = tr!("{n} notification" | "{n} notifications" % cx.workbench.notices.iter().len() as u64);
            part_button_ui(ui, cx, &told, PanelTab::Notifications);
            let (errors, warnings) = problem_counts(cx.workbench.problems.iter());
            let words = format!(
                "{}, {}",
                tr!("{n} error" | "{n} errors" % errors),
                tr!("{n} warning" | "{n} warnings" % warnings)
            );
            part_button_ui(ui, cx, &words, PanelTab::Problems);
        });
    });
}

/// Opens a part of the panel, or puts it away.
fn part_button_ui(ui: &mut Ui, cx: &mut PageCx<'_>, words: &str, tab: PanelTab) {
    let is_shown = cx.workbench.settings.panel == Some(tab);
    let button = ui.add(egui::Button::selectable(is_shown, words).frame_when_inactive(true));
    button.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_shown, words));
    if button.on_hover_text(tr!("{title} in the panel below the page", title = tab.title())).clicked() {
        cx.memory.panel.page = None;
        cx.workbench.show_panel((!is_shown).then_some(tab));
    }
}

fn results_ui(ui: &mut Ui, cx: &PageCx<'_>) {
    let weak = palette(ui).text_weak;
    match &cx.workbench.published {
        Some(published) => {
            let report = &published.report;
            let stale = match () {
                () if cx.workbench.pending.is_some() => tr!(" · a run waits for your decision"),
                () if !cx.workbench.is_stale() => "",
                () if Command::UnifyAndDependencies.enabled(cx.workbench).is_err() => {
                    tr!(" · the project or a file changed since: mend the errors, then run again")
                }
                () => tr!(" · the project or a file changed since: run again"),
            };
            let text = tr!(
                "{customers}: {known} known, {unknown} unknown{stale}",
                customers = tr!("{n} customer" | "{n} customers" % report.customers),
                known = text::count(report.known),
                unknown = text::count(report.unknown),
                stale
            );
            ui.label(RichText::new(text).color(weak)).on_hover_text(tr!("As of {as_of}", as_of = report.run.as_of));
        }
        None => {
            ui.label(RichText::new(tr!("No results yet")).color(weak));
        }
    }
}

/// What is wrong with the page that is open, in one line beside its title: the first problem, and how many more there
/// are. It takes the room of the page's purpose, so that the page below never moves. Says whether there was any.
pub fn page_problems_ui(ui: &mut Ui, cx: &mut PageCx<'_>) -> bool {
    let page = cx.workbench.page;
    let lines = problem_lines(&cx.workbench.problems, "", Some(page));
    let first = lines.iter().find_map(|line| match line {
        ProblemLine::Problem(place) => cx.workbench.problems.get(*place),
        ProblemLine::Page(..) => None,
    });
    let (text, is_error) = match (first, &cx.workbench.live.error) {
        (Some(first), _) => (format!("{} {}", first.message, first.fix), first.severity == Severity::Error),
        (None, Some(error)) => (error.clone(), true),
        (None, None) => return false,
    };
    let all = (lines.len() as u64).saturating_sub(1);
    let text = if all > 1 { tr!("{all} problems, first: {text}", all = text::count(all), text) } else { text };
    let palette = palette(ui);
    let (sign, color) = if is_error { (icon::ERROR, palette.error) } else { (icon::WARNING, palette.warning) };
    let line = RichText::new(format!("{sign} {text}")).color(color);
    let button = ui.add(egui::Button::new(line).frame(false).truncate());
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &text));
    if button.on_hover_text(tr!("{text}\nClick for the list of problems", text)).clicked() {
        cx.memory.panel.page = Some(page);
        cx.workbench.show_panel(Some(PanelTab::Problems));
    }
    true
}
