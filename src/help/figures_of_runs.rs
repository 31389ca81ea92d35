//! Figures of runs, of changes between them, and of how good the matching is.

use super::figures;

figures! {
    RUN_STARTED: "Started", "Runs", "1.7",
        "When the run began.",
        "the clock at its start, in UTC";
    RUN_TOOK: "Took", "Runs", "1.7",
        "From the beginning until everything was written.",
        "end − start";
    RUN_ASKED_FOR: "Asked for", "Runs", "1.7",
        "Which stages were asked for, and where: in the window or on the command line.",
        "the command that started it";
    RUN_NOW: "As of", "Runs", "1.12",
        "The time that relative dates count from.",
        "the start of the run, or the time given to it";
    RUN_COUNT: "Counts of a run", "Runs", "1.7",
        "A figure as the run found it, and in brackets how it differs from the published run before.",
        "figure (figure − figure of the run before)";
    KNOWN_BY_RUN: "Known and unknown by run", "Runs", "1.9",
        "A bar for each published run: its known customers, and on top its unknown ones.",
        "known customers of the run, unknown customers of the run";
    MERGED: "Merged", "Runs", "1.6",
        "Customers that took in others of the run before; the ids of those lead to them.",
        "customers that hold keys of two customers of the run before or more";
    SPLIT: "Split", "Runs", "1.6",
        "Customers that were part of another one in the run before.",
        "customers whose keys were a part of one customer";
    GONE: "Gone", "Runs", "1.6",
        "Customers of the run before none of whose keys is there any more.",
        "customers before − those with a key left";
    NEW: "New", "Runs", "1.6",
        "Customers none of whose keys was there in the run before.",
        "customers now − those with a key of before";
    NEWLY_KNOWN: "Became known", "Runs", "1.9", example "becomes_known",
        "Customers that are known and were unknown, or took in one that was.",
        "known customers whose keys were of an unknown one";
    FIELDS_CHANGED: "Fields changed", "Runs", "1.6",
        "Customers that were there, with other values in their unified fields.",
        "customers with a field that differs from the run before";
    DRAFT_SAME: "Same", "Statistics", "1.6",
        "Customers with exactly the same source keys; since nothing of them changed, there are no rows to show.",
        "customers of the draft with the key set of a customer of the last run";
    DRAFT_KEYS_CHANGED: "Gained or lost keys", "Statistics", "1.6",
        "Customers of the same keys, but for those that only one of the two runs has.",
        "customers that went on − same";
    DRAFT_MERGED: "Merged in the draft", "Statistics", "1.6",
        "Customers whose keys were in several customers of the last run.",
        "customers with keys of two customers or more";
    DRAFT_SPLIT: "Split in the draft", "Statistics", "1.6",
        "Customers that hold a part of one customer of the last run.",
        "customers whose keys were a part of one customer";
    DRAFT_SPLIT_AND_MERGED: "Split and merged", "Statistics", "1.6",
        "Customers made of parts of several customers of the last run.",
        "customers with parts of two customers or more";
    DRAFT_NEW: "New in the draft", "Statistics", "1.6",
        "Customers all of whose keys are new.",
        "customers none of whose keys the last run had";
    DRAFT_GONE: "Gone in the draft", "Statistics", "1.6",
        "Customers of the last run none of whose keys is left.",
        "customers of the last run − those with a key left";
    DRAFT_DIFFERENCE: "Difference to the last run", "Statistics", "1.7",
        "What the draft would change, before it is run.",
        "figure of the draft − figure of the last run";

    PRECISION: "Precision", "Uncertain pairs", "1.5",
        "Of the pairs of records in one customer, the share that are one person.",
        "correct pairs / pairs found";
    RECALL: "Recall", "Uncertain pairs", "1.5",
        "Of the pairs of records that are one person, the share in one customer.",
        "correct pairs / true pairs";
    F1: "F1", "Uncertain pairs", "1.5",
        "Precision and recall in one number, which is high only where both are.",
        "2 × precision × recall / (precision + recall)";
    B_CUBED_PRECISION: "B-cubed precision", "Uncertain pairs", "1.5",
        "For each record the share of its customer that is the same person; every record weighs the same, however large its customer.",
        "mean over records of: same person in its customer / its customer";
    B_CUBED_RECALL: "B-cubed recall", "Uncertain pairs", "1.5",
        "For each record the share of its person that is in its customer.",
        "mean over records of: same person in its customer / its person";
    B_CUBED_F1: "B-cubed F1", "Uncertain pairs", "1.5",
        "B-cubed precision and recall in one number.",
        "2 × B-cubed precision × B-cubed recall / (B-cubed precision + B-cubed recall)";
    ANSWERS_PRECISION: "Precision of answers", "Uncertain pairs", "1.5",
        "Of the answered pairs that are in one customer, the share answered Same.",
        "same and joined / all joined";
    ANSWERS_RECALL: "Recall of answers", "Uncertain pairs", "1.5",
        "Of the pairs answered Same, the share in one customer.",
        "same and joined / all answered Same";
    DOUBT_BRIDGE: "Bridge", "Uncertain pairs", "1.5",
        "Nothing but this link holds two parts of the customer together.",
        "the customer without the link falls in two";
    DOUBT_AMBIGUOUS: "Ambiguous link", "Uncertain pairs", "1.5", example "ambiguous",
        "The rule found records of several customers; one was taken.",
        "hits of the record in two customers or more";
    DOUBT_NEAR: "Near the threshold", "Uncertain pairs", "1.4", example "approximate",
        "The pair was joined, and its score is within 5 hundredths above the threshold.",
        "threshold ≤ score < threshold + 0.05";
    DOUBT_MISSED: "Just missed", "Uncertain pairs", "1.4", example "approximate",
        "The pair was not joined, and its score is within 5 hundredths below the threshold.",
        "threshold − 0.05 ≤ score < threshold";
}
