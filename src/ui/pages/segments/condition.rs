//! One condition: what it looks at, how it compares, with what, and how many customers it finds by itself.

use eframe::egui::{Align, Layout, RichText, Ui};

use super::{Reading, subject, value};
use crate::engine::insight::condition;
use crate::help;
use crate::project::validate::subject_type;
use crate::project::{ColumnType, Operator, SegmentCondition};
use crate::ui::context::PageCx;
use crate::ui::theme::{icon, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::picker::{self, Entry};
use crate::ui::widgets::{entry, form, layout, text};

/// Where a condition stands; its fields are named by it.
#[derive(Clone, Copy)]
pub struct Spot {
    pub rule: usize,
    pub condition: usize,
}

impl Spot {
    /// `Operator of condition 1 of rule 2`.
    pub fn name(self, part: &str) -> String {
        tr!(
            "{part} of condition {condition} of rule {rule}",
            part,
            condition = self.condition + 1,
            rule = self.rule + 1
        )
    }
}

/// Width of "is" or "is not".
const NEGATION: f32 = 64.0;

/// Says whether the condition is to be removed.
pub fn condition_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    reading: &Reading<'_>,
    spot: Spot,
    condition: &mut SegmentCondition,
    count: Option<u64>,
) -> bool {
    let mut remove = false;
    let column_type = subject_type(reading.project, reading.fields, &condition.subject);
    let narrow = ui.available_width() < 520.0;
    let counts = if narrow { 44.0 } else { 100.0 };
    let rest = ui.available_width() - NEGATION - counts - form::ICON_ROOM - 4.0 * ui.spacing().item_spacing.x;
    ui.horizontal(|ui| {
        let wide = (rest * 0.58).clamp(80.0, 220.0);
        subject::subject_ui(ui, reading, &spot.name(tr!("Field")), condition, wide);
        negation_ui(ui, spot, condition);
        operator_ui(ui, spot, condition, column_type, (rest * 0.42).clamp(64.0, 150.0));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            remove = form::icon_button(
                ui,
                icon::DELETE,
                &tr!("Remove {trim_start_matches}", trim_start_matches = spot.name("").trim_start_matches(" of ")),
                true,
            );
            let words = |count| if narrow { text::count(count) } else { tr!("{n} customer" | "{n} customers" % count) };
            let count = count.map_or_else(|| "–".to_owned(), words);
            let count = layout::fresh_text(ui, count, reading.fresh);
            ui.label(count).help(help::CONDITION_CUSTOMERS.topic());
        });
    });
    let column_type = subject_type(reading.project, reading.fields, &condition.subject);
    options_ui(ui, cx, spot, condition, column_type);
    problem_ui(ui, condition, column_type);
    remove
}

fn negation_ui(ui: &mut Ui, spot: Spot, condition: &mut SegmentCondition) {
    let shown = if condition.negated { tr!("is not") } else { tr!("is") };
    picker::one_of_ui(
        ui,
        (&spot.name(tr!("Is or is not")), help::NEGATION),
        shown,
        &mut condition.negated,
        NEGATION,
        || vec![(false, Entry::new(tr!("is"))), (true, Entry::new(tr!("is not")))],
    );
}

fn operator_ui(ui: &mut Ui, spot: Spot, condition: &mut SegmentCondition, column_type: Option<ColumnType>, width: f32) {
    let mut operator = condition.operator;
    let offered = column_type.map_or(&[][..], Operator::of_type);
    picker::one_of_ui(
        ui,
        (&spot.name(tr!("Operator")), help::OPERATOR),
        operator.label(),
        &mut operator,
        width,
        || offered.iter().map(|offer| (*offer, Entry::new(offer.label()))).collect(),
    );
    if operator != condition.operator {
        subject::set_operator(condition, operator);
    }
}

/// Values, Ignore case, Include blanks: those that mean something here.
fn options_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    spot: Spot,
    condition: &mut SegmentCondition,
    column_type: Option<ColumnType>,
) {
    let takes_values = condition.operator.value_count() != Some(0);
    let by_text = column_type == Some(ColumnType::String) && takes_values;
    let blanks = condition.negated && condition.operator != Operator::Empty;
    if !takes_values && !blanks {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        if takes_values {
            value::values_ui(ui, cx, spot, condition, column_type);
        }
        if by_text {
            let name = spot.name(tr!("Ignore case"));
            entry::check_ui(ui, (&name, help::IGNORE_CASE), &mut condition.ignore_case, tr!("Ignore case"), true);
        }
        if blanks {
            let name = spot.name(tr!("Include blanks"));
            entry::check_ui(
                ui,
                (&name, help::INCLUDE_BLANKS),
                &mut condition.include_blanks,
                tr!("Include blanks"),
                true,
            );
        }
    });
}

/// What keeps the condition from being judged; a value not typed yet is no error.
fn problem_ui(ui: &mut Ui, condition: &SegmentCondition, column_type: Option<ColumnType>) {
    let Some(column_type) = column_type else {
        form::error_ui(ui, tr!("What this looks at is gone; choose another field, or remove the condition."));
        return;
    };
    let needs = condition.operator.value_count() != Some(0);
    let untyped = needs && (condition.values.is_empty() || condition.values.iter().any(String::is_empty));
    if untyped {
        let color = palette(ui).text_weak;
        let what =
            if condition.operator.value_count().is_none() { tr!("Add a value.") } else { tr!("Type or pick a value.") };
        ui.label(RichText::new(what).color(color));
    } else if let Err(problem) = condition::check(condition, column_type) {
        form::error_ui(ui, problem);
    }
}
