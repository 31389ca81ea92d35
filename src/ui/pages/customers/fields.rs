//! "Search & filter fields": which fields are searched, offered as filters, and shown on cards as their title or below.

use crate::help;
use crate::ui::theme::{GAP_SMALL, TextRole as _, icon};
use eframe::egui::{self, RichText, Ui};

use crate::engine::customer::index::PageFields;
use crate::project::validate::field_type;
use crate::project::{ColumnType, CustomerIndex, UnifiedField, unify};
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::theme;
use crate::ui::widgets::{entry, form};

const HEIGHT: f32 = 236.0;
/// Widths of the name and of each use.
const NAME: f32 = 200.0;
const USE: f32 = 70.0;

/// One use of a field.
#[derive(Clone, Copy)]
struct Use {
    title: &'static str,
    list: fn(&mut CustomerIndex) -> &mut Vec<String>,
    in_force: fn(&PageFields) -> &Vec<String>,
}

const USES: [Use; 4] = [
    Use { title: msg!("Search"), list: |index| &mut index.search, in_force: |fields| &fields.search },
    Use { title: msg!("Filter"), list: |index| &mut index.filter, in_force: |fields| &fields.filter },
    Use { title: msg!("Title"), list: |index| &mut index.title, in_force: |fields| &fields.title },
    Use { title: msg!("Card"), list: |index| &mut index.card, in_force: |fields| &fields.card },
];

pub fn fields_ui(ui: &mut Ui, cx: &mut PageCx<'_>, in_force: &PageFields) {
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.label(RichText::new(tr!("Search & filter fields")).bold());
            let is_default = cx.draft.customer_index.is_empty();
            let reason = if is_default { Err(tr!("The defaults are in use").to_owned()) } else { Ok(()) };
            if form::button_or_reason(ui, tr!("Use the defaults"), reason).clicked() {
                cx.draft.customer_index = CustomerIndex::default();
                cx.name_edit(tr!("Use the default search & filter fields"));
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if form::icon_button(ui, icon::REMOVE, tr!("Close search & filter fields"), true) {
                    cx.memory.customers.choosing_fields = false;
                }
            });
        });
        parts::hint_ui(
            ui,
            tr!("By default every text field is searched, fields with few values, dates and numbers are filters, and \
             cards show email, phone and city under the name, which is their title. ProfileState and clusters are always offered as filters."),
        );
        let fields: Vec<UnifiedField> =
            unify::unified_fields(cx.draft).into_iter().filter(|field| !field.excluded).collect();
        ui.horizontal(|ui| {
            entry::cell_ui(ui, NAME, |ui| form::label_ui(ui, tr!("Field")));
            for of in USES {
                entry::cell_ui(ui, USE, |ui| form::label_ui(ui, crate::text::of(of.title)));
            }
        });
        let area = egui::ScrollArea::vertical().id_salt("index fields").max_height(HEIGHT).auto_shrink([false, true]);
        parts::scroll_ui(ui, cx, area, |ui, cx| {
            parts::lines_ui(ui, fields.len(), |ui, place| {
                let field = &fields[place];
                entry::cell_ui(ui, NAME, |ui| ui.add(egui::Label::new(&field.name).truncate()));
                for of in USES {
                    entry::cell_ui(ui, USE, |ui| use_ui(ui, cx, &fields, field, of, in_force));
                }
            });
        });
    });
    ui.add_space(GAP_SMALL);
}

/// A box that says whether a field has a use. The first change writes down what was the default.
fn use_ui(
    ui: &mut Ui,
    cx: &mut PageCx<'_>,
    fields: &[UnifiedField],
    field: &UnifiedField,
    of: Use,
    in_force: &PageFields,
) {
    if of.title == "Search" && field_type(cx.draft, field) != ColumnType::String {
        form::label_ui(ui, "–").on_hover_text(tr!("Only text is searched"));
        return;
    }
    let index = &mut cx.draft.customer_index;
    let list = (of.list)(index);
    let now: Vec<String> = if list.is_empty() {
        let named = |field: &&UnifiedField| (of.in_force)(in_force).contains(&field.name);
        fields.iter().filter(named).map(|field| field.id.clone()).collect()
    } else {
        list.clone()
    };
    let mut checked = now.contains(&field.id);
    // An empty list means the default, so the last one stays.
    let is_last = checked && now.len() == 1;
    let name = format!("{} {}", crate::text::of(of.title), field.name);
    let response = entry::check_ui(ui, (&name, help::INDEX_FIELD), &mut checked, "", !is_last);
    if response.on_disabled_hover_text(tr!("At least one field stays; or use the defaults")).changed() {
        *list = now;
        match list.iter().position(|id| *id == field.id) {
            Some(place) => {
                list.remove(place);
            }
            None => list.push(field.id.clone()),
        }
        cx.name_edit(tr!("Change search & filter fields"));
    }
}
