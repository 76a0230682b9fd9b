//! Each different value of a column once: a million records hold far fewer surnames.

use rustc_hash::FxHashMap;
use siphasher::sip128::SipHasher13;

/// A value that a column can hold.
pub(crate) trait Value: Sized {
    /// Prepares what a source wrote. `None` when it says nothing.
    fn prepare(raw: &str) -> Option<Self>;

    /// The value as one text: equal for values that are the same however they were written.
    fn canon(&self) -> &str;
}

/// The place of a value in its pool. Zero stands for no value.
pub(crate) type ValueId = u32;

/// A text by 128 bits of it (`SipHash` 1-3, Aumasson and Bernstein 2012): two of a thousand million texts are taken for one
/// with a probability of 10⁻²¹.
fn digest(text: &str) -> u128 {
    SipHasher13::new().hash(text.as_bytes()).as_u128()
}

/// The values of one column.
pub(crate) struct Pool<V> {
    written: FxHashMap<u128, ValueId>,
    same: FxHashMap<u128, ValueId>,
    values: Vec<V>,
}

impl<V> Default for Pool<V> {
    fn default() -> Self {
        Self { written: FxHashMap::default(), same: FxHashMap::default(), values: Vec::new() }
    }
}

impl<V: Value> Pool<V> {
    /// The value that stands for what a source wrote; prepared when it is new.
    pub fn take(&mut self, raw: &str) -> ValueId {
        let raw_digest = digest(raw);
        if let Some(id) = self.written.get(&raw_digest) {
            return *id;
        }
        let id = match V::prepare(raw) {
            None => 0,
            Some(value) => {
                let canon = digest(value.canon());
                if let Some(id) = self.same.get(&canon) {
                    *id
                } else {
                    let id = ValueId::try_from(self.values.len() + 1).unwrap_or(0);
                    self.same.insert(canon, id);
                    self.values.push(value);
                    id
                }
            }
        };
        self.written.insert(raw_digest, id);
        id
    }

    /// The value in a place; `None` for no value.
    pub fn get(&self, id: ValueId) -> Option<&V> {
        self.values.get((id as usize).wrapping_sub(1))
    }

    /// All values, in the order in which they came.
    pub fn values(&self) -> &[V] {
        &self.values
    }

    /// All values, to be weighed.
    pub fn values_mut(&mut self) -> &mut [V] {
        &mut self.values
    }

    /// Forgets how values were written, which takes as much memory as the values. What comes later is prepared anew.
    pub fn forget_spellings(&mut self) {
        self.written = FxHashMap::default();
    }
}
