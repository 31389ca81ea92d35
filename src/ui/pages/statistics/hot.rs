//! The warning of hot values: always on, for every rule that they would make fuse many records.

use std::sync::Arc;

use eframe::egui::{self, RichText, Ui};

use super::find;
use super::rows::{self, Rows};
use crate::engine::column::Column;
use crate::engine::pipeline::Run;
use crate::engine::quality::hot::{self, COMMON, HotRule};
use crate::engine::table::Table;
use crate::help;
use crate::project::FieldMember;
use crate::project::edit::guards;
use crate::task::Task;
use crate::ui::context::PageCx;
use crate::ui::theme::{self, GAP_TINY, palette};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::{entry, form, text};

/// The column of counts in the table of hot values.
pub const RECORDS: &str = "Records";
/// So many values are named in a banner.
const NAMED: usize = 3;

/// The hot values of the live run's rules, or of one rule by its id: a banner each, nothing where there are none.
pub fn hot_ui(ui: &mut Ui, cx: &mut PageCx<'_>, rule_filter: Option<&str>) {
    let Some(run) = cx.live().filter(|run| run.matched.is_some()) else { return };
    let Some(hot) = hot_rules(cx, &run) else { return };
    for of in hot.iter().filter(|of| rule_filter.is_none_or(|rule| of.rule == rule)) {
        banner_ui(ui, cx, &run, of);
    }
}

fn hot_rules(cx: &mut PageCx<'_>, run: &Arc<Run>) -> Option<Arc<Vec<HotRule>>> {
    find(cx, "hot values", run, |run| hot::hot_values(run, &Task::default()).unwrap_or_default())
}

/// The hot values of a rule as a table: a column a field, and Records.
pub fn table(cx: &mut PageCx<'_>, run: &Arc<Run>, rule: &str) -> Option<Arc<Table>> {
    let hot = hot_rules(cx, run)?;
    let of = rule.to_owned();
    let made = cx.workbench.find(&format!("hot values of {rule}"), &hot, 1, move |hot: &Vec<HotRule>| {
        hot.iter().find(|hot| hot.rule == of).map(listed).unwrap_or_default()
    });
    made.value
}

fn listed(of: &HotRule) -> Table {
    let value = |place: usize| of.values.iter().map(move |hot| hot.values.get(place).map_or("", String::as_str));
    let fields = of.fields.iter().enumerate();
    let columns = fields.map(|(place, field)| (field.clone(), Column::text_of(value(place))));
    let records = of.values.iter().map(|hot| hot.records as i64).collect();
    Table::new(columns.chain(std::iter::once((RECORDS.to_owned(), Column::Integer(records)))))
}

fn banner_ui(ui: &mut Ui, cx: &mut PageCx<'_>, run: &Run, of: &HotRule) {
    let width = ui.available_width() - theme::CARD_EDGES;
    let warning = palette(ui).warning;
    theme::card(ui).stroke((1.0, warning)).show(ui, |ui| {
        ui.set_width(width);
        let sentence = sentence(run.project.table_name(&of.table), of);
        ui.scope(|ui| form::warning_ui(ui, sentence))
            .response
            .help_and(help::HOT_VALUES.topic(), &tr!("So many here means more than {common}.", common = COMMON));
        let few = of.values.iter().take(NAMED);
        let few =
            few.map(|hot| format!("{} ({})", text::one_line(&hot.values.join(", "), 40), text::count(hot.records)));
        let mut few: Vec<String> = few.collect();
        if of.value_count > few.len() as u64 {
            few.push("…".to_owned());
        }
        ui.add(egui::Label::new(RichText::new(few.join(" · ")).color(palette(ui).text_weak)).wrap());
        ui.horizontal_wrapped(|ui| {
            if entry::named_button(ui, tr!("Show the values"), &tr!("Show the hot values of {of}", of = of.name))
                .clicked()
            {
                let title = tr!("Hot values of the rule \"{of}\"", of = of.name);
                rows::open(cx, Rows::HotValues(of.rule.clone()), title, &[], None);
            }
            let reason =
                tr!("The rule compares several fields, and blocking a value of one would block it with all values \
                          of the others. Add a condition to the rule instead.");
            let can = of.fields.len() == 1;
            let button = ui.add_enabled(can, egui::Button::new(tr!("Block these values")));
            let name = tr!("Block the hot values of {of}", of = of.name);
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, can, &name));
            let help = tr!("Puts them on the blocked list of a guard: they stay in the data and identify nobody");
            if button.on_hover_text(help).on_disabled_hover_text(reason).clicked() {
                block(cx, of);
            }
        });
    });
    ui.add_space(GAP_TINY);
}

/// `These 12 values of Phone would fuse 48,113 records of Contacts, by the rule "Same phone".`
fn sentence(table: &str, of: &HotRule) -> String {
    let fields = of.fields.join(", ");
    let one = if of.fields.len() == 1 { tr!("value") } else { tr!("combination") };
    let (count, records) = (text::count(of.value_count), text::count(of.records));
    let values = if of.value_count == 1 { tr!("This {one}", one) } else { tr!("These {count} {one}s", count, one) };
    tr!(
        "{values} of {fields} would fuse {records} records of {table}, by the rule \"{of}\".",
        values,
        fields,
        records,
        table,
        of = of.name
    )
}

/// Blocks the listed values in the guard of their column.
fn block(cx: &mut PageCx<'_>, of: &HotRule) {
    let Some(column) = of.fields.first() else { return };
    let member = FieldMember { source_table: of.table.clone(), column: column.clone() };
    let values = of.values.iter().filter_map(|hot| hot.values.first().cloned());
    guards::block_values(cx.draft, member, values);
    cx.name_edit(tr!(
        "Block {values} of {column}",
        values = tr!("{n} value" | "{n} values" % of.values.len() as u64),
        column
    ));
}
