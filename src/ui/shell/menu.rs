//! The menu bar: made from the command table.

use eframe::egui::{self, RichText, Ui, vec2};

use crate::help;
use crate::sample;
use crate::ui::context::PageCx;
use crate::ui::theme::{TextRole as _, palette};
use crate::ui::widgets::form;
use crate::ui::widgets::help::Helped as _;
use crate::workbench::command::Menu;
use crate::workbench::{Command, Leave};

pub fn menu_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    egui::MenuBar::new().ui(ui, |ui| {
        for menu in Menu::ALL {
            ui.menu_button(menu.title(), |ui| menu.commands().for_each(|command| entry_ui(ui, cx, command)));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| run_ui(ui, cx));
    });
}

/// The project's name, and the button that runs it.
fn run_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    if cx.workbench.is_welcome && !cx.workbench.has_project() {
        return;
    }
    let command = if cx.workbench.is_running() { Command::Cancel } else { Command::UnifyAndDependencies };
    // A menu bar has none.
    ui.spacing_mut().button_padding = vec2(9.0, 3.0);
    let button = match command.enabled(cx.workbench) {
        Ok(()) => form::primary_button(ui, command.text()),
        Err(reason) => ui.add_enabled(false, egui::Button::new(command.text())).on_disabled_hover_text(reason),
    };
    if button.help_and(help::RUN, &cx.workbench.keymap.hint(command)).clicked() {
        cx.send(command);
    }
    let dirty = if cx.workbench.is_dirty() { " •" } else { "" };
    let name = RichText::new(format!("{}{dirty}", cx.workbench.project.name)).bold();
    let path = cx.workbench.path.as_ref().map_or(tr!("Not saved yet").to_owned(), |path| path.display().to_string());
    let saved = if cx.workbench.is_dirty() { tr!("\nThere are edits that no file holds yet") } else { "" };
    ui.label(name).on_hover_text(format!("{path}{saved}"));
}

/// A command in its menu, and what is listed above it.
fn entry_ui(ui: &mut Ui, cx: &mut PageCx<'_>, command: Command) {
    if command == Command::Quit {
        ui.separator();
        ui.menu_button(tr!("Samples"), |ui| samples_ui(ui, cx));
        recent_ui(ui, cx);
    }
    if command.starts_group() {
        ui.separator();
    }
    command_ui(ui, cx, command);
    if command == Command::DarkTheme {
        ui.separator();
        ui.menu_button(tr!("Language"), |ui| languages_ui(ui, cx));
    }
}

/// One command as a menu entry, with its shortcut, or why it cannot be done now.
pub fn command_ui(ui: &mut Ui, cx: &mut PageCx<'_>, command: Command) {
    let enabled = command.enabled(cx.workbench);
    let text = command.text_now(cx.workbench);
    let mut button = egui::Button::new(text).wrap_mode(egui::TextWrapMode::Extend);
    if let Some(shortcut) = cx.workbench.keymap.shown(command) {
        button = button.shortcut_text(shortcut);
    }
    let response = ui.add_enabled(enabled.is_ok(), button).on_hover_text(command.tooltip());
    let response = match enabled {
        Ok(()) => response,
        Err(reason) => response.on_disabled_hover_text(reason),
    };
    if response.clicked() {
        cx.send(command);
        ui.close();
    }
}

fn samples_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    for sample in sample::SAMPLES {
        if ui.button(crate::text::of(sample.title)).on_hover_text(crate::text::of(sample.description)).clicked() {
            cx.workbench.leave(Leave::Sample(sample.name.to_owned()));
            ui.close();
        }
    }
}

/// English, the languages there are, and how one is added.
fn languages_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let chosen = cx.workbench.settings.language.clone();
    // Every language calls itself what its speakers do.
    let mut rows = vec![(None, "English".to_owned())];
    rows.extend(cx.workbench.languages().into_iter().map(|offer| (Some(offer.code), offer.name)));
    for (code, name) in rows {
        if ui.radio(chosen == code, name).clicked() {
            cx.workbench.choose_language(code.as_deref());
            ui.close();
        }
    }
    ui.separator();
    let folder = cx.workbench.languages_folder();
    let how = tr!("A translation is a file such as de.po, read from {folder}", folder = folder.display());
    ui.label(RichText::new(tr!("Add a language")).color(palette(ui).text_weak)).on_hover_text(how);
}

fn recent_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let recent = cx.workbench.settings.recent.clone();
    if recent.is_empty() {
        ui.label(RichText::new(tr!("No recent projects")).color(palette(ui).text_weak));
        return;
    }
    ui.menu_button(tr!("Recent projects"), |ui| {
        for recent in recent {
            let there = !cx.workbench.is_missing(&recent.path);
            let button = ui.add_enabled(there, egui::Button::new(recent.path.display().to_string()));
            let reason = tr!("The file is not there; the welcome page finds it again or takes it off the list");
            if button.on_hover_text(&recent.name).on_disabled_hover_text(reason).clicked() {
                cx.workbench.leave(Leave::Open(recent.path));
                ui.close();
            }
        }
    });
}
