//! How a file is read: delimiter, quote, header, encoding, decimal comma, and which cells count as blank.

use crate::help;
use crate::ui::theme::icon;
use crate::ui::widgets::help::Helped as _;
use eframe::egui::{self, Ui};

use crate::project::source::{TextEncoding, default_blank_tokens};
use crate::project::{FileFormat, SourceTable};
use crate::ui::context::PageCx;
use crate::ui::pages::parts;
use crate::ui::widgets::picker::{self, Entry};
use crate::ui::widgets::{entry, form};

const DELIMITERS: [(char, &str); 5] = [
    (',', msg!("comma  ,")),
    (';', msg!("semicolon  ;")),
    ('\t', msg!("tab")),
    ('|', msg!("bar  |")),
    (' ', msg!("space")),
];
const QUOTES: [(char, &str); 2] = [('"', msg!("double  \"")), ('\'', msg!("single  '"))];

pub fn reading_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &SourceTable) {
    let header = egui::CollapsingHeader::new(tr!("Reading options")).id_salt("reading");
    header.show(ui, |ui| {
        match &table.format {
            FileFormat::Csv { .. } => {
                if let Some(format) = csv_ui(ui, table) {
                    cx.workbench.reread_columns(&table.id, format);
                }
            }
            FileFormat::Parquet => parts::hint_ui(ui, tr!("A Parquet file says itself how it is read.")),
        }
        blanks_ui(ui, cx, table);
    });
}

/// The changed format, where something was changed.
fn csv_ui(ui: &mut Ui, table: &SourceTable) -> Option<FileFormat> {
    let before = &table.format;
    let mut format = before.clone();
    let FileFormat::Csv { delimiter, quote, header, encoding, decimal_comma } = &mut format else { return None };
    ui.horizontal_wrapped(|ui| {
        form::label_ui(ui, tr!("Delimiter")).help(help::DELIMITER);
        char_ui(ui, (&tr!("Delimiter of {table}", table = table.name), help::DELIMITER), delimiter, &DELIMITERS);
        form::label_ui(ui, tr!("Quote")).help(help::QUOTE);
        char_ui(ui, (&tr!("Quote of {table}", table = table.name), help::QUOTE), quote, &QUOTES);
    });
    ui.horizontal_wrapped(|ui| {
        form::label_ui(ui, tr!("Encoding")).help(help::ENCODING);
        let name = tr!("Encoding of {table}", table = table.name);
        picker::one_of_ui(ui, (&name, help::ENCODING), encoding.label(), encoding, 110.0, || {
            TextEncoding::ALL.into_iter().map(|of| (of, Entry::new(of.label()))).collect()
        });
        entry::check_ui(
            ui,
            (tr!("First row names the columns"), help::HEADER),
            header,
            tr!("First row names the columns"),
            true,
        );
        entry::check_ui(ui, (tr!("Decimal comma"), help::DECIMAL_COMMA), decimal_comma, tr!("Decimal comma"), true);
    });
    (format != *before).then_some(format)
}

fn char_ui(ui: &mut Ui, name: form::Named<'_>, value: &mut char, known: &[(char, &'static str)]) {
    let own = value.to_string();
    let shown = known.iter().find(|(of, _)| of == value).map_or(own.as_str(), |(_, label)| crate::text::of(label));
    picker::one_of_ui(ui, name, shown, value, 110.0, || {
        known.iter().map(|(of, label)| (*of, Entry::new(crate::text::of(label)))).collect()
    });
}

fn blanks_ui(ui: &mut Ui, cx: &mut PageCx<'_>, table: &SourceTable) {
    let mut tokens = table.blank_tokens.clone();
    ui.horizontal_wrapped(|ui| {
        form::label_ui(ui, tr!("Blank cells")).help(help::BLANK_TOKENS);
        let mut dropped = None;
        for (place, token) in tokens.iter().enumerate() {
            let button =
                entry::named_button(ui, &icon::after(token, icon::REMOVE), &tr!("Remove blank token {token}", token));
            if button.on_hover_text(tr!("Take {token} literally, as text", token)).clicked() {
                dropped = Some(place);
            }
        }
        if let Some(place) = dropped {
            tokens.remove(place);
        }
        let typed = cx.memory.typed.entry("blank token".to_owned()).or_default();
        let field = form::text_ui(ui, (tr!("New blank token"), help::BLANK_TOKENS), typed, tr!("such as n/a"), 110.0);
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let token = typed.trim().to_owned();
        let is_new = !token.is_empty() && !tokens.contains(&token);
        let clicked = ui.add_enabled(is_new, egui::Button::new(tr!("Add token"))).clicked();
        if is_new && (clicked || entered) {
            tokens.push(token);
            typed.clear();
        }
        if tokens != default_blank_tokens()
            && ui.button(tr!("Preset tokens")).on_hover_text(tr!("--, -, N/A, NULL, none")).clicked()
        {
            tokens = default_blank_tokens();
        }
    });
    if tokens != table.blank_tokens
        && let Some(table) = cx.draft.source_table_mut(&table.id)
    {
        table.blank_tokens = tokens;
        let label = tr!("Change blank tokens of {table}", table = table.name);
        cx.name_edit(label);
    }
}
