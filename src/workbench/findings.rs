//! Things a page works out from a run: profiles, key checks, lists. Each is made once for the value it is made from;
//! small ones at once, large ones in the background while the previous answer stays on the screen.

use std::any::Any;
use std::sync::{Arc, Weak};

use super::{Lane, News, Workbench};
use crate::engine::ingest::{ColumnProfile, profile};
use crate::engine::table::Table;
use crate::task::Task;

/// What is made from so many rows or fewer is made at once.
const AT_ONCE: usize = 200_000;
/// So many answers are kept; the oldest leave first.
const KEPT: usize = 64;

type Shared = Arc<dyn Any + Send + Sync>;

/// One answer, by a name of the place that asks.
struct Finding {
    name: String,
    /// What the answer was made from: the very value, not an equal one. Not kept alive, but its place is.
    source: Weak<dyn Any + Send + Sync>,
    value: Shared,
}

/// The answers so far.
#[derive(Default)]
pub struct Findings(Vec<Finding>);

pub(super) struct Found {
    name: String,
    source: Shared,
    value: Shared,
}

/// An answer on the screen.
pub struct Answer<T> {
    /// Of an earlier source where `pending`; `None` while the first one is made.
    pub value: Option<Arc<T>>,
    pub pending: bool,
}

fn is_same(a: &Weak<dyn Any + Send + Sync>, b: &Shared) -> bool {
    std::ptr::eq(a.as_ptr().cast::<()>(), Arc::as_ptr(b).cast::<()>())
}

impl Findings {
    fn get(&self, name: &str) -> Option<&Finding> {
        self.0.iter().find(|finding| finding.name == name)
    }

    pub(super) fn take(&mut self, found: Found) {
        let Found { name, source, value } = found;
        self.0.retain(|finding| finding.name != name);
        if self.0.len() == KEPT {
            self.0.remove(0);
        }
        self.0.push(Finding { name, source: Arc::downgrade(&source), value });
    }
}

impl Workbench {
    /// Makes the answer of this name be made again when it is asked for next: what it is made by has changed.
    pub fn forget(&mut self, name: &str) {
        self.findings.0.retain(|finding| finding.name != name);
    }

    /// What `make` makes of `source`, which has so many rows; cheap when that was asked before under this name.
    pub fn find<S, T>(
        &mut self,
        name: &str,
        source: &Arc<S>,
        rows: usize,
        make: impl FnOnce(&S) -> T + Send + 'static,
    ) -> Answer<T>
    where
        S: Send + Sync + 'static,
        T: Send + Sync + 'static,
    {
        if rows > AT_ONCE {
            return self.find_in_background(name, source, |source, _| make(source));
        }
        let known = self.known(name, source);
        if !known.pending {
            return known;
        }
        let value = Arc::new(make(source));
        let found = Found { name: name.to_owned(), source: Arc::<S>::clone(source), value: Arc::<T>::clone(&value) };
        self.findings.take(found);
        Answer { value: Some(value), pending: false }
    }

    /// The same, always in the background: for what takes long however few rows there are.
    pub fn find_in_background<S, T>(
        &mut self,
        name: &str,
        source: &Arc<S>,
        make: impl FnOnce(&S, &Task) -> T + Send + 'static,
    ) -> Answer<T>
    where
        S: Send + Sync + 'static,
        T: Send + Sync + 'static,
    {
        let known = self.known(name, source);
        // One at a time: whoever still waits asks again in the next frame.
        if known.pending && !self.jobs.is_running(Lane::Find) {
            let (name, source) = (name.to_owned(), Arc::clone(source));
            self.jobs.start(Lane::Find, move |task| {
                let value: Shared = Arc::new(make(&source, task));
                News::Found(Box::new(Found { name, source, value }))
            });
        }
        known
    }

    /// What a column of a table holds; `None` where there is no such column.
    pub fn column_profile(&mut self, table: &Arc<Table>, column: &str) -> Answer<Option<ColumnProfile>> {
        // Every place that shows a table asks by the same name, and is given the same profile.
        let name = format!("profile {:p} {column}", Arc::as_ptr(table));
        let column = column.to_owned();
        self.find(&name, table, table.rows, move |table| table.column(&column).map(|data| profile(&column, data)))
    }

    /// The last answer of this name, pending where it is of another source.
    fn known<S, T>(&self, name: &str, source: &Arc<S>) -> Answer<T>
    where
        S: Send + Sync + 'static,
        T: Send + Sync + 'static,
    {
        let shared: Shared = Arc::<S>::clone(source);
        let previous = self.findings.get(name);
        let value = previous.and_then(|finding| Arc::clone(&finding.value).downcast::<T>().ok());
        let is_of_source = previous.is_some_and(|finding| is_same(&finding.source, &shared));
        Answer { pending: value.is_none() || !is_of_source, value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbench::dialogs::NoDialogs;
    use std::path::PathBuf;

    #[test]
    fn an_answer_is_made_once_for_one_source() {
        let mut workbench = Workbench::new(PathBuf::from("no such folder"), Box::new(NoDialogs), Arc::new(|| {}));
        let (first, second) = (Arc::new(3_u64), Arc::new(3_u64));
        assert_eq!(workbench.find("double", &first, 1, |value| value * 2).value.as_deref(), Some(&6));
        let again = workbench.find("double", &first, 1, |_| 0_u64);
        assert_eq!(again.value.as_deref(), Some(&6), "not made again");
        let other = workbench.find("double", &second, 1, |value| value * 5);
        assert_eq!(other.value.as_deref(), Some(&15), "another value, though equal");
    }

    #[test]
    fn a_large_one_comes_from_the_background() {
        let mut workbench = Workbench::new(PathBuf::from("no such folder"), Box::new(NoDialogs), Arc::new(|| {}));
        let source = Arc::new(7_u64);
        assert!(workbench.find("large", &source, AT_ONCE + 1, |value| value + 1).pending);
        while !workbench.is_idle() {
            workbench.poll();
            std::thread::yield_now();
        }
        let answer = workbench.find("large", &source, AT_ONCE + 1, |_| 0_u64);
        assert_eq!((answer.value.as_deref(), answer.pending), (Some(&8), false));
    }
}
