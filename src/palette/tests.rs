//! Contrast as WCAG 2 counts it, and colours as people with a colour vision deficiency see them.

use super::*;

fn linear(channel: u8) -> f64 {
    let share = f64::from(channel) / 255.0;
    if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
}

fn luminance(Rgb(red, green, blue): Rgb) -> f64 {
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Normal sight, then without red, green and blue cones (Machado, Oliveira and Fernandes 2009).
const SIGHTS: [[[f64; 3]; 3]; 4] = [
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
];

/// A colour in OKLab as it is seen with a sight.
fn seen(Rgb(red, green, blue): Rgb, sight: &[[f64; 3]; 3]) -> [f64; 3] {
    let from = [linear(red), linear(green), linear(blue)];
    let [r, g, b] = sight.map(|row| row.iter().zip(from).map(|(a, b)| a * b).sum::<f64>().max(0.0));
    let l = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b).cbrt();
    let m = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b).cbrt();
    let s = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b).cbrt();
    [
        0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
        1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
        0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
    ]
}

fn distance(one: Rgb, other: Rgb) -> f64 {
    let apart = |sight| {
        let (one, other) = (seen(one, sight), seen(other, sight));
        one.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
    };
    SIGHTS.iter().map(apart).fold(f64::INFINITY, f64::min)
}

#[test]
fn text_has_a_contrast_of_four_and_a_half() {
    for (theme, p) in [("light", LIGHT), ("dark", DARK)] {
        let grounds = [
            ("canvas", p.canvas),
            ("surface", p.surface),
            ("chrome", p.chrome),
            ("hover", p.hover),
            ("accent_soft", p.accent_soft),
        ];
        let texts = [
            ("text", p.text),
            ("text_weak", p.text_weak),
            ("accent", p.accent),
            ("good", p.good),
            ("warning", p.warning),
            ("error", p.error),
        ];
        let mut pairs: Vec<_> = grounds.iter().flat_map(|ground| texts.map(|text| (text, *ground))).collect();
        pairs.push((("on_accent", p.on_accent), ("accent", p.accent)));
        pairs.push((("text", p.text), ("difference_soft", p.difference_soft)));
        for ((text, color), (ground, behind)) in pairs {
            let contrast = contrast(color, behind);
            assert!(contrast >= 4.5, "{theme}: {text} on {ground} has a contrast of {contrast:.2}");
        }
    }
}

#[test]
fn what_can_be_used_and_charts_have_a_contrast_of_three() {
    for (theme, p) in [("light", LIGHT), ("dark", DARK)] {
        let marks = [("control", p.control), ("chart", p.chart), ("difference", p.difference)];
        let series = p.series.map(|color| ("series", color));
        let on_canvas = marks.map(|mark| (mark, ("canvas", p.canvas)));
        let on_surface = marks.into_iter().chain(series).map(|mark| (mark, ("surface", p.surface)));
        for ((mark, color), (ground, behind)) in on_surface.chain(on_canvas) {
            let contrast = contrast(color, behind);
            assert!(contrast >= 3.0, "{theme}: {mark} {} on {ground}: {contrast:.2}", color.hex());
        }
    }
}

#[test]
fn series_are_told_apart_with_any_colour_vision() {
    for (theme, p) in [("light", LIGHT), ("dark", DARK)] {
        for (place, &one) in p.series.iter().enumerate() {
            for &other in &p.series[place + 1..] {
                let distance = distance(one, other);
                assert!(distance > 0.08, "{theme}: {} and {} are {distance:.3} apart", one.hex(), other.hex());
            }
        }
    }
}

#[test]
fn a_scale_goes_one_way() {
    let light: Vec<f64> = LIGHT.scale.into_iter().map(luminance).collect();
    let dark: Vec<f64> = DARK.scale.into_iter().map(luminance).collect();
    assert!(light.is_sorted_by(|a, b| a > b) && dark.is_sorted_by(|a, b| a < b));
    assert_eq!(LIGHT.text.hex(), "#1b2229");
}
