//! Charts on the screen: the layout of [`crate::engine::chart`] painted, with the numbers on hover, and what can be
//! done with a chart in a menu.

pub mod picture;

use eframe::egui::{
    self, Align2, EventFilter, Id, Key, Rect, Response, Sense, Shape, Stroke, TextStyle, Ui, pos2, vec2,
};

use super::form;
use super::help::Helped as _;
use crate::engine::chart::Chart;
use crate::engine::chart::layout::{self, Anchor, Layout, Part};
use crate::help::Figure;
use crate::ui::theme::{icon, palette};

/// What the menu of a chart was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartAction {
    CopyPicture,
    SavePng,
    SaveSvg,
    SaveCsv,
    CopyData,
}

impl ChartAction {
    const ALL: [Self; 5] = [Self::CopyPicture, Self::SavePng, Self::SaveSvg, Self::SaveCsv, Self::CopyData];

    fn is_picture(self) -> bool {
        matches!(self, Self::CopyPicture | Self::SavePng)
    }

    fn label(self) -> &'static str {
        match self {
            Self::CopyPicture => tr!("Copy as picture"),
            Self::SavePng => tr!("Save as PNG…"),
            Self::SaveSvg => tr!("Save as SVG…"),
            Self::SaveCsv => tr!("Save data as CSV…"),
            Self::CopyData => tr!("Copy data"),
        }
    }
}

/// A chart that stands without its menu's button for a moment, since a picture of it is taken.
#[derive(Clone, Copy)]
struct Posing {
    action: ChartAction,
    /// How many more frames.
    frames: u32,
}

/// It comes into sight first; the picture is then of this frame or the next, as the window system has it.
const POSING: u32 = 5;
const TAKEN: u32 = 3;

fn pose(ui: &Ui, title: &str, posing: Posing) {
    ui.data_mut(|data| data.insert_temp(Id::unique(("posing", title)), posing));
    ui.request_repaint();
}

/// Whether the chart poses in this frame.
fn posing(ui: &Ui, title: &str) -> Option<Posing> {
    let id = Id::unique(("posing", title));
    let posing: Posing = ui.data(|data| data.get_temp(id))?;
    if posing.frames > 1 {
        pose(ui, title, Posing { frames: posing.frames - 1, ..posing });
    } else {
        ui.data_mut(|data| data.remove::<Posing>(id));
    }
    Some(posing)
}

/// What came of a chart this frame.
#[derive(Default)]
pub struct ChartOutcome {
    pub action: Option<ChartAction>,
    /// The place that was clicked, or chosen by Enter.
    pub clicked: Option<usize>,
    /// Where the chart is seen, its title included, in points.
    pub area: Option<Rect>,
}

/// Draws a chart as wide as there is room, under its title and the button of its menu. The arrows go from place to
/// place; what is there is said.
pub fn chart_ui(ui: &mut Ui, chart: &Chart, help: Figure) -> ChartOutcome {
    let mut outcome = ChartOutcome::default();
    let start = ui.cursor().min;
    let posing = posing(ui, &chart.title);
    ui.horizontal(|ui| {
        form::subtitle_ui(ui, &chart.title).help(help.topic());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if posing.is_some() {
                ui.set_opacity(0.0);
            }
            let menu = ui.menu_button(icon::MORE, |ui| outcome.action = menu_ui(ui));
            let name = tr!("More of {title}", title = chart.title);
            menu.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
            menu.response.on_hover_text(tr!("Copy or save this chart"));
        });
    });
    let size = vec2(ui.available_width(), layout::height(chart));
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK | Sense::FOCUSABLE);
    let font = TextStyle::Small.resolve(ui.style());
    let colors = palette(ui);
    let width_of = |text: &str| ui.painter().layout_no_wrap(text.to_owned(), font.clone(), colors.text).size().x;
    let layout = layout::layout(chart, [rect.width(), rect.height()], &width_of);
    let pointed = response.hover_pos().and_then(|at| place_at(&layout, at - rect.min));
    let focused = focus(ui, &response, chart.places.len());
    if let Some(area) = pointed.or(focused).and_then(|place| layout.areas.get(place)) {
        ui.painter().rect_filled(moved(area, rect), 2.0, colors.hover);
    }
    paint(ui, &layout, rect);
    if response.has_focus() {
        ui.painter().rect_stroke(rect.expand(2.0), 2.0, (1.0, colors.accent), egui::StrokeKind::Outside);
    }
    let at = focused.and_then(|place| chart.places.get(place));
    let sentence = at.map_or_else(|| chart.sentence(), |place| place.words.clone());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &sentence));
    // Enter is a click without a pointer.
    outcome.clicked = response.clicked().then(|| pointed.or(focused)).flatten();
    response.context_menu(|ui| outcome.action = outcome.action.or(menu_ui(ui)));
    let words = pointed.or(focused).and_then(|place| chart.places.get(place)).map(|place| &place.words);
    match words {
        Some(words) if pointed.is_some() => drop(response.on_hover_text_at_pointer(words)),
        Some(words) => response.show_tooltip_text(words),
        None => {}
    }
    outcome.action = match outcome.action {
        Some(action) if action.is_picture() => {
            pose(ui, &chart.title, Posing { action, frames: POSING });
            None
        }
        None => posing.filter(|posing| posing.frames == TAKEN).map(|posing| posing.action),
        action => action,
    };
    let area = Rect::from_min_max(start, rect.max).expand(6.0);
    if posing.is_some_and(|posing| posing.frames > TAKEN) {
        ui.scroll_to_rect_animation(area, None, egui::style::ScrollAnimation::none());
    }
    // What hangs out of the page is not painted: other things are there.
    outcome.area = Some(area.intersect(ui.clip_rect()));
    outcome
}

fn menu_ui(ui: &mut Ui) -> Option<ChartAction> {
    let mut chosen = None;
    for action in ChartAction::ALL {
        if ui.button(action.label()).clicked() {
            chosen = Some(action);
            ui.close();
        }
    }
    chosen
}

fn place_at(layout: &Layout, at: egui::Vec2) -> Option<usize> {
    layout
        .areas
        .iter()
        .position(|&[x, y, width, height]| (x..x + width).contains(&at.x) && (y..y + height).contains(&at.y))
}

/// The place that the arrows are at, while the chart has the focus.
fn focus(ui: &Ui, response: &Response, places: usize) -> Option<usize> {
    if !response.has_focus() || places == 0 {
        return None;
    }
    let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let id = response.id.with("place");
    let now = ui.data(|data| data.get_temp::<usize>(id));
    let pressed = |keys: &[Key]| ui.input(|input| keys.iter().any(|&key| input.key_pressed(key)));
    let next = match now {
        _ if pressed(&[Key::Home]) => Some(0),
        _ if pressed(&[Key::End]) => Some(places - 1),
        None if pressed(&[Key::ArrowRight, Key::ArrowDown]) => Some(0),
        None if pressed(&[Key::ArrowLeft, Key::ArrowUp]) => Some(places - 1),
        Some(at) if pressed(&[Key::ArrowRight, Key::ArrowDown]) => Some((at + 1).min(places - 1)),
        Some(at) if pressed(&[Key::ArrowLeft, Key::ArrowUp]) => Some(at.saturating_sub(1)),
        now => now.map(|at| at.min(places - 1)),
    };
    if let Some(next) = next {
        ui.data_mut(|data| data.insert_temp(id, next));
    }
    next
}

fn moved(&[x, y, width, height]: &[f32; 4], rect: Rect) -> Rect {
    Rect::from_min_size(rect.min + vec2(x, y), vec2(width, height))
}

fn paint(ui: &Ui, layout: &Layout, rect: Rect) {
    let (painter, palette) = (ui.painter(), palette(ui));
    let font = TextStyle::Small.resolve(ui.style());
    for part in &layout.parts {
        match part {
            Part::Box(area, paint) => {
                painter.rect_filled(moved(area, rect), 1.5, paint.of(palette));
            }
            Part::Line { points, paint, width, dashes } => {
                let points: Vec<_> = points.iter().map(|&[x, y]| pos2(x, y) + rect.min.to_vec2()).collect();
                let stroke = Stroke::new(*width, paint.of(palette));
                if *dashes > 0.0 {
                    painter.extend(Shape::dashed_line(&points, stroke, *dashes, 3.0));
                } else {
                    painter.line(points, stroke);
                }
            }
            Part::Text { at: [x, y], anchor, words, paint } => {
                let align = match anchor {
                    Anchor::Start => Align2::LEFT_CENTER,
                    Anchor::Middle => Align2::CENTER_CENTER,
                    Anchor::End => Align2::RIGHT_CENTER,
                };
                painter.text(rect.min + vec2(*x, *y), align, words, font.clone(), paint.of(palette));
            }
        }
    }
}
