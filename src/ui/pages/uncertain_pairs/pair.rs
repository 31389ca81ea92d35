//! The pair on the screen: both records side by side, and the explanation.

use std::sync::Arc;

use eframe::egui::{self, RichText, Ui};

use crate::engine::pipeline::Run;
use crate::engine::quality::pair::{PairField, side_by_side};
use crate::ui::context::PageCx;
use crate::ui::pages::{explain, parts};
use crate::ui::theme::{TextRole as _, icon, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::{form, marked, text};

const MARK: f32 = 16.0;

pub fn pair_ui(ui: &mut Ui, cx: &mut PageCx<'_>, run: &Arc<Run>) {
    let review = &cx.memory.review;
    let place = review.place.min(review.pairs.len().saturating_sub(1));
    let Some(pair) = review.pairs.get(place).cloned() else { return };
    let hidden = review.blind && review.answers.get(place).copied().flatten().is_none();
    let name = format!("pair {}:{} {}:{}", pair.a.table, pair.a.key, pair.b.table, pair.b.key);
    let (a, b) = (pair.a.clone(), pair.b.clone());
    let fields = cx.find_long(&name, run, move |run, _| side_by_side(run, &a, &b)).value;
    let area = egui::ScrollArea::vertical().auto_shrink(false).id_salt(("pair", place));
    parts::scroll_ui(ui, cx, area, |ui, cx| {
        if !hidden {
            let threshold = pair.threshold.map(|it| tr!(" of {it}", it = text::score(it))).unwrap_or_default();
            let (doubt, score) = (pair.doubt.label(), text::score(pair.score));
            let line = tr!(
                "{doubt} · rule \"{rule}\" · score {score}{threshold}",
                doubt,
                rule = text::one_line(&pair.rule, 120),
                score,
                threshold
            );
            ui.add(egui::Label::new(RichText::new(line).color(palette(ui).accent)).wrap())
                .help(pair.doubt.help().topic());
        }
        let names = [pair.a.label(cx.draft), pair.b.label(cx.draft)];
        match fields.as_deref() {
            Some(Some(fields)) => fields_ui(ui, &names, fields),
            Some(None) => form::warning_ui(ui, tr!("One of the records is no longer there.")),
            None => parts::hint_ui(ui, tr!("Reading the records…")),
        }
        form::section_ui(ui, tr!("Explanation"));
        if hidden {
            parts::hint_ui(ui, tr!("Blind mode: it is shown once you have answered."));
        } else {
            explain::pair_ui(ui, cx, run, &pair.a, &pair.b);
        }
    });
}

/// Both records by unified field, differing characters marked.
fn fields_ui(ui: &mut Ui, names: &[String; 2], fields: &[PairField]) {
    let room = (ui.available_width() - MARK - 4.0 * 8.0).max(240.0);
    let widths = [MARK, room * 0.22, room * 0.39, room * 0.39];
    marked::columns_ui(ui, &widths, |ui, column| {
        if column >= 2 {
            ui.add(egui::Label::new(RichText::new(text::one_line(&names[column - 2], 80)).bold()).wrap());
        }
    });
    let (shared, single): (Vec<_>, Vec<_>) = fields.iter().partition(|field| field.is_shared());
    shared.into_iter().for_each(|field| field_ui(ui, &widths, field));
    if single.is_empty() {
        return;
    }
    let title = tr!("{n} field of one side only" | "{n} fields of one side only" % single.len() as u64);
    egui::CollapsingHeader::new(title).id_salt("one side").show_unindented(ui, |ui| {
        single.into_iter().for_each(|field| field_ui(ui, &widths, field));
    });
}

fn field_ui(ui: &mut Ui, widths: &[f32], field: &PairField) {
    let palette = palette(ui);
    marked::columns_ui(ui, widths, |ui, column| match column {
        0 if field.differs() => {
            ui.label(RichText::new(icon::DIFFERENT).color(palette.warning)).on_hover_text(tr!("They differ"));
        }
        0 if field.is_shared() => {
            ui.label(RichText::new("=").color(palette.good)).on_hover_text(tr!("They are the same"));
        }
        0 => {
            ui.label(RichText::new("–").color(palette.text_weak)).on_hover_text(tr!("One is blank"));
        }
        1 => {
            ui.add(egui::Label::new(RichText::new(&field.name).color(palette.text_weak)).wrap());
        }
        _ => {
            let side = column - 2;
            // Beside a blank everything would be marked.
            let places = if field.differs() { field.differences[side].as_slice() } else { &[] };
            marked::marked_ui(ui, &field.values[side], places, false);
        }
    });
}
