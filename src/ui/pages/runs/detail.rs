//! One run: what it came to, what it changed, and how long its stages took.

use std::sync::Arc;

use eframe::egui::{self, RichText, Ui, vec2};

use super::super::{known_chart, parts};
use super::{changes, decision, list};
use crate::engine::stage::Stage;
use crate::engine::state::history::{RunOutcome, RunRecord};
use crate::help;
use crate::ui::context::PageCx;
use crate::ui::theme::{GAP, icon, palette};
use crate::ui::widgets::{entry, figure, form, layout, text};
use crate::workbench::Whose;

/// A count of a run by its name.
type Count = (&'static str, fn(&RunRecord) -> u64);

/// The right part of the page.
pub fn detail_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let runs = Arc::clone(&cx.workbench.runs);
    let chosen = if list::waiting_is_selected(cx) { None } else { list::selected(cx, &runs) };
    let title = chosen
        .map_or_else(|| crate::text::of(list::WAITING).to_owned(), |(run, _)| tr!("Run {number}", number = run.number));
    layout::preview_ui(ui, &title, |ui| {
        egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            match chosen {
                Some((run, before)) => run_ui(ui, cx, run, before),
                None => decision::card_ui(ui, cx),
            }
            entry::follow_focus_ui(ui, &mut cx.memory.focus_seen);
        });
    });
}

fn run_ui(ui: &mut Ui, cx: &mut PageCx<'_>, run: &RunRecord, before: Option<&RunRecord>) {
    outcome_ui(ui, run);
    let until = match run.until {
        Stage::Segments => tr!("The whole run").to_owned(),
        until => tr!("Up to {label}", label = crate::text::of(until.label()).to_lowercase()),
    };
    let by = tr!("{until}, from the {label}", until, label = run.by.label().to_lowercase());
    let mut facts = vec![
        (help::RUN_STARTED, tr!("{time} UTC", time = list::time(&run.started))),
        (help::RUN_TOOK, list::took(run)),
        (help::RUN_ASKED_FOR, by),
    ];
    // Most runs count from when they began.
    if !run.as_of.is_empty() && run.as_of != run.started {
        facts.push((help::RUN_NOW, tr!("{time} UTC", time = list::time(&run.as_of))));
    }
    entry::facts_ui(ui, "run facts", &facts);
    if matches!(run.outcome, RunOutcome::Done | RunOutcome::Kept) {
        counts_ui(ui, run, before);
        form::section_ui(ui, tr!("Against the run before"));
        match &run.changes {
            None if run.until < Stage::Merge => parts::hint_ui(ui, tr!("Customers were not made anew.")),
            None => parts::hint_ui(ui, tr!("It was the first run: there was nothing to compare it with.")),
            Some(counts) => {
                let latest = cx.workbench.published.as_ref().and_then(|published| published.latest.as_ref());
                let whose = latest.filter(|latest| latest.number == run.number).map(|_| Whose::Latest);
                changes::counts_ui(ui, cx, counts, whose);
                match (whose, run.outcome) {
                    (Some(_), _) => {}
                    (None, RunOutcome::Kept) => {
                        parts::hint_ui(ui, tr!("These customers were not published and are not kept."));
                    }
                    (None, _) => parts::hint_ui(
                        ui,
                        tr!(
                            "Which customers these were is not kept: they are listed for the last run that was published \
                         since the window was opened."
                        ),
                    ),
                }
            }
        }
    }
    let published = cx.workbench.published.as_ref();
    let latest = published.and_then(|published| published.latest.as_ref()).is_some_and(|it| it.number == run.number);
    if let (true, Some(whole)) = (latest, published.and_then(|published| published.run.clone())) {
        known_chart::chart_of_ui(ui, cx, "journey of the published run", &whole);
    }
    if !run.stages.is_empty() {
        form::section_ui(ui, tr!("Stages"));
        stages_ui(ui, run);
    }
}

fn outcome_ui(ui: &mut Ui, run: &RunRecord) {
    let palette = palette(ui);
    let (icon, color, words) = match run.outcome {
        RunOutcome::Done => (icon::DONE, palette.good, tr!("Published")),
        RunOutcome::Kept => (icon::EMPTY, palette.text_weak, tr!("Not published: the last run was kept")),
        RunOutcome::Failed => (icon::ERROR, palette.error, tr!("Failed; the results of before stayed")),
        RunOutcome::Cancelled => (icon::ERROR, palette.warning, tr!("Cancelled; the results of before stayed")),
        RunOutcome::Killed => (icon::ERROR, palette.warning, tr!("Did not end: the program or the machine stopped")),
    };
    form::message_ui(ui, icon, color, RichText::new(words));
    if run.message.is_empty() {
        return;
    }
    ui.add(egui::Label::new(&run.message).wrap().selectable(true));
    if ui.button(tr!("Copy the message")).clicked() {
        ui.ctx().copy_text(run.message.clone());
    }
}

fn counts_ui(ui: &mut Ui, run: &RunRecord, before: Option<&RunRecord>) {
    ui.add_space(GAP);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 24.0;
        let of_customers: [Count; 3] = [
            (tr!("Customers"), |run| run.customers),
            (tr!("Known"), |run| run.known),
            (tr!("Unknown"), |run| run.unknown),
        ];
        let of_records: [Count; 4] = [
            (tr!("Unique records"), |run| run.unique_source_records),
            (tr!("Joined records"), |run| run.record_matches),
            (tr!("Dropped records"), |run| run.dropped_records),
            (tr!("Refused links"), |run| run.refused_links),
        ];
        let shown = of_customers.iter().filter(|_| run.until >= Stage::Merge).chain(&of_records);
        for (name, of) in shown {
            let words = list::with_change(of(run), before.map(of));
            figure::words_ui(ui, name, &words, help::RUN_COUNT);
        }
    });
    segments_ui(ui, run, before);
}

/// The members of each segment, with the change against the run before.
fn segments_ui(ui: &mut Ui, run: &RunRecord, before: Option<&RunRecord>) {
    if run.segments.is_empty() {
        return;
    }
    form::section_ui(ui, tr!("Members of the segments"));
    let name_width = (ui.available_width() * 0.7).min(360.0);
    for segment in &run.segments {
        let was = before.and_then(|before| before.segments.iter().find(|it| it.name == segment.name));
        ui.horizontal(|ui| {
            layout::cell_ui(ui, name_width, &segment.name);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.label(list::with_change(segment.members, was.map(|was| was.members)));
            });
        });
    }
}

/// A bar for each stage as long as it took; those taken from memory say so.
fn stages_ui(ui: &mut Ui, run: &RunRecord) {
    let palette = palette(ui);
    let longest = run.stages.iter().map(|stage| stage.elapsed_ms).max().unwrap_or(0).max(1);
    let (name_width, time_width) = (ui.available_width() * 0.42, 110.0);
    for stage in &run.stages {
        ui.horizontal(|ui| {
            layout::cell_ui(ui, name_width, text::stage(&stage.stage));
            let width = (ui.available_width() - time_width - 8.0).max(20.0);
            let (rect, bar) = ui.allocate_exact_size(vec2(width, 12.0), egui::Sense::hover());
            let share = stage.elapsed_ms as f32 / longest as f32;
            let filled = egui::Rect::from_min_size(rect.min, vec2((width * share).max(1.0), rect.height()));
            let color = if stage.reused { palette.border } else { palette.chart };
            ui.painter().rect_filled(filled, 2.0, color);
            bar.on_hover_text(format!("{}: {}", text::stage(&stage.stage), text::milliseconds(stage.elapsed_ms)));
            let words = if stage.reused { tr!("reused").to_owned() } else { text::milliseconds(stage.elapsed_ms) };
            ui.label(RichText::new(words).color(palette.text_weak)).on_hover_text(tr!(
                "Reused: its settings and tables were those of a run before, so its result was taken over"
            ));
        });
    }
}
