//! Options of reviewing uncertain pairs and of evaluation.

use super::topics;

topics! { msg!("Uncertain pairs");
    BLIND_MODE: msg!("Blind mode"), "1.5",
        msg!("Hides doubt, rule, score and explanation until you have answered, so that they do not sway you.");
    ANSWERS_DECIDE: msg!("Answers also become overrides"), "1.5",
        msg!("Same: the two always match from now on. Different: they never do. The reason is review.");
    FILTER_DOUBT: msg!("Filter by doubt"), "1.5",
        msg!("Shows only pairs that are uncertain for this reason.");
    TRUTH_COLUMN: msg!("Truth column"), "1.5",
        msg!("A column whose equal values are one person, where the data says so; the customers are measured against it.");
}
