//! Options of activities.

use super::topics;

topics! { msg!("Activities");
    ADD_ACTIVITY: msg!("Add activity"), "1.10",
        msg!("An activity is something customers did, such as orders: a table of rows with a time, each led to a customer by a key.");
    ACTIVITY_NAME: msg!("Name of an activity"), "1.10",
        msg!("What segments and timelines call it; no two activities have the same name.");
    ACTIVITY_TYPE: msg!("Type"), "1.10",
        msg!("Groups activities in timelines, such as SalesOrder or Feedback; any text will do.");
    ACTIVITY_TABLE: msg!("Source table"), "1.10",
        msg!("The table with one row an event; it may be a unified table too.");
    ACTIVITY_KEY: msg!("Primary key"), "1.10",
        msg!("The column that identifies an event: unique, never blank, and the same at the next refresh.");
    ACTIVITY_TIME: msg!("Timestamp"), "1.10",
        msg!("When it happened: a date or datetime column. A row with a blank time is in no timeline and counts as orphaned.");
    ACTIVITY_EVENT: msg!("Event"), "1.10",
        msg!("What happened, such as Product view; it is the title in the timeline.");
    ACTIVITY_OPTIONAL: msg!("Detail or web address"), "1.10",
        msg!("More about the event, or where it happened; shown below its title where it is filled.");
    ACTIVITY_LINK: msg!("Link"), "1.10",
        msg!("A column that holds primary keys of a unified table, the winners' or the duplicates', and which table that is. It leads each event to its customer.");
    SHOW_IN_TIMELINE: msg!("Show in timeline"), "1.10",
        msg!("Off: the rows stay usable by segments, and are in no customer's timeline.");
}
