//! Help on the screen: what an option or figure means, on hover, to a screen reader, and for what has the focus.

use eframe::egui::{self, Context, Id, Label, Rect, Response, RichText, Stroke, StrokeKind, Ui};

use crate::help::Topic;
use crate::ui::theme::{self, GAP_TINY, TextRole as _, palette};

/// Width of a help text.
const WIDTH: f32 = 380.0;

/// What was drawn with help: of the last frame, and of this one as far as it is drawn.
#[derive(Clone, Default)]
struct Seen {
    now: Shown,
    last: Shown,
    /// What is to be framed, and the name of the control where several have the topic.
    marked: Option<&'static Topic>,
    /// Whether what is framed was scrolled into view since it was asked for.
    is_in_view: bool,
}

#[derive(Clone, Default)]
struct Shown {
    topics: Vec<&'static Topic>,
    /// What has the focus, or lies under the pointer where nothing has.
    focused: Option<(&'static Topic, Rect)>,
    pointed: Option<(&'static Topic, Rect)>,
    /// Whether the framed topic was there.
    has_mark: bool,
}

fn seen<R>(ctx: &Context, with: impl FnOnce(&mut Seen) -> R) -> R {
    ctx.data_mut(|data| with(data.get_temp_mut_or_default(Id::unique("topics on the screen"))))
}

/// Begins a frame.
pub fn begin(ctx: &Context) {
    seen(ctx, |seen| seen.last = std::mem::take(&mut seen.now));
}

/// The topics that the last frame showed, in the order drawn, each once.
pub fn topics(ctx: &Context) -> Vec<&'static Topic> {
    let mut topics = seen(ctx, |seen| seen.last.topics.clone());
    let mut once = Vec::with_capacity(topics.len());
    topics.retain(|topic| {
        let is_new = !once.contains(topic);
        once.push(*topic);
        is_new
    });
    topics
}

/// The topic of what has the focus, else of what lies under the pointer, and where that is, in points.
pub fn asked(ctx: &Context) -> Option<(&'static Topic, Rect)> {
    seen(ctx, |seen| seen.last.focused.or(seen.last.pointed))
}

/// Frames the control of a topic; none any more with `None`. It is scrolled into view once.
pub fn mark(ctx: &Context, topic: Option<&'static Topic>) {
    seen(ctx, |seen| {
        if seen.marked != topic {
            (seen.marked, seen.is_in_view) = (topic, false);
        }
    });
}

/// Gives a control or a number its help.
pub trait Helped {
    fn help(self, topic: &'static Topic) -> Response;

    /// The same with a sentence on what can be done here.
    fn help_and(self, topic: &'static Topic, more: &str) -> Response;
}

impl Helped for Response {
    fn help(self, topic: &'static Topic) -> Response {
        self.help_and(topic, "")
    }

    fn help_and(self, topic: &'static Topic, more: &str) -> Response {
        describe(&self, topic);
        self.on_hover_ui(|ui| {
            topic_ui(ui, topic);
            if !more.is_empty() {
                ui.add_space(GAP_TINY);
                ui.add(Label::new(more).wrap());
            }
        })
    }
}

/// Says what it means to a screen reader and to whoever asks for it, where something else is shown on hover.
pub fn describe(response: &Response, topic: &'static Topic) {
    response.ctx.accesskit_node_builder(response.id, |node| node.set_description(topic.text()));
    note(response, topic);
}

/// Remembers that the topic is on the screen, and frames it where it is the one pointed at.
fn note(response: &Response, topic: &'static Topic) {
    let (is_focused, is_pointed) = (response.has_focus(), response.hovered());
    let (is_marked, is_new) = seen(&response.ctx, |seen| {
        seen.now.topics.push(topic);
        let at = Some((topic, response.rect));
        if is_focused {
            seen.now.focused = at;
        }
        if is_pointed {
            seen.now.pointed = at;
        }
        // Of several with one topic the first is framed.
        let is_marked = seen.marked == Some(topic) && !seen.now.has_mark;
        let is_new = is_marked && !seen.is_in_view;
        seen.now.has_mark |= is_marked;
        seen.is_in_view |= is_marked;
        (is_marked, is_new)
    });
    if is_new {
        response.scroll_to_me(None);
    }
    if is_marked && response.interact_rect.is_positive() {
        frame(response);
    }
}

/// Frames the one button of an empty page, where what is to be framed is not there yet.
pub fn frame_where_lost(response: &Response) {
    if seen(&response.ctx, |seen| seen.marked.is_some() && !seen.last.has_mark) {
        frame(response);
    }
}

/// The frame around what the guide points at.
pub fn frame(response: &Response) {
    let accent = theme::palette_of(&response.ctx).accent;
    let painter = response.ctx.layer_painter(response.layer_id);
    painter.rect_stroke(response.rect.expand(3.0), theme::RADIUS, Stroke::new(2.0, accent), StrokeKind::Outside);
}

/// A topic in full: its name, its meaning, and its formula.
pub fn topic_ui(ui: &mut Ui, topic: &Topic) {
    ui.set_max_width(WIDTH);
    ui.label(RichText::new(crate::text::of(topic.title)).bold());
    ui.add(Label::new(crate::text::of(topic.meaning)).wrap());
    if let Some(formula) = topic.formula.map(crate::text::of) {
        ui.add_space(GAP_TINY);
        let words = format!("{} = {formula}", crate::text::of(topic.title));
        ui.add(Label::new(RichText::new(words).color(palette(ui).text_weak)).wrap());
    }
}

/// The help of what has the focus, beside it; without any, how to get there. Says whether to go on: Escape ends it.
pub fn asked_ui(ctx: &Context) -> bool {
    let asked = asked(ctx);
    let nowhere = Rect::from_min_size(ctx.content_rect().center_bottom() - egui::vec2(0.0, 90.0), egui::Vec2::ZERO);
    let anchor = asked.map_or(nowhere, |(_, rect)| rect);
    let (layer, id) = (egui::LayerId::background(), Id::unique("what is this"));
    egui::Tooltip::always_open(ctx.clone(), layer, id, anchor).gap(6.0).show(|ui| match asked {
        Some((topic, _)) => topic_ui(ui, topic),
        None => {
            ui.set_max_width(WIDTH);
            let words = tr!("Move to an option or a figure with Tab: what it means is said here. Escape ends this.");
            ui.add(Label::new(words).wrap());
        }
    });
    !ctx.input(|input| input.key_pressed(egui::Key::Escape))
}
