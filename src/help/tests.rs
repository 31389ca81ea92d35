use std::collections::BTreeSet;

use super::*;

#[test]
fn every_topic_has_a_name_of_its_own_and_whole_sentences() {
    let mut ids = BTreeSet::new();
    for topic in all() {
        assert!(ids.insert(topic.id), "two topics are called {}", topic.id);
        assert!(!topic.title.is_empty() && !topic.title.ends_with('.'), "{}", topic.id);
        assert!(topic.meaning.ends_with('.'), "{} is no sentence", topic.id);
        let sentences = topic.meaning.matches(". ").count() + 1;
        assert!(sentences <= 5, "{} goes on for {sentences} sentences", topic.id);
        assert!(topic.formula.is_none_or(|formula| !formula.is_empty() && !formula.ends_with('.')), "{}", topic.id);
        let (chapter, number) = topic.section.split_once('.').unwrap();
        assert!(chapter == "1" && number.parse::<u32>().is_ok_and(|number| (1..=13).contains(&number)), "{}", topic.id);
    }
}

#[test]
fn every_example_named_is_there_and_every_example_is_named() {
    let named: BTreeSet<&str> = all().into_iter().filter_map(|topic| topic.example).collect();
    let there: BTreeSet<&str> = crate::sample::EXAMPLES.iter().map(|example| example.name).collect();
    assert_eq!(named, there);
}

#[test]
fn a_search_finds_by_all_words_titles_first() {
    let found = search("matched share");
    assert!(found.contains(&MATCHED_SHARE.topic()));
    assert_eq!(search("PRIMARY key")[0], PRIMARY_KEY);
    assert!(search("no such words").is_empty());
    assert_eq!(search("").len(), all().len());
}
