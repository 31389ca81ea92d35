//! The value lists of the project, edited in a window of their own from either page of rules: aliases that count as
//! equal, and values that match nothing.

mod rows;

use crate::help;
use crate::ui::theme::{GAP_SMALL, icon};
use crate::ui::widgets::help::Helped as _;
use eframe::egui::{self, Ui, vec2};

use crate::project::{AliasList, BypassList, Condition, Project, edit, ids};
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::widgets::{entry, form, text};

const OPEN: &str = "value lists";
const CHOSEN: &str = "value list";

/// Opens the window at the end of this frame.
pub fn open(cx: &mut PageCx<'_>) {
    cx.memory.open.insert(OPEN.to_owned(), true);
}

/// How many lists there are, in words.
pub fn words(project: &Project) -> String {
    let count = project.alias_lists.len() + project.bypass_lists.len();
    if count == 0 { tr!("Value lists…").to_owned() } else { tr!("Value lists ({count})…", count) }
}

/// The window, while it is open.
pub fn modal_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    if !cx.memory.open.get(OPEN).copied().unwrap_or(false) {
        return;
    }
    let modal = egui::Modal::new(egui::Id::unique(OPEN)).show(ui.ctx(), |ui| {
        ui.set_width(640.0);
        ui.set_height(400.0);
        form::section_ui(ui, tr!("Value lists"));
        parts::hint_ui(ui, tr!("A condition uses a list once it is ticked there, beside the normalizations."));
        ui.add_space(GAP_SMALL);
        let chosen = chosen(cx);
        ui.horizontal_top(|ui| {
            ui.allocate_ui(vec2(190.0, 300.0), |ui| {
                ui.vertical(|ui| {
                    ui.set_width(190.0);
                    names_ui(ui, cx, chosen.as_deref());
                })
            });
            ui.separator();
            ui.vertical(|ui| match &chosen {
                Some(id) => editor_ui(ui, cx, id),
                None => parts::hint_ui(ui, tr!("No list yet. Add one at the left.")),
            });
        });
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Max), |ui| {
            form::primary_button(ui, tr!("Done")).clicked()
        })
        .inner
    });
    if modal.inner || modal.should_close() {
        cx.memory.open.remove(OPEN);
    }
}

/// The list being edited, by its id: the first where none was chosen.
fn chosen(cx: &PageCx<'_>) -> Option<String> {
    let (aliases, bypass) = (&cx.draft.alias_lists, &cx.draft.bypass_lists);
    let mut all = aliases.iter().map(|list| &list.id).chain(bypass.iter().map(|list| &list.id));
    let wanted = cx.memory.typed.get(CHOSEN);
    all.clone().find(|id| Some(*id) == wanted).or_else(|| all.next()).cloned()
}

fn names_ui(ui: &mut Ui, cx: &mut PageCx<'_>, chosen: Option<&str>) {
    let of_aliases = cx.draft.alias_lists.iter().map(|list| (list.id.clone(), list.name.clone(), list.aliases.len()));
    let aliases: Vec<_> = of_aliases.collect();
    let of_bypass = cx.draft.bypass_lists.iter().map(|list| (list.id.clone(), list.name.clone(), list.values.len()));
    let bypass: Vec<_> = of_bypass.collect();
    let area = egui::ScrollArea::vertical().id_salt("lists").max_height(270.0).auto_shrink([false, true]);
    area.show(ui, |ui| {
        let kinds = [(tr!("Alias lists"), help::ALIAS_LIST, aliases), (tr!("Bypass lists"), help::BYPASS_LIST, bypass)];
        for (kind, topic, lists) in kinds {
            form::label_ui(ui, kind).help(topic);
            for (id, name, count) in lists {
                let row = form::list_row_ui(ui, chosen == Some(&id), &name, &text::count(count as u64));
                let label = tr!("List {name}", name);
                let selected = chosen == Some(&id);
                row.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, selected, &label));
                if row.clicked() {
                    cx.memory.typed.insert(CHOSEN.to_owned(), id);
                }
            }
        }
    });
    ui.add_space(GAP_SMALL);
    if entry::named_button(ui, &icon::before(icon::ADD, tr!("Alias list")), tr!("Add alias list")).clicked() {
        let (id, name) = new_list(cx, tr!("Aliases"));
        cx.draft.alias_lists.push(AliasList { id, name, aliases: Vec::new() });
        cx.name_edit(tr!("Add alias list"));
    }
    if entry::named_button(ui, &icon::before(icon::ADD, tr!("Bypass list")), tr!("Add bypass list")).clicked() {
        let (id, name) = new_list(cx, tr!("Never match"));
        cx.draft.bypass_lists.push(BypassList { id, name, values: Vec::new() });
        cx.name_edit(tr!("Add bypass list"));
    }
}

/// The id and name of a list to be; it is chosen.
fn new_list(cx: &mut PageCx<'_>, name: &str) -> (String, String) {
    let aliases = cx.draft.alias_lists.iter().map(|list| list.name.as_str());
    let taken = aliases.chain(cx.draft.bypass_lists.iter().map(|list| list.name.as_str()));
    let name = edit::free_name(name, taken);
    let id = ids::new_id(cx.draft, &name);
    cx.memory.typed.insert(CHOSEN.to_owned(), id.clone());
    (id, name)
}

/// Name, import, rows and removal of one list.
fn editor_ui(ui: &mut Ui, cx: &mut PageCx<'_>, id: &str) {
    let users = users(cx.draft, id);
    ui.horizontal(|ui| {
        let aliases = cx.draft.alias_lists.iter_mut().map(|list| (&list.id, &mut list.name));
        let bypass = cx.draft.bypass_lists.iter_mut().map(|list| (&list.id, &mut list.name));
        if let Some((_, name)) = aliases.chain(bypass).find(|(of, _)| *of == id)
            && form::text_ui(ui, (tr!("Name of the list"), help::LIST_NAME), name, tr!("Name"), 190.0).changed()
        {
            let label = tr!("Rename list to {name}", name);
            cx.name_edit(label);
        }
        let reason = match users.first() {
            Some(user) => Err(tr!("{user} uses it.", user)),
            None => Ok(()),
        };
        if form::button_or_reason(ui, &icon::before(icon::DELETE, tr!("Delete list")), reason).clicked() {
            cx.draft.alias_lists.retain(|list| list.id != id);
            cx.draft.bypass_lists.retain(|list| list.id != id);
            cx.draft.retired_ids.push(id.to_owned());
            cx.name_edit(tr!("Delete list"));
        }
    });
    import_ui(ui, cx, id);
    if cx.draft.alias_list(id).is_some() {
        rows::aliases_ui(ui, cx, id);
    } else if cx.draft.bypass_list(id).is_some() {
        rows::bypass_ui(ui, cx, id);
    }
    let used = if users.is_empty() {
        tr!("No rule uses it yet.").to_owned()
    } else {
        tr!("Used by {users}.", users = users.join(", "))
    };
    parts::hint_ui(ui, used);
}

fn import_ui(ui: &mut Ui, cx: &mut PageCx<'_>, id: &str) {
    ui.horizontal(|ui| {
        let typed = cx.memory.typed.entry("list path".to_owned()).or_default();
        form::text_ui(ui, (tr!("Path of a list"), help::LIST_PATH), typed, tr!("folder/list.csv"), 190.0);
        if ui.button(tr!("Import CSV…")).help(help::LIST_PATH).clicked() {
            let path = super::sources::clean_path(typed);
            if cx.workbench.import_list(cx.draft, id, path.as_deref()) {
                cx.memory.typed.remove("list path");
                cx.name_edit(tr!("Import list"));
            }
        }
    });
}

/// The rules that use a list, by name.
fn users(project: &Project, id: &str) -> Vec<String> {
    let uses = |condition: &Condition| condition.alias_lists.iter().chain(&condition.bypass_lists).any(|of| of == id);
    let mut users = Vec::new();
    for table in &project.unification {
        let rules = table.deduplication_rules.iter().filter(|rule| rule.compared().any(uses));
        users.extend(rules.map(|rule| rule.name.clone()));
        let rules = table.match_rules.iter().filter(|rule| rule.compared().any(uses));
        users.extend(rules.map(|rule| rule.name.clone()));
    }
    users
}
