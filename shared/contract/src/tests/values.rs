//! Every value of the contract, by the list of them: what is published of it and what is checked say the same.

use super::*;
use crate::value::{ALL, Known, find};

/// A validator that knows nothing of this house, by what is published of a value.
fn published(known: &Known, of: Jurisdiction) -> jsonschema::Validator {
    jsonschema::validator_for(&(known.describe)(of)).unwrap_or_else(|error| panic!("{}: {error}", known.name))
}

static PUBLISHED: LazyLock<Vec<(&'static Known, Jurisdiction, jsonschema::Validator)>> = LazyLock::new(|| {
    let each = ALL.iter().flat_map(|known| Jurisdiction::ALL.map(|of| (known, of)));
    each.map(|(known, of)| (known, of, published(known, of))).collect()
});

/// Every code of every list, and every example, in every jurisdiction where it is offered.
#[test]
fn what_is_offered_is_taken() {
    let mut offered = 0;
    for (known, of, validator) in PUBLISHED.iter() {
        let schema = (known.describe)(*of);
        let values = ["enum", "examples"].iter().filter_map(|word| schema.get(word)?.as_array()).flatten();
        for value in values.chain(schema.get("const")) {
            assert!((known.check)(value, *of).is_ok(), "{} {value} in {}", known.name, of.as_str());
            assert!(validator.is_valid(value), "{} {value}", known.name);
            offered += 1;
        }
    }
    assert!(offered > 500, "{offered}");
}

/// A code of one jurisdiction that is not offered in another is not taken there.
#[test]
fn a_code_that_is_not_offered_is_not_taken() {
    for known in ALL {
        let codes = |of| (known.describe)(of).get("enum").and_then(Value::as_array).cloned().unwrap_or_default();
        for (of, elsewhere) in Jurisdiction::ALL.iter().flat_map(|of| Jurisdiction::ALL.map(|other| (*of, other))) {
            let here = codes(of);
            for code in codes(elsewhere).iter().filter(|code| !here.contains(code)) {
                assert!((known.check)(code, of).is_err(), "{} {code} in {}", known.name, of.as_str());
            }
        }
    }
}

#[test]
fn every_value_has_one_name() {
    for (place, known) in ALL.iter().enumerate() {
        let first = find(known.name).and_then(|found| ALL.iter().position(|one| std::ptr::eq(one, found)));
        assert_eq!(first, Some(place), "{} stands twice", known.name);
    }
}

/// Texts near to what the values are: numbers, dates, names, and what people put around them.
fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any_json(),
        "[ \\t]?[0-9]{1,12}[ .]?".prop_map(Value::from),
        "[0-9]{4}-?[0-9]{2}-?[0-9]{2}(T[0-9]{2}:00:00(Z|\\+02:00))?".prop_map(Value::from),
        "[0-9]{2}[-/.][0-9]{6}[-/.][0-9]{2}( \\(TUL\\))?".prop_map(Value::from),
        "(C/)?[0-9]{2}/[0-9]{5,7} ?/? ?(FA|JE) RK [0-9]{2}-[0-9]{1,5}".prop_map(Value::from),
        "(van|de|[A-Za-zÀ-ž']){1,3}[ -]?\\PC{0,40}".prop_map(Value::from),
        "(Sr )?[0-9]{1,3}[a-z]{0,2}( lid [0-9])?".prop_map(Value::from),
        "[a-z0-9]{1,12}([-_.:][a-z0-9]{1,12}){0,4}".prop_map(Value::from),
        "00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]".prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    /// Whoever checks by the published schemas alone never refuses what would have been taken.
    #[test]
    fn what_is_taken_fits_what_is_published(mut value in any_value()) {
        // Null is missing, and is gone before anything is checked.
        schema::drop_nulls(&mut value);
        prop_assume!(!value.is_null());
        for (known, of, validator) in PUBLISHED.iter() {
            if (known.check)(&value, *of).is_ok() {
                prop_assert!(validator.is_valid(&value), "{} takes {value} in {}", known.name, of.as_str());
            }
        }
    }
}
