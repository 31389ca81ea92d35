//! Clusters: their names are columns, their rules compare unified fields.

use super::{Checker, Place, Problem, key_columns};
use crate::project::cluster::{by_name, customer_table};
use crate::project::unify::{self, RESERVED};
use crate::project::{Cluster, Project};

/// The problems of one cluster, by its id.
pub fn cluster_problems(project: &Project, id: &str) -> Vec<Problem> {
    let mut checker = Checker { project, problems: Vec::new() };
    checker.clusters_where(|cluster| cluster.id == id);
    checker.problems
}

impl Checker<'_> {
    pub(super) fn clusters(&mut self) {
        self.clusters_where(|_| true);
    }

    fn clusters_where(&mut self, wanted: impl Fn(&Cluster) -> bool) {
        let project = self.project;
        if project.clusters.is_empty() {
            return;
        }
        let fields = unify::unified_fields(project);
        let table = customer_table(project);
        let place = || Place::UnifiedView { field: None };
        let columns = key_columns(project);
        for (i, cluster) in project.clusters.iter().enumerate().filter(|(_, cluster)| wanted(cluster)) {
            let same = |name: &str| name.eq_ignore_ascii_case(&cluster.name);
            if cluster.name.trim().is_empty() {
                self.error(place(), tr!("A cluster has no name."), tr!("Name it on the Clusters tab."));
            } else if RESERVED.into_iter().any(same)
                || columns.iter().any(|name| same(name))
                || table.columns.iter().any(|column| same(&column.name))
                || project.clusters[..i].iter().any(|other| same(&other.name))
            {
                let message =
                    tr!("Two columns of the customer table would be called {cluster}.", cluster = cluster.name);
                self.error(place(), message, tr!("Rename the cluster on the Clusters tab."));
            }
            if !cluster.rules.iter().any(|rule| rule.active) {
                let message =
                    tr!("The cluster {cluster} has no active rule, so nobody is in one.", cluster = cluster.name);
                self.warn(place(), message, tr!("Add a rule on the Clusters tab, or delete the cluster."));
            }
            for rule in cluster.rules.iter().map(|rule| by_name(&fields, rule)) {
                let name = tr!("{rule} of {cluster}", rule = rule.name, cluster = cluster.name);
                if rule.conditions.is_empty() && rule.active {
                    let message = tr!("The rule \"{name}\" has no condition.", name);
                    self.error(place(), message, tr!("Add a condition on the Clusters tab, or delete the rule."));
                }
                let mut of = self.conditions_of(&name, rule.active, place(), &table, None);
                of.rule(&rule.conditions, &rule.exceptions);
            }
        }
    }
}
