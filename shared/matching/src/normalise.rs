//! Names as they are compared: a pure, versioned function from what a register wrote to folded words, spelling classes,
//! sound keys, surname forms and given names.
//!
//! Invariants: no clock, no locale, no hash order; every output is ASCII capitals (and digits that stand between letters);
//! no input makes a function fail. A change of any rule or list raises [`VERSION`], which is kept with every decision.
//!
//! How tight the spelling class is, is measured on two lists of name pairs in `data/pairs/`, both written before the rules.
//! The first list (70 spellings of one name, 63 pairs of names) shaped the rules, the second (64 and 65) never did.
//!
//! | List | alike found | collisions | found by the rules alone |
//! |---|---|---|---|
//! | tuned | 70 of 70 | 0 of 63 | 53 of 70 |
//! | set aside | 64 of 64 | 0 of 65 | 50 of 64 |
//!
//! Both lists and the list of spellings are by one author, so the last column is the one to trust: it counts what is
//! found without `data/spellings.txt`.
//! Known collisions of names that are two: Acar and Akar, Casey and Cassie, Jane and Janne (c before a, doubled consonants).
//!
//! What two names are to each other is not decided here: order swaps, names of one word and missing names are the
//! comparison's business.

mod fold;
mod given;
mod lists;
mod noise;
mod prefix;
mod sound;
mod spelling;
mod surname;
#[cfg(test)]
mod tests;
mod transliterate;

use std::collections::BTreeSet;

pub use fold::words;
pub use given::{Given, given, initial_fits};
pub use lists::short_forms;
pub use noise::is_placeholder;
pub use prefix::{is_prefix, prefix_class};
pub use sound::sound;
pub use spelling::spelling;
pub use surname::{Surname, SurnameForm, surname};

/// The version of all rules and lists of this module, stored with every decision that used them.
pub const VERSION: u32 = 1;

/// The spellings under which a surname may stand elsewhere: the cores of its forms and all of it as one word, with `IJ` as `Y`.
pub fn surnames(surname: &str) -> BTreeSet<String> {
    let mut forms = BTreeSet::new();
    for form in self::surname(None, surname).forms {
        forms.insert(format!("{}{}", form.prefix.replace(' ', ""), form.core).replace("IJ", "Y"));
        forms.insert(form.core.replace("IJ", "Y"));
    }
    forms
}

/// The given names that are written out, as a set and with `IJ` as `Y`: registers disagree about their order.
pub fn given_names(names: &str) -> BTreeSet<String> {
    given(Some(names), None).names.into_iter().map(|name| name.replace("IJ", "Y")).collect()
}

/// The first letters of the given names, in their order, from the names or from initials such as `A.F.` or `Th.`.
pub fn initials(names: &str) -> Vec<char> {
    given(Some(names), None)
        .initials
        .iter()
        .filter_map(|initial| if initial.starts_with("IJ") { Some('Y') } else { initial.chars().next() })
        .collect()
}
