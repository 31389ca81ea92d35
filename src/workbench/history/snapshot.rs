//! The project at one step. Steps share the parts in which they do not differ, so that many of them take little more
//! room than one.

use std::mem;
use std::sync::Arc;

use crate::project::{
    AliasList, BypassList, Cluster, Guards, LabelledPair, Overrides, Project, Segment, SourceTable, UnificationTable,
    UnifiedField,
};

/// A project in parts. What can be long is kept apart and shared; the rest of a project is small.
#[derive(Clone)]
pub struct Snapshot {
    rest: Project,
    parts: Parts,
}

macro_rules! parts {
    ($($part:ident: $kind:ty,)*) => {
        #[derive(Clone)]
        struct Parts {
            $($part: Arc<$kind>,)*
        }

        impl Snapshot {
            /// Takes a project apart; what is as in `beside` is shared with it.
            pub fn new(mut project: Project, beside: Option<&Self>) -> Self {
                let parts = Parts {
                    $($part: shared(mem::take(&mut project.$part), beside.map(|beside| &beside.parts.$part)),)*
                };
                Self { rest: project, parts }
            }

            /// The whole project.
            pub fn project(&self) -> Project {
                let mut project = self.rest.clone();
                $(project.$part.clone_from(&self.parts.$part);)*
                project
            }

            /// The bytes it has for itself, as a file would hold them, and those it shares.
            #[cfg(test)]
            pub fn bytes(&self) -> (usize, usize) {
                let of = |text: Result<String, serde_json::Error>| text.map_or(0, |text| text.len());
                let (mut own, mut in_common) = (of(serde_json::to_string(&self.rest)), 0);
                $(
                    let size = of(serde_json::to_string(&*self.parts.$part));
                    if Arc::strong_count(&self.parts.$part) > 1 { in_common += size } else { own += size }
                )*
                (own, in_common)
            }
        }
    };
}

parts! {
    source_tables: Vec<SourceTable>,
    unification: Vec<UnificationTable>,
    overrides: Overrides,
    alias_lists: Vec<AliasList>,
    bypass_lists: Vec<BypassList>,
    guards: Guards,
    labelled_pairs: Vec<LabelledPair>,
    unified_fields: Vec<UnifiedField>,
    clusters: Vec<Cluster>,
    segments: Vec<Segment>,
    retired_ids: Vec<String>,
}

fn shared<T: PartialEq>(part: T, beside: Option<&Arc<T>>) -> Arc<T> {
    match beside {
        Some(beside) if **beside == part => Arc::clone(beside),
        _ => Arc::new(part),
    }
}
