//! Options of lists of customers and records.

use super::topics;

topics! { msg!("Customers");
    SEARCH_CUSTOMERS: msg!("Search customers"), "1.9",
        msg!("Split on spaces and hyphens into terms, which are looked for anywhere in the searched fields, in capital or small letters.");
    SORT_CUSTOMERS: msg!("Sort by"), "1.9",
        msg!("The column that the customers are sorted by; the button beside it turns the order round. Unsorted they stand in the order of the last run.");
    FILTER_VALUE: msg!("Filter by value"), "1.9",
        msg!("Shows the customers with any of the ticked values in this field; filters of several fields must all hold. Filters can be saved as a segment.");
    FIND_VALUE: msg!("Find a value"), "1.9",
        msg!("Narrows the values that the filter offers.");
    FILTER_RANGE: msg!("Filter by range"), "1.9",
        msg!("Shows the customers between these two, both included. An empty end is open.");
    INDEX_FIELD: msg!("Search & filter fields"), "1.9",
        msg!("Whether the field is searched, offered as a filter, or shown on cards. Only text is searched; at least one field stays.");
    NEW_SEGMENT_NAME: msg!("Name of the new segment"), "1.12",
        msg!("The segment holds the rules that the filters say, and is counted anew with every run.");
    CHOOSE_RECORD: msg!("Choose a record"), "1.5",
        msg!("One chosen record can be told how it got here or joined to another; of two chosen ones you can ask why they are together, or say that they are not.");
    OTHER_RECORD: msg!("The other record"), "1.5",
        msg!("A record as Table:Key, such as Store:S1.");
    EXPLAINED_RECORD: msg!("Record to explain"), "1.5",
        msg!("A record as Table:Key. With two records the page says why they are one customer or why not; with one, how its customer was built.");
    SEARCH_GRID: msg!("Search in a table"), "1.1",
        msg!("Rows in which some column holds all of these words; it alters nothing but what is shown. Ctrl+F leads here from the table.");
    SHOWN_COLUMN: msg!("Shown column"), "1.1",
        msg!("Whether the column is shown in this table. Hiding it changes neither the data nor an export.");
    GO_TO_ROW: msg!("Go to row"), "1.1",
        msg!("The number of the row, in the order that is shown.");
    SEARCH_LIST: msg!("Search"), "1.1",
        msg!("Shows the entries that hold these words.");
    FILE_PATH: msg!("Path of a file"), "1.1",
        msg!("Where the file is written. A relative path starts from the project's folder; a file of that name is replaced.");
    PROJECT_PATH: msg!("Path of a project"), "1.1",
        msg!("Where the project file lies, or is to be written: a .tributary file with your decisions. Tables are not copied into it.");
}
