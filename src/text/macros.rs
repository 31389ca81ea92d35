//! How the program's texts stand in the code.

/// A text of the program in the user's language.
///
/// Without arguments a `&'static str`, else a `String`. Every placeholder is an argument by name: `name = value`, or
/// `name` alone where the variable has that name. Numbers are formatted before; a count after `%` comes with separators.
macro_rules! tr {
    ($text:literal) => { $crate::text::of($text) };
    ($context:literal => $text:literal) => { $crate::text::of_context(concat!($context, "\u{4}", $text), $text) };
    ($one:literal | $many:literal % $n:expr $(, $name:ident $(= $value:expr)?)* $(,)?) => {{
        let n = $n;
        #[allow(clippy::allow_attributes, reason = "a count has any type of number")]
        #[allow(clippy::unnecessary_cast, reason = "a count has any type of number")]
        let count = n as u64;
        $crate::text::fill(
            $crate::text::counted($one, $many, count),
            &[
                $((stringify!($name), &tr!(@value $name $(= $value)?) as &dyn ::std::fmt::Display),)*
                ("n", &$crate::text::count(count) as &dyn ::std::fmt::Display),
            ],
        )
    }};
    ($text:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {
        match $crate::text::translation($text) {
            None => ::std::format!($text, $($name = tr!(@value $name $(= $value)?)),+),
            Some(text) => $crate::text::fill(
                text,
                &[$((stringify!($name), &tr!(@value $name $(= $value)?) as &dyn ::std::fmt::Display)),+],
            ),
        }
    };
    ($context:literal => $text:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {
        match $crate::text::translation(concat!($context, "\u{4}", $text)) {
            None => ::std::format!($text, $($name = tr!(@value $name $(= $value)?)),+),
            Some(text) => $crate::text::fill(
                text,
                &[$((stringify!($name), &tr!(@value $name $(= $value)?) as &dyn ::std::fmt::Display)),+],
            ),
        }
    };
    (@value $name:ident) => { $name };
    (@value $name:ident = $value:expr) => { $value };
}

/// Marks the text of a constant for the catalogue; `text::of` says it in the user's language.
macro_rules! msg {
    ($text:literal) => {
        $text
    };
}
