//! The menu bar: made from the command table.

use eframe::egui::{self, RichText, Ui};

use crate::sample;
use crate::ui::context::PageCx;
use crate::ui::theme::palette;
use crate::ui::widgets::form;
use crate::workbench::command::HelpTab;
use crate::workbench::{Command, Leave, Page, Theme};

const FILE: [Command; 6] =
    [Command::NewProject, Command::OpenProject, Command::OpenPath, Command::Save, Command::SaveAs, Command::SaveToPath];
const EDIT: [Command; 2] = [Command::Undo, Command::Redo];
const RUN: [Command; 4] = [Command::UnifyAndDependencies, Command::Unify, Command::RunMatchingOnly, Command::Cancel];
const SOURCES: [Command; 2] = [Command::AddTables, Command::RefreshSources];
const THEMES: [Command; 4] = [
    Command::ThemeOf(Theme::System),
    Command::ThemeOf(Theme::Light),
    Command::ThemeOf(Theme::Dark),
    Command::ToggleTheme,
];
const HELP: [Command; 5] = [
    Command::Help(HelpTab::News),
    Command::Help(HelpTab::Licences),
    Command::Help(HelpTab::Log),
    Command::InstallLauncher,
    Command::Help(HelpTab::About),
];
const ZOOM: [Command; 3] = [Command::ZoomIn, Command::ZoomOut, Command::ZoomReset];

pub fn menu_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    egui::MenuBar::new().ui(ui, |ui| {
        ui.menu_button("File", |ui| {
            FILE.into_iter().for_each(|command| command_ui(ui, cx, command));
            ui.separator();
            ui.menu_button("Samples", |ui| samples_ui(ui, cx));
            recent_ui(ui, cx);
            command_ui(ui, cx, Command::Welcome);
            ui.separator();
            command_ui(ui, cx, Command::Quit);
        });
        ui.menu_button("Edit", |ui| EDIT.into_iter().for_each(|command| command_ui(ui, cx, command)));
        ui.menu_button("Sources", |ui| SOURCES.into_iter().for_each(|command| command_ui(ui, cx, command)));
        ui.menu_button("Run", |ui| RUN.into_iter().for_each(|command| command_ui(ui, cx, command)));
        ui.menu_button("Go", |ui| {
            command_ui(ui, cx, Command::NextPage);
            command_ui(ui, cx, Command::PreviousPage);
            ui.separator();
            Page::ALL.into_iter().for_each(|page| command_ui(ui, cx, Command::Go(page)));
        });
        ui.menu_button("View", |ui| view_ui(ui, cx));
        ui.menu_button("Help", |ui| HELP.into_iter().for_each(|command| command_ui(ui, cx, command)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| run_ui(ui, cx));
    });
}

fn view_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    THEMES.into_iter().for_each(|command| command_ui(ui, cx, command));
    ui.separator();
    ZOOM.into_iter().for_each(|command| command_ui(ui, cx, command));
    ui.separator();
    command_ui(ui, cx, Command::ToggleRail);
}

/// The project's name, and the button that runs it.
fn run_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    if cx.workbench.is_welcome && !cx.workbench.has_project() {
        return;
    }
    let command = if cx.workbench.is_running() { Command::Cancel } else { Command::UnifyAndDependencies };
    let button = match command.enabled(cx.workbench) {
        Ok(()) => form::primary_button(ui, command.text()),
        Err(reason) => ui.add_enabled(false, egui::Button::new(command.text())).on_disabled_hover_text(reason),
    };
    if button.on_hover_text(hint(command)).clicked() {
        cx.send(command);
    }
    let dirty = if cx.workbench.is_dirty() { " •" } else { "" };
    let name = RichText::new(format!("{}{dirty}", cx.workbench.project.name)).strong();
    let path = cx.workbench.path.as_ref().map_or("Not saved yet".to_owned(), |path| path.display().to_string());
    let saved = if cx.workbench.is_dirty() { "\nThere are edits that no file holds yet" } else { "" };
    ui.label(name).on_hover_text(format!("{path}{saved}"));
}

fn hint(command: Command) -> String {
    match command.shortcut() {
        Some(shortcut) => format!("{} ({shortcut})", command.tooltip()),
        None => command.tooltip().to_owned(),
    }
}

/// One command as a menu entry, with its shortcut, or why it cannot be done now.
pub fn command_ui(ui: &mut Ui, cx: &mut PageCx<'_>, command: Command) {
    let enabled = command.enabled(cx.workbench);
    let text = match (command, cx.workbench.history.undo_label(), cx.workbench.history.redo_label()) {
        (Command::Undo, Some(label), _) => format!("Undo: {label}"),
        (Command::Redo, _, Some(label)) => format!("Redo: {label}"),
        _ => command.text().to_owned(),
    };
    let mut button = egui::Button::new(text).wrap_mode(egui::TextWrapMode::Extend);
    if let Some(shortcut) = command.shortcut() {
        button = button.shortcut_text(shortcut.to_string());
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
        if ui.button(sample.title).on_hover_text(sample.description).clicked() {
            cx.workbench.leave(Leave::Sample(sample.name.to_owned()));
            ui.close();
        }
    }
}

fn recent_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let recent = cx.workbench.settings.recent.clone();
    if recent.is_empty() {
        ui.label(RichText::new("No recent projects").color(palette(ui).text_weak));
        return;
    }
    ui.menu_button("Recent projects", |ui| {
        for recent in recent {
            let there = !cx.workbench.is_missing(&recent.path);
            let button = ui.add_enabled(there, egui::Button::new(recent.path.display().to_string()));
            let reason = "The file is not there; the welcome page finds it again or takes it off the list";
            if button.on_hover_text(&recent.name).on_disabled_hover_text(reason).clicked() {
                cx.workbench.leave(Leave::Open(recent.path));
                ui.close();
            }
        }
    });
}
