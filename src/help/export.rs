//! Options of exports and of runs.

use super::topics;

topics! { "Export";
    EXPORT_NAME: "Name of an export", "1.13",
        "What this list, the menus and the command line call the export.";
    EXPORT_SUBJECT: "Who", "1.13",
        "All customers of the last run, or the members of one segment: one row each.";
    EXPORT_FORMAT: "Format", "1.13",
        "How the file is written: CSV as text with a comma between cells, Parquet with types for other programs.";
    EXPORT_PATH: "File", "1.13",
        "Where the file is written, from the project's folder on. A file of that name is replaced as a whole.";
    EXPORT_FIELD: "Fields", "1.13",
        "Which columns of the customer are written, in this order. With all of them ticked, fields added later are written too.";
    EXPORT_NOW: "Run export", "1.13",
        "Writes the file from the results of the last run. A file of that name is replaced as a whole.";
    ADD_EXPORT: "Add export", "1.13",
        "An export writes customers or a segment to a file; it is remembered, and written again with one click.";
    RUN: "Run", "1.7",
        "Makes customers, activities and segments of the project as it is, and keeps the results beside it. Nothing is written before a run, and the last results stay where one fails.";
}
