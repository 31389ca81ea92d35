//! The columns of a table, as Sources and Customer data list them: found by their words, used or not, and their meaning.

use eframe::egui::Ui;

use crate::help;
use crate::project::source::semantic;
use crate::project::{Project, SourceTable};
use crate::ui::context::PageCx;
use crate::ui::widgets::entry;
use crate::ui::widgets::picker::{self, Entry};

/// Width of the drop-down that shows nothing but that it opens, with the gap before it.
const CHOICES: f32 = 38.0;

/// The places of the columns whose name, type or meaning holds all words of a search.
pub fn matching(table: &SourceTable, search: &str) -> Vec<usize> {
    let search = search.to_lowercase();
    let holds = |place: &usize| {
        let column = &table.columns[*place];
        let meaning = column.semantic_type.as_deref().unwrap_or_default();
        let of_meaning = semantic::words(meaning);
        let all = format!("{} {} {meaning} {of_meaning}", column.name, column.column_type.label()).to_lowercase();
        search.split_whitespace().all(|word| all.contains(word))
    };
    (0..table.columns.len()).filter(holds).collect()
}

/// The semantic type of a column: its words to read and to type, those known in a list.
pub fn semantic_type_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &str, place: usize, width: f32) {
    let Some(column) = cx.draft.source_table(table).and_then(|table| table.columns.get(place)) else { return };
    let (called, before) = (column.name.clone(), column.semantic_type.clone().unwrap_or_default());
    let name = tr!("Semantic type of {column}", column = called);
    let mut after = None;
    entry::cell_ui(ui, width, |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let (shown, none) = (semantic::words(&before), tr!("none"));
        let field = (name.as_str(), help::SEMANTIC_TYPE);
        let typed = entry::held_text_ui(ui, &mut cx.memory.typed, field, shown, none, width - CHOICES);
        if !before.is_empty() {
            typed.response.on_hover_text(&before);
        }
        if typed.done {
            after = Some(semantic::typed(&typed.text));
        }
        let mut choices = Vec::new();
        let list = (tr!("Choices of {name}", name), help::SEMANTIC_TYPE);
        let picked = picker::picker_ui(ui, (&list.0, list.1), "", CHOICES - 6.0, || {
            choices = choices_of(cx.draft, &before);
            choices.iter().map(|choice| entry_of(choice).chosen(*choice == before)).collect()
        });
        if let Some(choice) = picked.entry.and_then(|place| choices.get(place)) {
            after = Some(semantic::typed(choice));
        }
    });
    let Some(after) = after.filter(|after| after.as_deref().unwrap_or_default() != before) else { return };
    let label = format!("{name}: {}", after.as_deref().map_or(tr!("none"), semantic::words));
    if let Some(column) = cx.draft.source_table_mut(table).and_then(|table| table.columns.get_mut(place)) {
        column.semantic_type = after;
        cx.name_edit(label);
    }
}

/// None, the types that the program knows, and those that columns of the project have besides.
fn choices_of(project: &Project, before: &str) -> Vec<String> {
    let mut choices = vec![String::new()];
    choices.extend(semantic::ALL.map(str::to_owned));
    let used = project.source_tables.iter().flat_map(|table| &table.columns);
    for own in used.filter_map(|column| column.semantic_type.as_deref()).chain([before]) {
        if !choices.iter().any(|choice| choice == own) {
            choices.push(own.to_owned());
        }
    }
    choices
}

/// An entry of the list, found by its id too.
fn entry_of(choice: &str) -> Entry {
    if choice.is_empty() {
        return Entry::new(tr!("No meaning"));
    }
    let id = semantic::ALL.into_iter().find(|known| *known == choice);
    Entry::new(semantic::words(choice)).right(id.unwrap_or_default())
}

/// Whether the column takes part in the unification. The primary key always does.
pub fn selected_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &str, place: usize) {
    let Some(table) = cx.draft.source_table_mut(table) else { return };
    let key = table.primary_key.clone();
    let Some(column) = table.columns.get_mut(place) else { return };
    let is_key = key.as_deref() == Some(&column.name);
    let (name, without) = (tr!("Use {column}", column = column.name), tr!("Leave out {column}", column = column.name));
    let mut checked = column.selected || is_key;
    let response = entry::check_ui(ui, (&name, help::USE_COLUMN), &mut checked, "", !is_key);
    let response = response.on_disabled_hover_text(tr!("The primary key is always used"));
    if response.changed() {
        column.selected = checked;
        cx.name_edit(if checked { name } else { without });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::file;

    #[test]
    fn columns_are_found_by_name_type_and_meaning() {
        let project = file::load(std::path::Path::new("assets/samples/coffee/coffee.tributary")).unwrap();
        let web = project.source_table("web").unwrap();
        let names = |search: &str| -> Vec<String> {
            matching(web, search).into_iter().map(|place| web.columns[place].name.clone()).collect()
        };
        assert_eq!(names("event").len(), 3);
        assert_eq!(names("EVENT integer"), ["EventID"]);
        assert_eq!(names("visitor"), ["UserID"]);
        assert_eq!(names("identity.visitorid"), ["UserID"]);
        assert_eq!(names("loyalty id"), ["LoyaltyID"]);
        assert!(names("nothing").is_empty());
    }
}
