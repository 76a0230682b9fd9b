use super::*;

#[test]
fn smoke() {
    assert_eq!(words("Łukasz"), ["LUKASZ"]);
}
