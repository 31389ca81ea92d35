#[test]
fn t() {
    let _ = ();
}
