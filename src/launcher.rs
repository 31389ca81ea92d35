//! The entry in the desktop's menu on Linux: a launcher, icons, and `.tributary` files opened by double click.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::project::file;

const MIME_TYPE: &str = "application/x-tributary";
const ICONS: [(&str, &[u8]); 6] = [
    ("48x48/apps/tributary.png", include_bytes!("../assets/icon/tributary-48.png")),
    ("64x64/apps/tributary.png", include_bytes!("../assets/icon/tributary-64.png")),
    ("128x128/apps/tributary.png", include_bytes!("../assets/icon/tributary-128.png")),
    ("256x256/apps/tributary.png", include_bytes!("../assets/icon/tributary-256.png")),
    ("512x512/apps/tributary.png", include_bytes!("../assets/icon/tributary-512.png")),
    ("scalable/apps/tributary.svg", include_bytes!("../assets/icon/tributary.svg")),
];

/// Where each file of the entry lies in a user's share folder, such as `~/.local/share`, and what it holds.
fn files(share: &Path, program: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let icons = share.join("icons/hicolor");
    let mut files: Vec<(PathBuf, Vec<u8>)> =
        ICONS.iter().map(|(name, content)| (icons.join(name), content.to_vec())).collect();
    files.push((share.join("mime/packages/tributary.xml"), mime_package().into_bytes()));
    files.push((share.join("applications/tributary.desktop"), desktop_file(program).into_bytes()));
    files
}

fn desktop_file(program: &Path) -> String {
    // Quoted as the specification asks: a path may hold blanks and signs.
    let quoted = program.display().to_string().replace('\\', "\\\\\\\\").replace('"', "\\\\\"").replace('%', "%%");
    let quoted = quoted.replace('`', "\\\\`").replace('$', "\\\\$");
    format!(
        "[Desktop Entry]\nType=Application\nName=Tributary\nGenericName=Customer unification\n\
         Comment=Bring customer tables together: one customer per person\nExec=\"{quoted}\" %f\nIcon=tributary\n\
         Terminal=false\nCategories=Office;Database;\nMimeType={MIME_TYPE};\nStartupWMClass=tributary\n"
    )
}

fn mime_package() -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <mime-info xmlns=\"http://www.freedesktop.org/standards/shared-mime-info\">\n  \
         <mime-type type=\"{MIME_TYPE}\">\n    <comment>Tributary project</comment>\n    \
         <sub-class-of type=\"application/json\"/>\n    <glob pattern=\"*.{}\"/>\n    <icon name=\"tributary\"/>\n  \
         </mime-type>\n</mime-info>\n",
        file::EXTENSION
    )
}

/// Writes the entry for a program, and says what was written.
///
/// # Errors
/// Where a file cannot be written.
pub fn install(share: &Path, program: &Path) -> io::Result<Vec<PathBuf>> {
    let mut written = Vec::new();
    for (path, content) in files(share, program) {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        file::write_whole(&path, &content)?;
        written.push(path);
    }
    Ok(written)
}

/// Takes the entry away, and says what was there of it.
///
/// # Errors
/// Where a file cannot be removed.
pub fn remove(share: &Path) -> io::Result<Vec<PathBuf>> {
    let mut removed = Vec::new();
    for (path, _) in files(share, Path::new("")) {
        match fs::remove_file(&path) {
            Ok(()) => removed.push(path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(removed)
}

/// Tells the desktop of changed entries, with its own programs where they are there; gives those that ran well.
pub fn refresh(share: &Path) -> Vec<&'static str> {
    let of = |name: &'static str, arguments: &[&str], folder: &str| {
        let run = Command::new(name).args(arguments).arg(share.join(folder)).output();
        run.is_ok_and(|output| output.status.success()).then_some(name)
    };
    let ran = [
        of("update-desktop-database", &[], "applications"),
        of("update-mime-database", &[], "mime"),
        of("gtk-update-icon-cache", &["-f", "-t", "-q"], "icons/hicolor"),
    ];
    ran.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entry_is_written_whole_and_taken_away_whole() {
        let share = tempfile::tempdir().unwrap();
        let written = install(share.path(), Path::new("/opt/my apps/tributary")).unwrap();
        let entry = fs::read_to_string(share.path().join("applications/tributary.desktop")).unwrap();
        assert!(
            entry.contains("Exec=\"/opt/my apps/tributary\" %f\n") && entry.contains("MimeType=application/x-trib")
        );
        let mime = fs::read_to_string(share.path().join("mime/packages/tributary.xml")).unwrap();
        assert!(mime.contains("<glob pattern=\"*.tributary\"/>"), "{mime}");
        assert!(share.path().join("icons/hicolor/scalable/apps/tributary.svg").exists());
        assert_eq!(install(share.path(), Path::new("/usr/bin/tributary")).unwrap(), written, "again, over the old one");
        assert_eq!(remove(share.path()).unwrap(), written);
        assert_eq!(remove(share.path()).unwrap(), Vec::<PathBuf>::new());
    }
}
