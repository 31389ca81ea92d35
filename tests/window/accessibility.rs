//! What a screen reader is told: every page of the sample as a tree of roles and names, and that nothing that can be
//! used is without a name.

use eframe::egui::Theme;
use eframe::egui::accesskit::Role;
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use std::fmt::Write as _;
use tributary::workbench::Page;

use super::images::coffee;

/// One line a node that says something, below the one that holds it.
fn tree(node: &Node<'_>, depth: usize, text: &mut String) {
    let data = node.accesskit_node();
    let (label, value) = (data.label().unwrap_or_default(), data.value().unwrap_or_default());
    // A text run repeats what its label says.
    let says = (!label.is_empty() || !value.is_empty()) && data.role() != Role::TextRun;
    if says {
        let value = if value.is_empty() || value == label { String::new() } else { format!(" = {value}") };
        writeln!(text, "{:indent$}{:?} {label}{value}", "", data.role(), indent = 2 * depth).unwrap();
    }
    node.children().for_each(|child| tree(&child, depth + usize::from(says), text));
}

#[test]
fn every_page_is_a_tree_of_roles_and_names() {
    let mut window = coffee(1280.0, 800.0, Theme::Light);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/trees");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        for page in Page::ALL {
            window.go(page);
            let mut text = String::new();
            tree(&window.harness.root(), 0, &mut text);
            insta::assert_snapshot!(page.command_name(), text);
        }
    });
}

#[test]
fn nothing_that_can_be_used_is_without_a_name() {
    let mut window = coffee(1280.0, 800.0, Theme::Light);
    let used = [
        Role::Button,
        Role::CheckBox,
        Role::RadioButton,
        Role::ComboBox,
        Role::TextInput,
        Role::Slider,
        Role::Link,
        Role::ColumnHeader,
        Role::Grid,
        Role::Image,
    ];
    for page in Page::ALL {
        window.go(page);
        for role in used {
            for node in window.harness.query_all_by_role(role) {
                let data = node.accesskit_node();
                let named = data.label().is_some_and(|label| !label.trim().is_empty());
                assert!(named, "a {role:?} of {} has no name; it holds {:?}", page.title(), data.value());
            }
        }
    }
}
