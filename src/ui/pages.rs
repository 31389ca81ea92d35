//! The pages, one file each: settings left, a live preview right.

mod activities;
mod column_list;
mod customer_data;
mod customers;
mod decision;
mod deduplication;
mod deletion;
mod explain;
mod export;
mod known_chart;
mod left_out;
mod lists;
mod live;
mod matching;
pub(super) mod next;
pub(super) mod parts;
mod review;
mod rule_preview;
mod rules;
pub(super) mod runs;
mod segments;
pub mod sources;
pub(super) mod statistics;
mod things;
mod uncertain_pairs;
pub mod unified_view;

use eframe::egui::Ui;

use super::context::PageCx;
use crate::workbench::Page;

/// Draws a page.
pub fn page_ui(page: Page, ui: &mut Ui, cx: &mut PageCx<'_>) {
    match page {
        Page::Sources => sources::page_ui(ui, cx),
        Page::CustomerData => customer_data::page_ui(ui, cx),
        Page::Deduplication => deduplication::page_ui(ui, cx),
        Page::Matching => matching::page_ui(ui, cx),
        Page::UnifiedView => unified_view::page_ui(ui, cx),
        Page::Review => review::page_ui(ui, cx),
        Page::Customers => customers::page_ui(ui, cx),
        Page::Activities => activities::page_ui(ui, cx),
        Page::Segments => segments::page_ui(ui, cx),
        Page::Export => export::page_ui(ui, cx),
        Page::Runs => runs::page_ui(ui, cx),
        Page::Statistics => statistics::page_ui(ui, cx),
        Page::Explain => explain::page_ui(ui, cx),
        Page::UncertainPairs => uncertain_pairs::page_ui(ui, cx),
        Page::LeftOut => left_out::page_ui(ui, cx),
    }
}
