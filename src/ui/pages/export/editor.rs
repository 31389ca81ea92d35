//! The selected export: what it is of, where it goes, and the button that writes it.

use eframe::egui::Ui;

use super::{fields, rows_of};
use crate::help;
use crate::project::file::relative_to;
use crate::project::{Export, ExportFormat, ExportSubject};
use crate::ui::context::PageCx;
use crate::ui::pages::live;
use crate::ui::pages::parts;
use crate::ui::shell::toasts;
use crate::ui::theme::GAP_SMALL;
use crate::ui::widgets::help::Helped as _;
use crate::ui::widgets::picker::{self, Entry};
use crate::ui::widgets::{form, layout, text};
use crate::workbench::{Command, NEEDS_SAVING, Purpose};

/// Room for the button beside the path.
const CHOOSE: f32 = 88.0;

pub fn editor_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let selected = |export: &Export| cx.memory.export.as_deref() == Some(&export.id);
    let Some(place) = cx.draft.exports.iter().position(selected) else { return };
    let before = cx.draft.exports[place].clone();
    let mut export = before.clone();
    form::line_ui(ui, tr!("Name"), help::EXPORT_NAME, |ui, width| {
        form::text_ui(ui, (tr!("Export name"), help::EXPORT_NAME), &mut export.name, tr!("Export name"), width)
    });
    subject_ui(ui, cx, &mut export);
    format_ui(ui, &mut export);
    path_ui(ui, cx, &mut export);
    run_ui(ui, cx, &export);
    written_ui(ui, cx, &export);
    fields::fields_ui(ui, cx, &mut export);
    if export != before {
        cx.name_edit(parts::edit_label(tr!("export"), &before.name, &export.name));
        cx.draft.exports[place] = export;
    }
}

fn subject_ui(ui: &mut Ui, cx: &PageCx<'_>, export: &mut Export) {
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
    let offered = || {
        let segments = cx.draft.segments.iter().map(|segment| {
            let subject = ExportSubject::Segment { segment: segment.id.clone() };
            (subject, Entry::new(tr!("Segment: {segment}", segment = segment.name)))
        });
        std::iter::once((ExportSubject::Customers, Entry::new(tr!("All customers")))).chain(segments).collect()
    };
    form::line_ui(ui, tr!("Who"), help::EXPORT_SUBJECT, |ui, width| {
        let named = (tr!("Who is exported"), help::EXPORT_SUBJECT);
        picker::one_of_ui(ui, named, &shown, &mut export.subject, width, offered)
    });
}

fn format_ui(ui: &mut Ui, export: &mut Export) {
    let before = export.format;
    form::line_ui(ui, tr!("Format"), help::EXPORT_FORMAT, |ui, width| {
        let named = (tr!("Export format"), help::EXPORT_FORMAT);
        picker::one_of_ui(ui, named, before.label(), &mut export.format, width, || {
            ExportFormat::ALL.into_iter().map(|format| (format, Entry::new(format.label()))).collect()
        })
    });
    if export.format != before {
        // The ending goes with the format, where it was the old one's.
        if let Some(stem) = export.path.strip_suffix(&format!(".{}", before.extension())) {
            export.path = format!("{stem}.{}", export.format.extension());
        }
    }
}

fn path_ui(ui: &mut Ui, cx: &mut PageCx<'_>, export: &mut Export) {
    form::line_ui(ui, tr!("File"), help::EXPORT_PATH, |ui, width| {
        let full = cx.workbench.base().join(&export.path).display().to_string();
        let named = (tr!("Export path"), help::EXPORT_PATH);
        let room = width - CHOOSE;
        form::text_ui(ui, named, &mut export.path, tr!("exports/customers.csv"), room).on_hover_text(full);
        if ui.button(tr!("Choose…")).clicked() {
            let name = export.path.rsplit('/').next().unwrap_or_default().to_owned();
            if let Some(path) = cx.workbench.dialogs.ask(Purpose::ExportTo, &name) {
                export.path = relative_to(&path, &cx.workbench.base());
            }
        }
    });
}

/// What was written last: how much, when, and the way to the file.
fn written_ui(ui: &mut Ui, cx: &PageCx<'_>, export: &Export) {
    let Some(written) = cx.workbench.layouts.exported(&export.id) else { return };
    ui.horizontal_wrapped(|ui| {
        let rows = tr!("{n} row" | "{n} rows" % written.rows);
        let words = tr!("Last written: {rows}, {time}", rows, time = text::moment(&written.at));
        form::label_ui(ui, &words).on_hover_text(written.path.display().to_string());
        toasts::path_buttons_ui(ui, &written.path);
        if ui.button(tr!("Copy path")).clicked() {
            ui.ctx().copy_text(written.path.display().to_string());
        }
    });
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
