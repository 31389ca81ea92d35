//! Options of source tables: how files are read, and what columns mean.

use super::topics;

topics! { msg!("Sources");
    ADD_TABLES: msg!("Add tables"), "1.1",
        msg!("Adds CSV, TSV or Parquet files, each as one source table. Files can also be dropped on the window.");
    TABLE_PATH: msg!("Path of a table"), "1.1",
        msg!("A typed path adds a file without a dialog; relative paths start from the project's folder.");
    TABLE_NAME: msg!("Table name"), "1.1",
        msg!("What rules, figures and output columns call the table. It starts with a letter and holds letters, digits and underscores; no two tables have the same one.");
    REPLACE_PATH: msg!("File of a table"), "1.1",
        msg!("Where the table is read from; a relative path starts from the project's folder. With another path and Enter it is read from there, and columns of the same name keep their settings.");
    DELIMITER: msg!("Delimiter"), "1.1",
        msg!("The character between two cells of a line.");
    QUOTE: msg!("Quote"), "1.1",
        msg!("The character around cells that hold a delimiter or a line break; doubled it stands for itself.");
    ENCODING: msg!("Encoding"), "1.1",
        msg!("How the letters of the file are written as bytes. A wrong one shows in accents and other letters that look odd.");
    HEADER: msg!("First row names the columns"), "1.1",
        msg!("On: the first row is no data, but names the columns. Off: columns are numbered, and the first row is data.");
    DECIMAL_COMMA: msg!("Decimal comma"), "1.1",
        msg!("Numbers are written as 1.234,5, which is one thousand two hundred and thirty-four and a half.");
    BLANK_TOKENS: msg!("Blank cells"), "1.4",
        msg!("Cells that count as blank when, trimmed, they equal one of these; case counts. A blank never matches anything, and is no identifier.");
    COLUMN_TYPE: msg!("Type"), "1.1",
        msg!("What the values are read as: text, number, date and so on. A row with a value that does not fit becomes corrupt and takes no part until it is mended.");
    DATE_FORMAT: msg!("Date format"), "1.1",
        msg!("How dates are written in the file: yyyy MM dd HH mm ss, MMM for Jan, a for AM or PM, XXX for a zone. Without a zone a time is UTC. Empty means ISO 8601, as 2022-07-23 10:00:00.");
    SEMANTIC_TYPE: msg!("Semantic type"), "1.2",
        msg!("What the column means, such as Full name or Email; any text will do. It decides which columns become one unified field, what stands on the customer's card, and who is known.");
    USE_COLUMN: msg!("Use"), "1.2",
        msg!("Takes the column into the unification. Columns left out still serve activities and recency; the primary key is always used.");
    PROFILED_COLUMN: msg!("Column"), "1.1",
        msg!("The column whose profile is shown: how many values it has, how many are blank, and how they spread.");
    UNIFY_TABLE: msg!("Unify"), "1.2",
        msg!("Whether the rows of this table are customers. A table that is not unified can still hold activities.");
    PRIMARY_KEY: msg!("Primary key"), "1.2", example "blank_key",
        msg!("The column whose values identify a row, such as a customer number. Rows with a blank key take no part; rows with one key become one record. An address or an e-mail is a poor key, since people share them.");
    SEARCH_COLUMNS: msg!("Search columns"), "1.2",
        msg!("Finds columns of all tables by their name, type or semantic type; Use all and Use none then hold for those found.");
}
