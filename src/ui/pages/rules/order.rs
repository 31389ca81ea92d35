//! The order of a list: dragged by a handle, or moved by Alt+Up and Alt+Down, or from the menu of the item.

use eframe::egui::{self, CursorIcon, DragAndDrop, Key, Modifiers, Response, Sense, Stroke, Ui, vec2};

use crate::ui::theme::{icon, palette};
use crate::ui::widgets::more::Item;

/// What is dragged: a place in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Dragged {
    list: String,
    from: usize,
}

/// An item of a list that has an order.
#[derive(Clone, Copy)]
pub struct Slot<'a> {
    /// Tells this list from others on the page.
    pub list: &'a str,
    pub place: usize,
    pub count: usize,
}

/// A move within a list: the item at `from` comes to stand at `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    pub from: usize,
    pub to: usize,
}

impl Move {
    pub fn apply<T>(self, items: &mut Vec<T>) {
        if self.from < items.len() && self.to < items.len() {
            let item = items.remove(self.from);
            items.insert(self.to, item);
        }
    }
}

impl Slot<'_> {
    pub fn up(self) -> Option<Move> {
        Some(Move { from: self.place, to: self.place.checked_sub(1)? })
    }

    pub fn down(self) -> Option<Move> {
        (self.place + 1 < self.count).then_some(Move { from: self.place, to: self.place + 1 })
    }
}

/// The two moves as entries of the menu of an item, which is called so.
pub fn menu_items<T>(slot: Slot<'_>, called: &str, of: fn(Move) -> T) -> Vec<Item<T>> {
    let up = icon::before(icon::UP, tr!("Move up"));
    let down = icon::before(icon::DOWN, tr!("Move down"));
    vec![
        Item::new(up, tr!("Move {called} up", called), slot.up().map(of)),
        Item::new(down, tr!("Move {called} down", called), slot.down().map(of)),
    ]
}

/// The handle to drag an item by; moves it by keys too.
pub fn handle_ui(ui: &mut Ui, slot: Slot<'_>, name: &str, how: &str) -> Option<Move> {
    let (rect, response) = ui.allocate_exact_size(vec2(14.0, 22.0), Sense::click_and_drag());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
    let palette = palette(ui);
    let color = if response.has_focus() || response.hovered() { palette.accent } else { palette.text_weak };
    for (x, y) in [(0, 0), (1, 0), (0, 1), (1, 1), (0, 2), (1, 2)] {
        let at = rect.center() + vec2(5.0 * x as f32 - 2.5, 5.0 * y as f32 - 5.0);
        ui.painter().circle_filled(at, 1.3, color);
    }
    if response.has_focus() {
        let stroke = Stroke::new(1.0, palette.accent);
        ui.painter().rect_stroke(rect, 3.0, stroke, egui::StrokeKind::Outside);
    }
    response.dnd_set_drag_payload(Dragged { list: slot.list.to_owned(), from: slot.place });
    let moved = moved_by_key(ui, &response, slot);
    response.on_hover_cursor(CursorIcon::Grab).on_hover_text(how);
    moved
}

/// What Alt+Up or Alt+Down asks of the item whose part has the focus.
pub fn moved_by_key(ui: &Ui, focused: &Response, slot: Slot<'_>) -> Option<Move> {
    if !focused.has_focus() {
        return None;
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::ALT, key));
    if pressed(Key::ArrowUp) {
        return slot.up();
    }
    if pressed(Key::ArrowDown) { slot.down() } else { None }
}

/// Whether this very item is being dragged.
pub fn is_dragged(ui: &Ui, slot: Slot<'_>) -> bool {
    let dragged = DragAndDrop::payload::<Dragged>(ui.ctx());
    dragged.is_some_and(|dragged| dragged.list == slot.list && dragged.from == slot.place)
}

/// After an item was drawn: where the dragged one would go, and the move once it is let go there.
pub fn drop_ui(ui: &Ui, item: &Response, slot: Slot<'_>) -> Option<Move> {
    let dragged = DragAndDrop::payload::<Dragged>(ui.ctx()).filter(|dragged| dragged.list == slot.list)?;
    let pointer = ui.input(|input| input.pointer.latest_pos()).filter(|at| item.rect.contains(*at))?;
    let below = pointer.y > item.rect.center().y;
    let gap = slot.place + usize::from(below);
    let to = if dragged.from < gap { gap - 1 } else { gap };
    if to == dragged.from {
        return None;
    }
    let y = if below { item.rect.bottom() + 2.0 } else { item.rect.top() - 2.0 };
    ui.painter().hline(item.rect.x_range(), y, Stroke::new(2.0, palette(ui).accent));
    let dropped = ui.input(|input| input.pointer.any_released());
    dropped.then_some(Move { from: dragged.from, to })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_move_takes_an_item_to_its_new_place() {
        let mut items = vec!['a', 'b', 'c', 'd'];
        Move { from: 0, to: 2 }.apply(&mut items);
        assert_eq!(items, ['b', 'c', 'a', 'd']);
        Move { from: 3, to: 0 }.apply(&mut items);
        assert_eq!(items, ['d', 'b', 'c', 'a']);
        Move { from: 9, to: 0 }.apply(&mut items);
        assert_eq!(items.len(), 4, "what is not there is not moved");
        let first = Slot { list: "rules", place: 0, count: 1 };
        assert_eq!((first.up(), first.down()), (None, None));
    }
}
