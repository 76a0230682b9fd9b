//! Training: the set of records decides what is learnt, not how they came nor how many cores there are.

use matching::candidates::Candidates;
use matching::keys::Plan;
use matching::model::Model;
use matching::register::Register;
use matching::train::train;
use proptest::prelude::*;

use crate::court::{Party, caseload, register, schema};
use crate::families::{Numbers, families};
use crate::properties::pinned;

fn learn(register: &mut Register) -> Model {
    let plan = Plan::of(register, 5);
    let candidates = Candidates::of(register, &plan, false);
    train(register, plan, &candidates, &[])
}

fn learnt(parties: &[Party]) -> Model {
    learn(&mut register(parties))
}

fn cases() -> ProptestConfig {
    pinned(64)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn order_names_and_repetition_teach_nothing(seed: u64, of in 2_usize..7) {
        let mut parties = families(seed, of);
        let expected = learnt(&parties);
        let mut numbers = Numbers::new(seed ^ 1);
        // New ids put the records into another order as well.
        let mut ids: Vec<String> = parties.iter().map(|party| party.id.clone()).collect();
        numbers.shuffle(&mut ids);
        parties.iter_mut().zip(ids).for_each(|(party, id)| party.id = id);
        let again: Vec<Party> = parties.iter().filter(|_| numbers.one_in(3)).cloned().collect();
        parties.extend(again);
        prop_assert_eq!(expected, learnt(&parties));
    }

    #[test]
    fn what_is_withdrawn_teaches_nothing(seed: u64, of in 2_usize..7) {
        let (parties, mut guests) = (families(seed, of), families(seed ^ 2, 2));
        for guest in &mut guests {
            guest.id.insert_str(0, "guest-");
        }
        let mut register = Register::new(schema());
        let all = [&guests[..], &parties[..]].concat();
        register.add(&all.iter().map(Party::entry).collect::<Vec<_>>().iter().collect());
        register.sort().unwrap();
        register.retain(|id| !id.starts_with("guest-"));
        prop_assert_eq!(learnt(&parties), learn(&mut register));
    }
}

#[test]
fn a_caseload_teaches_the_same_on_one_core_and_on_four_and_in_any_order() {
    let mut parties: Vec<Party> = caseload(71, 600).into_iter().map(|(party, _)| party).collect();
    let on = |threads: usize, parties: &[Party]| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| learnt(parties))
    };
    let expected = on(1, &parties);
    assert_eq!(expected, on(4, &parties));
    Numbers::new(71).shuffle(&mut parties);
    assert_eq!(expected, on(2, &parties));
}
