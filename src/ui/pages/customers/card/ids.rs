//! The keys of a customer by table: how it was built, why two are together, and what a person knows better.

use eframe::egui::{self, RichText, Ui};

use super::pair_ui;
use crate::engine::customer::profile::Profile;
use crate::help;
use crate::project::RecordKey;
use crate::ui::context::PageCx;
use crate::ui::pages::decision;
use crate::ui::theme::{GAP, palette};
use crate::ui::widgets::{entry, form, text};

pub fn ids_ui(ui: &mut Ui, cx: &mut PageCx<'_>, profile: &Profile) {
    for (table, keys) in &profile.keys {
        let Some(id) = cx.draft.source_table_named(table).map(|table| table.id.clone()) else { continue };
        pair_ui(ui, table, |ui| {
            ui.horizontal_wrapped(|ui| {
                for key in keys {
                    key_ui(ui, cx, RecordKey::new(&id, key));
                }
            });
        });
    }
    let chosen = cx.memory.card.chosen.clone();
    match chosen.as_slice() {
        [] => {
            let color = palette(ui).text_weak;
            ui.label(
                RichText::new(tr!("Tick one key to join it with another record, two to say they are not one person"))
                    .small()
                    .color(color),
            );
        }
        [one] => one_ui(ui, cx, one),
        [one, other, ..] => two_ui(ui, cx, one, other),
    }
}

/// A box to choose a key, and the key as a link to how its customer was built.
fn key_ui(ui: &mut Ui, cx: &mut PageCx<'_>, record: RecordKey) {
    let label = record.label(cx.draft);
    let mut chosen = cx.memory.card.chosen.contains(&record);
    ui.spacing_mut().item_spacing.x = 4.0;
    if entry::check_ui(ui, (&tr!("Choose {label}", label), help::CHOOSE_RECORD), &mut chosen, "", true).changed() {
        let card = &mut cx.memory.card;
        card.chosen.retain(|other| *other != record);
        if chosen {
            // Of three the first makes room.
            let surplus = (card.chosen.len() + 1).saturating_sub(2);
            card.chosen.drain(..surplus);
            card.chosen.push(record.clone());
        }
        card.open = None;
    }
    let link = ui.link(text::one_line(&record.key, 80)).on_hover_text(tr!("How was this customer built?"));
    link.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, tr!("How {label} got here", label)));
    if link.clicked() {
        cx.explain(record, None);
    }
    ui.add_space(GAP);
}

fn one_ui(ui: &mut Ui, cx: &mut PageCx<'_>, record: &RecordKey) {
    ui.horizontal_wrapped(|ui| {
        if ui.button(tr!("How was this customer built?")).clicked() {
            cx.explain(record.clone(), None);
        }
        let help = tr!("Another record that is the same person, whatever the rules say");
        if ui.selectable_label(cx.memory.card.open == Some(true), tr!("Same person as…")).on_hover_text(help).clicked()
        {
            cx.memory.card.open = if cx.memory.card.open == Some(true) { None } else { Some(true) };
            cx.memory.card.is_new = true;
        }
    });
    if cx.memory.card.open != Some(true) {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        let card = &mut cx.memory.card;
        let other =
            form::text_ui(ui, (tr!("The other record"), help::OTHER_RECORD), &mut card.other, tr!("Table:Key"), 130.0);
        let reason = form::text_ui(ui, (tr!("Reason"), help::PAIR_REASON), &mut card.reason, tr!("Reason"), 150.0);
        if std::mem::take(&mut card.is_new) {
            other.request_focus();
        }
        let entered = is_entered(ui, &other) || is_entered(ui, &reason);
        if form::primary_button(ui, tr!("They are the same person")).clicked() || entered {
            match RecordKey::read(&cx.memory.card.other, cx.draft) {
                Ok(other) if other == *record => {
                    cx.memory.card.problem = Some(tr!("That is the same record").to_owned())
                }
                Ok(other) => {
                    let reason = cx.memory.card.reason.clone();
                    decision::always(cx, record, &other, &reason);
                    done(cx);
                }
                Err(problem) => cx.memory.card.problem = Some(problem),
            }
        }
    });
    if let Some(problem) = &cx.memory.card.problem {
        form::error_ui(ui, problem);
    }
}

fn two_ui(ui: &mut Ui, cx: &mut PageCx<'_>, one: &RecordKey, other: &RecordKey) {
    ui.horizontal_wrapped(|ui| {
        if ui.button(tr!("Why together?")).clicked() {
            cx.explain(one.clone(), Some(other.clone()));
        }
        let help = tr!("From the next run on they are two customers, whatever the rules say");
        let open = cx.memory.card.open == Some(false);
        if ui.selectable_label(open, tr!("Not the same person…")).on_hover_text(help).clicked() {
            cx.memory.card.open = if open { None } else { Some(false) };
            cx.memory.card.is_new = true;
        }
    });
    if cx.memory.card.open != Some(false) {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        let reason =
            form::text_ui(ui, (tr!("Reason"), help::PAIR_REASON), &mut cx.memory.card.reason, tr!("Reason"), 170.0);
        if std::mem::take(&mut cx.memory.card.is_new) {
            reason.request_focus();
        }
        let entered = is_entered(ui, &reason);
        if form::primary_button(ui, tr!("They are not the same person")).clicked() || entered {
            let reason = cx.memory.card.reason.clone();
            decision::never(cx, one, other, &reason);
            done(cx);
        }
    });
}

/// Whether Enter was pressed in a field.
fn is_entered(ui: &Ui, field: &egui::Response) -> bool {
    field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))
}

/// Puts the fields away.
fn done(cx: &mut PageCx<'_>) {
    let card = &mut cx.memory.card;
    card.open = None;
    card.problem = None;
    card.reason.clear();
    card.other.clear();
    card.chosen.clear();
}
