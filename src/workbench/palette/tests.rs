use super::*;
use crate::workbench::Page;
use crate::workbench::dialogs::NoDialogs;

/// A workbench with the palette open, and the folder of its settings.
fn opened() -> (Workbench, tempfile::TempDir) {
    let home = tempfile::tempdir().expect("a folder");
    let mut workbench = Workbench::new(home.path().to_owned(), Box::new(NoDialogs), Arc::new(|| {}));
    workbench.open_palette();
    (workbench, home)
}

fn typed(workbench: &mut Workbench, query: &str) -> Arc<Vec<Row>> {
    if let Some(palette) = &mut workbench.palette {
        palette.query = query.to_owned();
    }
    workbench.update_palette();
    workbench.palette.as_ref().map(Palette::rows).unwrap_or_default()
}

#[test]
fn some_letters_find_a_page_and_choosing_it_closes_the_palette() {
    let (mut workbench, _home) = opened();
    assert_eq!(typed(&mut workbench, "stat")[0].text, "Statistics");
    let target = workbench.choose_in_palette(0);
    assert_eq!(target, Some(Target::Command(Command::Go(Page::Statistics))));
    assert!(workbench.palette.is_none());
    assert_eq!(workbench.settings.used_commands, ["go-statistics"]);
}

#[test]
fn what_was_used_lately_comes_first_and_what_cannot_be_done_last_with_its_reason() {
    let (mut workbench, _home) = opened();
    workbench.settings.used_commands = vec!["quit".to_owned(), "save-as".to_owned()];
    let rows = typed(&mut workbench, ">");
    let texts: Vec<&str> = rows.iter().map(|row| row.text.as_str()).collect();
    assert_eq!(texts[..2], ["Quit", "Save as…"]);
    assert_eq!((rows[0].heading, rows[1].heading, rows[2].heading), (Some("Used lately"), None, Some("All commands")));
    let first_not_now = rows.iter().position(|row| row.reason.is_some()).expect("nothing to undo yet");
    assert_eq!(rows[first_not_now].heading, Some("Not now"));
    assert!(rows[first_not_now..].iter().all(|row| row.reason.is_some()));
}

#[test]
fn what_cannot_be_done_is_found_and_does_nothing() {
    let (mut workbench, _home) = opened();
    let rows = typed(&mut workbench, "undo");
    assert_eq!((rows[0].text.as_str(), rows[0].reason.as_deref()), ("Undo", Some("Nothing to undo")));
    assert_eq!(workbench.choose_in_palette(0), None);
    assert!(workbench.palette.is_some());
}

#[test]
fn a_sign_narrows_what_is_listed() {
    let (mut workbench, _home) = opened();
    assert!(typed(&mut workbench, ">s").iter().all(|row| matches!(row.target, Target::Command(_))));
    assert!(typed(&mut workbench, "@s").is_empty(), "there are no fields yet");
    assert!(typed(&mut workbench, "#save").is_empty(), "there are no customers yet");
}

#[test]
fn the_selection_goes_round() {
    let (mut workbench, _home) = opened();
    let count = typed(&mut workbench, "").len();
    let palette = workbench.palette.as_mut().expect("open");
    palette.step(-1);
    assert_eq!(palette.selected, count - 1);
    palette.step(2);
    assert_eq!(palette.selected, 1);
}
