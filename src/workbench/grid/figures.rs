//! Figures of the cells selected: sum, mean, smallest and largest of the numbers, and how many differ or are blank.

use hashbrown::HashSet;

use super::selection::Block;
use crate::engine::column::Column;
use crate::engine::table::NamedColumn;
use crate::engine::view::RowOrder;

/// So many cells are counted while someone drags over them.
pub const MOST_CELLS: usize = 20_000;

/// What the cells of a block hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Of cells in columns of numbers; `None` where there are none.
    pub numbers: Option<Numbers>,
    /// Different values, as text, blank ones left out.
    pub distinct: usize,
    pub blank: usize,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Numbers {
    pub count: usize,
    pub sum: f64,
    pub min: f64,
    pub max: f64,
}

impl Numbers {
    pub fn mean(&self) -> f64 {
        self.sum / self.count as f64
    }
}

/// Counts the cells of a block of these columns; `None` where there are too many to do so at once.
pub fn figures(columns: &[&NamedColumn], order: &RowOrder, block: &Block) -> Option<Figures> {
    if block.cells() > MOST_CELLS {
        return None;
    }
    let (mut seen, mut blank, mut numbers) = (HashSet::new(), 0, None::<Numbers>);
    for column in columns.get(block.columns.clone()).unwrap_or_default() {
        let is_number = matches!(column.data, Column::Integer(_) | Column::Number(_));
        for row in block.rows.clone().filter_map(|place| order.row(place)) {
            if column.data.is_blank(row) {
                blank += 1;
                continue;
            }
            seen.insert(column.data.text(row));
            if is_number {
                let value = column.data.number(row);
                let so_far = numbers.get_or_insert(Numbers { count: 0, sum: 0.0, min: value, max: value });
                so_far.count += 1;
                so_far.sum += value;
                (so_far.min, so_far.max) = (so_far.min.min(value), so_far.max.max(value));
            }
        }
    }
    Some(Figures { numbers, distinct: seen.len(), blank })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::column::BLANK_INTEGER;
    use crate::engine::table::Table;

    #[test]
    fn numbers_are_summed_and_blanks_are_not() {
        let table = Table::new([
            ("n", Column::Integer(vec![4, BLANK_INTEGER, -1, 4])),
            ("x", Column::Number(vec![0.5, 0.25, f64::NAN, 4.0])),
            ("t", Column::text_of(["4", "", "b", "b"])),
        ]);
        let columns: Vec<&NamedColumn> = table.columns.iter().map(|column| &**column).collect();
        let of = |rows, columns_of| figures(&columns, &RowOrder::All(4), &Block { rows, columns: columns_of });
        let all = of(0..4, 0..3).unwrap();
        assert_eq!((all.distinct, all.blank), (5, 3), "4, -1, 0.5, 0.25, b");
        let numbers = all.numbers.unwrap();
        assert_eq!((numbers.count, numbers.sum, numbers.min, numbers.max), (6, 11.75, -1.0, 4.0));
        assert_eq!(of(0..2, 0..1).unwrap().numbers.unwrap().mean(), 4.0);
        assert_eq!(of(0..4, 2..3).unwrap().numbers, None);
        let many = Block { rows: 0..1_000_000, columns: 0..1 };
        assert_eq!(figures(&columns, &RowOrder::All(1_000_000), &many), None);
    }
}
