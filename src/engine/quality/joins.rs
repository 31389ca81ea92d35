//! What one deduplication rule alone joins: the rows behind its count.

use crate::engine::column::Column;
use crate::engine::identity::linking::{self, LinkRule, Linked, NO_CLASS, RuleLinks};
use crate::engine::identity::union_find::UnionFind;
use crate::engine::pipeline::{Run, UnifiedTables};
use crate::engine::table::Table;
use crate::task::{Cancelled, Task};

const NO_ROW: u32 = u32::MAX;

/// One row a join, so many as [`DeduplicationReport::duplicates`](crate::engine::report::DeduplicationReport) says: Row
/// (in the file), Key, JoinedRow and JoinedKey of the earlier row that it is joined to, and Score. Empty where there
/// is no such rule, or it is off.
pub fn joins(run: &Run, table: &str, rule: &str, task: &Task) -> Result<Table, Cancelled> {
    let settings = run.project.unification_table(table);
    let rule = settings.and_then(|settings| settings.deduplication_rules.iter().find(|other| other.id == rule));
    let unified = UnifiedTables::of(run);
    let tables = unified.match_tables();
    let of = tables.iter().find(|other| other.id == table);
    let (Some(rule), Some(of)) = (rule.filter(|rule| rule.active), of) else { return Ok(Table::default()) };
    let links = LinkRule {
        conditions: &rule.conditions,
        exceptions: &rule.exceptions,
        lower: of.side(),
        upper: None,
        project: &run.project,
    };
    let links = linking::link(&links, task)?;
    task.check()?;
    let joined = joined(&links, |row| !of.primary_key.is_blank(row));
    let (rows, others): (Vec<u32>, Vec<u32>) = joined.iter().map(|&(row, other, _)| (row, other)).unzip();
    let numbers = |rows: &[u32]| rows.iter().map(|&row| i64::from(of.table.row_number(row as usize))).collect();
    Ok(Table::new([
        ("Row", Column::Integer(numbers(&rows))),
        ("Key", of.primary_key.gather(&rows)),
        ("JoinedRow", Column::Integer(numbers(&others))),
        ("JoinedKey", of.primary_key.gather(&others)),
        ("Score", Column::Number(joined.iter().map(|&(_, _, score)| score).collect())),
    ]))
}

/// Rows that are not the first of theirs, each with an earlier row and the score of their link; by row.
fn joined(links: &RuleLinks, has_key: impl Fn(usize) -> bool) -> Vec<(u32, u32, f64)> {
    let (listed, mut hang_together) = match &links.linked {
        Linked::Same => (&[][..], vec![true; links.limit]),
        Linked::Listed { links, within } => (links.as_slice(), within.clone()),
    };
    // The rows of a class hang together by being linked to each other, or all to another class.
    for link in listed {
        hang_together[link.lower as usize] = true;
        hang_together[link.upper as usize] = true;
    }
    let mut first = vec![NO_ROW; hang_together.len()];
    let mut joined = Vec::new();
    for (row, &class) in links.lower.iter().enumerate().filter(|&(row, &class)| class != NO_CLASS && has_key(row)) {
        let first = &mut first[class as usize];
        if *first == NO_ROW {
            *first = row as u32;
        } else if hang_together[class as usize] {
            joined.push((row as u32, *first, 1.0));
        }
    }
    let mut strongest: Vec<_> = listed.iter().collect();
    strongest.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.lower, a.upper).cmp(&(b.lower, b.upper))));
    let mut sets = UnionFind::new(hang_together.len());
    for link in strongest {
        let (a, b) = (first[link.lower as usize], first[link.upper as usize]);
        if a != NO_ROW && b != NO_ROW && sets.union(link.lower, link.upper) {
            joined.push((a.max(b), a.min(b), link.score));
        }
    }
    joined.sort_by_key(|&(row, other, _)| (row, other));
    joined
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::engine::quality::testing;

    #[test]
    fn a_rule_joins_so_many_rows_as_the_report_counts() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/febrl/febrl1_fuzzy.tributary");
        let run = testing::of_file(&path);
        assert!(!run.report.deduplication_rules.is_empty());
        for of in &run.report.deduplication_rules {
            let table = joins(&run, "people", &of.rule, &Task::default()).unwrap();
            assert_eq!(table.rows as u64, of.duplicates, "{}", of.name);
        }
        let none = joins(&run, "people", "no such rule", &Task::default()).unwrap();
        assert_eq!(none.rows, 0);
    }
}
