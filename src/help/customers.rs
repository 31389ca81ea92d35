//! Options of lists of customers and records.

use super::topics;

topics! { "Customers";
    SEARCH_CUSTOMERS: "Search customers", "1.9",
        "Split on spaces and hyphens into terms, which are looked for anywhere in the searched fields, in capital or small letters.";
    SORT_CUSTOMERS: "Sort by", "1.9",
        "The column that the customers are sorted by; the button beside it turns the order round. Unsorted they stand in the order of the last run.";
    FILTER_VALUE: "Filter by value", "1.9",
        "Shows the customers with any of the ticked values in this field; filters of several fields must all hold. Filters can be saved as a segment.";
    FIND_VALUE: "Find a value", "1.9",
        "Narrows the values that the filter offers.";
    FILTER_RANGE: "Filter by range", "1.9",
        "Shows the customers between these two, both included. An empty end is open.";
    INDEX_FIELD: "Search & filter fields", "1.9",
        "Whether the field is searched, offered as a filter, or shown on cards. Only text is searched; at least one field stays.";
    NEW_SEGMENT_NAME: "Name of the new segment", "1.12",
        "The segment holds the rules that the filters say, and is counted anew with every run.";
    CHOOSE_RECORD: "Choose a record", "1.5",
        "One chosen record can be told how it got here or joined to another; of two chosen ones you can ask why they are together, or say that they are not.";
    OTHER_RECORD: "The other record", "1.5",
        "A record as Table:Key, such as Store:S1.";
    EXPLAINED_RECORD: "Record to explain", "1.5",
        "A record as Table:Key. With two records the page says why they are one customer or why not; with one, how its customer was built.";
    SEARCH_GRID: "Search in a table", "1.1",
        "Rows in which some column holds all of these words; it alters nothing but what is shown.";
    SHOWN_COLUMN: "Shown column", "1.1",
        "Whether the column is shown in this table. Hiding it changes neither the data nor an export.";
    GO_TO_ROW: "Go to row", "1.1",
        "The number of the row, in the order that is shown.";
    SEARCH_LIST: "Search", "1.1",
        "Shows the entries that hold these words.";
    FILE_PATH: "Path of a file", "1.1",
        "Where the file is written. A relative path starts from the project's folder; a file of that name is replaced.";
    PROJECT_PATH: "Path of a project", "1.1",
        "Where the project file lies, or is to be written: a .tributary file with your decisions. Tables are not copied into it.";
}
