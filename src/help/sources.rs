//! Options of source tables: how files are read, and what columns mean.

use super::topics;

topics! { "Sources";
    ADD_TABLES: "Add tables", "1.1",
        "Adds CSV, TSV or Parquet files, each as one source table. Files can also be dropped on the window.";
    TABLE_PATH: "Path of a table", "1.1",
        "A typed path adds a file without a dialog; relative paths start from the project's folder.";
    TABLE_NAME: "Table name", "1.1",
        "What rules, figures and output columns call the table. It starts with a letter and holds letters, digits and underscores; no two tables have the same one.";
    REPLACE_PATH: "Another file", "1.1",
        "Reads this table from another file. Columns of the same name keep their settings.";
    DELIMITER: "Delimiter", "1.1",
        "The character between two cells of a line.";
    QUOTE: "Quote", "1.1",
        "The character around cells that hold a delimiter or a line break; doubled it stands for itself.";
    ENCODING: "Encoding", "1.1",
        "How the letters of the file are written as bytes. A wrong one shows in accents and other letters that look odd.";
    HEADER: "First row names the columns", "1.1",
        "On: the first row is no data, but names the columns. Off: columns are numbered, and the first row is data.";
    DECIMAL_COMMA: "Decimal comma", "1.1",
        "Numbers are written as 1.234,5, which is one thousand two hundred and thirty-four and a half.";
    BLANK_TOKENS: "Blank cells", "1.4",
        "Cells that count as blank when, trimmed, they equal one of these; case counts. A blank never matches anything, and is no identifier.";
    COLUMN_TYPE: "Type", "1.1",
        "What the values are read as: text, number, date and so on. A row with a value that does not fit becomes corrupt and takes no part until it is mended.";
    DATE_FORMAT: "Date format", "1.1",
        "How dates are written in the file: yyyy MM dd HH mm ss, MMM for Jan, a for AM or PM, XXX for a zone. Without a zone a time is UTC. Empty means ISO 8601, as 2022-07-23 10:00:00.";
    SEMANTIC_TYPE: "Semantic type", "1.2",
        "What the column means, such as Person.FullName or Identity.Service.Email; any text will do. It decides which columns become one unified field, what stands on the customer's card, and who is known.";
    USE_COLUMN: "Use", "1.2",
        "Takes the column into the unification. Columns left out still serve activities and recency; the primary key is always used.";
    PROFILED_COLUMN: "Column", "1.1",
        "The column whose profile is shown: how many values it has, how many are blank, and how they spread.";
    UNIFY_TABLE: "Unify", "1.2",
        "Whether the rows of this table are customers. A table that is not unified can still hold activities.";
    PRIMARY_KEY: "Primary key", "1.2", example "blank_key",
        "The column whose values identify a row, such as a customer number. Rows with a blank key take no part; rows with one key become one record. An address or an e-mail is a poor key, since people share them.";
    SEARCH_COLUMNS: "Search columns", "1.2",
        "Finds columns of all tables by their name, type or semantic type; Use all and Use none then hold for those found.";
}
