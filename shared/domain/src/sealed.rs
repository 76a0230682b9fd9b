//! A personal value that was encrypted before it became part of a fact.
//!
//! Floor 0 only carries it about: sealing and unsealing need a key and are the journal's. Whoever has no key can read,
//! order and replay every fact, and learns nothing about the person.

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use crate::ids::KeyId;

/// A `T` under lock: the ciphertext, and which data key opens it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Sealed<T> {
    /// The data key; when it has been dropped, the value is gone for good.
    pub key: KeyId,
    /// Version, nonce and ciphertext, in base64 (standard alphabet, padded). Opaque to everybody but the journal's vault.
    #[serde(rename = "box")]
    pub sealed: String,
    #[serde(skip)]
    kind: PhantomData<fn() -> T>,
}

impl<T> Sealed<T> {
    /// Wraps what the vault produced.
    pub const fn new(key: KeyId, sealed: String) -> Self {
        Self { key, sealed, kind: PhantomData }
    }
}

impl<T> fmt::Debug for Sealed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealed").field("key", &self.key).finish_non_exhaustive()
    }
}
