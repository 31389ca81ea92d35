//! Figures of customers, their fields, activities and segments.

use super::figures;

figures! {
    CUSTOMERS: "Customers", "Customers", "1.5",
        "One profile per person, known or unknown.",
        "matched and non-matched records − dropped";
    KNOWN: "Known", "Customers", "1.9", example "becomes_known",
        "Customers in which a unified field whose semantic type is on the list of known identifiers is not blank. The list stands on Unified data view.",
        "customers − unknown";
    UNKNOWN: "Unknown", "Customers", "1.9", example "becomes_known",
        "Customers without a value in any field that would make them known: visitors with nothing but an anonymous id.",
        "customers − known";
    CUSTOMER_SIZES: "Customers by size", "Statistics", "1.5",
        "Customers by the number of different source keys in them; a click shows the customers of a bar.",
        "customers whose number of keys lies in the bin";
    WEAKLY_HELD: "Weak links", "Statistics", "1.5",
        "Customers that fall in two without one link that rests on degrees, such as a similar name. They are the first to look at.",
        "customers with a link by degrees that is the only one between two parts";
    LARGEST_CUSTOMER: "Keys of the largest customer", "Statistics", "1.5",
        "Different source keys in one customer, duplicates included. A customer of very many keys is often several people.",
        "maximum over all customers of the number of keys";
    LINK_SCORES: "Scores of links", "Statistics", "1.4",
        "Links that rest on a comparison by degrees and nothing certain beside it. Heights follow the square root of the count.",
        "links whose score lies in the bin";
    BECAME_KNOWN_BY_TIME: "Customers who became known", "Customers", "1.9", example "becomes_known",
        "A customer counts once, when the first of its keys became known: with an event or row that tied it to a known identifier, or without timestamps with the first run that found it known.",
        "customers whose first day known lies in the period";
    PROFILE_STATE: "Known or unknown", "Customers", "1.9", example "becomes_known",
        "Known: a field whose semantic type is on the list of known identifiers has a value. Unknown: none has.",
        "known where any known identifier is filled, else unknown";
    BECAME_KNOWN_ON: "Became known on", "Customers", "1.9", example "becomes_known",
        "When the first of the customer's dated keys was tied to a known identifier.",
        "the earliest day over the customer's keys";
    FORMER_IDS: "Former ids", "Customers", "1.6",
        "Ids that led to this customer before a merge or a split; they still do.",
        "ids of earlier runs whose keys are in this customer";

    COMBINED_COLUMNS: "Combined customer columns", "Unified data view", "1.6",
        "Unified fields made of two source columns or more.",
        "fields − individual customer columns";
    INDIVIDUAL_COLUMNS: "Individual customer columns", "Unified data view", "1.6",
        "Unified fields made of one source column.",
        "fields − combined customer columns";
    EXCLUDED_COLUMNS: "Excluded columns", "Unified data view", "1.6",
        "Source columns of the fields that are left out of the customer.",
        "columns used − columns of included fields";
    FIELD_BLANK: "Blank", "Unified data view", "1.6",
        "Customers none of whose records has a value in the columns of this field.",
        "customers with nothing in the field; the share is of all customers";
    CLUSTERS: "Clusters", "Unified data view", "1.6",
        "Sets of two customers or more that a rule of the cluster brings together, such as a household.",
        "number of sets with at least two customers";
    CLUSTERED_CUSTOMERS: "Customers in them", "Unified data view", "1.6",
        "Customers in any of the clusters; the others have a blank in the column.",
        "sum over the clusters of their customers";
    WITHOUT_ID_VALUES: "Customers without these values", "Unified data view", "1.6",
        "Customers that are blank in all fields chosen for the id: they get an id of the default kind.",
        "customers with nothing in any of the chosen fields";

    LINKED: "Linked", "Activities", "1.10",
        "Rows whose key is in a customer's keyring, the winners' keys and the duplicates', and whose time is not blank.",
        "all rows of the activity − orphaned rows";
    ACTIVITY_WHILE_UNKNOWN: "While unknown", "Customers", "1.9", example "becomes_known",
        "The customer was not known yet when this happened: its key was tied to a known identifier later, or never.",
        "time of the activity < time its key became known";
    CONDITION_CUSTOMERS: "Customers of a condition", "Segments", "1.12", example "segment",
        "Customers that this condition finds by itself, whatever the other conditions of the rule say.",
        "customers that satisfy the condition";
    RULE_CUSTOMERS: "Customers of a rule", "Segments", "1.12", example "segment",
        "Customers that the rule's conditions find together. Conditions on one activity are judged on the same row of it.",
        "customers that satisfy all conditions, or any, as the rule says";
    MEMBERS_SO_FAR: "Members so far", "Segments", "1.12", example "segment",
        "Customers after this rule is joined to those above it by its set operator.",
        "members above ∪, ∩ or − customers of this rule";
    MEMBERS: "Members", "Segments", "1.12", example "segment",
        "Customers left after the last rule of the segment.",
        "members so far at the last rule";
    EXPORT_ROWS: "Rows of an export", "Export", "1.13",
        "Rows that would be written: one for each customer of the last run, or for each member of the segment.",
        "customers, or members of the segment";
}
