//! What was read from the selected table: figures, warnings, its rows, the profile of a column.

use std::sync::Arc;

use eframe::egui::{self, Ui};

use crate::engine::check::Wanted;
use crate::engine::ingest::Ingested;
use crate::engine::ledger::LedgerPart;
use crate::engine::table::Table;
use crate::help;
use crate::project::SourceTable;
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::theme::{self, GAP_SMALL, GAP_TINY};
use crate::ui::widgets::{entry, figure, form, grid, profile, text};
use crate::workbench::Purpose;

/// Where the shown tab is remembered.
pub const TAB: &str = "sources tab";
pub const ROWS: &str = msg!("Rows");
pub const PROFILE: &str = msg!("Column profile");

pub fn preview_ui(ui: &mut Ui, cx: &mut PageCx<'_>, id: &str) {
    let Some(settings) = cx.draft.source_table(id).cloned() else { return };
    let run = cx.live();
    let Some(source) = run.as_ref().and_then(|run| run.source(id)) else {
        match cx.workbench.first_rows(id) {
            Some(first) => first_rows_ui(ui, cx, &settings, &first),
            None => missing_ui(ui, cx, id),
        }
        return;
    };
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        figures_ui(ui, cx, &settings, source);
        for warning in source.warnings.iter().take(5) {
            form::warning_ui(ui, warning.clone());
        }
    });
    ui.add_space(GAP_TINY);
    theme::card(ui).show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        let tab = cx.memory.typed.entry(TAB.to_owned()).or_default();
        entry::tabs_ui(ui, &[ROWS, PROFILE], tab);
        let shows_rows = tab == ROWS;
        if shows_rows {
            let keys: Vec<&str> = settings.primary_key.as_deref().into_iter().collect();
            grid::keyed_ui(ui, cx, &grid_name(&settings), &source.table, None, &keys);
        } else {
            profile_ui(ui, cx, &settings, &source.table);
        }
    });
}

/// The first rows, while the file is read.
fn first_rows_ui(ui: &mut Ui, cx: &mut PageCx<'_>, settings: &SourceTable, first: &Arc<Table>) {
    theme::card(ui).show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        let rows = text::count(first.rows as u64);
        parts::hint_ui(ui, parts::waiting(cx, &format!("These are the first {rows} rows; the others")));
        let keys: Vec<&str> = settings.primary_key.as_deref().into_iter().collect();
        grid::keyed_ui(ui, cx, &grid_name(settings), first, None, &keys);
    });
}

/// In the place of rows that cannot be read: why, and the way to a file that can.
fn missing_ui(ui: &mut Ui, cx: &mut PageCx<'_>, id: &str) {
    parts::no_preview_ui(ui, cx, tr!("Rows"), Wanted::Rows(id));
    if cx.workbench.blocked(Wanted::Rows(id)).is_none() {
        return;
    }
    let locate = ui.vertical_centered(|ui| form::primary_button(ui, tr!("Locate…"))).inner;
    let help = tr!("Say where the file is now, or choose another. Columns of the same name keep their settings.");
    if locate.on_hover_text(help).clicked()
        && let Some(path) = cx.workbench.dialogs.ask(Purpose::ReplaceTable, "")
    {
        cx.workbench.replace_file(id, &path);
    }
}

fn grid_name(table: &SourceTable) -> String {
    tr!("rows of {table}", table = table.name)
}

fn figures_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &SourceTable, source: &Ingested) {
    let corrupt = source.corrupt.len() as u64;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 28.0;
        figure::figure_ui(ui, tr!("Rows read"), Some(source.rows_read), help::ROWS_READ);
        if figure::figure_link_ui(ui, tr!("Corrupt rows"), Some(corrupt), help::CORRUPT_ROWS) {
            cx.open_ledger(LedgerPart::Corrupt, Some(&table.name));
        }
        let good = source.table.rows as u64;
        figure::figure_ui(ui, tr!("Good rows"), Some(good), help::GOOD_ROWS);
        let columns = table.columns.len() as u64;
        figure::figure_ui(ui, tr!("Columns in the file"), Some(columns), help::FILE_COLUMNS);
    });
}

fn profile_ui(ui: &mut Ui, cx: &mut PageCx<'_>, settings: &SourceTable, table: &Arc<Table>) {
    let names: Vec<(String, String)> =
        settings.columns.iter().map(|column| (column.name.clone(), column.name.clone())).collect();
    let Some((first, _)) = names.first() else { return };
    let shown = cx.memory.column.clone().filter(|name| settings.column(name).is_some());
    let mut shown = shown.unwrap_or_else(|| first.clone());
    ui.horizontal(|ui| {
        form::label_ui(ui, tr!("Column"));
        form::choice_ui(ui, (tr!("Profiled column"), help::PROFILED_COLUMN), &mut shown, 200.0, &names);
    });
    cx.memory.column = Some(shown.clone());
    let answer = cx.workbench.column_profile(table, &shown);
    if answer.pending {
        parts::hint_ui(ui, tr!("Counting…"));
    }
    let Some(answer) = answer.value else { return };
    let Some(of) = answer.as_ref() else {
        parts::hint_ui(ui, tr!("{shown} is not in the file.", shown));
        return;
    };
    let mut clicked = None;
    egui::ScrollArea::vertical().id_salt("profile").auto_shrink(false).show(ui, |ui| {
        ui.add_space(GAP_SMALL);
        clicked = profile::profile_ui(ui, cx, of, true);
    });
    if let Some(filter) = clicked {
        cx.memory.views.entry(grid_name(settings)).or_default().filter(filter);
        cx.memory.rewind_grid(&grid_name(settings));
        cx.memory.typed.insert(TAB.to_owned(), ROWS.to_owned());
    }
}
