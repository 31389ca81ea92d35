//! The samples that the program carries: small projects with their tables, written where someone wants them.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::examples::EXAMPLES;
use crate::project::Project;
use crate::project::file::temporary_beside;

/// A project with its tables.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// What a command calls it; also its folder, and its project file without the ending.
    pub name: &'static str,
    /// What a menu calls it.
    pub title: &'static str,
    /// What there is to see in it, in a sentence or two.
    pub description: &'static str,
    /// File name and content. The project file comes last: where it is, everything it names is there too.
    pub(super) files: &'static [(&'static str, &'static [u8])],
}

macro_rules! files {
    ($folder:literal: $($file:literal),+ $(,)?) => {
        &[$(($file, include_bytes!(concat!("../../assets/samples/", $folder, "/", $file)).as_slice())),+]
    };
}

pub(super) use files;

/// Every sample, the smallest first.
pub const SAMPLES: &[Sample] = &[
    Sample {
        name: "coffee",
        title: msg!("Coffee shop"),
        description: msg!("A loyalty programme, a shop and four web events: five customers, two of them unknown."),
        files: files!("coffee": "loyalty.csv", "store.csv", "web.csv", "coffee.tributary"),
    },
    Sample {
        name: "shoes",
        title: msg!("Shoe shop"),
        description: msg!("Three anonymous mobile visitors; a segment finds the one who wants leather shoes."),
        files: files!("shoes": "web.csv", "shoes.tributary"),
    },
    Sample {
        name: "cdnow",
        title: msg!("Music shop (CDNOW)"),
        description: msg!(
            "69,659 real purchases of an online music shop, with a made-up loyalty programme and web log."
        ),
        files: files!(
            "cdnow":
            "SOURCES.md",
            "LICENSE-lifetimes.txt",
            "loyalty.parquet",
            "purchases.parquet",
            "web.parquet",
            "cdnow.tributary",
        ),
    },
];

/// The sample or example of that name, in any case.
pub fn find(name: &str) -> Option<&'static Sample> {
    SAMPLES.iter().chain(EXAMPLES).find(|sample| sample.name.eq_ignore_ascii_case(name))
}

impl Sample {
    /// Writes the sample into the folder `dir/NAME`, made where it is missing, and gives the path of the project
    /// file, whose project has an id of its own. What is there already and the same but for that id stays as it is.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`] where a file of that name holds something else (then nothing is written);
    /// else what the file system says.
    pub fn write(&self, dir: &Path) -> io::Result<PathBuf> {
        let folder = dir.join(self.name);
        let mut missing = Vec::new();
        for &(name, content) in self.files {
            let path = folder.join(name);
            match fs::read(&path) {
                Ok(there) if is_same(&there, content) => {}
                Ok(_) => {
                    let message = format!("{} is there already and differs from the sample's file", path.display());
                    return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    missing.push((path, if is_project(name) { with_own_id(content)? } else { content.to_vec() }));
                }
                Err(error) => return Err(error),
            }
        }
        fs::create_dir_all(&folder)?;
        for (path, content) in missing {
            let mut file = temporary_beside(&path)?;
            file.write_all(&content)?;
            file.persist_noclobber(&path).map_err(|error| error.error)?;
        }
        Ok(folder.join(format!("{}.tributary", self.name)))
    }

    /// Its project, as it is in the program; its paths start from the sample's folder.
    pub fn project(&self) -> Option<Project> {
        let (_, content) = self.files.last()?;
        serde_json::from_slice(content).ok()
    }

    /// The user's copy below `dir`: the one that is there, edited or not, else a new one.
    ///
    /// # Errors
    /// Those of [`Sample::write`].
    pub fn open_copy(&self, dir: &Path) -> io::Result<PathBuf> {
        let project = dir.join(self.name).join(format!("{}.tributary", self.name));
        if project.exists() { Ok(project) } else { self.write(dir) }
    }
}

fn is_project(name: &str) -> bool {
    name.ends_with(".tributary")
}

/// A project file with an id that no other copy has: ids of customers kept for one copy are not another's.
pub(super) fn with_own_id(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut project: Project = serde_json::from_slice(content)?;
    project.id = Project::new_project_id();
    let mut text = serde_json::to_vec_pretty(&project)?;
    text.push(b'\n');
    Ok(text)
}

/// Whether a file is the sample's; copies of a project differ in their ids.
fn is_same(there: &[u8], content: &[u8]) -> bool {
    let project = |bytes: &[u8]| {
        let project = serde_json::from_slice::<Project>(bytes).ok()?;
        Some(Project { id: String::new(), ..project })
    };
    there == content || project(content).is_some_and(|sample| project(there) == Some(sample))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::unify;
    use crate::sample::population;

    fn project(sample: &Sample) -> Project {
        let (name, content) = sample.files.last().unwrap();
        assert_eq!(*name, format!("{}.tributary", sample.name));
        serde_json::from_slice(content).unwrap()
    }

    fn canonical(project: &Project) -> String {
        serde_json::to_string_pretty(project).unwrap() + "\n"
    }

    #[test]
    fn project_files_are_as_the_program_writes_them() {
        let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples");
        for name in SAMPLES.iter().map(|sample| sample.name).chain(["population"]) {
            let path = assets.join(name).join(format!("{name}.tributary"));
            let text = fs::read_to_string(&path).unwrap();
            let written = canonical(&serde_json::from_str(&text).unwrap());
            if std::env::var_os("TRIBUTARY_BLESS").is_some() {
                fs::write(&path, &written).unwrap();
            } else {
                assert_eq!(text, written, "{name}: run once with TRIBUTARY_BLESS=1");
            }
        }
    }

    #[test]
    fn project_files_refuse_unknown_fields() {
        let (_, content) = find("coffee").unwrap().files.last().unwrap();
        let text = String::from_utf8(content.to_vec()).unwrap();
        let foreign = text.replacen("\"version\"", "\"colour\": 1, \"version\"", 1);
        assert!(serde_json::from_str::<Project>(&foreign).unwrap_err().to_string().contains("colour"));
    }

    /// Ids and columns that a project names exist in it, and every table's file is among the sample's.
    #[test]
    fn projects_name_only_what_there_is() {
        let population: Project = serde_json::from_slice(population::PROJECT).unwrap();
        let mut projects: Vec<(Project, Vec<&str>)> =
            SAMPLES.iter().map(|sample| (project(sample), sample.files.iter().map(|file| file.0).collect())).collect();
        projects.push((population, vec!["crm.csv", "loyalty.csv", "web_events.csv"]));
        for (project, files) in projects {
            for table in &project.source_tables {
                assert!(files.contains(&table.path.as_str()), "{}", table.path);
                assert!(table.column(table.primary_key.as_deref().unwrap()).is_some());
            }
            let has = |table: &str, column: &str| {
                assert!(project.source_table(table).unwrap().column(column).is_some(), "{table}.{column}");
            };
            for (place, unified) in project.unification.iter().enumerate() {
                let table = unified.source_table.as_str();
                let conditions = unified.deduplication_rules.iter().flat_map(|rule| &rule.conditions);
                conditions.for_each(|condition| has(table, &condition.field));
                unified.record_to_keep.field().into_iter().for_each(|field| has(table, field));
                for rule in &unified.match_rules {
                    let higher = &project.unification[..place];
                    assert!(higher.iter().any(|higher| higher.source_table == rule.to_table), "{}", rule.id);
                    for condition in &rule.conditions {
                        has(table, &condition.field);
                        has(&rule.to_table, &condition.to_field);
                    }
                }
            }
            for activity in &project.activities {
                for column in [&activity.primary_key, &activity.timestamp, &activity.event, &activity.link.column] {
                    has(&activity.source_table, column);
                }
                activity.detail.iter().for_each(|detail| has(&activity.source_table, detail));
                let linked = project.source_table(&activity.link.to_table).unwrap();
                assert_eq!(linked.primary_key.as_deref(), Some(activity.link.column.as_str()));
            }
            segments_name_only_what_there_is(&project);
            ids_are_unique(&project);
        }
    }

    fn segments_name_only_what_there_is(project: &Project) {
        use crate::project::{ExportSubject, Subject};
        let fields = unify::unified_fields(project);
        for segment in &project.segments {
            for condition in segment.rules.iter().flat_map(|rule| &rule.conditions) {
                if let Some(count) = condition.operator.value_count() {
                    assert_eq!(condition.values.len(), count, "{}", segment.id);
                }
                match &condition.subject {
                    Subject::ProfileState => {}
                    Subject::Field { field } => assert!(fields.iter().any(|known| known.id == *field), "{field}"),
                    Subject::Activity { activity, column } => {
                        let table = &project.activity(activity).unwrap().source_table;
                        assert!(project.source_table(table).unwrap().column(column).is_some(), "{column}");
                    }
                    Subject::WhileUnknown { activity } => assert!(project.activity(activity).is_some(), "{activity}"),
                }
            }
        }
        for export in &project.exports {
            if let ExportSubject::Segment { segment } = &export.subject {
                assert!(project.segment(segment).is_some());
            }
        }
    }

    /// Default unified fields too: the first change of one gives it its id for good.
    fn ids_are_unique(project: &Project) {
        let mut ids: Vec<String> = unify::unified_fields(project).into_iter().map(|field| field.id).collect();
        ids.extend(project.source_tables.iter().map(|table| table.id.clone()));
        for table in &project.unification {
            ids.extend(table.deduplication_rules.iter().map(|rule| rule.id.clone()));
            ids.extend(table.match_rules.iter().map(|rule| rule.id.clone()));
        }
        ids.extend(project.activities.iter().map(|activity| activity.id.clone()));
        ids.extend(project.segments.iter().map(|segment| segment.id.clone()));
        ids.extend(project.exports.iter().map(|export| export.id.clone()));
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{}: {ids:?}", project.name);
    }

    #[test]
    fn coffee_is_the_setup_of_the_acceptance_cases() {
        let project = project(find("Coffee").unwrap());
        let order: Vec<&str> =
            project.unification.iter().map(|table| project.table_name(&table.source_table)).collect();
        assert_eq!(order, ["Loyalty", "Store", "Web"]);
        let web = project.source_table("web").unwrap();
        assert_eq!(
            web.selected_columns().map(|column| column.name.as_str()).collect::<Vec<_>>(),
            ["UserID", "LoyaltyID"]
        );
        assert!(project.unification.iter().all(|table| table.include_all_records));
        let fields: Vec<String> = unify::unified_fields(&project).into_iter().map(|field| field.name).collect();
        assert_eq!(fields, ["LoyaltyID", "FullName", "Email", "StoreId", "UserID"]);
    }

    #[test]
    fn a_sample_is_written_once_and_never_over_something_else() {
        let dir = tempfile::tempdir().unwrap();
        for sample in SAMPLES {
            let path = sample.write(dir.path()).unwrap();
            assert!(path.is_file() && path.ends_with(format!("{0}/{0}.tributary", sample.name)));
            let id = |path: &Path| serde_json::from_slice::<Project>(&fs::read(path).unwrap()).unwrap().id;
            let own = id(&path);
            assert_eq!((sample.write(dir.path()).unwrap(), id(&path)), (path.clone(), own.clone()));
            let other = tempfile::tempdir().unwrap();
            assert!(!own.is_empty() && id(&sample.write(other.path()).unwrap()) != own);
            let written = fs::read_dir(path.parent().unwrap()).unwrap().count();
            assert_eq!(written, sample.files.len());
        }
        let folder = dir.path().join("coffee");
        fs::write(folder.join("web.csv"), "mine").unwrap();
        fs::remove_file(folder.join("loyalty.csv")).unwrap();
        let error = find("coffee").unwrap().write(dir.path()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert!(error.to_string().contains("web.csv"), "{error}");
        assert_eq!(fs::read_to_string(folder.join("web.csv")).unwrap(), "mine");
        assert!(!folder.join("loyalty.csv").exists(), "nothing is written where something differs");
    }

    #[test]
    fn no_sample_is_called_nonsense() {
        assert!(find("nonsense").is_none());
    }
}
