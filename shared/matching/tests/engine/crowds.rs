//! More records that hang together than are solved together: the ties that hold are raised until they part, the same way in
//! any order, and it is said.

use matching::resolve::Reason;

use crate::court::{Party, model, party, register};
use crate::families::Numbers;
use crate::outcome::{Outcome, Ruled, decide};

/// Two records each of 130 people of one name, born on different days of a few years; and twenty without a birth date.
fn crowd() -> Vec<Party> {
    let born = |number: usize| format!("{}-{:02}-{:02}", 1970 + number % 7, 1 + number % 12, 2 + number % 27);
    let mut parties = Vec::new();
    for number in 0..130 {
        for record in ["a", "b"] {
            let one = party("Quirijn", "Quackernaet", &born(number)).id(&format!("{number:03}{record}"));
            // Of a few it is known where they live: of one name and birth date alone nobody is certain in such a crowd.
            let house = (100 + number).to_string();
            let one = if [10, 129].contains(&number) {
                one.at("Zwanebloemakker", &house, "9876ZX", "Oosterkapelle")
            } else {
                one
            };
            parties.push(one);
        }
    }
    parties.extend((0..20).map(|number| party("Quirijn", "Quackernaet", "").id(&format!("x{number:02}"))));
    parties
}

fn outcome(parties: &[Party], ruled: &Ruled) -> Outcome {
    let mut register = register(parties);
    model().weigh(&mut register).unwrap();
    decide(&register, model(), ruled)
}

#[test]
fn a_crowd_is_cut_the_same_way_in_any_order() {
    let mut parties = crowd();
    // A ruling holds however weak the tie is.
    let ruled = Ruled { same: vec![("000a".into(), "077b".into())], different: vec![("005a".into(), "005b".into())] };
    let expected = outcome(&parties, &ruled);
    Numbers::new(3).shuffle(&mut parties);
    assert_eq!(outcome(&parties, &ruled), expected);
    assert!(expected.certain("000a", "077b"));
    assert!(!expected.possible("005a", "005b"));
    assert!(expected.certain("010a", "010b") && expected.certain("129a", "129b"));
    assert!(!expected.certain("010a", "011a"));
    let cut = |outcome: &Outcome| -> Vec<(String, String)> {
        let too_many = outcome.questions.iter().filter(|asked| asked.reason == Reason::TooMany);
        too_many.map(|asked| asked.pair.clone()).collect()
    };
    let asked = cut(&expected);
    assert!(!asked.is_empty());
    // Who answers that they are two is not asked it again: but the next strongest tie of the same parts, if there is one.
    let mut answered = ruled;
    answered.different.extend(asked.iter().cloned());
    let after = cut(&outcome(&parties, &answered));
    assert!(asked.iter().all(|pair| !after.contains(pair)), "{after:?}");
}
