//! Addresses: door (street and house number) and locality (postcode and town), compared together.

use std::borrow::Cow;
use std::sync::Arc;

use smol_str::SmolStr;

use super::text::Folded;
use super::{APART, Level, MISSING, Rarity, redacted};
use crate::keys::Piece;
use crate::pool::{Parts, Value};
use crate::similarity::within;

/// Door by door: agrees, agrees with a slip, street alone, number alone, differs; and for each the locality: unknown,
/// agrees, agrees in part, differs. Last: no door known, and the three of the locality.
pub(crate) const LEVELS: [&str; 24] = [
    "missing",
    "door",
    "door+locality",
    "door+locality-part",
    "door-only",
    "near-door",
    "near-door+locality",
    "near-door+locality-part",
    "near-door-only",
    "street",
    "street+locality",
    "street+locality-part",
    "street-only",
    "number",
    "number+locality",
    "number+locality-part",
    "number-only",
    "other-door",
    "other-door+locality",
    "other-door+locality-part",
    "different",
    "locality",
    "locality-part",
    "other-locality",
];

/// Whether addresses on a level are one house, or of one postcode or town.
pub(crate) const fn of_one_place(level: Level) -> bool {
    matches!(level, 1..=8 | 10 | 14 | 18 | 21)
}

/// Whether addresses on a level have neither a house nor a place in common.
pub(crate) const fn elsewhere(level: Level) -> bool {
    matches!(level, 12 | 16 | 20 | 23)
}

/// What is known of an address.
pub(crate) struct Address {
    /// The street.
    pub street: Option<Arc<Street>>,
    /// The house number with what belongs to it.
    pub number: Option<Arc<Code>>,
    /// The postcode without spaces.
    pub postcode: Option<Code>,
    /// The town.
    pub place: Option<Arc<Folded>>,
    /// Whether so many live there that it says nothing: see [`crate::crowd`].
    pub crowded: bool,
    /// The whole address, hashed.
    pub same: Piece,
    /// Postcode and town, hashed; `None` where neither is known.
    pub same_locality: Option<Piece>,
    /// See [`Rarity`]: of the door in its locality, and of the locality.
    pub rarity: [Rarity; 2],
}

/// A street, in whatever town.
pub(crate) struct Street {
    name: Folded,
    /// What it sounds like: to find it, never to compare it.
    sound: Piece,
}

/// A short text that is compared as a whole first.
pub(crate) struct Code {
    pub text: SmolStr,
    /// The same, hashed.
    pub same: Piece,
}

redacted!(Address, Street, Code);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Locality {
    Unknown,
    Agrees,
    Partly,
    Differs,
}

impl Address {
    /// Postcode and town as one text: what the rarity of a locality is counted by.
    pub fn locality(&self) -> String {
        format!(
            "{}{APART}{}",
            self.postcode.as_ref().map_or("", |code| &code.text),
            self.place.as_ref().map_or("", |place| place.joined.text())
        )
    }

    /// By what records of a door are found: postcode and number, and street and number or else locality. Many doors share the
    /// latter, which is what finds a person whose town was written otherwise.
    pub fn doors(&self) -> [Option<Piece>; 2] {
        let number = self.number.as_ref().map(|number| number.same);
        let postcode = self.postcode.as_ref().map(|postcode| postcode.same);
        [
            postcode.zip(number).map(|(code, number)| code.and(number)),
            self.street.as_ref().map(|street| street.sound.and(number.unwrap_or(self.area()))),
        ]
    }

    /// The door itself, by each way of writing where it is: who is counted as living there. A street and its number are a door
    /// within a postcode area or a town only: every town has a Kerkstraat 1.
    pub fn door(&self) -> impl Iterator<Item = Piece> + use<> {
        let number = self.number.as_ref().map(|number| number.same);
        let fine = self.postcode.as_ref().filter(|postcode| is_fine(postcode));
        let fine = fine.zip(number).map(|(postcode, number)| postcode.same.and(number));
        let area = self.postcode.as_ref().map(|postcode| Piece::of(postcode.text.get(..4).unwrap_or(&postcode.text)));
        let town = self.place.as_ref().map(|place| place.same_letters);
        let street = self.street.as_ref().map(|street| street.sound);
        let street = street.map(|street| number.map_or(street, |number| street.and(number)));
        let within = |place: Option<Piece>| street.zip(place).map(|(street, place)| street.and(place));
        let alone = street.filter(|_| area.is_none() && town.is_none());
        [fine, within(area), within(town), alone].into_iter().flatten()
    }

    /// The postcode, or else the town.
    pub fn area(&self) -> Piece {
        let place = self.place.as_ref().map(|place| place.same_letters);
        self.postcode.as_ref().map(|postcode| postcode.same).or(place).unwrap_or_default()
    }

    /// How far two addresses agree.
    pub fn compare(&self, other: &Self) -> (Level, Rarity) {
        if self.crowded || other.crowded {
            return (MISSING, 0);
        }
        let locality = self.compare_locality(other);
        let street = self.street.as_ref().zip(other.street.as_ref()).map(|(a, b)| a.name.compare(&b.name));
        let number = self.number.as_ref().zip(other.number.as_ref()).map(|(a, b)| {
            let same = a.same == b.same;
            (same, same || numbers_near(&a.text, &b.text))
        });
        let door = match (street, number) {
            (None, None) => None,
            (Some(1..=2), Some((true, _))) => Some(0),
            (Some(1..=5), Some((true, _))) | (Some(1..=3), Some((_, true))) => Some(1),
            (Some(1..=3), _) => Some(2),
            // A postcode and a house number are a door where postcodes are as fine as in the Netherlands.
            (None, Some((true, _))) if self.fine_postcode(other) => Some(0),
            (_, Some((true, _))) => Some(3),
            _ => Some(4),
        };
        let place = match locality {
            Locality::Unknown => 0,
            Locality::Agrees => 1,
            Locality::Partly => 2,
            Locality::Differs => 3,
        };
        let level = match door {
            Some(door) => 1 + door * 4 + place,
            None if place == 0 => MISSING,
            None => 20 + place,
        };
        let rarity = match level {
            1..=2 => self.rarity[0].min(other.rarity[0]),
            10 | 14 | 18 | 21 => self.rarity[1].min(other.rarity[1]),
            _ => 0,
        };
        (level, rarity)
    }

    fn fine_postcode(&self, other: &Self) -> bool {
        let (Some(a), Some(b)) = (&self.postcode, &other.postcode) else { return false };
        is_fine(a) && a.same == b.same
    }

    fn compare_locality(&self, other: &Self) -> Locality {
        let postcode = self.postcode.as_ref().zip(other.postcode.as_ref()).map(|(a, b)| {
            let near =
                |a: &str, b: &str| within(a.as_bytes(), b.as_bytes(), 1) || (a.len() >= 6 && a.get(..4) == b.get(..4));
            if a.same == b.same {
                Locality::Agrees
            } else if near(&a.text, &b.text) {
                Locality::Partly
            } else {
                Locality::Differs
            }
        });
        let place = self.place.as_ref().zip(other.place.as_ref()).map(|(a, b)| match a.compare(b) {
            1..=2 => Locality::Agrees,
            3..=5 => Locality::Partly,
            _ => Locality::Differs,
        });
        match (postcode, place) {
            (None, None) => Locality::Unknown,
            (Some(one), None) | (None, Some(one)) => one,
            (Some(Locality::Agrees), Some(Locality::Differs)) | (Some(Locality::Differs), Some(Locality::Agrees)) => {
                Locality::Partly
            }
            (Some(Locality::Agrees), _) | (_, Some(Locality::Agrees)) => Locality::Agrees,
            (Some(Locality::Partly), _) | (_, Some(Locality::Partly)) => Locality::Partly,
            _ => Locality::Differs,
        }
    }
}

/// Whether a postcode is of a few doors, as in the Netherlands, and not of a town.
fn is_fine(postcode: &Code) -> bool {
    postcode.text.len() >= 6
}

impl Code {
    fn of(raw: &str) -> Option<Self> {
        folded(raw).map(|part| Self { text: part.joined.text().into(), same: part.same_letters })
    }
}

/// A part of an address, folded; `None` when it says nothing.
fn folded(raw: &str) -> Option<Folded> {
    Folded::of(raw).filter(|part| part.joined.text() != "0")
}

/// Whether a folded text says that somebody lives nowhere.
fn is_no_abode(words: &str) -> bool {
    const NOWHERE: [&str; 8] =
        ["ZONDER VAST", "GEEN VAST", "ZVWOVP", "ZWOVP", "Z.V.W.O.V.P", "NO FIXED A", "NFA", "DAKLOOS"];
    NOWHERE.iter().any(|nowhere| words.starts_with(nowhere))
}

/// `12` and `12A`, `127` and `172`.
fn numbers_near(a: &str, b: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (front_a, front_b) = (&a[..digits(a)], &b[..digits(b)]);
    (!front_a.is_empty() && front_a == front_b) || (a.len().max(b.len()) >= 2 && within(a.as_bytes(), b.as_bytes(), 1))
}

/// Streets, house numbers and towns that many addresses have.
#[derive(Default)]
pub(crate) struct AddressParts {
    streets: Parts<Option<Arc<Street>>>,
    numbers: Parts<Option<Arc<Code>>>,
    places: Parts<Option<Arc<Folded>>>,
}

impl Value for Address {
    type Parts = AddressParts;

    /// Street, house number, postcode and town, apart.
    fn prepare(raw: &str, parts: &mut AddressParts) -> Option<Self> {
        let mut columns = raw.split(APART);
        let mut next = || columns.next().unwrap_or("");
        let (street, number, postcode, place) = (next(), next(), next(), next());
        let street = parts.streets.part(&[street], || {
            let name = folded(street).filter(|name| !is_no_abode(&name.words))?;
            Some(Arc::new(Street { sound: name.sound(), name }))
        });
        let number = parts.numbers.part(&[number], || Code::of(number).map(Arc::new));
        let postcode = Code::of(postcode);
        let place = parts.places.part(&[place], || folded(place).map(Arc::new));
        if street.is_none() && number.is_none() && postcode.is_none() && place.is_none() {
            return None;
        }
        let mut address = Self {
            street,
            number,
            postcode,
            place,
            crowded: false,
            same: Piece::default(),
            same_locality: None,
            rarity: [0; 2],
        };
        address.same = Piece::of(&address.canon());
        let locality = address.postcode.is_some() || address.place.is_some();
        address.same_locality = locality.then(|| Piece::of(&address.locality()));
        Some(address)
    }

    fn fetch(&self) -> u64 {
        let street = self.street.as_ref().map_or(0, |street| street.name.same.number());
        let place = self.place.as_ref().map_or(0, |place| place.same.number());
        let number = self.number.as_ref().map_or(0, |number| number.same.number());
        let postcode = self.postcode.as_ref().map_or(0, |postcode| postcode.same.number());
        street ^ place ^ number ^ postcode ^ u64::from(self.crowded)
    }

    /// The words of street and town are compared, the other two only as a whole.
    fn canon(&self) -> Cow<'_, str> {
        let parts = [
            self.street.as_ref().map_or("", |street| &street.name.words),
            self.number.as_ref().map_or("", |number| &number.text),
            self.postcode.as_ref().map_or("", |postcode| &postcode.text),
            self.place.as_ref().map_or("", |place| &place.words),
        ];
        let mut canon = String::with_capacity(64);
        crate::register::join(parts.into_iter(), &mut canon);
        canon.into()
    }
}
