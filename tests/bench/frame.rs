//! The window's own work for one frame (logic, ui and tessellation, without the drawing): on a table of ten million
//! rows, and while a run is going.
//!
//! `TRIBUTARY_BENCH_ROWS` sets another number of rows.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench fails by panicking and prints what it found")]

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use eframe::egui::{Context, Event, MouseWheelSource, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, vec2};
use tributary::project::{ColumnType, FileFormat, Project, SourceColumn, SourceTable, UnificationTable, source};
use tributary::ui::App;
use tributary::workbench::dialogs::NoDialogs;
use tributary::workbench::{Command, Page, Workbench};

/// A project with one table of so many rows.
fn project(folder: &std::path::Path, rows: u64) -> PathBuf {
    let mut file = BufWriter::new(File::create(folder.join("events.csv")).unwrap());
    writeln!(file, "EventID,UserID,EventName,Amount").unwrap();
    for row in 0..rows {
        let event = ["Product view", "Add to cart", "Checkout"][(row % 3) as usize];
        writeln!(file, "{row},v{},{event},{}.5", row % 1_000_003, row % 97).unwrap();
    }
    file.flush().unwrap();
    let types = [ColumnType::Integer, ColumnType::String, ColumnType::String, ColumnType::Number];
    let columns = ["EventID", "UserID", "EventName", "Amount"].into_iter().zip(types);
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
        columns: columns
            .map(|(name, column_type)| SourceColumn {
                name: name.to_owned(),
                column_type,
                date_format: None,
                semantic_type: None,
                selected: true,
            })
            .collect(),
        primary_key: Some("UserID".to_owned()),
    });
    project.unification.push(UnificationTable::new("events"));
    let path = folder.join("events.tributary");
    tributary::project::file::save(&project, &path).unwrap();
    path
}

/// One frame, scrolled a little as a person would; what it took.
fn frame(ctx: &Context, app: &mut App, time: &mut f64) -> Duration {
    let start = Instant::now();
    *time += 1.0 / 60.0;
    let input = RawInput {
        screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0))),
        time: Some(*time),
        events: vec![
            Event::PointerMoved(Pos2::new(900.0, 500.0)),
            Event::MouseWheel {
                unit: MouseWheelUnit::Point,
                delta: vec2(0.0, -37.0),
                source: MouseWheelSource::Wheel,
                phase: TouchPhase::Move,
                modifiers: Default::default(),
            },
        ],
        ..RawInput::default()
    };
    let output = ctx.run_ui(input, |ui| {
        app.logic(ui.ctx());
        app.draw(ui);
    });
    let primitives = ctx.tessellate(output.shapes, 1.0);
    std::hint::black_box(primitives);
    start.elapsed()
}

fn frames(c: &mut Criterion) {
    let rows = std::env::var("TRIBUTARY_BENCH_ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(10_000_000);
    let folder = tempfile::tempdir().unwrap();
    let path = project(folder.path(), rows);
    let (ctx, mut time) = (Context::default(), 0.0);
    let home = folder.path().join("home");
    let mut app = App::new(&ctx, Workbench::new(home, Box::new(NoDialogs), Arc::new(|| {})));
    app.workbench.open(&path);
    let mut loading: Vec<Duration> = Vec::new();
    while !app.workbench.is_idle() {
        loading.push(frame(&ctx, &mut app, &mut time));
        thread::sleep(Duration::from_millis(8));
    }
    say("while the table is loaded", loading);
    for page in [Page::Sources, Page::Review, Page::Customers] {
        app.workbench.apply(Command::Go(page));
        (0..30).for_each(|_| {
            frame(&ctx, &mut app, &mut time);
        });
        let name = format!("frame: {}, {rows} rows", page.title());
        c.bench_function(&name, |bencher| bencher.iter(|| frame(&ctx, &mut app, &mut time)));
    }
    app.workbench.apply(Command::Go(Page::Sources));
    app.workbench.edit("Another key", |project| project.source_tables[0].primary_key = Some("EventID".to_owned()));
    app.workbench.apply(Command::UnifyAndDependencies);
    let mut running: Vec<Duration> = Vec::new();
    while !app.workbench.is_idle() {
        running.push(frame(&ctx, &mut app, &mut time));
        thread::sleep(Duration::from_millis(8));
    }
    say("while a run is going", running);
}

fn say(when: &str, mut frames: Vec<Duration>) {
    frames.sort_unstable();
    let at = |share: f64| frames.get(((frames.len().max(1) - 1) as f64 * share) as usize).copied().unwrap_or_default();
    println!("{when}: {} frames, median {:?}, 99 % {:?}, longest {:?}", frames.len(), at(0.5), at(0.99), at(1.0));
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(50);
    targets = frames
}
criterion_main!(benches);
