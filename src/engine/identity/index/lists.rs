//! Lists of codes by a small number, one after the other in one place.

pub struct Lists {
    codes: Vec<u32>,
    /// Where each list starts; one more than there are lists.
    starts: Vec<usize>,
}

impl Lists {
    /// `all` tells every number, below `count`, with its code; it is asked twice and must say the same.
    pub fn new(count: usize, all: impl Fn(&mut dyn FnMut(u32, u32))) -> Self {
        let mut starts = vec![0_usize; count + 1];
        all(&mut |number, _| starts[number as usize] += 1);
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        // Filled from the last code to the first would need `all` backwards: each list is turned around instead.
        let mut codes = vec![0; total];
        all(&mut |number, code| {
            let place = &mut starts[number as usize];
            *place -= 1;
            codes[*place] = code;
        });
        let lists = starts.windows(2).map(|ends| (ends[0], ends[1]));
        lists.for_each(|(start, end)| codes[start..end].reverse());
        Self { codes, starts }
    }

    /// How many lists there are.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The codes of a number in the order in which they were told; none beyond the last.
    #[inline]
    pub fn of(&self, number: usize) -> &[u32] {
        match (self.starts.get(number), self.starts.get(number + 1)) {
            (Some(&start), Some(&end)) => &self.codes[start..end],
            _ => &[],
        }
    }
}
