//! What a project needs before there is anything to see: the one next step, and what is no error before it.

use super::{Command, Page, Workbench};
use crate::project::Project;
use crate::project::validate::{Place, Problem};

/// What to do first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstStep {
    /// A sentence on what is not there yet.
    pub sentence: &'static str,
    pub button: &'static str,
    pub command: Command,
}

/// The problems without that nothing is unified: a project that was just begun is not wrong.
pub(super) fn to_mend(project: &Project, mut problems: Vec<Problem>) -> Vec<Problem> {
    if project.unification.is_empty() {
        problems.retain(|problem| problem.place != Place::CustomerData { table: None });
    }
    problems
}

impl Workbench {
    /// The first step whose outcome is missing; `None` where a run can be made of the project.
    pub fn first_step(&self) -> Option<FirstStep> {
        if self.project.source_tables.is_empty() {
            let sentence = tr!("First add the tables that know your customers.");
            return Some(FirstStep { sentence, button: Command::AddTables.text(), command: Command::AddTables });
        }
        if self.project.unification.is_empty() {
            let sentence = tr!("First say which tables hold customers.");
            let command = Command::Go(Page::CustomerData);
            return Some(FirstStep { sentence, button: tr!("Choose the tables"), command });
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::Arc;

    use super::*;
    use crate::engine::stage::Stage;
    use crate::workbench::dialogs::NoDialogs;

    #[test]
    fn a_new_project_has_nothing_to_mend_and_one_step_to_do() {
        let mut workbench = Workbench::new(PathBuf::from("no such folder"), Box::new(NoDialogs), Arc::new(|| {}));
        assert_eq!(workbench.problems, []);
        assert_eq!(workbench.first_step().unwrap().command, Command::AddTables);
        let blocked = workbench.blocking_problem(Stage::Segments);
        assert_eq!(blocked.as_deref(), Some("First add the tables that know your customers."));
        let coffee = include_str!("../../assets/samples/coffee/coffee.tributary");
        let coffee: Project = serde_json::from_str(coffee).unwrap();
        workbench.edit("Open", |project| *project = Project { unification: Vec::new(), ..coffee.clone() });
        assert_eq!(workbench.first_step().unwrap().command, Command::Go(Page::CustomerData));
        assert!(workbench.blocking_problem(Stage::Deduplicate).is_some(), "no run of nothing");
        assert!(workbench.problems.iter().all(|problem| problem.message != "No table is unified."));
        workbench.edit("Unify", |project| *project = coffee);
        assert_eq!(workbench.first_step(), None);
    }
}
