//! Options of reviewing uncertain pairs and of evaluation.

use super::topics;

topics! { "Uncertain pairs";
    BLIND_MODE: "Blind mode", "1.5",
        "Hides doubt, rule, score and explanation until you have answered, so that they do not sway you.";
    ANSWERS_DECIDE: "Answers also become overrides", "1.5",
        "Same: the two always match from now on. Different: they never do. The reason is review.";
    FILTER_DOUBT: "Filter by doubt", "1.5",
        "Shows only pairs that are uncertain for this reason.";
    TRUTH_COLUMN: "Truth column", "1.5",
        "A column whose equal values are one person, where the data says so; the customers are measured against it.";
}
