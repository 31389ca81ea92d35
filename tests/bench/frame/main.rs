//! The window's own work for a frame, in its three parts (logic, ui, tessellation; the drawing is the GPU's): on a table
//! of ten million rows, on one of a thousand columns, and while a run is going. By the clock, which has also what other
//! programs and jobs took of the processor meanwhile, and by the processor's time for this thread. During the run a
//! picture that is always the same is drawn between the app's frames ([`fixed`]): it shows what the machine does to any.
//!
//! `TRIBUTARY_BENCH_ROWS` and `TRIBUTARY_BENCH_WIDE_ROWS` set other numbers of rows for the two. With
//! `TRIBUTARY_BENCH_FRAMES` so many more frames are drawn, and the memory in use is printed on the way: it stays flat.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench fails by panicking and prints what it found")]

mod fixed;
mod screen;
mod took;

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use eframe::egui::{Event, Key, vec2};
use fixed::FixedPicture;
use screen::{OVER, Screen, button, key, wheel};
use took::{Took, say, say_heads};
use tributary::engine::view::{RowOrder, ViewFilter, ViewSpec};
use tributary::project::{ColumnType, FileFormat, Project, SourceColumn, SourceTable, UnificationTable, source};
use tributary::task::Task;
use tributary::workbench::{Command, Page};

const EVENTS: [(&str, ColumnType); 12] = [
    ("EventID", ColumnType::Integer),
    ("UserID", ColumnType::String),
    ("EventName", ColumnType::String),
    ("Amount", ColumnType::Number),
    ("Day", ColumnType::Date),
    ("Page", ColumnType::String),
    ("Device", ColumnType::String),
    ("Country", ColumnType::String),
    ("Score", ColumnType::Number),
    ("Visits", ColumnType::Integer),
    ("Member", ColumnType::Boolean),
    ("Note", ColumnType::String),
];

/// A project with one table of so many rows; `line` writes one.
fn project(
    folder: &Path,
    rows: u64,
    columns: Vec<(String, ColumnType)>,
    key: &str,
    line: impl Fn(u64, &mut BufWriter<File>),
) -> PathBuf {
    let mut file = BufWriter::new(File::create(folder.join("events.csv")).unwrap());
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    writeln!(file, "{}", names.join(",")).unwrap();
    (0..rows).for_each(|row| line(row, &mut file));
    file.flush().unwrap();
    let column = |(name, column_type)| SourceColumn {
        name,
        column_type,
        date_format: None,
        semantic_type: None,
        selected: true,
    };
    let mut project = Project::new("Events");
    project.source_tables.push(SourceTable {
        id: "events".to_owned(),
        name: "Events".to_owned(),
        path: "events.csv".to_owned(),
        format: FileFormat::Csv {
            delimiter: ',',
            quote: '"',
            header: true,
            encoding: source::TextEncoding::Utf8,
            decimal_comma: false,
        },
        blank_tokens: Vec::new(),
        columns: columns.into_iter().map(column).collect(),
        primary_key: Some(key.to_owned()),
    });
    project.unification.push(UnificationTable::new("events"));
    let path = folder.join("events.tributary");
    tributary::project::file::save(&project, &path).unwrap();
    path
}

fn event_line(row: u64, file: &mut BufWriter<File>) {
    let event = ["Product view", "Add to cart", "Checkout"][(row % 3) as usize];
    let (day, page, country) = (row % 28 + 1, row % 211, ["NO", "JP", "EG", "IT"][(row % 4) as usize]);
    let (user, amount, visits) = (row % 1_000_003, row % 97, row * 7 % 90_001);
    writeln!(
        file,
        "{row},v{user},{event},{amount}.5,2022-07-{day:02},/shop/page-{page},phone,{country},0.{amount},{visits},{},note {page}",
        row.is_multiple_of(2)
    )
    .unwrap();
}

/// How long the rows of the first table take to be ordered anew.
fn orders(screen: &Screen) {
    let run = screen.app.workbench.live.run.clone().unwrap();
    let table = &run.source("events").unwrap().table;
    let by = |columns: &[(&str, bool)]| columns.iter().map(|&(name, down)| (name.to_owned(), down)).collect();
    let specs = [
        ("sorted by UserID", ViewSpec { sort: by(&[("UserID", false)]), ..ViewSpec::default() }),
        (
            "sorted by Country, Amount, Day",
            ViewSpec { sort: by(&[("Country", false), ("Amount", true), ("Day", false)]), ..ViewSpec::default() },
        ),
        (
            "filtered by Page",
            ViewSpec { filters: vec![ViewFilter::only("Page", "/shop/page-7")], ..ViewSpec::default() },
        ),
        ("filtered by Visits", ViewSpec { filters: vec![ViewFilter::not("Visits", "7")], ..ViewSpec::default() }),
        ("searched for page-7", ViewSpec { search: "page-7".to_owned(), ..ViewSpec::default() }),
        ("searched for 777", ViewSpec { search: "777".to_owned(), ..ViewSpec::default() }),
    ];
    for (name, spec) in specs {
        let start = Instant::now();
        let order = RowOrder::of(table, &spec, &Task::default()).unwrap();
        println!("{name}: {} rows in {:.2?}", order.len(), start.elapsed());
    }
}

/// The memory in use, in MB, where the system says so.
fn memory() -> Option<u64> {
    let pages: u64 = std::fs::read_to_string("/proc/self/statm").ok()?.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * 4096 / 1_000_000)
}

/// Many frames of someone at work: scrolling, walking, sorting, going from page to page.
fn long_session(screen: &mut Screen, count: usize) {
    let pages = [Page::Sources, Page::CustomerData, Page::Customers, Page::Statistics, Page::LeftOut, Page::Export];
    for place in 1..=count {
        if place % 500 == 0 {
            screen.app.workbench.apply(Command::Go(pages[place / 500 % pages.len()]));
        }
        let events = match place % 10 {
            0..5 => wheel(vec2(0.0, if place / 1000 % 2 == 0 { -60.0 } else { 60.0 })),
            5 => vec![Event::PointerMoved(OVER), button(OVER, true)],
            6 => vec![button(OVER, false)],
            7 => vec![key(Key::ArrowDown)],
            8 => wheel(vec2(if place / 1000 % 2 == 0 { -60.0 } else { 60.0 }, 0.0)),
            _ => vec![Event::PointerMoved(OVER + vec2((place % 200) as f32 - 100.0, 0.0))],
        };
        screen.frame(events);
        if place * 10 % count == 0 {
            println!("after {place} frames: {} MB", memory().map_or("?".to_owned(), |memory| memory.to_string()));
        }
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|value| value.parse().ok())
}

fn main() {
    say_heads();
    let rows = number("TRIBUTARY_BENCH_ROWS").unwrap_or(10_000_000);
    let folder = tempfile::tempdir().unwrap();
    let columns = EVENTS.map(|(name, column_type)| (name.to_owned(), column_type)).to_vec();
    let path = project(folder.path(), rows, columns, "UserID", event_line);
    let mut screen = Screen::open(&path, folder.path().join("home"));
    let first = screen.frame(Vec::new());
    say("the first picture, with the fonts read", &[first]);
    let loading = screen.settle();
    say("while the table is loaded", &loading);
    screen.app.workbench.apply(Command::Go(Page::Sources));
    (0..30).for_each(|_| {
        screen.frame(Vec::new());
    });
    screen.scroll(&format!("{rows} rows"));
    for page in [Page::Review, Page::Customers, Page::Statistics] {
        screen.app.workbench.apply(Command::Go(page));
        screen.settle();
        let frames: Vec<Took> = (0..100).map(|_| screen.frame(vec![Event::PointerMoved(OVER)])).collect();
        say(page.title(), &frames);
    }
    orders(&screen);
    screen.app.workbench.apply(Command::Go(Page::Sources));
    screen
        .app
        .workbench
        .edit("Another key", |project| project.source_tables[0].primary_key = Some("EventID".to_owned()));
    screen.app.workbench.apply(Command::UnifyAndDependencies);
    let (mut running, mut beside, mut picture) = (Vec::new(), Vec::new(), FixedPicture::default());
    while !screen.app.workbench.is_idle() {
        let down = if running.len() / 200 % 2 == 0 { -37.0 } else { 37.0 };
        running.push(screen.frame(wheel(vec2(0.0, down))));
        beside.push(picture.frame());
        thread::sleep(Duration::from_millis(8));
    }
    say("scrolling while a run is going", &running);
    say("the fixed picture beside it", &beside);
    if let Some(count) = number("TRIBUTARY_BENCH_FRAMES") {
        long_session(&mut screen, count as usize);
    }
    drop(screen);

    let rows = number("TRIBUTARY_BENCH_WIDE_ROWS").unwrap_or(100_000);
    let folder = tempfile::tempdir().unwrap();
    let columns = (0..1_000).map(|column| (format!("feature_{column}"), ColumnType::String)).collect();
    let path = project(folder.path(), rows, columns, "feature_0", |row, file| {
        write!(file, "k{row}").unwrap();
        (1..1_000).for_each(|column| write!(file, ",v{}", (row * 31 + column * 17) % 1_009).unwrap());
        writeln!(file).unwrap();
    });
    let mut screen = Screen::open(&path, folder.path().join("home"));
    screen.settle();
    screen.app.workbench.apply(Command::Go(Page::Sources));
    (0..30).for_each(|_| {
        screen.frame(Vec::new());
    });
    screen.scroll("1,000 columns");
}
