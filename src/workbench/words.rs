//! The list of what every option means and how every figure is computed, where it is open.

use super::Workbench;
use crate::help::{self, Topic};

/// The open list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordsPage {
    /// What is looked for.
    pub search: String,
}

impl WordsPage {
    /// The topics shown: without a search those on the page behind come first, then all others.
    pub fn topics(&self, here: &[&'static Topic]) -> Vec<&'static Topic> {
        if !self.search.trim().is_empty() {
            return help::search(&self.search);
        }
        let others = help::all().into_iter().filter(|topic| !here.contains(topic));
        here.iter().copied().chain(others).collect()
    }
}

impl Workbench {
    /// Opens the list at a topic.
    pub fn look_up(&mut self, topic: &'static Topic) {
        self.words = Some(WordsPage { search: crate::text::of(topic.title).to_owned() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_of_the_page_come_first_and_a_search_is_of_all() {
        let here = [help::PRECISION_OPTION, help::INCLUDE_ALL];
        let mut page = WordsPage::default();
        let all = page.topics(&here);
        assert_eq!((&all[..2], all.len()), (&here[..], help::all().len()));
        page.search = "primary key".to_owned();
        assert_eq!(page.topics(&here)[0], help::PRIMARY_KEY);
    }
}
