//! Each different value of a column once: a million records hold far fewer surnames.

use rustc_hash::FxHashMap;

/// A value that a column can hold.
pub(crate) trait Value: Sized {
    /// Prepares what a source wrote. `None` when it says nothing.
    fn prepare(raw: &str) -> Option<Self>;

    /// The value as one text: equal for values that are the same however they were written.
    fn canon(&self) -> &str;
}

/// The place of a value in its pool. Zero stands for no value.
pub(crate) type ValueId = u32;

/// The values of one column.
pub(crate) struct Pool<V> {
    written: FxHashMap<Box<str>, ValueId>,
    same: FxHashMap<Box<str>, ValueId>,
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
        if let Some(id) = self.written.get(raw) {
            return *id;
        }
        let id = match V::prepare(raw) {
            None => 0,
            Some(value) => {
                if let Some(id) = self.same.get(value.canon()) {
                    *id
                } else {
                    let id = ValueId::try_from(self.values.len() + 1).unwrap_or(0);
                    self.same.insert(value.canon().into(), id);
                    self.values.push(value);
                    id
                }
            }
        };
        self.written.insert(raw.into(), id);
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
