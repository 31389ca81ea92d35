//! What the machine itself does to frames: a picture of about as much work as the app's, that is always the same.
//!
//! While a run keeps every processor busy, the system and, on a virtual machine, the host below it stop and slow down
//! any thread, and the host's share is not told apart from the thread's own time. Frames of this picture, one between
//! every two of the app's, say how often that happens: they ask nothing of the app, its data or its jobs.

use std::time::Duration;

use eframe::egui::{Context, Grid, Pos2, RawInput, Rect, vec2};

use crate::took::Took;

const ROWS: u32 = 40;
const COLUMNS: u32 = 12;

#[derive(Default)]
pub struct FixedPicture {
    ctx: Context,
    frames: u32,
}

impl FixedPicture {
    /// One more frame of it. Its words are others in each frame, as those of a table that is scrolled.
    pub fn frame(&mut self) -> Took {
        self.frames += 1;
        let frames = self.frames;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0))),
            time: Some(f64::from(frames) / 60.0),
            ..RawInput::default()
        };
        let draw = |ui: &mut eframe::egui::Ui| {
            Grid::new("fixed").show(ui, |ui| {
                for row in frames..frames + ROWS {
                    (0..COLUMNS).for_each(|column| {
                        ui.label(format!("value {}", row * COLUMNS + column));
                    });
                    ui.end_row();
                }
            });
            Duration::ZERO
        };
        Took::of(&self.ctx, input, draw, |_| {})
    }
}
