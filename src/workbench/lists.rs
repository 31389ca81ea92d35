//! List files: aliases, bypass values and pairs decided by hand, read into the project being edited.

use std::collections::HashSet;
use std::hash::Hash;
use std::path::{Path, PathBuf};

use super::{Level, Purpose, Workbench};
use crate::engine::lists::{self, ListError};
use crate::project::{Alias, PairOverride, Project};

impl Workbench {
    /// Adds what a file holds to the alias or bypass list with this id; asks for the file where none is named. Says
    /// whether anything was added.
    pub fn import_list(&mut self, project: &mut Project, id: &str, path: Option<&Path>) -> bool {
        let Some(path) = self.list_file(path) else { return false };
        if let Some(list) = project.alias_lists.iter_mut().find(|list| list.id == id) {
            let key = |alias: &Alias| (alias.value.clone(), alias.same_as.clone());
            return match lists::read_aliases(&path) {
                Ok((aliases, wrong)) => self.add_new(&mut list.aliases, aliases, key, &wrong),
                Err(error) => self.refuse(&error),
            };
        }
        let Some(list) = project.bypass_lists.iter_mut().find(|list| list.id == id) else { return false };
        match lists::read_bypass(&path) {
            Ok((values, wrong)) => self.add_new(&mut list.values, values, String::clone, &wrong),
            Err(error) => self.refuse(&error),
        }
    }

    /// Adds the pairs of a file to those that always match, or never.
    pub fn import_pairs(&mut self, project: &mut Project, never: bool, path: Option<&Path>) -> bool {
        let Some(path) = self.list_file(path) else { return false };
        match lists::read_pairs(&path, project) {
            Ok((pairs, wrong)) => {
                let overrides = &mut project.overrides;
                let list = if never { &mut overrides.never_match } else { &mut overrides.always_match };
                let key = |pair: &PairOverride| {
                    let (a, b) = pair.records();
                    (a.clone(), b.clone())
                };
                self.add_new(list, pairs, key, &wrong)
            }
            Err(error) => self.refuse(&error),
        }
    }

    fn list_file(&mut self, path: Option<&Path>) -> Option<PathBuf> {
        if let Some(path) = path {
            return Some(self.base().join(path));
        }
        let asked = self.dialogs.ask(Purpose::ImportList, "");
        if asked.is_none() {
            self.notify(
                Level::Info,
                tr!("Nothing imported: no file was chosen. A path can be typed beside the button."),
            );
        }
        asked
    }

    fn refuse(&mut self, error: &ListError) -> bool {
        self.notify(Level::Error, error.to_string());
        false
    }

    /// Adds what is not in a list yet, and says what became of the file's rows.
    fn add_new<T, K: Eq + Hash>(
        &mut self,
        list: &mut Vec<T>,
        found: Vec<T>,
        key: impl Fn(&T) -> K,
        wrong: &[String],
    ) -> bool {
        let mut there: HashSet<K> = list.iter().map(&key).collect();
        let before = list.len();
        list.extend(found.into_iter().filter(|item| there.insert(key(item))));
        let added = list.len() - before;
        let mut words =
            tr!("{added} new {added_2} imported", added, added_2 = if added == 1 { tr!("row") } else { tr!("rows") });
        if let Some(first) = wrong.first() {
            words.push_str(&tr!("; {wrong} left out, the first: {first}", wrong = wrong.len(), first));
        }
        self.notify(if wrong.is_empty() { Level::Info } else { Level::Warning }, words);
        added > 0
    }
}
