//! The customers as the Customers page asks for them: search, filters, counts and sort. Of a few customers at once, of
//! many in the background while the previous answer stays; of the questions put meanwhile the latest is answered.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::{Lane, News, Workbench};
use crate::engine::column::Column;
use crate::engine::customer::index::{Answer, PageFields, Query, SearchIndex};
use crate::engine::dictionary::BLANK;
use crate::engine::table::Table;
use crate::task::Task;

/// Questions about so many customers or fewer are answered at once.
const AT_ONCE: usize = 20_000;
/// Rows looked at to tell whether a column names customers, and values that are too few to tell.
const LOOKED_AT: usize = 100_000;
const FEW: usize = 12;

/// The index of the customers on the screen, and what was asked of it last.
#[derive(Default)]
pub struct CustomerSearch {
    index: Option<Arc<SearchIndex>>,
    asked: Option<Asked>,
    /// Whether everything a search needs was made.
    is_prepared: bool,
    /// By column whether its values tell customers apart.
    naming: BTreeMap<String, bool>,
}

struct Asked {
    query: Query,
    /// The answer; to the question before while `pending`.
    answer: Arc<Answer>,
    pending: bool,
}

/// An answer on the screen.
pub struct Shown {
    pub answer: Arc<Answer>,
    /// Whether it is the answer to an earlier question.
    pub pending: bool,
}

pub(super) enum CustomerNews {
    /// `None` where the task was told to stop.
    Answered {
        index: Arc<SearchIndex>,
        query: Query,
        answer: Option<Answer>,
    },
    Prepared,
}

impl Workbench {
    /// The columns of the customers by their use on the page, as the draft says.
    pub fn customer_page_fields(&mut self, table: &Arc<Table>) -> PageFields {
        let project = Arc::clone(&self.project);
        let mut fields = self.customer_index(table).page_fields(&project);
        if project.customer_index.filter.is_empty() {
            // Nobody chose them: of ids and keys a list of values is of no use.
            let names = &mut self.customer_search.naming;
            let is_cluster = |name: &String| project.clusters.iter().any(|cluster| cluster.name == *name);
            fields.filter.retain(|name| {
                is_cluster(name) || !*names.entry(name.clone()).or_insert_with(|| is_naming(table, name))
            });
        }
        fields
    }

    /// The answer to a question about these customers; cheap when it was asked before.
    pub fn search_customers(&mut self, table: &Arc<Table>, query: &Query) -> Shown {
        let index = self.customer_index(table);
        let search = &self.customer_search;
        if let Some(asked) = search.asked.as_ref().filter(|asked| asked.query == *query) {
            return Shown { answer: Arc::clone(&asked.answer), pending: asked.pending };
        }
        let at_once = table.rows <= AT_ONCE;
        let answer = if at_once { index.answer(query, &Task::default()).ok().map(Arc::new) } else { None };
        let pending = answer.is_none();
        let previous = || self.customer_search.asked.as_ref().map(|asked| Arc::clone(&asked.answer));
        let answer = answer.or_else(previous).unwrap_or_else(|| Arc::new(Answer::all(table.rows)));
        self.customer_search.asked = Some(Asked { query: query.clone(), answer: Arc::clone(&answer), pending });
        if pending {
            let query = query.clone();
            self.jobs.start(Lane::Customers, move |task| {
                let answer = index.answer(&query, task).ok();
                News::Customers(Box::new(CustomerNews::Answered { index, query, answer }))
            });
        }
        Shown { answer, pending }
    }

    pub(super) fn customer_index(&mut self, table: &Arc<Table>) -> Arc<SearchIndex> {
        match &self.customer_search.index {
            Some(index) if Arc::ptr_eq(&index.table, table) => Arc::clone(index),
            _ => {
                let index = Arc::new(SearchIndex::new(Arc::clone(table)));
                self.jobs.stop(Lane::Customers);
                self.customer_search = CustomerSearch { index: Some(Arc::clone(&index)), ..CustomerSearch::default() };
                index
            }
        }
    }

    pub(super) fn take_customers(&mut self, news: CustomerNews) {
        let CustomerNews::Answered { index, query, answer } = news else {
            self.customer_search.is_prepared = true;
            return;
        };
        let search = &mut self.customer_search;
        let is_of = |current: &Arc<SearchIndex>| Arc::ptr_eq(current, &index);
        if !search.index.as_ref().is_some_and(is_of) {
            return;
        }
        if let Some(asked) = search.asked.as_mut().filter(|asked| asked.query == query) {
            asked.pending = false;
            if let Some(answer) = answer {
                asked.answer = Arc::new(answer);
            }
        }
        if !search.is_prepared {
            // What the first search needs is made before someone types.
            self.jobs.start(Lane::Customers, move |task| {
                let _ = index.prepare(&query.searched, task);
                News::Customers(Box::new(CustomerNews::Prepared))
            });
        }
    }

    /// A question that broke its job stays unanswered, so that it is not put again and again.
    pub(super) fn give_customers_up(&mut self) {
        if let Some(asked) = &mut self.customer_search.asked {
            asked.pending = false;
        }
        self.customer_search.is_prepared = true;
    }
}

/// Whether more than half of the values of a text column are distinct, as in ids and keys; of few values
/// nothing can be told.
fn is_naming(table: &Table, name: &str) -> bool {
    let Some(Column::Text(text)) = table.column(name) else { return false };
    let filled = text.codes.iter().take(LOOKED_AT).filter(|code| **code != BLANK);
    let (mut count, mut distinct) = (0, HashSet::new());
    for code in filled {
        count += 1;
        distinct.insert(*code);
    }
    count >= FEW && distinct.len() * 2 > count
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::engine::column::Column;
    use crate::engine::view::RowOrder;
    use crate::workbench::dialogs::NoDialogs;

    fn table(rows: usize) -> Arc<Table> {
        let names: Vec<String> = (0..rows).map(|row| format!("Name {row}")).collect();
        Arc::new(Table::new([("Name", Column::text_of(names.iter().map(String::as_str)))]))
    }

    fn query(search: &str) -> Query {
        Query { search: search.to_owned(), searched: vec!["Name".to_owned()], ..Query::default() }
    }

    #[test]
    fn few_customers_are_searched_at_once() {
        let mut workbench = Workbench::new(PathBuf::from("no such folder"), Box::new(NoDialogs), Arc::new(|| {}));
        let shown = workbench.search_customers(&table(30), &query("name-7"));
        assert_eq!((&*shown.answer.rows, shown.pending), (&RowOrder::Picked(vec![7, 17, 27]), false));
    }

    #[test]
    fn of_many_the_previous_answer_stays_until_the_latest_question_is_answered() {
        let mut workbench = Workbench::new(PathBuf::from("no such folder"), Box::new(NoDialogs), Arc::new(|| {}));
        let table = table(AT_ONCE + 1);
        let first = workbench.search_customers(&table, &query("19999"));
        assert_eq!((first.answer.rows.len(), first.pending), (AT_ONCE + 1, true));
        workbench.search_customers(&table, &query("200"));
        workbench.search_customers(&table, &query("20000"));
        while !workbench.is_idle() {
            workbench.poll();
            std::thread::yield_now();
        }
        let last = workbench.search_customers(&table, &query("20000"));
        assert_eq!((&*last.answer.rows, last.pending), (&RowOrder::Picked(vec![20_000]), false));
    }
}
