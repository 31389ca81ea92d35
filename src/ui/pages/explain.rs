//! Why two records are one customer, or why not; how a customer was built.

mod answer;
mod question;
mod step;
mod trial;

use std::sync::Arc;

use eframe::egui::{self, RichText, Ui};

use super::{decision, live, parts};
use crate::engine::check::Wanted;
use crate::engine::customer::naming::{self, Naming};
use crate::engine::identity::explain::{
    CustomerExplanation, ExplainError, PairExplanation, customer_text, explain_customer, explain_pair, pair_text,
};
use crate::engine::pipeline::Run;
use crate::help;
use crate::project::RecordKey;
use crate::project::edit::pairs;
use crate::ui::context::{Asked, PageCx};
use crate::ui::theme::{self, palette};
use crate::ui::widgets::{form, text};

/// Width of an answer, in points.
const READABLE: f32 = 860.0;

/// What there is to say to a question.
enum Explained {
    Pair(PairExplanation),
    Customer(CustomerExplanation),
    /// Why there is nothing.
    Nothing(String),
}

impl Explained {
    fn of(run: &Run, asked: &Asked, task: &crate::task::Task) -> Self {
        let explained = match &asked.b {
            Some(b) => explain_pair(run, &asked.a, b, task).map(Self::Pair),
            None => explain_customer(run, &asked.a, task).map(Self::Customer),
        };
        explained.unwrap_or_else(|error| Self::Nothing(sentence(run, &error)))
    }

    /// The ids of the customers it is about, each once.
    fn customers(&self) -> Vec<&String> {
        let mut ids: Vec<&String> = match self {
            Self::Pair(pair) => pair.customers.iter().flatten().collect(),
            Self::Customer(customer) => customer.customer_id.iter().collect(),
            Self::Nothing(_) => Vec::new(),
        };
        ids.dedup();
        ids
    }

    /// What `tributary explain` prints.
    fn text(&self) -> String {
        match self {
            Self::Pair(pair) => pair_text(pair),
            Self::Customer(customer) => customer_text(customer),
            Self::Nothing(why) => why.clone(),
        }
    }
}

/// An answer with what its customers are called.
struct Answered {
    explained: Explained,
    /// Id and name.
    customers: Vec<(String, String)>,
}

impl Answered {
    fn of(run: &Run, asked: &Asked, task: &crate::task::Task) -> Self {
        let explained = Explained::of(run, asked, task);
        let naming = Naming::of(&run.project);
        let named = |id: &String| {
            let name = naming::name_of(&run.customers.as_ref()?.table, &naming, id)?;
            Some((id.clone(), name))
        };
        let customers = explained.customers().into_iter().filter_map(named).collect();
        Self { explained, customers }
    }
}

/// An error with tables by their names.
fn sentence(run: &Run, error: &ExplainError) -> String {
    let named = |id: &String| run.project.table_name(id).to_owned();
    match error.clone() {
        ExplainError::NoTable { table } => ExplainError::NoTable { table: named(&table) },
        ExplainError::NotUnified { table } => ExplainError::NotUnified { table: named(&table) },
        ExplainError::NoKey { table, key } => ExplainError::NoKey { table: named(&table), key },
        other => other,
    }
    .to_string()
}

pub fn page_ui(ui: &mut Ui, cx: &mut PageCx<'_>) {
    let Some(run) = live::unified(cx) else {
        live::missing_ui(ui, cx, tr!("Explanations"), Wanted::Customers);
        return;
    };
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        question::question_ui(ui, cx, &run);
    });
    let Some(asked) = cx.memory.explain.asked.clone() else {
        theme::card(ui).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            question::examples_ui(ui, cx, &run);
        });
        return;
    };
    let (explained, pending) = find(cx, &run, &asked);
    theme::card(ui).show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        let Some(explained) = explained else {
            parts::hint_ui(ui, tr!("Looking at the records and their rules…"));
            return;
        };
        if pending || cx.workbench.live.running {
            parts::hint_ui(ui, tr!("The customers are being made again; this is of the last ones."));
        }
        parts::scroll_ui(ui, cx, egui::ScrollArea::vertical().auto_shrink(false), |ui, cx| {
            // A line longer than this is hard to read.
            ui.set_max_width(READABLE.min(ui.available_width()));
            if asked.b.is_none() {
                form::section_ui(ui, crate::text::of(question::BUILT));
            }
            answer::verdict_ui(ui, &explained);
            actions_ui(ui, cx, &explained, &asked);
            answer::answer_ui(ui, cx, &explained.explained);
        });
    });
}

/// The answer to a question, and whether a newer one is being made.
fn find(cx: &mut PageCx<'_>, run: &Arc<Run>, asked: &Asked) -> (Option<Arc<Answered>>, bool) {
    let of = |record: &RecordKey| format!("{}:{}", record.table, record.key);
    let name = format!("explain {} {}", of(&asked.a), asked.b.as_ref().map(of).unwrap_or_default());
    let asked = asked.clone();
    let answer = cx.find_long(&name, run, move |run, task| Answered::of(run, &asked, task));
    (answer.value, answer.pending)
}

/// The explanation of a pair inside another page, without questions and decisions.
pub fn pair_ui(ui: &mut Ui, cx: &mut PageCx<'_>, run: &Arc<Run>, a: &RecordKey, b: &RecordKey) {
    let asked = Asked { a: a.clone(), b: Some(b.clone()) };
    match find(cx, run, &asked).0 {
        Some(explained) => {
            answer::verdict_ui(ui, &explained);
            answer::answer_ui(ui, cx, &explained.explained);
        }
        None => parts::hint_ui(ui, tr!("Looking at the records and their rules…")),
    }
}

/// What can be done with an answer: look at its customers, copy it; decide about the pair.
fn actions_ui(ui: &mut Ui, cx: &mut PageCx<'_>, answered: &Answered, asked: &Asked) {
    let explained = &answered.explained;
    ui.horizontal_wrapped(|ui| {
        for (id, name) in &answered.customers {
            let words = tr!("Open the card of {name}", name = text::one_line(name, 60));
            if ui.button(words).on_hover_text(id).clicked() {
                cx.open_customer(id.clone());
            }
        }
        if ui.button(tr!("Copy as text")).on_hover_text(tr!("The same text as tributary explain prints")).clicked() {
            ui.ctx().copy_text(explained.text());
        }
        let Some(b) = asked.b.as_ref().filter(|b| **b != asked.a) else { return };
        if matches!(explained, Explained::Pair(_)) {
            ui.separator();
            decision_ui(ui, cx, &asked.a, b);
        }
    });
}

/// What someone knows of two records, whatever the rules say.
fn decision_ui(ui: &mut Ui, cx: &mut PageCx<'_>, a: &RecordKey, b: &RecordKey) {
    let help = tr!(
        "What is decided here is a rule for these two records: it stands on Matching rules under pairs decided by \
                    hand, and the next run follows it"
    );
    form::label_ui(ui, tr!("Decide by hand:")).on_hover_text(help);
    let decided = pairs::decision(cx.draft, a, b);
    if let Some((always, reason)) = &decided {
        let what = if *always { tr!("always match") } else { tr!("never match") };
        let why = if reason.is_empty() { String::new() } else { format!(": {reason}") };
        ui.label(RichText::new(tr!("By hand they {what}{why}", what, why)).color(palette(ui).accent));
        if ui.button(tr!("Leave it to the rules")).clicked() {
            decision::leave(cx, a, b);
        }
    }
    form::text_ui(
        ui,
        (tr!("Reason of the decision"), help::PAIR_REASON),
        &mut cx.memory.explain.reason,
        tr!("Reason"),
        170.0,
    );
    let reason = cx.memory.explain.reason.clone();
    let is = |always: bool| decided.as_ref().is_some_and(|(decided, _)| *decided == always);
    if !is(true) && ui.button(tr!("Same person")).clicked() {
        decision::always(cx, a, b, &reason);
    }
    if !is(false) && ui.button(tr!("Not the same person")).clicked() {
        decision::never(cx, a, b, &reason);
    }
}
