//! A small window, as at 1.5 times on a small screen: nothing that can be used is cut off or lies on something else.

use eframe::egui::accesskit::Role as Access;
use eframe::egui::{Rect, Theme};
use egui_kittest::Node;
use egui_kittest::kittest::NodeT as _;
use tributary::workbench::Page;

use super::harness::Window;
use super::images::coffee;

/// The pages with settings and a preview, and Review.
const PAGES: [Page; 9] = [
    Page::Sources,
    Page::CustomerData,
    Page::Deduplication,
    Page::Matching,
    Page::UnifiedView,
    Page::Review,
    Page::Activities,
    Page::Segments,
    Page::Export,
];

/// Things that a press does something with; what holds others is no such thing.
const PRESSED: [Access; 9] = [
    Access::Button,
    Access::CheckBox,
    Access::RadioButton,
    Access::ComboBox,
    Access::TextInput,
    Access::Link,
    Access::ListBoxOption,
    Access::Slider,
    Access::SpinButton,
];

fn label(node: &Node<'_>) -> String {
    format!("{:?} {}", node.accesskit_node().role(), node.accesskit_node().label().unwrap_or_default())
}

fn is_pressed(node: &Node<'_>) -> bool {
    PRESSED.contains(&node.accesskit_node().role())
}

/// Scrolls to each thing that can be pressed, and says which are then not whole inside the window.
fn cut_off(window: &mut Window, size: [f32; 2]) -> Vec<String> {
    let labels: Vec<String> = {
        let nodes = window.harness.root().children_recursive().filter(is_pressed);
        // A grid scrolls by a bar of its own.
        nodes.map(|node| label(&node)).filter(|label| !label.starts_with("Button Menu of ")).collect()
    };
    let inside = Rect::from_min_size(eframe::egui::Pos2::ZERO, size.into()).expand(0.5);
    let mut cut = Vec::new();
    for (place, called) in labels.iter().enumerate() {
        // Labels may repeat on a page; the first of them stands for all.
        if labels[..place].contains(called) {
            continue;
        }
        let nth = |window: &Window| {
            let mut nodes = window.harness.root().children_recursive().filter(is_pressed);
            nodes.find(|node| label(node) == *called).map(|node| node.rect())
        };
        let Some(rect) = nth(window) else { continue };
        if inside.contains_rect(rect) {
            continue;
        }
        let scrolled =
            window.harness.root().children_recursive().find(|node| is_pressed(node) && label(node) == *called);
        if let Some(node) = scrolled {
            node.scroll_to_me();
        }
        (0..4).for_each(|_| window.harness.step());
        if let Some(rect) = nth(window).filter(|rect| !inside.contains_rect(*rect)) {
            cut.push(format!("{called} at {rect:?}"));
        }
    }
    cut
}

/// What of a row of a list is in sight of its list; of everything else, all.
fn in_sight(node: &Node<'_>) -> Rect {
    let mut seen = node.rect();
    let mut above = node.accesskit_node().parent();
    while let Some(node) = above {
        if let Some(list) = node.raw_bounds().filter(|_| node.role() == Access::ListBox) {
            seen =
                seen.intersect(Rect::from_x_y_ranges(list.x0 as f32..=list.x1 as f32, list.y0 as f32..=list.y1 as f32));
        }
        above = node.parent();
    }
    seen
}

/// Things of the page that can be pressed and lie on one another. What its scroll area shows in part is no such thing.
fn overlapping(window: &Window, size: [f32; 2]) -> Vec<String> {
    let page = Rect::from_x_y_ranges(212.0..=size[0], 100.0..=size[1] - 34.0);
    let nodes = window.harness.root().children_recursive().filter(is_pressed);
    let all: Vec<(String, Rect)> =
        nodes.map(|node| (label(&node), in_sight(&node))).filter(|(_, rect)| page.contains_rect(*rect)).collect();
    let mut found = Vec::new();
    for (place, (a, a_rect)) in all.iter().enumerate() {
        for (b, b_rect) in &all[place + 1..] {
            let shared = a_rect.intersect(*b_rect);
            let is_inside = a_rect.contains_rect(*b_rect) || b_rect.contains_rect(*a_rect);
            if shared.width() > 2.0 && shared.height() > 2.0 && !is_inside {
                found.push(format!("{a} {a_rect:?} and {b} {b_rect:?}"));
            }
        }
    }
    found
}

#[test]
fn at_small_sizes_everything_is_reached_and_nothing_overlaps() {
    let mut wrong = Vec::new();
    for size in [[853.0, 533.0], [733.0, 533.0], [1100.0, 700.0], [1280.0, 800.0]] {
        let mut window = coffee(size[0], size[1], Theme::Light);
        for page in PAGES {
            window.go(page);
            wrong.extend(overlapping(&window, size).into_iter().map(|what| format!("{page:?} {size:?}: {what}")));
            let cut = cut_off(&mut window, size);
            wrong.extend(cut.into_iter().map(|what| format!("{page:?} {size:?} cut: {what}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn where_there_is_no_room_tabs_lead_to_the_preview() {
    let mut window = coffee(853.0, 533.0, Theme::Light);
    window.go(Page::Segments);
    assert!(window.shows("Add segment") && !window.shows("Members"));
    window.click("Preview");
    assert!(window.shows("Members") && !window.shows("Add segment"));
    window.go(Page::Export);
    assert!(window.shows("Add export"), "each page begins with its settings");
}
