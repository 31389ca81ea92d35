//! A window without a screen: the real app in a folder of its own, its dialogs answered by script.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use eframe::egui::{Key, Modifiers, Role, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};
use tributary::ui::App;
use tributary::workbench::dialogs::NoDialogs;
use tributary::workbench::{Command, Page, Theme as Chosen, Workbench};

/// Nothing computed here takes longer on a slow machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// What identifies a node from frame to frame.
fn id(node: Node<'_>) -> String {
    format!("{:?}", node.accesskit_node().id())
}

/// The app in a window of its own.
pub struct Window {
    pub harness: Harness<'static, App>,
    pub folder: tempfile::TempDir,
}

impl Window {
    /// An empty project in a window of this size.
    pub fn new(width: f32, height: f32, theme: Theme) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("home");
        Self::of(folder, home, [width, height], theme)
    }

    /// A second window of the same user: what one program leaves, the next one finds.
    pub fn beside(other: &Self) -> Self {
        let home = other.folder.path().join("home");
        Self::of(tempfile::tempdir().unwrap(), home, [1280.0, 800.0], Theme::Light)
    }

    /// The next start of the program, after a window in the same folder is gone.
    pub fn again(folder: tempfile::TempDir) -> Self {
        let home = folder.path().join("home");
        Self::of(folder, home, [1280.0, 800.0], Theme::Light)
    }

    fn of(folder: tempfile::TempDir, home: PathBuf, [width, height]: [f32; 2], theme: Theme) -> Self {
        let harness =
            Harness::builder().with_size([width, height]).with_theme(theme).with_max_steps(8).build_eframe(move |cc| {
                let mut app = App::new(&cc.egui_ctx, Workbench::new(home, Box::new(NoDialogs), Arc::new(|| {})));
                let dark = theme == Theme::Dark;
                app.workbench.settings.theme = if dark { Chosen::Dark } else { Chosen::Light };
                app
            });
        let mut window = Self { harness, folder };
        window.settle();
        window
    }

    pub fn app(&self) -> &App {
        self.harness.state()
    }

    pub fn app_mut(&mut self) -> &mut App {
        self.harness.state_mut()
    }

    /// Copies the tables of a sample into the window's folder and returns where they are.
    pub fn sample_tables(&self, sample: &str) -> PathBuf {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples").join(sample);
        let to = self.folder.path().join("tables");
        fs::create_dir_all(&to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "csv" || ending == "parquet") {
                fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
            }
        }
        to
    }

    /// Draws until nothing is being computed and the screen is still.
    pub fn settle(&mut self) {
        let start = Instant::now();
        loop {
            self.harness.step();
            if self.app().workbench.is_idle() {
                // What comes up now may have something to work out.
                (0..4).for_each(|_| self.harness.step());
                if self.app().workbench.is_idle() {
                    break;
                }
            }
            assert!(start.elapsed() < PATIENCE, "the window is still busy after {PATIENCE:?}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// The control with this label; plain text beside it that says the same does not count.
    fn control<'a>(&'a self, label: &'a str) -> Node<'a> {
        let mut found =
            self.harness.query_all_by_label(label).filter(|node| node.accesskit_node().role() != Role::Label);
        let control = found.next().unwrap_or_else(|| panic!("nothing is called {label}"));
        assert!(found.next().is_none(), "two controls are called {label}");
        control
    }

    /// Clicks what has this label, scrolled into view first.
    pub fn click(&mut self, label: &str) {
        self.control(label).scroll_to_me();
        // Scrolling takes more than one frame.
        (0..4).for_each(|_| self.harness.step());
        self.control(label).click();
        self.settle();
    }

    /// Clicks the first that says this, among other words.
    pub fn click_words(&mut self, words: &str) {
        let mut found = self.harness.query_all_by_label_contains(words);
        found.next().unwrap_or_else(|| panic!("nothing says {words}")).click();
        drop(found);
        self.settle();
    }

    /// Everything with this label, by its id.
    pub fn ids(&self, label: &str) -> Vec<String> {
        self.harness.query_all_by_label(label).map(id).collect()
    }

    /// What has this label and was not there before: an option of a drop-down that was opened since.
    pub fn appeared<'a>(&'a self, label: &'a str, before: &[String]) -> Option<Node<'a>> {
        self.harness.query_all_by_label(label).find(|node| !before.contains(&id(*node)))
    }

    /// Chooses an option of a drop-down by its label.
    pub fn choose(&mut self, picker: &str, option: &str) {
        let before = self.ids(option);
        self.click(picker);
        self.appeared(option, &before).unwrap_or_else(|| panic!("{picker} offers no {option}")).click();
        self.settle();
    }

    /// Chooses an entry of the menu of a thing as a whole.
    pub fn more(&mut self, of: &str, entry: &str) {
        self.click(&format!("More of {of}"));
        self.click(entry);
    }

    /// Types into a text field, in the place of what stands there.
    pub fn fill(&mut self, field: &str, text: &str) {
        self.click(field);
        self.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        self.harness.step();
        self.control(field).type_text(text);
        self.settle();
    }

    /// Goes to a page by its shortcut.
    pub fn go(&mut self, page: Page) {
        self.app_mut().workbench.apply(Command::Go(page));
        self.settle();
    }

    /// Presses a key with nothing held.
    pub fn press(&mut self, key: Key) {
        self.harness.key_press(key);
        self.settle();
    }

    /// Presses Tab until what has this label has the focus, then Enter.
    pub fn tab_to(&mut self, label: &str) {
        for _ in 0..60 {
            if self.harness.query_all_by_label(label).any(|node| node.is_focused()) {
                return self.press(Key::Enter);
            }
            self.harness.key_press(Key::Tab);
            self.harness.step();
        }
        panic!("Tab does not lead to {label}");
    }

    /// Tabs to a list, and goes to the row with this label by the arrows.
    pub fn row_by_key(&mut self, label: &str) {
        let at_row = |window: &Self| window.harness.query_all_by_label(label).any(|node| node.is_focused());
        for _ in 0..200 {
            let rows = self.harness.query_all_by_role(Role::ListBoxOption).count();
            if self.harness.query_all_by_role(Role::ListBoxOption).any(|node| node.is_focused()) {
                let keys = [Key::Home].into_iter().chain(std::iter::repeat_n(Key::ArrowDown, rows));
                for key in keys {
                    if at_row(self) {
                        return;
                    }
                    self.press(key);
                }
                assert!(at_row(self), "the arrows do not lead to {label}");
                return;
            }
            self.harness.key_press(Key::Tab);
            self.harness.step();
        }
        panic!("Tab does not lead to the list of {label}");
    }

    /// Whether something says this, among other words.
    pub fn says(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    /// Whether something has this label.
    pub fn shows(&self, label: &str) -> bool {
        self.harness.query_all_by_label(label).next().is_some()
    }
}
