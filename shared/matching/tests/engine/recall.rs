//! How much of what is one person's the keys find, and at what price.

use matching::keys::Plan;
use matching::recall::Recall;

use crate::court::{Party, caseload, register};

fn measure(seed: u64, records: usize, cap: usize) -> Recall {
    let mut truth = caseload(seed, records);
    truth.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    let (parties, persons): (Vec<Party>, Vec<String>) = truth.into_iter().unzip();
    let register = register(&parties);
    Recall::of(&register, &Plan::of(&register, cap), false, &persons)
}

#[test]
fn keys_find_nearly_all_of_one_person_and_few_others() {
    let recall = measure(31, 5_000, 100);
    println!("{recall}");
    assert_eq!(recall.records, 5_000);
    assert!(recall.share() >= 0.99, "{recall}");
    assert!(recall.per_record() <= 100.0, "{recall}");
}
