//! Customers by id, key or name, looked for in the background.

use std::sync::Arc;

use super::super::{Lane, News, Workbench};
use super::fuzzy::Fuzzy;
use crate::engine::customer::customers::{CUSTOMER_ID, PREVIOUS_CUSTOMER_ID};
use crate::engine::customer::index::{Query, SearchIndex};
use crate::engine::customer::naming::Naming;
use crate::engine::customer::profile;
use crate::engine::pipeline::Run;
use crate::engine::table::Table;
use crate::task::Task;

/// So many letters must be typed.
const LEAST: usize = 2;
/// So many customers are listed, the best named of so many that were found.
const LISTED: usize = 12;
const LOOKED_AT: usize = 2_000;
/// Letters of an id that are shown.
const SHOWN_ID: usize = 8;

/// A customer that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerHit {
    /// Its CustomerId.
    pub id: String,
    pub name: String,
    /// Its id in short, and by which key it was found.
    pub detail: String,
}

/// What was found for a text; for the text before while `pending`.
#[derive(Default)]
pub struct Hits {
    asked: String,
    pub hits: Vec<CustomerHit>,
    pub pending: bool,
}

/// What was found for a text; `None` where the search was overtaken.
pub struct PaletteNews {
    text: String,
    hits: Option<Vec<CustomerHit>>,
}

impl Hits {
    /// Says whether it was what is waited for.
    pub fn take(&mut self, news: PaletteNews) -> bool {
        if news.text != self.asked {
            return false;
        }
        self.pending = false;
        if let Some(hits) = news.hits {
            self.hits = hits;
        }
        true
    }
}

impl Workbench {
    pub(super) fn look_for_customers(&mut self, hits: &mut Hits, text: String) {
        if hits.asked == text {
            return;
        }
        hits.asked = text;
        let published = self.published.as_ref();
        let table = published.and_then(|published| published.customers.clone());
        let run = published.and_then(|published| published.run.clone());
        let Some(table) = table.filter(|_| hits.asked.chars().count() >= LEAST) else {
            self.jobs.stop(Lane::Palette);
            *hits = Hits { asked: std::mem::take(&mut hits.asked), ..Hits::default() };
            return;
        };
        let searched = self.customer_page_fields(&table).search;
        let index = self.customer_index(&table);
        let (naming, text) = (Naming::of(&self.project), hits.asked.clone());
        hits.pending = true;
        self.jobs.start(Lane::Palette, move |task| {
            let hits = find(&index, searched, run.as_deref(), &naming, &text, task);
            News::Palette(Box::new(PaletteNews { text, hits }))
        });
    }
}

fn find(
    index: &SearchIndex,
    searched: Vec<String>,
    run: Option<&Run>,
    naming: &Naming,
    text: &str,
    task: &Task,
) -> Option<Vec<CustomerHit>> {
    let table = &index.table;
    let mut rows: Vec<(usize, Option<String>)> = Vec::new();
    rows.extend(by_id(table, text));
    let owners = run.map(|run| profile::owners(run, text)).unwrap_or_default();
    let owners = owners.into_iter().filter(|(_, row)| (*row as usize) < table.rows);
    rows.extend(owners.map(|(name, row)| (row as usize, Some(tr!("{text} in {name}", text, name)))));
    let query = Query { search: text.to_owned(), searched, ..Query::default() };
    let answer = index.answer(&query, task).ok()?;
    let fuzzy = Fuzzy::new(text);
    let found = (0..answer.rows.len().min(LOOKED_AT)).filter_map(|place| answer.rows.row(place));
    let mut found: Vec<(i64, usize)> =
        found.map(|row| (-fuzzy.find(&naming.name(table, row).0, "").map_or(0, |found| found.score), row)).collect();
    found.sort_unstable();
    rows.extend(found.into_iter().map(|(_, row)| (row, None)));
    let mut hits: Vec<CustomerHit> = Vec::new();
    for (row, key) in rows {
        let hit = hit(table, naming, row, key);
        if hits.len() < LISTED && !hits.iter().any(|other| other.id == hit.id) {
            hits.push(hit);
        }
    }
    task.check().ok().map(|()| hits)
}

/// The customer whose id begins so, now or in an earlier run.
fn by_id(table: &Arc<Table>, text: &str) -> Option<(usize, Option<String>)> {
    if text.len() < SHOWN_ID || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let text = text.to_ascii_lowercase();
    let ids = table.column(CUSTOMER_ID)?;
    if let Some(row) = (0..table.rows).find(|&row| ids.text(row).starts_with(&text)) {
        return Some((row, None));
    }
    let former = table.column(PREVIOUS_CUSTOMER_ID)?;
    let had = |row: &usize| !former.is_blank(*row) && former.text(*row).split(';').any(|id| id.starts_with(&text));
    (0..table.rows).find(had).map(|row| (row, Some(tr!("a former id").to_owned())))
}

fn hit(table: &Table, naming: &Naming, row: usize, key: Option<String>) -> CustomerHit {
    let id = table.column(CUSTOMER_ID).map(|ids| ids.text(row).into_owned()).unwrap_or_default();
    let short: String = id.chars().take(SHOWN_ID).collect();
    let by = key.map(|key| format!(", {key}")).unwrap_or_default();
    CustomerHit { name: naming.name(table, row).0, detail: tr!("Customer {short}{by}", short, by), id }
}
