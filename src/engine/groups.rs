//! Lists of numbers by group, in two flat vectors.

/// For each group `g` the numbers `items[offsets[g]..offsets[g + 1]]`.
#[derive(Debug, Clone, Default)]
pub struct Groups {
    pub offsets: Vec<u32>,
    pub items: Vec<u32>,
}

impl Groups {
    /// Groups `0..group_of.len()` by their group number, ascending inside a group; numbers of `count` and above
    /// belong to none.
    pub fn by_number(group_of: &[u32], count: usize) -> Self {
        let mut offsets = vec![0_u32; count + 1];
        for &group in group_of {
            if (group as usize) < count {
                offsets[group as usize + 1] += 1;
            }
        }
        for i in 0..count {
            offsets[i + 1] += offsets[i];
        }
        let mut next = offsets.clone();
        let mut items = vec![0; offsets[count] as usize];
        for (item, &group) in group_of.iter().enumerate() {
            if (group as usize) < count {
                let place = &mut next[group as usize];
                items[*place as usize] = item as u32;
                *place += 1;
            }
        }
        Self { offsets, items }
    }

    pub fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn of(&self, group: u32) -> &[u32] {
        let group = group as usize;
        &self.items[self.offsets[group] as usize..self.offsets[group + 1] as usize]
    }

    pub fn of_mut(&mut self, group: u32) -> &mut [u32] {
        let group = group as usize;
        &mut self.items[self.offsets[group] as usize..self.offsets[group + 1] as usize]
    }
}
