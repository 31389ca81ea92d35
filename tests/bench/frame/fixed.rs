//! What the machine itself does to frames: a picture of about as much work as the app's, that is always the same.
//!
//! While a run keeps every processor busy, the system and, on a virtual machine, the host below it stop and slow down
//! any thread, and the host's share is not told apart from the thread's own time. Frames of this picture, one between
//! every two of the app's, say how often that happens: they ask nothing of the app, its data or its jobs.

use std::time::Duration;

use eframe::egui::{Context, Grid, Ui};

use crate::took::{Took, input};

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
        let draw = |ui: &mut Ui| {
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
        Took::of(&self.ctx, input(f64::from(frames) / 60.0, Vec::new()), draw, |_| {})
    }
}
