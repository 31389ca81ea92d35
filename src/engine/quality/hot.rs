//! Hot values: values that so many records share that a rule on them would fuse strangers. The warning is always on.

use std::borrow::Cow;

use hashbrown::HashMap;

use crate::engine::column::Column;
use crate::engine::identity::linking::{self, LinkRule, Linked, NO_CLASS, RuleLinks};
use crate::engine::identity::matching::MatchTable;
use crate::engine::pipeline::{Run, UnifiedTables};
use crate::project::{Condition, Exception};
use crate::task::{Cancelled, Task};

/// A value that more records than this share is hot.
pub const COMMON: u64 = 20;
/// So many values are listed for a rule.
const LISTED: usize = 200;

/// A rule that hot values would make fuse many records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HotRule {
    /// The source table's id.
    pub table: String,
    pub rule: String,
    pub name: String,
    pub is_match_rule: bool,
    /// The fields that the rule compares in this table.
    pub fields: Vec<String>,
    /// All hot values, and the records that share one.
    pub value_count: u64,
    pub records: u64,
    /// Of most records first.
    pub values: Vec<HotValue>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HotValue {
    /// By field as in a row that has it.
    pub values: Vec<String>,
    /// Different primary keys; in a match rule, of those that a record of the higher table shares.
    pub records: u64,
}

/// The hot values of every active rule that joins by equal values alone, by table and rule. A rule that also
/// compares by degrees, or has exceptions, does not fuse a whole block: its blocks are in its estimate.
pub fn hot_values(run: &Run, task: &Task) -> Result<Vec<HotRule>, Cancelled> {
    let unified = UnifiedTables::of(run);
    let tables = unified.match_tables();
    let mut hot = Vec::new();
    for (table, settings) in tables.iter().zip(&run.project.unification) {
        for rule in settings.deduplication_rules.iter().filter(|rule| rule.active) {
            let found = of_rule(run, table, None, &rule.conditions, &rule.exceptions, task)?;
            hot.extend(found.map(|found| HotRule { rule: rule.id.clone(), name: rule.name.clone(), ..found }));
        }
        for rule in settings.match_rules.iter().filter(|rule| rule.active) {
            let Some(upper) = tables.iter().find(|upper| upper.id == rule.to_table) else { continue };
            let found = of_rule(run, table, Some(upper), &rule.conditions, &rule.exceptions, task)?;
            hot.extend(found.map(|found| HotRule { rule: rule.id.clone(), name: rule.name.clone(), ..found }));
        }
    }
    Ok(hot)
}

fn of_rule(
    run: &Run,
    lower: &MatchTable<'_>,
    upper: Option<&MatchTable<'_>>,
    conditions: &[Condition],
    exceptions: &[Exception],
    task: &Task,
) -> Result<Option<HotRule>, Cancelled> {
    let upper_side = upper.map(MatchTable::side);
    let rule = LinkRule { conditions, exceptions, lower: lower.side(), upper: upper_side, project: &run.project };
    if !rule.is_plain() {
        return Ok(None);
    }
    let links = linking::link(&rule, task)?;
    let counts = keys_by_class(&links, lower.primary_key);
    let is_shared = shared(&links, upper.is_some());
    let mut hot: Vec<(u64, u32)> =
        counts.into_iter().filter(|&(class, _)| is_shared[class as usize]).map(|(class, keys)| (keys, class)).collect();
    if hot.is_empty() {
        return Ok(None);
    }
    hot.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let (value_count, records) = (hot.len() as u64, hot.iter().map(|(keys, _)| keys).sum());
    hot.truncate(LISTED);
    let mut rows: HashMap<u32, usize> = HashMap::new();
    let wanted: HashMap<u32, ()> = hot.iter().map(|&(_, class)| (class, ())).collect();
    for (row, &class) in links.lower.iter().enumerate() {
        if wanted.contains_key(&class) {
            rows.entry(class).or_insert(row);
        }
    }
    let fields: Vec<String> = conditions.iter().map(|condition| condition.field.clone()).collect();
    let text = |row: usize| {
        let column = |field: &String| lower.table.column(field).map_or(Cow::Borrowed(""), |column| column.text(row));
        fields.iter().map(|field| column(field).into_owned()).collect::<Vec<String>>()
    };
    let values = hot.into_iter().map(|(records, class)| {
        let values = rows.get(&class).map(|&row| text(row)).unwrap_or_default();
        HotValue { values, records }
    });
    Ok(Some(HotRule {
        table: lower.id.to_owned(),
        rule: String::new(),
        name: String::new(),
        is_match_rule: upper.is_some(),
        value_count,
        records,
        values: values.collect(),
        fields,
    }))
}

/// Which classes link rows: in a match rule those that the higher table holds too.
fn shared(links: &RuleLinks, is_match_rule: bool) -> Vec<bool> {
    debug_assert!(matches!(links.linked, Linked::Same));
    let mut shared = vec![!is_match_rule; links.limit];
    for &class in &links.upper {
        shared[class as usize] = true;
    }
    shared
}

/// The different primary keys of every class that has more than [`COMMON`] of them, by class.
fn keys_by_class(links: &RuleLinks, primary_key: &Column) -> Vec<(u32, u64)> {
    let mut rows = vec![0_u32; links.limit];
    links.lower.iter().for_each(|&class| rows[class as usize] += 1);
    let is_large = |class: u32| class != NO_CLASS && u64::from(rows[class as usize]) > COMMON;
    let text = primary_key.to_text();
    let classes = links.lower.iter().copied().zip(text.codes.iter().copied());
    let mut keys: Vec<(u32, u32)> = classes.filter(|&(class, key)| is_large(class) && key != 0).collect();
    keys.sort_unstable();
    keys.dedup();
    let by_class = keys.chunk_by(|a, b| a.0 == b.0).map(|keys| (keys[0].0, keys.len() as u64));
    by_class.filter(|&(_, keys)| keys > COMMON).collect()
}
