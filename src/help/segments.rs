//! Options of segments.

use super::topics;

topics! { "Segments";
    ADD_SEGMENT: "Add segment", "1.12", example "segment",
        "A segment is a group of customers, found by rules on their fields and on what they did, and counted anew with every run.";
    SEGMENT_NAME: "Name of a segment", "1.12",
        "Also the name of the output table, with underscores for what a table name cannot hold.";
    SET_OPERATOR: "Set operator", "1.12", example "segment",
        "How the customers of this rule go together with those of the rules above: added (union), kept only where both find them (intersect), or taken away (except). Rules are worked off from top to bottom.";
    UNION: "Union", "1.12",
        "Customers of the rules above, and those of this rule.";
    INTERSECT: "Intersect", "1.12",
        "Customers of the rules above that this rule finds too.";
    EXCEPT: "Except", "1.12", example "segment",
        "Customers of the rules above that this rule does not find, such as those who never bought.";
    COMBINE: "All or any", "1.12", example "segment",
        "All (and): every condition holds. Any (or): one is enough. Conditions on one activity are judged on one row of it, so viewed and bought need two rules.";
    SUBJECT: "Field of a condition", "1.12",
        "What the condition looks at: whether the customer is known, a customer field, a column of an activity, or whether the visitor was unknown when it happened.";
    WHILE_UNKNOWN: "While unknown", "1.12", example "becomes_known",
        "Whether the visitor was unknown when it happened: its key was tied to a known identifier later, or never.";
    NEGATION: "Is or is not", "1.12",
        "Is not turns the comparison round. It is false for blanks, unless they are included.";
    OPERATOR: "Operator", "1.12",
        "How the field is compared with the value; which operators there are depends on the field's type. Between takes both ends in, and empty needs no value.";
    VALUE: "Value", "1.12",
        "What the field is compared with: text as it stands in the data, numbers with a point, dates as 2022-07-23.";
    PICK_VALUE: "Pick", "1.12",
        "Values that occur in the data, to choose instead of typing.";
    IGNORE_CASE: "Ignore case", "1.12",
        "Capital and small letters are the same: Product View equals product view.";
    INCLUDE_BLANKS: "Include blanks", "1.12",
        "Is not is false for blanks, unless they are included here.";
}
