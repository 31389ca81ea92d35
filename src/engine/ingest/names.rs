//! Names: of files in messages, of columns in tables.

use std::collections::HashSet;
use std::path::Path;

/// The last part of a path, for a screen.
pub fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// What a task's stage is called while a file is read.
pub(super) fn reading_stage(path: &Path) -> String {
    tr!("Reading {file}", file = file_name(path))
}

/// Column names as the program uses them: trimmed; `Column3` for an empty one; unique ignoring case by `_2`, `_3`, ...
///
/// A column that already has the name a repeated one would take keeps it, so the names are stable when columns follow.
pub(super) fn unique_names<S: AsRef<str>>(raw: impl IntoIterator<Item = S>) -> Vec<String> {
    let names: Vec<String> = raw
        .into_iter()
        .enumerate()
        .map(|(index, name)| match name.as_ref().trim() {
            "" => format!("Column{}", index + 1),
            name => name.to_owned(),
        })
        .collect();
    let given: HashSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
    let mut taken = HashSet::with_capacity(names.len());
    names
        .into_iter()
        .map(|name| {
            if taken.insert(name.to_lowercase()) {
                return name;
            }
            let mut number = 2;
            loop {
                let candidate = format!("{name}_{number}");
                let lower = candidate.to_lowercase();
                if !given.contains(&lower) && taken.insert(lower) {
                    return candidate;
                }
                number += 1;
            }
        })
        .collect()
}

/// `Column1`, `Column2`, ...: the names of a file without a header.
pub(super) fn numbered(count: usize) -> Vec<String> {
    (1..=count).map(|number| format!("Column{number}")).collect()
}

/// Where each declared column stands in the file: by name, else by name ignoring case.
pub(super) fn find(names: &[String], declared: &str) -> Option<usize> {
    names.iter().position(|name| name == declared).or_else(|| {
        let lower = declared.to_lowercase();
        names.iter().position(|name| name.to_lowercase() == lower)
    })
}

/// A sentence on columns of the file that nobody declared; `None` where there are none.
pub(super) fn undeclared_warning(names: &[String], used: &[usize]) -> Option<String> {
    let extra: Vec<&str> =
        names.iter().enumerate().filter(|(index, _)| !used.contains(index)).map(|(_, name)| name.as_str()).collect();
    match extra.as_slice() {
        [] => None,
        [one] => Some(tr!("The file has a new column that is not used: {one}.", one)),
        many => Some(tr!(
            "The file has {many} new columns that are not used: {many_2}.",
            many = many.len(),
            many_2 = many.join(", ")
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_and_empty_names_become_unique() {
        assert_eq!(unique_names(["Id", " id ", "", "ID_2", "ID"]), ["Id", "id_3", "Column3", "ID_2", "ID_4"]);
    }

    #[test]
    fn many_equal_names_are_numbered() {
        assert_eq!(unique_names(["a", "a", "a"]), ["a", "a_2", "a_3"]);
    }
}
