//! The grid by mouse and by keyboard: sorting, filters, columns, selection, copying, values and profiles.

use std::fmt::Write as _;
use std::fs;

use eframe::egui::accesskit::{Live, SortDirection};
use eframe::egui::{
    Event, Key, Modifiers, MouseWheelUnit, OutputCommand, PointerButton, Pos2, Role, Theme, TouchPhase, vec2,
};
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tributary::workbench::Page;

use super::harness::Window;

const GRID: &str = "rows of Things";
const BOTH: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

/// A table in the window, its rows in sight.
fn with_table(text: &str, key: Option<&str>) -> Window {
    let mut window = Window::new(1280.0, 800.0, Theme::Light);
    let path = window.folder.path().join("things.csv");
    fs::write(&path, text).unwrap();
    window.app_mut().workbench.add_tables(vec![path]);
    window.settle();
    let key = key.map(str::to_owned);
    window.app_mut().workbench.edit("Set key", |project| project.source_tables[0].primary_key = key);
    window.go(Page::Sources);
    window
}

/// Four rows with what makes copying hard.
fn few() -> Window {
    let text = "Key,Name,City,Amount,Note\n\
                1,Ann,Oslo,1200.5,\"two\nlines\"\n\
                2,Bob,Rome,7,say \"\"hi\"\"\n\
                3,Cem,Oslo,,\n\
                4,Dee,Bern,30000,plain\n";
    with_table(&text.replace("say \"\"hi\"\"", "\"say \"\"hi\"\"\""), Some("Key"))
}

/// So many rows of four columns.
fn many(rows: usize) -> Window {
    let mut text = "Key,Group,Value,Word\n".to_owned();
    for row in 0..rows {
        writeln!(text, "{row},g{},{},w{row}", row % 3, row * 10).unwrap();
    }
    with_table(&text, None)
}

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.harness.key_press_modifiers(modifiers, key);
    window.settle();
}

fn focus(window: &mut Window) {
    window.harness.get_by_label(GRID).focus();
    window.settle();
}

/// What Ctrl+C, or another such key, copies.
fn copied(window: &mut Window, modifiers: Modifiers) -> Option<String> {
    let key = Event::Key { key: Key::C, physical_key: None, pressed: true, repeat: false, modifiers };
    copied_by(window, key)
}

/// What an event copies, in its own frame.
fn copied_by(window: &mut Window, event: Event) -> Option<String> {
    window.harness.event(event);
    window.harness.step();
    window.harness.output().platform_output.commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    })
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

fn double_click(window: &mut Window, pos: Pos2) {
    window.harness.hover_at(pos);
    window.harness.step();
    // In one frame: those of a test are a quarter of a second apart.
    for pressed in [true, false, true, false] {
        window.harness.input_mut().events.push(button(pos, pressed));
    }
    window.settle();
}

fn at(window: &Window, label: &str) -> Pos2 {
    window.harness.get_by_label(label).rect().center()
}

fn drag(window: &mut Window, from: Pos2, to: Pos2) {
    window.harness.drag_at(from);
    window.harness.step();
    for share in [0.2, 0.5, 1.0] {
        window.harness.hover_at(from + (to - from) * share);
        window.harness.step();
    }
    window.harness.drop_at(to);
    window.settle();
}

/// The names of the columns in sight, from left to right.
fn columns(window: &Window) -> Vec<String> {
    let mut found: Vec<(f32, String)> = headers(window).map(|node| (node.rect().left(), label(node))).collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, name)| name).collect()
}

fn headers(window: &Window) -> impl Iterator<Item = Node<'_>> {
    window.harness.query_all_by_role(Role::ColumnHeader)
}

fn label(node: Node<'_>) -> String {
    node.accesskit_node().label().unwrap_or_default()
}

/// The texts of the cells of a column in sight, from top to bottom.
fn cells(window: &Window, column: &str) -> Vec<String> {
    let start = format!("{column}: ");
    let mut found: Vec<(f32, String)> = window
        .harness
        .query_all_by_role(Role::Cell)
        .filter_map(|node| Some((node.rect().top(), label(node).strip_prefix(&start)?.to_owned())))
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, text)| text).collect()
}

fn open_menu(window: &mut Window, cell: &str) {
    window.harness.get_by_label(cell).click_secondary();
    window.settle();
}

#[test]
fn several_columns_sort_and_each_chip_takes_one_away() {
    let mut window = few();
    window.click("City");
    assert_eq!(cells(&window, "Key"), ["4", "1", "3", "2"], "equal ones in the table's order");
    window.harness.get_by_label("Key").click_modifiers(Modifiers::SHIFT);
    window.settle();
    window.harness.get_by_label("Key").click_modifiers(Modifiers::SHIFT);
    window.settle();
    assert_eq!(cells(&window, "Key"), ["4", "3", "1", "2"]);
    assert!(window.shows("Sorted by City, ascending  ✖") && window.shows("then by Key, descending  ✖"));
    let sorted =
        |window: &Window, name: &str| window.harness.get_by_label(name).accesskit_node().data().sort_direction();
    assert_eq!(sorted(&window, "City"), Some(SortDirection::Ascending));
    assert_eq!(sorted(&window, "Key"), Some(SortDirection::Descending));
    window.click("Sorted by City, ascending  ✖");
    assert_eq!(cells(&window, "Key"), ["4", "3", "2", "1"]);
    window.click("Key");
    assert_eq!(cells(&window, "Key"), ["1", "2", "3", "4"]);
    assert!(!window.shows("Reset all"));
}

#[test]
fn a_header_sorts_and_opens_its_menu_by_keys() {
    let mut window = few();
    window.harness.get_by_label("Amount").focus();
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(cells(&window, "Amount"), ["7", "1200.5", "30000", "blank"]);
    press(&mut window, Modifiers::ALT, Key::ArrowDown);
    window.click("Sort descending");
    assert_eq!(cells(&window, "Key"), ["4", "1", "2", "3"], "the blank comes last both ways");
}

#[test]
fn a_cell_filters_excludes_and_finds_blanks() {
    let mut window = few();
    open_menu(&mut window, "City: Rome");
    window.click("Exclude “Rome”");
    assert!(window.shows("City is not Rome  ✖") && window.shows("3 of 4 rows"));
    let count = window.harness.get_by_label("3 of 4 rows");
    assert_eq!(count.accesskit_node().live(), Live::Polite, "a screen reader says it");
    window.harness.query_all_by_label("City: Oslo").next().unwrap().click_secondary();
    window.settle();
    window.click("Filter to “Oslo”");
    assert!(!window.shows("City is not Rome  ✖"), "the value takes the exclusion's place");
    open_menu(&mut window, "Amount: blank");
    window.click("Blank only");
    assert_eq!(cells(&window, "Name"), ["Cem"]);
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    let heard = window.harness.query_all_by_role(Role::Cell).any(|node| node.is_focused());
    assert!(heard, "after a menu the grid has the keys again");
    window.click("Reset all");
    assert_eq!(cells(&window, "Name").len(), 4);
    press(&mut window, Modifiers::COMMAND, Key::F);
    window.fill("Search rows of Things", "os ann");
    assert!(window.shows("1 of 4 rows"));
}

#[test]
fn cells_are_selected_by_mouse_and_said_in_figures() {
    let mut window = few();
    let (from, to) = (at(&window, "City: Rome"), at(&window, "Amount: 30000"));
    drag(&mut window, from, to);
    let status = "3 × 2 cells selected; sum 30,007; mean 15,003.5; min 7; max 30,000; 5 distinct, 1 blank";
    assert!(window.shows(status), "what is under the grid");
    assert_eq!(copied(&mut window, Modifiers::COMMAND).unwrap(), "Rome\t7\nOslo\t\nBern\t30000");
    window.harness.get_by_label("Name: Ann").click_modifiers(Modifiers::SHIFT);
    window.settle();
    assert!(window.shows("2 × 2 cells selected; 4 distinct, 0 blank"), "from where the drag began");
    let row = Pos2::new(window.harness.get_by_label(GRID).rect().left() + 8.0, at(&window, "Name: Cem").y);
    window.harness.drag_at(row);
    window.harness.step();
    window.harness.drop_at(row);
    window.settle();
    assert_eq!(copied(&mut window, Modifiers::COMMAND).unwrap(), "3\tCem\tOslo\t\t");
    window.harness.get_by_label("Name: Ann").click();
    window.settle();
    assert_eq!(copied(&mut window, Modifiers::COMMAND).unwrap(), "Ann");
}

#[test]
fn cells_are_selected_and_copied_by_keys() {
    let mut window = few();
    focus(&mut window);
    assert_eq!(copied(&mut window, Modifiers::COMMAND), None, "nothing is selected");
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    press(&mut window, Modifiers::NONE, Key::End);
    assert_eq!(copied(&mut window, Modifiers::COMMAND).unwrap(), "\"two\nlines\"");
    press(&mut window, BOTH, Key::ArrowDown);
    press(&mut window, Modifiers::SHIFT, Key::ArrowLeft);
    let block = "1200.5\t\"two\nlines\"\n7\t\"say \"\"hi\"\"\"\n\t\n30000\tplain";
    assert_eq!(copied(&mut window, Modifiers::COMMAND).unwrap(), block);
    assert_eq!(copied(&mut window, BOTH).unwrap(), format!("Amount\tNote\n{block}"));
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert_eq!(copied(&mut window, Modifiers::COMMAND).unwrap(), "30000", "Escape leaves the cell");
    press(&mut window, Modifiers::COMMAND, Key::Home);
    press(&mut window, Modifiers::SHIFT, Key::Space);
    press(&mut window, Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(copied(&mut window, Modifiers::COMMAND).unwrap().lines().count(), 3, "two rows, one with two lines");
    press(&mut window, Modifiers::COMMAND, Key::Space);
    assert_eq!(copied(&mut window, BOTH).unwrap(), "Key\n1\n2\n3\n4");
    press(&mut window, Modifiers::COMMAND, Key::A);
    assert_eq!(copied(&mut window, BOTH).unwrap().lines().next(), Some("Key\tName\tCity\tAmount\tNote"));
    // As the system's own copy key arrives.
    assert!(copied_by(&mut window, Event::Copy).unwrap().starts_with("1\tAnn\tOslo"));
}

#[test]
fn what_is_copied_follows_order_filter_and_columns() {
    let mut window = few();
    window.click("Menu of Note");
    window.click("Hide column");
    window.click("Menu of Name");
    window.click("Move right");
    window.click("Key");
    window.click("Key");
    open_menu(&mut window, "City: Bern");
    window.click("Exclude “Bern”");
    focus(&mut window);
    press(&mut window, Modifiers::COMMAND, Key::A);
    let expected = "Key\tCity\tName\tAmount\n3\tOslo\tCem\t\n2\tRome\tBob\t7\n1\tOslo\tAnn\t1200.5";
    assert_eq!(copied(&mut window, BOTH).unwrap(), expected);
}

#[test]
fn too_much_is_not_copied_and_the_limit_is_said() {
    let mut window = many(300_000);
    focus(&mut window);
    press(&mut window, Modifiers::COMMAND, Key::A);
    assert!(window.shows("300,000 × 4 cells selected"));
    assert_eq!(copied(&mut window, Modifiers::COMMAND), None);
    let said = window.app().workbench.notices.iter().any(|notice| notice.text.contains("at most 1,000,000 cells"));
    assert!(said);
}

#[test]
fn motions_bring_the_cell_into_sight() {
    let mut window = many(5_000);
    focus(&mut window);
    let cell = |window: &Window, label: &str| window.shows(label);
    press(&mut window, Modifiers::COMMAND, Key::End);
    assert!(cell(&window, "Word: w4999") && !cell(&window, "Word: w0"));
    press(&mut window, Modifiers::NONE, Key::PageUp);
    press(&mut window, Modifiers::NONE, Key::PageUp);
    assert!(!cell(&window, "Word: w4999"));
    press(&mut window, Modifiers::COMMAND, Key::ArrowUp);
    assert!(cell(&window, "Word: w0"));
    press(&mut window, Modifiers::COMMAND, Key::G);
    window.harness.get_by_label("Row to go to").type_text("9,000");
    window.settle();
    assert!(window.harness.query_by_label_contains("There are rows 1 to 5,000").is_some());
    window.fill("Row to go to", "2,345");
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert!(cell(&window, "Word: w2344") && !cell(&window, "Row to go to"));
    assert_eq!(copied(&mut window, Modifiers::COMMAND).unwrap(), "w2344", "the grid has the keys again");
}

#[test]
fn the_wheel_and_the_bar_go_through_all_rows() {
    let mut window = many(5_000);
    let over = at(&window, "Word: w3");
    window.harness.hover_at(over);
    window.harness.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, -2400.0),
        source: eframe::egui::MouseWheelSource::Wheel,
        phase: TouchPhase::Move,
        modifiers: Modifiers::NONE,
    });
    (0..60).for_each(|_| window.harness.step());
    assert!(window.shows("Word: w105") && !window.shows("Word: w50"), "a hundred rows of 24 points");
    let grid = window.harness.get_by_label(GRID).rect();
    let handle = Pos2::new(grid.right() - 5.0, grid.top() + 40.0);
    drag(&mut window, handle, Pos2::new(handle.x, grid.bottom() + 50.0));
    assert!(window.shows("Word: w4999"));
}

#[test]
fn columns_are_made_wider_moved_hidden_and_frozen_by_mouse() {
    let mut window = few();
    let width = |window: &Window, name: &str| window.harness.get_by_label(name).rect().width();
    let before = width(&window, "City");
    let edge = at(&window, "Width of City");
    drag(&mut window, edge, edge + vec2(60.0, 0.0));
    assert!((width(&window, "City") - before - 60.0).abs() < 5.0, "{before} and {}", width(&window, "City"));
    let edge = at(&window, "Width of City");
    double_click(&mut window, edge);
    assert!(width(&window, "City") < before + 20.0, "as wide as its values, not where {edge} was");
    assert_eq!(columns(&window), ["Key", "Name", "City", "Amount", "Note"]);
    let (from, to) =
        (at(&window, "Amount"), headers(&window).find(|node| label(*node) == "Name").unwrap().rect().left_center());
    drag(&mut window, from, to + vec2(4.0, 0.0));
    assert_eq!(columns(&window), ["Key", "Amount", "Name", "City", "Note"]);
    assert!(!window.shows("Sorted by Amount, ascending  ✖"), "a drag is no click");
    window.click("Menu of City");
    window.click("Freeze at the left");
    assert_eq!(columns(&window), ["Key", "City", "Amount", "Name", "Note"]);
    window.click("Menu of Key");
    window.click("Unfreeze");
    assert_eq!(columns(&window)[0], "City");
}

#[test]
fn columns_are_moved_by_keys_and_chosen_from_a_list() {
    let mut window = few();
    window.harness.get_by_label("Note").focus();
    window.settle();
    press(&mut window, BOTH, Key::ArrowLeft);
    press(&mut window, BOTH, Key::ArrowLeft);
    assert_eq!(columns(&window), ["Key", "Name", "Note", "City", "Amount"]);
    window.click("Columns of rows of Things");
    window.harness.get_by_label("Search columns").type_text("na");
    window.settle();
    assert!(!window.shows("Show column City"));
    window.click("Show column Name");
    assert_eq!(columns(&window), ["Key", "Note", "City", "Amount"]);
    assert!(window.shows("5 columns, 1 hidden"));
    window.click("Show all");
    assert_eq!(columns(&window), ["Key", "Name", "Note", "City", "Amount"]);
    window.click("Reset columns");
    assert_eq!(columns(&window), ["Key", "Name", "City", "Amount", "Note"]);
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!window.shows("Search columns"));
}

#[test]
fn a_long_value_is_shown_whole_by_space() {
    let mut window = few();
    window.harness.get_by_label("Note: two\nlines").click();
    window.settle();
    assert!(!window.shows("Note in row 1"));
    press(&mut window, Modifiers::NONE, Key::Space);
    assert!(window.shows("Note in row 1") && window.shows("9 characters in 2 lines"));
    assert!(window.harness.get_by_label("Copy value").is_focused());
    let pos = at(&window, "Copy value");
    window.harness.hover_at(pos);
    window.harness.event(button(pos, true));
    window.harness.step();
    let copied_value = copied_by(&mut window, button(pos, false));
    assert_eq!(copied_value.unwrap(), "two\nlines", "as it is, without quotes");
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!window.shows("Note in row 1"));
    press(&mut window, Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(copied(&mut window, Modifiers::COMMAND).unwrap(), "1200.5", "the grid has the keys again");
}

#[test]
fn the_menu_of_a_cell_opens_by_keys() {
    let mut window = few();
    focus(&mut window);
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    press(&mut window, Modifiers::SHIFT, Key::F10);
    assert!(window.harness.get_by_label("Copy").is_focused());
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!window.shows("Copy with headers"));
    press(&mut window, Modifiers::SHIFT, Key::F10);
    [Key::ArrowDown, Key::ArrowDown, Key::ArrowDown]
        .into_iter()
        .for_each(|key| press(&mut window, Modifiers::NONE, key));
    assert!(window.harness.get_by_label("Filter to “1”").is_focused());
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert!(!window.shows("Copy with headers") && window.shows("Key: 1  ✖"));
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert!(window.harness.get_by_label("Key: 1").is_focused(), "the grid has the keys again");
}

#[test]
fn a_profile_counts_a_column_and_its_bars_filter() {
    let mut window = many(60);
    window.click("Menu of Value");
    window.click("Profile…");
    assert!(window.shows("60 (100.0\u{a0}%)"), "all values differ");
    window.harness.get_by_label_contains("Spread of Value: ").focus();
    for key in [Key::Home, Key::Enter] {
        window.harness.key_press(key);
        window.settle();
    }
    assert!(window.shows("Value: 0 to 29  ✖") && window.shows("3 of 60 rows"));
    window.click("Value: 0 to 29  ✖");
    window.click("Menu of Group");
    window.click("Profile…");
    window.click("Show the rows with g1");
    assert!(window.shows("Group: g1  ✖") && window.shows("20 of 60 rows"));
}

#[test]
fn a_thousand_columns_cost_what_is_in_sight() {
    let names: Vec<String> = (0..1_000).map(|column| format!("c{column}")).collect();
    let row = |row: usize| (0..1_000).map(|column| format!("{row}x{column}")).collect::<Vec<_>>().join(",");
    let text = format!("{}\n{}\n{}\n", names.join(","), row(0), row(1));
    let mut window = with_table(&text, Some("c1"));
    let grid = window.harness.get_by_label(GRID);
    let totals = (grid.accesskit_node().data().row_count(), grid.accesskit_node().data().column_count());
    assert_eq!(totals, (Some(2), Some(1_000)));
    let seen = headers(&window).count();
    assert!((3..20).contains(&seen), "{seen} headers");
    let cells_seen = window.harness.query_all_by_role(Role::Cell).count();
    assert_eq!(cells_seen, 2 * seen);
    assert_eq!(columns(&window)[..2], ["c1", "c0"], "the key is frozen");
    focus(&mut window);
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    press(&mut window, Modifiers::NONE, Key::End);
    let shown = columns(&window);
    assert_eq!((shown.first().unwrap().as_str(), shown.last().unwrap().as_str()), ("c1", "c999"));
    assert!(shown.len() < 20 && window.shows("c999: 0x999"));
    let cell = window.harness.get_by_label("c999: 0x999");
    assert_eq!(cell.accesskit_node().data().column_index(), Some(999));
    press(&mut window, Modifiers::NONE, Key::Home);
    assert!(window.shows("c0: 0x0"));
}

#[test]
fn nothing_is_drawn_again_while_nothing_happens() {
    let mut window = few();
    window.harness.get_by_label("City: Rome").click();
    window.settle();
    (0..30).for_each(|_| window.harness.step());
    let delay = window.harness.output().viewport_output.values().map(|viewport| viewport.repaint_delay).min();
    assert!(delay.unwrap() > std::time::Duration::from_millis(500), "{delay:?}");
}

#[test]
fn a_name_says_what_its_column_holds_after_a_rest_and_by_a_key() {
    let mut window = many(60);
    let over = at(&window, "Group");
    window.harness.hover_at(over);
    window.harness.step();
    let brief = "60 rows, none blank, 3 different values";
    assert!(!window.says("different values"), "not at once");
    (0..8).for_each(|_| window.harness.step());
    assert!(window.says(brief), "after a rest");
    // Panics where something asks for the next frame again and again.
    window.harness.run();
    window.click("Show the rows with g2");
    assert!(window.shows("Group: g2  ✖") && window.shows("20 of 60 rows"));

    window.harness.hover_at(Pos2::ZERO);
    window.settle();
    assert!(!window.says(brief));
    window.harness.get_by_label("Value").focus();
    press(&mut window, Modifiers::ALT, Key::Enter);
    assert!(window.shows("Close") && window.says("Spread of Value"), "of a name that has the focus");
    press(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, Modifiers::COMMAND, Key::Home);
    press(&mut window, Modifiers::NONE, Key::End);
    press(&mut window, Modifiers::ALT, Key::Enter);
    assert!(window.says("values are different"), "of the column at the cursor");
}
