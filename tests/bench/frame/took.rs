//! What a frame takes, and how it is told.

use std::time::{Duration, Instant};

use eframe::egui::epaint::ClippedShape;
use eframe::egui::{Context, Event, Pos2, RawInput, Rect, Ui, vec2};

/// What a frame may take.
const BUDGET: Duration = Duration::from_millis(8);

/// What one frame took.
#[derive(Clone, Copy)]
pub struct Took {
    logic: Duration,
    ui: Duration,
    tessellation: Duration,
    /// All three in time of the processor: what another program or a job took meanwhile is not in it, but what the
    /// machine below a virtual one took of it is.
    processor: Duration,
}

impl Took {
    /// Draws one frame, and lets its shapes be looked at. `draw` says how much of its time was logic.
    pub fn of(
        ctx: &Context,
        input: RawInput,
        mut draw: impl FnMut(&mut Ui) -> Duration,
        look: impl FnOnce(&[ClippedShape]),
    ) -> Self {
        let (mut logic, first) = (Duration::ZERO, Instant::now());
        let (start, spent) = (Instant::now(), processor(first));
        let output = ctx.run_ui(input, |ui| logic += draw(ui));
        let (ui, mut processor_time) = (start.elapsed() - logic, processor(first) - spent);
        look(&output.shapes);
        let (start, spent) = (Instant::now(), processor(first));
        std::hint::black_box(ctx.tessellate(output.shapes, 1.0));
        processor_time += processor(first) - spent;
        Self { logic, ui, tessellation: start.elapsed(), processor: processor_time }
    }

    fn all(&self) -> Duration {
        self.logic + self.ui + self.tessellation
    }
}

/// What a window of the usual size is given for a frame at this time.
pub fn input(seconds: f64, events: Vec<Event>) -> RawInput {
    let screen = Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0));
    RawInput { screen_rect: Some(screen), time: Some(seconds), events, ..RawInput::default() }
}

/// What the processor has spent on this thread, where the system tells it; else the time of the clock since `first`.
fn processor(first: Instant) -> Duration {
    #[cfg(unix)]
    {
        let _ = first;
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec.try_into().unwrap_or_default())
    }
    #[cfg(not(unix))]
    first.elapsed()
}

/// The heads of what [`say`] prints.
pub fn say_heads() {
    println!(
        "frames, over 8 ms by the clock, by the processor | mean, 95 %, longest in ms of logic | ui | tessellation | all \
         by the clock | all by the processor"
    );
}

pub fn say(when: &str, frames: &[Took]) {
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
