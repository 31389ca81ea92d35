//! A list of lines that is one stop of the Tab key: the arrows go through it, Enter opens the line.

use eframe::egui::{EventFilter, Id, Key, Modifiers, Response, ScrollArea, Sense, Stroke, StrokeKind, Ui};

use crate::ui::theme::{ROW_HEIGHT, palette};

/// What happened in a list this frame.
#[derive(Default)]
pub struct Chosen {
    /// The line clicked.
    pub clicked: Option<usize>,
    /// The line on which Enter was pressed.
    pub entered: Option<usize>,
}

/// Draws `count` lines; `is_line` says which of them can be selected, the others are headings.
pub fn lines_ui(
    ui: &mut Ui,
    (name, takes_focus): (&str, bool),
    count: usize,
    selected: &mut usize,
    is_line: impl Fn(usize) -> bool,
    mut line_ui: impl FnMut(&mut Ui, usize, bool) -> Response,
) -> Chosen {
    let id = Id::unique(("panel list", name));
    let response = ui.interact(ui.available_rect_before_wrap(), id, Sense::focusable_noninteractive());
    let label = name.to_owned();
    response.widget_info(|| eframe::egui::WidgetInfo::labeled(eframe::egui::Role::ListBox, true, &label));
    if takes_focus {
        response.request_focus();
    }
    if !is_line(*selected) {
        *selected = (0..count).find(|&line| is_line(line)).unwrap_or(0);
    }
    let mut chosen = Chosen::default();
    let mut moved = takes_focus;
    if response.has_focus() && is_line(*selected) {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let before = *selected;
        keys_ui(ui, selected, count, &is_line);
        moved |= *selected != before;
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
            chosen.entered = Some(*selected);
        }
    }
    ui.spacing_mut().item_spacing.y = 1.0;
    let mut area = ScrollArea::vertical().id_salt(name).auto_shrink(false);
    if moved {
        // In the middle, with what is around it.
        let step = ROW_HEIGHT + 1.0;
        area = area.vertical_scroll_offset((*selected as f32 * step - ui.available_height() / 2.0).max(0.0));
    }
    area.show_rows(ui, ROW_HEIGHT, count, |ui, rows| {
        for line in rows {
            let drawn = line_ui(ui, line, line == *selected && is_line(line));
            if is_line(line) && drawn.clicked() {
                *selected = line;
                chosen.clicked = Some(line);
                ui.memory_mut(|memory| memory.request_focus(id));
            }
        }
    });
    if response.has_focus() {
        let (stroke, outside) = (Stroke::new(1.0, palette(ui).accent), StrokeKind::Outside);
        ui.painter().rect_stroke(response.rect.expand(2.0), 2.0, stroke, outside);
    }
    chosen
}

fn keys_ui(ui: &Ui, selected: &mut usize, count: usize, is_line: &impl Fn(usize) -> bool) {
    let page = ((ui.available_height() / ROW_HEIGHT) as usize).max(1);
    let pressed = |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
    for (key, steps) in [(Key::ArrowDown, 1), (Key::PageDown, page), (Key::End, count)] {
        for _ in 0..pressed(key) * steps {
            *selected = (*selected + 1..count).find(|&line| is_line(line)).unwrap_or(*selected);
        }
    }
    for (key, steps) in [(Key::ArrowUp, 1), (Key::PageUp, page), (Key::Home, count)] {
        for _ in 0..pressed(key) * steps {
            *selected = (0..*selected).rev().find(|&line| is_line(line)).unwrap_or(*selected);
        }
    }
}
