//! Options of matching: the order of tables, rules, guards, pairs decided by hand.

use super::topics;

topics! { msg!("Matching rules");
    MATCH_ORDER: msg!("Match order"), "1.5", example "rule_order",
        msg!("A table joins those above it. The first is the primary table: the others are matched to it, and its values come first by default.");
    INCLUDE_ALL: msg!("Include all records"), "1.5", example "include_all",
        msg!("On: every record becomes a customer, matched or not. Off: records of this table that match nothing are dropped, and counted as such.");
    JOINS_TO: msg!("Joins to"), "1.5",
        msg!("The higher table whose records this rule looks at. Each rule names one.");
    ORDER_OF_MATCH_RULES: msg!("Order of match rules"), "1.5", example "rule_order",
        msg!("Rules are tried in order, and the first that finds something decides for the record; later rules are not asked.");
    ADD_MATCH_RULE: msg!("Add match rule"), "1.5", example "approximate",
        msg!("Joins records of this table to those of a higher one, where all conditions of the rule hold.");
    PROPOSED_RULE: msg!("Proposed rule"), "1.5",
        msg!("An id or contact field that this table shares with a higher one, and what an exact rule on it would find; ticked ones are added.");
    MAX_RECORDS: msg!("Most records in a profile"), "1.5",
        msg!("Different primary keys in one profile, duplicates included. A link by a rule that would exceed it is refused and listed; pairs decided by hand are not.");
    MAX_VALUES: msg!("Most values in a profile"), "1.5",
        msg!("Different values of this identifier in one profile, compared trimmed and in lower case. A link that would exceed it is refused and listed.");
    GUARDED_IDENTIFIER: msg!("Guarded identifier"), "1.5",
        msg!("An id or contact field, such as Phone: how many values of it one person may have, and which of its values identify nobody. Where links compete, those by an earlier identifier come first.");
    GUARDED_COLUMN: msg!("Columns of the identifier"), "1.5",
        msg!("The columns that hold this identifier, of any of the tables.");
    BLOCKED_VALUE: msg!("Blocked value"), "1.5",
        msg!("A value that identifies nobody, such as 000-0000: it satisfies no condition, and stays in the data.");
    BLOCKED_PATTERN: msg!("Pattern"), "1.5",
        msg!("What is typed is a regular expression that the whole value fits, instead of the value itself.");
    PAIR: msg!("Pair decided by hand"), "1.5",
        msg!("Two records as Table:Key. Always match makes them one customer, never match keeps them apart, whatever the rules say; never beats always.");
    PAIR_KIND: msg!("Always or never"), "1.5",
        msg!("Always match: the two are one customer, though they have nothing in common. Never match: no rule and no chain of rules brings them together.");
    PAIR_REASON: msg!("Reason"), "1.5",
        msg!("Why a person decided so; it is kept with the pair and shown in explanations.");
    PAIRS_PATH: msg!("Path of pairs"), "1.5",
        msg!("A CSV file with the columns Table1, Table1Key, Table2, Table2Key and perhaps Reason.");
}
