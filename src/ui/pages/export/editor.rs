//! The selected export: what it is of, where it goes, and the button that writes it.

use eframe::egui::{self, RichText, Ui};

use super::{fields, rows_of};
use crate::project::file::relative_to;
use crate::project::{Export, ExportFormat, ExportSubject, edit};
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::pages::{deletion, live};
use crate::ui::theme::{GAP, GAP_SMALL, palette};
use crate::ui::widgets::{form, layout, text};
use crate::workbench::{Command, Purpose};

const WIDE: f32 = 300.0;

pub fn editor_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let selected = |export: &Export| cx.memory.export.as_deref() == Some(&export.id);
    let Some(place) = cx.draft.exports.iter().position(selected) else { return };
    let before = cx.draft.exports[place].clone();
    let mut export = before.clone();
    egui::Grid::new("export fields").num_columns(2).spacing([12.0, 6.0]).show(ui, |ui| {
        form::label_ui(ui, "Name");
        form::text_ui(ui, "Export name", &mut export.name, "Export name", WIDE);
        ui.end_row();
        subject_ui(ui, cx, &mut export);
        format_ui(ui, &mut export);
        path_ui(ui, cx, &mut export);
    });
    run_ui(ui, cx, &export);
    fields::fields_ui(ui, cx, &mut export);
    if export != before {
        cx.name_edit(parts::edit_label("export", &before.name, &export.name));
        cx.draft.exports[place] = export;
    }
    ui.add_space(GAP);
    if deletion::delete_ui(ui, cx, "export", &before.id, &before.name, &[]) {
        edit::delete_export(cx.draft, &before.id);
        cx.name_edit(format!("Delete export {}", before.name));
    }
}

fn subject_ui(ui: &mut Ui, cx: &PageCx<'_>, export: &mut Export) {
    form::label_ui(ui, "Who");
    let shown = match &export.subject {
        ExportSubject::Customers => "All customers".to_owned(),
        ExportSubject::Segment { segment } => {
            let found = cx.draft.segment(segment);
            found.map_or_else(|| format!("{segment} (gone)"), |segment| format!("Segment: {}", segment.name))
        }
    };
    form::picker_ui(ui, "Who is exported", &shown, WIDE, |ui| {
        ui.selectable_value(&mut export.subject, ExportSubject::Customers, "All customers");
        for segment in &cx.draft.segments {
            let subject = ExportSubject::Segment { segment: segment.id.clone() };
            ui.selectable_value(&mut export.subject, subject, format!("Segment: {}", segment.name));
        }
    });
    ui.end_row();
}

fn format_ui(ui: &mut Ui, export: &mut Export) {
    form::label_ui(ui, "Format");
    let before = export.format;
    form::picker_ui(ui, "Export format", before.label(), WIDE, |ui| {
        for format in ExportFormat::ALL {
            ui.selectable_value(&mut export.format, format, format.label());
        }
    });
    ui.end_row();
    if export.format != before {
        // The ending goes with the format, where it was the old one's.
        if let Some(stem) = export.path.strip_suffix(&format!(".{}", before.extension())) {
            export.path = format!("{stem}.{}", export.format.extension());
        }
    }
}

fn path_ui(ui: &mut Ui, cx: &mut PageCx<'_>, export: &mut Export) {
    form::label_ui(ui, "File");
    ui.horizontal(|ui| {
        let full = cx.workbench.base().join(&export.path).display().to_string();
        form::text_ui(ui, "Export path", &mut export.path, "exports/customers.csv", WIDE - 84.0).on_hover_text(full);
        if ui.button("Choose…").clicked() {
            let name = export.path.rsplit('/').next().unwrap_or_default().to_owned();
            if let Some(path) = cx.workbench.dialogs.ask(Purpose::ExportTo, &name) {
                export.path = relative_to(&path, &cx.workbench.base());
            }
        }
    });
    ui.end_row();
    if cx.workbench.path.is_none() {
        ui.label("");
        let words = "From the folder the program was started in, until the project is saved";
        let color = palette(ui).text_weak;
        ui.add(egui::Label::new(RichText::new(words).small().color(color)).truncate());
        ui.end_row();
    }
}

/// How many rows would be written, whether they are of the last results, and the button.
fn run_ui(ui: &mut Ui, cx: &mut PageCx<'_>, export: &Export) {
    ui.add_space(GAP_SMALL);
    let source = cx.workbench.export_source();
    let stale = cx.workbench.is_stale() || !live::is_fresh(cx);
    match &source {
        Err(reason) => form::warning_ui(ui, reason.clone()),
        Ok(_) if stale && !cx.workbench.live.running => {
            let text = "The results are older than the project: the export writes them as they were at the last run.";
            form::warning_ui(ui, text);
        }
        Ok(_) => {}
    }
    ui.horizontal_wrapped(|ui| {
        let ready = source.as_ref().map(|_| ()).map_err(Clone::clone);
        let clicked = match ready {
            Ok(()) => form::primary_button(ui, "Run export").clicked(),
            Err(reason) => form::button_or_reason(ui, "Run export", Err(reason)).clicked(),
        };
        if clicked {
            cx.workbench.run_export(&export.id);
        }
        if source.is_err() || stale {
            let offer = Command::UnifyAndDependencies;
            let run = form::button_or_reason(ui, "Run now", offer.enabled(cx.workbench));
            if run.on_hover_text(cx.workbench.keymap.hint(offer)).clicked() {
                cx.send(offer);
            }
        }
        if let Ok(run) = &source
            && let Some(rows) = rows_of(Some(run), &export.subject)
        {
            let words = format!("{} would be written", text::counted(rows, "row", "rows"));
            ui.label(layout::fresh_text(ui, words, !stale)).on_hover_text("Members at the last run: one row each");
        }
    });
}
