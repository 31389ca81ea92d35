//! Rows that are alike in everything a rule looks at.

use super::{Codes, NO_CODE};

/// The class of a row that satisfies no condition.
pub const NO_CLASS: u32 = NO_CODE;

/// The classes of both sides of a rule, each side numbered from 1 on its own.
pub struct Classes {
    pub lower: SideClasses,
    /// `None` where both sides are one table.
    pub upper: Option<SideClasses>,
}

impl Classes {
    pub fn upper(&self) -> &SideClasses {
        self.upper.as_ref().unwrap_or(&self.lower)
    }
}

pub struct SideClasses {
    pub of_row: Codes,
    /// For each class a row of it: the first. Class 0 is none.
    pub rows: Vec<u32>,
    /// For each class its block.
    pub blocks: Vec<u32>,
}

impl SideClasses {
    /// Numbers the classes anew without gaps, by their first rows; `keys` are the rows' blocks.
    pub fn new(mut of_row: Codes, keys: &[u32]) -> Self {
        let largest = of_row.iter().copied().max().unwrap_or(NO_CLASS);
        let mut dense = vec![NO_CLASS; largest as usize + 1];
        let (mut rows, mut blocks) = (vec![u32::MAX], vec![NO_CODE]);
        for (row, class) in of_row.iter_mut().enumerate() {
            if *class == NO_CLASS {
                continue;
            }
            let number = &mut dense[*class as usize];
            if *number == NO_CLASS {
                *number = rows.len() as u32;
                rows.push(row as u32);
                blocks.push(keys[row]);
            }
            *class = *number;
        }
        Self { of_row, rows, blocks }
    }

    /// One more than the largest class.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The codes of a column by class.
    pub fn gather(&self, codes: &[u32]) -> Codes {
        let code = |&row: &u32| codes.get(row as usize).copied().unwrap_or(NO_CODE);
        self.rows.iter().map(code).collect()
    }
}
