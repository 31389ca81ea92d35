//! How fast rules compare: `cargo bench --bench links -- PROJECT [COLUMN]` prints, for every deduplication rule of
//! the first unified table, comparisons, seconds of linking on one thread and on two, seconds of its preview, and the
//! pairs of rows found; then the pairs that any rule finds, and how many are right where COLUMN says who is who.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "a bench fails by panicking, and prints")]

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::time::Instant;

use tributary::engine::identity::coding::Side;
use tributary::engine::identity::linking::{self, LinkRule, Linked, RuleLinks};
use tributary::engine::identity::preview::{self, PreviewOf};
use tributary::engine::pipeline::{self, Columns, Request};
use tributary::engine::stage::{Stage, StageCache};
use tributary::project::file;
use tributary::task::Task;

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let Some(path) = arguments.next() else {
        println!("cargo bench --bench links -- PROJECT [COLUMN]");
        return;
    };
    let truth = arguments.next();
    let path = Path::new(&path);
    let project = file::load(path).expect("a project");
    let base = file::base_folder(path);
    let request = Request {
        project: &project,
        base: &base,
        until: Stage::Load,
        columns: Columns::All,
        as_of: String::new(),
        ids: Default::default(),
    };
    let run = pipeline::run(&request, &StageCache::default(), &Task::default()).expect("tables load");
    let unified = &project.unification[0];
    let table = &run.source(&unified.source_table).expect("a loaded table").table;
    let key = project.source_table(&unified.source_table).and_then(|table| table.primary_key.as_deref());
    let key = key.expect("a primary key");
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
        let key = table.column(key).expect("a primary key");
        let start = Instant::now();
        let of = PreviewOf { rule: rule_of, lower_key: key, upper_key: None, matched: None };
        preview::preview(&of, &Task::default()).expect("not cancelled");
        let tried = start.elapsed().as_secs_f64();
        let rate = |seconds: f64| links.comparisons as f64 / seconds / 1e6;
        println!(
            "{}: {} comparisons, {one:.3} s on one thread ({:.1} M/s), {two:.3} s on two ({:.1} M/s), {} pairs; \
             preview {tried:.3} s",
            rule.name,
            links.comparisons,
            rate(one),
            rate(two),
            found.len()
        );
        all.extend(found);
    }
    println!("{} pairs by any rule", all.len());
    if let Some(column) = truth {
        let who = table.column(&column).expect("a column that says who is who").to_text();
        let right = all.iter().filter(|&&pair| who.codes[(pair >> 32) as usize] == who.codes[pair as u32 as usize]);
        let right = right.count() as f64;
        let mut sizes: HashMap<u32, f64> = HashMap::new();
        who.codes.iter().for_each(|&code| *sizes.entry(code).or_default() += 1.0);
        let true_pairs: f64 = sizes.into_values().map(|size| size * (size - 1.0) / 2.0).sum();
        let (precision, recall) = (right / all.len() as f64, right / true_pairs);
        let f1 = 2.0 * precision * recall / (precision + recall);
        println!("precision {precision:.4}, recall {recall:.4}, F1 {f1:.4} of {true_pairs} true pairs");
    }
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
