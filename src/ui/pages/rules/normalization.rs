//! What a condition evens out before it compares: a menu of normalizations and of the project's value lists.

use eframe::egui::{self, Ui};

use super::{Compared, words};
use crate::project::{Condition, Normalization};
use crate::ui::widgets::{entry, form};

/// The menu; says whether the lists are to be edited.
pub fn normalization_ui(
    ui: &mut Ui,
    compared: &Compared<'_>,
    condition: &mut Condition,
    (called, width): (&str, f32),
) -> bool {
    let words = words::evened_out(compared.project, condition);
    let shown = if words.is_empty() { "as written".to_owned() } else { words.join(", ") };
    let mut edit_lists = false;
    let menu = form::menu_ui(ui, &format!("Normalize in {called}"), &shown, width, |ui| {
        for one in Normalization::ALL {
            tick_ui(ui, &mut condition.normalizations, one, one.label(), one.help());
        }
        condition.normalizations.sort_unstable();
        let lists = &compared.project.alias_lists;
        for list in lists {
            let help = format!("{} values that count as equal to another", list.aliases.len());
            let label = format!("{} (alias list)", list.name);
            tick_ui(ui, &mut condition.alias_lists, list.id.clone(), &label, &help);
        }
        let lists = &compared.project.bypass_lists;
        for list in lists {
            let help = format!("{} values that match nothing", list.values.len());
            let label = format!("{} (bypass list)", list.name);
            tick_ui(ui, &mut condition.bypass_lists, list.id.clone(), &label, &help);
        }
        let help = "Values that mean the same, or that never match";
        if ui.button("Edit lists…").on_hover_text(help).clicked() {
            edit_lists = true;
            ui.close();
        }
    });
    menu.on_hover_text(format!("Before values are compared: {shown}"));
    edit_lists
}

/// With Phone, the country of numbers written without its code.
pub fn country_ui(ui: &mut Ui, condition: &mut Condition, called: &str) {
    if !condition.normalizations.contains(&Normalization::Phone) {
        return;
    }
    let help = "Two letters, such as US or DE: numbers written without a country code are taken to be of this \
                country. Without it, the country code counts as written.";
    ui.horizontal(|ui| {
        form::label_ui(ui, "default country").on_hover_text(help);
        let mut country = condition.default_country.clone().unwrap_or_default();
        let field = form::text_ui(ui, &format!("Default country of {called}"), &mut country, "none", 34.0);
        if field.on_hover_text(help).changed() {
            let letters = country.chars().filter(char::is_ascii_alphabetic).take(2);
            let country: String = letters.map(|letter| letter.to_ascii_uppercase()).collect();
            condition.default_country = (!country.is_empty()).then_some(country);
        }
    });
}

/// A box for one of the values of a list.
fn tick_ui<T: PartialEq>(ui: &mut Ui, chosen: &mut Vec<T>, one: T, label: &str, help: &str) {
    let before = chosen.contains(&one);
    let mut on = before;
    let response = entry::check_ui(ui, label, &mut on, label, true);
    response.on_hover_ui(|ui| {
        ui.add(egui::Label::new(help).wrap());
    });
    if on && !before {
        chosen.push(one);
    } else if before && !on {
        chosen.retain(|other| *other != one);
    }
}
