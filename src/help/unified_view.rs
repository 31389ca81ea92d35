//! Options of the unified data view: fields, groups, ids, clusters, who is known.

use super::topics;

topics! { "Unified data view";
    FIELD_NAME: "Name of a field", "1.6",
        "What the customer's column is called, on the screen and in every export. Enter takes the name over, Escape gives it up.";
    SELECT_FIELD: "Select", "1.6",
        "Ticked fields can be combined into one field, or grouped so that their values come from one record.";
    POLICY: "Policy", "1.6",
        "Which value a field takes where its records have several. Each policy says itself what it does; those marked as Tributary's own are beyond the product.";
    IMPORTANCE: "Importance", "1.6",
        "The first column in the order below that has a value; of several records of a table, the one with the largest key comes first.";
    MOST_RECENT: "Most recent", "1.6",
        "The value of the record with the latest date, or the largest number; records without one come last.";
    LEAST_RECENT: "Least recent", "1.6",
        "The value of the record with the earliest date, or the smallest number; records without one come last.";
    MOST_FILLED: "Most filled", "1.6",
        "The value of the record that has the most columns filled, of those used.";
    MOST_FREQUENT: "Most frequent", "1.6",
        "The value that most of the customer's records have.";
    LONGEST: "Longest", "1.6",
        "The value of the most characters.";
    ALL_VALUES: "All values as a list", "1.6",
        "Every different value, in the order below, with ; between them; the field is text.";
    GROUP_IMPORTANCE: "Importance of a group", "1.6",
        "The first record in the order below speaks for all fields of the group, unless all of them are blank in it.";
    GROUP_MOST_RECENT: "Most recent of a group", "1.6",
        "The record with the latest date, or the largest number, speaks; those without one come last.";
    GROUP_LEAST_RECENT: "Least recent of a group", "1.6",
        "The record with the earliest date, or the smallest number, speaks; those without one come last.";
    GROUP_MOST_FILLED: "Most filled of a group", "1.6",
        "The record that has the most columns filled, of those used, speaks.";
    RANK_BY: "Rank by", "1.6",
        "The date or number of each table that recency goes by; every table that takes part needs one.";
    GROUP_NAME: "Name of a group", "1.6",
        "A name for this page only: the fields of the group keep their own.";
    GROUP_TABLE: "Takes part", "1.6",
        "Whether records of this table may speak for the group. A group chooses among two tables or more.";
    CUSTOMER_ID_FIELD: "CustomerId of a field", "1.6",
        "Makes the id of the first value that each chosen field has, in match order: equal values then give equal ids, and a changed value a changed id. Without any, the id is kept from run to run. At most five fields.";
    CLUSTER_NAME: "Name of a cluster", "1.6",
        "The column that the cluster adds to the customer. Customers of one cluster belong together without being one person.";
    KNOWN_BY: "Known by", "1.9", example "becomes_known",
        "Two readings of known: by contact information, that is e-mail, phone or postal address, or by a loyalty id too.";
    KNOWN_IDENTIFIER: "Known identifier", "1.9", example "becomes_known",
        "A semantic type that makes a customer known: a customer with a value in a field of this type is known, all others are unknown.";
}
