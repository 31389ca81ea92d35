//! Options of segments.

use super::topics;

topics! { msg!("Segments");
    ADD_SEGMENT: msg!("Add segment"), "1.12", example "segment",
        msg!("A segment is a group of customers, found by rules on their fields and on what they did, and counted anew with every run.");
    SEGMENT_NAME: msg!("Name of a segment"), "1.12",
        msg!("Also the name of the output table, with underscores for what a table name cannot hold.");
    SET_OPERATOR: msg!("Set operator"), "1.12", example "segment",
        msg!("How the customers of this rule go together with those of the rules above: added (union), kept only where both find them (intersect), or taken away (except). Rules are worked off from top to bottom.");
    UNION: msg!("Union"), "1.12",
        msg!("Customers of the rules above, and those of this rule.");
    INTERSECT: msg!("Intersect"), "1.12",
        msg!("Customers of the rules above that this rule finds too.");
    EXCEPT: msg!("Except"), "1.12", example "segment",
        msg!("Customers of the rules above that this rule does not find, such as those who never bought.");
    COMBINE: msg!("All or any"), "1.12", example "segment",
        msg!("All (and): every condition holds. Any (or): one is enough. Conditions on one activity are judged on one row of it, so viewed and bought need two rules.");
    SUBJECT: msg!("Field of a condition"), "1.12",
        msg!("What the condition looks at: whether the customer is known, a customer field, a column of an activity, or whether the visitor was unknown when it happened.");
    WHILE_UNKNOWN: msg!("While unknown"), "1.12", example "becomes_known",
        msg!("Whether the visitor was unknown when it happened: its key was tied to a known identifier later, or never.");
    NEGATION: msg!("Is or is not"), "1.12",
        msg!("Is not turns the comparison round. It is false for blanks, unless they are included.");
    OPERATOR: msg!("Operator"), "1.12",
        msg!("How the field is compared with the value; which operators there are depends on the field's type. Between takes both ends in, and empty needs no value.");
    VALUE: msg!("Value"), "1.12",
        msg!("What the field is compared with: text as it stands in the data, numbers with a point, dates as 2022-07-23.");
    PICK_VALUE: msg!("Pick"), "1.12",
        msg!("Values that occur in the data, to choose instead of typing.");
    IGNORE_CASE: msg!("Ignore case"), "1.12",
        msg!("Capital and small letters are the same: Product View equals product view.");
    INCLUDE_BLANKS: msg!("Include blanks"), "1.12",
        msg!("Is not is false for blanks, unless they are included here.");
}
