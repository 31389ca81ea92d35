//! What is being done, with a way to stop it, and what is over.

use std::time::Duration;

use eframe::egui::{self, ProgressBar, RichText, Ui};

use super::lines::lines_ui;
use super::{PanelTab, split_ui};
use crate::engine::number::milliseconds;
use crate::task::{Passed, Progress, Unit};
use crate::ui::context::PageCx;
use crate::ui::theme::{GAP_SMALL, ROW_HEIGHT, TextRole as _, icon, palette};
use crate::ui::widgets::{form, layout, text};
use crate::workbench::{EndedJob, Ending, Lane, RunningJob};

const BAR_WIDTH: f32 = 150.0;

pub fn tools_ui(ui: &mut Ui, cx: &PageCx<'_>) {
    let ended = cx.workbench.ended_jobs();
    if ui.add_enabled(!ended.is_empty(), egui::Button::new(tr!("Copy all"))).clicked() {
        let texts: Vec<String> = ended.iter().map(EndedJob::copied).collect();
        ui.ctx().copy_text(texts.join("\n\n"));
    }
}

pub fn jobs_ui(ui: &mut Ui, cx: &mut PageCx<'_>, takes_focus: bool) {
    let mut cancelled = None;
    for job in Lane::ALL.into_iter().filter_map(|lane| cx.workbench.job(lane)) {
        if running_ui(ui, &job) {
            cancelled = Some(job.lane);
        }
    }
    if let Some(lane) = cancelled {
        cx.workbench.cancel_job(lane);
    }
    let ended: Vec<&EndedJob> = cx.workbench.ended_jobs().iter().rev().collect();
    if ended.is_empty() {
        if cx.workbench.is_idle() {
            form::label_ui(ui, tr!("Nothing was done yet. Runs, exports and live counts are listed here."));
        }
        return;
    }
    let selected = &mut cx.memory.panel.selected[PanelTab::Jobs as usize];
    split_ui(
        ui,
        |ui| {
            let is_line = |line| line < ended.len();
            lines_ui(ui, (tr!("Jobs"), takes_focus), ended.len(), selected, is_line, |ui, line, is_selected| {
                ended_ui(ui, ended[line], is_selected)
            });
            *selected
        },
        |ui, shown| {
            if let Some(job) = ended.get(shown) {
                details_ui(ui, job);
            }
        },
    );
}

/// A job that is going on; says whether to stop it.
fn running_ui(ui: &mut Ui, job: &RunningJob) -> bool {
    let mut is_cancelled = false;
    let row = ui.horizontal(|ui| {
        ui.set_min_height(ROW_HEIGHT);
        let name = job.lane.name();
        ui.label(RichText::new(name).bold())
            .on_hover_text(tr!("Since {format}", format = job.begun.format("%H:%M:%S")));
        let stage = if job.is_cancelled { tr!("Cancelling…") } else { job.progress.stage.as_str() };
        ui.label(stage);
        let of_stage = job.progress.begun.map(|begun| begun.elapsed()).unwrap_or_default();
        if let Some(share) = job.progress.share() {
            ui.add(ProgressBar::new(share).desired_width(BAR_WIDTH).desired_height(10.0).animate(false));
        }
        ui.label(RichText::new(pace(&job.progress, of_stage, job.elapsed)).color(palette(ui).text_weak));
        if let Some(words) = reused_words(&job.passed) {
            ui.label(RichText::new(words).color(palette(ui).text_weak));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let reason = job.lane.no_cancel().or(job.is_cancelled.then_some(tr!("It was asked to stop")));
            let button = form::button_or_reason(ui, tr!("Cancel"), reason.map_or(Ok(()), |why| Err(why.to_owned())));
            let label = tr!("Cancel {name}", name);
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, reason.is_none(), &label));
            is_cancelled = button.clicked();
        });
    });
    row.response.on_hover_ui(|ui| stages_ui(ui, &job.passed));
    is_cancelled
}

/// Share, rate and time left, as far as they can be known, and the time so far.
fn pace(progress: &Progress, of_stage: Duration, elapsed: Duration) -> String {
    let mut words = Vec::new();
    if let Some(share) = progress.share() {
        words.push(match progress.unit {
            Unit::Steps => tr!(
                "step {done} of {total}",
                done = text::count(progress.done + 1),
                total = text::count(progress.total)
            ),
            _ => format!("{:.0} %", share * 100.0),
        });
    }
    if let Some(rate) = progress.rate(of_stage) {
        words.push(match progress.unit {
            Unit::Bytes => tr!("{e6} MB/s", e6 = format_args!("{:.0}", rate / 1e6)),
            _ => tr!("{rate} rows/s", rate = text::count(rate as u64)),
        });
    }
    if let Some(left) = progress.left(of_stage) {
        words.push(tr!("{seconds} left in this stage", seconds = seconds(left)));
    }
    words.push(tr!("{seconds} so far", seconds = seconds(elapsed)));
    words.join(" · ")
}

/// To the second: it changes while one looks.
fn seconds(time: Duration) -> String {
    match time.as_secs() {
        0 => tr!("under 1 s").to_owned(),
        seconds @ 1..60 => tr!("{seconds} s", seconds),
        seconds => milliseconds(seconds * 1_000),
    }
}

fn reused_words(passed: &[Passed]) -> Option<String> {
    let reused = Passed::reused(passed);
    let stages = tr!("{n} stage" | "{n} stages" % passed.len() as u64);
    match (passed.len(), reused) {
        (0, _) => None,
        (_, 0) => Some(tr!("{stages} done", stages)),
        _ => Some(tr!("{stages} done, {reused} reused", stages, reused = text::count(reused as u64))),
    }
}

fn ended_ui(ui: &mut Ui, job: &EndedJob, is_selected: bool) -> egui::Response {
    let colors = palette(ui);
    let (sign, color) = match job.ending {
        Ending::Done => (icon::DONE, colors.good),
        Ending::Cancelled | Ending::Overtaken => (crate::text::of(icon::BLANK), colors.text_weak),
        Ending::Failed(_) => (icon::ERROR, colors.error),
    };
    let (name, at) = (job.lane.name(), job.begun.format("%H:%M:%S").to_string());
    let took = milliseconds(job.elapsed.as_millis() as u64);
    let mut after = tr!("{ending} after {took}", ending = job.ending.name(), took);
    if let Some(words) = reused_words(&job.stages) {
        after += &format!(" · {words}");
    }
    let weak = colors.text_weak;
    let line = [(0.0, sign, color), (6.0, at.as_str(), weak), (8.0, name, colors.text), (8.0, after.as_str(), weak)];
    let line = layout::colored_line(ui, line);
    let response = form::list_row_ui(ui, is_selected, line, "");
    let spoken = tr!("{name} at {at}: {after}", name, at, after);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, is_selected, &spoken));
    response
}

fn details_ui(ui: &mut Ui, job: &EndedJob) {
    if let Ending::Failed(message) = &job.ending {
        ui.add(egui::Label::new(RichText::new(message).color(palette(ui).error)).wrap().selectable(true));
    }
    stages_ui(ui, &job.stages);
    ui.add_space(GAP_SMALL);
    if ui.button(tr!("Copy")).clicked() {
        ui.ctx().copy_text(job.copied());
    }
}

fn stages_ui(ui: &mut Ui, stages: &[Passed]) {
    if stages.is_empty() {
        form::label_ui(ui, tr!("It has no stages that are told of."));
    }
    for stage in stages {
        let took = match stage.reused {
            true => tr!("reused").to_owned(),
            false => milliseconds(stage.elapsed.as_millis() as u64),
        };
        ui.horizontal(|ui| {
            ui.label(text::stage(&stage.stage));
            ui.label(RichText::new(took).color(palette(ui).text_weak));
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pace_says_what_is_known() {
        let two = Duration::from_secs(2);
        let of = |done, total, unit| Progress { done, total, unit, ..Progress::default() };
        let all = pace(&of(50_000_000, 100_000_000, Unit::Bytes), two, Duration::from_secs(3));
        assert_eq!(all, "50 % · 25 MB/s · 2 s left in this stage · 3 s so far");
        assert_eq!(pace(&of(2, 9, Unit::Steps), two, Duration::from_secs(3)), "step 3 of 9 · 3 s so far");
        assert_eq!(pace(&of(0, 0, Unit::Rows), two, Duration::ZERO), "under 1 s so far");
    }
}
