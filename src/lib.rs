//! Tributary brings customer tables together: one customer per person, known or unknown.
//!
//! # The picture
//!
//! ```text
//!             what the analyst decided          what the data says            the app without a screen        the screen
//!             ┌──────────────┐                 ┌──────────────┐              ┌──────────────┐               ┌──────────┐
//!  .tributary │   project    │ ──────────────> │    engine    │ ───────────> │  workbench   │ ────────────> │    ui    │
//!   (JSON)    │ plain serde  │                 │  pure tables │   results    │ state, undo, │  view models  │   egui   │
//!             └──────────────┘                 └──────────────┘              │ jobs, files  │               └──────────┘
//!                                                     ▲                      └──────────────┘
//!                                                     └──────── cli: run, check, schema, lookup, explain, sample (no screen)
//! ```
//!
//! Data goes one way, left to right. Nothing on the left knows anything on the right; `tests/layers.rs` holds the
//! `use` lines to that, and a build without the `gui` feature runs every headless command.
//!
//! # The rooms
//!
//! * [`project`]: the document, one concept a file, and what does not fit in it ([`project::validate`]).
//! * [`engine`]: source tables in, customers, activities and segments out.
//!   [`engine::ingest`] reads files; [`engine::identity`] says who is who, and why; [`engine::customer`] makes profiles
//!   and the keyring; [`engine::insight`] activities and segments; [`engine::activate`] results, exports and lookups;
//!   [`engine::quality`] says how far the customers can be trusted; [`engine::state`] is what is kept between runs,
//!   and the one way to a published run.
//!   [`engine::pipeline`] is the only orchestrator, and [`engine::ledger`] lists everything that fell out.
//! * [`workbench`]: the app without a screen: edits and undo, background jobs, published results, views of tables and
//!   what is selected in them ([`workbench::grid`]); jobs, problems and notices ([`workbench::panel`]); the guided first
//!   project ([`workbench::guide`]); the table of commands ([`workbench::command`]) that menus,
//!   shortcuts, palette and their document are made from; what outlives a kill ([`workbench::recovery`]).
//! * `ui`: draws the workbench, one file a page.
//! * [`cli`]: the headless commands. [`sample`]: projects with tables. [`task`]: cancel and progress.
//!   [`palette`]: every colour, light and dark. [`places`]: where the user's own files lie. [`journal`]: the log of the
//!   window. [`launcher`]: the entry in the desktop's menu. [`text`]: what the program says, in the user's language; anyone
//!   may use it. [`help`]: what every option means and how every figure is computed, which hovers, the window *Words and
//!   figures* and the report read.
//!
//! # How data is held
//!
//! A [`engine::table::Table`] is named columns; text is coded once, at load, as a dense `u32` for each distinct value
//! ([`engine::dictionary`]). Everything between a file and a file is arithmetic on codes: conditions become one key a
//! row ([`engine::identity::coding`]), groups are two flat vectors ([`engine::groups`]), a segment is a bit set. polars
//! reads and writes Parquet; CSV is split by `simd-csv` and typed by our own columns, since a row that does not fit
//! must be told from one that does.
//!
//! # How records are compared
//!
//! One place says which rows a rule links: [`engine::identity::linking`]. Values are normalized and coded once for each
//! distinct value ([`engine::identity::coding`]); rows alike in everything a rule looks at are one *class*; classes of
//! equal exact conditions are a *block*, inside which pairs are compared, thousands of values at a time, most of them
//! rejected by their letters alone ([`engine::identity::similarity`]). Without an exact condition an index names the
//! pairs ([`engine::identity::index`]). Deduplication, matching, the preview of a rule, estimates, review and
//! explanations all read these links, so numbers on two screens do not disagree. Pairs decided by hand and guards are
//! constraints on the sets that links make ([`engine::identity::constraints`]); sets are first made without looking,
//! and only those that break a constraint are made again, link by link.
//!
//! # How a customer is made
//!
//! The Merge stage is made of parts, each remembered by its own key: every unified field ([`engine::customer::choose`]
//! is the one place that says which value is taken; the table and the account of a cell both ask it), the keyring,
//! since when each key is known ([`engine::customer::known`]), clusters, and the ids.
//!
//! # Customers over time
//!
//! A run reads the map of ids that earlier runs left ([`engine::customer::id_map`]): which CustomerId each source key
//! had, and what became of each id. [`engine::customer::assign`] says who goes on with which id; no id is ever given
//! twice, and an old one leads to whoever took it in. What it changes for those who had an id is
//! [`engine::customer::changes`]. [`engine::state::publish`] is the one way to a published run, for the window and the
//! command line alike: the lock, the map, the run, the map after it, the results, a line in the history. Live runs and
//! dry runs read the map and write nothing.
//!
//! # Stages
//!
//! Load, Deduplicate, Match, Merge, Activities, Segments. A stage is a function of settings and inputs; its key is a
//! hash of both ([`engine::stage`]), so that an edit recomputes what it touches and a renamed label nothing. The
//! window runs the draft after every edit as far as its problems let it go (*live*), which feeds every count and
//! preview, without what errors keep away; the results of a run that was asked for are *published* and kept beside the project. Where a run would
//! merge, split or lose customers of the last one, the window asks first.
//!
//! # Rules
//!
//! The same project on the same data and map of ids gives the same bytes, whatever the row order (but where a rule says "first row"),
//! the thread count, the cache, the window or the command line: outputs are sorted, ties are broken by rule, no hash
//! map is iterated. Bad input is a message that says what to do; bad rows are counted and listed, never an error of
//! the run. What every option means is written at its type, with the section of the semantics it comes from.
//!
//! # Where to add a thing
//!
//! A setting: its type in [`project`], its checks in [`project::validate`], its stage's key and code in [`engine`],
//! its widget on the page. A policy of unified fields: [`project::MergePolicy`], its choice in
//! [`engine::customer::choose`], its words in [`engine::customer::provenance`]. A way to compare:
//! [`project::Comparison`], its score in [`engine::identity::similarity`] or its code in [`engine::identity::coding`],
//! its line in the condition's editor. A stage: [`engine::stage::Stage`] and [`engine::pipeline`]. A command: the table
//! in [`workbench::command`]. An option or figure: its topic in [`help`], which its widget asks for by type. A text:
//! `tr!` around it; `tests/catalogue.rs` writes the catalogue anew. An example: a folder in `assets/samples/examples`.
//! A page: [`workbench::page`] and one file in `ui/pages`.

#![cfg_attr(
    test,
    expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")
)]

#[macro_use]
pub mod text;

pub mod cli;
pub mod engine;
pub mod help;
pub mod journal;
pub mod launcher;
pub mod palette;
pub mod places;
pub mod project;
pub mod sample;
pub mod task;
#[cfg(feature = "gui")]
pub mod ui;
pub mod workbench;

/// Memory is the program's own matter where the system's allocator makes the window wait: of glibc's heaps several
/// threads share one, and who gives gigabytes back holds its lock meanwhile.
#[cfg(target_os = "linux")]
#[global_allocator]
static MEMORY: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;
