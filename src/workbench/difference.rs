//! What differs between two states of a project, in words: by the names that people gave, not by places in a list.

use serde_json::{Map, Value};

use crate::project::Project;

/// So many differences are told; more are counted.
const TOLD: usize = 200;

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where, such as `Source tables › Web › Primary key`.
    pub place: String,
    /// What stood there, empty for a thing as a whole; `None` where it was added.
    pub before: Option<String>,
    /// What stands there, empty for a thing as a whole; `None` where it was removed.
    pub after: Option<String>,
}

/// What differs, in the order of the document. The id of the project is its own business.
pub fn between(before: &Project, after: &Project) -> Vec<Difference> {
    let mut found = Vec::new();
    let as_value = |project: &Project| serde_json::to_value(project).unwrap_or_default();
    let (mut before, mut after) = (as_value(before), as_value(after));
    for value in [&mut before, &mut after] {
        if let Value::Object(fields) = value {
            fields.remove("id");
        }
    }
    compare(&mut Vec::new(), Some(&before), Some(&after), &mut found);
    found.truncate(TOLD);
    found
}

fn compare(place: &mut Vec<String>, before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Difference>) {
    match (before, after) {
        (Some(before), Some(after)) if before == after => {}
        (Some(Value::Object(before)), Some(Value::Object(after))) => compare_fields(place, before, after, found),
        (Some(Value::Array(before)), Some(Value::Array(after))) if are_named(before) && are_named(after) => {
            compare_named(place, before, after, found);
        }
        (before, after) => {
            let shown = |value: Option<&Value>| value.filter(|value| !value.is_null()).map(short);
            found.push(Difference { place: place.join(" › "), before: shown(before), after: shown(after) });
        }
    }
}

fn compare_fields(
    place: &mut Vec<String>,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    found: &mut Vec<Difference>,
) {
    let added = after.keys().filter(|key| !before.contains_key(*key));
    for key in before.keys().chain(added) {
        place.push(words(key));
        compare(place, before.get(key), after.get(key), found);
        place.pop();
    }
}

fn compare_named(place: &mut Vec<String>, before: &[Value], after: &[Value], found: &mut Vec<Difference>) {
    let of = |list: &'_ [Value], key: &str| list.iter().find(|item| key_of(item) == Some(key)).cloned();
    let added = after.iter().filter(|item| key_of(item).is_some_and(|key| of(before, key).is_none()));
    for item in before.iter().chain(added) {
        let Some(key) = key_of(item) else { continue };
        let (old, new) = (of(before, key), of(after, key));
        place.push(name_of(new.as_ref().unwrap_or(item)));
        match (&old, &new) {
            (Some(old), Some(new)) => compare(place, Some(old), Some(new), found),
            (old, new) => {
                let shown = |value: &Option<Value>| value.as_ref().map(|_| String::new());
                found.push(Difference { place: place.join(" › "), before: shown(old), after: shown(new) });
            }
        }
        place.pop();
    }
    let order = |list: &[Value], other: &[Value]| -> Vec<String> {
        let both = list.iter().filter(|item| key_of(item).is_some_and(|key| of(other, key).is_some()));
        both.map(name_of).collect()
    };
    let (old, new) = (order(before, after), order(after, before));
    let same_keys = before.iter().filter_map(key_of).filter(|key| of(after, key).is_some());
    if !same_keys.eq(after.iter().filter_map(key_of).filter(|key| of(before, key).is_some())) {
        let place = format!("{} › order", place.join(" › "));
        found.push(Difference { place, before: Some(old.join(", ")), after: Some(new.join(", ")) });
    }
}

/// What tells the items of a list apart.
fn key_of(item: &Value) -> Option<&str> {
    ["id", "name", "source_table"].into_iter().find_map(|key| item.get(key)?.as_str())
}

fn name_of(item: &Value) -> String {
    let name = ["name", "source_table", "id"].into_iter().find_map(|key| item.get(key)?.as_str());
    name.unwrap_or_default().to_owned()
}

fn are_named(list: &[Value]) -> bool {
    list.iter().all(|item| key_of(item).is_some())
}

/// A key of the document as people read it.
fn words(key: &str) -> String {
    let mut words = key.replace('_', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

fn short(value: &Value) -> String {
    const LONGEST: usize = 120;
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn differences_are_told_by_the_names_of_things() {
        let folder = tempfile::tempdir().unwrap();
        let path = sample::find("coffee").unwrap().write(folder.path()).unwrap();
        let before = crate::project::file::load(&path).unwrap();
        assert_eq!(between(&before, &before), []);
        let mut after = before.clone();
        after.id = "another".to_owned();
        after.name = "Tea".to_owned();
        after.source_tables[0].primary_key = None;
        let gone = after.segments.pop().unwrap();
        after.unification.reverse();
        let found = between(&before, &after);
        let places: Vec<&str> = found.iter().map(|found| found.place.as_str()).collect();
        let key = format!("Source tables › {} › Primary key", before.source_tables[0].name);
        let segment = format!("Segments › {}", gone.name);
        assert_eq!(places, ["Name", &key, "Unification › order", &segment]);
        assert_eq!((found[0].before.as_deref(), found[0].after.as_deref()), (Some(&*before.name), Some("Tea")));
        assert!(found[1].before.is_some() && found[1].after.is_none());
        assert!(found[3].before.is_some() && found[3].after.is_none());
    }
}
