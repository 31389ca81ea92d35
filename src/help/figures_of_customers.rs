//! Figures of customers, their fields, activities and segments.

use super::figures;

figures! {
    CUSTOMERS: msg!("Customers"), msg!("Customers"), "1.5",
        msg!("One profile per person, known or unknown."),
        msg!("customers before dropping − dropped");
    KNOWN: msg!("Known"), msg!("Customers"), "1.9", example "becomes_known",
        msg!("Customers in which a unified field whose semantic type is on the list of known identifiers is not blank. The list stands on Unified data view."),
        msg!("customers − unknown");
    UNKNOWN: msg!("Unknown"), msg!("Customers"), "1.9", example "becomes_known",
        msg!("Customers without a value in any field that would make them known: visitors with nothing but an anonymous id."),
        msg!("customers − known");
    CUSTOMER_SIZES: msg!("Customers by size"), msg!("Statistics"), "1.5",
        msg!("Customers by the number of different source keys in them; a click shows the customers of a bar."),
        msg!("customers whose number of keys lies in the bin");
    WEAKLY_HELD: msg!("Weak links"), msg!("Statistics"), "1.5",
        msg!("Customers that fall in two without one link that rests on degrees, such as a similar name. They are the first to look at."),
        msg!("customers with a link by degrees that is the only one between two parts");
    LARGEST_CUSTOMER: msg!("Keys of the largest customer"), msg!("Statistics"), "1.5",
        msg!("Different source keys in one customer, duplicates included. A customer of very many keys is often several people."),
        msg!("maximum over all customers of the number of keys");
    LINK_SCORES: msg!("Scores of links"), msg!("Statistics"), "1.4",
        msg!("Links that rest on a comparison by degrees and nothing certain beside it. Heights follow the square root of the count."),
        msg!("links whose score lies in the bin");
    BECAME_KNOWN_BY_TIME: msg!("Customers who became known"), msg!("Customers"), "1.9", example "becomes_known",
        msg!("A customer counts once, when the first of its keys became known: with an event or row that tied it to a known identifier, or without timestamps with the first run that found it known."),
        msg!("customers whose first day known lies in the period");
    PROFILE_STATE: msg!("Known or unknown"), msg!("Customers"), "1.9", example "becomes_known",
        msg!("Known: a field whose semantic type is on the list of known identifiers has a value. Unknown: none has."),
        msg!("known where any known identifier is filled, else unknown");
    BECAME_KNOWN_ON: msg!("Became known on"), msg!("Customers"), "1.9", example "becomes_known",
        msg!("When the first of the customer's dated keys was tied to a known identifier."),
        msg!("the earliest day over the customer's keys");
    FORMER_IDS: msg!("Former ids"), msg!("Customers"), "1.6",
        msg!("Ids that led to this customer before a merge or a split; they still do."),
        msg!("ids of earlier runs whose keys are in this customer");

    COMBINED_COLUMNS: msg!("Combined customer columns"), msg!("Unified data view"), "1.6",
        msg!("Unified fields made of two source columns or more."),
        msg!("fields − individual customer columns");
    INDIVIDUAL_COLUMNS: msg!("Individual customer columns"), msg!("Unified data view"), "1.6",
        msg!("Unified fields made of one source column."),
        msg!("fields − combined customer columns");
    EXCLUDED_COLUMNS: msg!("Excluded columns"), msg!("Unified data view"), "1.6",
        msg!("Source columns of the fields that are left out of the customer."),
        msg!("columns used − columns of included fields");
    FIELD_BLANK: msg!("Blank"), msg!("Unified data view"), "1.6",
        msg!("Customers none of whose records has a value in the columns of this field."),
        msg!("customers with nothing in the field; the share is of all customers");
    CLUSTERS: msg!("Clusters"), msg!("Unified data view"), "1.6",
        msg!("Sets of two customers or more that a rule of the cluster brings together, such as a household."),
        msg!("number of sets with at least two customers");
    CLUSTERED_CUSTOMERS: msg!("Customers in them"), msg!("Unified data view"), "1.6",
        msg!("Customers in any of the clusters; the others have a blank in the column."),
        msg!("sum over the clusters of their customers");
    WITHOUT_ID_VALUES: msg!("Customers without these values"), msg!("Unified data view"), "1.6",
        msg!("Customers that are blank in all fields chosen for the id: they get an id of the default kind."),
        msg!("customers with nothing in any of the chosen fields");

    LINKED: msg!("Linked"), msg!("Activities"), "1.10",
        msg!("Rows whose key is in a customer's keyring, the winners' keys and the duplicates', and whose time is not blank."),
        msg!("all rows of the activity − orphaned rows");
    ACTIVITY_WHILE_UNKNOWN: msg!("While unknown"), msg!("Customers"), "1.9", example "becomes_known",
        msg!("The customer was not known yet when this happened: its key was tied to a known identifier later, or never."),
        msg!("time of the activity < time its key became known");
    CONDITION_CUSTOMERS: msg!("Customers of a condition"), msg!("Segments"), "1.12", example "segment",
        msg!("Customers that this condition finds by itself, whatever the other conditions of the rule say."),
        msg!("customers that satisfy the condition");
    RULE_CUSTOMERS: msg!("Customers of a rule"), msg!("Segments"), "1.12", example "segment",
        msg!("Customers that the rule's conditions find together. Conditions on one activity are judged on the same row of it."),
        msg!("customers that satisfy all conditions, or any, as the rule says");
    MEMBERS_SO_FAR: msg!("Members so far"), msg!("Segments"), "1.12", example "segment",
        msg!("Customers after this rule is joined to those above it by its set operator."),
        msg!("members above ∪, ∩ or − customers of this rule");
    MEMBERS: msg!("Members"), msg!("Segments"), "1.12", example "segment",
        msg!("Customers left after the last rule of the segment."),
        msg!("members so far at the last rule");
    EXPORT_ROWS: msg!("Rows of an export"), msg!("Export"), "1.13",
        msg!("Rows that would be written: one for each customer of the last run, or for each member of the segment."),
        msg!("customers, or members of the segment");
}
