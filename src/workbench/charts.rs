//! Charts as files: pictures, drawings, data.

use std::sync::Arc;

use super::Workbench;
use super::dialogs::Purpose;
use super::making::{Content, Made, file_name};
use crate::engine::chart::{Chart, svg};

/// The width of a chart saved as SVG, in points.
const SVG_WIDTH: f32 = 720.0;

impl Workbench {
    /// Saves a picture of a chart, as PNG, asking where.
    pub fn save_picture(&mut self, title: &str, png: &[u8]) {
        self.save(Purpose::SavePicture, title, "png", png);
    }

    /// Saves a chart as a drawing, asking where.
    pub fn save_drawing(&mut self, chart: &Chart) {
        self.save(Purpose::SaveDrawing, &chart.title, "svg", svg::picture(chart, SVG_WIDTH).as_bytes());
    }

    /// Saves the numbers of a chart, asking where.
    pub fn save_chart_data(&mut self, chart: &Chart) {
        self.save(Purpose::SaveData, &chart.title, "csv", chart.csv().as_bytes());
    }

    fn save(&mut self, purpose: Purpose, title: &str, ending: &str, bytes: &[u8]) {
        self.place(Made { purpose, name: file_name(title, ending), content: Content::Bytes(Arc::from(bytes)) });
    }
}
