//! Ids and tokens that nobody can guess: the one place where randomness becomes a name for something.
//!
//! Invariant: an id that could be derived from what it names is derived there (uuid v5), not made here.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

/// The machine gave no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the machine gave no random bytes")]
pub struct NoRandomness;

/// A new id. Version 7: ids made later sort later, which keeps database indexes compact.
#[expect(clippy::disallowed_methods, reason = "this is the place where ids are made")]
pub fn id() -> Uuid {
    Uuid::now_v7()
}

/// A secret of 256 random bits as 43 characters that need no escaping in a URL, a header or a configuration file.
pub fn token() -> Result<String, NoRandomness> {
    Ok(URL_SAFE_NO_PAD.encode(bytes::<32>()?))
}

/// `N` random bytes, fit to be a key.
pub fn bytes<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_differ_and_sort_by_when_they_were_made() {
        let made: Vec<Uuid> = (0..1000).map(|_| id()).collect();
        assert!(made.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn a_token_is_43_plain_characters_and_never_the_same() {
        let (one, two) = (token().unwrap(), token().unwrap());
        assert_eq!(one.len(), 43);
        assert!(one.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'));
        assert_ne!(one, two);
    }
}
