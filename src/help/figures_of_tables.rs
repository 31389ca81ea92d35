//! Figures of source tables, deduplication and matching.

use super::figures;

figures! {
    ROWS_READ: msg!("Rows read"), msg!("Sources"), "1.1",
        msg!("The data rows of the file, without the row of column names."),
        msg!("good rows + corrupt rows");
    CORRUPT_ROWS: msg!("Corrupt rows"), msg!("Sources"), "1.1",
        msg!("Rows that do not fit the types or the number of columns. They take no part in anything until the file is mended and read again."),
        msg!("rows read − good rows");
    GOOD_ROWS: msg!("Good rows"), msg!("Sources"), "1.1",
        msg!("Rows that fit their columns; they are the rows shown."),
        msg!("rows read − corrupt rows");
    FILE_COLUMNS: msg!("Columns in the file"), msg!("Sources"), "1.1",
        msg!("Columns that the file has, whether they are used for the unification or not."),
        msg!("columns used + columns left out");
    PROFILE_TYPE: msg!("Values are"), msg!("Sources"), "1.1",
        msg!("The type that the values of the column are read as."),
        msg!("the type chosen on Sources");
    PROFILE_ROWS: msg!("Rows in total"), msg!("Sources"), "1.1",
        msg!("Good rows of the table, blank cells included."),
        msg!("blank cells + filled cells");
    PROFILE_BLANK: msg!("Blank cells"), msg!("Sources"), "1.1",
        msg!("Empty cells, and those that equal a blank token. The share is of all rows."),
        msg!("rows in total − filled cells");
    PROFILE_DISTINCT: msg!("Distinct values"), msg!("Sources"), "1.1",
        msg!("Different values, blanks not counted. The share is of the cells that are not blank."),
        msg!("number of different filled values");
    PROFILE_SMALLEST: msg!("Smallest"), msg!("Sources"), "1.1",
        msg!("The smallest value; texts are ordered by code point."),
        msg!("minimum of the filled values");
    PROFILE_LARGEST: msg!("Largest"), msg!("Sources"), "1.1",
        msg!("The largest value; texts are ordered by code point."),
        msg!("maximum of the filled values");
    PROFILE_SPREAD: msg!("Spread of values"), msg!("Sources"), "1.1",
        msg!("Rows by value, in bins of equal width; a click on a bar shows its rows."),
        msg!("rows whose value lies in the bin");

    KEY_ROWS: msg!("Good rows"), msg!("Customer data"), "1.2",
        msg!("The rows that the primary key is checked on."),
        msg!("rows read − corrupt rows");
    BLANK_KEYS: msg!("Blank keys"), msg!("Customer data"), "1.2", example "blank_key",
        msg!("Rows without a key. They take no part in the unification, but still serve as activities."),
        msg!("rows whose primary key is blank");
    REPEATED_KEYS: msg!("Repeated keys"), msg!("Customer data"), "1.2",
        msg!("Different keys that stand in two rows or more."),
        msg!("number of keys with more than one row");
    ROWS_JOINED_BY_KEY: msg!("Rows joined by key"), msg!("Customer data"), "1.3",
        msg!("Each key keeps one row; the others become duplicates of it."),
        msg!("rows with a repeated key − repeated keys");
    COLUMN_AS_KEY: msg!("As a key"), msg!("Customer data"), "1.2",
        msg!("How the column would do as the primary key: rows whose value stands in another row too, and rows without a value. A key is unique and never blank."),
        msg!("repeated rows, blank rows");

    SOURCE_RECORDS: msg!("Source records"), msg!("Deduplication rules"), "1.3",
        msg!("Rows that take part in the unification."),
        msg!("rows read − corrupt rows − rows without a primary key");
    UNIQUE_RECORDS: msg!("Unique records"), msg!("Deduplication rules"), "1.3", example "duplicates",
        msg!("Records after deduplication: each stands for one row or for a group of duplicates."),
        msg!("source records − duplicates");
    DUPLICATES: msg!("Duplicates"), msg!("Deduplication rules"), "1.3", example "duplicates",
        msg!("Rows that another row of the same record speaks for. Their keys stay in the keyring, so that a lookup by any of them finds the customer."),
        msg!("source records − unique records");
    SHARE_DEDUPLICATED: msg!("Deduplicated"), msg!("Deduplication rules"), "1.3",
        msg!("The share of a table's rows that deduplication took away."),
        msg!("(source records − unique records) / source records");
    ACTIVE_RULES: msg!("Rules"), msg!("Deduplication rules"), "1.3",
        msg!("Active rules of the table; an inactive rule is kept, but joins nothing."),
        msg!("all rules − inactive rules");
    DUPLICATES_OF_RULE: msg!("Duplicates of a rule"), msg!("Deduplication rules"), "1.3",
        msg!("Rows that this rule alone would join to an earlier row of the table. Rules overlap, so their counts do not add up to the duplicates of the table."),
        msg!("rows joined by the rule − groups it makes; the share is of source records");
    REMOVED_BY_KEY: msg!("Same primary key"), msg!("Deduplication rules"), "1.3",
        msg!("Rows joined for nothing but their primary key: the first row of the file speaks for them, unless rules chose a row of the group."),
        msg!("rows with one key − 1, summed over the keys that no rule joined");
    REMOVED_BY_COLUMNS: msg!("Equal in every column of the match rules"), msg!("Deduplication rules"), "1.3",
        msg!("Exact equality in all columns of the table's active match rules, its own and those of lower tables naming it. A row with a blank in any of them takes no part, and a table with rules of its own is not joined so."),
        msg!("rows equal in these columns − 1, summed over the groups");
    PROPOSED_DUPLICATES: msg!("Rows that agree"), msg!("Deduplication rules"), "1.3", example "duplicates",
        msg!("Rows equal to a row with another primary key in an id, an email or a phone, or in a name together with a birth date or an address. The rule would make one record of each such group; duplicates are the rows that are then no record of their own, beyond those that the primary key joins. Pairs decided by hand are not looked at."),
        msg!("rows of groups with two primary keys or more; duplicates = records by primary key alone − records by primary key and the rule");

    UNIQUE_SOURCE_RECORDS: msg!("All unique records"), msg!("Matching rules"), "1.5",
        msg!("Records that go into matching, of all tables together. The product calls them unique source records."),
        msg!("sum over all tables of unique records");
    MATCHED_AND_NON_MATCHED: msg!("Customers before dropping"), msg!("Matching rules"), "1.5",
        msg!("Unique records left after matching, before any is dropped. The product calls them matched and non-matched records."),
        msg!("all unique records − joined records");
    MATCHED_ONLY: msg!("From several records"), msg!("Matching rules"), "1.5",
        msg!("Customers made of two or more unique records; a group of duplicates counts as one record. The product calls them matched records only."),
        msg!("customers with at least two unique records");
    RECORD_MATCHES: msg!("Joined records"), msg!("Matching rules"), "1.5",
        msg!("Records attached to a record of a higher table. The product calls them record matches."),
        msg!("all unique records − customers before dropping");
    CORRUPT: msg!("Corrupt"), msg!("Left out"), "1.1", example "blank_key",
        msg!("Rows that do not fit their columns, or have no primary key: they take no part until mended."),
        msg!("corrupt rows + rows without a primary key");
    DROPPED: msg!("Dropped"), msg!("Matching rules"), "1.5",
        msg!("Unique records that match nothing, of tables without Include all records. They are in no customer."),
        msg!("unique records of such tables − those matched");
    AMBIGUOUS: msg!("Ambiguous"), msg!("Matching rules"), "1.5", example "ambiguous",
        msg!("Records for which rules found records of several customers. The highest score is taken, then the larger primary key."),
        msg!("records whose hits under one rule lie in two customers or more");
    REFUSED: msg!("Refused"), msg!("Matching rules"), "1.5",
        msg!("Links that a never-match pair or a guard kept from joining two records."),
        msg!("links found by rules − links made, where a limit stood in the way");
    ORPHANED: msg!("Orphaned"), msg!("Activities"), "1.10",
        msg!("Activity rows in no timeline: the key is blank or in no customer, or the time is blank."),
        msg!("all rows of the activity − linked rows");
    JOINED: msg!("Joined"), msg!("Matching rules"), "1.5",
        msg!("Records of the table attached to a record of a higher table."),
        msg!("unique records − own − dropped");
    OWN: msg!("Own"), msg!("Matching rules"), "1.5",
        msg!("Records of the table that head a customer of their own."),
        msg!("unique records − joined − dropped");
    MATCHED_SHARE: msg!("Matched"), msg!("Matching rules"), "1.5",
        msg!("The share of a table's records whose customer holds at least two unique records, of this or of other tables."),
        msg!("unique records in such customers / unique records");
    MATCHES_OF_RULE: msg!("Matches of a rule"), msg!("Matching rules"), "1.5", example "rule_order",
        msg!("Records that this rule attached to the higher table. Records that an earlier rule attached do not reach it."),
        msg!("records attached by the rule; the share is of the table's unique records");
    PREVIEW_MATCHED: msg!("Matched by this rule"), msg!("Matching rules"), "1.5",
        msg!("Records that this rule alone finds, whatever other rules find; of all rows, not of a sample."),
        msg!("records with at least one pair that satisfies the rule");
    PREVIEW_UNMATCHED: msg!("Unmatched by this rule"), msg!("Matching rules"), "1.5",
        msg!("Records for which this rule alone finds nothing."),
        msg!("all records − matched by this rule");
    PREVIEW_AMBIGUOUS: msg!("Ambiguous under this rule"), msg!("Matching rules"), "1.5", example "ambiguous",
        msg!("Records for which this rule finds several records of the higher table."),
        msg!("records with two hits or more");
    CANDIDATE_SCORES: msg!("Scores of candidate pairs"), msg!("Matching rules"), "1.4", example "approximate",
        msg!("Candidate pairs by their score under one condition, about its threshold. Heights follow the square root of the count, so that few pairs are seen beside many."),
        msg!("candidate pairs whose score lies in the bin");
    HOT_VALUES: msg!("Hot values"), msg!("Matching rules"), "1.4",
        msg!("Values that many records of one table share. A rule that compares nothing else makes one customer of all that share one."),
        msg!("values that stand in so many records that a rule would fuse them");
}
