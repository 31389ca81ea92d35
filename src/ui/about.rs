//! Help's window on the program itself: versions, news, licences, log.

use eframe::egui::{self, Context, Id, RichText, Ui};

use super::shell;
use super::theme::{GAP, palette};
use super::widgets::form;
use crate::help;
use crate::workbench::Workbench;
use crate::workbench::about::{self, NewsLine};
use crate::workbench::command::HelpTab;

const LOG_LINES: usize = 200;
const TABS: [(HelpTab, &str); 4] = [
    (HelpTab::About, msg!("About")),
    (HelpTab::News, msg!("What's new")),
    (HelpTab::Licences, msg!("Licences")),
    (HelpTab::Log, msg!("Log file")),
];

/// What of it the screen remembers.
#[derive(Default)]
pub struct State {
    searched: String,
    /// The end of the log as it was when the tab was opened.
    log: Option<Vec<String>>,
}

pub fn about_ui(ctx: &Context, workbench: &mut Workbench, state: &mut State) {
    let Some(tab) = workbench.help else {
        state.log = None;
        return;
    };
    let mut close = false;
    let modal = egui::Modal::new(Id::unique("about")).show(ctx, |ui| {
        ui.set_width(680.0);
        ui.set_height((ui.ctx().content_rect().height() - 120.0).clamp(300.0, 520.0));
        ui.horizontal(|ui| {
            for (of, words) in TABS {
                let words = crate::text::of(words);
                if ui.add(egui::Button::selectable(tab == of, words)).clicked() {
                    workbench.help = Some(of);
                    state.log = None;
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let button = form::primary_button(ui, tr!("Close"));
                if ui.memory(|memory| memory.focused().is_none()) {
                    button.request_focus();
                }
                close = button.clicked();
            });
        });
        ui.separator();
        match tab {
            HelpTab::About => facts_ui(ui, workbench),
            HelpTab::News => news_ui(ui, workbench),
            HelpTab::Licences => licences_ui(ui, state),
            HelpTab::Log => log_ui(ui, workbench, state),
        }
    });
    if close || modal.should_close() {
        workbench.help = None;
    }
}

fn facts_ui(ui: &mut Ui, workbench: &Workbench) {
    ui.heading("Tributary");
    ui.label(tr!("One customer per person, known or unknown, from all your tables."));
    ui.add_space(GAP);
    let facts = workbench.facts();
    egui::Grid::new("facts").num_columns(2).spacing([18.0, 6.0]).show(ui, |ui| {
        for (name, value) in &facts {
            form::label_ui(ui, name);
            ui.add(egui::Label::new(value).wrap().selectable(true));
            ui.end_row();
        }
    });
    ui.add_space(GAP);
    if ui.button(tr!("Copy")).on_hover_text(tr!("Copy versions and places, for a report of a fault")).clicked() {
        let text: String = facts.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
        ui.ctx().copy_text(text);
    }
}

fn news_ui(ui: &mut Ui, workbench: &mut Workbench) {
    workbench.see_news();
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for line in about::news() {
            let (bullet, parts) = match line {
                NewsLine::Heading(heading) => {
                    form::section_ui(ui, heading);
                    continue;
                }
                NewsLine::Bullet(parts) => ("•  ", parts),
                NewsLine::Text(parts) => ("", parts),
            };
            let mut job = egui::text::LayoutJob::default();
            let font = egui::TextStyle::Body.resolve(ui.style());
            let colors = palette(ui);
            let format = |color| egui::TextFormat { font_id: font.clone(), color, ..Default::default() };
            job.append(bullet, 0.0, format(colors.text_weak));
            for (text, bold) in parts {
                job.append(text, 0.0, format(if bold { colors.accent } else { colors.text }));
            }
            ui.add(egui::Label::new(job).wrap());
        }
    });
}

fn licences_ui(ui: &mut Ui, state: &mut State) {
    let crates = about::crates();
    ui.horizontal(|ui| {
        form::text_ui(
            ui,
            (tr!("Search licences"), help::SEARCH_LIST),
            &mut state.searched,
            tr!("Search crates and licences"),
            260.0,
        );
        ui.label(RichText::new(tr!("{crates} crates", crates = crates.len())).color(palette(ui).text_weak));
    });
    let searched = state.searched.to_lowercase();
    let weak = palette(ui).text_weak;
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for (name, text) in about::DATA.into_iter().chain(about::TEXTS) {
            ui.push_id(name, |ui| {
                egui::CollapsingHeader::new(name).show(ui, |ui| ui.add(egui::Label::new(text).wrap().selectable(true)))
            });
        }
        ui.separator();
        for inside in crates {
            let line = format!("{} {}", inside.name, inside.version);
            let is_found = line.to_lowercase().contains(&searched) || inside.licence.to_lowercase().contains(&searched);
            if !is_found {
                continue;
            }
            ui.horizontal(|ui| {
                ui.label(line).on_hover_text(inside.repository);
                ui.label(RichText::new(inside.licence).color(weak));
            });
        }
    });
}

fn log_ui(ui: &mut Ui, workbench: &Workbench, state: &mut State) {
    let path = workbench.log_path();
    ui.add(egui::Label::new(path.display().to_string()).wrap().selectable(true));
    ui.horizontal(|ui| {
        if ui.button(tr!("Copy path")).clicked() {
            ui.ctx().copy_text(path.display().to_string());
        }
        if ui.button(tr!("Open folder")).clicked() {
            shell::open_path(ui.ctx(), path.parent().unwrap_or(&path));
        }
        if ui.button(tr!("Refresh")).clicked() {
            state.log = None;
        }
    });
    let lines = state.log.get_or_insert_with(|| workbench.log_end(LOG_LINES));
    let weak = palette(ui).text_weak;
    if lines.is_empty() {
        ui.label(RichText::new(tr!("Nothing is logged yet.")).color(weak));
    }
    egui::ScrollArea::both().auto_shrink(false).stick_to_bottom(true).show(ui, |ui| {
        for line in lines {
            let text = RichText::new(line.as_str()).monospace();
            ui.add(egui::Label::new(text).wrap_mode(egui::TextWrapMode::Extend).selectable(true));
        }
    });
}
