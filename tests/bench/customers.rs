//! The Customers page at a million customers: what a keystroke, a filter and a sort take.
//!
//! `TRIBUTARY_BENCH_ROWS` sets another number of customers.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench fails by panicking and prints what it found")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use tributary::engine::column::{BLANK_DATE, BLANK_INTEGER, Column};
use tributary::engine::customer::index::{FacetRequest, Filter, Query, SearchIndex, Test};
use tributary::engine::table::Table;
use tributary::task::Task;

const SYLLABLES: [&str; 20] = [
    "an", "be", "ca", "dor", "el", "fi", "gra", "ha", "is", "jo", "ka", "li", "ma", "nor", "os", "pe", "ri", "sa",
    "to", "va",
];
const SEARCHED: [&str; 8] = ["FullName", "Email", "Phone", "Address", "City", "Country", "LoyaltyID", "Web_UserID"];

/// A million made-up customers with the columns of a usual project.
fn table(rows: usize) -> Table {
    let mut random = Pcg64Mcg::seed_from_u64(7);
    let word = |random: &mut Pcg64Mcg, syllables: usize| -> String {
        let mut word: String = (0..syllables).map(|_| SYLLABLES[random.random_range(0..SYLLABLES.len())]).collect();
        word[..1].make_ascii_uppercase();
        word
    };
    let towns: Vec<String> = (0..1_500).map(|_| word(&mut random, 3)).collect();
    let streets: Vec<String> = (0..4_000).map(|_| word(&mut random, 3)).collect();
    let countries: Vec<String> = (0..25).map(|_| word(&mut random, 2)).collect();
    let mut texts: Vec<Vec<String>> = vec![Vec::new(); 9];
    let (mut points, mut born, mut joined, mut agreed) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for row in 0..rows {
        let known = random.random_bool(0.7);
        let (first, last) = (word(&mut random, 2), word(&mut random, 3));
        let value = |value: String| if known { value } else { String::new() };
        let of = [
            value(format!("{first} {last}")),
            value(format!("{}.{}{row}@{}.example", first.to_lowercase(), last.to_lowercase(), SYLLABLES[row % 20])),
            value(format!("+351 21 {:03} {:04}", random.random_range(0..1_000), random.random_range(0..10_000))),
            value(format!("{} {} Street", random.random_range(1..300), streets[random.random_range(0..streets.len())])),
            value(towns[random.random_range(0..towns.len())].clone()),
            value(countries[random.random_range(0..countries.len())].clone()),
            value(format!("L{row:08}")),
            format!("visitor-{:016x}", random.random::<u64>()),
            if known { "Known" } else { "Unknown" }.to_owned(),
        ];
        texts.iter_mut().zip(of).for_each(|(column, value)| column.push(value));
        points.push(if known { random.random_range(0..5_000) } else { BLANK_INTEGER });
        born.push(if known { random.random_range(-14_000..13_000) } else { BLANK_DATE });
        joined.push(random.random_range(1_500_000_000..1_690_000_000_i64) * 1_000_000);
        agreed.push(random.random_range(0..3_u8));
    }
    let names = SEARCHED.into_iter().chain(["ProfileState"]);
    let text = texts.iter().map(|values| Column::text_of(values.iter().map(String::as_str)));
    let mut columns: Vec<(&str, Column)> = names.zip(text).collect();
    columns.push(("Points", Column::Integer(points)));
    columns.push(("BirthDate", Column::Date(born)));
    columns.push(("JoinedOn", Column::Datetime(joined)));
    columns.push(("Newsletter", Column::Boolean(agreed)));
    Table::new(columns)
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let value = work();
    let took = start.elapsed();
    println!("{what:<58} {took:>10.1?}");
    (value, took)
}

fn main() {
    let rows = std::env::var("TRIBUTARY_BENCH_ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(1_000_000);
    let table = Arc::new(table(rows));
    let task = Task::default();
    println!("{rows} customers, {} columns, {} threads", table.columns.len(), task.threads());
    let searched = SEARCHED.map(str::to_owned).to_vec();
    let request = |column: &str| FacetRequest { column: column.to_owned(), search: String::new(), limit: 8 };
    let facets: Vec<FacetRequest> =
        ["ProfileState", "City", "Country", "Points", "BirthDate", "JoinedOn", "Newsletter"].map(request).to_vec();
    let index = SearchIndex::new(Arc::clone(&table));
    let plain = Query { searched: searched.clone(), facets: facets.clone(), ..Query::default() };
    timed("open: the first answer, with seven counted columns", || index.answer(&plain, &task).unwrap());
    timed("index: lower-cased copies of eight columns", || index.prepare(&searched, &task).unwrap());
    timed("open again", || index.answer(&plain, &task).unwrap());
    let mut slowest = Duration::ZERO;
    for phrase in
        ["a", "an", "ana", "m", "ma", "mar", "@", "com", "exam", "marinora", "zzz", "21", "ana lis", "street 7"]
    {
        let query = Query { search: phrase.to_owned(), ..plain.clone() };
        let (answer, took) = timed(&format!("search {phrase:?}"), || index.answer(&query, &task).unwrap());
        println!("{:>58} {:>10}", "found", answer.rows.len());
        slowest = slowest.max(took);
    }
    let some = Query { search: "dorelma kasato 7".to_owned(), some: true, ..plain.clone() };
    slowest = slowest.max(timed("search, some of three terms", || index.answer(&some, &task).unwrap()).1);
    let mut query = Query { search: "ma".to_owned(), ..plain.clone() };
    query.filters.push(Filter::values("ProfileState", ["Known"]));
    slowest = slowest.max(timed("filter: Known, after a search", || index.answer(&query, &task).unwrap()).1);
    let interval = |from: &str, to: &str| Test::Interval { from: from.to_owned(), to: to.to_owned(), below: false };
    query.set_filter("BirthDate", Some(interval("1980-01-01", "1989-12-31")));
    slowest = slowest.max(timed("filter: born in the eighties", || index.answer(&query, &task).unwrap()).1);
    query.set_filter("JoinedOn", Some(interval("2020-01-01", "")));
    slowest = slowest.max(timed("filter: joined since 2020", || index.answer(&query, &task).unwrap()).1);
    query.set_filter("Points", Some(interval("100", "2000")));
    slowest = slowest.max(timed("filter: points from 100 to 2000", || index.answer(&query, &task).unwrap()).1);
    let town = table.column("City").unwrap().text(0).into_owned();
    query.set_filter("City", Some(Test::Values(vec![town, String::new()])));
    slowest = slowest.max(timed("filter: a city or none", || index.answer(&query, &task).unwrap()).1);
    let mut email = plain.clone();
    email.facets.push(FacetRequest { column: "Email".to_owned(), search: "mar".to_owned(), limit: 8 });
    slowest = slowest
        .max(timed("counts of a million emails that contain \"mar\"", || index.answer(&email, &task).unwrap()).1);
    println!("{:<58} {slowest:>10.1?}", "the slowest keystroke or filter");
    for column in ["FullName", "JoinedOn", "City"] {
        let sort = Query { sort: vec![(column.to_owned(), false)], ..plain.clone() };
        timed(&format!("first sort by {column}"), || index.answer(&sort, &task).unwrap());
        let again = Query { sort: vec![(column.to_owned(), true)], search: "ma".to_owned(), ..plain.clone() };
        timed(&format!("sorted by {column}, descending, with a search"), || index.answer(&again, &task).unwrap());
    }
}
