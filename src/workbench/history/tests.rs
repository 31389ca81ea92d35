use super::*;
use crate::project::{Answer, LabelledPair, RecordKey};

fn named(name: &str) -> Project {
    Project { id: String::new(), ..Project::new(name) }
}

fn edit(history: &mut History, before: &str, label: &str, going: Option<Going>) {
    history.record(named(before), label, Page::Segments, going);
}

/// Three edits: from a over b and c to d.
fn abcd() -> History {
    let mut history = History::default();
    for (before, label) in [("a", "to b"), ("b", "to c"), ("c", "to d")] {
        edit(&mut history, before, label, None);
    }
    history
}

fn shown(history: &History) -> Vec<String> {
    let mark = |is: bool, mark: &str| if is { mark.to_owned() } else { String::new() };
    let words = |entry: Entry| {
        let marks = [mark(entry.is_present, ">"), mark(entry.is_undone, "~"), mark(entry.is_saved, "*")];
        format!("{}{}", marks.concat(), entry.label)
    };
    history.entries().into_iter().map(words).collect()
}

#[test]
fn undo_after_an_edit_gives_what_was_and_redo_what_became() {
    let mut history = History::default();
    edit(&mut history, "a", "Rename", None);
    let back = history.undo(named("b")).expect("one step");
    assert_eq!((back.project.name.as_str(), back.label.as_str(), back.page), ("a", "Rename", Page::Segments));
    let again = history.redo(back.project).expect("one step back");
    assert_eq!(again.project.name, "b");
    assert_eq!(history.redo_label(), None);
    assert!(history.redo(again.project).is_none());
}

#[test]
fn what_is_typed_into_one_field_is_one_step_called_as_its_end() {
    let mut history = History::default();
    edit(&mut history, "", "Rename to a", Some(1));
    edit(&mut history, "a", "Rename to ab", Some(1));
    history.close_step();
    edit(&mut history, "ab", "Rename to abc", Some(1));
    edit(&mut history, "abc", "Rename to abcd", Some(2));
    assert_eq!(shown(&history), ["*As it was opened", "Rename to ab", "Rename to abc", ">Rename to abcd"]);
    assert_eq!(history.undo(named("abcd")).expect("a step").project.name, "abc");
    assert_eq!(history.undo(named("abc")).expect("a step").project.name, "ab");
    assert_eq!(history.undo(named("ab")).expect("a step").project.name, "");
    assert!(history.undo(named("")).is_none());
}

#[test]
fn a_jump_goes_anywhere_and_an_edit_there_drops_what_was_undone() {
    let mut history = abcd();
    let back = history.jump(1, named("d")).expect("back");
    assert_eq!((back.project.name.as_str(), back.label.as_str()), ("b", "to c"));
    assert_eq!(shown(&history), ["*As it was opened", ">to b", "~to c", "~to d"]);
    let on = history.jump(3, back.project).expect("on");
    assert_eq!((on.project.name.as_str(), on.label.as_str()), ("d", "to d"));
    assert!(history.jump(3, named("d")).is_none(), "there already");
    assert!(history.jump(4, named("d")).is_none(), "nowhere");
    history.jump(0, named("d")).expect("to the beginning");
    edit(&mut history, "a", "to e", None);
    assert_eq!(shown(&history), ["*As it was opened", ">to e"]);
}

#[test]
fn the_saved_state_is_marked_wherever_one_goes() {
    let mut history = abcd();
    let b = history.jump(1, named("d")).expect("back").project;
    history.mark_saved();
    history.jump(2, b).expect("on");
    assert_eq!(shown(&history), ["As it was opened", "*to b", ">to c", "~to d"]);
    edit(&mut history, "c", "to e", None);
    assert_eq!(shown(&history), ["As it was opened", "*to b", "to c", ">to e"]);
}

#[test]
fn what_changes_all_states_changes_each_once() {
    let mut history = abcd();
    let c = history.jump(2, named("d")).expect("back").project;
    history.map(|project| project.name.push('!'));
    assert_eq!(c.name, "c");
    let d = history.redo(named("c!")).expect("on");
    assert_eq!(d.project.name, "d!");
    assert_eq!(history.jump(1, d.project).expect("back").project.name, "b!");
    assert_eq!(history.jump(0, named("b!")).expect("back").project.name, "a!");
}

#[test]
fn two_hundred_steps_of_a_large_project_take_little_more_than_one() {
    let mut project = named("large");
    project.labelled_pairs = (0..5_000)
        .map(|nth| LabelledPair {
            a: RecordKey::new("loyalty", format!("L{nth}")),
            b: RecordKey::new("web", format!("W{nth}")),
            answer: Answer::Same,
        })
        .collect();
    let one = serde_json::to_string(&project).expect("a document").len();
    let mut history = History::default();
    for nth in 0..KEPT + 50 {
        let before = project.clone();
        project.name = format!("Name {nth}");
        history.record(before, &format!("Rename to {nth}"), Page::Sources, None);
    }
    assert_eq!(history.done.len(), KEPT);
    assert_eq!(history.entries()[0].label, "Earlier edits");
    let own: usize = history.done.iter().map(|step| step.state.bytes().0).sum();
    assert!(one > 300_000 && own < one, "{own} bytes of their own, where one project has {one}");
    let middle = history.jump(100, project).expect("back");
    assert_eq!(middle.project.labelled_pairs.len(), 5_000);
}
