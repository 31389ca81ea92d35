//! The two records asked about.

use crate::help;
use std::sync::Arc;

use eframe::egui::{self, Key, RichText, Ui};

use crate::engine::customer::records::{self, Candidate};
use crate::engine::pipeline::Run;
use crate::project::RecordKey;
use crate::ui::context::{Asked, PageCx};
use crate::ui::pages::parts;
use crate::ui::theme::{GAP, TextRole as _, icon};
use crate::ui::widgets::{entry, form, text};

const FIELD: f32 = 240.0;
/// Room of what stands beside the two fields: their lists, the word between them, the button that swaps them.
const BESIDE_FIELDS: f32 = 180.0;
/// Asked of one record.
pub const BUILT: &str = msg!("How was this customer built?");
const WHY: &str = msg!("Why are these one customer, or not?");
const NAMES: [&str; 2] = [msg!("First record"), msg!("Second record")];

pub fn question_ui(ui: &mut Ui, cx: &mut PageCx<'_>, run: &Arc<Run>) {
    let mut ask = None;
    ui.horizontal_wrapped(|ui| {
        let width = ((ui.available_width() - BESIDE_FIELDS) / 2.0).clamp(FIELD / 2.0, FIELD);
        for place in 0..2 {
            if place == 1 {
                form::label_ui(ui, tr!("and"));
            }
            if field_ui(ui, cx, place, width) && !take_first(cx, place, run) {
                ask = Some(!cx.memory.explain.typed[1].trim().is_empty());
            }
        }
        if form::icon_button(ui, icon::SWAP, tr!("Swap the records"), true) {
            cx.memory.explain.typed.swap(0, 1);
        }
    });
    (0..2).for_each(|place| found_ui(ui, cx, place, run));
    ui.horizontal_wrapped(|ui| {
        // What Enter asks is the button that stands out.
        let [one, two] = cx.memory.explain.typed.each_ref().map(|typed| !typed.trim().is_empty());
        let reason = |is_there: bool, reason: &str| if is_there { Ok(()) } else { Err(reason.to_owned()) };
        let why = reason(one && two, tr!("Fill in both records first"));
        let built = reason(one, tr!("Fill in the first record first"));
        let draw = |ui: &mut Ui, words: &str, reason: Result<(), String>, stands_out: bool| {
            if stands_out && reason.is_ok() {
                form::primary_button(ui, words)
            } else {
                form::button_or_reason(ui, words, reason)
            }
        };
        if draw(ui, crate::text::of(WHY), why, two).clicked() {
            ask = Some(true);
        }
        if draw(ui, crate::text::of(BUILT), built, !two)
            .on_hover_text(tr!("Merge by merge, from the first record"))
            .clicked()
        {
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

/// In the place of an answer: what can be asked, and questions to press.
pub fn examples_ui(ui: &mut Ui, cx: &mut PageCx<'_>, run: &Arc<Run>) {
    ui.add_space(GAP);
    ui.label(RichText::new(tr!("Nothing is asked yet")).bold());
    parts::hint_ui(
        ui,
        tr!(
            "Type a name, an address or a key above and choose a customer. One record tells how its customer was built, two \
         why they are one customer or not."
        ),
    );
    let rows = run.report.customers as usize;
    let Some(examples) = cx.workbench.find("explain examples", run, rows, records::examples).value else { return };
    if examples.is_empty() {
        return;
    }
    form::section_ui(ui, tr!("For example"));
    for example in examples.iter() {
        if ui.button(text::one_line(&example.words, 120)).clicked() {
            cx.memory.explain.ask(&run.project, example.a.clone(), example.b.clone());
        }
    }
}

/// The customers found for what stands in a field; one that is clicked takes its place.
fn found_ui(ui: &mut Ui, cx: &mut PageCx<'_>, place: usize, run: &Arc<Run>) {
    let Some((found, pending)) = found(cx, place, run) else { return };
    ui.horizontal_wrapped(|ui| {
        form::label_ui(ui, NAMES[place]);
        match &found {
            None => drop(form::label_ui(ui, tr!("Looking…"))),
            Some(found) if found.is_empty() && !pending => {
                form::label_ui(ui, tr!("No customer has this text; a record can be typed as Table:Key, too"));
            }
            Some(found) => {
                for candidate in found.iter() {
                    let record = candidate.record.label(&run.project);
                    let name = text::one_line(&candidate.name, 40);
                    let words = if name == candidate.record.key { record.clone() } else { format!("{name}  {record}") };
                    let label = tr!("Take {record} as the {place}", record, place = NAMES[place].to_lowercase());
                    if entry::named_button(ui, &words, &label).on_hover_text(&label).clicked() {
                        cx.memory.explain.typed[place] = record;
                        cx.memory.explain.problem = None;
                    }
                }
            }
        }
    });
}

type Found = Option<Arc<Vec<Candidate>>>;

/// What was found, of the text before while a newer one is looked for, and whether one is.
fn found(cx: &mut PageCx<'_>, place: usize, run: &Arc<Run>) -> Option<(Found, bool)> {
    let looked = cx.memory.explain.looked(place, run)?;
    let name = tr!("explain {place}", place = NAMES[place]);
    let answer = cx.workbench.find_in_background(&name, &looked, |looked, task| {
        records::find(&looked.run, &looked.index, &looked.text, task).unwrap_or_default()
    });
    Some((answer.value, answer.pending))
}

/// Takes the first customer found for what stands in a field; says whether one was.
fn take_first(cx: &mut PageCx<'_>, place: usize, run: &Arc<Run>) -> bool {
    let Some((Some(found), false)) = found(cx, place, run) else { return false };
    let Some(candidate) = found.first() else { return false };
    cx.memory.explain.typed[place] = candidate.record.label(&run.project);
    cx.memory.explain.problem = None;
    true
}

/// A field for TABLE:KEY, with the tables to complete it by; says whether Enter was pressed in it.
fn field_ui(ui: &mut Ui, cx: &mut PageCx<'_>, place: usize, width: f32) -> bool {
    let name = crate::text::of(NAMES[place]);
    let unified = cx.draft.unification.iter().map(|table| cx.draft.table_name(&table.source_table).to_owned());
    let tables: Vec<String> = unified.collect();
    let typed = &mut cx.memory.explain.typed[place];
    let response = form::text_ui(ui, (name, help::EXPLAINED_RECORD), typed, tr!("a name, address or key"), width);
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
    let label = tr!("Tables of the {name}", name = name.to_lowercase());
    menu.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
    if offers {
        for table in fitting.into_iter().take(3) {
            let offer = ui.small_button(format!("{table}:"));
            let label = tr!("Complete the {name} with {table}", name = name.to_lowercase(), table);
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
