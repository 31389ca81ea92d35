//! The page of the documents that lists all shortcuts, written from the tables.

use std::fmt::Write as _;

use super::{Command, FIXED, Menu, Shortcut};

/// The page, in Markdown.
pub fn shortcut_page() -> String {
    let mut page = "# Keyboard shortcuts\n\n\
        Made from the table of commands; do not edit it by hand. On a Mac, Ctrl is Cmd and Alt is Option.\n\n\
        Help > Keyboard shortcuts shows the shortcuts in force, finds them, and changes them: choose the shortcut of a \
        command and press other keys. In a text field, Ctrl+Z and the arrows edit the text.\n\n\
        The settings keep changed shortcuts by the name of the command, such as \
        `\"shortcuts\": { \"save\": [\"Ctrl+S\", \"F9\"] }`; an empty list takes them all away.\n"
        .to_owned();
    for menu in Menu::ALL {
        let _ =
            write!(page, "\n## {}\n\n| Command | Name | Shortcut | What it does |\n|---|---|---|---|\n", menu.title());
        for command in menu.commands() {
            page += &line(command);
        }
    }
    page +=
        "\n## Fixed keys\n\nThese cannot be given to a command.\n\n| Where | Keys | What they do |\n|---|---|---|\n";
    for fixed in &FIXED {
        let _ = writeln!(page, "| {} | {} | {} |", fixed.place, listed(fixed.keys), fixed.does);
    }
    page
}

fn line(command: Command) -> String {
    let (text, name, tooltip) = (command.text(), command.name(), command.tooltip());
    format!("| {text} | `{name}` | {} | {tooltip} |\n", listed(command.default_shortcuts()))
}

fn listed(shortcuts: &[Shortcut]) -> String {
    // A document is the same on every computer.
    shortcuts.iter().map(|shortcut| shortcut.shown_on(false)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use std::{env, fs, path::Path};

    use super::*;

    #[test]
    fn the_page_of_the_documents_is_true() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/shortcuts.md");
        if env::var_os("TRIBUTARY_BLESS").is_some() {
            fs::create_dir_all(path.parent().expect("a folder")).expect("the folder of the documents");
            fs::write(&path, shortcut_page()).expect("the page is written");
        }
        let written = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert_eq!(written, shortcut_page(), "run once with TRIBUTARY_BLESS=1");
    }
}
