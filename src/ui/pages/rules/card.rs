//! A rule as a card: closed it is one line with its count; open, the editor. One is open at a time.

use eframe::egui::{self, Response, RichText, Ui};

use super::condition::condition_ui;
use super::order::{self, Move, Slot};
use super::{Compared, RuleDraft, exception, fields, words};
use crate::help::{self, Figure, Topic};
use crate::project::validate::{Place, Problem, Severity};
use crate::ui::context::{PageCx, Reveal};
use crate::ui::pages::{lists, parts};
use crate::ui::theme::{TextRole as _, icon, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::more::{self, Item};
use crate::ui::widgets::{entry, form, layout};

/// What a card is told of its rule.
pub struct Card<'a> {
    pub id: &'a str,
    /// What its controls are named by: `rule 1`, `match rule 2 of Store`.
    pub called: &'a str,
    pub slot: Slot<'a>,
    /// What the order of the rules means.
    pub order: &'static Topic,
    pub compared: Compared<'a>,
    /// How many rows it finds, whether that is as it should be, and the formula.
    pub count: Option<(String, bool, Figure)>,
}

/// What was asked of a rule that changes the list.
pub enum Action {
    Move(Move),
    Duplicate,
    Delete,
}

/// Opens the editor of a rule, and closes that of another.
pub fn open(cx: &mut PageCx<'_>, id: &str) {
    cx.memory.rule = Some(id.to_owned());
}

/// Draws a rule. `more` draws settings that only some rules have, such as the table a match rule joins to.
pub fn card_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    card: &Card<'_>,
    rule: &mut RuleDraft,
    more: impl FnOnce(&mut Ui),
) -> Option<Action> {
    let is_open = cx.memory.rule.as_deref() == Some(card.id);
    let mut action = None;
    let inner = layout::steady_ui(ui, egui::Id::unique(("rule", card.id)), |ui| {
        if order::is_dragged(ui, card.slot) {
            ui.set_opacity(0.5);
        }
        let (toggled, asked) = header_ui(ui, card, rule, is_open);
        action = asked;
        if toggled {
            cx.memory.rule = (!is_open).then(|| card.id.to_owned());
        }
        problems_ui(ui, cx, card, is_open);
        if is_open {
            let editor = layout::steady_ui(ui, egui::Id::unique(("editor", card.id)), |ui| {
                name_ui(ui, card, rule);
                more(ui);
                editor_ui(ui, card, rule)
            });
            if editor.inner {
                lists::open(cx);
            }
        } else {
            let upper = card.compared.upper.map(|upper| upper.name.as_str());
            let words = words::summary(card.compared.project, upper, &rule.conditions, &rule.exceptions);
            ui.horizontal(|ui| {
                // Below the name, where the fields are once it is open.
                ui.add_space(fields::LABEL_WIDTH);
                parts::hint_ui(ui, words);
            });
        }
    });
    if cx.memory.takes_reveal(&Reveal::Rule(card.id.to_owned())) {
        inner.response.scroll_to_me(Some(egui::Align::Center));
    }
    order::drop_ui(ui, &inner.response, card.slot).map(Action::Move).or(action)
}

/// The handle, whether it is active, its name, its count, and what is done with the rule as a whole.
fn header_ui(ui: &mut Ui, card: &Card<'_>, rule: &mut RuleDraft, is_open: bool) -> (bool, Option<Action>) {
    let mut toggled = false;
    let mut action = None;
    ui.horizontal(|ui| {
        let help = tr!(
            "Drag, or press Alt+Up or Alt+Down, to move the rule. {meaning}",
            meaning = crate::text::of(card.order.meaning)
        );
        let mut moved = order::handle_ui(ui, card.slot, &tr!("Order of {called}", called = card.called), &help);
        let name = tr!("{capitalized} is active", capitalized = capitalized(card.called));
        entry::tick_ui(ui, (&name, help::RULE_ACTIVE), &mut rule.active, true);
        let (words, color, help) = count_of(ui, card, rule.active);
        let gap = ui.spacing().item_spacing.x;
        let font = egui::TextStyle::Body.resolve(ui.style());
        let count = ui.painter().layout_no_wrap(words.clone(), font, color).size().x;
        let width = (ui.available_width() - count - gap - more::ROOM).max(60.0);
        let response = title_ui(ui, rule, is_open, (&tr!("Edit {called}", called = card.called), width));
        toggled = response.clicked();
        moved = moved.or(order::moved_by_key(ui, &response, card.slot));
        let count = ui.label(RichText::new(words).color(color));
        if let Some(help) = help {
            count.help(help.topic());
        }
        let asked = more::more_ui(ui, &tr!("More of {called}", called = card.called), menu_items(card));
        action = moved.map(Action::Move).or(asked);
    });
    (toggled, action)
}

fn menu_items(card: &Card<'_>) -> Vec<Item<Action>> {
    let called = card.called;
    let mut items = order::menu_items(card.slot, called, Action::Move);
    let copy = icon::before(icon::DUPLICATE, tr!("Duplicate"));
    items.push(Item::new(copy, tr!("Duplicate {called}", called), Action::Duplicate));
    let delete = icon::before(icon::DELETE, tr!("Delete"));
    items.push(Item::new(delete, tr!("Delete {called}", called), Action::Delete));
    items
}

fn title_ui(ui: &mut Ui, rule: &RuleDraft, is_open: bool, (label, width): (&str, f32)) -> Response {
    let palette = palette(ui);
    let mark = if is_open { icon::OPEN } else { icon::CLOSED };
    let color = if rule.active { palette.text } else { palette.text_weak };
    let text = RichText::new(format!("{mark} {}", rule.name)).bold().color(color);
    let button = egui::Button::selectable(false, text).right_text("").truncate();
    let response = entry::cell_ui(ui, width, |ui| ui.add(button.min_size(egui::vec2(width, 22.0))));
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_open, label));
    response
}

/// What the rule finds, in what colour, and how that is counted.
fn count_of(ui: &Ui, card: &Card<'_>, active: bool) -> (String, egui::Color32, Option<Figure>) {
    let palette = palette(ui);
    match &card.count {
        _ if !active => (tr!("inactive").to_owned(), palette.text_weak, None),
        Some((words, good, help)) => {
            (words.clone(), if *good { palette.text_weak } else { palette.warning }, Some(*help))
        }
        None => (icon::RUNNING.to_owned(), palette.text_weak, None),
    }
}

fn name_ui(ui: &mut Ui, card: &Card<'_>, rule: &mut RuleDraft) {
    ui.horizontal(|ui| {
        entry::cell_ui(ui, fields::LABEL_WIDTH, |ui| form::label_ui(ui, tr!("Name")).help(help::RULE_NAME));
        let width = ui.available_width().clamp(80.0, 424.0);
        let name = tr!("Name of {called}", called = card.called);
        form::text_ui(ui, (&name, help::RULE_NAME), &mut rule.name, tr!("Same Email"), width);
    });
}

/// Conditions and exceptions; says whether the lists are to be edited.
fn editor_ui(ui: &mut Ui, card: &Card<'_>, rule: &mut RuleDraft) -> bool {
    let mut edit_lists = false;
    let mut dropped = None;
    let several = rule.conditions.len() > 1;
    for (place, condition) in rule.conditions.iter_mut().enumerate() {
        let called = tr!("condition {place} of {called}", place = place + 1, called = card.called);
        let word = match card.compared.upper {
            _ if place > 0 => tr!("and"),
            Some(_) => tr!("where"),
            None if condition.comparison.is_exact() => tr!("Same"),
            None => tr!("Similar"),
        };
        let asked = condition_ui(ui, &card.compared, condition, (word, &called), several);
        edit_lists |= asked.edit_lists;
        dropped = asked.remove.then_some(place).or(dropped);
    }
    if let Some(place) = dropped.take() {
        rule.conditions.remove(place);
    }
    for (place, exception) in rule.exceptions.iter_mut().enumerate() {
        ui.separator();
        let called = tr!("exception {place} of {called}", place = place + 1, called = card.called);
        let word = if place == 0 { tr!("except where this") } else { tr!("and this") };
        let asked = exception::exception_ui(ui, &card.compared, exception, (word, &called));
        edit_lists |= asked.edit_lists;
        dropped = asked.remove.then_some(place).or(dropped);
    }
    if let Some(place) = dropped {
        rule.exceptions.remove(place);
    }
    let id = ui.scope_id().with("add");
    layout::steady_ui(ui, id, |ui| exception::add_ui(ui, &card.compared, rule, card.called));
    edit_lists
}

/// What validation says of this rule.
fn problems_ui(ui: &mut Ui, cx: &PageCx<'_>, card: &Card<'_>, with_fix: bool) {
    let is_about = |problem: &&Problem| {
        matches!(&problem.place, Place::Deduplication { rule: Some(rule), .. } | Place::Matching { rule: Some(rule), .. }
            if rule == card.id)
    };
    for problem in cx.workbench.problems.iter().filter(is_about) {
        let words = if with_fix { format!("{} {}", problem.message, problem.fix) } else { problem.message.clone() };
        match problem.severity {
            Severity::Error => form::error_ui(ui, words),
            Severity::Warning => form::warning_ui(ui, words),
        }
    }
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
