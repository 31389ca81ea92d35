//! A query as a segment: the same customers, found by rules (semantics 1.9, "save filters as segment").

use super::{Filter, Query, terms};
use crate::engine::customer::customers::PROFILE_STATE;
use crate::project::validate::field_type;
use crate::project::{
    ColumnType, Combine, Operator, Project, SegmentCondition, SegmentRule, SetOperator, Subject, unify,
};

/// The rules that find the customers of a query: one a filter and term, joined by Intersect; one for all terms where
/// some are enough.
///
/// # Errors
/// What of the query no rule can say, in words, each part by itself.
pub fn rules(query: &Query, project: &Project) -> Result<Vec<SegmentRule>, Vec<String>> {
    let fields = unify::unified_fields(project);
    let subject_of = |column: &str| {
        if column == PROFILE_STATE {
            return Some((Subject::ProfileState, ColumnType::String));
        }
        let field = fields.iter().find(|field| !field.excluded && field.name == column)?;
        Some((Subject::Field { field: field.id.clone() }, field_type(project, field)))
    };
    let (mut rules, mut problems) = (Vec::new(), Vec::new());
    for Filter { column, .. } in query.filters.iter().filter(|filter| subject_of(&filter.column).is_none()) {
        problems.push(tr!("{column} is no field of the unified data view, and rules ask for fields only", column));
    }
    for filter in &query.filters {
        let Some((subject, column_type)) = subject_of(&filter.column) else { continue };
        match filter.rule(&subject, column_type) {
            Ok(rule) => rules.push(rule),
            Err(problem) => problems.push(format!("{}: {problem}", filter.column)),
        }
    }
    let terms = terms(&query.search);
    if !terms.is_empty() {
        let subjects: Vec<Subject> = query
            .searched
            .iter()
            .filter_map(|column| subject_of(column))
            .filter(|(_, column_type)| *column_type == ColumnType::String)
            .map(|(subject, _)| subject)
            .collect();
        let missing: Vec<&str> =
            query.searched.iter().filter(|column| subject_of(column).is_none()).map(String::as_str).collect();
        if !missing.is_empty() {
            let missing = missing.join(", ");
            problems.push(tr!("The search looks into {missing}, which rules cannot ask for", missing));
        }
        if subjects.is_empty() {
            problems.push(tr!("The search looks into no field").to_owned());
        }
        let contains = |term: &String| -> Vec<SegmentCondition> {
            let condition = |subject: &Subject| SegmentCondition {
                subject: subject.clone(),
                negated: false,
                operator: Operator::Contains,
                values: vec![term.clone()],
                ignore_case: true,
                include_blanks: false,
            };
            subjects.iter().map(condition).collect()
        };
        let rule = |conditions| SegmentRule { operator: SetOperator::Intersect, combine: Combine::Or, conditions };
        if query.some {
            rules.push(rule(terms.iter().flat_map(contains).collect()));
        } else {
            rules.extend(terms.iter().map(contains).map(rule));
        }
    }
    if rules.is_empty() && problems.is_empty() {
        problems.push(tr!("Nothing is searched or filtered; a segment of all customers has no rule").to_owned());
    }
    if problems.is_empty() { Ok(rules) } else { Err(problems) }
}
