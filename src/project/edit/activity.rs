//! A new activity, with columns guessed from names and types.

use crate::project::{Activity, ActivityLink, ColumnType, Project, SourceColumn, SourceTable, ids};

/// An activity on the table that looks most like events; `None` where there is no table.
pub fn new_activity(project: &Project) -> Option<Activity> {
    let has_time = |table: &&SourceTable| table.columns.iter().any(is_time);
    // The less, the more a table looks like events: unused, no customers, with times of day and a customer's key.
    let rank = |table: &&SourceTable| {
        let is_used = project.activities.iter().any(|other| other.source_table == table.id);
        let is_unified = project.unification_table(&table.id).is_some();
        let has_datetime = table.columns.iter().any(|column| column.column_type == ColumnType::Datetime);
        (is_used, is_unified, !has_datetime, guess_link(project, table).column.is_empty())
    };
    let tables = project.source_tables.iter().filter(has_time);
    let table = tables.min_by_key(rank).or_else(|| project.source_tables.first())?;
    Some(activity_of(project, table))
}

/// An activity on a table.
pub fn activity_of(project: &Project, table: &SourceTable) -> Activity {
    let taken = project.activities.iter().map(|activity| activity.name.as_str());
    let name = super::free_name(&format!("{} activity", table.name), taken);
    let mut activity = Activity {
        id: ids::new_id(project, &name),
        name,
        activity_type: "Other".to_owned(),
        source_table: table.id.clone(),
        primary_key: String::new(),
        timestamp: String::new(),
        event: String::new(),
        detail: None,
        web_address: None,
        link: ActivityLink { column: String::new(), to_table: String::new() },
        show_in_timeline: true,
    };
    guess_columns(project, &mut activity);
    activity
}

fn is_time(column: &SourceColumn) -> bool {
    matches!(column.column_type, ColumnType::Date | ColumnType::Datetime)
}

/// Sets every column of an activity anew from its source table.
pub fn guess_columns(project: &Project, activity: &mut Activity) {
    let Some(table) = project.source_table(&activity.source_table) else { return };
    let columns = &table.columns;
    let named = |column: &SourceColumn, words: &[&str]| {
        let name = column.name.to_lowercase();
        words.iter().any(|word| name.contains(word))
    };
    let name_of = |column: Option<&SourceColumn>| column.map(|column| column.name.clone()).unwrap_or_default();
    activity.link = guess_link(project, table);
    let time = columns.iter().find(|column| column.column_type == ColumnType::Datetime);
    activity.timestamp = name_of(time.or_else(|| columns.iter().find(|column| is_time(column))));
    let is_id = |column: &&SourceColumn| {
        column.name != activity.link.column && column.name.to_lowercase().ends_with("id") && !is_time(column)
    };
    let own_key = table.primary_key.as_deref().filter(|key| *key != activity.link.column);
    let key = own_key.and_then(|key| table.column(key)).or_else(|| columns.iter().find(is_id));
    activity.primary_key = name_of(key.or_else(|| columns.first()));
    let is_event = |column: &&SourceColumn| {
        column.column_type == ColumnType::String
            && column.name != activity.link.column
            && column.name != activity.primary_key
    };
    let mut texts = columns.iter().filter(is_event);
    let spoken = texts.clone().find(|column| named(column, &["event", "action", "type", "activity"]));
    activity.event = name_of(spoken.or_else(|| texts.next()).or_else(|| columns.first()));
    let others = columns.iter().filter(is_event).filter(|column| column.name != activity.event);
    let web = others.clone().find(|column| named(column, &["url", "link", "href"]));
    activity.web_address = web.map(|column| column.name.clone());
    let detail = others.clone().find(|column| named(column, &["detail", "descr", "page", "product", "item", "categ"]));
    let detail = detail.map(|column| column.name.clone());
    activity.detail = detail.filter(|detail| Some(detail) != activity.web_address.as_ref());
}

/// The table's own key where it is unified, else a column called as a unified table's key, else a kindred one.
fn guess_link(project: &Project, table: &SourceTable) -> ActivityLink {
    let unified: Vec<(&SourceTable, &str)> = project
        .unification
        .iter()
        .filter_map(|unified| project.source_table(&unified.source_table))
        .filter_map(|source| Some((source, source.primary_key.as_deref()?)))
        .collect();
    let link = |column: &str, to: &SourceTable| ActivityLink { column: column.to_owned(), to_table: to.id.clone() };
    if let Some((source, key)) = unified.iter().find(|(source, _)| source.id == table.id) {
        return link(key, source);
    }
    for (source, key) in &unified {
        if let Some(column) = table.columns.iter().find(|column| column.name.eq_ignore_ascii_case(key)) {
            return link(&column.name, source);
        }
    }
    for (source, key) in &unified {
        let meaning = source.column(key).and_then(|column| column.semantic_type.as_deref());
        let same = |column: &&SourceColumn| meaning.is_some() && column.semantic_type.as_deref() == meaning;
        if let Some(column) = table.columns.iter().find(same) {
            return link(&column.name, source);
        }
    }
    let to_table = unified.first().map(|(source, _)| source.id.clone()).unwrap_or_default();
    ActivityLink { column: String::new(), to_table }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_is_not_unified_is_proposed_first() {
        let mut project: Project =
            serde_json::from_str(include_str!("../../../assets/samples/coffee/coffee.tributary")).expect("the sample");
        project.activities.clear();
        let mut orders = project.source_table("web").expect("the web table").clone();
        orders.id = "orders".to_owned();
        orders.name = "Orders".to_owned();
        project.source_tables.push(orders);
        let guessed = new_activity(&project).expect("an activity");
        assert_eq!(guessed.source_table, "orders", "the customers' own tables come later");
        assert_eq!((&*guessed.link.to_table, &*guessed.name), ("loyalty", "Orders activity"));
    }

    #[test]
    fn the_coffee_event_table_is_guessed_as_its_analyst_set_it() {
        let mut project: Project =
            serde_json::from_str(include_str!("../../../assets/samples/coffee/coffee.tributary")).expect("the sample");
        let told = project.activities.remove(0);
        let guessed = new_activity(&project).expect("an activity");
        assert_eq!(guessed.source_table, told.source_table);
        assert_eq!(guessed.primary_key, told.primary_key);
        assert_eq!(guessed.timestamp, told.timestamp);
        assert_eq!(guessed.event, told.event);
        assert_eq!(guessed.link, told.link);
    }
}
