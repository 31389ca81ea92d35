//! Keys: what the CustomerId is made of, and the source keys that stand beside it.

use crate::help;
use crate::ui::theme::TextRole as _;
use eframe::egui::{self, RichText, Ui};

use super::Action;
use crate::engine::pipeline::Run;
use crate::project::merging::CUSTOMER_ID_FIELDS;
use crate::project::validate::key_column;
use crate::project::{UnifiedField, unify};
use crate::ui::context::PageCx;
use crate::ui::pages::{live, parts};
use crate::ui::theme;
use crate::ui::widgets::{entry, figure, form, layout};

pub fn keys_ui(ui: &mut Ui, cx: &mut PageCx<'_>, fields: &[UnifiedField], actions: &mut Vec<Action>) {
    let width = ui.available_width();
    theme::card(ui).show(ui, |ui| {
        ui.set_width(width - theme::CARD_EDGES);
        customer_id_ui(ui, cx, fields, actions);
    });
    theme::card(ui).show(ui, |ui| {
        ui.set_width(width - theme::CARD_EDGES);
        source_keys_ui(ui, cx);
    });
}

fn customer_id_ui(ui: &mut Ui, cx: &mut PageCx<'_>, fields: &[UnifiedField], actions: &mut Vec<Action>) {
    ui.label(RichText::new("CustomerId").title());
    let ids = cx.draft.customer_id_fields.iter().filter_map(|id| unify::field_named(fields, id));
    let ids: Vec<&str> = ids.map(|field| field.id.as_str()).collect();
    let is_chosen = |field: &UnifiedField| ids.contains(&field.id.as_str());
    let chosen: Vec<&UnifiedField> = fields.iter().filter(|field| is_chosen(field)).collect();
    let text = if chosen.is_empty() {
        tr!(
            "By default the id is made from the key of the customer's first record, and kept from run to run, also when \
         customers merge or split. Choose up to five fields to make it of values instead: equal values then give equal \
         ids, whatever became of the records."
        )
    } else {
        tr!(
            "The id is made of the first value, in match order, that each chosen field has, with its table: where a value \
         or its table changes, the id changes too. Customers without a value in any of these fields get an id of the \
         default kind; of several with equal values the first has the id."
        )
    };
    form::label_ui(ui, text);
    without_values_ui(ui, cx, &chosen);
    let is_full = chosen.len() >= CUSTOMER_ID_FIELDS;
    let shown: Vec<&UnifiedField> = fields.iter().filter(|field| !field.excluded || is_chosen(field)).collect();
    parts::lines_ui(ui, shown.len(), |ui, place| {
        let field = shown[place];
        let was = is_chosen(field);
        let mut checked = was;
        let name = tr!("Make the CustomerId of {field}", field = field.name);
        let response =
            entry::check_ui(ui, (&name, help::CUSTOMER_ID_FIELD), &mut checked, &field.name, was || !is_full);
        if response.on_disabled_hover_text(tr!("Five are chosen already")).changed() {
            actions.push(Action::SetCustomerIdField(field.id.clone(), checked));
        }
        let members: Vec<String> = field.members.iter().map(|member| super::member_text(cx, member)).collect();
        let color = theme::palette(ui).text_weak;
        ui.add(egui::Label::new(RichText::new(members.join(", ")).color(color)).truncate());
    });
    if !chosen.is_empty() && ui.button(tr!("Back to the default id")).clicked() {
        actions.extend(chosen.iter().map(|field| Action::SetCustomerIdField(field.id.clone(), false)));
    }
}

/// How many customers have no value to make the id of.
fn without_values_ui(ui: &mut Ui, cx: &mut PageCx<'_>, chosen: &[&UnifiedField]) {
    if chosen.is_empty() {
        return;
    }
    let Some(run) = live::unified(cx) else { return };
    let ids: Vec<String> = chosen.iter().map(|field| field.id.clone()).collect();
    let name = format!("customers without {}", ids.join(" "));
    let count = cx.workbench.find(&name, &run, run.report.customers as usize, move |run| blank_in_all(run, &ids));
    figure::figure_ui(
        ui,
        tr!("Customers without these values"),
        count.value.map(|count| *count),
        help::WITHOUT_ID_VALUES,
    );
}

fn blank_in_all(run: &Run, fields: &[String]) -> u64 {
    let Some(customers) = &run.customers else { return 0 };
    let columns: Vec<_> = fields.iter().filter_map(|id| customers.field(id)).collect();
    (0..customers.table.rows).filter(|&row| columns.iter().all(|column| column.is_blank(row))).count() as u64
}

/// The columns that hold the tables' own keys.
fn source_keys_ui(ui: &mut Ui, cx: &PageCx<'_>) {
    ui.label(RichText::new(tr!("Keys of the tables")).title());
    let text = tr!(
        "The primary key of each table is a column of the customer; every key that led to it stands in the column \
                beside it, and in the table of keys. Any of them looks the customer up."
    );
    form::label_ui(ui, text);
    let width = ui.available_width() / 3.0 - 8.0;
    let title = |ui: &mut Ui, text: &str| {
        let color = theme::palette(ui).text_weak;
        layout::cell_ui(ui, width, RichText::new(text).small().color(color));
    };
    ui.horizontal(|ui| {
        [tr!("Table"), tr!("Column of the customer"), tr!("All keys")].iter().for_each(|text| title(ui, text));
    });
    for table in cx.draft.unification.iter().filter_map(|table| cx.draft.source_table(&table.source_table)) {
        let key = key_column(table);
        ui.horizontal(|ui| {
            layout::cell_ui(ui, width, &table.name);
            layout::cell_ui(ui, width, &key).on_hover_text(&key);
            let all = format!("{key}_Alternate");
            layout::cell_ui(ui, width, &all).on_hover_text(&all);
        });
    }
}
