//! All colours, light and dark, in one table: the window paints with them, pictures and reports are written in them.
//!
//! A leaf: std only. `ui::theme` makes the window's colours of it; nothing else in the program names a raw colour.

/// A colour, as red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    const fn of(hex: u32) -> Self {
        let [_, red, green, blue] = hex.to_be_bytes();
        Self(red, green, blue)
    }

    /// As style sheets write it: `#1b2229`.
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// So many colours tell the series of a chart apart.
pub const SERIES: usize = 8;
/// So many steps has the scale from little to much.
pub const STEPS: usize = 5;

macro_rules! palette {
    ($($(#[$doc:meta])* $name:ident: $light:literal, $dark:literal;)*) => {
        /// The colours of one theme, as [`Rgb`] or as what a painter takes.
        pub struct Palette<C = Rgb> {
            $($(#[$doc])* pub $name: C,)*
            /// Series of a chart, told apart with any colour vision; each has a contrast of at least 3 on `surface`.
            pub series: [C; SERIES],
            /// From little to much.
            pub scale: [C; STEPS],
        }

        pub const LIGHT: Palette = Palette {
            $($name: Rgb::of($light),)*
            series: of([0x2f7d9c, 0x76020c, 0x8c9a21, 0x36314a, 0xc641dc, 0x066473, 0x8d6f51, 0x100a07]),
            scale: of([0xd6eaf2, 0xa5cfdf, 0x6baac3, 0x2f7d9c, 0x0b4f6c]),
        };

        pub const DARK: Palette = Palette {
            $($name: Rgb::of($dark),)*
            series: of([0x4fa3c4, 0xca683d, 0xaae255, 0xa26cf9, 0xeaaceb, 0x75c7a3, 0xa356aa, 0x5cf5c7]),
            scale: of([0x193e4d, 0x24617a, 0x3485a5, 0x5fb2d1, 0xa9deef]),
        };

        impl Palette {
            /// The same colours as something else.
            pub fn map<C>(&self, to: impl Fn(Rgb) -> C) -> Palette<C> {
                Palette { $($name: to(self.$name),)* series: self.series.map(&to), scale: self.scale.map(&to) }
            }
        }
    };
}

const fn of<const N: usize>(hex: [u32; N]) -> [Rgb; N] {
    let mut colors = [Rgb::of(0); N];
    let mut place = 0;
    while place < N {
        colors[place] = Rgb::of(hex[place]);
        place += 1;
    }
    colors
}

// Text on its background has a contrast of at least 4.5, what can be used and charts one of 3: the tests below.
palette! {
    /// Behind everything.
    canvas: 0xf3f5f7, 0x14181c;
    /// Cards, fields, the page.
    surface: 0xffffff, 0x1c2126;
    /// The rail and the bars.
    chrome: 0xeaeef2, 0x181c21;
    border: 0xced5dc, 0x3a424b;
    /// The outline of what can be used: boxes, radios, buttons.
    control: 0x7d8994, 0x717d8a;
    hover: 0xe1e7ed, 0x2a3139;
    text: 0x1b2229, 0xe2e8ee;
    text_weak: 0x54606c, 0x9ba7b3;
    /// The one colour that says "this": selection, primary button, links.
    accent: 0x006285, 0x63bede;
    /// Text on `accent`.
    on_accent: 0xffffff, 0x081a22;
    /// A pale accent, behind selected rows.
    accent_soft: 0xd6eaf2, 0x193e4d;
    good: 0x1c6f3f, 0x70c891;
    warning: 0x925400, 0xe8b05c;
    error: 0xb02025, 0xf4847e;
    /// Bars of profiles and histograms.
    chart: 0x4187a2, 0x488aa4;
    /// The paler part of a bar: what stands on another, or does not reach a threshold.
    chart_soft: 0xaed0dd, 0x2c5669;
    /// The line under characters that differ.
    difference: 0x925400, 0xe8b05c;
    /// Behind them.
    difference_soft: 0xffe7ba, 0x543e18;
}

#[cfg(test)]
mod tests;
