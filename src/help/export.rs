//! Options of exports and of runs.

use super::topics;

topics! { msg!("Export");
    EXPORT_NAME: msg!("Name of an export"), "1.13",
        msg!("What this list, the menus and the command line call the export.");
    EXPORT_SUBJECT: msg!("Who"), "1.13",
        msg!("All customers of the last run, or the members of one segment: one row each.");
    EXPORT_FORMAT: msg!("Format"), "1.13",
        msg!("How the file is written: CSV as text with a comma between cells, Parquet with types for other programs.");
    EXPORT_PATH: msg!("File"), "1.13",
        msg!("Where the file is written, from the project's folder on. A file of that name is replaced as a whole.");
    EXPORT_FIELD: msg!("Fields"), "1.13",
        msg!("Which columns of the customer are written, in this order. With all of them ticked, fields added later are written too.");
    EXPORT_NOW: msg!("Run export"), "1.13",
        msg!("Writes the file from the results of the last run. A file of that name is replaced as a whole.");
    ADD_EXPORT: msg!("Add export"), "1.13",
        msg!("An export writes customers or a segment to a file; it is remembered, and written again with one click.");
    RUN: msg!("Run"), "1.7",
        msg!("Makes customers, activities and segments of the project as it is, and keeps the results beside it. Nothing is written before a run, and the last results stay where one fails.");
}
