//! Options of the unified data view: fields, groups, ids, clusters, who is known.

use super::topics;

topics! { msg!("Unified data view");
    FIELD_NAME: msg!("Name of a field"), "1.6",
        msg!("What the customer's column is called, on the screen and in every export. Enter takes the name over, Escape gives it up.");
    SELECT_FIELD: msg!("Select"), "1.6",
        msg!("Ticked fields can be combined into one field, or grouped so that their values come from one record.");
    POLICY: msg!("Policy"), "1.6",
        msg!("Which value a field takes where its records have several. Each policy says itself what it does; those marked as Tributary's own are beyond the product.");
    IMPORTANCE: msg!("Importance"), "1.6",
        msg!("The first column in the order below that has a value; where a customer has several records of one table, the one whose key is largest comes first, such as C9 before C7.");
    MOST_RECENT: msg!("Most recent"), "1.6",
        msg!("The value of the record with the latest date, or the largest number; records without one come last.");
    LEAST_RECENT: msg!("Least recent"), "1.6",
        msg!("The value of the record with the earliest date, or the smallest number; records without one come last.");
    MOST_FILLED: msg!("Most filled"), "1.6",
        msg!("The value of the record that has the most columns filled, of those used.");
    MOST_FREQUENT: msg!("Most frequent"), "1.6",
        msg!("The value that most of the customer's records have.");
    LONGEST: msg!("Longest"), "1.6",
        msg!("The value of the most characters.");
    ALL_VALUES: msg!("All values as a list"), "1.6",
        msg!("Every different value, in the order below, with ; between them; the field is text.");
    GROUP_IMPORTANCE: msg!("Importance of a group"), "1.6",
        msg!("The first record in the order below speaks for all fields of the group, unless all of them are blank in it.");
    GROUP_MOST_RECENT: msg!("Most recent of a group"), "1.6",
        msg!("The record with the latest date, or the largest number, speaks; those without one come last.");
    GROUP_LEAST_RECENT: msg!("Least recent of a group"), "1.6",
        msg!("The record with the earliest date, or the smallest number, speaks; those without one come last.");
    GROUP_MOST_FILLED: msg!("Most filled of a group"), "1.6",
        msg!("The record that has the most columns filled, of those used, speaks.");
    RANK_BY: msg!("Rank by"), "1.6",
        msg!("The date or number of each table that recency goes by; every table that takes part needs one.");
    GROUP_NAME: msg!("Name of a group"), "1.6",
        msg!("A name for this page only: the fields of the group keep their own.");
    GROUP_TABLE: msg!("Takes part"), "1.6",
        msg!("Whether records of this table may speak for the group. A group chooses among two tables or more.");
    CUSTOMER_ID_FIELD: msg!("CustomerId of a field"), "1.6",
        msg!("Makes the id of the first value that each chosen field has, in match order: equal values then give equal ids, and a changed value a changed id. Without any, the id is kept from run to run. At most five fields.");
    CLUSTER_NAME: msg!("Name of a cluster"), "1.6",
        msg!("The column that the cluster adds to the customer. Customers of one cluster belong together without being one person.");
    KNOWN_BY: msg!("Known by"), "1.9", example "becomes_known",
        msg!("Two readings of known: by contact information, that is e-mail, phone or postal address, or by a loyalty id too.");
    KNOWN_IDENTIFIER: msg!("Known identifier"), "1.9", example "becomes_known",
        msg!("A semantic type that makes a customer known: a customer with a value in a field of this type is known, all others are unknown.");
}
