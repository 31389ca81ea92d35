//! Cells as text with tabs between them, as spreadsheets take them from the clipboard.

use std::borrow::Cow;

use super::selection::Block;
use crate::engine::table::NamedColumn;
use crate::engine::view::RowOrder;

/// So many cells are copied at most.
pub const MOST_CELLS: usize = 1_000_000;
/// So many bytes of text.
pub const MOST_BYTES: usize = 64 << 20;

/// The text of a block: rows in the order shown, these columns, with their names on top where `headers`. A value with
/// a tab, a line break or a quote stands in quotes, its own quotes doubled.
///
/// # Errors
/// It is too much for a clipboard: the reason, and what to do instead, in words.
pub fn tsv(columns: &[&NamedColumn], order: &RowOrder, block: &Block, headers: bool) -> Result<String, String> {
    let columns = columns.get(block.columns.clone()).unwrap_or_default();
    let cells = block.rows.len().saturating_mul(columns.len());
    if cells > MOST_CELLS {
        return Err(tr!(
            "Too much to copy: at most 1,000,000 cells go to the clipboard. Select fewer rows or columns, \
                    or write a file on the page Export."
        )
        .to_owned());
    }
    let mut text = String::new();
    if headers {
        line(&mut text, columns.iter().map(|column| Cow::Borrowed(column.name.as_str())));
    }
    for place in block.rows.clone() {
        let Some(row) = order.row(place) else { break };
        if headers || place > block.rows.start {
            text.push('\n');
        }
        line(&mut text, columns.iter().map(|column| column.data.text(row)));
        if text.len() > MOST_BYTES {
            return Err(tr!(
                "Too much to copy: at most 64 MB of text go to the clipboard. Select fewer rows or columns, \
                        or write a file on the page Export."
            )
            .to_owned());
        }
    }
    Ok(text)
}

fn line<'a>(text: &mut String, values: impl Iterator<Item = Cow<'a, str>>) {
    for (place, value) in values.enumerate() {
        if place > 0 {
            text.push('\t');
        }
        if value.contains(['\t', '\n', '\r', '"']) {
            text.push('"');
            text.push_str(&value.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::column::Column;
    use crate::engine::table::Table;

    fn copied(rows: std::ops::Range<usize>, columns: std::ops::Range<usize>, headers: bool) -> Result<String, String> {
        let table = Table::new([
            ("id", Column::Integer((1..=4).collect())),
            ("what\tever", Column::text_of(["a\tb", "two\nlines", "say \"hi\"", ""])),
            ("plain", Column::text_of(["x, y", "é", "", "z"])),
        ]);
        let columns_of: Vec<&NamedColumn> = table.columns.iter().map(|column| &**column).collect();
        tsv(&columns_of, &RowOrder::Picked(vec![3, 1, 2, 0]), &Block { rows, columns }, headers)
    }

    #[test]
    fn cells_go_in_the_order_shown_and_are_quoted_where_they_must() {
        let all = "4\t\tz\n2\t\"two\nlines\"\té\n3\t\"say \"\"hi\"\"\"\t\n1\t\"a\tb\"\tx, y";
        assert_eq!(copied(0..4, 0..3, false).unwrap(), all);
        assert_eq!(copied(1..2, 1..3, true).unwrap(), "\"what\tever\"\tplain\n\"two\nlines\"\té");
        assert_eq!(copied(2..3, 0..1, false).unwrap(), "3");
        assert_eq!(copied(2..9, 2..3, false).unwrap(), "\nx, y", "blank cells and rows that are not there");
    }

    #[test]
    fn too_much_is_refused_before_it_is_made() {
        let table = Table::new([("n", Column::Integer(vec![1; 4]))]);
        let columns: Vec<&NamedColumn> = vec![&table.columns[0]; 1000];
        let block = Block { rows: 0..10_000_000, columns: 0..1000 };
        let refused = tsv(&columns, &RowOrder::All(10_000_000), &block, false).unwrap_err();
        assert!(refused.contains("1,000,000 cells"), "{refused}");
        let long = "x".repeat(1 << 20);
        let table = Table::new([("long", Column::text_of(vec![long.as_str(); 70]))]);
        let block = Block { rows: 0..70, columns: 0..1 };
        let refused = tsv(&[&table.columns[0]], &RowOrder::All(70), &block, false).unwrap_err();
        assert!(refused.contains("64 MB"), "{refused}");
    }
}
