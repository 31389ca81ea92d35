//! Two records decided by hand: each a labelled edit of the project.

use crate::project::RecordKey;
use crate::project::edit::pairs;
use crate::ui::context::PageCx;

/// `CRM:1 and CRM:2`.
pub fn both(cx: &PageCx<'_>, a: &RecordKey, b: &RecordKey) -> String {
    tr!("{label} and {label_2}", label = a.label(cx.draft), label_2 = b.label(cx.draft))
}

/// The two are one person.
pub fn always(cx: &mut PageCx<'_>, a: &RecordKey, b: &RecordKey, reason: &str) {
    cx.name_edit(tr!("Always match {both}", both = both(cx, a, b)));
    pairs::always_match(cx.draft, a.clone(), b.clone(), reason.trim());
}

/// The two are not one person.
pub fn never(cx: &mut PageCx<'_>, a: &RecordKey, b: &RecordKey, reason: &str) {
    cx.name_edit(tr!("Never match {both}", both = both(cx, a, b)));
    pairs::never_match(cx.draft, a.clone(), b.clone(), reason.trim());
}

/// The rules decide again.
pub fn leave(cx: &mut PageCx<'_>, a: &RecordKey, b: &RecordKey) {
    cx.name_edit(tr!("Leave {both} to the rules", both = both(cx, a, b)));
    pairs::forget(cx.draft, a, b);
}
