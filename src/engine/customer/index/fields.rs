//! Which columns are searched, offered as filters and shown on cards: what the project says, or the defaults.

use hashbrown::HashSet;

use super::SearchIndex;
use crate::engine::column::Column;
use crate::engine::customer::customers::{BECAME_KNOWN_ON, PROFILE_STATE};
use crate::engine::customer::naming::Naming;
use crate::engine::dictionary::BLANK;
use crate::project::source::semantic;
use crate::project::{Project, UnifiedField, unify};

/// Rows looked at to see whether a column has few values.
const LOOKED_AT: usize = 20_000;
/// Columns with so many values or fewer are offered as filters.
const FEW: usize = 60;
/// At most so many filters are offered unless the analyst chose others.
const OFFERED: usize = 12;

/// What nobody picks from a list of values, however few there are.
const NAMING: [&str; 10] = [
    semantic::FULL_NAME,
    semantic::FIRST_NAME,
    semantic::LAST_NAME,
    semantic::PROFILE_IMAGE,
    semantic::EMAIL,
    semantic::PHONE,
    semantic::LOYALTY_ID,
    semantic::VISITOR_ID,
    semantic::ID,
    semantic::ADDRESS,
];

/// Columns of the customer table by their use on the Customers page, in the order of the unified fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageFields {
    pub search: Vec<String>,
    pub filter: Vec<String>,
    /// What a customer is called by.
    pub title: Vec<String>,
    pub card: Vec<String>,
}

impl SearchIndex {
    /// The columns in use by a project.
    pub fn page_fields(&self, project: &Project) -> PageFields {
        let all: Vec<UnifiedField> =
            unify::unified_fields(project).into_iter().filter(|field| !field.excluded).collect();
        let fields: Vec<(&UnifiedField, usize)> =
            all.iter().filter_map(|field| self.place(&field.name).map(|place| (field, place))).collect();
        // What is gone from the view counts for nothing; where nothing is left, the default does.
        let chosen = |ids: &[String]| -> Vec<String> {
            let fields = ids.iter().filter_map(|id| unify::field_named(&all, id));
            fields.filter(|field| self.place(&field.name).is_some()).map(|field| field.name.clone()).collect()
        };
        let index = &project.customer_index;
        let (mut search, mut filter, mut card) = (chosen(&index.search), chosen(&index.filter), chosen(&index.card));
        if search.is_empty() {
            let text = fields.iter().filter(|(_, place)| matches!(self.data(*place), Column::Text(_)));
            search = text.map(|(field, _)| field.name.clone()).collect();
        }
        if card.is_empty() {
            let meaning = |wanted: &str| {
                let mut of = fields.iter().filter(|(field, _)| unify::semantic_type(project, field) == Some(wanted));
                of.next().map(|(field, _)| field.name.clone())
            };
            // The name stands above them.
            card = [semantic::EMAIL, semantic::PHONE, semantic::CITY].into_iter().filter_map(meaning).collect();
            if card.is_empty() {
                card = fields.iter().take(3).map(|(field, _)| field.name.clone()).collect();
            }
        }
        if filter.is_empty() {
            let offered = fields.iter().filter(|(field, place)| {
                let meaning = unify::semantic_type(project, field);
                !meaning.is_some_and(|meaning| NAMING.contains(&meaning)) && self.has_few(*place)
            });
            filter = offered.map(|(field, _)| field.name.clone()).take(OFFERED).collect();
        }
        let filter = [self.always_offered(project), filter].concat();
        PageFields { search, filter, title: Naming::of(project).title_columns(), card }
    }

    /// ProfileState, the day a customer became known where there is one, and clusters.
    fn always_offered(&self, project: &Project) -> Vec<String> {
        let filled = |name: &&str| {
            self.place(name).is_some_and(|place| {
                let column = self.data(place);
                (0..column.len().min(LOOKED_AT)).any(|row| !column.is_blank(row))
            })
        };
        let clusters = project.clusters.iter().map(|cluster| cluster.name.as_str());
        let names = [PROFILE_STATE, BECAME_KNOWN_ON].into_iter().chain(clusters);
        names.filter(filled).map(str::to_owned).collect()
    }

    /// Whether a list or histogram of its values is of use: text with few of them, and whatever is no text.
    fn has_few(&self, place: usize) -> bool {
        *self.columns[place].few.get_or_init(|| match self.data(place) {
            Column::Text(text) => {
                let mut seen = HashSet::new();
                let codes = text.codes.iter().take(LOOKED_AT).filter(|code| **code != BLANK);
                codes.into_iter().all(|code| {
                    seen.insert(*code);
                    seen.len() <= FEW
                }) && !seen.is_empty()
            }
            column => (0..column.len().min(LOOKED_AT)).any(|row| !column.is_blank(row)),
        })
    }
}
