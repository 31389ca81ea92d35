//! Questions over the page: about unsaved edits, other windows, other hands, and paths to type. Each has its main
//! answer under Enter, and Escape leaves everything as it is.

use std::path::{Path, PathBuf};

use eframe::egui::{self, Context, Id, RichText, Ui};

use crate::help;
use crate::ui::theme::{GAP_LARGE, icon, palette};
use crate::ui::widgets::{form, text};
use crate::workbench::{Answer, Holder, Leave, Purpose, Question, Workbench};

/// A path to be typed: where the desktop has no file dialogs, or a path is quicker typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathPrompt {
    pub purpose: PathFor,
    pub typed: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathFor {
    Open,
    Save,
    /// Where a recent project was moved to; the path it had.
    Locate(PathBuf),
}

impl PathPrompt {
    pub fn new(purpose: PathFor) -> Self {
        let typed = match &purpose {
            PathFor::Locate(old) => old.display().to_string(),
            PathFor::Open | PathFor::Save => String::new(),
        };
        Self { purpose, typed }
    }
}

/// The question that waits, if any. `typed` is the path for a project that has no file yet.
pub fn question_ui(ctx: &Context, workbench: &mut Workbench, typed: &mut Option<String>) {
    let Some(question) = workbench.question.clone() else {
        *typed = None;
        return;
    };
    let mut answer = None;
    let modal = egui::Modal::new(Id::unique("question")).show(ctx, |ui| {
        ui.set_width(460.0);
        answer = match &question {
            Question::Unsaved { to, error } => unsaved_ui(ui, workbench, (to, error.as_deref()), typed),
            Question::Held { path, holder, .. } => held_ui(ui, path, holder),
            Question::Overwrite { .. } => overwrite_ui(ui, workbench),
        };
    });
    if modal.should_close() {
        answer = Some(Answer::Cancel);
    }
    if let Some(answer) = answer {
        workbench.answer(answer);
    }
}

fn unsaved_ui(
    ui: &mut Ui,
    workbench: &mut Workbench,
    (to, error): (&Leave, Option<&str>),
    typed: &mut Option<String>,
) -> Option<Answer> {
    ui.heading(tr!("Save your edits?"));
    let edits = tr!("{n} edit" | "{n} edits" % workbench.unsaved_edits() as u64);
    let words = tr!(
        "{name} has {edits} that no file holds yet, and {words}.",
        name = workbench.project.name,
        edits,
        words = to.words()
    );
    ui.add(egui::Label::new(words).wrap());
    let mut enter = false;
    let place = match (&workbench.path, typed) {
        (Some(_), _) => None,
        (None, typed) => {
            let typed = typed.get_or_insert_with(|| workbench.suggested_path().display().to_string());
            ui.horizontal(|ui| {
                form::label_ui(ui, tr!("Save to"));
                let field =
                    form::text_ui(ui, (tr!("Save to"), help::PROJECT_PATH), typed, tr!("folder/name.tributary"), 290.0);
                enter = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
                if ui.button(tr!("Browse…")).clicked()
                    && let Some(path) = workbench.dialogs.ask(Purpose::SaveProject, tr!("New project.tributary"))
                {
                    *typed = path.display().to_string();
                }
            });
            Some(PathBuf::from(typed.trim()))
        }
    };
    if let Some(error) = error {
        form::warning_ui(ui, error);
    }
    let save = place.map_or(Answer::Save, Answer::SaveTo);
    let answers = [(tr!("Save"), save.clone()), (tr!("Don't save"), Answer::Drop), (tr!("Cancel"), Answer::Cancel)];
    answers_ui(ui, answers).or_else(|| enter.then_some(save))
}

fn held_ui(ui: &mut Ui, path: &Path, holder: &Holder) -> Option<Answer> {
    ui.heading(tr!("Open in another window"));
    let since = text::moment(&holder.since);
    let words = tr!(
        "{path} has been open since {since} in another window of Tributary, process {pid} on {host}. Two windows that edit one \
         project overwrite each other's edits.",
        path = path.display(),
        since,
        pid = holder.pid,
        host = holder.host
    );
    ui.add(egui::Label::new(words).wrap());
    let answers = [
        (tr!("Open a copy"), Answer::OpenCopy),
        (tr!("Open anyway"), Answer::OpenAnyway),
        (tr!("Cancel"), Answer::Cancel),
    ];
    answers_ui(ui, answers)
}

fn overwrite_ui(ui: &mut Ui, workbench: &Workbench) -> Option<Answer> {
    ui.heading(tr!("Changed by someone else"));
    let path = workbench.path.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
    let words = tr!(
        "{path} was saved by another program since you opened it. Saving replaces what was saved there. Reloading \
         takes it in; undo brings your version back.",
        path
    );
    ui.add(egui::Label::new(words).wrap());
    let answers = [
        (tr!("Reload theirs"), Answer::Reload),
        (tr!("Save mine"), Answer::Overwrite),
        (tr!("Cancel"), Answer::Cancel),
    ];
    answers_ui(ui, answers)
}

/// The answers side by side, the first one the main one.
fn answers_ui<const N: usize>(ui: &mut Ui, answers: [(&str, Answer); N]) -> Option<Answer> {
    ui.add_space(GAP_LARGE);
    let mut chosen = None;
    ui.horizontal(|ui| {
        for (place, (words, answer)) in answers.into_iter().enumerate() {
            let button = match place {
                0 => form::primary_button(ui, words),
                _ => {
                    let button = ui.button(words);
                    form::ring_ui(ui, button)
                }
            };
            if place == 0 && ui.memory(|memory| memory.focused().is_none()) {
                button.request_focus();
            }
            if button.clicked() {
                chosen = Some(answer);
            }
        }
    });
    chosen
}

/// A field for the path of a project; Enter does what the button does.
pub fn path_ui(ctx: &Context, prompt: &mut Option<PathPrompt>, workbench: &mut Workbench) {
    let Some(PathPrompt { purpose, typed }) = prompt else { return };
    let save = *purpose == PathFor::Save;
    let (title, words) = match purpose {
        PathFor::Open => (tr!("Open project"), tr!("Open this path")),
        PathFor::Save => (tr!("Save project to"), tr!("Save to this path")),
        PathFor::Locate(_) => (tr!("Where is the project now?"), tr!("Open this path")),
    };
    let (mut go, mut cancel) = (false, false);
    let modal = egui::Modal::new(Id::unique("path")).show(ctx, |ui| {
        ui.set_width(480.0);
        ui.heading(title);
        let field = form::text_ui(
            ui,
            (tr!("Path of a project"), help::PROJECT_PATH),
            typed,
            tr!("folder/name.tributary"),
            460.0,
        );
        if ui.memory(|memory| memory.focused().is_none()) {
            field.request_focus();
        }
        let enter = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let there = !typed.trim().is_empty() && workbench.is_there(Path::new(typed.trim()));
        let remark = match (save, there) {
            (true, true) => tr!("This file is there and will be replaced."),
            (true, false) => tr!("A new file; the ending .tributary is added where it is missing."),
            (false, true) => "",
            (false, false) => tr!("No file of this name yet."),
        };
        ui.label(RichText::new(remark).color(palette(ui).text_weak));
        ui.horizontal(|ui| {
            go = form::primary_button(ui, words).clicked() || enter && !typed.trim().is_empty();
            if ui.button(tr!("Browse…")).clicked() {
                let asked = if save { Purpose::SaveProject } else { Purpose::OpenProject };
                *typed = workbench.dialogs.ask(asked, "").map_or(typed.clone(), |path| path.display().to_string());
            }
            cancel = ui.button(tr!("Cancel")).clicked();
        });
    });
    let path = PathBuf::from(typed.trim());
    if go {
        match purpose.clone() {
            PathFor::Open => workbench.leave(Leave::Open(path)),
            PathFor::Save => workbench.save_to(&path),
            PathFor::Locate(old) => workbench.locate_recent(&old, path),
        }
    }
    if go || cancel || modal.should_close() {
        *prompt = None;
    }
}

/// A line on every page while the file is not the one that was opened here.
pub fn elsewhere_ui(ui: &mut Ui, workbench: &mut Workbench) {
    use crate::workbench::Elsewhere;
    let Some(elsewhere) = workbench.elsewhere else { return };
    let name = workbench.path.as_deref().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
    ui.horizontal_wrapped(|ui| {
        let color = palette(ui).warning;
        ui.label(RichText::new(icon::WARNING).color(color));
        match elsewhere {
            Elsewhere::Changed => {
                ui.label(RichText::new(tr!("{name} was saved by another program meanwhile.", name)).color(color));
                let reload = ui
                    .button(tr!("Reload"))
                    .on_hover_text(tr!("Take in what was saved; undo brings your version back"));
                if reload.clicked() {
                    workbench.reload();
                }
                let keep =
                    ui.button(tr!("Keep mine")).on_hover_text(tr!("Go on here; the next save replaces what was saved"));
                if keep.clicked() {
                    workbench.keep_mine();
                }
            }
            Elsewhere::Gone => {
                let words = tr!("{name} is not there any more: moved or deleted. Save writes it again.", name);
                ui.label(RichText::new(words).color(color));
            }
        }
    });
}
