//! The guide of the first project: a strip below the page that says the next step and points at its control.

use eframe::egui::{self, Label, RichText, Ui};

use super::context::PageCx;
use super::theme::{GAP, GAP_LARGE, TextRole as _, icon, palette};
use super::widgets::{entry, form, help};
use crate::engine::customer::customers::{KNOWN, PROFILE_STATE};
use crate::workbench::guide::{STEPS, Standing, Step};
use crate::workbench::{Command, Page};

pub fn guide_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let Some(standing) = cx.workbench.guide_standing() else {
        help::mark(ui.ctx(), None);
        return;
    };
    if cx.workbench.takes_cards() {
        open_cards(cx);
    }
    see_card(cx);
    let step = standing.current();
    let target = step.map(|step| cx.workbench.guide_target(step));
    let is_there = target.is_some_and(|(page, _)| page == cx.workbench.page || step == Some(Step::Run));
    help::mark(ui.ctx(), target.filter(|_| is_there).map(|(_, topic)| topic));
    let frame = egui::Frame::new()
        .fill(palette(ui).surface)
        .stroke((1.0, palette(ui).accent))
        .inner_margin(egui::Margin::symmetric(14, 8));
    egui::Panel::bottom("guide").frame(frame).show_separator_line(false).show(ui, |ui| {
        ui.horizontal_top(|ui| {
            let width = entry::width_before(ui, &[tr!("Leave the guide"), tr!("Show me"), tr!("Go there")]);
            ui.vertical(|ui| {
                ui.set_width(width);
                match step {
                    Some(step) => step_ui(ui, &standing, step),
                    None => end_ui(ui),
                }
            });
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| buttons_ui(ui, cx, step, is_there));
        });
    });
}

/// The step in words, with how far it is.
fn step_ui(ui: &mut Ui, standing: &Standing, step: Step) {
    let words = step.words();
    ui.horizontal(|ui| {
        ui.label(RichText::new(words.title).title());
        ui.add_space(GAP_LARGE);
        progress_ui(ui, standing, step);
    });
    ui.add(Label::new(words.what).wrap());
    ui.add(Label::new(RichText::new(words.why).color(palette(ui).text_weak)).wrap());
}

fn progress_ui(ui: &mut Ui, standing: &Standing, step: Step) {
    let palette = palette(ui);
    let (place, count) = (step as usize + 1, STEPS.len());
    ui.label(RichText::new(tr!("Step {place} of {count}", place, count)).color(palette.text_weak));
    ui.spacing_mut().item_spacing.x = GAP;
    for (of, done) in STEPS.iter().zip(standing.done) {
        let (mark, color) = if done { (icon::DONE, palette.good) } else { (icon::EMPTY, palette.text_weak) };
        let state = if done { tr!("done") } else { tr!("to do") };
        ui.label(RichText::new(mark).color(color)).on_hover_text(format!("{}: {state}", of.title));
    }
}

fn end_ui(ui: &mut Ui) {
    ui.label(RichText::new(icon::before(icon::DONE, tr!("You have been all the way"))).title());
    let words =
        tr!("Three tables became customers, known and unknown, and a segment of them is in a file. Your own tables \
                 go the same way: File, New project. What any option or figure means is said on hover, and in Help, \
                 Words and figures.");
    ui.add(Label::new(words).wrap());
}

fn buttons_ui(ui: &mut Ui, cx: &mut PageCx<'_>, step: Option<Step>, is_there: bool) {
    let leave = ui.button(if step.is_none() { tr!("Close the guide") } else { tr!("Leave the guide") });
    if form::ring_ui(ui, leave).on_hover_text(Command::LeaveGuide.tooltip()).clicked() {
        cx.send(Command::LeaveGuide);
    }
    let Some(step) = step else { return };
    let show = ui.button(tr!("Show me"));
    if form::ring_ui(ui, show).on_hover_text(Command::ShowStep.tooltip()).clicked() {
        show_me(cx, step);
    }
    if !is_there {
        let page = step.words().page;
        let go = form::primary_button(ui, tr!("Go there"));
        if form::name_ui(go, &tr!("Go to {title}, the guide's page", title = page.title())).clicked() {
            select(cx, step);
            cx.send(Command::Go(page));
        }
    }
}

/// Does the step, with the table selected that it is about.
fn show_me(cx: &mut PageCx<'_>, step: Step) {
    select(cx, step);
    cx.send(Command::ShowStep);
}

/// Selects the table that the step is about.
fn select(cx: &mut PageCx<'_>, step: Step) {
    if step == Step::Duplicates
        && let Some(last) = cx.draft.unification.last()
    {
        cx.memory.table = Some(last.source_table.clone());
    }
}

/// The places of the first known and the first unknown customer among the published ones.
fn open_cards(cx: &mut PageCx<'_>) {
    let Some(customers) = cx.workbench.published.as_ref().and_then(|published| published.customers.clone()) else {
        return;
    };
    let Some(states) = customers.column(PROFILE_STATE) else { return };
    let first = |known: bool| (0..customers.rows).find(|&row| (states.text(row) == KNOWN) == known);
    // The unknown one stays open: the known one needs no showing.
    for row in [first(true), first(false)].into_iter().flatten() {
        cx.workbench.witness_customer(states.text(row) == KNOWN);
        if let Some(ids) = customers.column(crate::engine::customer::customers::CUSTOMER_ID) {
            cx.memory.customer = Some(ids.text(row).into_owned());
        }
    }
}

/// Tells the workbench whose card is open.
fn see_card(cx: &mut PageCx<'_>) {
    if cx.workbench.page != Page::Customers {
        return;
    }
    let Some(customers) = cx.workbench.published.as_ref().and_then(|published| published.customers.clone()) else {
        return;
    };
    let Some(row) = cx.memory.customer_row(&customers) else { return };
    if let Some(states) = customers.column(PROFILE_STATE) {
        cx.workbench.witness_customer(states.text(row) == KNOWN);
    }
}
