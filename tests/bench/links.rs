//! How fast rules compare: `cargo bench --bench links -- PROJECT` prints, for every deduplication rule of the first
//! unified table, comparisons, seconds of linking on one thread and on two, and the pairs of rows found; then the
//! pairs that any rule finds.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a bench")]

use std::collections::HashSet;
use std::path::Path;
use std::time::Instant;

use tributary::engine::identity::coding::Side;
use tributary::engine::identity::linking::{self, LinkRule, Linked, RuleLinks};
use tributary::engine::pipeline::{self, Columns, Request};
use tributary::engine::stage::{Stage, StageCache};
use tributary::project::file;
use tributary::task::Task;

fn main() {
    let Some(path) = std::env::args().skip(1).find(|argument| !argument.starts_with("--")) else {
        println!("cargo bench --bench links -- PROJECT");
        return;
    };
    let path = Path::new(&path);
    let project = file::load(path).expect("a project");
    let base = file::base_folder(path);
    let request =
        Request { project: &project, base: &base, until: Stage::Load, columns: Columns::Used, as_of: String::new() };
    let run = pipeline::run(&request, &StageCache::default(), &Task::default()).expect("tables load");
    let unified = &project.unification[0];
    let table = &run.source(&unified.source_table).expect("a loaded table").table;
    let mut all: HashSet<u64> = HashSet::new();
    for rule in &unified.deduplication_rules {
        let side = Side { id: &unified.source_table, table };
        let rule_of = LinkRule {
            conditions: &rule.conditions,
            exceptions: &rule.exceptions,
            lower: side,
            upper: None,
            project: &project,
        };
        let timed = |threads| {
            let start = Instant::now();
            let links = linking::link(&rule_of, &Task::default().with_threads(threads)).expect("not cancelled");
            (start.elapsed().as_secs_f64(), links)
        };
        let ((one, links), (two, _)) = (timed(1), timed(2));
        let found = pairs(&links);
        let rate = |seconds: f64| links.comparisons as f64 / seconds / 1e6;
        println!(
            "{}: {} comparisons, {one:.3} s on one thread ({:.1} M/s), {two:.3} s on two ({:.1} M/s), {} pairs",
            rule.name,
            links.comparisons,
            rate(one),
            rate(two),
            found.len()
        );
        all.extend(found);
    }
    println!("{} pairs by any rule", all.len());
}

/// Every pair of rows, as one number.
fn pairs(links: &RuleLinks) -> Vec<u64> {
    let mut rows: Vec<Vec<u32>> = vec![Vec::new(); links.limit];
    for (row, &class) in links.lower.iter().enumerate().filter(|&(_, &class)| class != 0) {
        rows[class as usize].push(row as u32);
    }
    let pair = |a: u32, b: u32| u64::from(a.min(b)) << 32 | u64::from(a.max(b));
    let mut found = Vec::new();
    let mut within = |rows: &[u32]| {
        for (i, &a) in rows.iter().enumerate() {
            found.extend(rows[i + 1..].iter().map(|&b| pair(a, b)));
        }
    };
    match &links.linked {
        Linked::Same => rows.iter().for_each(|rows| within(rows)),
        Linked::Listed { links, within: holds } => {
            (0..rows.len()).filter(|&class| holds.get(class) == Some(&true)).for_each(|class| within(&rows[class]));
            for link in links {
                for &a in &rows[link.lower as usize] {
                    found.extend(rows[link.upper as usize].iter().map(|&b| pair(a, b)));
                }
            }
        }
    }
    found
}
