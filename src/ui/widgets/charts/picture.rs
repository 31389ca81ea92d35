//! Pictures of charts as they stand on the screen.

use std::sync::Arc;

use eframe::egui::{ColorImage, Context, Id, Rect};

/// A picture that is to be saved.
#[derive(Clone)]
pub struct Taken {
    /// What the chart is called.
    pub title: String,
    /// PNG; why there is none otherwise.
    pub png: Result<Vec<u8>, String>,
}

fn waiting() -> Id {
    Id::unique("pictures of charts")
}

/// Takes a picture of an area of the window at the end of this frame; to the clipboard, or to be fetched by
/// [`taken`] and saved where there is a title.
pub fn take(ctx: &Context, area: Rect, title: Option<String>) {
    let scale = ctx.pixels_per_point();
    let area = area.intersect(ctx.content_rect());
    let screen = ctx.clone();
    ctx.request_screenshot(move |image: Arc<ColorImage>| {
        let image = image.region(&area, Some(scale));
        match title {
            None => screen.copy_image(image),
            Some(title) => {
                let taken = Taken { title, png: png(&image) };
                screen.data_mut(|data| data.get_temp_mut_or_default::<Vec<Taken>>(waiting()).push(taken));
            }
        }
        screen.request_repaint();
    });
}

/// The pictures taken since the last time.
pub fn taken(ctx: &Context) -> Vec<Taken> {
    ctx.data_mut(|data| data.remove_temp::<Vec<Taken>>(waiting())).unwrap_or_default()
}

fn png(image: &ColorImage) -> Result<Vec<u8>, String> {
    let bytes: Vec<u8> = image.pixels.iter().flat_map(|pixel| pixel.to_array()).collect();
    let (width, height) = (image.width() as u32, image.height() as u32);
    let picture = image::RgbaImage::from_raw(width, height, bytes).ok_or(tr!("the picture is empty"))?;
    let mut out = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut out, image::ImageFormat::Png).map_err(|error| error.to_string())?;
    Ok(out.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_becomes_a_png_of_its_size() {
        let image = ColorImage::filled([7, 5], Default::default());
        let bytes = png(&image).unwrap();
        let read = image::load_from_memory(&bytes).unwrap();
        assert_eq!((read.width(), read.height()), (7, 5));
    }
}
