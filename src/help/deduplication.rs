//! Options of deduplication: which row speaks for a group of duplicates.

use super::topics;

topics! { msg!("Deduplication rules");
    ADD_RULE: msg!("Add rule"), "1.3", example "duplicates",
        msg!("A rule says which rows of one table are the same customer: all of its conditions must hold. Every rule is tried on every row, and groups that share a row are one.");
    RECORD_TO_KEEP: msg!("Record to keep"), "1.3", example "duplicates",
        msg!("The row that speaks for a group of duplicates: the most filled one, or the most or least recent. At a tie the row with the larger primary key is kept: integers by number, texts by code point; if the keys are equal too, the first row of the file.");
    RECENCY_FIELD: msg!("By"), "1.3",
        msg!("The date or number that recency goes by; it may be a column that is not used. A row that is blank in it loses.");
    VALUE_TO_KEEP: msg!("Value to keep"), "1.3",
        msg!("Where a column takes its value from another row than the record to keep: the first value that is not blank, in the order of the choice; ties as for the record. The primary key always stays that of the record.");
}
