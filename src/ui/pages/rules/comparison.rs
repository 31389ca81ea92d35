//! How a condition compares: the product's precisions, and Tributary's own measures.

use eframe::egui::{self, Ui};

use super::{Compared, words};
use crate::help::{self, Topic};
use crate::project::condition::{HIGH, LOW, MEDIUM};
use crate::project::{ColumnType, Comparison, Condition, SourceTable};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::{form, picker};

/// Width of the list.
pub const WIDTH: f32 = 138.0;
/// Where Custom starts.
const CUSTOM: u8 = 90;

/// An entry of the list: its label, what it stands for, its help.
type Entry = (&'static str, Comparison, &'static Topic);

const PRODUCT: [Entry; 5] = [
    (msg!("Exact"), Comparison::Exact, help::EXACT),
    (msg!("High 80\u{a0}%"), Comparison::EditDistance { precision: HIGH }, help::EDIT_DISTANCE),
    (msg!("Medium 60\u{a0}%"), Comparison::EditDistance { precision: MEDIUM }, help::EDIT_DISTANCE),
    (msg!("Low 30\u{a0}%"), Comparison::EditDistance { precision: LOW }, help::EDIT_DISTANCE),
    (msg!("Custom"), Comparison::EditDistance { precision: CUSTOM }, help::EDIT_DISTANCE),
];

const BEYOND: [Entry; 7] = [
    (msg!("Jaro-Winkler"), Comparison::JaroWinkler { precision: 90 }, help::JARO_WINKLER),
    (msg!("Damerau-Levenshtein"), Comparison::DamerauLevenshtein { precision: HIGH }, help::DAMERAU_LEVENSHTEIN),
    (msg!("Token set"), Comparison::TokenSet { precision: MEDIUM }, help::TOKEN_SET),
    (msg!("Double Metaphone"), Comparison::DoubleMetaphone, help::DOUBLE_METAPHONE),
    (msg!("Soundex"), Comparison::Soundex, help::SOUNDEX),
    (msg!("Days apart"), Comparison::DaysApart { days: 1 }, help::DAYS_APART),
    (msg!("Number apart"), Comparison::NumberApart { difference: 1.0 }, help::NUMBER_APART),
];

/// The list of comparisons, and the value that the chosen one asks for.
pub fn comparison_ui(ui: &mut Ui, compared: &Compared<'_>, condition: &mut Condition, called: &str) {
    let types = types(compared, condition);
    let mut chosen = condition.comparison;
    let shown = match chosen {
        Comparison::EditDistance { precision: LOW | MEDIUM | HIGH } | Comparison::Exact => words::comparison(chosen),
        Comparison::EditDistance { .. } => tr!("Custom").to_owned(),
        other => other.label().to_owned(),
    };
    let all = || PRODUCT.iter().chain(&BEYOND);
    let picked =
        picker::picker_ui(ui, (&tr!("Comparison of {called}", called), help::COMPARISON), &shown, WIDTH, || {
            let entry = |(label, value, of): &Entry| {
                let entry = picker::Entry::new(crate::text::of(label))
                    .help(crate::text::of(of.meaning))
                    .chosen(crate::text::of(label) == shown)
                    .refused(misfit(*value, &types));
                if BEYOND.iter().any(|(beyond, ..)| beyond == label) {
                    entry.right(tr!("Tributary's own"))
                } else {
                    entry
                }
            };
            all().map(entry).collect()
        });
    if let Some((label, value, _)) = picked.entry.and_then(|place| all().nth(place))
        && crate::text::of(label) != shown
    {
        chosen = *value;
    }
    if let Some((.., of)) = all().find(|(label, ..)| crate::text::of(label) == shown) {
        picked.response.help(of);
    }
    match &mut chosen {
        Comparison::EditDistance { precision }
        | Comparison::JaroWinkler { precision }
        | Comparison::DamerauLevenshtein { precision }
        | Comparison::TokenSet { precision } => precision_ui(ui, precision, called),
        Comparison::DaysApart { days } => {
            let unit = if *days == 1 { tr!(" day") } else { tr!(" days") };
            let drag = egui::DragValue::new(days).range(0..=36_500).suffix(unit);
            form::name_ui(ui.add(drag), &tr!("Days of {called}", called)).help(help::DAYS_APART);
        }
        Comparison::NumberApart { difference } => {
            let drag = egui::DragValue::new(difference).range(0.0..=f64::MAX).speed(0.1);
            form::name_ui(ui.add(drag), &tr!("Difference of {called}", called)).help(help::NUMBER_APART);
        }
        Comparison::Exact | Comparison::DoubleMetaphone | Comparison::Soundex => {}
    }
    condition.comparison = chosen;
}

fn precision_ui(ui: &mut Ui, precision: &mut u8, called: &str) {
    ui.spacing_mut().slider_width = 72.0;
    let slider = ui.add(egui::Slider::new(precision, 1..=99).show_value(false));
    form::name_ui(slider, &tr!("Slider of the precision of {called}", called)).help(help::PRECISION_OPTION);
    let drag = ui.add(egui::DragValue::new(precision).range(1..=99).speed(0.2).suffix("\u{a0}%"));
    form::name_ui(drag, &tr!("Precision of {called}", called)).help(help::PRECISION_OPTION);
}

/// The columns that a condition reads, with their types.
fn types(compared: &Compared<'_>, condition: &Condition) -> Vec<(String, ColumnType)> {
    let of = |table: &SourceTable, name: &str| table.column(name).map(|column| (name.to_owned(), column.column_type));
    let mut types: Vec<_> = condition.fields().filter_map(|name| of(compared.own, name)).collect();
    if let Some(upper) = compared.upper {
        types.extend(condition.to_fields().filter_map(|name| of(upper, name)));
    }
    types
}

/// Why a comparison does not fit the columns, where it does not.
fn misfit(comparison: Comparison, types: &[(String, ColumnType)]) -> Option<String> {
    let (fits, wants): (fn(ColumnType) -> bool, &str) = match comparison {
        Comparison::Exact => return None,
        Comparison::DaysApart { .. } => (|kind| matches!(kind, ColumnType::Date | ColumnType::Datetime), tr!("dates")),
        Comparison::NumberApart { .. } => {
            (|kind| matches!(kind, ColumnType::Integer | ColumnType::Number), tr!("numbers"))
        }
        _ => (|kind| kind == ColumnType::String, tr!("text")),
    };
    let (name, kind) = types.iter().find(|(_, kind)| !fits(*kind))?;
    Some(tr!("It compares {wants}, and {name} is {with_article}.", wants, name, with_article = kind.with_article()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_is_offered_where_it_fits_the_columns() {
        let types = [("Name".to_owned(), ColumnType::String), ("Born".to_owned(), ColumnType::Date)];
        assert_eq!(misfit(Comparison::Exact, &types), None);
        assert_eq!(misfit(Comparison::Soundex, &types[..1]), None);
        let reason = misfit(Comparison::Soundex, &types);
        assert_eq!(reason.as_deref(), Some("It compares text, and Born is a date."));
        let reason = misfit(Comparison::DaysApart { days: 3 }, &types);
        assert_eq!(reason.as_deref(), Some("It compares dates, and Name is a string."));
    }
}
