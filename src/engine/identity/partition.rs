//! What became of the customers between two runs: the same, split, merged, or both.

/// How a customer of one run relates to those of the other. Only records that are in both runs decide, so a customer
/// that gained a new record, or lost one that is gone, is still the same.
///
/// With the customers of the other run that it shares records with called its counterparts, a customer of the new
/// run is [`Merged`](Self::Merged) when it has several, and [`Split`](Self::Split) when one of them has several
/// itself; a customer of the old run is split when it has several, and merged when one of them has several. Swapping
/// the runs therefore swaps split with merged and new with gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Exactly one counterpart, and it is that one's only counterpart.
    Same,
    Split,
    Merged,
    SplitAndMerged,
    /// A customer of the new run none of whose records were in the old one.
    New,
    /// A customer of the old run none of whose records are in the new one.
    Gone,
}

/// A customer of one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Customer {
    /// Its number in its own run.
    pub number: u32,
    pub change: Change,
    pub records: u32,
    /// Those of its records that are in both runs.
    pub shared: u32,
    /// How many customers of the other run hold them.
    pub counterparts: u32,
}

impl Customer {
    /// Its records that the other run does not have: gained by a customer of the new run, lost by one of the old.
    pub fn apart(&self) -> u32 {
        self.records - self.shared
    }
}

/// So many records went from an old customer to a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flow {
    pub old: u32,
    pub new: u32,
    pub records: u32,
}

/// Customers of one run by their change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub same: u64,
    /// Those of the same that neither gained nor lost a record.
    pub unchanged: u64,
    pub split: u64,
    pub merged: u64,
    pub split_and_merged: u64,
    /// New in the new run, gone in the old one.
    pub alone: u64,
}

impl Counts {
    pub fn customers(&self) -> u64 {
        self.same + self.split + self.merged + self.split_and_merged + self.alone
    }
}

/// Two runs compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// The customers of the old run by number.
    pub old: Vec<Customer>,
    pub old_counts: Counts,
    /// The customers of the new run by number.
    pub new: Vec<Customer>,
    pub new_counts: Counts,
    /// By the old customer, then by the new one.
    pub flows: Vec<Flow>,
    /// The flows by the new customer, then by the old one.
    by_new: Vec<Flow>,
    /// Records in a customer of both runs.
    pub records_kept: u64,
    /// Records only in a customer of the old run.
    pub records_lost: u64,
    /// Records only in a customer of the new run.
    pub records_gained: u64,
}

impl Comparison {
    /// Where the records of an old customer went.
    pub fn of_old(&self, number: u32) -> &[Flow] {
        of(&self.flows, number, |flow| flow.old)
    }

    /// Where the records of a new customer came from.
    pub fn of_new(&self, number: u32) -> &[Flow] {
        of(&self.by_new, number, |flow| flow.new)
    }
}

/// Compares two runs by a common numbering of their records: the customer of each record in the old and the new run,
/// `None` where it is not in that run or was dropped by it. The shorter one goes on with `None`.
pub fn compare(old: &[Option<u32>], new: &[Option<u32>]) -> Comparison {
    let count = old.len().max(new.len());
    let at = |run: &[Option<u32>], record: usize| run.get(record).copied().flatten();
    let mut shared: Vec<(u32, u32)> =
        (0..count).filter_map(|record| Some((at(old, record)?, at(new, record)?))).collect();
    shared.sort_unstable();
    let flows: Vec<Flow> = shared
        .chunk_by(|a, b| a == b)
        .map(|same| Flow { old: same[0].0, new: same[0].1, records: same.len() as u32 })
        .collect();
    let mut by_new = flows.clone();
    by_new.sort_unstable_by_key(|flow| (flow.new, flow.old));

    let several_of_old = several(&flows, |flow| flow.old);
    let several_of_new = several(&by_new, |flow| flow.new);
    let old_customers = customers(old, &flows, |flow| flow.old, |flow| several_of_new.binary_search(&flow.new).is_ok());
    let new_customers =
        customers(new, &by_new, |flow| flow.new, |flow| several_of_old.binary_search(&flow.old).is_ok());
    let (old, mut old_counts) = changed(old_customers, Change::Split, Change::Merged, Change::Gone);
    let (new, mut new_counts) = changed(new_customers, Change::Merged, Change::Split, Change::New);
    let unchanged = unchanged(&old, &new, &flows);
    old_counts.unchanged = unchanged;
    new_counts.unchanged = unchanged;
    let apart = |customers: &[Customer]| customers.iter().map(|customer| u64::from(customer.apart())).sum();
    Comparison {
        records_kept: shared.len() as u64,
        records_lost: apart(&old),
        records_gained: apart(&new),
        old,
        old_counts,
        new,
        new_counts,
        flows,
        by_new,
    }
}

/// The customers of one run with their flows; `other_has_several` asks of a flow whether its other end has several.
fn customers(
    run: &[Option<u32>],
    flows: &[Flow],
    own: impl Fn(&Flow) -> u32,
    other_has_several: impl Fn(&Flow) -> bool,
) -> Vec<(Customer, bool)> {
    let mut numbers: Vec<u32> = run.iter().copied().flatten().collect();
    numbers.sort_unstable();
    let mut flows = flows.chunk_by(|a, b| own(a) == own(b)).peekable();
    let customer = |records: &[u32]| {
        let number = records[0];
        // Both are ascending, and every flow's customer is among the numbers.
        let flows = flows.next_if(|flows| own(&flows[0]) == number).unwrap_or_default();
        let customer = Customer {
            number,
            change: Change::Same,
            records: records.len() as u32,
            shared: flows.iter().map(|flow| flow.records).sum(),
            counterparts: flows.len() as u32,
        };
        (customer, flows.iter().any(&other_has_several))
    };
    numbers.chunk_by(|a, b| a == b).map(customer).collect()
}

/// Customers with their change: `fan` where one has several counterparts, `shared` where a counterpart has.
fn changed(customers: Vec<(Customer, bool)>, fan: Change, shared: Change, alone: Change) -> (Vec<Customer>, Counts) {
    let mut counts = Counts::default();
    let customers = customers.into_iter().map(|(customer, other_has_several)| {
        let change = match (customer.counterparts, other_has_several) {
            (0, _) => alone,
            (1, false) => Change::Same,
            (1, true) => shared,
            (_, false) => fan,
            (_, true) => Change::SplitAndMerged,
        };
        *match change {
            Change::Same => &mut counts.same,
            Change::Split => &mut counts.split,
            Change::Merged => &mut counts.merged,
            Change::SplitAndMerged => &mut counts.split_and_merged,
            Change::New | Change::Gone => &mut counts.alone,
        } += 1;
        Customer { change, ..customer }
    });
    let customers = customers.collect();
    (customers, counts)
}

/// How many customers are made of exactly the same records in both runs.
fn unchanged(old: &[Customer], new: &[Customer], flows: &[Flow]) -> u64 {
    let is_whole = |customers: &[Customer], number: u32, records: u32| {
        let place = customers.binary_search_by_key(&number, |customer| customer.number);
        place.is_ok_and(|place| customers[place].records == records)
    };
    let whole = |flow: &&Flow| is_whole(old, flow.old, flow.records) && is_whole(new, flow.new, flow.records);
    flows.iter().filter(whole).count() as u64
}

/// The customers that have several flows, of flows in their order.
fn several(flows: &[Flow], own: impl Fn(&Flow) -> u32) -> Vec<u32> {
    flows.chunk_by(|a, b| own(a) == own(b)).filter(|flows| flows.len() > 1).map(|flows| own(&flows[0])).collect()
}

/// The flows of one customer, of flows in its order.
fn of(flows: &[Flow], number: u32, own: impl Fn(&Flow) -> u32) -> &[Flow] {
    let first = flows.partition_point(|flow| own(flow) < number);
    let count = flows[first..].partition_point(|flow| own(flow) == number);
    &flows[first..first + count]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn changes(customers: &[Customer]) -> Vec<(u32, Change)> {
        customers.iter().map(|customer| (customer.number, customer.change)).collect()
    }

    #[test]
    fn each_kind_of_change() {
        let run = |text: &str| -> Vec<Option<u32>> { text.chars().map(|c| c.to_digit(10)).collect() };
        // Customer 1 stays; 2 splits into 2 and 3; 3 and 4 merge into 4; 5 and 6 trade a record; 7 is gone, 8 new.
        let comparison = compare(&run("112233455667."), &run("11234445666.8"));
        use Change::*;
        assert_eq!(
            changes(&comparison.old),
            [(1, Same), (2, Split), (3, Merged), (4, Merged), (5, SplitAndMerged), (6, Merged), (7, Gone)]
        );
        assert_eq!(
            changes(&comparison.new),
            [(1, Same), (2, Split), (3, Split), (4, Merged), (5, Split), (6, SplitAndMerged), (8, New)]
        );
        assert_eq!(comparison.of_old(2), [Flow { old: 2, new: 2, records: 1 }, Flow { old: 2, new: 3, records: 1 }]);
        assert_eq!(comparison.of_new(4), [Flow { old: 3, new: 4, records: 2 }, Flow { old: 4, new: 4, records: 1 }]);
        assert_eq!(comparison.of_new(8), []);
        assert_eq!((comparison.records_kept, comparison.records_lost, comparison.records_gained), (11, 1, 1));
    }

    #[test]
    fn a_customer_that_gained_or_lost_a_record_is_the_same() {
        let comparison = compare(&[Some(3), Some(3), None], &[Some(8), None, Some(8), Some(9)]);
        assert_eq!(changes(&comparison.old), [(3, Change::Same)]);
        assert_eq!(changes(&comparison.new), [(8, Change::Same), (9, Change::New)]);
        assert_eq!((comparison.old[0].apart(), comparison.new[0].apart()), (1, 1));
        assert_eq!((comparison.old_counts.same, comparison.old_counts.unchanged), (1, 0));
    }

    fn run() -> impl Strategy<Value = Vec<Option<u32>>> {
        proptest::collection::vec(proptest::option::weighted(0.85, 0..8_u32), 0..40)
    }

    proptest! {
        #[test]
        fn a_run_compared_with_itself_is_unchanged(run in run()) {
            let comparison = compare(&run, &run);
            prop_assert!(comparison.new.iter().all(|customer| customer.change == Change::Same));
            prop_assert_eq!(comparison.new_counts.unchanged, comparison.new_counts.customers());
            prop_assert_eq!(&comparison.old, &comparison.new);
        }

        #[test]
        fn swapping_the_runs_swaps_split_with_merged_and_new_with_gone(old in run(), new in run()) {
            let (there, back) = (compare(&old, &new), compare(&new, &old));
            let swapped = |customers: &[Customer]| -> Vec<Customer> {
                let swap = |change| match change {
                    Change::Split => Change::Merged,
                    Change::Merged => Change::Split,
                    Change::New => Change::Gone,
                    Change::Gone => Change::New,
                    change => change,
                };
                customers.iter().map(|&customer| Customer { change: swap(customer.change), ..customer }).collect()
            };
            prop_assert_eq!(swapped(&there.old), back.new);
            prop_assert_eq!(swapped(&there.new), back.old);
            prop_assert_eq!((there.records_lost, there.records_gained), (back.records_gained, back.records_lost));
        }

        #[test]
        fn sums_add_up(old in run(), new in run()) {
            let comparison = compare(&old, &new);
            for (run, customers, counts, gone) in [
                (&old, &comparison.old, comparison.old_counts, comparison.records_lost),
                (&new, &comparison.new, comparison.new_counts, comparison.records_gained),
            ] {
                let sum = |of: fn(&Customer) -> u32| customers.iter().map(|customer| u64::from(of(customer))).sum::<u64>();
                prop_assert_eq!(sum(|customer| customer.records), run.iter().flatten().count() as u64);
                prop_assert_eq!(sum(|customer| customer.shared), comparison.records_kept);
                prop_assert_eq!(sum(Customer::apart), gone);
                prop_assert_eq!(sum(|customer| customer.counterparts), comparison.flows.len() as u64);
                prop_assert_eq!(counts.customers(), customers.len() as u64);
            }
            prop_assert_eq!(comparison.old_counts.same, comparison.new_counts.same);
            prop_assert!(comparison.old_counts.unchanged <= comparison.old_counts.same);
            let flowing: u64 = comparison.flows.iter().map(|flow| u64::from(flow.records)).sum();
            prop_assert_eq!(flowing, comparison.records_kept);
            for customer in &comparison.new {
                prop_assert_eq!(comparison.of_new(customer.number).len(), customer.counterparts as usize);
            }
        }
    }
}
