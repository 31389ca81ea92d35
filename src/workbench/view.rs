//! Tables on the screen: which rows, in which order. Small tables at once, large ones in the background while the
//! previous order stays.

use std::sync::Arc;

use super::{Lane, News, Workbench};
use crate::engine::table::Table;
use crate::engine::view::{RowOrder, ViewSpec};

/// Orders of tables up to so many rows are made at once.
const AT_ONCE: usize = 20_000;

/// One table on the screen, by a name of the place that shows it.
pub struct View {
    pub table: Arc<Table>,
    /// What was asked for.
    pub spec: ViewSpec,
    /// The rows shown; of the previous table or order while a new one is made.
    pub order: Arc<RowOrder>,
    pub pending: bool,
}

/// The tables on the screen.
#[derive(Default)]
pub struct Views(Vec<(String, View)>);

pub(super) struct ViewOutcome {
    name: String,
    spec: ViewSpec,
    table: Arc<Table>,
    order: RowOrder,
}

impl Views {
    pub fn get(&self, name: &str) -> Option<&View> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, view)| view)
    }

    fn get_mut(&mut self, name: &str) -> Option<&mut View> {
        self.0.iter_mut().find(|(other, _)| other == name).map(|(_, view)| view)
    }

    pub(super) fn take(&mut self, outcome: ViewOutcome) {
        if let Some(view) = self.get_mut(&outcome.name)
            && view.spec == outcome.spec
            && Arc::ptr_eq(&view.table, &outcome.table)
        {
            view.order = Arc::new(outcome.order);
            view.pending = false;
        }
    }
}

impl Workbench {
    /// Asks for a table to be shown under a name with a sort, search and filter; cheap when nothing changed.
    pub fn show_table(&mut self, name: &str, table: &Arc<Table>, spec: &ViewSpec) {
        if let Some(view) = self.views.get(name)
            && Arc::ptr_eq(&view.table, table)
            && view.spec == *spec
            && (!view.pending || self.jobs.is_running(Lane::View))
        {
            // What is pending and was overtaken by another view is asked for again when the lane is free.
            return;
        }
        let at_once = table.rows <= AT_ONCE || spec.is_plain();
        let order = if at_once { RowOrder::of(table, spec, &crate::task::Task::default()).ok() } else { None };
        let previous =
            self.views.get(name).filter(|view| Arc::ptr_eq(&view.table, table)).map(|view| Arc::clone(&view.order));
        let order = order.map(Arc::new).or(previous).unwrap_or_else(|| Arc::new(RowOrder::all(table.rows)));
        let view = View { table: Arc::clone(table), spec: spec.clone(), order, pending: !at_once };
        match self.views.get_mut(name) {
            Some(old) => *old = view,
            None => self.views.0.push((name.to_owned(), view)),
        }
        if !at_once {
            let (name, table, spec) = (name.to_owned(), Arc::clone(table), spec.clone());
            self.jobs.start(Lane::View, move |task| {
                let order = RowOrder::of(&table, &spec, task).unwrap_or_else(|_| RowOrder::all(table.rows));
                News::View(Box::new(ViewOutcome { name, spec, table, order }))
            });
        }
    }
}
