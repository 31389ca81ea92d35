//! Where a chart, its data or a report is saved, typed: for desktops without file dialogs.

use eframe::egui::{self, Context, Id, RichText};

use crate::help;
use crate::ui::pages::sources::clean_path;
use crate::ui::theme::palette;
use crate::ui::widgets::form;
use crate::workbench::Workbench;

/// What is typed; begins with a place beside the project.
fn typed() -> Id {
    Id::unique("typed place of a file")
}

/// Enter writes the file there, Escape leaves it.
pub fn placing_ui(ctx: &Context, workbench: &mut Workbench) {
    let Some(made) = workbench.unplaced.clone() else { return };
    let mut path = ctx.data(|data| data.get_temp::<String>(typed()));
    let is_new = path.is_none();
    let text = path.get_or_insert_with(|| workbench.suggested_place(&made).display().to_string());
    let (mut go, mut cancel) = (false, false);
    let modal = egui::Modal::new(Id::unique("place of a file")).show(ctx, |ui| {
        ui.set_width(520.0);
        ui.heading(made.purpose.title());
        let field = form::text_ui(
            ui,
            (tr!("Path of the file"), help::FILE_PATH),
            text,
            &tr!("folder/{made}", made = made.name),
            500.0,
        );
        if is_new {
            field.request_focus();
        }
        let enter = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let there = clean_path(text).is_some_and(|path| workbench.is_there(&workbench.base().join(path)));
        let remark = if there { tr!("This file is there and will be replaced.") } else { tr!("A new file.") };
        ui.label(RichText::new(remark).color(palette(ui).text_weak));
        ui.horizontal(|ui| {
            go = form::primary_button(ui, tr!("Save to this path")).clicked() || enter;
            cancel = ui.button(tr!("Cancel")).clicked();
        });
    });
    match clean_path(text).filter(|_| go) {
        Some(path) => workbench.place_at(&path),
        None if cancel || modal.should_close() => workbench.unplaced = None,
        None => {}
    }
    ctx.data_mut(|data| match workbench.unplaced {
        Some(_) => drop(data.insert_temp(typed(), text.clone())),
        None => data.remove::<String>(typed()),
    });
}
