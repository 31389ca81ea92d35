//! What dropping will do, while files hover over the window.

use eframe::egui::{self, Align2, Context, Id, Order, RichText};

use crate::ui::theme::{self, TextRole as _, palette};
use crate::workbench::Workbench;
use crate::workbench::dropping::Dropping;

pub fn overlay_ui(ctx: &Context, workbench: &Workbench) {
    let paths: Vec<_> =
        ctx.input(|input| input.raw.hovered_files.iter().filter_map(|file| file.path.clone()).collect());
    if paths.is_empty() {
        return;
    }
    let dropping = Dropping::of(&paths);
    let area = egui::Area::new(Id::unique("dropping")).anchor(Align2::CENTER_CENTER, [0.0, 0.0]);
    area.order(Order::Tooltip).interactable(false).show(ctx, |ui| {
        let palette = palette(ui);
        let frame = theme::card(ui).inner_margin(egui::Margin::same(24)).shadow(ui.visuals().popup_shadow);
        frame.stroke(egui::Stroke::new(2.0, palette.accent)).show(ui, |ui| {
            ui.set_max_width(520.0);
            ui.set_min_width(300.0);
            let (does, refused) = {
                let mut lines = dropping.lines();
                let refused = lines.split_off(lines.len() - dropping.refused.len());
                (lines, refused)
            };
            for line in does {
                ui.add(egui::Label::new(RichText::new(line).large()).wrap());
            }
            if dropping.project.is_some() && workbench.is_dirty() {
                ui.label(RichText::new(tr!("You are asked about your unsaved edits first")).color(palette.text_weak));
            }
            for line in refused {
                ui.add(egui::Label::new(RichText::new(line).color(palette.warning)).wrap());
            }
        });
    });
}
