//! A chart as a picture in SVG: text escaped, no script, the same bytes for the same chart.

use std::fmt::Write as _;

use super::Chart;
use super::layout::{self, Anchor, Paint, Part};
use crate::palette::LIGHT;

/// The size of text in a chart, in points.
const SIZE: f32 = 11.5;
/// Around a picture that stands alone.
const MARGIN: f32 = 12.0;
const TITLE: f32 = 24.0;

/// A text where markup stands: no character of it is read as markup, and none is one that XML refuses.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A picture that stands alone: its title above, on the light theme's ground.
pub fn picture(chart: &Chart, width: f32) -> String {
    let height = layout::height(chart);
    let (all_wide, all_high) = (width + 2.0 * MARGIN, height + TITLE + 2.0 * MARGIN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{all_wide}\" height=\"{all_high}\" viewBox=\"0 0 {all_wide} \
         {all_high}\" font-family=\"sans-serif\" font-size=\"{SIZE}\" role=\"img\">\n<title>{}</title>\n",
        escaped(&chart.sentence())
    );
    let _ = writeln!(out, "<rect width=\"{all_wide}\" height=\"{all_high}\" fill=\"{}\"/>", LIGHT.surface.hex());
    let _ = writeln!(
        out,
        "<text x=\"{MARGIN}\" y=\"{}\" font-size=\"15\" font-weight=\"600\" fill=\"{}\">{}</text>",
        MARGIN + 13.0,
        LIGHT.text.hex(),
        escaped(&chart.title)
    );
    let _ = writeln!(out, "<g transform=\"translate({MARGIN} {})\">", MARGIN + TITLE);
    out += &parts(chart, [width, height], &|paint| paint.of(&LIGHT).hex());
    out + "</g>\n</svg>\n"
}

/// A picture inside a page that has a class for each colour: `c-text`, `c-weak`, `c-axis`, `c-soft`, `c-threshold`,
/// `c-0` and so on.
pub fn inline(chart: &Chart, width: f32) -> String {
    let height = layout::height(chart);
    let mut out = format!(
        "<svg class=\"chart\" viewBox=\"0 0 {width} {height}\" font-size=\"{SIZE}\" role=\"img\">\n<title>{}</title>\n",
        escaped(&chart.sentence())
    );
    let class = |paint| match paint {
        Paint::Series(place) => format!("var(--series-{})", place % crate::palette::SERIES),
        Paint::Soft => "var(--chart-soft)".to_owned(),
        Paint::Axis => "var(--border)".to_owned(),
        Paint::Text => "var(--text)".to_owned(),
        Paint::Weak => "var(--text-weak)".to_owned(),
        Paint::Threshold => "var(--warning)".to_owned(),
    };
    out += &parts(chart, [width, height], &class);
    out + "</svg>\n"
}

fn parts(chart: &Chart, size: [f32; 2], paint: &dyn Fn(Paint) -> String) -> String {
    let mut out = String::new();
    for part in layout::layout(chart, size, &width_of).parts {
        // Writing to a String cannot fail.
        let _ = match part {
            Part::Box([x, y, width, height], fill) => writeln!(
                out,
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" style=\"fill:{}\"/>",
                paint(fill)
            ),
            Part::Line { points, paint: stroke, width, dashes } => {
                let points: Vec<String> = points.iter().map(|[x, y]| format!("{x:.1},{y:.1}")).collect();
                let dashes = if dashes > 0.0 { format!(";stroke-dasharray:{dashes:.0} 3") } else { String::new() };
                writeln!(
                    out,
                    "<polyline points=\"{}\" style=\"fill:none;stroke:{};stroke-width:{width}{dashes}\"/>",
                    points.join(" "),
                    paint(stroke)
                )
            }
            Part::Text { at: [x, y], anchor, words, paint: fill } => {
                let anchor = match anchor {
                    Anchor::Start => "start",
                    Anchor::Middle => "middle",
                    Anchor::End => "end",
                };
                writeln!(
                    out,
                    "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\" style=\"fill:{}\">{}</text>",
                    y + SIZE * 0.36,
                    paint(fill),
                    escaped(&words)
                )
            }
        };
    }
    out
}

/// About how wide a text is in any sans serif: pictures are read where our fonts are not.
fn width_of(text: &str) -> f32 {
    let of = |c: char| match c {
        'i' | 'l' | 'j' | '.' | ',' | ' ' | '\'' => 0.32,
        'm' | 'w' | 'M' | 'W' => 0.92,
        c if c.is_ascii_lowercase() || c.is_ascii_digit() => 0.58,
        c if c.is_ascii() => 0.68,
        _ => 1.0,
    };
    text.chars().map(of).sum::<f32>() * SIZE
}
