//! The two records asked about.

use crate::help;
use crate::ui::theme::icon;
use eframe::egui::{self, Key, Ui};

use crate::project::RecordKey;
use crate::ui::context::{Asked, PageCx};
use crate::ui::widgets::form;

const FIELD: f32 = 200.0;
/// Asked of one record.
pub const BUILT: &str = "How was this customer built?";
const WHY: &str = "Why are these one customer, or not?";
const NAMES: [&str; 2] = ["First record", "Second record"];

pub fn question_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let mut ask = None;
    ui.horizontal_wrapped(|ui| {
        for place in 0..2 {
            if place == 1 {
                form::label_ui(ui, "and");
            }
            if field_ui(ui, cx, place) {
                ask = Some(!cx.memory.explain.typed[1].trim().is_empty());
            }
        }
        if form::icon_button(ui, icon::SWAP, "Swap the records", true) {
            cx.memory.explain.typed.swap(0, 1);
        }
    });
    ui.horizontal_wrapped(|ui| {
        // What Enter asks is the button that stands out.
        let [one, two] = cx.memory.explain.typed.each_ref().map(|typed| !typed.trim().is_empty());
        let is_one = one && !two;
        let why = if is_one { ui.button(WHY) } else { form::primary_button(ui, WHY) };
        let built = if is_one { form::primary_button(ui, BUILT) } else { ui.button(BUILT) };
        if why.clicked() {
            ask = Some(true);
        }
        if built.on_hover_text("Merge by merge, from the first record").clicked() {
            ask = Some(false);
        }
    });
    if let Some(pair) = ask {
        read(cx, pair);
    }
    if let Some(problem) = &cx.memory.explain.problem {
        form::error_ui(ui, problem);
    }
}

/// A field for TABLE:KEY, with the tables to complete it by; says whether Enter was pressed in it.
fn field_ui(ui: &mut Ui, cx: &mut PageCx<'_>, place: usize) -> bool {
    let name = NAMES[place];
    let unified = cx.draft.unification.iter().map(|table| cx.draft.table_name(&table.source_table).to_owned());
    let tables: Vec<String> = unified.collect();
    let typed = &mut cx.memory.explain.typed[place];
    let response = form::text_ui(ui, (name, help::EXPLAINED_RECORD), typed, "Table:Key", FIELD);
    // Whoever comes here with nothing to look at wants to type.
    if place == 0 && std::mem::take(&mut cx.memory.explain.is_new) && typed.is_empty() {
        response.request_focus();
    }
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if entered {
        // The next question is typed in the same place.
        response.request_focus();
    }
    // The end of a field that does not come to a colon is a table's name that is being typed.
    let begun = typed.trim().to_lowercase();
    let fitting: Vec<&String> = tables.iter().filter(|table| table.to_lowercase().starts_with(&begun)).collect();
    let offers = !begun.is_empty() && !begun.contains(':') && !fitting.is_empty();
    let mut chosen = None;
    let menu = ui.menu_button(icon::OPEN, |ui| {
        for table in &tables {
            if ui.button(format!("{table}:")).clicked() {
                chosen = Some(table.clone());
            }
        }
    });
    let label = format!("Tables of the {}", name.to_lowercase());
    menu.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
    if offers {
        for table in fitting.into_iter().take(3) {
            let offer = ui.small_button(format!("{table}:"));
            let label = format!("Complete the {} with {table}", name.to_lowercase());
            offer.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
            if offer.clicked() {
                chosen = Some(table.clone());
            }
        }
    }
    if let Some(table) = chosen {
        let key = typed.split_once(':').map(|(_, key)| key.to_owned()).unwrap_or_default();
        *typed = format!("{table}:{key}");
        response.request_focus();
        let end = egui::text::CCursor::new(typed.chars().count());
        if let Some(mut state) = egui::TextEdit::load_state(ui.ctx(), response.id) {
            state.cursor.set_char_range(Some(egui::text::CCursorRange::one(end)));
            state.store(ui.ctx(), response.id);
        }
    }
    entered
}

/// Makes a question of what was typed, or says why it is none.
fn read(cx: &mut PageCx<'_>, pair: bool) {
    let [first, second] = cx.memory.explain.typed.clone();
    let asked = RecordKey::read(&first, cx.draft).and_then(|a| {
        let b = pair.then(|| RecordKey::read(&second, cx.draft)).transpose()?;
        Ok(Asked { a, b })
    });
    let memory = &mut cx.memory.explain;
    match asked {
        Ok(asked) => {
            if memory.asked.as_ref() != Some(&asked) {
                memory.reason.clear();
            }
            memory.asked = Some(asked);
            memory.problem = None;
        }
        Err(problem) => memory.problem = Some(problem),
    }
}
