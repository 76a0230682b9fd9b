//! Whether a text is the public key of a user of the broker: base 32 (RFC 4648, without padding) of a byte that says what it
//! is the key of, the 32 bytes of an Ed25519 key, and a check on both (CRC-16/XMODEM, low byte first), as nats-server reads it.
//!
//! One mistyped key would keep the broker from reading its whole configuration, and so stop every publisher.

/// What the key of a user begins with; the letter `U` in base 32.
const USER: u8 = 20 << 3;

/// The bytes of a key, its check among them.
const BYTES: usize = 35;

/// Whether it is.
pub fn is_user(text: &str) -> bool {
    let Some(bytes) = decoded(text).filter(|bytes| bytes.len() == BYTES) else { return false };
    let Some((key, check)) = bytes.split_last_chunk::<2>() else { return false };
    key.first() == Some(&USER) && u16::from_le_bytes(*check) == checksum(key)
}

/// The bytes that a text in base 32 stands for, where it fills them.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 5 / 8);
    let (mut held, mut bits) = (0_u16, 0_u8);
    for letter in text.bytes() {
        let five = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'2'..=b'7' => letter - b'2' + 26,
            _ => return None,
        };
        held = held << 5 | u16::from(five);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.extend(u8::try_from(held >> bits));
            held &= (1 << bits) - 1;
        }
    }
    (bits == 0).then_some(bytes)
}

/// CRC-16/XMODEM: polynomial 1021, from zero.
fn checksum(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |sum, byte| {
        (0..8).fold(sum ^ u16::from(*byte) << 8, |sum, _| if sum & 0x8000 == 0 { sum << 1 } else { sum << 1 ^ 0x1021 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_value_of_the_catalogue_of_parametrised_crc_algorithms() {
        assert_eq!(checksum(b"123456789"), 0x31c3);
    }

    #[test]
    fn only_the_public_key_of_a_user_is_one_and_no_slip_of_the_pen_goes_unseen() {
        let key = "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4";
        assert!(is_user(key));
        for place in 0..key.len() {
            for other in ["A", "7"] {
                let mut slip = key.to_owned();
                slip.replace_range(place..=place, other);
                assert_eq!(is_user(&slip), slip == key, "{slip}");
            }
        }
        // A good key of an account.
        assert!(!is_user("ACNOGX3VZWEH7EQQRGEP2CSBRWGBKX56S3NW5NMGDQUKJIOTYADJOFC7"));
        for other in ["", "U", &key[1..], &format!("{key}A"), &key.to_lowercase(), &format!("U{}", "A".repeat(55)), "é"]
        {
            assert!(!is_user(other), "{other}");
        }
    }
}
