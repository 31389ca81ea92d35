//! Segments: rules evaluated to sets of customers and joined top to bottom (semantics 1.12).

use hashbrown::HashMap;

use super::activities::ActivityRows;
use super::condition::satisfied;
use super::customer_set::CustomerSet;
use crate::engine::column::Column;
use crate::engine::customer::customers::{Customers, PROFILE_STATE};
use crate::project::{Combine, Segment, SegmentCondition, SegmentRule, SetOperator, Subject, UnifiedField, unify};

/// What a segment found.
#[derive(Debug, Clone, Default)]
pub struct SegmentResult {
    /// The segment's id.
    pub id: String,
    pub members: CustomerSet,
    pub rules: Vec<RuleResult>,
    /// Why it could not be computed, with what to do; members are empty then.
    pub error: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleResult {
    /// Customers that the rule finds.
    pub count: u64,
    /// Members after this rule was joined to those above it.
    pub running: u64,
    /// Customers that each condition finds on its own.
    pub conditions: Vec<u64>,
    /// Why the rule finds nobody although its conditions do.
    pub explanation: Option<String>,
}

/// What segments are evaluated on.
pub struct Evaluation<'a> {
    /// The unified fields in force.
    pub fields: &'a [UnifiedField],
    pub customers: &'a Customers,
    pub activities: &'a [ActivityRows<'a>],
}

impl Evaluation<'_> {
    /// Evaluates one segment.
    pub fn segment(&self, segment: &Segment) -> SegmentResult {
        let len = self.customers.table.rows;
        let mut result =
            SegmentResult { id: segment.id.clone(), members: CustomerSet::empty(len), ..SegmentResult::default() };
        for (place, rule) in segment.rules.iter().enumerate() {
            match self.rule(rule) {
                Ok((set, mut found)) => {
                    match rule.operator {
                        _ if place == 0 => result.members = set,
                        SetOperator::Union => result.members.union(&set),
                        SetOperator::Intersect => result.members.intersect(&set),
                        SetOperator::Except => result.members.except(&set),
                    }
                    found.running = result.members.count();
                    result.rules.push(found);
                }
                Err(problem) => {
                    result.members = CustomerSet::empty(len);
                    result.error = Some(tr!("Rule {place}: {problem}", place = place + 1, problem));
                    return result;
                }
            }
        }
        result
    }

    fn rule(&self, rule: &SegmentRule) -> Result<(CustomerSet, RuleResult), String> {
        let len = self.customers.table.rows;
        let mut parts = Parts { any: CustomerSet::empty(len), all: CustomerSet::all(len), activities: HashMap::new() };
        let mut found = RuleResult::default();
        for condition in &rule.conditions {
            let set = self.condition(condition, &mut parts)?;
            found.conditions.push(set.count());
            parts.any.union(&set);
        }
        // Every activity that the rule names must have a row, under "or" too: the join is an inner one.
        let mut names: Vec<&str> = parts.activities.keys().copied().collect();
        names.sort_unstable();
        let mut set = match rule.combine {
            _ if rule.conditions.is_empty() => CustomerSet::empty(len),
            Combine::And => parts.all,
            Combine::Or => parts.any,
        };
        for name in names {
            let rows = &parts.activities[name];
            let of = self.activity(name)?;
            let judged = match rule.combine {
                Combine::And => customers_of(of, len, |row| rows.satisfied[row]),
                Combine::Or => customers_of(of, len, |_| true),
            };
            set.intersect(&judged);
        }
        found.count = set.count();
        found.explanation = self.explain_empty(rule, &found);
        Ok((set, found))
    }

    /// The customers one condition finds alone; notes what the rule as a whole needs of it.
    fn condition<'c>(&self, condition: &'c SegmentCondition, parts: &mut Parts<'c>) -> Result<CustomerSet, String> {
        let len = self.customers.table.rows;
        let Some(activity) = condition.subject.activity() else {
            let column = self.customer_column(&condition.subject)?;
            let mut set = CustomerSet::empty(len);
            let holds = satisfied(condition, column)?;
            holds.iter().enumerate().filter(|(_, holds)| **holds).for_each(|(row, _)| set.insert(row as u32));
            parts.all.intersect(&set);
            return Ok(set);
        };
        let of = self.activity(activity)?;
        let column = match &condition.subject {
            Subject::Activity { column, .. } => of.table.column(column).ok_or_else(|| {
                tr!("{activity} has no column {column}; choose another column", activity = of.activity.name, column)
            })?,
            _ => of.while_unknown,
        };
        let holds = satisfied(condition, column)?;
        let set = customers_of(of, len, |row| holds[row]);
        match parts.activities.get_mut(activity) {
            Some(rows) => rows.satisfied.iter_mut().zip(&holds).for_each(|(all, &holds)| *all &= holds),
            None => {
                parts.activities.insert(activity, ActivityPart { satisfied: holds });
            }
        }
        Ok(set)
    }

    fn customer_column(&self, subject: &Subject) -> Result<&Column, String> {
        let column = match subject {
            Subject::Field { field } => {
                let id = unify::field_named(self.fields, field).map_or(field.as_str(), |field| field.id.as_str());
                self.customers.field(id)
            }
            _ => self.customers.table.column(PROFILE_STATE),
        };
        column.ok_or_else(|| match subject {
            Subject::Field { field } => {
                tr!("the customer field \"{field}\" is not in the unified data view; choose another field", field)
            }
            _ => tr!("there are no customers yet; run the unification first").to_owned(),
        })
    }

    fn activity(&self, id: &str) -> Result<&ActivityRows<'_>, String> {
        self.activities
            .iter()
            .find(|of| of.activity.id == id)
            .ok_or_else(|| tr!("there is no activity \"{id}\"; choose another one", id))
    }

    /// Case 18: conditions on one activity are judged on the same row, which two events never are.
    fn explain_empty(&self, rule: &SegmentRule, found: &RuleResult) -> Option<String> {
        if found.count > 0 || rule.combine == Combine::Or || rule.conditions.len() < 2 {
            return None;
        }
        if let Some(alone) = found.conditions.iter().position(|&count| count == 0) {
            return Some(tr!("Condition {alone} finds nobody by itself, so the rule finds nobody.", alone = alone + 1));
        }
        let mut of_activity: HashMap<&str, usize> = HashMap::new();
        for condition in &rule.conditions {
            if let Some(activity) = condition.subject.activity() {
                *of_activity.entry(activity).or_default() += 1;
            }
        }
        let shared = self.activities.iter().find(|of| of_activity.get(of.activity.id.as_str()).is_some_and(|&n| n > 1));
        Some(match shared {
            Some(of) => tr!(
                "Each condition finds customers, but no single row of {activity} satisfies them together: conditions of one \
                 rule are judged on the same row. For customers who did both, put the conditions into two rules \
                 joined by Intersect; for those who did one and never the other, use Except.",
                activity = of.activity.name
            ),
            None => tr!("Each condition finds customers, but no customer satisfies them all.").to_owned(),
        })
    }
}

/// What the conditions of a rule add up to.
struct Parts<'a> {
    /// Customers of any condition.
    any: CustomerSet,
    /// Customers of all conditions on customer fields.
    all: CustomerSet,
    activities: HashMap<&'a str, ActivityPart>,
}

struct ActivityPart {
    /// By row, whether all the rule's conditions on this activity hold.
    satisfied: Vec<bool>,
}

fn customers_of(of: &ActivityRows<'_>, len: usize, holds: impl Fn(usize) -> bool) -> CustomerSet {
    let mut set = CustomerSet::empty(len);
    for (row, &customer) in of.linked.customer_of_row.iter().enumerate() {
        if holds(row) {
            set.insert(customer);
        }
    }
    set
}
