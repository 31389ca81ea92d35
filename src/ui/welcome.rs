//! The welcome page: what to begin with, recent projects, samples.

use eframe::egui::{self, Key, RichText, Ui};

use super::context::PageCx;
use super::shell::toasts::open_path;
use super::theme::{self, GAP_LARGE, GAP_SECTION, GAP_SMALL, TextRole as _, palette};
use super::widgets::{form, text};
use crate::engine::ingest::file_name;
use crate::sample;
use crate::workbench::recent::Recent;
use crate::workbench::{Command, Leave};

const ICON: &[u8] = include_bytes!("../../assets/icon/tributary-256.png");
/// The most that the page spreads over.
const WIDTH: f32 = 940.0;

/// The program's icon; empty where it cannot be read.
pub fn icon() -> egui::IconData {
    eframe::icon_data::from_png_bytes(ICON).unwrap_or_default()
}

pub fn welcome_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    arrows_ui(ui);
    let width = ui.available_width().min(WIDTH);
    let side = (ui.available_width() - width) / 2.0;
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.horizontal_top(|ui| {
            ui.add_space(side);
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.add_space(ui.available_height().mul_add(0.04, 8.0));
                head_ui(ui, cx);
                ui.add_space(GAP_SECTION);
                unopened_ui(ui, cx);
                ui.horizontal_top(|ui| {
                    let half = (width - 16.0) / 2.0;
                    ui.vertical(|ui| {
                        ui.set_width(half);
                        start_ui(ui, cx);
                        recent_list_ui(ui, cx);
                    });
                    ui.add_space(GAP_LARGE);
                    ui.vertical(|ui| {
                        ui.set_width(half);
                        samples_ui(ui, cx);
                    });
                });
            });
        });
    });
}

/// The arrows go from button to button, as Tab does.
fn arrows_ui(ui: &Ui) {
    if ui.ctx().memory(|memory| memory.top_modal_layer().is_some()) || ui.ctx().text_edit_focused() {
        return;
    }
    let direction = ui.input(|input| match () {
        () if input.key_pressed(Key::ArrowDown) => Some(egui::FocusDirection::Next),
        () if input.key_pressed(Key::ArrowUp) => Some(egui::FocusDirection::Previous),
        () => None,
    });
    if let Some(direction) = direction {
        ui.memory_mut(|memory| memory.move_focus(direction));
    }
}

fn head_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let weak = palette(ui).text_weak;
    ui.horizontal(|ui| {
        let icon = cx.memory.icon.get_or_insert_with(|| {
            let icon = icon();
            let size = [icon.width as usize, icon.height as usize];
            let image = egui::ColorImage::from_rgba_unmultiplied(size, &icon.rgba);
            ui.ctx().load_texture("icon", image, egui::TextureOptions::LINEAR)
        });
        ui.add(egui::Image::new(&*icon).fit_to_exact_size(egui::vec2(56.0, 56.0)).alt_text(tr!("Tributary's icon")));
        ui.vertical(|ui| {
            ui.add_space(GAP_SMALL);
            ui.label(RichText::new("Tributary").figure().bold());
            ui.label(RichText::new(tr!("One customer per person, from all your tables")).color(weak));
        });
    });
}

/// What could not be opened, and what there is instead of it.
fn unopened_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let Some(unopened) = cx.workbench.unopened.clone() else { return };
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(RichText::new(tr!("{file_name} was not opened", file_name = file_name(&unopened.path))).bold());
        form::error_ui(ui, &unopened.message);
        ui.horizontal(|ui| {
            if let Some(backup) = &unopened.backup {
                let button = ui.button(tr!("Open the version before"));
                let button =
                    button.on_hover_text(tr!("{backup}, as a copy: nothing is overwritten", backup = backup.display()));
                if form::ring_ui(ui, button).clicked() {
                    cx.workbench.open_backup();
                }
            }
            let button = ui.button(tr!("Show folder")).on_hover_text(unopened.path.display().to_string());
            if form::ring_ui(ui, button).clicked() {
                open_path(ui.ctx(), unopened.path.parent().unwrap_or(&unopened.path));
            }
            let button = ui.button(tr!("Copy the message"));
            if form::ring_ui(ui, button).clicked() {
                ui.ctx().copy_text(unopened.message.clone());
            }
        });
    });
    ui.add_space(GAP_LARGE);
}

fn start_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    ui.horizontal(|ui| {
        let new = form::primary_button(ui, tr!("New project"));
        let nothing = ui.memory(|memory| memory.focused().is_none() && memory.top_modal_layer().is_none());
        if nothing {
            new.request_focus();
        }
        if new.on_hover_text(Command::NewProject.tooltip()).clicked() {
            cx.send(Command::NewProject);
        }
        for (command, words) in [(Command::OpenProject, tr!("Open…")), (Command::OpenPath, tr!("Open path…"))] {
            let button = ui.button(words).on_hover_text(command.tooltip());
            if form::ring_ui(ui, button).clicked() {
                cx.send(command);
            }
        }
    });
    let guide = ui.button(Command::Guide.text()).on_hover_text(Command::Guide.tooltip());
    if form::ring_ui(ui, guide).clicked() {
        cx.send(Command::Guide);
    }
    if cx.workbench.has_project() {
        let button = ui.button(tr!("Back to {name}", name = cx.workbench.project.name));
        if form::ring_ui(ui, button).clicked() {
            cx.workbench.is_welcome = false;
        }
    }
    if !cx.workbench.offers.is_empty() {
        let count = tr!("{n} project" | "{n} projects" % cx.workbench.offers.len() as u64);
        let button = ui.button(tr!("Unsaved edits of {count}…", count));
        if form::ring_ui(ui, button).on_hover_text(tr!("What a killed program left: restore or discard it")).clicked() {
            cx.workbench.is_offering = true;
        }
    }
    if cx.workbench.has_news() {
        let button = ui.button(tr!("What's new in {env}", env = env!("CARGO_PKG_VERSION")));
        if form::ring_ui(ui, button).clicked() {
            cx.send(Command::News);
        }
    }
    let hint = tr!("Or drop files here: tables are added to a project, a .tributary file is opened.");
    ui.add(egui::Label::new(RichText::new(hint).color(palette(ui).text_weak)).wrap());
}

fn recent_list_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    form::section_ui(ui, tr!("Recent projects"));
    let recent = cx.workbench.settings.recent.clone();
    if recent.is_empty() {
        ui.label(RichText::new(tr!("Projects you open or save appear here.")).color(palette(ui).text_weak));
        return;
    }
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 2.0;
        for recent in &recent {
            recent_ui(ui, cx, recent);
        }
    });
}

fn recent_ui(ui: &mut Ui, cx: &mut PageCx<'_>, recent: &Recent) {
    let missing = cx.workbench.is_missing(&recent.path);
    let palette = palette(ui);
    let folder = recent.path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
    let color = if missing { palette.text_weak } else { palette.text };
    let mut job = egui::text::LayoutJob::default();
    let (body, small) = (egui::TextStyle::Body.resolve(ui.style()), egui::TextStyle::Small.resolve(ui.style()));
    let format = |font_id, color| egui::TextFormat { font_id, color, ..Default::default() };
    job.append(&text::one_line(&recent.name, 40), 0.0, format(body, color));
    job.append(&format!("\n{}", end_of(&folder)), 0.0, format(small, palette.text_weak));
    let when = if missing { tr!("not there").to_owned() } else { text::moment(&recent.opened) };
    ui.horizontal(|ui| {
        let room = ui.available_width() - if missing { 160.0 } else { 0.0 };
        let row = egui::Button::selectable(false, job)
            .right_text(RichText::new(when).color(palette.text_weak))
            .min_size(egui::vec2(room, 0.0))
            .wrap_mode(egui::TextWrapMode::Extend);
        let row = ui.add_enabled_ui(!missing, |ui| {
            ui.set_max_width(room);
            ui.add(row)
        });
        let row = row.inner;
        let name = tr!("Open {recent}", recent = recent.name);
        row.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, !missing, &name));
        let row = form::ring_ui(ui, row).on_hover_text(recent.path.display().to_string());
        if row.on_disabled_hover_text(tr!("{path} is not there", path = recent.path.display())).clicked() {
            cx.workbench.leave(Leave::Open(recent.path.clone()));
        }
        if missing {
            let locate = ui.button(tr!("Locate…")).on_hover_text(tr!("Say where the file is now"));
            if form::name_ui(form::ring_ui(ui, locate), &tr!("Locate {recent}", recent = recent.name)).clicked() {
                cx.memory.locating = Some(recent.path.clone());
            }
            let remove = ui.button(tr!("Remove")).on_hover_text(tr!("Take it off this list"));
            if form::name_ui(form::ring_ui(ui, remove), &tr!("Remove {recent}", recent = recent.name)).clicked() {
                cx.workbench.forget_recent(&recent.path);
            }
        }
    });
}

/// The end of a path that is long: its last folders tell most.
fn end_of(path: &str) -> String {
    const LONGEST: usize = 46;
    let too_long = path.chars().count().saturating_sub(LONGEST);
    if too_long == 0 { path.to_owned() } else { format!("…{}", path.chars().skip(too_long + 1).collect::<String>()) }
}

fn samples_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    sample_cards_ui(ui, cx);
    form::section_ui(ui, tr!("Examples of one idea each"));
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 2.0;
        for example in sample::EXAMPLES {
            let row = form::list_row_ui(ui, false, crate::text::of(example.title), "");
            let row = form::ring_ui(ui, row);
            let row = form::name_ui(row, &tr!("Open the example {title}", title = crate::text::of(example.title)));
            if row.on_hover_text(crate::text::of(example.description)).clicked() {
                cx.workbench.leave(Leave::Sample(example.name.to_owned()));
            }
        }
    });
}

fn sample_cards_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    form::section_ui(ui, tr!("Samples"));
    for sample in sample::SAMPLES {
        theme::card(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(RichText::new(crate::text::of(sample.title)).bold());
            ui.add(
                egui::Label::new(RichText::new(crate::text::of(sample.description)).color(palette(ui).text_weak))
                    .wrap(),
            );
            let button =
                ui.button(tr!("Open a copy")).on_hover_text(tr!("Your own copy, in your data folder: try everything"));
            let button = form::name_ui(
                form::ring_ui(ui, button),
                &tr!("Open a copy of {title}", title = crate::text::of(sample.title)),
            );
            if button.clicked() {
                cx.workbench.leave(Leave::Sample(sample.name.to_owned()));
            }
        });
    }
}
