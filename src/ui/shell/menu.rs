//! The menu bar: made from the command table.

use eframe::egui::{self, RichText, Ui};

use crate::sample;
use crate::ui::context::PageCx;
use crate::ui::theme::{TextRole as _, palette};
use crate::ui::widgets::form;
use crate::workbench::Command;
use crate::workbench::command::Menu;

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
    let command = if cx.workbench.is_running() { Command::Cancel } else { Command::UnifyAndDependencies };
    let button = match command.enabled(cx.workbench) {
        Ok(()) => form::primary_button(ui, command.text()),
        Err(reason) => ui.add_enabled(false, egui::Button::new(command.text())).on_disabled_hover_text(reason),
    };
    if button.on_hover_text(cx.workbench.keymap.hint(command)).clicked() {
        cx.send(command);
    }
    let dirty = if cx.workbench.is_dirty() { " •" } else { "" };
    let name = RichText::new(format!("{}{dirty}", cx.workbench.project.name)).bold();
    let path = cx.workbench.path.as_ref().map_or("Not saved yet".to_owned(), |path| path.display().to_string());
    let saved = if cx.workbench.is_dirty() { "\nThere are edits that no file holds yet" } else { "" };
    ui.label(name).on_hover_text(format!("{path}{saved}"));
}

/// A command in its menu, and what is listed above it.
fn entry_ui(ui: &mut Ui, cx: &mut PageCx<'_>, command: Command) {
    if command == Command::Quit {
        ui.separator();
        ui.menu_button("Samples", |ui| samples_ui(ui, cx));
        recent_ui(ui, cx);
    }
    if command.starts_group() {
        ui.separator();
    }
    command_ui(ui, cx, command);
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
        let enabled = !cx.workbench.is_dirty();
        let button = ui.add_enabled(enabled, egui::Button::new(sample.title)).on_hover_text(sample.description);
        if button.on_disabled_hover_text("Save your edits first").clicked() {
            cx.workbench.open_sample(sample.name);
            ui.close();
        }
    }
}

fn recent_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let recent = cx.workbench.settings.recent.clone();
    ui.add_enabled_ui(!recent.is_empty(), |ui| {
        ui.menu_button("Recent projects", |ui| {
            for path in recent {
                let there = cx.workbench.is_there(&path);
                let button =
                    ui.add_enabled(there && !cx.workbench.is_dirty(), egui::Button::new(path.display().to_string()));
                if button.on_disabled_hover_text("The file is not there, or your edits are not saved").clicked() {
                    cx.workbench.open(&path);
                    ui.close();
                }
            }
        });
    });
    let color = palette(ui).text_weak;
    if cx.workbench.settings.recent.is_empty() {
        ui.label(RichText::new("No recent projects").color(color));
    }
}
