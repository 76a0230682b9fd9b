//! Invented towns, streets and institutions.
//!
//! Invariants: names of towns and streets are put together, and none is meant to be a real one; a postcode fits its street and town, as the real ones
//! do, so that postcode and house number say the rest of the address; every town lies in the district of one court.

use domain::court::Court;

use crate::draws::Draws;

/// How many towns there are. The first are the large ones.
const TOWNS: usize = 260;
/// How many streets a town may have.
const STREETS: usize = 1_560;

/// What kind of place an address is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// A dwelling.
    Home,
    /// A shelter, whose address many share, and which is hidden.
    Shelter,
    /// A prison.
    Prison,
    /// A home for children, a clinic.
    Institution,
    /// A police station, where a victim chose domicile.
    Police,
}

/// An address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// What kind of place it is.
    pub site: Site,
    /// The street.
    pub street: String,
    /// The house number.
    pub number: u16,
    /// Its letter or addition; empty without one.
    pub addition: &'static str,
    /// As `3011 AA`.
    pub postcode: String,
    /// The town.
    pub town: String,
    town_number: usize,
}

#[rustfmt::skip]
const TOWN_STARTS: &[&str] = &[
    "Denkbeeld", "Verzon", "Linden", "Wilgen", "Vlier", "Hazel", "Elzen", "Zilver", "Gulden", "Nevel", "Wolken",
    "Sterren", "Regen", "Morgen", "Winter", "Lente", "Kraan", "Reiger", "Kievit", "Ooievaar", "Otter", "Bever",
    "Marter", "Klokken", "Spiegel", "Anker", "Baken", "Vuur", "Koper", "Ijzer", "Tarwe", "Distel", "Varen", "Mos",
    "Krekel", "Vlinder",
];
#[rustfmt::skip]
const TOWN_ENDS: &[&str] = &[
    "stad", "horst", "wolde", "drecht", "oord", "burg", "haven", "muiden", "dorp", "kerke", "veen", "zijl", "mare",
    "hoven", "rade", "beek",
];
#[rustfmt::skip]
const STREET_STARTS: &[&str] = &[
    "Verzonnen", "Linden", "Eiken", "Beuken", "Kastanje", "Berken", "Populieren", "Rozen", "Tulpen", "Anjer",
    "Lelie", "Dahlia", "Merel", "Vinken", "Leeuwerik", "Zwaluw", "Uilen", "Spreeuwen", "Kerk", "School", "Molen",
    "Station", "Markt", "Dorps", "Nieuwe", "Oude", "Hoge", "Lage", "Lange", "Korte", "Brede", "Smalle", "Noorder",
    "Zuider", "Ooster", "Wester", "Haven", "Sluis", "Dijk", "Polder", "Weide", "Akker", "Heide", "Bos", "Duin",
    "Zand", "Veen", "Water", "Beek", "Vijver", "Brug", "Toren", "Kasteel", "Klooster", "Abdij", "Ridder", "Graven",
    "Konings", "Prinsen", "Maan", "Zonne", "Sterren", "Venus", "Mars", "Jupiter", "Saturnus", "Robijn", "Saffier",
    "Smaragd", "Opaal", "Barnsteen", "Kristal", "Violier", "Fluit", "Harp", "Cello", "Wals", "Menuet", "Aardbei",
    "Braam", "Framboos", "Kersen",
];
#[rustfmt::skip]
const STREET_ENDS: &[&str] = &[
    "straat", "laan", "weg", "plein", "hof", "pad", "kade", "dreef", "singel", "steeg", "gracht", "dijk", "erf",
    "burg", "veld", "zoom", "wal", "ring", "park",
];
#[rustfmt::skip]
const ADDITIONS: &[&str] = &[
    "A", "B", "C", "-1", "-2", "-3", " bis", " hs", " II", " III", "-101", "-14",
];
/// No postcode ends in SA, SD or SS.
const LETTERS: &[u8] = b"ABCDEFGHJKLMNPRTUVWXZ";

/// The courts in whose districts the towns lie, in turn, with the busiest ones more than once.
const COURTS: [&str; 16] = [
    "RBROT", "RBAMS", "RBDHA", "RBMNE", "RBOBR", "RBGEL", "RBNHO", "RBZWB", "RBNNE", "RBOVE", "RBLIM", "RBROT",
    "RBDHA", "RBAMS", "RBMNE", "RBGEL",
];

fn at<'a>(list: &[&'a str], place: usize) -> &'a str {
    list.get(place % list.len().max(1)).copied().unwrap_or_default()
}

/// The name of a town.
pub fn town(number: usize) -> String {
    // 36 starts and 16 ends: stepping by 11 ends, every pair comes once.
    let start = at(TOWN_STARTS, number);
    let end = at(TOWN_ENDS, (number / TOWN_STARTS.len() + number).wrapping_mul(11));
    format!("{start}{end}")
}

/// The court in whose district a town lies.
pub fn court(town: usize) -> &'static str {
    COURTS.get(town % COURTS.len()).copied().unwrap_or("RBROT")
}

/// The court of a code. Every code used here is in the list of courts.
pub fn listed(code: &str) -> Option<Court> {
    Court::parse(code).ok()
}

fn street(number: usize) -> String {
    let start = at(STREET_STARTS, number);
    let end = at(STREET_ENDS, number / STREET_STARTS.len() + number);
    format!("{start}{end}")
}

fn postcode(town: usize, street: usize, number: u16) -> String {
    let digits = 1_000 + (town * 331 + street / 400 * 7) % 9_000;
    // A postcode has about twenty numbers of one side of a street.
    let block = street % 400 + usize::from(number / 40) * 89 + usize::from(number % 2) * 37;
    let letter = |place: usize| char::from(LETTERS.get(place % LETTERS.len()).copied().unwrap_or(b'A'));
    format!("{digits} {}{}", letter(block), letter(block / LETTERS.len()))
}

impl Address {
    fn of(site: Site, town_number: usize, street_number: usize, number: u16, addition: &'static str) -> Self {
        Self {
            site,
            street: street(street_number),
            number,
            addition,
            postcode: postcode(town_number, street_number, number),
            town: town(town_number),
            town_number,
        }
    }

    /// The court in whose district it lies.
    pub fn court(&self) -> &'static str {
        court(self.town_number)
    }

    /// A dwelling anywhere: large towns have more of them.
    pub fn anywhere(draws: &mut Draws) -> Self {
        let town = draws.zipf(TOWNS, 8);
        Self::in_town(draws, town)
    }

    /// A dwelling in the same town or, one time in four, elsewhere.
    #[must_use]
    pub fn nearby(&self, draws: &mut Draws) -> Self {
        if draws.below(4) == 0 { Self::anywhere(draws) } else { Self::in_town(draws, self.town_number) }
    }

    fn in_town(draws: &mut Draws, town: usize) -> Self {
        let streets = (STREETS / (1 + town / 8)).max(40);
        let street = draws.below(streets);
        let number = 1 + u16::try_from(draws.zipf(280, 20)).unwrap_or(0);
        let addition = if draws.below(100) < 18 { draws.word(ADDITIONS) } else { "" };
        Self::of(Site::Home, town, street, number, addition)
    }

    /// A shelter, prison, institution or police station; there are few of them.
    pub fn shared(draws: &mut Draws, site: Site) -> Self {
        let (how_many, salt) = match site {
            Site::Shelter => (45, 11),
            Site::Prison => (24, 23),
            Site::Police => (60, 29),
            Site::Institution | Site::Home => (90, 37),
        };
        let which = draws.zipf(how_many, 6);
        let number = u16::try_from(1 + which * salt % 90).unwrap_or(1);
        Self::of(site, which * salt % TOWNS, which * 131 + salt, number, "")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::postcode::Postcode;

    use super::*;
    use crate::draws::Purpose;

    #[test]
    fn every_address_is_well_formed_and_every_court_exists() {
        let mut draws = Draws::new(5, 0, Purpose::People);
        for _ in 0..5_000 {
            let address = Address::anywhere(&mut draws);
            assert!(Postcode::read(&address.postcode).is_some(), "{}", address.postcode);
            assert!(listed(address.court()).is_some_and(|court| !court.numbers().is_empty()));
        }
        let towns: BTreeSet<String> = (0..TOWNS).map(town).collect();
        assert_eq!(towns.len(), TOWNS);
    }

    #[test]
    fn many_live_in_one_shelter() {
        let mut draws = Draws::new(5, 1, Purpose::People);
        let shelters: BTreeSet<String> =
            (0..1_000).map(|_| Address::shared(&mut draws, Site::Shelter).postcode).collect();
        assert!(shelters.len() <= 45);
    }
}
