//! Figures of source tables, deduplication and matching.

use super::figures;

figures! {
    ROWS_READ: "Rows read", "Sources", "1.1",
        "The data rows of the file, without the row of column names.",
        "good rows + corrupt rows";
    CORRUPT_ROWS: "Corrupt rows", "Sources", "1.1",
        "Rows that do not fit the types or the number of columns. They take no part in anything until the file is mended and read again.",
        "rows read − good rows";
    GOOD_ROWS: "Good rows", "Sources", "1.1",
        "Rows that fit their columns; they are the rows shown.",
        "rows read − corrupt rows";
    FILE_COLUMNS: "Columns in the file", "Sources", "1.1",
        "Columns that the file has, whether they are used for the unification or not.",
        "columns used + columns left out";
    PROFILE_TYPE: "Values are", "Sources", "1.1",
        "The type that the values of the column are read as.",
        "the type chosen on Sources";
    PROFILE_ROWS: "Rows in total", "Sources", "1.1",
        "Good rows of the table, blank cells included.",
        "blank cells + filled cells";
    PROFILE_BLANK: "Blank cells", "Sources", "1.1",
        "Empty cells, and those that equal a blank token. The share is of all rows.",
        "rows in total − filled cells";
    PROFILE_DISTINCT: "Distinct values", "Sources", "1.1",
        "Different values, blanks not counted. The share is of the cells that are not blank.",
        "number of different filled values";
    PROFILE_SMALLEST: "Smallest", "Sources", "1.1",
        "The smallest value; texts are ordered by code point.",
        "minimum of the filled values";
    PROFILE_LARGEST: "Largest", "Sources", "1.1",
        "The largest value; texts are ordered by code point.",
        "maximum of the filled values";
    PROFILE_SPREAD: "Spread of values", "Sources", "1.1",
        "Rows by value, in bins of equal width; a click on a bar shows its rows.",
        "rows whose value lies in the bin";

    KEY_ROWS: "Good rows", "Customer data", "1.2",
        "The rows that the primary key is checked on.",
        "rows read − corrupt rows";
    BLANK_KEYS: "Blank keys", "Customer data", "1.2", example "blank_key",
        "Rows without a key. They take no part in the unification, but still serve as activities.",
        "rows whose primary key is blank";
    REPEATED_KEYS: "Repeated keys", "Customer data", "1.2",
        "Different keys that stand in two rows or more.",
        "number of keys with more than one row";
    ROWS_JOINED_BY_KEY: "Rows joined by key", "Customer data", "1.3",
        "Each key keeps one row; the others become duplicates of it.",
        "rows with a repeated key − repeated keys";
    COLUMN_AS_KEY: "As a key", "Customer data", "1.2",
        "How the column would do as the primary key: rows whose value stands in another row too, and rows without a value. A key is unique and never blank.",
        "repeated rows, blank rows";

    SOURCE_RECORDS: "Source records", "Deduplication rules", "1.3",
        "Rows that take part in the unification.",
        "rows read − corrupt rows − rows without a primary key";
    UNIQUE_RECORDS: "Unique records", "Deduplication rules", "1.3", example "duplicates",
        "Records after deduplication: each stands for one row or for a group of duplicates.",
        "source records − duplicates";
    DUPLICATES: "Duplicates", "Deduplication rules", "1.3", example "duplicates",
        "Rows that another row of the same record speaks for. Their keys stay in the keyring, so that a lookup by any of them finds the customer.",
        "source records − unique records";
    SHARE_DEDUPLICATED: "Deduplicated", "Deduplication rules", "1.3",
        "The share of a table's rows that deduplication took away.",
        "(source records − unique records) / source records";
    ACTIVE_RULES: "Rules", "Deduplication rules", "1.3",
        "Active rules of the table; an inactive rule is kept, but joins nothing.",
        "all rules − inactive rules";
    DUPLICATES_OF_RULE: "Duplicates of a rule", "Deduplication rules", "1.3",
        "Rows that this rule alone would join to an earlier row of the table. Rules overlap, so their counts do not add up to the duplicates of the table.",
        "rows joined by the rule − groups it makes; the share is of source records";
    REMOVED_BY_KEY: "Same primary key", "Deduplication rules", "1.3",
        "Rows joined for nothing but their primary key: the first row of the file speaks for them, unless rules chose a row of the group.",
        "rows with one key − 1, summed over the keys that no rule joined";
    REMOVED_BY_COLUMNS: "Equal in every column of the match rules", "Deduplication rules", "1.3",
        "Exact equality in all columns of the table's active match rules, its own and those of lower tables naming it. A row with a blank in any of them takes no part, and a table with rules of its own is not joined so.",
        "rows equal in these columns − 1, summed over the groups";

    UNIQUE_SOURCE_RECORDS: "Unique source records", "Matching rules", "1.5",
        "Records that go into matching, of all tables together.",
        "sum over all tables of unique records";
    MATCHED_AND_NON_MATCHED: "Matched and non-matched records", "Matching rules", "1.5",
        "Unique records left after matching: customers before any is dropped.",
        "unique source records − record matches";
    MATCHED_ONLY: "Matched records only", "Matching rules", "1.5",
        "Customers made of two or more unique records; a group of duplicates counts as one record.",
        "customers with at least two unique records";
    RECORD_MATCHES: "Record matches", "Matching rules", "1.5",
        "Records attached to a record of a higher table.",
        "unique source records − matched and non-matched records";
    CORRUPT: "Corrupt", "Left out", "1.1", example "blank_key",
        "Rows that do not fit their columns, or have no primary key: they take no part until mended.",
        "corrupt rows + rows without a primary key";
    DROPPED: "Dropped", "Matching rules", "1.5",
        "Unique records that match nothing, of tables without Include all records. They are in no customer.",
        "unique records of such tables − those matched";
    AMBIGUOUS: "Ambiguous", "Matching rules", "1.5", example "ambiguous",
        "Records for which rules found records of several customers. The highest score is taken, then the larger primary key.",
        "records whose hits under one rule lie in two customers or more";
    REFUSED: "Refused", "Matching rules", "1.5",
        "Links that a never-match pair or a guard kept from joining two records.",
        "links found by rules − links made, where a limit stood in the way";
    ORPHANED: "Orphaned", "Activities", "1.10",
        "Activity rows in no timeline: the key is blank or in no customer, or the time is blank.",
        "all rows of the activity − linked rows";
    JOINED: "Joined", "Matching rules", "1.5",
        "Records of the table attached to a record of a higher table.",
        "unique records − own − dropped";
    OWN: "Own", "Matching rules", "1.5",
        "Records of the table that head a customer of their own.",
        "unique records − joined − dropped";
    MATCHED_SHARE: "Matched", "Matching rules", "1.5",
        "The share of a table's records whose customer holds at least two unique records, of this or of other tables.",
        "unique records in such customers / unique records";
    MATCHES_OF_RULE: "Matches of a rule", "Matching rules", "1.5", example "rule_order",
        "Records that this rule attached to the higher table. Records that an earlier rule attached do not reach it.",
        "records attached by the rule; the share is of the table's unique records";
    PREVIEW_MATCHED: "Matched by this rule", "Matching rules", "1.5",
        "Records that this rule alone finds, whatever other rules find; of all rows, not of a sample.",
        "records with at least one pair that satisfies the rule";
    PREVIEW_UNMATCHED: "Unmatched by this rule", "Matching rules", "1.5",
        "Records for which this rule alone finds nothing.",
        "all records − matched by this rule";
    PREVIEW_AMBIGUOUS: "Ambiguous under this rule", "Matching rules", "1.5", example "ambiguous",
        "Records for which this rule finds several records of the higher table.",
        "records with two hits or more";
    CANDIDATE_SCORES: "Scores of candidate pairs", "Matching rules", "1.4", example "approximate",
        "Candidate pairs by their score under one condition, about its threshold. Heights follow the square root of the count, so that few pairs are seen beside many.",
        "candidate pairs whose score lies in the bin";
    HOT_VALUES: "Hot values", "Matching rules", "1.4",
        "Values that many records of one table share. A rule that compares nothing else makes one customer of all that share one.",
        "values that stand in so many records that a rule would fuse them";
}
