//! Under what records are found, so that not every two have to be compared.
//!
//! A key is made of pieces of a record, such as the sound of a name and the year of birth. Keys come in chains, from coarse
//! to fine: where a key is shared by more records than the cap, each of them is filed under the next key of the chain
//! instead. Which keys are too common is frozen in the plan and decided value by value, never by the moment: the same record
//! has the same keys whatever came before it. Nothing is dropped: the last key of a chain is kept however common it is, and
//! [`Candidates::crowded`](crate::candidates::Candidates::crowded) says so.

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use crate::field::Kind;
use crate::field::names::FoundBy;
use crate::field::numbers::Numbers;
use crate::normalise;
use crate::register::{Column, Register, Row};

/// A part of a record, hashed: equal for equal parts, on every machine and in every version of the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct Piece(u64);

impl Piece {
    /// Hashes a text (FNV-1a, 64 bits, with a final mix).
    pub fn of(text: &str) -> Self {
        let hash = text
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Self(mix(hash))
    }

    /// What a text of this spelling class sounds like; a text without consonants sounds like itself.
    pub fn sound(text: &str, class: &str) -> Self {
        let sound = normalise::sound(class);
        Self::of(if sound.is_empty() { text } else { &sound })
    }

    /// This piece and another, in this order.
    pub fn and(self, other: Self) -> Self {
        Self(mix(self.0.rotate_left(23) ^ other.0))
    }

    /// Two pieces, in whatever order.
    pub fn pair(a: Self, b: Self) -> Self {
        a.min(b).and(a.max(b))
    }

    /// The first letter of a text.
    pub fn letter(text: &str) -> Self {
        Self::of(text.get(..1).unwrap_or(""))
    }

    fn of_number(number: u64) -> Self {
        Self(mix(number + 1))
    }

    /// The hash as a number.
    pub const fn number(self) -> u64 {
        self.0
    }

    /// A hash that was kept as a number.
    pub const fn from_number(number: u64) -> Self {
        Self(number)
    }
}

/// Spreads the bits of a number (the finaliser of `splitmix64`, Steele, Lea and Flood 2014).
pub(crate) const fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// A key as a number; equal for records that share it.
pub type Key = u64;

/// Which keys are too common to be used.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// How many records may share a key before a finer one takes its place.
    pub cap: usize,
    /// The keys shared by more records than the cap.
    pub saturated: FxHashSet<Key>,
    /// Up to how many records every two are compared.
    pub exhaustive: usize,
    /// Whether it was counted on other records than those that it serves. Which doors, places and numbers are common it does not
    /// know: chains of them are then used from where they are fine enough.
    pub of_others: bool,
}

/// A chain of keys, and the kinds of field it is made of: of a pair found by it alone these say nothing about how often the
/// records of one person agree in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chain {
    /// What it is called in reports.
    pub name: &'static str,
    /// What it is made of.
    pub of: &'static [Kind],
}

/// The chains, in the order of their numbers.
pub const CHAINS: [Chain; 9] = [
    Chain { name: "number", of: &[Kind::Numbers] },
    Chain { name: "text", of: &[Kind::Text] },
    Chain { name: "birth", of: &[Kind::Birth] },
    Chain { name: "name", of: &[Kind::Given, Kind::Surname] },
    Chain { name: "one-name-and-month", of: &[Kind::Given, Kind::Surname, Kind::Birth] },
    Chain { name: "one-name-and-locality", of: &[Kind::Given, Kind::Surname, Kind::Address] },
    Chain { name: "door", of: &[Kind::Address] },
    Chain { name: "street", of: &[Kind::Address] },
    Chain { name: "one-name-and-day", of: &[Kind::Given, Kind::Surname, Kind::Birth] },
];

/// From which of its keys on each chain of [`CHAINS`] is fine enough by itself, where nobody knows how common they are: a
/// birthplace or a town is not, a street and number is not, since many towns have it, and a postcode and number may be a prison's.
const FINE_ENOUGH: [usize; 9] = [0, 2, 0, 0, 0, 2, 1, 1, 0];
/// With how many others that share a key a record of a large register is compared, about.
const LOOKED_AT: usize = 100;

/// The chain that a key belongs to.
pub(crate) const fn chain_of(key: Key) -> u8 {
    // Four bits fit.
    (key & 15) as u8
}

/// How many given names, and how many forms of a surname, a record is found by.
const NAMES: usize = 3;

/// The pieces of one record.
#[derive(Default)]
struct Pieces {
    given: SmallVec<[(Piece, Piece); NAMES]>,
    initial: Piece,
    surname: SmallVec<[(Piece, Piece); NAMES]>,
    year: Piece,
    /// Of a date known in full, its month and its day, the smaller number first: the two are swapped easily.
    parts: Option<[Piece; 2]>,
    date: Option<Piece>,
    locality: Piece,
    doors: [Option<Piece>; 2],
    numbers: SmallVec<[(u64, Piece); 4]>,
    texts: SmallVec<[(u64, Piece); 4]>,
}

impl Pieces {
    fn of(register: &Register, row: Row) -> Self {
        let mut pieces = Self::default();
        let found_by = |FoundBy { sound, letter }: FoundBy| (sound, letter);
        for (field, (column, id)) in register.columns().iter().zip(register.values_of(row)).enumerate() {
            let field = field as u64;
            match column {
                Column::Given(pool) => {
                    let words = pool.get(*id).map_or(&[][..], |given| &given.words[..]);
                    // Where only initials are written they take the name's place.
                    let initial = pool.get(*id).and_then(|given| given.initials.first());
                    pieces.initial = initial.map(|initial| Piece::letter(initial)).unwrap_or_default();
                    pieces.given = words.iter().take(NAMES).map(|word| found_by(word.found_by)).collect();
                }
                Column::Surname(pool) => {
                    let forms = pool.get(*id).map_or(&[][..], |surname| &surname.forms[..]);
                    pieces.surname = forms.iter().take(NAMES).map(|form| found_by(form.found_by)).collect();
                }
                Column::Birth(pool) => {
                    if let Some(date) = pool.get(*id) {
                        pieces.year = Piece::of_number(date.year.into());
                        let (low, high) = (date.month.min(date.day), date.month.max(date.day));
                        let day = u64::from(date.year) << 16 | u64::from(low) << 8 | u64::from(high);
                        pieces.date = date.is_full().then(|| Piece::of_number(day));
                        pieces.parts = date.is_full().then(|| [low, high].map(|part| Piece::of_number(part.into())));
                    }
                }
                Column::Address(pool) => {
                    if let Some(address) = pool.get(*id) {
                        pieces.locality = address.area();
                        pieces.doors = address.doors();
                    }
                }
                Column::Numbers(pool) => {
                    let found_by = pool.get(*id).into_iter().flat_map(Numbers::found_by);
                    pieces.numbers.extend(found_by.map(|digits| (field, digits)));
                }
                Column::Text(pool) => {
                    pieces.texts.extend(pool.get(*id).map(|text| (field, text.sound)));
                }
                Column::Category(_) => {}
            }
        }
        pieces
    }

    /// Hands each chain of keys to `file`.
    fn chains(&self, mut file: impl FnMut(usize, u64, [Piece; 3])) {
        let first_given = self.given.first().copied().unwrap_or((Piece::default(), self.initial));
        let first_surname = self.surname.first().copied().unwrap_or_default();
        let name = Piece::pair(first_given.0, first_surname.0);
        let letters = Piece::pair(first_given.1, first_surname.1);
        for (field, number) in &self.numbers {
            file(0, *field, [*number, number.and(letters), number.and(name)]);
        }
        for (field, text) in &self.texts {
            file(1, *field, [*text, text.and(letters), text.and(name)]);
        }
        if let Some(date) = self.date {
            file(2, 0, [date, date.and(letters), date.and(name)]);
        }
        let when = self.date.unwrap_or(self.year);
        for (given, _) in &self.given {
            for (surname, _) in &self.surname {
                let pair = Piece::pair(*given, *surname);
                file(3, 0, [pair, pair.and(self.year), pair.and(when)]);
            }
        }
        let tokens = self.given.iter().map(|given| (given.0, first_surname));
        for (token, (sound, other)) in tokens.chain(self.surname.iter().map(|surname| (surname.0, first_given))) {
            let year = token.and(self.year);
            // Where too many share token and year, one of month and day must agree as well; where neither is known, the other
            // name.
            if let Some([low, high]) = self.parts {
                file(4, 0, [token, year, year.and(low).and(other)]);
                file(8, 0, [token, year, year.and(high).and(other)]);
            } else {
                file(4, 0, [token, year, year.and(sound)]);
            }
            if self.locality != Piece::default() {
                let locality = token.and(self.locality);
                file(5, 0, [token, locality, locality.and(other)]);
            }
        }
        for (chain, door) in (6..).zip(self.doors) {
            if let Some(door) = door {
                file(chain, 0, [door, door.and(letters), door.and(name)]);
            }
        }
    }
}

impl Plan {
    /// The plan for a file of so many records: every two are compared where that takes no time; the more records there are,
    /// the fewer may share a key, so that work grows with the records and not with their square.
    pub fn for_file(register: &Register) -> Self {
        let cap = match register.len() {
            0..20_000 => 100,
            20_000..200_000 => 50,
            _ => 20,
        };
        Self { exhaustive: 1_500, ..Self::of(register, cap) }
    }

    /// The plan that a model keeps for a register of `records`, of which these are a sample: frozen, whatever comes.
    pub fn for_others(register: &Register, records: usize) -> Self {
        let cap = LOOKED_AT * register.len() / records.max(1);
        Self { of_others: true, ..Self::of(register, cap.max(1)) }
    }

    /// The plan for these records: counted over all of them, then frozen.
    pub fn of(register: &Register, cap: usize) -> Self {
        let mut plan = Self { cap, ..Self::default() };
        for depth in 0..2 {
            let file = |row, keys: &mut Filed<Key>| {
                plan.file(register, row, |at, key| {
                    if at == depth {
                        keys.add(key, key);
                    }
                });
            };
            let common = in_order(register.as_they_came(), file, |keys| -> Vec<Key> {
                keys.chunk_by(|a, b| a == b).filter(|same| same.len() > cap).map(|same| same[0]).collect()
            });
            plan.saturated.extend(common.into_iter().flatten());
        }
        plan
    }

    /// Hands the keys of a record to `under`, each with its place in its chain. One may come twice.
    pub(crate) fn file(&self, register: &Register, row: Row, mut under: impl FnMut(usize, Key)) {
        Pieces::of(register, row).chains(|chain, field, pieces| {
            let first = if self.of_others { FINE_ENOUGH.get(chain).copied().unwrap_or(0) } else { 0 };
            for (depth, piece) in pieces.into_iter().enumerate().skip(first) {
                // All chains of a token begin with the token alone, two of them go on with the year.
                let chain = match (chain, depth) {
                    (5 | 8, 0) | (8, 1) => 4,
                    _ => chain as u64,
                };
                let key = mix(piece.0 ^ mix(chain << 16 | field << 8 | depth as u64)) & !15 | chain;
                if depth == 2 || !self.saturated.contains(&key) {
                    under(depth, key);
                    break;
                }
            }
        });
    }
}

/// What is filed under keys, apart by the first bits of the key.
pub(crate) struct Filed<T>(Vec<Vec<T>>);

/// By how many bits of the key: into so many parts that one is sorted while another is gathered, and each is still long.
const APART_BY: u32 = 6;

impl<T> Filed<T> {
    pub fn add(&mut self, key: Key, filed: T) {
        // Six bits fit.
        if let Some(part) = self.0.get_mut((key >> (Key::BITS - APART_BY)) as usize) {
            part.push(filed);
        }
    }
}

/// How many rows are filed at a time.
const AT_A_TIME: usize = 1 << 15;

/// Files all rows, each by `file`, and hands what was filed to `done` in the order of its keys, a part of the keys at a time.
/// What `done` answers comes in the order of the parts. In which order the rows are filed changes nothing; in that in which
/// their records came, their values are read one after another.
pub(crate) fn in_order<T: Ord + Copy + Send + Sync, D: Send>(
    rows: &[Row],
    file: impl Fn(Row, &mut Filed<T>) + Sync,
    done: impl Fn(&[T]) -> D + Sync,
) -> Vec<D> {
    let filed: Vec<Filed<T>> = rows
        .par_chunks(AT_A_TIME)
        .map(|rows| {
            let mut filed = Filed((0..1 << APART_BY).map(|_| Vec::new()).collect());
            for row in rows {
                file(*row, &mut filed);
            }
            filed
        })
        .collect();
    (0..1 << APART_BY)
        .into_par_iter()
        .map(|part| {
            let parts: Vec<&[T]> = filed.iter().filter_map(|filed| filed.0.get(part).map(Vec::as_slice)).collect();
            let mut all = parts.concat();
            all.sort_unstable();
            done(&all)
        })
        .collect()
}
