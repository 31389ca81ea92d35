//! What the pages Explain and Uncertain pairs, and the customer card, remember between frames.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Weak};

use crate::engine::customer::index::SearchIndex;
use crate::engine::pipeline::Run;
use crate::engine::quality::review::{Doubt, ReviewPair};
use crate::project::{Answer, Project, RecordKey};

/// So many letters are looked for.
const LEAST: usize = 2;

/// A question put on the page Explain: why two records are one customer or not, or of one how its customer was built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub a: RecordKey,
    pub b: Option<RecordKey>,
}

#[derive(Default)]
pub struct ExplainMemory {
    /// What stands in the two fields, as TABLE:KEY.
    pub typed: [String; 2],
    pub asked: Option<Asked>,
    /// Why what was typed is no question.
    pub problem: Option<String>,
    /// Why the two are, or are not, the same person.
    pub reason: String,
    /// Whether another page was shown before.
    pub is_new: bool,
    /// What is looked for in each of the two fields.
    looked: [Option<Arc<Looked>>; 2],
}

/// A text that customers are looked for by, where no record is written.
pub struct Looked {
    pub run: Arc<Run>,
    pub index: Arc<SearchIndex>,
    pub text: String,
}

impl ExplainMemory {
    /// What is looked for in a field, where what stands there is no record but may name a customer.
    pub fn looked(&mut self, place: usize, run: &Arc<Run>) -> Option<Arc<Looked>> {
        let text = self.typed[place].trim();
        if text.contains(':') || text.chars().count() < LEAST {
            return None;
        }
        let is_of_run = |looked: &&Arc<Looked>| Arc::ptr_eq(&looked.run, run);
        if let Some(same) = self.looked[place].as_ref().filter(is_of_run).filter(|looked| looked.text == text) {
            return Some(Arc::clone(same));
        }
        // Both fields look through one index.
        let index = match self.looked.iter().flatten().find(is_of_run) {
            Some(looked) => Arc::clone(&looked.index),
            None => Arc::new(SearchIndex::new(Arc::clone(&run.customers.as_ref()?.table))),
        };
        let looked = Arc::new(Looked { run: Arc::clone(run), index, text: text.to_owned() });
        self.looked[place] = Some(Arc::clone(&looked));
        Some(looked)
    }

    pub fn ask(&mut self, project: &Project, a: RecordKey, b: Option<RecordKey>) {
        let second = b.as_ref().map(|b| b.label(project)).unwrap_or_default();
        self.typed = [a.label(project), second];
        self.problem = None;
        self.reason.clear();
        self.asked = Some(Asked { a, b });
    }
}

/// The keys chosen on the card of a customer, and what is about to be said of them.
#[derive(Default)]
pub struct CardMemory {
    /// The customer they are of.
    pub customer: String,
    pub chosen: Vec<RecordKey>,
    /// Whether a field is open for: another record (`true`), or the reason why the two are not the same person.
    pub open: Option<bool>,
    pub other: String,
    pub reason: String,
    pub problem: Option<String>,
    /// Whether the fields have just come up, so that typing goes there.
    pub is_new: bool,
    /// Fields whose origin is shown, by name.
    pub expanded: BTreeSet<String>,
    /// Activities left out of the timeline, by name.
    pub hidden: BTreeSet<String>,
}

/// The review queue. It is taken once for a set of rules: answers must not stir it while someone goes through it.
#[derive(Default)]
pub struct ReviewMemory {
    pub tab: String,
    pub pairs: Arc<Vec<ReviewPair>>,
    /// The run looked at last, and the rules that the queue is of.
    run: Weak<Run>,
    rules: Option<Project>,
    /// Whether the queue is of the run's rules.
    is_current: bool,
    /// The pair on the screen.
    pub place: usize,
    pub doubt: Option<Doubt>,
    /// Hides what the program thinks of a pair.
    pub blind: bool,
    /// Answers also become overrides.
    pub decides: bool,
    /// The answers in the project, by pair of the queue.
    pub answers: Vec<Option<Answer>>,
    answers_of: Option<Arc<Project>>,
    /// The list is to show the pair on the screen.
    pub follow: bool,
    /// By source table's id the column that says who a row really is.
    pub truth: BTreeMap<String, String>,
}

/// The project without what answers change.
fn rules(project: &Project) -> Project {
    let mut rules = project.clone();
    rules.labelled_pairs.clear();
    rules.overrides = Default::default();
    rules
}

impl ReviewMemory {
    /// Whether the queue is to be taken from this run.
    pub fn wants(&mut self, run: &Arc<Run>) -> bool {
        if !std::ptr::eq(self.run.as_ptr(), Arc::as_ptr(run)) {
            self.run = Arc::downgrade(run);
            self.is_current = self.rules.as_ref().is_some_and(|of| *of == rules(&run.project));
        }
        !self.is_current
    }

    pub fn take(&mut self, run: &Run, pairs: Arc<Vec<ReviewPair>>) {
        self.rules = Some(rules(&run.project));
        self.is_current = true;
        self.pairs = pairs;
        self.place = 0;
        self.answers_of = None;
        self.answers.clear();
    }

    /// Takes the queue anew.
    pub fn look_again(&mut self) {
        self.rules = None;
        self.is_current = false;
    }

    /// Reads the answers from the project; goes to the pair whose answer was taken back.
    pub fn read_answers(&mut self, project: &Arc<Project>) {
        if self.answers_of.as_ref().is_some_and(|of| Arc::ptr_eq(of, project)) {
            return;
        }
        self.answers_of = Some(Arc::clone(project));
        let mut known: HashMap<(&RecordKey, &RecordKey), Answer> = HashMap::new();
        for pair in &project.labelled_pairs {
            known.insert((&pair.a, &pair.b), pair.answer);
            known.insert((&pair.b, &pair.a), pair.answer);
        }
        let answers: Vec<Option<Answer>> =
            self.pairs.iter().map(|pair| known.get(&(&pair.a, &pair.b)).copied()).collect();
        let taken_back = self.answers.iter().zip(&answers).position(|(was, is)| was.is_some() && is.is_none());
        self.answers = answers;
        if let Some(place) = taken_back {
            self.place = place;
            self.follow = true;
        }
    }

    /// The places of the queue that are shown.
    pub fn shown(&self) -> Vec<usize> {
        let is_shown = |pair: &ReviewPair| self.blind || self.doubt.is_none_or(|doubt| doubt == pair.doubt);
        (0..self.pairs.len()).filter(|&place| is_shown(&self.pairs[place])).collect()
    }

    pub fn answered(&self) -> usize {
        self.answers.iter().flatten().count()
    }

    /// Goes to the next shown pair, or the one before.
    pub fn step(&mut self, forward: bool) {
        let shown = self.shown();
        let next = if forward {
            shown.into_iter().find(|&place| place > self.place)
        } else {
            shown.into_iter().rev().find(|&place| place < self.place)
        };
        self.place = next.unwrap_or(self.place);
        self.follow = true;
    }

    /// Goes to the next shown pair that has no answer.
    pub fn go_on(&mut self) {
        let open = |&place: &usize| place > self.place && self.answers.get(place).copied().flatten().is_none();
        match self.shown().into_iter().find(open) {
            Some(place) => self.place = place,
            None => self.step(true),
        }
        self.follow = true;
    }
}
