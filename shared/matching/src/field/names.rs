//! Names: given names and surname, each with its levels, and looked at across when they may stand in each other's place.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

use smallvec::SmallVec;
use smol_str::SmolStr;

use super::{APART, Level, MISSING, Rarity, redacted};
use crate::keys::Piece;
use crate::normalise;
use crate::pool::{Parts, Value};
use crate::similarity::{Spelling, slips};

pub(crate) const GIVEN: [&str; 11] = [
    "missing",
    "equal",
    "one-equal",
    "spelled-alike",
    "slip",
    "short-form",
    "initials",
    "alike",
    "in-place-of-surname",
    "same-initial",
    "different",
];
pub(crate) const SURNAME: [&str; 9] = [
    "missing",
    "equal",
    "part-equal",
    "spelled-alike",
    "slip",
    "alike",
    "in-place-of-given",
    "part-alike",
    "different",
];

/// From here on given names resemble one another and are not the same.
pub(crate) const GIVEN_RESEMBLES: Level = GIVEN_SPELLED_ALIKE;
pub(crate) const GIVEN_SPELLED_ALIKE: Level = 3;
pub(crate) const GIVEN_SLIP: Level = 4;
/// One name is a short form of the other.
pub(crate) const GIVEN_SHORT_FORM: Level = 5;
pub(crate) const GIVEN_INITIALS: Level = 6;
const GIVEN_ALIKE: Level = 7;
pub(crate) const GIVEN_SWAPPED: Level = 8;
const GIVEN_SAME_INITIAL: Level = 9;
pub(crate) const GIVEN_DIFFERENT: Level = 10;
pub(crate) const SURNAME_SWAPPED: Level = 6;
pub(crate) const SURNAME_SLIP: Level = 4;
pub(crate) const SURNAME_DIFFERENT: Level = 8;

/// A name as it is spelt, whoever has it.
pub(crate) struct Spelt {
    /// Folded; a surname without its prefix, as one word.
    pub text: Spelling,
    /// The class of spellings it belongs to, hashed.
    pub class: Piece,
    /// The groups of short forms that a given name belongs to, sorted.
    pub groups: &'static [u16],
    /// The name itself, hashed.
    pub same: Piece,
    found_by: FoundBy,
}

/// What a name is found by, never compared by. It stands with whoever has the name, so that a million are filed without looking
/// up how each is spelt.
#[derive(Clone, Copy)]
pub(crate) struct FoundBy {
    /// What it sounds like.
    pub sound: Piece,
    /// Its first letter.
    pub letter: Piece,
}

/// One given name.
pub(crate) struct Word {
    spelt: Arc<Spelt>,
    pub found_by: FoundBy,
    pub rarity: Rarity,
}

/// The given names of a record, in their order.
pub(crate) struct Given {
    /// Those that are written out.
    pub words: SmallVec<[Word; 1]>,
    /// The first letter or letters of each, written out or not. Never empty.
    pub initials: Arc<[SmolStr]>,
}

/// One way of writing a surname.
pub(crate) struct Form {
    spelt: Arc<Spelt>,
    pub found_by: FoundBy,
    pub rarity: Rarity,
}

/// The surname of a record: the whole first, then the partner's and the parts of a double one. Never empty.
pub(crate) struct Surname {
    pub forms: SmallVec<[Form; 1]>,
}

redacted!(Spelt, Word, Given, Form, Surname);

impl Deref for Word {
    type Target = Spelt;

    fn deref(&self) -> &Spelt {
        &self.spelt
    }
}

impl Deref for Form {
    type Target = Spelt;

    fn deref(&self) -> &Spelt {
        &self.spelt
    }
}

/// How far two names agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Agreement {
    /// The level and rarity of the given names.
    pub given: (Level, Rarity),
    /// The same of the surname.
    pub surname: (Level, Rarity),
    /// The given name and the surname that both have; where they stand across, as each of the two has them.
    pub both: [Option<Piece>; 2],
}

/// What stands for a given name together with a surname.
pub(crate) fn together(word: &Word, form: &Form) -> Piece {
    word.same.and(form.same)
}

/// Compares two names as a whole, so that a given name in the place of a surname is seen for what it is.
pub(crate) fn compare(a: (Option<&Given>, Option<&Surname>), b: (Option<&Given>, Option<&Surname>)) -> Agreement {
    let (mut given, word) = a.0.zip(b.0).map_or(((MISSING, 0), None), |(a, b)| a.compare(b));
    // Registers take different parts of a name of several words for the surname: all of its words are there all the same.
    if given.0 == GIVEN_ALIKE && are_within(a, b) && are_within(b, a) {
        given = (2, 0);
    }
    let (surname, form) = a.1.zip(b.1).map_or(((MISSING, 0), None), |(a, b)| a.compare(b));
    let both = [word.zip(form).map(|(word, form)| together(word, form)), None];
    let straight = |level, worst| level != MISSING && level < worst;
    if straight(given.0, 7) || straight(surname.0, 5) {
        return Agreement { given, surname, both };
    }
    // Neither agrees where it stands: perhaps across.
    let across = |given: Option<&Given>, surname: Option<&Surname>| given.zip(surname).and_then(|(g, s)| g.is_in(s));
    match (across(a.0, b.1), across(b.0, a.1)) {
        (Some(one), Some(other)) => {
            let first = |name: (Option<&Given>, Option<&Surname>)| {
                let word = name.0.and_then(|given| given.words.first());
                word.zip(name.1.and_then(|surname| surname.forms.first())).map(|(word, form)| together(word, form))
            };
            // Which of the two wrote the names in their places is not known: the rarer one counts for the surname.
            let (given, surname) = (one.min(other), one.max(other));
            let both = [first(a), first(b)];
            Agreement { given: (GIVEN_SWAPPED, given), surname: (SURNAME_SWAPPED, surname), both }
        }
        // One name is all that one of the two has.
        (Some(one), None) | (None, Some(one)) if given.0 == MISSING || surname.0 == MISSING => {
            Agreement { given: (GIVEN_SWAPPED, one), surname: (MISSING, 0), both: [None; 2] }
        }
        _ => Agreement { given, surname, both },
    }
}

/// Whether all given names of one record stand in the name of another, one of them as a given name.
fn are_within(one: (Option<&Given>, Option<&Surname>), other: (Option<&Given>, Option<&Surname>)) -> bool {
    let (Some(names), Some(given), Some(surname)) = (one.0, other.0, other.1) else { return false };
    let is_given = |word: &Word| given.words.iter().any(|other| word.same == other.same);
    let is_surname = |word: &Word| surname.forms.iter().any(|form| word.same == form.same);
    names.words.iter().any(is_given) && names.words.iter().all(|word| is_given(word) || is_surname(word))
}

impl Spelt {
    fn of(text: &str, short_forms: fn(&str) -> &'static [u16]) -> Self {
        let class = normalise::spelling(text);
        Self {
            class: Piece::of(&class),
            groups: short_forms(&class),
            same: Piece::of(text),
            found_by: FoundBy { sound: Piece::sound(text, &class), letter: Piece::letter(text) },
            text: text.into(),
        }
    }
}

impl Word {
    fn compare(&self, other: &Self) -> (Level, Rarity) {
        if self.same == other.same {
            return (1, self.rarity.min(other.rarity));
        }
        if self.class == other.class {
            return (3, 0);
        }
        let (short, long) = shorter_first(&self.text, &other.text);
        let slips = slips(long.len());
        let apart = short.apart(long, slips.max(long.len() * 2 / 5));
        let level = if apart.is_some_and(|edits| edits <= slips) {
            4
        } else if self.groups.iter().any(|group| other.groups.binary_search(group).is_ok()) || begins(short, long) {
            5
        } else if apart.is_some() {
            7
        } else if short.bytes().first() == long.bytes().first() {
            GIVEN_SAME_INITIAL
        } else {
            GIVEN_DIFFERENT
        };
        (level, 0)
    }
}

fn shorter_first<'s>(a: &'s Spelling, b: &'s Spelling) -> (&'s Spelling, &'s Spelling) {
    if a.len() <= b.len() { (a, b) } else { (b, a) }
}

/// Whether a name is the beginning of a longer one.
fn begins(short: &Spelling, long: &Spelling) -> bool {
    short.len() >= 3 && long.bytes().starts_with(short.bytes())
}

impl Given {
    /// How far two lists of given names agree, and the name that both have.
    fn compare(&self, other: &Self) -> ((Level, Rarity), Option<&Word>) {
        let (a, b) = (self, other);
        if let (true, Some(first)) = (std::ptr::eq(a, b), a.words.first()) {
            return ((1, first.rarity), Some(first));
        }
        if a.words.is_empty() || b.words.is_empty() {
            let (written, letters) = if a.words.is_empty() { (b, a) } else { (a, b) };
            let fits = agree(&written.initials, &letters.initials) || written.was_called(letters);
            let level = if fits { GIVEN_INITIALS } else { GIVEN_DIFFERENT };
            return ((level, 0), None);
        }
        let [one, others @ ..] = &a.words[..] else { return ((MISSING, 0), None) };
        let [two, further @ ..] = &b.words[..] else { return ((MISSING, 0), None) };
        let first = one.compare(two);
        if others.is_empty() && further.is_empty() {
            let (level, rarity) = first;
            let first = if level == 1 && a.has_other_initials(b) { (2, rarity) } else { first };
            return (first, (level == 1).then_some(one));
        }
        let (mut across, mut rarest, mut shared, mut equal) = (GIVEN_DIFFERENT, Rarity::MIN, None, 0);
        for (place, one) in a.words.iter().enumerate() {
            for (at, two) in b.words.iter().enumerate() {
                let (level, rarity) = if (place, at) == (0, 0) { first } else { one.compare(two) };
                equal += usize::from(level == 1);
                across = across.min(level);
                // Of equally rare ones, the same in both directions.
                let same = |word: Option<&Word>| word.map(|word| word.same);
                if level == 1 && (rarity, Some(one.same)) > (rarest, same(shared)) {
                    (rarest, shared) = (rarity, Some(one));
                }
            }
        }
        let fewer = a.words.len().min(b.words.len());
        match first {
            (1, _) => ((if equal < fewer || a.has_other_initials(b) { 2 } else { 1 }, first.1), a.words.first()),
            // The same names in another order.
            _ if fewer > 1 && equal >= fewer => ((2, rarest), shared),
            // A name in another place says little: siblings have each other's second names.
            (level, _) if across < level.min(GIVEN_ALIKE) && level > GIVEN_INITIALS => ((GIVEN_ALIKE, 0), None),
            first => (first, None),
        }
    }

    /// Whether the initials cannot be those of one person: Jan P. and Jan K. agree in one name, as Jan Peter and Jan Karel do.
    fn has_other_initials(&self, other: &Self) -> bool {
        !agree(&self.initials, &other.initials)
    }

    /// Whether letters fit a name that a source gave beside the present ones, as a former name in brackets.
    fn was_called(&self, letters: &Self) -> bool {
        let present =
            |word: &Word| self.initials.iter().any(|initial| normalise::initial_fits(initial, word.text.text()));
        let mut former = self.words.iter().filter(|word| !present(word));
        letters
            .initials
            .first()
            .is_some_and(|letter| former.any(|word| normalise::initial_fits(letter, word.text.text())))
    }

    /// Whether this is the surname of another record: how rare what they share is.
    fn is_in(&self, surname: &Surname) -> Option<Rarity> {
        let mut best = None;
        for word in &self.words {
            for form in &surname.forms {
                let slips = slips(word.text.len().min(form.text.len()));
                if word.text.apart(&form.text, slips).is_some() || word.class == form.class {
                    best = best.max(Some(word.rarity.min(form.rarity)));
                }
            }
        }
        best
    }
}

/// Whether the shorter list of initials stands in the longer one, in its order, beginning with the same: registers leave
/// later names out, and give a hyphenated name one letter or two.
fn agree(a: &[SmolStr], b: &[SmolStr]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let first = short.first().zip(long.first()).is_some_and(|(a, b)| normalise::initial_fits(a, b));
    let mut long = long.iter();
    first && short.iter().all(|initial| long.any(|other| normalise::initial_fits(initial, other)))
}

impl Surname {
    /// How far two surnames agree, and the form that both have.
    fn compare(&self, other: &Self) -> ((Level, Rarity), Option<&Form>) {
        let (Some(a), Some(b)) = (self.forms.first(), other.forms.first()) else { return ((MISSING, 0), None) };
        if a.same == b.same {
            return ((1, a.rarity.min(b.rarity)), Some(a));
        }
        let mut best = (SURNAME_DIFFERENT, 0);
        let mut shared = None;
        let same = |form: Option<&Form>| form.map(|form| form.same);
        let single = self.forms.len() == 1 && other.forms.len() == 1;
        for a in &self.forms {
            for b in &other.forms {
                let (level, rarity) = a.compare(b, single);
                let next = (level <= 2).then_some(a);
                if level < best.0 || (level == best.0 && (rarity, next.map(|n| n.same)) > (best.1, same(shared))) {
                    best = (level, rarity);
                    shared = next;
                }
            }
        }
        (best, shared)
    }
}

impl Form {
    fn compare(&self, other: &Self, single: bool) -> (Level, Rarity) {
        if self.same == other.same {
            return (2, self.rarity.min(other.rarity));
        }
        if self.class == other.class {
            return (3, 0);
        }
        let (short, long) = shorter_first(&self.text, &other.text);
        let slips = slips(long.len());
        let apart = short.apart(long, slips.max(long.len() * 2 / 5));
        let level = if apart.is_some_and(|edits| edits <= slips) {
            4
        } else if (single && apart.is_some()) || begins(short, long) {
            5
        } else if apart.is_some_and(|edits| edits * 3 <= long.len()) {
            7
        } else {
            SURNAME_DIFFERENT
        };
        (level, 0)
    }
}

/// Given names and lists of initials that many have.
#[derive(Default)]
pub(crate) struct GivenParts {
    words: Parts<Arc<Spelt>>,
    initials: Parts<Arc<[SmolStr]>>,
}

impl Value for Given {
    type Parts = GivenParts;

    /// Given names and initials, apart.
    fn prepare(raw: &str, parts: &mut GivenParts) -> Option<Self> {
        let (names, initials) = raw.split_once(APART).unwrap_or((raw, ""));
        let given = normalise::given(Some(names), Some(initials));
        if given.initials.is_empty() {
            return None;
        }
        let mut spelt = |name: &str| parts.words.part(&[name], || Spelt::of(name, normalise::short_forms).into());
        let word = |spelt: Arc<Spelt>| Word { found_by: spelt.found_by, spelt, rarity: 0 };
        let words = given.names.iter().map(|name| word(spelt(name))).collect();
        let initials: SmallVec<[&str; 8]> = given.initials.iter().map(String::as_str).collect();
        let initials = parts.initials.part(&initials, || initials.iter().map(SmolStr::new).collect());
        Some(Self { words, initials })
    }

    fn fetch(&self) -> u64 {
        let word = self
            .words
            .first()
            .map_or(0, |word| word.same.number() ^ word.text.len() as u64 ^ u64::from(word.rarity == 0));
        word ^ self.initials.len() as u64
    }

    fn canon(&self) -> Cow<'_, str> {
        let mut canon = String::with_capacity(32);
        for text in
            self.words.iter().map(|word| word.text.text()).chain([""]).chain(self.initials.iter().map(|i| &i[..]))
        {
            canon.push_str(text);
            canon.push(APART);
        }
        canon.into()
    }
}

impl Value for Surname {
    type Parts = Parts<Arc<Spelt>>;

    /// Prefix and surname, partner's prefix and surname, apart; any number of such pairs.
    fn prepare(raw: &str, parts: &mut Self::Parts) -> Option<Self> {
        let mut columns = raw.split(APART);
        let mut forms: SmallVec<[Form; 1]> = SmallVec::new();
        while let Some(prefix) = columns.next() {
            let surname = columns.next().unwrap_or("");
            if normalise::is_placeholder(surname) {
                continue;
            }
            let prefix = Some(prefix).filter(|prefix| !prefix.is_empty());
            for form in normalise::surname(prefix, surname).forms {
                if !form.core.is_empty() && !forms.iter().any(|known| known.text.text() == form.core) {
                    let spelt = parts.part(&[&form.core], || Spelt::of(&form.core, |_| &[]).into());
                    forms.push(Form { found_by: spelt.found_by, spelt, rarity: 0 });
                }
            }
        }
        (!forms.is_empty()).then_some(Self { forms })
    }

    fn fetch(&self) -> u64 {
        self.forms.first().map_or(0, |form| form.same.number() ^ form.text.len() as u64 ^ u64::from(form.rarity == 0))
    }

    fn canon(&self) -> Cow<'_, str> {
        let mut canon = String::with_capacity(32);
        for form in &self.forms {
            canon.push_str(form.text.text());
            canon.push(APART);
        }
        canon.into()
    }
}
