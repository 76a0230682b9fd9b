//! Records on their way into a register.

use std::fmt;

/// A record as a source wrote it. What is not known is empty.
#[derive(Clone, Default)]
pub struct Entry {
    /// The record's id; records of a register that have the same are the same: see [`Register::sort`](super::Register::sort).
    pub id: Box<str>,
    /// Where it comes from. Where only records of different sources are compared, those of one are not.
    pub source: Box<str>,
    /// The case it stands in, if any, as its source numbers cases: two parties of one case are two persons.
    pub case: Box<str>,
    /// Whether its role is one that somebody can have who stands in the case already, as a successor has.
    pub again: bool,
    /// What was written, field by field in the order of the schema. A field of several columns has them apart:
    /// see [`joined`](super::joined).
    pub fields: Vec<Box<str>>,
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Texts one after another: millions of them in one piece of memory.
#[derive(Clone, Default)]
pub(crate) struct Texts {
    all: String,
    ends: Vec<usize>,
}

impl Texts {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Adds what `write` writes.
    pub fn add(&mut self, write: impl FnOnce(&mut String)) {
        write(&mut self.all);
        self.ends.push(self.all.len());
    }

    /// A text; empty when there is none in that place.
    pub fn get(&self, place: usize) -> &str {
        let begin = place.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let text = begin.zip(self.ends.get(place)).and_then(|(begin, end)| self.all.get(begin..*end));
        text.unwrap_or("")
    }

    /// These texts, in this order.
    pub fn pick(&self, places: impl Iterator<Item = usize> + Clone) -> Self {
        let length = places.clone().map(|place| self.get(place).len()).sum();
        let ends = Vec::with_capacity(places.size_hint().0);
        let mut picked = Self { all: String::with_capacity(length), ends };
        places.for_each(|place| picked.add(|text| text.push_str(self.get(place))));
        picked
    }
}

/// Many records as their sources wrote them, in one piece of memory.
#[derive(Clone, Default)]
pub struct Entries {
    /// Record by record: id, source, case, and the fields.
    texts: Texts,
    /// Where each record begins.
    begins: Vec<usize>,
    again: Vec<bool>,
}

/// The places of a record's texts, from its beginning.
const ID: usize = 0;
const SOURCE: usize = 1;
const CASE: usize = 2;
const FIELDS: usize = 3;

impl Entries {
    /// Adds a record that has no fields yet: see [`Entries::field`]. What its texts mean stands at [`Entry`].
    pub fn record(&mut self, id: &str, source: &str, case: &str, again: bool) {
        self.begins.push(self.texts.len());
        self.again.push(again);
        for text in [id, source, case] {
            self.texts.add(|all| all.push_str(text));
        }
    }

    /// Adds the next field of the record that came last, as `write` appends it.
    pub fn field(&mut self, write: impl FnOnce(&mut String)) {
        self.texts.add(write);
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.begins.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.begins.is_empty()
    }

    fn text(&self, record: usize, place: usize) -> &str {
        let begin = self.begins.get(record).copied().unwrap_or(usize::MAX);
        let end = self.begins.get(record + 1).copied().unwrap_or(self.texts.len());
        let place = begin.saturating_add(place);
        if place < end { self.texts.get(place) } else { "" }
    }

    pub(crate) fn id(&self, record: usize) -> &str {
        self.text(record, ID)
    }

    pub(crate) fn source(&self, record: usize) -> &str {
        self.text(record, SOURCE)
    }

    pub(crate) fn case(&self, record: usize) -> &str {
        self.text(record, CASE)
    }

    pub(crate) fn again(&self, record: usize) -> bool {
        self.again.get(record).copied().unwrap_or(false)
    }

    /// What was written in a field; empty where a record has fewer.
    pub(crate) fn written(&self, record: usize, field: usize) -> &str {
        self.text(record, FIELDS + field)
    }
}

impl fmt::Debug for Entries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entries").field("records", &self.len()).finish_non_exhaustive()
    }
}

impl<'e> FromIterator<&'e Entry> for Entries {
    fn from_iter<I: IntoIterator<Item = &'e Entry>>(entries: I) -> Self {
        let mut all = Self::default();
        for Entry { id, source, case, again, fields } in entries {
            all.record(id, source, case, *again);
            for field in fields {
                all.field(|text| text.push_str(field));
            }
        }
        all
    }
}
