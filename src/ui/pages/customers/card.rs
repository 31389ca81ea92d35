//! The card of one customer: who it is, fields with their origin, ids by source, clusters, segments, timeline.

mod contact;
mod fields;
mod ids;
mod timeline;
mod together;

use eframe::egui::{self, RichText, Ui};

use super::picture;
use crate::engine::customer::customers::{BECAME_KNOWN_ON, KNOWN};
use crate::engine::customer::naming::{self, Naming};
use crate::engine::customer::profile::Profile;
use crate::engine::table::Table;
use crate::help;
use crate::ui::context::PageCx;
use crate::ui::theme::{self, GAP_SMALL, TextRole as _, icon, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::{direction, entry, form, text};
use crate::workbench::Published;

/// Digits of an id that are shown.
const SHOWN_ID: usize = 8;
/// Diameter of the picture, in points.
const PICTURE: f32 = 46.0;

pub fn card_ui(ui: &mut Ui, cx: &mut PageCx<'_>, published: &Published, table: &Table, row: usize) {
    theme::card(ui).show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        let profile = match &published.run {
            Some(run) => cx.memory.profile(run, row as u32),
            None => None,
        };
        match profile {
            Some(profile) => profile_ui(ui, cx, &profile, became_known(table, row).as_deref()),
            None => stored_ui(ui, cx, table, row),
        }
    });
}

fn close_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        if form::icon_button(ui, icon::REMOVE, tr!("Close the card"), true) {
            cx.memory.customer = None;
        }
    });
}

/// When a customer became known; `None` of one that was never unknown, or still is.
fn became_known(table: &Table, row: usize) -> Option<String> {
    let column = table.column(BECAME_KNOWN_ON).filter(|column| !column.is_blank(row))?;
    Some(timeline::shown_time(&column.text(row)).to_owned())
}

/// Name, state, and everything else in sections.
fn profile_ui(ui: &mut Ui, cx: &mut PageCx<'_>, profile: &Profile, became_known: Option<&str>) {
    if cx.memory.card.customer != profile.id {
        cx.memory.card = Default::default();
        cx.memory.card.customer.clone_from(&profile.id);
    }
    ui.horizontal(|ui| {
        let name = if profile.is_named { profile.title.as_str() } else { "" };
        picture::picture_ui(ui, cx, profile.picture.as_deref(), name, PICTURE);
        ui.vertical(|ui| {
            ui.set_max_width(ui.available_width() - form::ICON_ROOM);
            direction::label_ui(ui, &profile.title, RichText::large);
            state_ui(ui, &profile.state, &profile.reason);
            if let Some(day) = became_known {
                form::label_ui(ui, &tr!("Became known on {day}", day)).help(help::BECAME_KNOWN_ON.topic());
            }
        });
        close_ui(ui, cx);
    });
    ui.add_space(GAP_SMALL);
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        contact::contact_ui(ui, cx, profile);
        form::section_ui(ui, tr!("IDs"));
        ids::ids_ui(ui, cx, profile);
        pair_ui(ui, "CustomerId", |ui| id_ui(ui, &profile.id));
        if !profile.previous_ids.is_empty() {
            pair_ui(ui, tr!("Former ids"), |ui| {
                for id in &profile.previous_ids {
                    ui.label(RichText::new(id).monospace().color(palette(ui).text_weak)).help(help::FORMER_IDS.topic());
                }
            });
        }
        together::clusters_ui(ui, cx, &profile.clusters);
        together::segments_ui(ui, cx, &profile.segments);
        timeline::insights_ui(ui, profile);
        timeline::timeline_ui(ui, cx, profile);
        entry::follow_focus_ui(ui, &mut cx.memory.focus_seen);
    });
}

/// The beginning of an id; all of it on hover and by the button.
fn id_ui(ui: &mut Ui, id: &str) {
    ui.horizontal(|ui| {
        let start: String = id.chars().take(SHOWN_ID).collect();
        let dots = if start.len() < id.len() { "…" } else { "" };
        ui.label(RichText::new(format!("{start}{dots}")).monospace()).on_hover_text(id);
        if entry::named_button(ui, tr!("Copy"), tr!("Copy the CustomerId")).on_hover_text(id).clicked() {
            ui.ctx().copy_text(id.to_owned());
        }
    });
}

fn state_ui(ui: &mut Ui, state: &str, reason: &str) {
    let palette = palette(ui);
    let (icon, color) = if state == KNOWN { (icon::DONE, palette.good) } else { (icon::UNKNOWN, palette.text_weak) };
    ui.label(RichText::new(format!("{icon} {state}: {reason}")).color(color)).help(help::PROFILE_STATE.topic());
}

/// A name in a column of its own, and beside it what it has, line by line.
fn pair_ui(ui: &mut Ui, name: &str, value: impl FnOnce(&mut Ui)) {
    ui.horizontal_top(|ui| {
        let size = egui::vec2(112.0, ui.text_style_height(&egui::TextStyle::Body));
        ui.allocate_ui_with_layout(size, egui::Layout::left_to_right(egui::Align::Min), |ui| {
            ui.set_min_width(size.x);
            let color = palette(ui).text_weak;
            ui.add(egui::Label::new(RichText::new(name).color(color)).truncate());
        });
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            // Lines of text, not of controls.
            ui.spacing_mut().interact_size.y = size.y;
            value(ui);
        });
    });
}

/// The columns of the stored customer table, until a run of this session can tell the rest.
fn stored_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &Table, row: usize) {
    let naming = Naming::of(cx.draft);
    let (name, is_name) = naming.name(table, row);
    ui.horizontal(|ui| {
        let source = naming.picture.as_ref().and_then(|name| table.column(name)).map(|column| column.text(row));
        picture::picture_ui(ui, cx, source.as_deref(), if is_name { &name } else { "" }, PICTURE);
        ui.label(RichText::new(name).large());
        close_ui(ui, cx);
    });
    ui.label(
        RichText::new(tr!("As last kept; run again for ids by source and the timeline.")).color(palette(ui).text_weak),
    );
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        // The name stands above.
        let fields = table.columns.iter().skip(usize::from(naming::is_named(table)));
        for column in fields.filter(|column| !column.data.is_blank(row)) {
            pair_ui(ui, &column.name, |ui| {
                ui.label(text::one_line(&column.data.text(row), 300));
            });
        }
    });
}
