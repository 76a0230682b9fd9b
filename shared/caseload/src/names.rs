//! Names by where they come from, each with its own lists, customs and ways of being spelled.
//!
//! All lists are of single names in common use; who bears which is drawn. To add an origin: a variant of [`Origin`], a row in
//! [`Origin::customs`], and its lists in a file below.

mod africa_asia;
mod caribbean;
mod dutch;
mod mediterranean;
mod slavic;

pub use dutch::CALL_NAMES;
pub use slavic::{feminine, masculine};

use crate::draws::{Draws, Rate};

/// Where a name comes from. It serves to measure whether names are treated alike, and is never a field of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// Dutch, Frisian and Flemish.
    Dutch,
    /// Turkish and Kurdish.
    Turkish,
    /// Moroccan: Arabic and Berber names in French spelling.
    Moroccan,
    /// Surinamese of Hindustani descent.
    Hindustani,
    /// Of the Dutch Caribbean: Spanish, Portuguese, English and Papiamento names.
    Antillean,
    /// Polish.
    Polish,
    /// Ukrainian and Russian, in Latin letters.
    Slavic,
    /// Eritrean, Ethiopian and Somali: own name, father's, grandfather's.
    Horn,
    /// Ghanaian.
    Ghanaian,
    /// Chinese, Mandarin and Cantonese spelling.
    Chinese,
    /// Syrian and Iraqi: Arabic names in English spelling.
    Arabic,
}

/// What is usual among the names of an origin.
pub struct Customs {
    /// Given names of women, the frequent ones first.
    women: &'static [&'static str],
    /// Given names of men.
    men: &'static [&'static str],
    /// Given names of girls born since 1990, where they differ.
    girls: &'static [&'static str],
    /// Given names of boys born since 1990, where they differ.
    boys: &'static [&'static str],
    /// Draws a surname.
    surname: fn(&mut Draws) -> Surname,
    /// How often there are two given names, three, four.
    more_given: [Rate; 3],
    /// The frequency rank of the first given name of the list: the lower, the more everybody is called the same.
    first_rank: usize,
    /// How often somebody has only one name.
    mononym: Rate,
    /// How the name of a family is passed on.
    pub inheritance: Inheritance,
    /// Whether sources write the surname first, so that the two are easily taken for each other.
    pub surname_first: bool,
    /// Whether married women bear their husbands' names.
    pub takes_partner_name: Rate,
    /// Spellings that stand for one another.
    pub spellings: &'static [(&'static str, &'static str)],
    /// Birth places, with the ways they are written.
    pub places: &'static [&'static [&'static str]],
}

/// How a child gets its surname.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inheritance {
    /// A parent's.
    Surname,
    /// A parent's, in the form of the child's own sex.
    Gendered,
    /// The father's and the mother's.
    Double,
    /// None: the father's given name stands in its place, and the grandfather's after it.
    Patronymic,
}

/// A surname: its prefix and what follows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surname {
    /// `van den`, `El`; empty without one.
    pub prefix: String,
    /// The rest; empty for a person of given names only.
    pub core: String,
}

impl Surname {
    /// A surname without a prefix.
    pub fn plain(core: &str) -> Self {
        Self { prefix: String::new(), core: core.to_owned() }
    }

    /// A surname written with a bar between prefix and rest.
    fn barred(text: &str) -> Self {
        match text.split_once('|') {
            Some((prefix, core)) => Self { prefix: prefix.to_owned(), core: core.to_owned() },
            None => Self::plain(text),
        }
    }

    /// The whole: `van den Berg`.
    pub fn whole(&self) -> String {
        if self.prefix.is_empty() { self.core.clone() } else { format!("{} {}", self.prefix, self.core) }
    }
}

/// Parts of a compound as one word, without a letter three times in a row.
fn join(first: &str, second: &str, third: &str) -> String {
    let mut word = String::with_capacity(first.len() + second.len() + third.len());
    for letter in first.chars().chain(second.chars()).chain(third.chars()) {
        if !word.ends_with(&[letter, letter].iter().collect::<String>()) {
            word.push(letter);
        }
    }
    word
}

impl Origin {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Dutch,
        Self::Turkish,
        Self::Moroccan,
        Self::Hindustani,
        Self::Antillean,
        Self::Polish,
        Self::Slavic,
        Self::Horn,
        Self::Ghanaian,
        Self::Chinese,
        Self::Arabic,
    ];

    /// The word in the truth about a caseload.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Dutch => "dutch",
            Self::Turkish => "turkish",
            Self::Moroccan => "moroccan",
            Self::Hindustani => "surinamese-hindustani",
            Self::Antillean => "antillean",
            Self::Polish => "polish",
            Self::Slavic => "slavic-ukrainian",
            Self::Horn => "eritrean-ethiopian-somali",
            Self::Ghanaian => "ghanaian",
            Self::Chinese => "chinese",
            Self::Arabic => "syrian-arabic",
        }
    }

    /// What is usual among its names.
    pub const fn customs(self) -> &'static Customs {
        match self {
            Self::Dutch => &DUTCH,
            Self::Turkish => &mediterranean::TURKISH,
            Self::Moroccan => &mediterranean::MOROCCAN,
            Self::Hindustani => &caribbean::HINDUSTANI,
            Self::Antillean => &caribbean::ANTILLEAN,
            Self::Polish => &slavic::POLISH,
            Self::Slavic => &slavic::UKRAINIAN,
            Self::Horn => &africa_asia::HORN,
            Self::Ghanaian => &africa_asia::GHANAIAN,
            Self::Chinese => &africa_asia::CHINESE,
            Self::Arabic => &mediterranean::ARABIC,
        }
    }
}

const DUTCH: Customs = Customs {
    women: dutch::WOMEN,
    men: dutch::MEN,
    girls: dutch::GIRLS,
    boys: dutch::BOYS,
    surname: dutch::surname,
    more_given: [Rate::percent(62), Rate::percent(45), Rate::percent(12)],
    first_rank: 6,
    mononym: Rate::NEVER,
    inheritance: Inheritance::Surname,
    surname_first: false,
    takes_partner_name: Rate::percent(70),
    // Spellings that sound alike to a Dutch ear; ij and y, ei and ij, and so on, are the same wherever they stand.
    spellings: &[
        ("ij", "y"),
        ("y", "ij"),
        ("ei", "ij"),
        ("ij", "ei"),
        ("ck", "k"),
        ("k", "ck"),
        ("sch", "s"),
        ("s", "z"),
        ("z", "s"),
        ("ae", "aa"),
        ("oe", "u"),
        ("ph", "f"),
        ("th", "t"),
        ("tt", "t"),
        ("d", "dt"),
        ("dt", "d"),
        ("ch", "g"),
        ("g", "ch"),
        ("au", "ou"),
        ("ou", "au"),
        ("x", "ks"),
        ("v", "f"),
        ("ee", "e"),
        ("nn", "n"),
        ("ss", "s"),
        ("c", "k"),
        ("uy", "ui"),
        ("ui", "uy"),
        ("ie", "i"),
        ("en", "e"),
    ],
    places: dutch::PLACES,
};

impl Customs {
    /// The surname of somebody without parents in the caseload.
    pub fn draw_surname(&self, draws: &mut Draws) -> Surname {
        (self.surname)(draws)
    }

    /// Whether somebody has one name only.
    pub fn is_mononym(&self, draws: &mut Draws) -> bool {
        draws.chance(self.mononym)
    }

    /// The given names of somebody: woman or man, by the generation.
    pub fn draw_given(&self, draws: &mut Draws, female: bool, born: i16) -> Vec<&'static str> {
        let list = self.given(female, born);
        let mut names = vec![draws.frequent(list, self.first_rank)];
        for rate in self.more_given {
            if !draws.chance(rate) {
                break;
            }
            // Second names are the old and frequent ones.
            let name = draws.frequent(if female { self.women } else { self.men }, 1);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// A given name that is easily taken for another one: of the same list, with the same first letters.
    pub fn draw_alike(&self, draws: &mut Draws, female: bool, born: i16, name: &str) -> &'static str {
        let list = self.given(female, born);
        for letters in [3, 2, 1] {
            let start: Vec<char> = name.chars().take(letters).collect();
            let alike: Vec<&'static str> = list
                .iter()
                .copied()
                .filter(|other| *other != name && other.chars().take(letters).eq(start.iter().copied()))
                .collect();
            if let Some(one) = draws.pick(&alike) {
                return one;
            }
        }
        draws.frequent(list, self.first_rank)
    }

    fn given(&self, female: bool, born: i16) -> &'static [&'static str] {
        match (female, born >= 1990) {
            (true, false) => self.women,
            (true, true) => self.girls,
            (false, false) => self.men,
            (false, true) => self.boys,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::draws::Purpose;

    #[test]
    fn there_are_tens_of_thousands_of_dutch_surnames_and_the_frequent_ones_are_frequent() {
        let distinct: BTreeSet<String> = (0..dutch::TAILS).map(|place| dutch::tail(place).whole()).collect();
        assert!(distinct.len() > 20_000, "{}", distinct.len());
        let mut draws = Draws::new(1, 1, Purpose::People);
        let sample: Vec<String> = (0..50_000).map(|_| dutch::surname(&mut draws).whole()).collect();
        let jong = sample.iter().filter(|name| *name == "de Jong").count();
        // 84 of 986 thousand among six of a hundred: half a per cent.
        assert!((180..350).contains(&jong), "{jong}");
        let mut counts = std::collections::BTreeMap::new();
        for name in &sample {
            *counts.entry(name).or_insert(0_usize) += 1;
        }
        // Nothing put together is as frequent as what is most frequent in the country.
        assert!(
            counts.values().all(|count| *count * 2 <= jong * 3),
            "{:?}",
            counts.iter().max_by_key(|(_, count)| **count)
        );
        assert!(sample.iter().collect::<BTreeSet<_>>().len() > 10_000);
    }

    #[test]
    fn every_origin_names_people_and_no_name_is_too_long_for_the_contract() {
        for origin in Origin::ALL {
            let customs = origin.customs();
            let mut draws = Draws::new(2, 0, Purpose::People);
            for round in 0..2_000 {
                let surname = customs.draw_surname(&mut draws);
                let given = customs.draw_given(&mut draws, round % 2 == 0, if round % 3 == 0 { 1970 } else { 2015 });
                assert!(!given.is_empty() && given.iter().all(|name| !name.is_empty()), "{}", origin.code());
                assert!(
                    customs.inheritance == Inheritance::Patronymic || !surname.core.is_empty(),
                    "{}",
                    origin.code()
                );
                assert!(surname.core.chars().count() < 60 && surname.prefix.chars().count() <= 30);
                assert!(!surname.core.starts_with(char::is_lowercase) || !surname.prefix.is_empty());
            }
            assert!(!customs.places.is_empty() && customs.places.iter().all(|place| !place.is_empty()));
            let alike = customs.draw_alike(&mut draws, true, 2015, "Lisa");
            assert!(!alike.is_empty());
        }
    }
}
