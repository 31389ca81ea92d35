//! Hot values: shared by so many records that a rule on them would fuse strangers. The warning is always on.

use eframe::egui::{self, RichText, Ui};

use crate::engine::pipeline::Run;
use crate::engine::quality::hot::{self, HotRule};
use crate::task::Task;
use crate::ui::context::PageCx;
use crate::ui::pages::rules::card;
use crate::ui::theme::palette;
use crate::ui::widgets::{entry, text};

/// Looking for them joins whole tables, so that it goes to the background sooner than listing rows does.
const EFFORT: usize = 10;

/// A line for each rule that hot values would make fuse many records.
pub fn hot_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let Some(run) = cx.live().filter(|run| run.matched.is_some()) else { return };
    let rows: u64 = run.sources.iter().map(|source| source.rows_read).sum();
    let find = |run: &Run| hot::hot_values(run, &Task::default()).unwrap_or_default();
    let Some(found) = cx.workbench.find("hot values", &run, rows as usize * EFFORT, find).value else { return };
    for rule in found.iter() {
        rule_ui(ui, cx, rule);
    }
}

fn rule_ui(ui: &mut Ui, cx: &mut PageCx<'_>, rule: &HotRule) {
    let values = match rule.value_count {
        1 => "This value".to_owned(),
        count => format!("These {} values", text::count(count)),
    };
    let words =
        format!("{values} would fuse {} under {}.", text::counted(rule.records, "record", "records"), rule.name);
    let palette = palette(ui);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("⚠").color(palette.warning));
        ui.label(RichText::new(words).color(palette.warning));
        let menu = ui.menu_button("Values", |ui| values_ui(ui, rule));
        let label = format!("Hot values of {}", rule.name);
        menu.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
        menu.response.on_hover_text("Block them below where they identify nobody, or compare a further field");
        if rule.is_match_rule && entry::named_button(ui, "Rule", &format!("Open {}", rule.name)).clicked() {
            card::open(cx, &rule.rule);
        }
    });
}

fn values_ui(ui: &mut Ui, rule: &HotRule) {
    egui::ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
        egui::Grid::new("hot values").striped(true).show(ui, |ui| {
            let color = palette(ui).text_weak;
            ui.label(RichText::new(rule.fields.join(", ")).small().color(color));
            ui.label(RichText::new("Records").small().color(color));
            ui.end_row();
            for value in &rule.values {
                ui.label(text::one_line(&value.values.join(", "), 60));
                ui.label(text::count(value.records));
                ui.end_row();
            }
        });
        let more = rule.value_count - (rule.values.len() as u64).min(rule.value_count);
        if more > 0 {
            ui.label(format!("and {} more", text::count(more)));
        }
    });
}
