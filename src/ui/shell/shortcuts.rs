//! The page of shortcuts: every command with its keys, to be found and changed.

use eframe::egui::{self, Align, Context, Id, Layout, RichText, ScrollArea, Ui, vec2};

use crate::help;
use crate::ui::theme::{self, GAP_SECTION, TextRole as _, icon, palette};
use crate::ui::widgets::{entry, form};
use crate::workbench::command::{FIXED, Menu, Shortcut};
use crate::workbench::shortcuts::Listening;
use crate::workbench::{Command, Workbench};

const SIZE: egui::Vec2 = vec2(720.0, 520.0);
const NAME: f32 = 230.0;
const KEYS: f32 = 240.0;

/// What was asked of a command's shortcuts.
enum Asked {
    Listen(Command, bool),
    Clear(Command),
    Reset(Command),
    ResetAll,
    Close,
}

/// Draws the page where it is open.
pub fn shortcuts_ui(ctx: &Context, workbench: &mut Workbench) {
    if workbench.shortcut_page.is_none() {
        return;
    }
    let mut asked = None;
    let modal = egui::Modal::new(Id::unique("keyboard shortcuts")).show(ctx, |ui| {
        ui.set_width(SIZE.x);
        asked = content_ui(ui, workbench);
    });
    if modal.should_close() {
        asked = Some(Asked::Close);
    }
    let Some(asked) = asked else { return };
    let outcome = match asked {
        Asked::Close => {
            workbench.shortcut_page = None;
            return;
        }
        Asked::Listen(command, adds) => {
            if let Some(page) = &mut workbench.shortcut_page {
                page.listen(command, adds);
            }
            return;
        }
        Asked::Clear(command) => workbench.set_shortcuts(command, Vec::new()),
        Asked::Reset(command) => workbench.reset_shortcuts(command),
        Asked::ResetAll => {
            workbench.reset_all_shortcuts();
            Ok(())
        }
    };
    if let Some(page) = &mut workbench.shortcut_page {
        page.refusal = outcome.err();
    }
}

fn content_ui(ui: &mut Ui, workbench: &mut Workbench) -> Option<Asked> {
    let mut asked = None;
    ui.horizontal(|ui| {
        ui.heading(tr!("Keyboard shortcuts"));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.button(tr!("Close")).clicked() {
                asked = Some(Asked::Close);
            }
            let has_own = Command::all().into_iter().any(|command| workbench.has_own_shortcuts(command));
            let reason = if has_own { Ok(()) } else { Err(tr!("All are as they came").to_owned()) };
            if form::button_or_reason(ui, tr!("Reset all"), reason).clicked() {
                asked = Some(Asked::ResetAll);
            }
        });
    });
    let page = workbench.shortcut_page.as_mut()?;
    let field = form::text_ui(
        ui,
        (tr!("Search shortcuts"), help::SEARCH_LIST),
        &mut page.search,
        tr!("A command, a menu, or keys"),
        SIZE.x,
    );
    if ui.memory(|memory| memory.focused().is_none()) && page.listening.is_none() {
        field.request_focus();
    }
    status_ui(ui, workbench);
    // A small window shows less of the list.
    let height = SIZE.y.min(ui.ctx().content_rect().height() - 200.0).max(200.0);
    ScrollArea::vertical().auto_shrink(false).min_scrolled_height(height).max_height(height).show(ui, |ui| {
        let mut found = false;
        for menu in Menu::ALL {
            found |= menu_ui(ui, workbench, menu, &mut asked);
        }
        let search = workbench.shortcut_page.as_ref().map(|page| page.search.to_lowercase()).unwrap_or_default();
        found |= fixed_ui(ui, &search);
        if !found {
            ui.add_space(GAP_SECTION);
            form::label_ui(ui, tr!("No shortcut is called so."));
        }
    });
    asked
}

/// What is listened for, why the last keys were refused, or what can be done; of one height, so that nothing jumps.
fn status_ui(ui: &mut Ui, workbench: &Workbench) {
    let Some(page) = &workbench.shortcut_page else { return };
    ui.horizontal(|ui| {
        ui.set_height(theme::ROW_HEIGHT);
        match (&page.listening, &page.refusal) {
            (Some(Listening { command, .. }), _) => {
                let words = tr!("Press the keys for {command}. Esc leaves it as it is.", command = command.text());
                ui.label(RichText::new(words).color(palette(ui).accent).bold());
            }
            (None, Some(refusal)) => form::error_ui(ui, refusal.clone()),
            (None, None) => {
                form::label_ui(ui, &tr!("Choose a shortcut to change it, {add} to have one more.", add = icon::ADD));
            }
        }
    });
}

/// Says whether the menu has a command that is shown.
fn menu_ui(ui: &mut Ui, workbench: &Workbench, menu: Menu, asked: &mut Option<Asked>) -> bool {
    let Some(page) = &workbench.shortcut_page else { return false };
    let shown: Vec<Command> = menu.commands().filter(|command| page.shows(*command, &workbench.keymap)).collect();
    if shown.is_empty() {
        return false;
    }
    form::section_ui(ui, menu.title());
    for command in shown {
        ui.horizontal(|ui| {
            let name = |ui: &mut Ui| ui.add(egui::Label::new(command.text()).truncate());
            entry::cell_ui(ui, NAME, name).on_hover_text(command.tooltip());
            command_ui(ui, workbench, command, page.listening, asked);
        });
    }
    true
}

fn command_ui(
    ui: &mut Ui,
    workbench: &Workbench,
    command: Command,
    listening: Option<Listening>,
    asked: &mut Option<Asked>,
) {
    let text = command.text();
    let shortcuts = workbench.keymap.of(command);
    let keys = if shortcuts.is_empty() { tr!("None").to_owned() } else { listed(shortcuts) };
    let is_heard = listening.is_some_and(|listening| listening.command == command);
    let words = if is_heard { tr!("Press keys…") } else { &keys };
    let size = vec2(KEYS, theme::ROW_HEIGHT);
    let button = ui.add_sized(size, egui::Button::new(words).selected(is_heard).truncate());
    let name = tr!("Shortcut of {text}: {keys}", text, keys);
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    if button.clicked() {
        *asked = Some(Asked::Listen(command, false));
    }
    if form::icon_button(ui, icon::ADD, &tr!("Another shortcut for {text}", text), true) {
        *asked = Some(Asked::Listen(command, true));
    }
    if form::icon_button(ui, icon::REMOVE, &tr!("No shortcut for {text}", text), !shortcuts.is_empty()) {
        *asked = Some(Asked::Clear(command));
    }
    if workbench.has_own_shortcuts(command) {
        let defaults = command.default_shortcuts();
        let words = if defaults.is_empty() { tr!("none").to_owned() } else { listed(defaults) };
        let reset = entry::named_button(ui, tr!("Reset"), &tr!("Reset the shortcut of {text}", text));
        if reset.on_hover_text(tr!("As it came: {words}", words)).clicked() {
            *asked = Some(Asked::Reset(command));
        }
    }
}

/// The keys that no command can have. Says whether any is shown.
fn fixed_ui(ui: &mut Ui, search: &str) -> bool {
    let is_shown = |text: &str| search.split_whitespace().all(|word| text.to_lowercase().contains(word));
    let shown: Vec<_> = FIXED
        .iter()
        .filter(|fixed| is_shown(&format!("fixed {} {} {}", fixed.place, listed(fixed.keys), fixed.does)))
        .collect();
    if shown.is_empty() {
        return false;
    }
    form::section_ui(ui, tr!("Fixed keys"));
    for fixed in shown {
        ui.horizontal(|ui| {
            entry::cell_ui(ui, NAME, |ui| form::label_ui(ui, crate::text::of(fixed.place)));
            entry::cell_ui(ui, KEYS * 0.7, |ui| ui.label(listed(fixed.keys)));
            let does = RichText::new(crate::text::of(fixed.does)).color(palette(ui).text_weak);
            ui.add(egui::Label::new(does).truncate()).on_hover_text(crate::text::of(fixed.does));
        });
    }
    true
}

fn listed(shortcuts: &[Shortcut]) -> String {
    shortcuts.iter().map(|shortcut| shortcut.shown()).collect::<Vec<_>>().join(", ")
}
