//! What a customer did: newest first, a heading for each month, by activity; and how much of it there is.

use eframe::egui::{self, RichText, Ui};

use super::pair_ui;
use crate::engine::customer::profile::{Profile, ProfileEvent};
use crate::help;
use crate::ui::context::PageCx;
use crate::ui::theme::{TextRole as _, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::{form, text};

/// The time of day of what has none.
const NO_TIME: &str = " 00:00:00";

/// What the activities come to, in figures.
pub fn insights_ui(ui: &mut Ui, profile: &Profile) {
    if profile.event_counts.is_empty() {
        return;
    }
    form::section_ui(ui, tr!("Insights"));
    pair_ui(ui, tr!("Activities"), |ui| {
        let of = |(name, count): &(String, usize)| format!("{} {name}", text::count(*count as u64));
        let parts: Vec<String> = profile.event_counts.iter().map(of).collect();
        let all = text::count(profile.event_count() as u64);
        ui.label(if parts.len() > 1 { format!("{all}: {}", parts.join(", ")) } else { parts.concat() });
    });
    pair_ui(ui, tr!("First"), |ui| {
        ui.label(shown_time(&profile.first_event));
    });
    pair_ui(ui, tr!("Last"), |ui| {
        ui.label(shown_time(&profile.last_event));
    });
}

/// A time as people write it: a day without a time of day is a day.
pub(super) fn shown_time(time: &str) -> &str {
    time.strip_suffix(NO_TIME).unwrap_or(time)
}

pub fn timeline_ui(ui: &mut Ui, cx: &mut PageCx<'_>, profile: &Profile) {
    form::section_ui(ui, tr!("Timeline"));
    if profile.events.is_empty() {
        ui.label(RichText::new(tr!("No activities")).color(palette(ui).text_weak));
        return;
    }
    types_ui(ui, cx, profile);
    let hidden = &cx.memory.card.hidden;
    let events: Vec<&ProfileEvent> = profile.events.iter().filter(|event| !hidden.contains(&event.activity)).collect();
    let all_days = events.iter().all(|event| event.time.ends_with(NO_TIME));
    let several = profile.event_counts.len() > 1;
    let mut rest = events.as_slice();
    while let Some(first) = rest.first() {
        let month = first.time.get(..7).unwrap_or_default();
        let (of_month, later) = rest.split_at(rest.iter().take_while(|event| event.time.starts_with(month)).count());
        rest = later;
        let heading = format!("{month} · {}", tr!("{n} event" | "{n} events" % of_month.len() as u64));
        ui.label(RichText::new(heading).small().bold().color(palette(ui).text_weak));
        for event in of_month {
            event_ui(ui, event, all_days, several);
        }
    }
    let all = profile.event_counts.iter().filter(|(name, _)| !hidden.contains(name)).map(|(_, count)| count);
    let older = all.sum::<usize>() - events.len();
    if older > 0 {
        ui.label(tr!("and {older} older ones", older = text::count(older as u64)));
    }
    if events.is_empty() {
        ui.label(RichText::new(tr!("All activities are left out")).color(palette(ui).text_weak));
    }
}

/// Which activities are shown: each with its count, to be turned off and on.
fn types_ui(ui: &mut Ui, cx: &mut PageCx<'_>, profile: &Profile) {
    if profile.event_counts.len() < 2 {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (name, count) in &profile.event_counts {
            let shown = !cx.memory.card.hidden.contains(name);
            let label = format!("{name}  {}", text::count(*count as u64));
            let response = ui.selectable_label(shown, label).on_hover_text(tr!("Show or leave out these activities"));
            let label = tr!("Show {name} in the timeline", name);
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, shown, &label));
            if response.clicked() && !cx.memory.card.hidden.remove(name) {
                cx.memory.card.hidden.insert(name.clone());
            }
        }
    });
}

fn event_ui(ui: &mut Ui, event: &ProfileEvent, all_days: bool, with_activity: bool) {
    let weak = palette(ui).text_weak;
    ui.horizontal_wrapped(|ui| {
        let time = if all_days { shown_time(&event.time) } else { &event.time };
        ui.label(RichText::new(time).monospace().color(weak));
        ui.label(if event.title.is_empty() { &event.activity } else { &event.title }).on_hover_text(&event.activity);
        if !event.detail.is_empty() {
            ui.label(RichText::new(text::one_line(&event.detail, 120)).color(weak));
        }
        if event.while_unknown {
            ui.label(RichText::new(tr!("while unknown")).small().color(palette(ui).warning))
                .help(help::ACTIVITY_WHILE_UNKNOWN.topic());
        }
        if with_activity && !event.title.is_empty() {
            ui.label(RichText::new(&event.activity).small().color(weak));
        }
    });
}
