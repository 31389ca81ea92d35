//! Who a customer is and how to reach them, the address on one line; then everything else that is known.

use eframe::egui::{self, RichText, Ui};

use super::fields::{Line, line_ui};
use super::pair_ui;
use crate::engine::customer::profile::{Profile, ProfileField};
use crate::project::source::semantic;
use crate::ui::context::PageCx;
use crate::ui::theme::palette;
use crate::ui::widgets::{form, text};
use crate::workbench::pictures::{self, PictureState};

/// Shown first, in this order.
const CONTACT: [&str; 5] =
    [semantic::FULL_NAME, semantic::FIRST_NAME, semantic::LAST_NAME, semantic::EMAIL, semantic::PHONE];
/// So many other fields are listed before one asks for all of them; whether one did.
const FIELDS: usize = 15;
const MORE: &str = "all fields of the card";
/// The parts of an address, in the order written.
const ADDRESS: [&str; 4] = [semantic::ADDRESS, semantic::CITY, semantic::POSTAL_CODE, semantic::COUNTRY];

pub fn contact_ui(ui: &mut Ui, cx: &mut PageCx<'_>, profile: &Profile) {
    let has = |field: &&ProfileField, meaning: &str| field.semantic_type.as_deref() == Some(meaning);
    let of = |meanings: &[&str]| -> Vec<&ProfileField> {
        meanings.iter().flat_map(|meaning| profile.fields.iter().filter(move |field| has(field, meaning))).collect()
    };
    for field in of(&CONTACT) {
        line_ui(ui, cx, &Line::of(field));
    }
    let address = of(&ADDRESS);
    match address.as_slice() {
        [] => {}
        [field] => line_ui(ui, cx, &Line::of(field)),
        fields => line_ui(ui, cx, &Line::of_parts(tr!("Address"), fields)),
    }
    if let Some(source) = &profile.picture {
        picture_ui(ui, cx, source);
    }
    let first = [&CONTACT[..], &ADDRESS[..], &[semantic::PROFILE_IMAGE]].concat();
    let is_other =
        |field: &&ProfileField| !field.semantic_type.as_deref().is_some_and(|meaning| first.contains(&meaning));
    let others: Vec<&ProfileField> = profile.fields.iter().filter(is_other).collect();
    if others.is_empty() {
        return;
    }
    form::section_ui(ui, tr!("Additional fields"));
    let shows_all = cx.memory.open.get(MORE).copied().unwrap_or(false);
    let listed = if shows_all { others.len() } else { others.len().min(FIELDS) };
    for field in &others[..listed] {
        line_ui(ui, cx, &Line::of(field));
    }
    if others.len() > FIELDS {
        let more = text::count((others.len() - FIELDS) as u64);
        let words = if shows_all { tr!("Show fewer fields").to_owned() } else { tr!("Show {more} more fields", more) };
        if ui.link(words).clicked() {
            cx.memory.open.insert(MORE.to_owned(), !shows_all);
        }
    }
}

/// A picture that is not drawn: an address as a link, since nothing is fetched; of any other what is wrong with it.
fn picture_ui(ui: &mut Ui, cx: &mut PageCx<'_>, source: &str) {
    if pictures::is_address(source) {
        pair_ui(ui, tr!("Picture"), |ui| {
            let help = tr!("Opens in the browser; the program fetches nothing from a network");
            ui.hyperlink_to(text::one_line(source, 60), source).on_hover_text(help);
        });
    } else if let PictureState::Missing(reason) = cx.workbench.picture(source) {
        pair_ui(ui, tr!("Picture"), |ui| {
            let color = palette(ui).warning;
            ui.add(egui::Label::new(RichText::new(reason).small().color(color)).wrap());
        });
    }
}
