//! What an analyst knows better than any rule: pairs that always or never match, values that mean the same or nothing,
//! answers given in review (semantics 1.5, custom match).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Project;

/// A record by its source table's id and its primary key as written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordKey {
    pub table: String,
    pub key: String,
}

impl RecordKey {
    pub fn new(table: impl Into<String>, key: impl Into<String>) -> Self {
        Self { table: table.into(), key: key.into() }
    }

    /// Reads `TABLE:KEY`, the table by its name; the key may hold colons. An error says what to write.
    pub fn read(text: &str, project: &Project) -> Result<Self, String> {
        let record = text.trim().split_once(':').and_then(|(name, key)| {
            let table = project.source_table_named(name.trim())?;
            Some(Self::new(&table.id, key.trim()))
        });
        match record {
            Some(record) if !record.key.is_empty() => Ok(record),
            Some(record) => {
                Err(tr!("Write a key of {table_name} after the colon", table_name = project.table_name(&record.table)))
            }
            None => {
                let names: Vec<&str> = project.source_tables.iter().map(|table| table.name.as_str()).collect();
                Err(tr!("Write TABLE:KEY; the tables are {names}", names = names.join(", ")))
            }
        }
    }

    /// `TABLE:KEY`, the table by its name.
    pub fn label(&self, project: &Project) -> String {
        format!("{}:{}", project.table_name(&self.table), self.key)
    }
}

/// Two records that are one person, or are not, whatever the rules say. Their order means nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PairOverride {
    pub a: RecordKey,
    pub b: RecordKey,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl PairOverride {
    /// The two records, the smaller first.
    pub fn records(&self) -> (&RecordKey, &RecordKey) {
        if self.a <= self.b { (&self.a, &self.b) } else { (&self.b, &self.a) }
    }

    pub fn is_about(&self, a: &RecordKey, b: &RecordKey) -> bool {
        (&self.a == a && &self.b == b) || (&self.a == b && &self.b == a)
    }
}

/// Everything decided by hand about pairs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Overrides {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub always_match: Vec<PairOverride>,
    /// Beats always match, and cuts chains.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub never_match: Vec<PairOverride>,
}

impl Overrides {
    pub fn is_empty(&self) -> bool {
        self.always_match.is_empty() && self.never_match.is_empty()
    }
}

/// Values that count as equal where a condition chooses the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AliasList {
    pub id: String,
    pub name: String,
    pub aliases: Vec<Alias>,
}

/// `value` is compared as if it were `same_as`; looked up once, so an alias of an alias is not followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Alias {
    pub value: String,
    pub same_as: String,
}

/// Values that never match where a condition chooses the list: dummy phone numbers, test addresses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BypassList {
    pub id: String,
    pub name: String,
    pub values: Vec<String>,
}

/// What a reviewer said of a pair: the truth that evaluation measures against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LabelledPair {
    pub a: RecordKey,
    pub b: RecordKey,
    pub answer: Answer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Same,
    Different,
    Unsure,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::file;
    use crate::sample;

    fn coffee() -> Project {
        let folder = tempfile::tempdir().unwrap();
        file::load(&sample::find("coffee").unwrap().write(folder.path()).unwrap()).unwrap()
    }

    #[test]
    fn a_record_is_read_as_it_is_written() {
        let project = coffee();
        let read = |text: &str| RecordKey::read(text, &project);
        assert_eq!(read("Web:a:b"), Ok(RecordKey::new("web", "a:b")));
        assert_eq!(read(" web: x "), Ok(RecordKey::new("web", "x")));
        assert_eq!(read("Web:"), Err("Write a key of Web after the colon".to_owned()));
        assert_eq!(read("x"), Err("Write TABLE:KEY; the tables are Loyalty, Store, Web".to_owned()));
        assert!(read("Shop:1").is_err());
        assert_eq!(RecordKey::new("web", "a").label(&project), "Web:a");
    }
}
