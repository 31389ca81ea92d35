//! The way on: a button in the head of every step's page that goes to the next one.

use eframe::egui::{self, Align, Layout, Rect, Ui};

use crate::ui::context::PageCx;
use crate::ui::widgets::form;
use crate::workbench::{Command, Page};

/// The width that the head of a page leaves for the button, in points.
pub const WIDTH: f32 = 190.0;

/// The page that a button leads to; `None` after the last step.
fn next_step(page: Page) -> Option<Page> {
    page.next().filter(|next| *next <= Page::Export)
}

/// Draws the button at the right end of `head`. Called after the page, so that Tab leads to it last.
pub fn next_ui(ui: &mut Ui, cx: &mut PageCx<'_>, page: Page, head: Rect) {
    let Some(next) = next_step(page) else { return };
    let layout = Layout::right_to_left(Align::Center);
    let mut right = ui.new_child(egui::UiBuilder::new().max_rect(head).layout(layout));
    let words = tr!("Next: {title}", title = next.title());
    // A step whose outcome the next one needs holds it back; one that was passed long ago does not.
    let own = match page {
        Page::Sources => cx.workbench.project.source_tables.is_empty(),
        Page::CustomerData => cx.workbench.project.unification.is_empty(),
        _ => false,
    };
    let first = cx.workbench.first_step().filter(|_| own);
    let button = match first {
        Some(first) => form::button_or_reason(&mut right, &words, Err(first.sentence.to_owned())),
        None if page < Page::Review => form::primary_button(&mut right, &words),
        None => right.button(&words),
    };
    if button.on_hover_text(cx.workbench.keymap.hint(Command::NextPage)).clicked() {
        cx.send(Command::Go(next));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_lead_from_the_sources_to_the_export() {
        let steps: Vec<Page> = std::iter::successors(Some(Page::Sources), |page| next_step(*page)).collect();
        assert_eq!((steps.len(), steps.last()), (10, Some(&Page::Export)));
        assert_eq!(next_step(Page::Statistics), None);
    }
}
