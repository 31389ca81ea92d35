//! Tables made from the live run for the screen, such as a part of the ledger: small ones at once, large ones in the
//! background while the previous one stays.

use std::sync::Arc;

use super::{Lane, News, Workbench};
use crate::engine::table::Table;

/// Runs over so many rows make their tables at once.
const AT_ONCE: u64 = 20_000;

type Make = Box<dyn FnOnce() -> Table + Send>;

/// Tables by name, each with the generation of the live run that it was made from.
#[derive(Default)]
pub struct Made {
    tables: Vec<(String, u64, Arc<Table>)>,
    /// What waits to be made, one after the other.
    waiting: Vec<(String, u64, Make)>,
    /// What is being made.
    making: Option<(String, u64)>,
}

pub(super) struct MadeOutcome {
    name: String,
    generation: u64,
    table: Table,
}

impl Workbench {
    /// The table of this name, made once for each live run: the present one, the previous one while it is being
    /// made, or nothing while the first one is.
    pub fn made(&mut self, name: &str, make: impl FnOnce() -> Table + Send + 'static) -> Option<Arc<Table>> {
        let generation = self.live.generation;
        let stands = self.made.tables.iter().find(|(other, _, _)| other == name);
        if let Some((_, made, table)) = stands
            && *made == generation
        {
            return Some(Arc::clone(table));
        }
        let rows: u64 = self.live.run.iter().flat_map(|run| &run.sources).map(|source| source.rows_read).sum();
        if rows <= AT_ONCE {
            return Some(self.keep(MadeOutcome { name: name.to_owned(), generation, table: make() }));
        }
        let previous = stands.map(|(_, _, table)| Arc::clone(table));
        let asked = |of: &(String, u64)| of.0 == name && of.1 == generation;
        let waits = self.made.waiting.iter().any(|(other, of, _)| other == name && *of == generation);
        if !waits && !self.made.making.as_ref().is_some_and(asked) {
            self.made.waiting.retain(|(other, _, _)| other != name);
            self.made.waiting.push((name.to_owned(), generation, Box::new(make)));
            self.make_next();
        }
        previous
    }

    /// Whether a table is still being made.
    pub fn is_making(&self, name: &str) -> bool {
        let is = |other: &str| other == name;
        self.made.making.iter().any(|(other, _)| is(other)) || self.made.waiting.iter().any(|(other, _, _)| is(other))
    }

    fn make_next(&mut self) {
        if self.made.making.is_some() || self.made.waiting.is_empty() {
            return;
        }
        let (name, generation, make) = self.made.waiting.remove(0);
        self.made.making = Some((name.clone(), generation));
        self.jobs.start(Lane::Made, move |_| News::Made(Box::new(MadeOutcome { name, generation, table: make() })));
    }

    pub(super) fn take_made(&mut self, outcome: MadeOutcome) {
        self.made.making = None;
        self.keep(outcome);
        self.make_next();
    }

    fn keep(&mut self, outcome: MadeOutcome) -> Arc<Table> {
        let table = Arc::new(outcome.table);
        self.made.tables.retain(|(other, _, _)| *other != outcome.name);
        self.made.tables.push((outcome.name, outcome.generation, Arc::clone(&table)));
        table
    }
}
