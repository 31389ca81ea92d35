//! Unsaved edits that a killed program left, offered at the start and on the welcome page.

use eframe::egui::{self, Context, Id, RichText, Ui};

use crate::ui::theme::{self, GAP_SMALL, TextRole as _, palette};
use crate::ui::widgets::{form, text};
use crate::workbench::difference::Difference;
use crate::workbench::recovery::Offer;
use crate::workbench::{Leave, Workbench};

/// What of the offers is looked at.
#[derive(Default)]
pub struct State {
    /// The offer that is compared, by its time and path, and what differs.
    compared: Option<(String, Vec<Difference>)>,
    /// The offer whose deletion was asked for once.
    discarding: Option<String>,
}

enum Choice {
    Restore,
    Compare,
    Discard,
}

/// The offers over whatever is shown.
pub fn modal_ui(ctx: &Context, workbench: &mut Workbench, state: &mut State) {
    if !workbench.is_offering {
        return;
    }
    let offers = workbench.offers.clone();
    let mut chosen = None;
    let mut later = false;
    let modal = egui::Modal::new(Id::unique("recoveries")).show(ctx, |ui| {
        ui.set_width(600.0);
        ui.heading(tr!("Edits that were not saved"));
        let words =
            tr!("Tributary ended without a chance to save. What was edited is still here; your project files are \
                     as they were.");
        ui.add(egui::Label::new(words).wrap());
        ui.add_space(GAP_SMALL);
        egui::ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
            for (place, offer) in offers.iter().enumerate() {
                if let Some(choice) = offer_ui(ui, offer, place, state) {
                    chosen = Some((offer.clone(), choice));
                }
            }
        });
        ui.add_space(GAP_SMALL);
        let button = ui
            .button(tr!("Later"))
            .on_hover_text(tr!("Asked again at the next start, and on the welcome page (Escape)"));
        later = form::ring_ui(ui, button).clicked();
    });
    if later || modal.should_close() {
        workbench.is_offering = false;
        *state = State::default();
    }
    let Some((offer, choice)) = chosen else { return };
    match choice {
        Choice::Restore => {
            workbench.is_offering = false;
            workbench.leave(Leave::Restore(Box::new(offer)));
        }
        Choice::Compare => {
            let is_open = state.compared.as_ref().is_some_and(|(key, _)| *key == key_of(&offer));
            state.compared = (!is_open).then(|| (key_of(&offer), offer.differences()));
        }
        Choice::Discard if state.discarding.as_deref() == Some(&key_of(&offer)) => workbench.discard(&offer),
        Choice::Discard => state.discarding = Some(key_of(&offer)),
    }
}

fn key_of(offer: &Offer) -> String {
    format!("{} {:?}", offer.written, offer.path)
}

fn offer_ui(ui: &mut Ui, offer: &Offer, place: usize, state: &State) -> Option<Choice> {
    let mut chosen = None;
    let weak = palette(ui).text_weak;
    theme::inset(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(RichText::new(&offer.project.name).bold());
        let edits = tr!("{n} edit" | "{n} edits" % offer.edits);
        let were = if offer.edits == 1 { tr!("was") } else { tr!("were") };
        let last = offer.last_edit.as_ref().map(|last| tr!(", the last one: {last}", last)).unwrap_or_default();
        ui.add(
            egui::Label::new(tr!(
                "{edits} of {written} {were} not saved{last}",
                edits,
                written = text::moment(&offer.written),
                were,
                last
            ))
            .wrap(),
        );
        let path =
            offer.path.as_ref().map_or(tr!("Never saved to a file").to_owned(), |path| path.display().to_string());
        ui.add(egui::Label::new(RichText::new(path).color(weak)).wrap());
        match (&offer.path, offer.file_there, offer.file_changed) {
            (Some(_), false, _) => {
                form::warning_ui(ui, tr!("The file is not there any more; Save would write it again."))
            }
            (Some(_), true, true) => {
                form::warning_ui(ui, tr!("The file was saved since; compare before you save over it."));
            }
            _ => {}
        }
        ui.horizontal(|ui| {
            let restore = form::primary_button(ui, tr!("Restore"));
            if place == 0 && ui.memory(|memory| memory.focused().is_none()) {
                restore.request_focus();
            }
            if restore
                .on_hover_text(tr!("Open the project with these edits, unsaved; undo leads back to the file"))
                .clicked()
            {
                chosen = Some(Choice::Restore);
            }
            let compare =
                ui.button(tr!("Compare")).on_hover_text(tr!("What these edits change, against the file as it is now"));
            if form::ring_ui(ui, compare).clicked() {
                chosen = Some(Choice::Compare);
            }
            let asked = state.discarding.as_deref() == Some(&key_of(offer));
            let discard = ui.button(if asked { tr!("Discard for good") } else { tr!("Discard…") });
            if form::ring_ui(ui, discard).on_hover_text(tr!("Delete these edits")).clicked() {
                chosen = Some(Choice::Discard);
            }
        });
        if let Some((_, differences)) = state.compared.as_ref().filter(|(key, _)| *key == key_of(offer)) {
            differences_ui(ui, differences);
        }
    });
    ui.add_space(GAP_SMALL);
    chosen
}

fn differences_ui(ui: &mut Ui, differences: &[Difference]) {
    if differences.is_empty() {
        ui.label(tr!("Nothing differs: the file holds these edits already."));
    }
    let weak = palette(ui).text_weak;
    for difference in differences {
        let words = match (&difference.before, &difference.after) {
            (None, Some(after)) if after.is_empty() => tr!("added").to_owned(),
            (Some(before), None) if before.is_empty() => tr!("removed").to_owned(),
            (None, after) => tr!("added: {after}", after = after.as_deref().unwrap_or_default()),
            (Some(before), None) => tr!("removed: {before}", before),
            (Some(before), Some(after)) => format!("{before} → {after}"),
        };
        ui.horizontal_wrapped(|ui| {
            ui.label(&difference.place);
            ui.label(RichText::new(words).color(weak));
        });
    }
}
