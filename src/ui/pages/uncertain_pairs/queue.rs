//! The list of pairs to look at.

use eframe::egui::{self, RichText, Ui};

use super::answers::mark;
use crate::engine::quality::review::Doubt;
use crate::help;
use crate::ui::context::{PageCx, ReviewMemory};
use crate::ui::pages::parts;
use crate::ui::theme::{TextRole as _, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::picker::{self, Entry};
use crate::ui::widgets::{entry, form, text};

pub fn list_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    progress_ui(ui, cx);
    let review = &mut cx.memory.review;
    let words = tr!("Blind mode: decide before you see what the rules say");
    entry::check_ui(ui, (tr!("Blind mode"), help::BLIND_MODE), &mut review.blind, words, true);
    let name = tr!("Answers also become overrides");
    let words = tr!("Also decide these pairs on Matching rules");
    entry::check_ui(ui, (name, help::ANSWERS_DECIDE), &mut review.decides, words, true);
    if !review.blind {
        doubt_ui(ui, cx);
    }
    ui.separator();
    let shown = cx.memory.review.shown();
    let area = egui::ScrollArea::vertical().auto_shrink(false).id_salt("pairs");
    area.show(ui, |ui| {
        let top = ui.cursor().min;
        let lines = lines(&cx.memory.review, &shown);
        parts::lines_ui(ui, lines.len(), |ui, line| match &lines[line] {
            Line::Heading(words) => drop(form::label_ui(ui, words)),
            Line::Pair(place) => line_ui(ui, cx, *place),
        });
        let place = cx.memory.review.place;
        if std::mem::take(&mut cx.memory.review.follow)
            && let Some(line) = lines.iter().position(|line| matches!(line, Line::Pair(other) if *other == place))
        {
            let at = egui::pos2(top.x, top.y + line as f32 * parts::LINE_HEIGHT);
            let size = egui::vec2(10.0, parts::LINE_HEIGHT);
            ui.scroll_to_rect(egui::Rect::from_min_size(at, size), None);
        }
        entry::follow_focus_ui(ui, &mut cx.memory.focus_seen);
    });
}

/// A line of the list.
enum Line {
    Heading(String),
    /// A pair, by its place.
    Pair(usize),
}

/// The pairs, those of equal doubt under its name; nothing but pairs while the rules are hidden.
fn lines(review: &ReviewMemory, shown: &[usize]) -> Vec<Line> {
    let doubt = |place: &usize| (review.pairs[*place].doubt, review.pairs[*place].threshold.is_none());
    let groups = shown.chunk_by(|a, b| review.blind || doubt(a) == doubt(b));
    let heading = |group: &[usize]| {
        let (doubt, is_exact) = doubt(group.first()?);
        let label =
            if is_exact { tr!("{doubt}, by exact rules", doubt = doubt.label()) } else { doubt.label().to_owned() };
        Some(Line::Heading(format!("{label}: {}", text::count(group.len() as u64))))
    };
    groups
        .flat_map(|group| {
            heading(group).filter(|_| !review.blind).into_iter().chain(group.iter().map(|place| Line::Pair(*place)))
        })
        .collect()
}

fn progress_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let review = &cx.memory.review;
    let (answered, all) = (review.answered() as u64, review.pairs.len() as u64);
    ui.horizontal_wrapped(|ui| {
        ui.label(
            RichText::new(tr!(
                "{answered} of {all} answered",
                answered = text::count(answered),
                all = text::count(all)
            ))
            .bold(),
        );
        let help = tr!("Takes the queue from the last run again, without the pairs that have an answer");
        if ui.small_button(tr!("Look again")).on_hover_text(help).clicked() {
            super::look_again(cx);
        }
    });
    let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 4.0), egui::Sense::hover());
    let palette = palette(ui);
    ui.painter().rect_filled(rect, 2.0, palette.hover);
    let share = answered as f32 / all.max(1) as f32;
    let filled = egui::Rect::from_min_size(rect.min, egui::vec2(rect.width() * share, rect.height()));
    ui.painter().rect_filled(filled, 2.0, palette.accent);
}

fn doubt_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let review = &mut cx.memory.review;
    let count = |doubt: Doubt| review.pairs.iter().filter(|pair| pair.doubt == doubt).count() as u64;
    let counts = Doubt::ALL.map(|doubt| (doubt, count(doubt)));
    let before = review.doubt;
    let shown = before.map_or(tr!("All doubts"), Doubt::label);
    let width = ui.available_width();
    picker::one_of_ui(ui, (tr!("Filter by doubt"), help::FILTER_DOUBT), shown, &mut review.doubt, width, || {
        let found = counts.into_iter().filter(|(_, count)| *count > 0).map(|(doubt, count)| {
            let words = format!("{}: {}", doubt.label(), text::count(count));
            (Some(doubt), Entry::new(words).help(doubt.help().meaning()))
        });
        std::iter::once((None, Entry::new(tr!("All doubts")))).chain(found).collect()
    });
    if review.doubt != before {
        review.place = review.shown().first().copied().unwrap_or(0);
        review.follow = true;
    }
}

fn line_ui(ui: &mut Ui, cx: &mut PageCx<'_>, place: usize) {
    let review = &mut cx.memory.review;
    let pair = &review.pairs[place];
    let number = place + 1;
    let answer = review.answers.get(place).copied().flatten();
    let both = format!("{number}. {} – {}", text::one_line(&pair.a.key, 24), text::one_line(&pair.b.key, 24));
    // The score of an exact rule is always 1.
    let has_score = !review.blind && pair.threshold.is_some();
    let score = if has_score { text::score(pair.score) } else { String::new() };
    let right = format!("{score}  {}", mark(answer));
    let response = form::list_row_ui(ui, review.place == place, text::one_line(&both, 80), &right);
    let name = tr!("Pair {number}", number);
    let selected = review.place == place;
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, selected, &name));
    if response.clicked() {
        review.place = place;
    }
    if !review.blind {
        let pair = &review.pairs[place];
        let threshold = pair.threshold.map(|it| tr!(", threshold {it}", it = text::score(it))).unwrap_or_default();
        let score = text::score(pair.score);
        let words = tr!("Rule \"{rule}\", score {score}{threshold}", rule = pair.rule, score, threshold);
        response.help_and(pair.doubt.help().topic(), &words);
    }
}
