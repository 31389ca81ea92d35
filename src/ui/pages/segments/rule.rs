//! The rules of a segment, top to bottom.

use eframe::egui::{self, RichText, Ui};

use super::condition::{Spot, condition_ui};
use super::{Reading, new_condition, words};
use crate::engine::insight::segments::{RuleResult, SegmentResult};
use crate::help;
use crate::project::{Combine, Segment, SegmentRule, SetOperator, unify};
use crate::ui::context::PageCx;
use crate::ui::pages::live;
use crate::ui::theme::{GAP_TINY, TextRole as _, icon, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::picker::{self, Entry};
use crate::ui::widgets::{entry, form, layout, text};

enum Step {
    Up(usize),
    Down(usize),
    Remove(usize),
}

/// Draws and edits every rule; returns a name for the edit where it has one of its own.
pub fn rules_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    segment: &mut Segment,
    result: Option<&SegmentResult>,
) -> Option<&'static str> {
    let project = cx.draft.clone();
    let fields = unify::unified_fields(&project);
    let reading = Reading { project: &project, fields: &fields, fresh: live::is_fresh(cx) };
    let (mut step, mut label) = (None, None);
    let rules = segment.rules.len();
    for (place, rule) in segment.rules.iter_mut().enumerate() {
        let found = result.and_then(|result| result.rules.get(place));
        ui.separator();
        ui.push_id(("rule", place), |ui| {
            head_ui(ui, place, rules, rule, &mut step);
            let edited = conditions_ui(ui, cx, &reading, place, rule, found);
            label = label.or(edited);
            foot_ui(ui, &reading, (place, rules), rule, found);
            // The rules before the one that failed have results, those after it none.
            let error = result.filter(|result| result.rules.len() == place).and_then(|result| result.error.as_ref());
            if let Some(error) = error.filter(|_| reading.fresh && problems_are_hidden(&reading, rule)) {
                form::error_ui(ui, error.clone());
            }
        });
    }
    match step {
        Some(Step::Up(place)) => segment.rules.swap(place - 1, place),
        Some(Step::Down(place)) => segment.rules.swap(place, place + 1),
        Some(Step::Remove(place)) => drop(segment.rules.remove(place)),
        None => return label,
    }
    Some(if matches!(step, Some(Step::Remove(_))) { tr!("Remove rule") } else { tr!("Move rule") })
}

/// Whether no condition of the rule says itself what is wrong with it.
fn problems_are_hidden(reading: &Reading<'_>, rule: &SegmentRule) -> bool {
    rule.conditions.iter().all(|condition| {
        crate::project::validate::subject_type(reading.project, reading.fields, &condition.subject)
            .is_some_and(|column_type| crate::engine::insight::condition::check(condition, column_type).is_ok())
    })
}

fn head_ui(ui: &mut Ui, place: usize, rules: usize, rule: &mut SegmentRule, step: &mut Option<Step>) {
    let number = place + 1;
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(tr!("Rule {number}", number)).title());
        if place > 0 {
            let name = tr!("Set operator of rule {number}", number);
            picker::one_of_ui(ui, (&name, help::SET_OPERATOR), rule.operator.label(), &mut rule.operator, 86.0, || {
                let entry = |operator: SetOperator| {
                    (operator, Entry::new(operator.label()).help(crate::text::of(operator.help().meaning)))
                };
                SetOperator::ALL.into_iter().map(entry).collect()
            });
        }
        form::label_ui(ui, if place == 0 { tr!("Customers with") } else { tr!("with customers with") });
        let shown = |combine| if combine == Combine::And { tr!("all (and)") } else { tr!("any (or)") };
        let name = tr!("And or or of rule {number}", number);
        picker::one_of_ui(ui, (&name, help::COMBINE), shown(rule.combine), &mut rule.combine, 92.0, || {
            [Combine::And, Combine::Or].map(|combine| (combine, Entry::new(shown(combine)))).into()
        });
        form::label_ui(ui, tr!("of these"));
        let menu = ui.menu_button(icon::MORE, |ui| {
            let mut item = |ui: &mut Ui, text: &str, name: &str, enabled: bool, does: Step| {
                let button = ui.add_enabled(enabled, egui::Button::new(text));
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, name));
                if button.clicked() {
                    *step = Some(does);
                }
            };
            item(ui, tr!("Move up"), &tr!("Move rule {number} up", number), place > 0, Step::Up(place));
            item(ui, tr!("Move down"), &tr!("Move rule {number} down", number), number < rules, Step::Down(place));
            item(
                ui,
                &icon::before(icon::DELETE, tr!("Remove")),
                &tr!("Remove rule {number}", number),
                rules > 1,
                Step::Remove(place),
            );
        });
        let name = tr!("More of rule {number}", number);
        menu.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    });
}

fn conditions_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    reading: &Reading<'_>,
    place: usize,
    rule: &mut SegmentRule,
    found: Option<&RuleResult>,
) -> Option<&'static str> {
    let mut removed = None;
    // What a single condition finds, the rule finds.
    let several = rule.conditions.len() > 1;
    for (number, condition) in rule.conditions.iter_mut().enumerate() {
        let count = found.and_then(|found| found.conditions.get(number)).copied();
        let spot = Spot { rule: place, condition: number };
        ui.push_id(("condition", number), |ui| {
            if condition_ui(ui, cx, reading, spot, condition, several.then_some(count)) {
                removed = Some(number);
            }
        });
        ui.add_space(GAP_TINY);
    }
    if let Some(number) = removed {
        rule.conditions.remove(number);
        return Some(tr!("Remove condition"));
    }
    let name = tr!("Add condition to rule {place}", place = place + 1);
    if entry::named_button(ui, &icon::before(icon::ADD, tr!("Add condition")), &name).clicked() {
        rule.conditions.push(rule.conditions.last().cloned().unwrap_or_else(new_condition));
        return Some(tr!("Add condition"));
    }
    None
}

/// The rule in words; of several rules, what this one finds, and what is left after it.
fn foot_ui(
    ui: &mut Ui,
    reading: &Reading<'_>,
    (place, rules): (usize, usize),
    rule: &SegmentRule,
    found: Option<&RuleResult>,
) {
    let color = palette(ui).text_weak;
    ui.label(RichText::new(words::rule_words(reading, place, rule)).color(color));
    let Some(found) = found else { return };
    if rules > 1 {
        counts_ui(ui, reading, found);
    }
    if let Some(explanation) = found.explanation.as_ref().filter(|_| reading.fresh) {
        form::warning_ui(ui, explanation.clone());
    }
}

fn counts_ui(ui: &mut Ui, reading: &Reading<'_>, found: &RuleResult) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        let finds = tr!("This rule finds {customers}", customers = tr!("{n} customer" | "{n} customers" % found.count));
        ui.label(layout::fresh_text(ui, finds, reading.fresh)).help(help::RULE_CUSTOMERS.topic());
        let left = tr!("Members so far: {running}", running = text::count(found.running));
        ui.label(layout::fresh_text(ui, left, reading.fresh)).help(help::MEMBERS_SO_FAR.topic());
    });
}
