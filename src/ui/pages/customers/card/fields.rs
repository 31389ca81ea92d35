//! A field of a customer: its value, and one click away where it comes from.

use eframe::egui::{self, RichText, Ui};

use super::pair_ui;
use crate::engine::customer::profile::ProfileField;
use crate::engine::customer::provenance::Losing;
use crate::ui::context::PageCx;
use crate::ui::theme::{self, palette};
use crate::ui::widgets::{direction, text};

/// Characters of a value, and of one whose origin is asked for.
const SHOWN: usize = 160;
const WHOLE: usize = 4_000;
/// Other values shown before the origin is asked for.
const OTHERS: usize = 3;
/// Values that lost shown with the origin.
const LISTED: usize = 50;

/// One line of the card: a field, or several as one value.
pub struct Line<'a> {
    name: &'a str,
    value: String,
    fields: Vec<&'a ProfileField>,
}

impl<'a> Line<'a> {
    pub fn of(field: &'a ProfileField) -> Self {
        Self { name: &field.name, value: field.value.clone(), fields: vec![field] }
    }

    /// Fields that make one thing, such as an address.
    pub fn of_parts(name: &'a str, fields: &[&'a ProfileField]) -> Self {
        let values: Vec<&str> = fields.iter().map(|field| field.value.as_str()).collect();
        Self { name, value: values.join(", "), fields: fields.to_vec() }
    }

    /// The tables that its values come from, each once.
    fn sources(&self) -> String {
        let mut sources: Vec<&str> = Vec::new();
        for field in self.fields.iter().filter(|field| !field.source.is_empty()) {
            if !sources.contains(&field.source.as_str()) {
                sources.push(&field.source);
            }
        }
        sources.join(", ")
    }
}

/// A click on the value opens its origin, another one closes it.
pub fn line_ui(ui: &mut Ui, cx: &mut PageCx<'_>, line: &Line<'_>) {
    let open = cx.memory.card.expanded.contains(line.name);
    pair_ui(ui, line.name, |ui| {
        let weak = palette(ui).text_weak;
        ui.horizontal_wrapped(|ui| {
            let label = egui::Button::new(
                direction::drawn(&text::one_line(&line.value, if open { WHOLE } else { SHOWN })).into_owned(),
            )
            .frame(false)
            .wrap();
            let value = ui.add(label).on_hover_text(tr!("Click to see where it comes from"));
            let name = tr!("Origin of {line}", line = line.name);
            value.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, open, &name));
            if value.clicked() {
                let all = &mut cx.memory.card.expanded;
                if !all.remove(line.name) {
                    all.insert(line.name.to_owned());
                }
            }
            ui.label(RichText::new(line.sources()).small().color(weak));
        });
        if open {
            theme::inset(ui).show(ui, |ui| {
                for field in &line.fields {
                    origin_ui(ui, field, line.fields.len() > 1);
                }
            });
        } else if let [field] = line.fields[..] {
            others_ui(ui, &field.others, OTHERS);
        }
    });
}

/// Where a value comes from and why it was taken, and the values that lost to it, each with its reason.
fn origin_ui(ui: &mut Ui, field: &ProfileField, with_name: bool) {
    let weak = palette(ui).text_weak;
    let of = if with_name { format!("{}: {}, ", field.name, text::one_line(&field.value, 120)) } else { String::new() };
    let words = tr!(
        "{of}from {source}, row {row}, key {key}: {reason}",
        of,
        source = field.source,
        row = field.row,
        key = field.key,
        reason = field.reason
    );
    ui.add(egui::Label::new(RichText::new(words).small()).wrap());
    if field.losing.is_empty() && !with_name {
        ui.label(RichText::new(tr!("No record has another value")).small().color(weak));
    }
    for Losing { origin, why, .. } in field.losing.iter().take(LISTED) {
        let value = text::one_line(&origin.value, 120);
        let words = tr!(
            "not {value} from {table}, row {row}, key {key}: {why}",
            value,
            table = origin.table,
            row = origin.row,
            key = origin.key,
            why
        );
        ui.add(egui::Label::new(RichText::new(words).small().color(weak)).wrap());
    }
    if field.losing.len() > LISTED {
        ui.label(RichText::new(tr!("and {listed} more", listed = field.losing.len() - LISTED)).small().color(weak));
    }
}

fn others_ui(ui: &mut Ui, others: &[(String, String)], limit: usize) {
    let weak = palette(ui).text_weak;
    for (source, value) in others.iter().take(limit) {
        let also = tr!("also {value} from {source}", value = text::one_line(value, 120), source);
        ui.add(egui::Label::new(RichText::new(also).small().color(weak)).wrap());
    }
    if others.len() > limit {
        ui.label(RichText::new(tr!("and {limit} more", limit = others.len() - limit)).small().color(weak));
    }
}
