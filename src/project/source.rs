//! Source tables: where a table is, how its file is read, and what its columns mean (semantics 1.1 and 1.2).

pub mod semantic;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One source table: a file, and what the analyst says of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceTable {
    pub id: String,
    /// Starts with a letter; letters, digits and underscores; unique ignoring case. Output columns carry it (`Web_UserID`).
    pub name: String,
    /// Relative to the project file where possible, with `/` between folders.
    pub path: String,
    pub format: FileFormat,
    /// Cells that count as blank when, trimmed, they equal one of these (case-sensitive: Null is a surname).
    #[serde(default = "default_blank_tokens")]
    pub blank_tokens: Vec<String>,
    /// The columns as last read, in file order.
    pub columns: Vec<SourceColumn>,
    /// The column that identifies a row of this table when it is unified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub primary_key: Option<String>,
}

impl SourceTable {
    pub fn column(&self, name: &str) -> Option<&SourceColumn> {
        self.columns.iter().find(|column| column.name == name)
    }

    pub fn column_mut(&mut self, name: &str) -> Option<&mut SourceColumn> {
        self.columns.iter_mut().find(|column| column.name == name)
    }

    /// The columns picked for unification, the primary key among them whether ticked or not.
    pub fn selected_columns(&self) -> impl Iterator<Item = &SourceColumn> {
        self.columns.iter().filter(|column| column.selected || self.primary_key.as_deref() == Some(&column.name))
    }
}

/// How the bytes of a file become rows. What was detected is written down, so that a later run reads alike.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum FileFormat {
    /// Text with a delimiter: CSV, TSV and their relatives.
    Csv {
        delimiter: char,
        quote: char,
        /// The first row names the columns; without, they are called `Column1`, `Column2`, ...
        header: bool,
        encoding: TextEncoding,
        /// `1.234,5` is one thousand two hundred and thirty-four and a half.
        decimal_comma: bool,
    },
    Parquet,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum TextEncoding {
    #[serde(rename = "UTF-8")]
    Utf8,
    #[serde(rename = "UTF-16LE")]
    Utf16Le,
    #[serde(rename = "UTF-16BE")]
    Utf16Be,
    #[serde(rename = "Windows-1252")]
    Windows1252,
}

impl TextEncoding {
    pub const ALL: [Self; 4] = [Self::Utf8, Self::Utf16Le, Self::Utf16Be, Self::Windows1252];

    pub fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16 LE",
            Self::Utf16Be => "UTF-16 BE",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

/// One column of a source table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceColumn {
    pub name: String,
    #[serde(rename = "type")]
    pub column_type: ColumnType,
    /// For dates and times in text: a pattern such as `MM-dd-yyyy HH:mm:ss`; ISO 8601 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_format: Option<String>,
    /// What the column means, such as `Identity.Service.Email`; any text is allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub semantic_type: Option<String>,
    /// Picked for unification. Other columns stay usable by activities and for recency.
    #[serde(default = "yes")]
    pub selected: bool,
}

/// The types of semantics 1.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ColumnType {
    String,
    Integer,
    Number,
    Boolean,
    Date,
    Datetime,
}

impl ColumnType {
    pub const ALL: [Self; 6] = [Self::String, Self::Integer, Self::Number, Self::Boolean, Self::Date, Self::Datetime];

    pub fn label(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "Boolean",
            Self::Date => "date",
            Self::Datetime => "datetime",
        }
    }

    /// The label with its article: `a string`, `an integer`.
    pub fn with_article(self) -> String {
        let article = if self == Self::Integer { "an" } else { "a" };
        format!("{article} {}", self.label())
    }

    /// Whether values of this type have an order in time or size, so that "most recent" means something.
    pub fn is_ordered(self) -> bool {
        matches!(self, Self::Integer | Self::Number | Self::Date | Self::Datetime)
    }
}

/// Contact information, as the seeds say it: email, phone, postal address (semantics 1.9).
pub fn default_known_identifiers() -> Vec<String> {
    [semantic::EMAIL, semantic::PHONE, semantic::ADDRESS].map(str::to_owned).to_vec()
}

/// The preset of semantics 1.4.
pub fn default_blank_tokens() -> Vec<String> {
    ["--", "-", "N/A", "NULL", "none"].map(str::to_owned).to_vec()
}

fn yes() -> bool {
    true
}
