//! What a page is given, and what the screen remembers between frames.

mod customers;
mod place;
mod trust;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::engine::activate::results::StoredResults;
use crate::engine::customer::profile::{self, Owners, Profile};
use crate::engine::ledger::LedgerPart;
use crate::engine::pipeline::Run;
use crate::engine::table::Table;
use crate::engine::view::{ViewFilter, ViewSpec};
use crate::project::{Project, RecordKey};
use crate::task::Task;
use crate::workbench::findings::Answer;
use crate::workbench::{Command, Level, Page, Workbench};

use super::pages::{runs, statistics};
use super::shell::PanelMemory;
use super::widgets::grid::GridState;
pub use customers::CustomersMemory;
pub use place::Reveal;
pub use trust::{Asked, CardMemory, ExplainMemory, ReviewMemory};

/// A page's access to the app for one frame.
pub struct PageCx<'a> {
    pub workbench: &'a mut Workbench,
    /// The project to edit; committed at the end of the frame where it changed.
    pub draft: &'a mut Project,
    pub memory: &'a mut Memory,
    /// What this frame's edit is called in the undo list.
    pub label: Option<String>,
    /// Sent after the frame.
    pub commands: Vec<Command>,
}

impl PageCx<'_> {
    /// The last live run, maybe of an earlier draft.
    pub fn live(&self) -> Option<Arc<Run>> {
        self.workbench.live.run.clone()
    }

    /// Names this frame's edit.
    pub fn name_edit(&mut self, label: impl Into<String>) {
        self.label = Some(label.into());
    }

    pub fn send(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// A table made once from a run: the previous one while a new one is made in the background, nothing while the
    /// first one is.
    pub fn find_of_run(
        &mut self,
        name: &str,
        run: &Arc<Run>,
        make: impl FnOnce(&Run) -> Table + Send + 'static,
    ) -> Option<Arc<Table>> {
        let rows: u64 = run.sources.iter().map(|source| source.rows_read).sum();
        self.workbench.find(name, run, rows as usize, make).value
    }

    /// The same for what takes long however few rows there are, of any type, and says whether it is of this run.
    pub fn find_long<T: Send + Sync + 'static>(
        &mut self,
        name: &str,
        run: &Arc<Run>,
        make: impl FnOnce(&Run, &Task) -> T + Send + 'static,
    ) -> Answer<T> {
        self.workbench.find_in_background(name, run, make)
    }

    /// Asks why two records are one customer or not, or of one how its customer was built, and goes to the answer.
    pub fn explain(&mut self, a: RecordKey, b: Option<RecordKey>) {
        self.memory.explain.ask(&self.workbench.project, a, b);
        self.send(Command::Go(Page::Explain));
    }

    /// Opens the card of a customer, which is of the last run; says so where it is not in it.
    pub fn open_customer(&mut self, id: String) {
        let customers = self.workbench.published.as_ref().and_then(|published| published.customers.clone());
        let before = self.memory.customer.replace(id);
        if customers.is_some_and(|customers| self.memory.customer_row(&customers).is_some()) {
            self.send(Command::Go(Page::Customers));
        } else {
            self.memory.customer = before;
            self.workbench
                .notify(Level::Info, tr!("This customer is of the draft only; its card is there after a run"));
        }
    }

    /// Opens the rows behind a count: a part of the ledger, of one table where it is given.
    pub fn open_ledger(&mut self, part: LedgerPart, table: Option<&str>) {
        self.memory.ledger_part = Some(part);
        let spec = self.memory.views.entry(tr!("ledger {part}", part = part.label().to_lowercase())).or_default();
        *spec = ViewSpec::default();
        spec.filters.extend(table.map(|table| ViewFilter::only("Table", table)));
        self.send(Command::Go(Page::LeftOut));
    }
}

/// What only the screen remembers: selections, scroll positions, typed paths. Never saved with the project.
#[derive(Default)]
pub struct Memory {
    /// Which of the projects that were opened it is of.
    pub opened: u64,
    /// The table selected on the pages that show one at a time, by its id.
    pub table: Option<String>,
    pub field: Option<String>,
    /// The rule whose editor is open, by its id.
    pub rule: Option<String>,
    pub column: Option<String>,
    pub activity: Option<String>,
    pub segment: Option<String>,
    pub export: Option<String>,
    /// A thing was added to the list of a page: its row is to get the focus.
    pub added: bool,
    /// The customer whose card is open, by CustomerId.
    pub customer: Option<String>,
    pub customers: CustomersMemory,
    pub panel: PanelMemory,
    /// Where the page ended when it was last drawn, from the top of the window.
    pub page_bottom: f32,
    /// The part of the ledger chosen; the first that holds rows without.
    pub ledger_part: Option<LedgerPart>,
    /// Sort, search and filters of each grid, by name.
    pub views: BTreeMap<String, ViewSpec>,
    pub grids: BTreeMap<String, GridState>,
    /// Texts typed into fields that are no part of the project, such as paths, by name.
    pub typed: BTreeMap<String, String>,
    pub explain: ExplainMemory,
    pub review: ReviewMemory,
    pub card: CardMemory,
    /// The profile shown last, with its run and row.
    profile: Option<(Arc<Run>, u32, Arc<Profile>)>,
    /// The customers that the searched text is a key of: the run, the text, and what was found.
    owners: Option<(Arc<Run>, String, Owners)>,
    /// The row of the customer looked for last: the table, the id, and where it stands.
    customer_row: Option<(Arc<Table>, String, Option<usize>)>,
    /// The row of the customer whose id was searched last.
    id_owner: Option<(Arc<Table>, String, Option<usize>)>,
    pub statistics: statistics::State,
    pub runs: runs::State,
    /// Pictures of customers ready to be drawn, by what names them.
    pub pictures: BTreeMap<String, eframe::egui::TextureHandle>,
    /// Names open in a pop-up or expanded section, by name.
    pub open: BTreeMap<String, bool>,
    /// A recent project that is to be found again, by the path it had.
    pub locating: Option<std::path::PathBuf>,
    /// The program's icon, as a texture.
    pub icon: Option<eframe::egui::TextureHandle>,
    /// What is to be scrolled into view when it is drawn next.
    pub reveal: Option<Reveal>,
    /// What had the focus when a scroll area last looked.
    pub focus_seen: Option<eframe::egui::Id>,
}

impl Memory {
    /// What is remembered of a project that was just opened: the table chosen there last.
    pub fn of(opened: u64, table: Option<&str>) -> Self {
        Self { opened, table: table.map(str::to_owned), ..Self::default() }
    }

    /// Takes a grid back to its first row with nothing selected; its columns stay as they were laid out.
    pub fn rewind_grid(&mut self, name: &str) {
        if let Some(grid) = self.grids.get_mut(name) {
            grid.rewind();
        }
    }

    /// The row of the open customer in a table; looked for once.
    pub fn customer_row(&mut self, table: &Arc<Table>) -> Option<usize> {
        let id = self.customer.as_ref()?;
        if let Some((of, found, row)) = &self.customer_row
            && Arc::ptr_eq(of, table)
            && found == id
        {
            return *row;
        }
        let row = StoredResults::customer_row(table, id);
        self.customer_row = Some((Arc::clone(table), id.clone(), row));
        row
    }

    /// The row of the customer that an id names, or named before, looked for once.
    pub fn id_owner(&mut self, table: &Arc<Table>, id: &str) -> Option<usize> {
        if let Some((of, asked, row)) = &self.id_owner
            && Arc::ptr_eq(of, table)
            && asked == id
        {
            return *row;
        }
        let row = StoredResults::customer_row(table, id).or_else(|| customers::previous_owner(table, id));
        self.id_owner = Some((Arc::clone(table), id.to_owned(), row));
        row
    }

    /// The customers that a text is a key of, looked for once: tables' names and rows.
    pub fn owners(&mut self, run: &Arc<Run>, key: &str) -> &[(String, u32)] {
        let asked = self.owners.as_ref().is_some_and(|(of, text, _)| Arc::ptr_eq(of, run) && text == key);
        if !asked {
            self.owners = Some((Arc::clone(run), key.to_owned(), profile::owners(run, key)));
        }
        self.owners.as_ref().map_or(&[], |(_, _, owners)| owners)
    }

    /// The profile at a row of a run's customers, made once.
    pub fn profile(&mut self, run: &Arc<Run>, customer: u32) -> Option<Arc<Profile>> {
        if let Some((of, row, profile)) = &self.profile
            && Arc::ptr_eq(of, run)
            && *row == customer
        {
            return Some(Arc::clone(profile));
        }
        let profile = Arc::new(profile::profile(run, customer)?);
        self.profile = Some((Arc::clone(run), customer, Arc::clone(&profile)));
        Some(profile)
    }
}
