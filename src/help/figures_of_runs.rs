//! Figures of runs, of changes between them, and of how good the matching is.

use super::figures;

figures! {
    RUN_STARTED: msg!("Started"), msg!("Runs"), "1.7",
        msg!("When the run began."),
        msg!("the clock at its start, in UTC");
    RUN_TOOK: msg!("Took"), msg!("Runs"), "1.7",
        msg!("From the beginning until everything was written."),
        msg!("end − start");
    RUN_ASKED_FOR: msg!("Asked for"), msg!("Runs"), "1.7",
        msg!("Which stages were asked for, and where: in the window or on the command line."),
        msg!("the command that started it");
    RUN_NOW: msg!("As of"), msg!("Runs"), "1.12",
        msg!("The time that relative dates count from."),
        msg!("the start of the run, or the time given to it");
    RUN_COUNT: msg!("Counts of a run"), msg!("Runs"), "1.7",
        msg!("A figure as the run found it, and in brackets how it differs from the published run before."),
        msg!("figure (figure − figure of the run before)");
    KNOWN_BY_RUN: msg!("Known and unknown by run"), msg!("Runs"), "1.9",
        msg!("A bar for each published run: its known customers, and on top its unknown ones."),
        msg!("known customers of the run, unknown customers of the run");
    MERGED: msg!("Merged"), msg!("Runs"), "1.6",
        msg!("Customers that took in others of the run before; the ids of those lead to them."),
        msg!("customers that hold keys of two customers of the run before or more");
    SPLIT: msg!("Split"), msg!("Runs"), "1.6",
        msg!("Customers that were part of another one in the run before."),
        msg!("customers whose keys were a part of one customer");
    GONE: msg!("Gone"), msg!("Runs"), "1.6",
        msg!("Customers of the run before none of whose keys is there any more."),
        msg!("customers before − those with a key left");
    NEW: msg!("New"), msg!("Runs"), "1.6",
        msg!("Customers none of whose keys was there in the run before."),
        msg!("customers now − those with a key of before");
    NEWLY_KNOWN: msg!("Became known"), msg!("Runs"), "1.9", example "becomes_known",
        msg!("Customers that are known and were unknown, or took in one that was."),
        msg!("known customers whose keys were of an unknown one");
    FIELDS_CHANGED: msg!("Fields changed"), msg!("Runs"), "1.6",
        msg!("Customers that were there, with other values in their unified fields."),
        msg!("customers with a field that differs from the run before");
    DRAFT_SAME: msg!("Same"), msg!("Statistics"), "1.6",
        msg!("Customers with exactly the same source keys; since nothing of them changed, there are no rows to show."),
        msg!("customers of the draft with the key set of a customer of the last run");
    DRAFT_KEYS_CHANGED: msg!("Gained or lost keys"), msg!("Statistics"), "1.6",
        msg!("Customers of the same keys, but for those that only one of the two runs has."),
        msg!("customers that went on − same");
    DRAFT_MERGED: msg!("Merged in the draft"), msg!("Statistics"), "1.6",
        msg!("Customers whose keys were in several customers of the last run."),
        msg!("customers with keys of two customers or more");
    DRAFT_SPLIT: msg!("Split in the draft"), msg!("Statistics"), "1.6",
        msg!("Customers that hold a part of one customer of the last run."),
        msg!("customers whose keys were a part of one customer");
    DRAFT_SPLIT_AND_MERGED: msg!("Split and merged"), msg!("Statistics"), "1.6",
        msg!("Customers made of parts of several customers of the last run."),
        msg!("customers with parts of two customers or more");
    DRAFT_NEW: msg!("New in the draft"), msg!("Statistics"), "1.6",
        msg!("Customers all of whose keys are new."),
        msg!("customers none of whose keys the last run had");
    DRAFT_GONE: msg!("Gone in the draft"), msg!("Statistics"), "1.6",
        msg!("Customers of the last run none of whose keys is left."),
        msg!("customers of the last run − those with a key left");
    DRAFT_DIFFERENCE: msg!("Difference to the last run"), msg!("Statistics"), "1.7",
        msg!("What the draft would change, before it is run."),
        msg!("figure of the draft − figure of the last run");

    PRECISION: msg!("Precision"), msg!("Uncertain pairs"), "1.5",
        msg!("Of the pairs of records in one customer, the share that are one person."),
        msg!("correct pairs / pairs found");
    RECALL: msg!("Recall"), msg!("Uncertain pairs"), "1.5",
        msg!("Of the pairs of records that are one person, the share in one customer."),
        msg!("correct pairs / true pairs");
    F1: msg!("F1"), msg!("Uncertain pairs"), "1.5",
        msg!("Precision and recall in one number, which is high only where both are."),
        msg!("2 × precision × recall / (precision + recall)");
    B_CUBED_PRECISION: msg!("B-cubed precision"), msg!("Uncertain pairs"), "1.5",
        msg!("For each record the share of its customer that is the same person; every record weighs the same, however large its customer."),
        msg!("mean over records of: same person in its customer / its customer");
    B_CUBED_RECALL: msg!("B-cubed recall"), msg!("Uncertain pairs"), "1.5",
        msg!("For each record the share of its person that is in its customer."),
        msg!("mean over records of: same person in its customer / its person");
    B_CUBED_F1: msg!("B-cubed F1"), msg!("Uncertain pairs"), "1.5",
        msg!("B-cubed precision and recall in one number."),
        msg!("2 × B-cubed precision × B-cubed recall / (B-cubed precision + B-cubed recall)");
    ANSWERS_PRECISION: msg!("Precision of answers"), msg!("Uncertain pairs"), "1.5",
        msg!("Of the answered pairs that are in one customer, the share answered Same."),
        msg!("same and joined / all joined");
    ANSWERS_RECALL: msg!("Recall of answers"), msg!("Uncertain pairs"), "1.5",
        msg!("Of the pairs answered Same, the share in one customer."),
        msg!("same and joined / all answered Same");
    DOUBT_BRIDGE: msg!("Bridge"), msg!("Uncertain pairs"), "1.5",
        msg!("Nothing but this link holds two parts of the customer together."),
        msg!("the customer without the link falls in two");
    DOUBT_AMBIGUOUS: msg!("Ambiguous link"), msg!("Uncertain pairs"), "1.5", example "ambiguous",
        msg!("The rule found records of several customers; one was taken."),
        msg!("hits of the record in two customers or more");
    DOUBT_NEAR: msg!("Near the threshold"), msg!("Uncertain pairs"), "1.4", example "approximate",
        msg!("The pair was joined, and its score is within 5 hundredths above the threshold."),
        msg!("threshold ≤ score < threshold + 0.05");
    DOUBT_MISSED: msg!("Just missed"), msg!("Uncertain pairs"), "1.4", example "approximate",
        msg!("The pair was not joined, and its score is within 5 hundredths below the threshold."),
        msg!("threshold − 0.05 ≤ score < threshold");
}
