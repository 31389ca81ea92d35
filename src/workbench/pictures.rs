//! Pictures of customers: read and made small off the screen's thread, one at a time. From files and data URIs only;
//! nothing is fetched from a network.

use std::collections::HashMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::imageops::FilterType;
use image::{ImageReader, Limits};

use super::{Lane, News, Workbench};
use crate::engine::pipeline::resolve;

/// Side of a small picture, in pixels.
pub const SIDE: u32 = 160;
/// Larger files are not read.
const LARGEST_FILE: u64 = 16 << 20;
/// Longer sides are not decoded: a small file may claim any size.
const LONGEST_SIDE: u32 = 10_000;
const LARGEST_PICTURE: u64 = 256 << 20;
/// So many pictures are kept; then all are made anew.
const KEPT: usize = 400;

/// A square picture: red, green, blue and opacity of each pixel, line by line.
pub struct Picture {
    pub rgba: Vec<u8>,
}

/// What is known of a picture.
#[derive(Clone)]
pub enum PictureState {
    Loading,
    Ready(Arc<Picture>),
    /// Why there is none.
    Missing(String),
}

/// The pictures looked at so far, by what names them.
#[derive(Default)]
pub struct Pictures {
    known: HashMap<blake3::Hash, PictureState>,
    /// The one being read.
    reading: Option<blake3::Hash>,
}

pub(super) struct PictureNews {
    key: blake3::Hash,
    picture: Result<Picture, String>,
}

/// Whether a picture's source is an address on a network.
pub fn is_address(source: &str) -> bool {
    let source = source.trim_start();
    ["http://", "https://"].iter().any(|start| source.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start)))
}

impl Workbench {
    /// The picture that a customer's field names: a path, relative to the project's folder, or a data URI.
    pub fn picture(&mut self, source: &str) -> PictureState {
        let key = blake3::hash(source.as_bytes());
        if let Some(known) = self.pictures.known.get(&key) {
            return known.clone();
        }
        if is_address(source) {
            return PictureState::Missing("Pictures are not fetched from a network".to_owned());
        }
        // One at a time: whoever still waits asks again in the next frame.
        if !self.jobs.is_running(Lane::Pictures) {
            let (source, base) = (source.to_owned(), self.base());
            self.pictures.reading = Some(key);
            self.jobs.start(Lane::Pictures, move |_| {
                News::Picture(Box::new(PictureNews { key, picture: read(&source, &base) }))
            });
        }
        PictureState::Loading
    }

    pub(super) fn take_picture(&mut self, news: PictureNews) {
        let state = match news.picture {
            Ok(picture) => PictureState::Ready(Arc::new(picture)),
            Err(reason) => PictureState::Missing(reason),
        };
        self.keep_picture(news.key, state);
    }

    /// A picture that broke its job is not tried again.
    pub(super) fn give_picture_up(&mut self) {
        if let Some(key) = self.pictures.reading {
            self.keep_picture(key, PictureState::Missing("The picture cannot be read".to_owned()));
        }
    }

    fn keep_picture(&mut self, key: blake3::Hash, state: PictureState) {
        if self.pictures.known.len() >= KEPT {
            self.pictures.known.clear();
        }
        self.pictures.known.insert(key, state);
    }
}

fn read(source: &str, base: &Path) -> Result<Picture, String> {
    let bytes = match source.trim().strip_prefix("data:") {
        Some(data) => of_data_uri(data)?,
        None => of_file(source.trim(), base)?,
    };
    let failed = |error: &dyn std::fmt::Display| format!("The picture cannot be read: {error}");
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|error| failed(&error))?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(LARGEST_PICTURE);
    reader.limits(limits);
    let picture = reader.decode().map_err(|error| failed(&error))?;
    Ok(Picture { rgba: picture.resize_to_fill(SIDE, SIDE, FilterType::Triangle).into_rgba8().into_raw() })
}

/// `image/png;base64,iVBOR...`
fn of_data_uri(data: &str) -> Result<Vec<u8>, String> {
    let (kind, data) = data.split_once(',').ok_or("The data URI of the picture has no data")?;
    if !kind.ends_with(";base64") {
        return Err("The data URI of the picture is not in Base64".to_owned());
    }
    STANDARD.decode(data.trim()).map_err(|error| format!("The data URI of the picture cannot be read: {error}"))
}

fn of_file(source: &str, base: &Path) -> Result<Vec<u8>, String> {
    let path: PathBuf = resolve(base, source.strip_prefix("file://").unwrap_or(source));
    let failed = |error: std::io::Error| format!("{} cannot be read: {error}", path.display());
    let about = fs::metadata(&path).map_err(failed)?;
    if !about.is_file() {
        return Err(format!("{} is no file", path.display()));
    }
    if about.len() > LARGEST_FILE {
        return Err(format!("{} is larger than 16 MB", path.display()));
    }
    fs::read(&path).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image::RgbaImage::from_pixel(width, height, image::Rgba([9, 80, 200, 255]))
            .write_to(&mut bytes, image::ImageFormat::Png)
            .unwrap();
        bytes.into_inner()
    }

    #[test]
    fn files_and_data_uris_become_small_squares() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("ana.png"), png(300, 200)).unwrap();
        let data = format!("data:image/png;base64,{}", STANDARD.encode(png(3, 5)));
        for source in ["ana.png", &folder.path().join("ana.png").display().to_string(), &data] {
            let picture = read(source, folder.path()).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(picture.rgba.len(), (SIDE * SIDE * 4) as usize);
            assert_eq!(picture.rgba[..4], [9, 80, 200, 255]);
        }
    }

    #[test]
    fn what_is_no_picture_says_why() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("note.txt"), "no picture").unwrap();
        for source in ["note.txt", "gone.png", ".", "data:image/png;base64,???", "data:nothing", ""] {
            assert!(read(source, folder.path()).is_err(), "{source}");
        }
        assert!(is_address("HTTPS://example.org/a.png") && !is_address("httpé") && !is_address("photos/http.png"));
    }
}
