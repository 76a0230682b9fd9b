//! Each different value of a column once: a million records hold far fewer surnames.

use std::borrow::Cow;
use std::hash::Hasher;

use rustc_hash::FxHashMap;
use siphasher::sip128::{Hasher128, SipHasher13};

/// A value that a column can hold.
pub(crate) trait Value: Sized {
    /// What many values have in common, kept while they are prepared.
    type Parts: Default + Send;

    /// Prepares what a source wrote. `None` when it says nothing, as an empty text does.
    fn prepare(raw: &str, parts: &mut Self::Parts) -> Option<Self>;

    /// Something of each part of the value that is compared: see [`Register::fetch`](crate::register::Register::fetch).
    fn fetch(&self) -> u64;

    /// The value as one text: equal for values that are the same however they were written.
    fn canon(&self) -> Cow<'_, str>;
}

/// The place of a value in its pool. Zero stands for no value.
pub(crate) type ValueId = u32;

/// A text by 128 bits of it (`SipHash` 1-3, Aumasson and Bernstein 2012): two of a thousand million texts are taken for one
/// with a probability of 10⁻²¹.
type Digest = [u64; 2];

fn digest(texts: &[&str]) -> Digest {
    let mut hasher = SipHasher13::new();
    for text in texts {
        hasher.write(text.as_bytes());
        // Stands in no text of UTF-8, so that texts that are joined end where they end.
        hasher.write(&[0xff]);
    }
    let digest = hasher.finish128();
    [digest.h1, digest.h2]
}

/// Numbers for texts, the same for the same; from 1.
#[derive(Default)]
pub(crate) struct Numbering(FxHashMap<Digest, u32>);

impl Numbering {
    /// The number of these texts together.
    pub fn number(&mut self, texts: &[&str]) -> u32 {
        let next = u32::try_from(self.0.len() + 1).unwrap_or(0);
        *self.0.entry(digest(texts)).or_insert(next)
    }
}

/// Parts of values, each once: a million records have few streets, and few given names. So they are prepared once, take less
/// memory, and are at hand when they are compared.
pub(crate) struct Parts<P>(FxHashMap<Digest, P>);

impl<P> Default for Parts<P> {
    fn default() -> Self {
        Self(FxHashMap::default())
    }
}

impl<P: Clone> Parts<P> {
    /// The part that stands for these texts together; made when it is new.
    pub fn part(&mut self, texts: &[&str], make: impl FnOnce() -> P) -> P {
        self.0.entry(digest(texts)).or_insert_with(make).clone()
    }
}

/// How many values stand in one piece of memory: what grows by pieces is never moved.
const PIECE: usize = 1 << 12;

/// The values of one column.
pub(crate) struct Pool<V: Value> {
    written: FxHashMap<Digest, ValueId>,
    parts: V::Parts,
    same: Numbering,
    pieces: Vec<Vec<V>>,
}

impl<V: Value> Default for Pool<V> {
    fn default() -> Self {
        Self {
            written: FxHashMap::default(),
            parts: V::Parts::default(),
            same: Numbering::default(),
            pieces: Vec::new(),
        }
    }
}

impl<V: Value> Pool<V> {
    /// The value that stands for what a source wrote; prepared when it is new.
    pub fn take(&mut self, raw: &str) -> ValueId {
        if raw.is_empty() {
            return 0;
        }
        let raw_digest = digest(&[raw]);
        if let Some(id) = self.written.get(&raw_digest) {
            return *id;
        }
        let id = V::prepare(raw, &mut self.parts).map_or(0, |value| {
            let id = self.same.number(&[&value.canon()]);
            if id as usize > self.len() {
                self.push(value);
            }
            id
        });
        self.written.insert(raw_digest, id);
        id
    }

    fn len(&self) -> usize {
        self.pieces.last().map_or(0, |last| (self.pieces.len() - 1) * PIECE + last.len())
    }

    fn push(&mut self, value: V) {
        if self.pieces.last().is_none_or(|piece| piece.len() == PIECE) {
            // A small register stays small.
            let capacity = if self.pieces.is_empty() { 0 } else { PIECE };
            self.pieces.push(Vec::with_capacity(capacity));
        }
        if let Some(piece) = self.pieces.last_mut() {
            piece.push(value);
        }
    }

    /// The value in a place; `None` for no value.
    pub fn get(&self, id: ValueId) -> Option<&V> {
        let place = (id as usize).wrapping_sub(1);
        self.pieces.get(place / PIECE)?.get(place % PIECE)
    }

    /// Reads a little of these values, and answers nothing of meaning: see [`Value::fetch`].
    pub fn fetch(&self, values: impl Iterator<Item = ValueId>) -> u64 {
        values.fold(0, |sum, value| sum ^ self.get(value).map_or(0, V::fetch))
    }

    /// All values, in the order in which they came.
    pub fn values(&self) -> impl Iterator<Item = &V> + Clone {
        self.pieces.iter().flatten()
    }

    /// All values, to be weighed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.pieces.iter_mut().flatten()
    }

    /// Forgets how values were written, which takes as much memory as the values. What comes later is prepared anew.
    pub fn forget_spellings(&mut self) {
        self.written = FxHashMap::default();
        self.parts = V::Parts::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_made_once_and_joined_texts_end_where_they_end() {
        let (mut parts, mut made) = (Parts::default(), 0);
        let mut part = |texts: &[&str]| {
            parts.part(texts, || {
                made += 1;
                made
            })
        };
        assert_eq!([part(&["AB", "C"]), part(&["A", "BC"]), part(&["AB", "C"]), part(&["ABC"])], [1, 2, 1, 3]);
    }
}
