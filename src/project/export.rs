//! Exports: customers or one segment's members, written to a file with chosen columns.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Export {
    pub id: String,
    pub name: String,
    pub subject: ExportSubject,
    /// Columns of the customer table, in the order written; empty means all of them.
    #[serde(default)]
    pub fields: Vec<String>,
    pub format: ExportFormat,
    /// Relative to the project file where possible.
    pub path: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "of", rename_all = "snake_case", deny_unknown_fields)]
pub enum ExportSubject {
    Customers,
    Segment { segment: String },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    #[default]
    Csv,
    Parquet,
}

impl ExportFormat {
    pub const ALL: [Self; 2] = [Self::Csv, Self::Parquet];

    pub fn label(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Parquet => "Parquet",
        }
    }

    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }
}
