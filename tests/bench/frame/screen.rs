//! The app on a screen that nobody sees.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use eframe::egui::{
    Context, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, Rect, Shape, TouchPhase,
    Vec2, pos2, vec2,
};
use tributary::ui::App;
use tributary::workbench::Workbench;
use tributary::workbench::dialogs::NoDialogs;

use crate::took::{Took, input, say};

/// Over the grid of the page Sources.
pub const OVER: Pos2 = pos2(900.0, 500.0);

/// The app, and time as it goes by for it.
pub struct Screen {
    ctx: Context,
    pub app: App,
    seconds: f64,
    /// What the last frame wrote.
    texts: Vec<String>,
    /// The handle of the bar beside the grid, as the last frame drew it.
    handle: Option<Rect>,
}

impl Screen {
    pub fn open(path: &Path, home: PathBuf) -> Self {
        let ctx = Context::default();
        let mut app = App::new(&ctx, Workbench::new(home, Box::new(NoDialogs), Arc::new(|| {})));
        app.workbench.open(path);
        Self { ctx, app, seconds: 0.0, texts: Vec::new(), handle: None }
    }

    pub fn frame(&mut self, events: Vec<Event>) -> Took {
        self.seconds += 1.0 / 60.0;
        let input = input(self.seconds, events);
        let Self { ctx, app, texts: written, handle, .. } = self;
        Took::of(
            ctx,
            input,
            |ui| {
                let start = Instant::now();
                app.logic(ui.ctx());
                let logic = start.elapsed();
                app.draw(ui);
                logic
            },
            |shapes| {
                written.clear();
                shapes.iter().for_each(|clipped| texts(&clipped.shape, written));
                *handle = shapes
                    .iter()
                    .filter_map(|clipped| upright(&clipped.shape))
                    .max_by(|a, b| a.right().total_cmp(&b.right()));
            },
        )
    }

    /// Draws until nothing is being computed.
    pub fn settle(&mut self) -> Vec<Took> {
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
        let frames: Vec<Took> = (0..count).map(|place| self.frame(events(place))).collect();
        say(name, &frames);
        assert!(self.texts != before, "{name}: nothing moved");
    }

    pub fn scroll(&mut self, of: &str) {
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

pub fn wheel(delta: Vec2) -> Vec<Event> {
    vec![Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta,
        source: MouseWheelSource::Wheel,
        phase: TouchPhase::Move,
        modifiers: Modifiers::NONE,
    }]
}

pub fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

pub fn key(key: Key) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: true, modifiers: Modifiers::NONE }
}
