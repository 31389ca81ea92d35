//! Words and figures: what every option means and how every figure is computed, to search in.

use eframe::egui::{self, Context, Id, Key, Label, RichText, Ui};

use super::theme::{self, GAP_SMALL, TextRole as _, palette};
use super::widgets::{form, help as shown};
use crate::help::{self, Topic};
use crate::workbench::{Leave, Workbench};

pub fn words_ui(ctx: &Context, workbench: &mut Workbench) {
    let Some(mut page) = workbench.words.take() else { return };
    // The page behind is still drawn, but this window's own fields are on the list too.
    let here: Vec<&Topic> =
        shown::topics(ctx).into_iter().filter(|topic| *topic != help::SEARCH_LIST && *topic != help::RUN).collect();
    let (mut close, mut example) = (false, None);
    let modal = egui::Modal::new(Id::unique("words and figures")).show(ctx, |ui| {
        ui.set_width(680.0);
        ui.set_height((ui.ctx().content_rect().height() - 120.0).clamp(300.0, 560.0));
        ui.horizontal(|ui| {
            ui.heading(tr!("Words and figures"));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                close = form::primary_button(ui, tr!("Close")).clicked();
            });
        });
        let named = (tr!("Search words and figures"), help::SEARCH_LIST);
        let field = form::text_ui(ui, named, &mut page.search, tr!("An option, a figure, a page"), f32::INFINITY);
        if ui.memory(|memory| memory.focused().is_none()) {
            field.request_focus();
        }
        ui.add_space(GAP_SMALL);
        let topics = page.topics(&here);
        let heads = if page.search.trim().is_empty() { here.len() } else { 0 };
        list_ui(ui, &topics, heads, &mut example);
    });
    let escaped = ctx.input(|input| input.key_pressed(Key::Escape));
    if let Some(name) = example {
        workbench.leave(Leave::Sample(name));
    } else if !(close || escaped || modal.should_close()) {
        workbench.words = Some(page);
    }
}

/// The topics; so many at the beginning are of the page behind.
fn list_ui(ui: &mut Ui, topics: &[&'static Topic], here: usize, example: &mut Option<String>) {
    if topics.is_empty() {
        form::label_ui(ui, tr!("Nothing is called so, and no text has all of these words."));
    }
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let mut seen = None;
        for (place, topic) in topics.iter().enumerate() {
            if place == 0 && here > 0 {
                form::section_ui(ui, tr!("On this page"));
            } else if place >= here && seen != Some(topic.place) {
                form::section_ui(ui, crate::text::of(topic.place));
                seen = Some(topic.place);
            }
            theme::card(ui).show(ui, |ui| {
                ui.set_width(ui.available_width());
                topic_ui(ui, topic, example);
            });
        }
    });
}

fn topic_ui(ui: &mut Ui, topic: &'static Topic, example: &mut Option<String>) {
    ui.label(RichText::new(crate::text::of(topic.title)).bold());
    ui.add(Label::new(crate::text::of(topic.meaning)).wrap().selectable(true));
    if let Some(formula) = topic.formula.map(crate::text::of) {
        let words = RichText::new(format!("{} = {formula}", crate::text::of(topic.title))).color(palette(ui).text_weak);
        ui.add(Label::new(words).wrap().selectable(true));
    }
    if let Some(sample) = topic.example.and_then(crate::sample::find) {
        let button = ui.button(tr!("Open the example"));
        let button = form::name_ui(
            form::ring_ui(ui, button),
            &tr!("Open the example of {title}", title = crate::text::of(topic.title)),
        );
        if button.on_hover_text(crate::text::of(sample.description)).clicked() {
            *example = Some(sample.name.to_owned());
        }
    }
}
