//! Secrets and ids of one request or session, drawn from the operating system through `aws-lc-rs`.
//!
//! They come straight from here and not from the injected source of the runtime, because nothing of them is ever
//! replayed: they decide nothing and stand in no fact.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The operating system gave no randomness.
#[derive(Debug, thiserror::Error)]
#[error("no randomness from the operating system")]
pub struct NoRandomness;

/// `N` random bytes.
fn bytes<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

/// 256 random bits as 43 characters of base64url: for cookies, states, nonces and PKCE verifiers (RFC 7636 §4.1).
pub(crate) fn secret() -> Result<String, NoRandomness> {
    Ok(URL_SAFE_NO_PAD.encode(bytes::<32>()?))
}

/// `N` random bytes in lower-case hexadecimal.
pub(crate) fn hex<const N: usize>() -> Result<String, NoRandomness> {
    let digit = |number: u8| char::from_digit(u32::from(number), 16).unwrap_or_default();
    Ok(bytes::<N>()?.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect())
}

/// SHA-256. What is stored of a secret of 256 bits, which needs no slow hash.
pub(crate) fn sha256(secret: &str) -> Vec<u8> {
    digest(&SHA256, secret.as_bytes()).as_ref().to_vec()
}

/// SHA-256 as base64url: the PKCE challenge of a verifier (RFC 7636 §4.2, method `S256`).
pub(crate) fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(sha256(verifier))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ_and_have_the_length_of_a_verifier() {
        let (a, b) = (secret().unwrap(), secret().unwrap());
        assert_eq!(a.len(), 43);
        assert_ne!(a, b);
    }

    #[test]
    fn the_challenge_is_that_of_the_standard() {
        // RFC 7636, appendix B.
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(challenge(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }
}
