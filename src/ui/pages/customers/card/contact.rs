//! Who a customer is and how to reach them, the address on one line; then everything else that is known.

use eframe::egui::Ui;

use super::fields::{Line, line_ui};
use crate::engine::customer::profile::{Profile, ProfileField};
use crate::project::source::semantic;
use crate::ui::context::PageCx;
use crate::ui::widgets::form;

/// Shown first, in this order.
const CONTACT: [&str; 5] =
    [semantic::FULL_NAME, semantic::FIRST_NAME, semantic::LAST_NAME, semantic::EMAIL, semantic::PHONE];
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
        fields => line_ui(ui, cx, &Line::of_parts("Address", fields)),
    }
    let first = [&CONTACT[..], &ADDRESS[..], &[semantic::PROFILE_IMAGE]].concat();
    let mut others = profile
        .fields
        .iter()
        .filter(|field| !field.semantic_type.as_deref().is_some_and(|meaning| first.contains(&meaning)))
        .peekable();
    if others.peek().is_some() {
        form::section_ui(ui, "Additional fields");
    }
    for field in others {
        line_ui(ui, cx, &Line::of(field));
    }
}
