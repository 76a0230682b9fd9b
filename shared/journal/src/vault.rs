//! The vault: seals personal fields, opens them again, and forgets them for good.
//!
//! Each party record (and each quarantined event) has a data key of its own, wrapped by a key-encryption key that stands in
//! a file, never in the database. Sealing is AES-256-GCM-SIV (RFC 8452: misuse-resistant); the associated data names the
//! data key and what is sealed, so that a ciphertext cannot be moved to another record or taken for another kind of value.
//! Dropping the wrapped key is erasure. Values are looked up by a keyed hash (HMAC-SHA-256) under a key of its own.

use std::collections::{BTreeMap, BTreeSet};

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use aws_lc_rs::{hkdf, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::ids::KeyId;
use domain::sealed::Sealed;
use sqlx::PgConnection;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::JournalError;

/// The layout of a ciphertext: this byte, the nonce, the ciphertext with its tag.
const LAYOUT: u8 = 1;

/// Why the vault would not.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The data key was dropped: the person has been erased.
    #[error("data key {0} was dropped: what it sealed is gone")]
    Dropped(KeyId),
    /// There is no such data key.
    #[error("data key {0} is unknown")]
    Unknown(KeyId),
    /// The data key was wrapped under another key-encryption key than the one this process was given.
    #[error("data key {key} was wrapped under key-encryption key {wrapped}, this process holds {held}")]
    OtherKek {
        /// The data key.
        key: KeyId,
        /// The number of the key it was wrapped under.
        wrapped: i16,
        /// The number of the key held.
        held: i16,
    },
    /// The ciphertext was changed, moved, or sealed under another key.
    #[error("ciphertext under data key {0} does not open: it was changed or belongs elsewhere")]
    Tampered(KeyId),
    /// The cryptographic library failed.
    #[error("cryptographic library failed")]
    Crypto,
    /// The key table could not be read or written.
    #[error("key table")]
    Journal(#[source] Box<JournalError>),
}

impl From<sqlx::Error> for VaultError {
    fn from(error: sqlx::Error) -> Self {
        Self::Journal(Box::new(error.into()))
    }
}

impl From<aws_lc_rs::error::Unspecified> for VaultError {
    fn from(_: aws_lc_rs::error::Unspecified) -> Self {
        Self::Crypto
    }
}

/// The key under which data keys are wrapped.
#[derive(Clone)]
pub struct KeyEncryptionKey {
    /// Its number, so that another can take its place while old wrappings still open.
    pub number: i16,
    /// 256 bits.
    pub bytes: Zeroizing<[u8; 32]>,
}

/// The key under which values are looked up: 256 bits, of no use for opening anything.
#[derive(Clone)]
pub struct IndexKey(pub Zeroizing<[u8; 32]>);

/// Seals and opens personal values.
#[derive(Clone)]
pub struct Vault {
    kek: KeyEncryptionKey,
    index: hmac::Key,
}

/// An opened data key, for one stretch of work.
pub struct DataKey {
    id: KeyId,
    key: LessSafeKey,
}

impl Vault {
    /// A vault with the given keys.
    pub fn new(kek: KeyEncryptionKey, index: &IndexKey) -> Self {
        Self { kek, index: hmac::Key::new(hmac::HMAC_SHA256, index.0.as_slice()) }
    }

    /// The data keys of those ids, made and stored where they do not exist yet, opened, in the order given.
    ///
    /// # Errors
    /// When one was dropped, or the key table cannot be reached.
    pub async fn make_keys(&self, sql: &mut PgConnection, ids: &[KeyId]) -> Result<Vec<DataKey>, VaultError> {
        let mut made = BTreeMap::new();
        for id in ids {
            let mut bytes = Zeroizing::new([0_u8; 32]);
            SystemRandom::new().fill(bytes.as_mut_slice())?;
            made.insert(id.uuid(), (*id, bytes));
        }
        let uuids: Vec<Uuid> = made.keys().copied().collect();
        let wrapped = made.values().map(|(id, bytes)| self.wrap(*id, bytes)).collect::<Result<Vec<_>, _>>()?;
        let new = sqlx::query_scalar!(
            "insert into journal.keys (id, kek, wrapped)
             select id, $2, wrapped from unnest($1::uuid[], $3::bytea[]) as key(id, wrapped)
             on conflict (id) do nothing returning id",
            &uuids,
            self.kek.number,
            &wrapped
        )
        .fetch_all(&mut *sql)
        .await?;
        let new: BTreeSet<Uuid> = new.into_iter().collect();
        let old: Vec<KeyId> = ids.iter().copied().filter(|id| !new.contains(&id.uuid())).collect();
        let mut kept = if old.is_empty() { Vec::new() } else { self.keys(sql, &old).await? }.into_iter();
        ids.iter()
            .map(|id| match made.get(&id.uuid()) {
                Some((_, bytes)) if new.contains(&id.uuid()) => Ok(DataKey { id: *id, key: key(bytes.as_slice())? }),
                _ => kept.next().flatten().ok_or(VaultError::Dropped(*id)),
            })
            .collect()
    }

    /// The data keys of those ids, opened, in the order given; nothing where one was dropped.
    ///
    /// # Errors
    /// When one never existed, does not open, or the key table cannot be reached.
    pub async fn keys(&self, sql: &mut PgConnection, ids: &[KeyId]) -> Result<Vec<Option<DataKey>>, VaultError> {
        let uuids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
        let rows =
            sqlx::query!("select id, kek, wrapped from journal.keys where id = any($1)", &uuids).fetch_all(sql).await?;
        let rows: BTreeMap<_, _> = rows.into_iter().map(|row| (row.id, row)).collect();
        ids.iter()
            .map(|id| {
                let row = rows.get(&id.uuid()).ok_or(VaultError::Unknown(*id))?;
                let Some(wrapped) = &row.wrapped else { return Ok(None) };
                if row.kek != self.kek.number {
                    return Err(VaultError::OtherKek { key: *id, wrapped: row.kek, held: self.kek.number });
                }
                let bytes = open(&key(self.kek.bytes.as_slice())?, &wrap_aad(*id), wrapped)
                    .map_err(|_| VaultError::Tampered(*id))?;
                Ok(Some(DataKey { id: *id, key: key(&bytes)? }))
            })
            .collect()
    }

    /// Forgets a data key: everything it sealed, in facts, read models, backups of the journal and streams, is gone.
    /// Answers whether there was one to forget.
    ///
    /// # Errors
    /// When the key table cannot be reached.
    pub async fn drop_key(sql: &mut PgConnection, id: KeyId) -> Result<bool, VaultError> {
        let done = sqlx::query!(
            "update journal.keys set wrapped = null, dropped_at = clock_timestamp() where id = $1 and wrapped is not null",
            id.uuid()
        )
        .execute(sql)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Whether the data key of that id exists and was not dropped.
    ///
    /// # Errors
    /// When the key table cannot be reached.
    pub async fn holds(&self, sql: &mut PgConnection, id: KeyId) -> Result<bool, VaultError> {
        let held = sqlx::query_scalar!(
            r#"select exists (select from journal.keys where id = $1 and wrapped is not null) as "held!""#,
            id.uuid()
        );
        Ok(held.fetch_one(sql).await?)
    }

    /// The keyed hash under which a value is looked up: equal for equal parts of the same kind, and opaque without the key.
    pub fn index(&self, kind: &str, parts: &[&str]) -> Vec<u8> {
        let mut context = hmac::Context::with_key(&self.index);
        context.update(kind.as_bytes());
        for part in parts {
            context.update(&[0x1f]);
            context.update(part.as_bytes());
        }
        context.sign().as_ref().to_vec()
    }

    /// Seals something of the house's own that belongs to no record, under the key-encryption key itself.
    ///
    /// # Errors
    /// When the cryptographic library fails.
    pub fn seal_own(&self, what: &str, plaintext: &[u8]) -> Result<String, VaultError> {
        let id = KeyId::derived(&["own", what]);
        Ok(STANDARD.encode(seal(&key(self.kek.bytes.as_slice())?, &value_aad(id, what), plaintext)?))
    }

    /// Opens what [`Vault::seal_own`] sealed.
    ///
    /// # Errors
    /// When it was sealed under another key, as something else, or was changed.
    pub fn open_own(&self, what: &str, sealed: &str) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let id = KeyId::derived(&["own", what]);
        let bytes = STANDARD.decode(sealed).map_err(|_| VaultError::Tampered(id))?;
        open(&key(self.kek.bytes.as_slice())?, &value_aad(id, what), &bytes).map_err(|_| VaultError::Tampered(id))
    }

    fn wrap(&self, id: KeyId, bytes: &[u8; 32]) -> Result<Vec<u8>, VaultError> {
        seal(&key(self.kek.bytes.as_slice())?, &wrap_aad(id), bytes)
    }
}

impl DataKey {
    /// Seals `plaintext` as a value of kind `what`.
    ///
    /// # Errors
    /// When the cryptographic library fails.
    pub fn seal<T>(&self, what: &str, plaintext: &[u8]) -> Result<Sealed<T>, VaultError> {
        let sealed = seal(&self.key, &value_aad(self.id, what), plaintext)?;
        Ok(Sealed::new(self.id, STANDARD.encode(sealed)))
    }

    /// Opens what was sealed under this key as a value of kind `what`.
    ///
    /// # Errors
    /// When it was sealed under another key, as another kind, or was changed.
    pub fn open<T>(&self, what: &str, sealed: &Sealed<T>) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let bytes = STANDARD.decode(&sealed.sealed).map_err(|_| VaultError::Tampered(self.id))?;
        open(&self.key, &value_aad(self.id, what), &bytes).map_err(|_| VaultError::Tampered(self.id))
    }
}

/// A key of our own for another purpose (a cursor's signature, say) out of one that is kept in a file.
///
/// # Errors
/// When the cryptographic library fails.
pub fn derive(secret: &[u8; 32], purpose: &str) -> Result<Zeroizing<[u8; 32]>, VaultError> {
    let mut derived = Zeroizing::new([0_u8; 32]);
    hkdf::Salt::new(hkdf::HKDF_SHA256, b"verband")
        .extract(secret)
        .expand(&[purpose.as_bytes()], hkdf::HKDF_SHA256)?
        .fill(derived.as_mut_slice())?;
    Ok(derived)
}

fn wrap_aad(id: KeyId) -> String {
    format!("journal.keys/{id}")
}

fn value_aad(id: KeyId, what: &str) -> String {
    format!("value/{what}/{id}")
}

fn key(bytes: &[u8]) -> Result<LessSafeKey, VaultError> {
    Ok(LessSafeKey::new(UnboundKey::new(&AES_256_GCM_SIV, bytes)?))
}

fn seal(key: &LessSafeKey, aad: &str, plaintext: &[u8]) -> Result<Vec<u8>, VaultError> {
    let mut nonce = [0_u8; NONCE_LEN];
    SystemRandom::new().fill(&mut nonce)?;
    let mut text = plaintext.to_vec();
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(aad.as_bytes()), &mut text)?;
    let mut sealed = Vec::with_capacity(1 + NONCE_LEN + text.len());
    sealed.push(LAYOUT);
    sealed.extend_from_slice(&nonce);
    sealed.append(&mut text);
    Ok(sealed)
}

fn open(key: &LessSafeKey, aad: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, aws_lc_rs::error::Unspecified> {
    let (layout, rest) = sealed.split_first().ok_or(aws_lc_rs::error::Unspecified)?;
    if *layout != LAYOUT || rest.len() < NONCE_LEN {
        return Err(aws_lc_rs::error::Unspecified);
    }
    let (nonce, text) = rest.split_at(NONCE_LEN);
    let mut text = Zeroizing::new(text.to_vec());
    let nonce = Nonce::try_assume_unique_for_key(nonce)?;
    let length = key.open_in_place(nonce, Aad::from(aad.as_bytes()), text.as_mut_slice())?.len();
    text.truncate(length);
    Ok(text)
}

#[cfg(test)]
mod tests {
    use domain::ids::PartyId;

    use super::*;

    fn data_key(name: &str) -> DataKey {
        let id = KeyId::of_party(PartyId::derived(&[name]));
        DataKey { id, key: key(&[7; 32]).expect("32 bytes are a key") }
    }

    #[test]
    fn what_was_sealed_opens_again_and_shows_nothing() {
        let key = data_key("a");
        let sealed: Sealed<()> = key.seal("party", b"Samira").expect("seals");
        assert_eq!(key.open("party", &sealed).expect("opens").as_slice(), b"Samira");
        assert!(!sealed.sealed.contains("Samira"));
        assert!(!format!("{sealed:?}").contains(&sealed.sealed));
    }

    #[test]
    fn a_ciphertext_is_bound_to_its_record_and_kind() {
        let (a, b) = (data_key("a"), data_key("b"));
        let sealed: Sealed<()> = a.seal("party", b"Samira").expect("seals");
        assert!(matches!(a.open("note", &sealed), Err(VaultError::Tampered(_))));
        assert!(matches!(b.open("party", &sealed), Err(VaultError::Tampered(_))));
        let cut = Sealed::<()>::new(sealed.key, STANDARD.encode([LAYOUT, 0, 0]));
        assert!(matches!(a.open("party", &cut), Err(VaultError::Tampered(_))));
    }

    #[test]
    fn no_two_ciphertexts_are_alike() {
        let key = data_key("a");
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..1_000 {
            let sealed: Sealed<()> = key.seal("party", b"Samira").expect("seals");
            assert!(seen.insert(sealed.sealed));
        }
    }

    #[test]
    fn the_index_is_keyed_and_separates_its_parts() {
        let kek = KeyEncryptionKey { number: 1, bytes: Zeroizing::new([1; 32]) };
        let one = Vault::new(kek.clone(), &IndexKey(Zeroizing::new([2; 32])));
        let other = Vault::new(kek, &IndexKey(Zeroizing::new([3; 32])));
        assert_eq!(one.index("bsn", &["x"]), one.index("bsn", &["x"]));
        assert_ne!(one.index("bsn", &["x"]), other.index("bsn", &["x"]));
        assert_ne!(one.index("name", &["ab", "c"]), one.index("name", &["a", "bc"]));
        assert_ne!(one.index("bsn", &["x"]), one.index("skn", &["x"]));
    }
}
