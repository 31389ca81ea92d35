//! The window's own work for a frame, in its three parts (logic, ui, tessellation; the drawing is the GPU's): on a table
//! of ten million rows, on one of a thousand columns, and while a run is going. By the clock, which has also what other
//! programs and jobs took of the processor meanwhile, and by the processor's time for this thread.
//!
//! `TRIBUTARY_BENCH_ROWS` and `TRIBUTARY_BENCH_WIDE_ROWS` set other numbers of rows for the two. With
//! `TRIBUTARY_BENCH_FRAMES` so many more frames are drawn, and the memory in use is printed on the way: it stays flat.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench fails by panicking and prints what it found")]

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use eframe::egui::{
    Context, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect, Shape,
    TouchPhase, Vec2, pos2, vec2,
};
use tributary::engine::view::{RowOrder, ViewFilter, ViewSpec};
use tributary::project::{ColumnType, FileFormat, Project, SourceColumn, SourceTable, UnificationTable, source};
use tributary::task::Task;
use tributary::ui::App;
use tributary::workbench::dialogs::NoDialogs;
use tributary::workbench::{Command, Page, Workbench};

/// What a frame may take.
const BUDGET: Duration = Duration::from_millis(8);

/// Over the grid of the page Sources.
const OVER: Pos2 = pos2(900.0, 500.0);

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

/// The app, and time as it goes by for it.
struct Screen {
    ctx: Context,
    app: App,
    seconds: f64,
    start: Instant,
    /// What the last frame wrote.
    texts: Vec<String>,
    /// The handle of the bar beside the grid, as the last frame drew it.
    handle: Option<Rect>,
}

/// What one frame took.
#[derive(Clone, Copy)]
struct Took {
    logic: Duration,
    ui: Duration,
    tessellation: Duration,
    /// All three in time of the processor: what another program or a job took meanwhile is not in it.
    processor: Duration,
}

impl Took {
    fn all(&self) -> Duration {
        self.logic + self.ui + self.tessellation
    }
}

/// What the processor has spent on this thread, where the system tells it; else the time of the clock.
fn processor(start: Instant) -> Duration {
    #[cfg(unix)]
    {
        let _ = start;
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap())
    }
    #[cfg(not(unix))]
    start.elapsed()
}

impl Screen {
    fn open(path: &Path, home: PathBuf) -> Self {
        let ctx = Context::default();
        let mut app = App::new(&ctx, Workbench::new(home, Box::new(NoDialogs), Arc::new(|| {})));
        app.workbench.open(path);
        Self { ctx, app, seconds: 0.0, start: Instant::now(), texts: Vec::new(), handle: None }
    }

    fn frame(&mut self, events: Vec<Event>) -> Took {
        self.seconds += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0))),
            time: Some(self.seconds),
            events,
            ..RawInput::default()
        };
        let mut logic = Duration::ZERO;
        let spent = processor(self.start);
        let start = Instant::now();
        let output = self.ctx.run_ui(input, |ui| {
            let start = Instant::now();
            self.app.logic(ui.ctx());
            logic += start.elapsed();
            self.app.draw(ui);
        });
        let ui = start.elapsed() - logic;
        let spent_on_reading = processor(self.start);
        self.texts.clear();
        output.shapes.iter().for_each(|clipped| texts(&clipped.shape, &mut self.texts));
        self.handle = output
            .shapes
            .iter()
            .filter_map(|clipped| upright(&clipped.shape))
            .max_by(|a, b| a.right().total_cmp(&b.right()));
        let spent_on_reading = processor(self.start) - spent_on_reading;
        let start = Instant::now();
        std::hint::black_box(self.ctx.tessellate(output.shapes, 1.0));
        let tessellation = start.elapsed();
        Took { logic, ui, tessellation, processor: processor(self.start) - spent - spent_on_reading }
    }

    /// Draws until nothing is being computed.
    fn settle(&mut self) -> Vec<Took> {
        let mut frames = Vec::new();
        while !self.app.workbench.is_idle() {
            frames.push(self.frame(Vec::new()));
            thread::sleep(Duration::from_millis(8));
        }
        frames.extend((0..10).map(|_| self.frame(Vec::new())));
        frames
    }

    /// Frames with these events each, and whether anything else stands on the screen after them.
    fn frames(&mut self, name: &str, count: usize, events: impl Fn(usize) -> Vec<Event>) {
        let before = self.texts.clone();
        let frames = (0..count).map(|place| self.frame(events(place))).collect();
        say(name, frames);
        assert!(self.texts != before, "{name}: nothing moved");
    }

    fn scroll(&mut self, of: &str) {
        self.frame(vec![Event::PointerMoved(OVER)]);
        self.frames(&format!("{of}, wheel down"), 600, |_| wheel(vec2(0.0, -37.0)));
        self.frames(&format!("{of}, wheel across"), 200, |_| wheel(vec2(-37.0, 0.0)));
        self.frames(&format!("{of}, wheel back across"), 200, |_| wheel(vec2(37.0, 0.0)));
        self.frame(Vec::new());
        let handle = self.handle.unwrap().center();
        self.frame(vec![Event::PointerMoved(handle)]);
        self.frame(vec![button(handle, true)]);
        let along = |place: usize| handle + vec2(0.0, (place as f32 * 1.7).min(600.0));
        self.frames(&format!("{of}, a fling by the bar"), 300, |place| vec![Event::PointerMoved(along(place))]);
        self.frame(vec![button(along(300), false)]);
        self.frame(vec![Event::PointerMoved(OVER)]);
        self.frame(vec![button(OVER, true)]);
        self.frame(vec![button(OVER, false)]);
        self.frames(&format!("{of}, Page Up held"), 200, |_| vec![key(Key::PageUp)]);
    }
}

fn texts(shape: &Shape, found: &mut Vec<String>) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| texts(shape, found)),
        Shape::Text(text) => found.push(text.galley.text().to_owned()),
        _ => {}
    }
}

/// A narrow upright bar over the right half of the window.
fn upright(shape: &Shape) -> Option<Rect> {
    let Shape::Rect(rect) = shape else { return None };
    let rect = rect.rect;
    (rect.left() > OVER.x && (4.0..12.0).contains(&rect.width()) && rect.height() >= 16.0).then_some(rect)
}

fn wheel(delta: Vec2) -> Vec<Event> {
    vec![Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta,
        source: MouseWheelSource::Wheel,
        phase: TouchPhase::Move,
        modifiers: Modifiers::NONE,
    }]
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

fn key(key: Key) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: true, modifiers: Modifiers::NONE }
}

fn say(when: &str, frames: Vec<Took>) {
    let part = |of: &dyn Fn(&Took) -> Duration| {
        let mut times: Vec<f64> = frames.iter().map(|took| of(took).as_secs_f64() * 1000.0).collect();
        times.sort_unstable_by(f64::total_cmp);
        let at = |share: f64| times.get(((times.len().max(1) - 1) as f64 * share) as usize).copied().unwrap_or(0.0);
        let mean = times.iter().sum::<f64>() / times.len().max(1) as f64;
        format!("{mean:6.2} {:6.2} {:7.2}", at(0.95), at(1.0))
    };
    let late = |of: fn(&Took) -> Duration| frames.iter().filter(|took| of(took) > BUDGET).count();
    println!(
        "{when:<44} {:>6} {:>6} {:>6} | {} | {} | {} | {} | {}",
        frames.len(),
        late(Took::all),
        late(|took| took.processor),
        part(&|took| took.logic),
        part(&|took| took.ui),
        part(&|took| took.tessellation),
        part(&Took::all),
        part(&|took| took.processor),
    );
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
    println!(
        "frames, over 8 ms by the clock, by the processor | mean, 95 %, longest in ms of logic | ui | tessellation | all \
         by the clock | all by the processor"
    );
    let rows = number("TRIBUTARY_BENCH_ROWS").unwrap_or(10_000_000);
    let folder = tempfile::tempdir().unwrap();
    let columns = EVENTS.map(|(name, column_type)| (name.to_owned(), column_type)).to_vec();
    let path = project(folder.path(), rows, columns, "UserID", event_line);
    let mut screen = Screen::open(&path, folder.path().join("home"));
    let first = screen.frame(Vec::new());
    say("the first picture, with the fonts read", vec![first]);
    let loading = screen.settle();
    say("while the table is loaded", loading);
    screen.app.workbench.apply(Command::Go(Page::Sources));
    (0..30).for_each(|_| {
        screen.frame(Vec::new());
    });
    screen.scroll(&format!("{rows} rows"));
    for page in [Page::Review, Page::Customers, Page::Statistics] {
        screen.app.workbench.apply(Command::Go(page));
        screen.settle();
        let frames = (0..100).map(|_| screen.frame(vec![Event::PointerMoved(OVER)])).collect();
        say(page.title(), frames);
    }
    orders(&screen);
    screen.app.workbench.apply(Command::Go(Page::Sources));
    screen
        .app
        .workbench
        .edit("Another key", |project| project.source_tables[0].primary_key = Some("EventID".to_owned()));
    screen.app.workbench.apply(Command::UnifyAndDependencies);
    let mut running = Vec::new();
    while !screen.app.workbench.is_idle() {
        let down = if running.len() / 200 % 2 == 0 { -37.0 } else { 37.0 };
        running.push(screen.frame(wheel(vec2(0.0, down))));
        thread::sleep(Duration::from_millis(8));
    }
    say("scrolling while a run is going", running);
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
