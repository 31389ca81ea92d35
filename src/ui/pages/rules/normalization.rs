//! What a condition evens out before it compares: a menu of normalizations and of the project's value lists.

use eframe::egui::Ui;

use super::{Compared, words};
use crate::help::{self, Topic};
use crate::project::{Condition, Normalization};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::{entry, form};

/// The menu; says whether the lists are to be edited.
pub fn normalization_ui(
    ui: &mut Ui,
    compared: &Compared<'_>,
    condition: &mut Condition,
    (called, width): (&str, f32),
) -> bool {
    let words = words::evened_out(compared.project, condition);
    let shown = if words.is_empty() { tr!("as written").to_owned() } else { words.join(", ") };
    let mut edit_lists = false;
    form::menu_ui(ui, (&tr!("Normalize in {called}", called), help::NORMALIZE), &shown, width, |ui| {
        for one in Normalization::ALL {
            tick_ui(ui, &mut condition.normalizations, one, one.label(), one.help());
        }
        condition.normalizations.sort_unstable();
        let lists = &compared.project.alias_lists;
        for list in lists {
            let label = tr!("{list} (alias list)", list = list.name);
            tick_ui(ui, &mut condition.alias_lists, list.id.clone(), &label, help::ALIAS_LIST);
        }
        let lists = &compared.project.bypass_lists;
        for list in lists {
            let label = tr!("{list} (bypass list)", list = list.name);
            tick_ui(ui, &mut condition.bypass_lists, list.id.clone(), &label, help::BYPASS_LIST);
        }
        if ui.button(tr!("Edit lists…")).help(help::VALUE_LISTS).clicked() {
            edit_lists = true;
            ui.close();
        }
    });
    edit_lists
}

/// With Phone, the country of numbers written without its code.
pub fn country_ui(ui: &mut Ui, condition: &mut Condition, called: &str) {
    if !condition.normalizations.contains(&Normalization::Phone) {
        return;
    }
    ui.horizontal(|ui| {
        form::label_ui(ui, tr!("default country")).help(help::DEFAULT_COUNTRY);
        let mut country = condition.default_country.clone().unwrap_or_default();
        let field = form::text_ui(
            ui,
            (&tr!("Default country of {called}", called), help::DEFAULT_COUNTRY),
            &mut country,
            tr!("none"),
            34.0,
        );
        if field.changed() {
            let letters = country.chars().filter(char::is_ascii_alphabetic).take(2);
            let country: String = letters.map(|letter| letter.to_ascii_uppercase()).collect();
            condition.default_country = (!country.is_empty()).then_some(country);
        }
    });
}

/// A box for one of the values of a list.
fn tick_ui<T: PartialEq>(ui: &mut Ui, chosen: &mut Vec<T>, one: T, label: &str, help: &'static Topic) {
    let before = chosen.contains(&one);
    let mut on = before;
    entry::check_ui(ui, (label, help), &mut on, label, true);
    if on && !before {
        chosen.push(one);
    } else if before && !on {
        chosen.retain(|other| *other != one);
    }
}
