//! Customers of any number: a CRM, a loyalty programme and a web log about the same people, with the noise of life.
//!
//! The tables have the files, columns and noise of the project's benchmark generator, so that one project unifies
//! either. The bytes of the tables depend on the number of customers and the seed alone, not on the machine.

mod contact;
mod csv;
mod records;
mod web;

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::embedded::with_own_id;
use super::random::Random;
use crate::project::file::temporary_beside;
use crate::task::{Cancelled, Task, Unit};

/// The project that unifies the tables: the same one for any number of customers.
pub const PROJECT: &[u8] = include_bytes!("../../assets/samples/population/population.tributary");

/// The name of the project file.
const PROJECT_FILE: &str = "population.tributary";
/// Events a customer has on average, more or less: some have none, some hundreds.
const EVENTS_PER_CUSTOMER: f64 = 10.0;
/// Rows between two looks at the cancel flag.
const ROWS_PER_CHECK: usize = 8_192;

/// How many customers to make up, and from which seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Population {
    /// True customers, at most [`Population::MOST_CUSTOMERS`]; tables, events and devices follow from them.
    pub customers: u64,
    /// Equal seeds give equal bytes.
    pub seed: u64,
}

impl Population {
    /// Rows and devices are numbered with 32 bits.
    pub const MOST_CUSTOMERS: u64 = 100_000_000;
}

/// What keeps a population from being written. Nothing of it is left then.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// More customers than [`Population::MOST_CUSTOMERS`].
    #[error("{customers} customers are more than the {} there can be", Population::MOST_CUSTOMERS)]
    TooMany { customers: u64 },
    /// A file of that name is there: it may be someone's data.
    #[error("{path} is there already; choose an empty folder", path = .0.display())]
    Exists(PathBuf),
    /// The folder or a file in it cannot be made.
    #[error("{path} cannot be written: {source}", path = .path.display())]
    File { path: PathBuf, source: io::Error },
    /// The task was told to stop.
    #[error("cancelled")]
    Cancelled,
}

impl From<Cancelled> for SampleError {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

/// Writes crm.csv, loyalty.csv, web_events.csv, truth.csv (Source, RecordID, CustomerID) and the project that
/// unifies the first three into `dir`, made where it is missing; all of them or none. Gives the project file's path.
///
/// In truth.csv a device belongs to its owner, whoever else used it.
///
/// # Errors
/// [`SampleError`]; [`SampleError::Cancelled`] soon after `task` is told to stop.
pub fn write(population: &Population, dir: &Path, task: &Task) -> Result<PathBuf, SampleError> {
    let &Population { customers, seed } = population;
    if customers > Population::MOST_CUSTOMERS {
        return Err(SampleError::TooMany { customers });
    }
    fs::create_dir_all(dir).map_err(|source| SampleError::File { path: dir.to_owned(), source })?;
    let mut truth = Output::new(dir, "truth.csv", "Source,RecordID,CustomerID")?;
    task.begin_of("People", customers, Unit::Rows);
    let people = contact::People::new(customers as usize, &mut Random::new(seed, 0), task)?;
    let crm = records::write_crm(dir, &people, &mut Random::new(seed, 1), &mut truth, task)?;
    let (loyalty, members) = records::write_loyalty(dir, &people, &mut Random::new(seed, 2), &mut truth, task)?;
    drop(people);
    let web = web::write_events(dir, &members, &mut Random::new(seed, 3), &mut truth, task)?;
    let mut project = Output::bare(dir, PROJECT_FILE)?;
    let content = with_own_id(PROJECT).map_err(|source| SampleError::File { path: project.path.clone(), source })?;
    project.row.extend_from_slice(&content);
    project.end()?;
    let path = project.path.clone();
    // The project comes last: where it is, its tables are.
    let files: Result<Vec<Finished>, SampleError> =
        [crm, loyalty, web, truth, project].into_iter().map(Output::finish).collect();
    let mut published: Vec<PathBuf> = Vec::new();
    for file in files? {
        if let Err(error) = file.temporary.persist_noclobber(&file.path) {
            // All or none; that one of these cannot be taken back does not make the error another one.
            published.iter().for_each(|path| drop(fs::remove_file(path)));
            return Err(failed(file.path, error.error));
        }
        published.push(file.path);
    }
    Ok(path)
}

fn failed(path: PathBuf, source: io::Error) -> SampleError {
    if source.kind() == io::ErrorKind::AlreadyExists {
        SampleError::Exists(path)
    } else {
        SampleError::File { path, source }
    }
}

/// A file on its way: rows are put together in `row` and go out through a buffer.
struct Output {
    path: PathBuf,
    row: Vec<u8>,
    file: BufWriter<NamedTempFile>,
}

/// A complete file that does not have its name yet.
struct Finished {
    path: PathBuf,
    temporary: NamedTempFile,
}

impl Output {
    /// A file that begins with this line.
    fn new(dir: &Path, name: &str, header: &str) -> Result<Self, SampleError> {
        let mut output = Self::bare(dir, name)?;
        output.row.extend_from_slice(header.as_bytes());
        output.row.push(b'\n');
        output.end()?;
        Ok(output)
    }

    fn bare(dir: &Path, name: &str) -> Result<Self, SampleError> {
        let path = dir.join(name);
        if path.exists() {
            return Err(SampleError::Exists(path));
        }
        match temporary_beside(&path) {
            Ok(file) => Ok(Self { path, row: Vec::new(), file: BufWriter::with_capacity(1 << 20, file) }),
            Err(source) => Err(SampleError::File { path, source }),
        }
    }

    /// Sends off what is in `row`, and empties it.
    fn end(&mut self) -> Result<(), SampleError> {
        let sent = self.file.write_all(&self.row);
        self.row.clear();
        sent.map_err(|source| SampleError::File { path: self.path.clone(), source })
    }

    fn finish(mut self) -> Result<Finished, SampleError> {
        let flushed = self.file.flush().and_then(|()| self.file.into_inner().map_err(io::IntoInnerError::into_error));
        match flushed {
            Ok(temporary) => Ok(Finished { path: self.path, temporary }),
            Err(source) => Err(SampleError::File { path: self.path, source }),
        }
    }
}

#[cfg(test)]
mod tests;
