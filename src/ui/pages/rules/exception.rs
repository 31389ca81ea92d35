//! The exceptions of a rule: what keeps it from joining rows that satisfy its conditions.

use crate::help;
use crate::ui::theme::icon;
use crate::ui::widgets::help::Helped as _;
use eframe::egui::Ui;

use super::condition::{Asked, condition_ui};
use super::{Compared, fields};
use crate::project::{Exception, ExceptionTest};
use crate::ui::widgets::picker::{self, Entry};
use crate::ui::widgets::{entry, form, layout};

/// One exception. `called` is `exception 1 of rule 2`.
pub fn exception_ui(
    ui: &mut Ui,
    compared: &Compared<'_>,
    exception: &mut Exception,
    (word, called): (&str, &str),
) -> Asked {
    let id = ui.scope_id().with(("test", called));
    layout::steady_ui(ui, id, |ui| {
        ui.horizontal(|ui| {
            form::label_ui(ui, word);
            let name = tr!("Test of {called}", called);
            picker::one_of_ui(
                ui,
                (&name, help::EXCEPTION_TEST),
                exception.is.label(),
                &mut exception.is,
                110.0,
                || ExceptionTest::ALL.into_iter().map(|test| (test, Entry::new(test.label()))).collect(),
            );
        });
    });
    condition_ui(ui, compared, &mut exception.condition, (tr!("field"), called), true)
}

/// The buttons that add a condition or an exception.
pub fn add_ui(ui: &mut Ui, compared: &Compared<'_>, rule: &mut super::RuleDraft, called: &str) {
    ui.horizontal_wrapped(|ui| {
        // Below the fields of the conditions.
        ui.add_space(fields::LABEL_WIDTH + ui.spacing().item_spacing.x);
        let add = entry::named_button(
            ui,
            &icon::before(icon::ADD, tr!("Condition")),
            &tr!("Add condition to {called}", called),
        );
        if add.help(help::ADD_CONDITION).clicked() {
            rule.conditions.push(compared.new_condition(&rule.conditions));
        }
        let add = entry::named_button(
            ui,
            &icon::before(icon::ADD, tr!("Exception")),
            &tr!("Add exception to {called}", called),
        );
        if add.help(help::EXCEPTION).clicked() {
            let condition = compared.new_condition(&rule.conditions);
            rule.exceptions.push(Exception { is: ExceptionTest::Different, condition });
        }
    });
}
