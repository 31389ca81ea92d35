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
use crate::ui::widgets::{entry, form, layout};

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

/// Lines narrower than this, in points, have the value beneath.
const NARROW: f32 = 400.0;
/// Room for Ignore case and a count behind the value.
const OPTIONS: f32 = 220.0;

/// Says whether the condition is to be removed. `count` is drawn where it says more than the count of the rule.
pub fn condition_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    reading: &Reading<'_>,
    spot: Spot,
    condition: &mut SegmentCondition,
    count: Option<Option<u64>>,
) -> bool {
    let mut remove = false;
    let gap = ui.spacing().item_spacing.x;
    let rest = ui.available_width() - form::ICON_ROOM - 3.0 * gap;
    let values = condition.operator.value_count();
    let beside = values == Some(1) && rest >= NARROW;
    let [subject, operator] = if beside { [0.32, 0.25] } else { [0.52, 0.48] };
    ui.horizontal(|ui| {
        subject::subject_ui(ui, reading, &spot.name(tr!("Field")), condition, (rest * subject).min(240.0));
        let column_type = subject_type(reading.project, reading.fields, &condition.subject);
        operator_ui(ui, spot, condition, column_type, (rest * operator).min(200.0));
        if beside && condition.operator.value_count() == Some(1) {
            let width = (ui.available_width() - form::ICON_ROOM).min(320.0);
            value::values_ui(ui, cx, spot, condition, column_type, width);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let name = tr!("Remove {condition}", condition = spot.name("").trim_start_matches(" of "));
            remove = form::icon_button(ui, icon::DELETE, &name, true);
        });
    });
    let column_type = subject_type(reading.project, reading.fields, &condition.subject);
    let by_text = column_type == Some(ColumnType::String) && condition.operator.value_count() != Some(0);
    let blanks = condition.negated && condition.operator != Operator::Empty;
    let beneath = !beside && condition.operator.value_count() != Some(0);
    if beneath || by_text || blanks || count.is_some() {
        ui.horizontal_wrapped(|ui| {
            if beneath {
                // Clear of the boxes and the count that follow.
                let width = (ui.available_width() - OPTIONS).clamp(160.0, 320.0);
                value::values_ui(ui, cx, spot, condition, column_type, width);
            }
            options_ui(ui, spot, condition, (by_text, blanks));
            if let Some(count) = count {
                let count = count.map_or_else(|| "–".to_owned(), |count| tr!("{n} customer" | "{n} customers" % count));
                ui.label(layout::fresh_text(ui, count, reading.fresh)).help(help::CONDITION_CUSTOMERS.topic());
            }
        });
    }
    problem_ui(ui, condition, column_type);
    remove
}

/// Every operator that the type has, and its opposite.
fn operator_ui(ui: &mut Ui, spot: Spot, condition: &mut SegmentCondition, column_type: Option<ColumnType>, width: f32) {
    let mut chosen = (condition.operator, condition.negated);
    let offered = column_type.map_or(&[][..], Operator::of_type);
    let shown = chosen.0.phrase(chosen.1);
    picker::one_of_ui(ui, (&spot.name(tr!("Operator")), help::OPERATOR), shown, &mut chosen, width, || {
        let both = |negated: bool| offered.iter().map(move |&operator| (operator, negated));
        let entry = |(operator, negated): (Operator, bool)| {
            let entry = Entry::new(operator.phrase(negated));
            let help = crate::text::of(help::NEGATION.meaning);
            ((operator, negated), if negated { entry.help(help) } else { entry })
        };
        both(false).chain(both(true)).map(entry).collect()
    });
    condition.negated = chosen.1;
    if chosen.0 != condition.operator {
        subject::set_operator(condition, chosen.0);
    }
}

/// Ignore case and Include blanks, where they mean something.
fn options_ui(ui: &mut Ui, spot: Spot, condition: &mut SegmentCondition, (by_text, blanks): (bool, bool)) {
    if by_text {
        let name = spot.name(tr!("Ignore case"));
        entry::check_ui(ui, (&name, help::IGNORE_CASE), &mut condition.ignore_case, tr!("Ignore case"), true);
    }
    if blanks {
        let name = spot.name(tr!("Include blanks"));
        let named = (name.as_str(), help::INCLUDE_BLANKS);
        entry::check_ui(ui, named, &mut condition.include_blanks, tr!("Include blanks"), true);
    }
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
