//! Numbers of persons.
//!
//! Invariants: a citizen service number is one of the fictitious range 9999xxxxx that passes the eleven-test, and belongs to
//! one person of the caseload only. There are about nine thousand of them, [`BSNS_PER_FAMILY`] a family: from about the 1,500th
//! family on nobody has one. Numbers of the criminal chain and of foreign nationals do not run out before the six millionth
//! family.

use domain::bsn::Bsn;

use crate::draws::{Draws, Purpose};

/// How many persons of a family have a citizen service number.
pub const BSNS_PER_FAMILY: usize = 6;
/// More persons than any family has.
const PERSONS_PER_FAMILY: u64 = 16;
/// The largest prime below ten to the eighth: stepping through its residues meets none twice.
const SKNS: u64 = 99_999_989;
/// The largest prime below ten to the ninth.
const V_NUMBERS: u64 = 999_999_937;

/// The numbers of a caseload.
#[derive(Debug, Clone)]
pub struct Numbers {
    bsns: Vec<String>,
    step: u64,
    start: u64,
}

impl Numbers {
    /// The numbers of a seed.
    pub fn new(seed: u64) -> Self {
        let mut draws = Draws::new(seed, 0, Purpose::Whole);
        let mut bsns: Vec<String> = (999_900_000_u32..=999_999_999)
            .map(|number| number.to_string())
            .filter(|digits| Bsn::parse(digits).is_ok())
            .collect();
        draws.shuffle(&mut bsns);
        let step = 7_000_000 + u64::try_from(draws.below(60_000_000)).unwrap_or(0);
        let start = u64::try_from(draws.below(90_000_000)).unwrap_or(0);
        Self { bsns, step, start }
    }

    /// The citizen service number of a person of a family, while there are any.
    pub fn bsn(&self, family: u64, person: usize) -> Option<&str> {
        if person >= BSNS_PER_FAMILY {
            return None;
        }
        let place = usize::try_from(family).ok()?.checked_mul(BSNS_PER_FAMILY)?.checked_add(person)?;
        self.bsns.get(place).map(String::as_str)
    }

    /// The number of a person in the criminal chain: the first one, or one given in error later.
    pub fn skn(&self, family: u64, person: usize, second: bool) -> String {
        let index = Self::index(family, person).wrapping_mul(2).wrapping_add(u64::from(second)) % SKNS;
        let place = (index * (self.step % SKNS) + self.start) % SKNS;
        (place + 1).to_string()
    }

    /// The number of a foreign national.
    pub fn v_number(&self, family: u64, person: usize) -> String {
        let place = (Self::index(family, person) % V_NUMBERS * (self.step % V_NUMBERS) + self.start) % V_NUMBERS;
        (2_000_000_000 + place).to_string()
    }

    fn index(family: u64, person: usize) -> u64 {
        let person = u64::try_from(person).unwrap_or(0) % PERSONS_PER_FAMILY;
        family.wrapping_mul(PERSONS_PER_FAMILY).wrapping_add(person)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::skn::Skn;
    use domain::v_number::VNumber;

    use super::*;

    #[test]
    fn numbers_are_well_formed_and_nobody_shares_one() {
        let numbers = Numbers::new(3);
        let (mut bsns, mut skns, mut v_numbers) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut without = 0;
        for family in 0..3_000 {
            for person in 0..12 {
                match numbers.bsn(family, person) {
                    Some(bsn) => {
                        assert!(Bsn::parse(bsn).is_ok() && bsn.starts_with("9999"));
                        assert!(bsns.insert(bsn.to_owned()));
                    }
                    None => without += 1,
                }
                for second in [false, true] {
                    let skn = numbers.skn(family, person, second);
                    assert!(Skn::parse(&skn).is_ok());
                    assert!(skns.insert(skn));
                }
                let v_number = numbers.v_number(family, person);
                assert!(VNumber::parse(&v_number).is_ok());
                assert!(v_numbers.insert(v_number));
            }
        }
        assert!((8_900..9_200).contains(&bsns.len()) && without > 0);
        // The far end of what a number can be does no harm.
        assert_eq!(numbers.bsn(u64::MAX, 0), None);
        assert!(!numbers.skn(u64::MAX, usize::MAX, true).is_empty());
    }
}
