//! Each different value of a column once: a million records hold far fewer surnames.

use std::borrow::Cow;
use std::hash::Hasher;

use rustc_hash::FxHashMap;
use siphasher::sip128::{Hasher128, SipHasher13};

/// A value that a column can hold.
pub(crate) trait Value: Sized {
    /// Prepares what a source wrote. `None` when it says nothing, as an empty text does.
    fn prepare(raw: &str) -> Option<Self>;

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

/// How many values stand in one piece of memory: what grows by pieces is never moved.
const PIECE: usize = 1 << 12;

/// The values of one column.
pub(crate) struct Pool<V> {
    written: FxHashMap<Digest, ValueId>,
    same: Numbering,
    pieces: Vec<Vec<V>>,
}

impl<V> Default for Pool<V> {
    fn default() -> Self {
        Self { written: FxHashMap::default(), same: Numbering::default(), pieces: Vec::new() }
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
        let id = V::prepare(raw).map_or(0, |value| {
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

    /// See [`Value::fetch`].
    pub fn fetch(&self, id: ValueId) -> u64 {
        self.get(id).map_or(0, V::fetch)
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
    }
}
