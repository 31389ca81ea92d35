//! The selected export: what it is of, where it goes, and the button that writes it.

use eframe::egui::{self, Ui};

use super::{fields, rows_of};
use crate::help;
use crate::project::file::relative_to;
use crate::project::{Export, ExportFormat, ExportSubject};
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::pages::{deletion, live};
use crate::ui::theme::{GAP, GAP_SMALL};
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::picker::{self, Entry};
use crate::ui::widgets::{form, layout};
use crate::workbench::{Command, NEEDS_SAVING, Purpose};

const WIDE: f32 = 300.0;

pub fn editor_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let selected = |export: &Export| cx.memory.export.as_deref() == Some(&export.id);
    let Some(place) = cx.draft.exports.iter().position(selected) else { return };
    let before = cx.draft.exports[place].clone();
    let mut export = before.clone();
    egui::Grid::new("export fields").num_columns(2).spacing([12.0, 6.0]).show(ui, |ui| {
        form::label_ui(ui, tr!("Name")).help(help::EXPORT_NAME);
        form::text_ui(ui, (tr!("Export name"), help::EXPORT_NAME), &mut export.name, tr!("Export name"), WIDE);
        ui.end_row();
        subject_ui(ui, cx, &mut export);
        format_ui(ui, &mut export);
        path_ui(ui, cx, &mut export);
    });
    run_ui(ui, cx, &export);
    fields::fields_ui(ui, cx, &mut export);
    if export != before {
        cx.name_edit(parts::edit_label(tr!("export"), &before.name, &export.name));
        cx.draft.exports[place] = export;
    }
    ui.add_space(GAP);
    if deletion::delete_ui(ui, cx, tr!("export"), &before.id, &before.name, &[]) {
        super::delete(cx, &before);
    }
}

fn subject_ui(ui: &mut Ui, cx: &PageCx<'_>, export: &mut Export) {
    form::label_ui(ui, tr!("Who")).help(help::EXPORT_SUBJECT);
    let shown = match &export.subject {
        ExportSubject::Customers => tr!("All customers").to_owned(),
        ExportSubject::Segment { segment } => {
            let found = cx.draft.segment(segment);
            found.map_or_else(
                || tr!("{segment} (gone)", segment),
                |segment| tr!("Segment: {segment}", segment = segment.name),
            )
        }
    };
    picker::one_of_ui(ui, (tr!("Who is exported"), help::EXPORT_SUBJECT), &shown, &mut export.subject, WIDE, || {
        let segments = cx.draft.segments.iter().map(|segment| {
            let subject = ExportSubject::Segment { segment: segment.id.clone() };
            (subject, Entry::new(tr!("Segment: {segment}", segment = segment.name)))
        });
        std::iter::once((ExportSubject::Customers, Entry::new(tr!("All customers")))).chain(segments).collect()
    });
    ui.end_row();
}

fn format_ui(ui: &mut Ui, export: &mut Export) {
    form::label_ui(ui, tr!("Format")).help(help::EXPORT_FORMAT);
    let before = export.format;
    picker::one_of_ui(
        ui,
        (tr!("Export format"), help::EXPORT_FORMAT),
        before.label(),
        &mut export.format,
        WIDE,
        || ExportFormat::ALL.into_iter().map(|format| (format, Entry::new(format.label()))).collect(),
    );
    ui.end_row();
    if export.format != before {
        // The ending goes with the format, where it was the old one's.
        if let Some(stem) = export.path.strip_suffix(&format!(".{}", before.extension())) {
            export.path = format!("{stem}.{}", export.format.extension());
        }
    }
}

fn path_ui(ui: &mut Ui, cx: &mut PageCx<'_>, export: &mut Export) {
    form::label_ui(ui, tr!("File")).help(help::EXPORT_PATH);
    ui.horizontal(|ui| {
        let full = cx.workbench.base().join(&export.path).display().to_string();
        form::text_ui(
            ui,
            (tr!("Export path"), help::EXPORT_PATH),
            &mut export.path,
            tr!("exports/customers.csv"),
            WIDE - 84.0,
        )
        .on_hover_text(full);
        if ui.button(tr!("Choose…")).clicked() {
            let name = export.path.rsplit('/').next().unwrap_or_default().to_owned();
            if let Some(path) = cx.workbench.dialogs.ask(Purpose::ExportTo, &name) {
                export.path = relative_to(&path, &cx.workbench.base());
            }
        }
    });
    ui.end_row();
}

/// Whether the results are there and of this project, and the button that does what is missing and writes the file.
fn run_ui(ui: &mut Ui, cx: &mut PageCx<'_>, export: &Export) {
    ui.add_space(GAP_SMALL);
    if cx.workbench.needs_saving(export) {
        form::warning_ui(ui, crate::text::of(NEEDS_SAVING));
        if form::primary_button(ui, tr!("Save the project…")).clicked() {
            cx.send(Command::Save);
        }
        return;
    }
    let source = cx.workbench.export_source();
    let stale = cx.workbench.is_stale() || !live::is_fresh(cx);
    match &source {
        Err(reason) => form::warning_ui(ui, reason.clone()),
        Ok(_) if stale && !cx.workbench.live.running => {
            let text = tr!("The results are older than the project: run, or export them as they were at the last run.");
            form::warning_ui(ui, text);
        }
        Ok(_) => {}
    }
    ui.horizontal_wrapped(|ui| {
        if source.is_err() || stale {
            run_first_ui(ui, cx, export);
        }
        let written = match &source {
            Ok(_) if stale => ui.button(tr!("Run export")).help(help::EXPORT_NOW).clicked(),
            Ok(_) => form::primary_button(ui, tr!("Run export")).help(help::EXPORT_NOW).clicked(),
            Err(_) => false,
        };
        if written {
            cx.workbench.run_export(&export.id);
        }
        if let Ok(run) = &source
            && let Some(rows) = rows_of(Some(run), &export.subject)
        {
            let words = tr!("{rows} would be written", rows = tr!("{n} row" | "{n} rows" % rows));
            ui.label(layout::fresh_text(ui, words, !stale)).help(help::EXPORT_ROWS.topic());
        }
    });
}

/// The button that runs the project and then writes the export; the reason beside it where it cannot.
fn run_first_ui(ui: &mut Ui, cx: &mut PageCx<'_>, export: &Export) {
    match Command::UnifyAndDependencies.enabled(cx.workbench) {
        Ok(()) => {
            if form::primary_button(ui, tr!("Run, then export")).clicked() {
                cx.workbench.run_then_export(&export.id);
            }
        }
        Err(reason) => {
            form::button_or_reason(ui, tr!("Run, then export"), Err(reason.clone()));
            form::label_ui(ui, &reason);
        }
    }
}
