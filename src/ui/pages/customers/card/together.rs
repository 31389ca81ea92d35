//! With whom a customer is together: clusters such as the household, and segments.

use eframe::egui::{RichText, Ui};

use super::pair_ui;
use crate::engine::customer::profile::ProfileCluster;
use crate::ui::context::PageCx;
use crate::ui::theme::palette;
use crate::ui::widgets::{form, text};
use crate::workbench::{Command, Page};

pub fn clusters_ui(ui: &mut Ui, cx: &mut PageCx<'_>, clusters: &[ProfileCluster]) {
    if clusters.is_empty() {
        return;
    }
    form::section_ui(ui, tr!("Clusters"));
    for cluster in clusters {
        pair_ui(ui, &cluster.name, |ui| {
            ui.horizontal_wrapped(|ui| {
                for (id, name) in &cluster.others {
                    if ui.link(text::one_line(name, 60)).on_hover_text(tr!("Open this customer")).clicked() {
                        cx.memory.customer = Some(id.clone());
                    }
                }
                if cluster.count > cluster.others.len() {
                    ui.label(tr!(
                        "and {value} more",
                        value = text::count((cluster.count - cluster.others.len()) as u64)
                    ));
                }
            });
        });
    }
}

pub fn segments_ui(ui: &mut Ui, cx: &mut PageCx<'_>, segments: &[String]) {
    form::section_ui(ui, tr!("Segments"));
    if segments.is_empty() {
        ui.label(RichText::new(tr!("In no segment")).color(palette(ui).text_weak));
    }
    for name in segments {
        let Some(id) = cx.draft.segments.iter().find(|of| of.name == *name).map(|of| of.id.clone()) else {
            ui.label(name);
            continue;
        };
        if ui.link(name).on_hover_text(tr!("Open this segment")).clicked() {
            cx.memory.segment = Some(id);
            cx.send(Command::Go(Page::Segments));
        }
    }
}
