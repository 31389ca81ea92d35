//! The steps rail: every page with its state, the problems it has, and what it counts.

use eframe::egui::{self, EventFilter, Id, Key, Modifiers, Response, RichText, Sense, Ui};

use crate::engine::ledger;
use crate::project::validate::Severity;
use crate::ui::context::PageCx;
use crate::ui::focus::{self, Part};
use crate::ui::theme::{self, GAP_LARGE, GAP_SMALL, icon, palette};
use crate::ui::widgets::{help, layout, text};
use crate::workbench::{Command, Page};

/// What a page's mark says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StepState {
    Done,
    NeedsAttention(usize),
    Warned(usize),
    Stale,
    Running,
    Empty,
}

/// What the rail knows from frame to frame.
#[derive(Clone, Copy, Default)]
struct Held {
    /// The row of the current page, the only one that Tab stops at.
    stop: Option<Id>,
    /// The page that was brought into view.
    followed: Option<Page>,
}

/// One stop of Tab: the arrows go from page to page, Enter goes into the page.
pub fn rail_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let id = Id::unique("rail");
    focus::part_ui(ui, Part::Rail, ui.clip_rect());
    let mut held: Held = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let has_focus = held.stop.take().is_some_and(|stop| ui.memory(|memory| memory.has_focus(stop)));
    if has_focus {
        keys_ui(ui, cx);
    }
    ui.add_space(GAP_SMALL);
    for page in Page::ALL {
        let title = match page {
            Page::Sources => Some(tr!("Data")),
            Page::CustomerData => Some(tr!("Unify")),
            Page::Customers => Some(tr!("Results")),
            Page::Statistics => Some(tr!("Trust")),
            _ => None,
        };
        if let Some(title) = title {
            ui.add_space(GAP_LARGE);
            ui.label(RichText::new(title).small().color(palette(ui).text_weak));
        }
        let response = step_ui(ui, cx, page);
        if cx.workbench.page != page {
            continue;
        }
        if has_focus {
            response.request_focus();
        }
        let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
        if held.followed.replace(page) != Some(page) {
            response.scroll_to_me(None);
        }
        held.stop = Some(response.id);
    }
    ui.data_mut(|data| data.insert_temp(id, held));
}

/// The keys while the rail has the focus.
fn keys_ui(ui: &Ui, cx: &mut PageCx<'_>) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let now = Page::ALL.iter().position(|page| *page == cx.workbench.page).unwrap_or(0);
    let last = Page::ALL.len() - 1;
    let moves = [
        (Key::ArrowDown, (now + 1).min(last)),
        (Key::ArrowUp, now.saturating_sub(1)),
        (Key::Home, 0),
        (Key::End, last),
    ];
    for (_, to) in moves.into_iter().filter(|(key, to)| pressed(*key) && *to != now) {
        cx.send(Command::Go(Page::ALL[to]));
    }
    if pressed(Key::Enter) {
        focus::want(ui.ctx(), Part::Page);
    }
}

fn step_ui(ui: &mut Ui, cx: &mut PageCx<'_>, page: Page) -> Response {
    let palette = palette(ui);
    let state = state(cx, page);
    let (icon, color, words) = match state {
        StepState::Done => (icon::DONE, palette.good, tr!("done").to_owned()),
        StepState::NeedsAttention(count) => (icon::ERROR, palette.error, tr!("needs attention: {count}", count)),
        StepState::Warned(count) => (icon::WARNING, palette.warning, tr!("warnings: {count}", count)),
        StepState::Stale => (icon::STALE, palette.warning, tr!("stale: run again").to_owned()),
        StepState::Running => (icon::RUNNING, palette.accent, tr!("running").to_owned()),
        StepState::Empty => (icon::EMPTY, palette.text_weak, tr!("nothing yet").to_owned()),
    };
    let job = layout::colored_line(ui, [(0.0, icon, color), (8.0, page.title(), palette.text)]);
    let right = count(cx, page).map(text::count).unwrap_or_default();
    let selected = cx.workbench.page == page;
    let right = RichText::new(right).color(palette.text_weak);
    let size = egui::vec2(ui.available_width(), theme::ROW_HEIGHT);
    let button = egui::Button::selectable(selected, job).right_text(right).min_size(size).truncate();
    let response = ui.add(button.sense(if selected { Sense::click() } else { Sense::CLICK }));
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, selected, page.title()));
    if !selected && cx.workbench.guide_step().is_some_and(|step| step.words().page == page) {
        help::frame(&response);
    }
    let shortcut = cx.workbench.keymap.shown(Command::Go(page)).map(|shown| format!(" ({shown})")).unwrap_or_default();
    let response = response.on_hover_text(format!("{}\n{}{shortcut}: {words}", page.purpose(), page.title()));
    if response.clicked() {
        cx.send(Command::Go(page));
    }
    response
}

fn state(cx: &PageCx<'_>, page: Page) -> StepState {
    let of_page = cx.workbench.problems.iter().filter(|problem| page.has(&problem.place));
    let (errors, warnings): (Vec<_>, Vec<_>) = of_page.partition(|problem| problem.severity == Severity::Error);
    let project = &cx.workbench.project;
    let empty = match page {
        Page::Sources => project.source_tables.is_empty(),
        Page::CustomerData | Page::Deduplication | Page::Matching | Page::UnifiedView | Page::Review => {
            project.unification.is_empty()
        }
        Page::Activities => project.activities.is_empty(),
        Page::Segments => project.segments.is_empty(),
        Page::Export => project.exports.is_empty(),
        Page::Customers => cx.workbench.published.is_none(),
        Page::Runs => cx.workbench.runs.is_empty(),
        Page::Statistics | Page::Explain | Page::UncertainPairs => {
            cx.workbench.live.run.as_ref().is_none_or(|run| run.customers.is_none())
        }
        Page::LeftOut => cx.workbench.live.run.is_none() || cx.workbench.project.source_tables.is_empty(),
    };
    let computed = matches!(page, Page::Customers);
    let is_stale = match page {
        Page::Customers => cx.workbench.customers_are_stale(),
        // Their results in the files of the last run.
        Page::Segments | Page::Export => cx.workbench.is_stale(),
        _ => false,
    };
    let nothing_to_mend = errors.is_empty() || empty;
    if !nothing_to_mend {
        StepState::NeedsAttention(errors.len())
    } else if computed && cx.workbench.is_running() {
        StepState::Running
    } else if empty {
        StepState::Empty
    } else if is_stale {
        StepState::Stale
    } else if !warnings.is_empty() {
        StepState::Warned(warnings.len())
    } else {
        StepState::Done
    }
}

fn count(cx: &PageCx<'_>, page: Page) -> Option<u64> {
    let project = &cx.workbench.project;
    let count = match page {
        Page::Sources => project.source_tables.len() as u64,
        Page::CustomerData => project.unification.len() as u64,
        Page::Deduplication => project.unification.iter().map(|table| table.deduplication_rules.len() as u64).sum(),
        Page::Matching => project.unification.iter().map(|table| table.match_rules.len() as u64).sum(),
        Page::UnifiedView | Page::Review | Page::Statistics | Page::Explain | Page::UncertainPairs => return None,
        Page::Customers => cx.workbench.published.as_ref()?.report.customers,
        Page::Activities => project.activities.len() as u64,
        Page::Segments => project.segments.len() as u64,
        Page::Export => project.exports.len() as u64,
        Page::Runs => cx.workbench.runs.len() as u64,
        Page::LeftOut => ledger::count_amiss(cx.workbench.live.run.as_ref()?),
    };
    (count > 0).then_some(count)
}
