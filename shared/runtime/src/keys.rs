//! The two keys of the register, read from a file that only its owner can read.
//!
//! Invariants: the keys exist in the clear in that file and in memory only; memory is wiped when they are dropped; they
//! print as `…`; a file that others can read is refused, not warned about.
//!
//! The file holds two lines, each 32 bytes in hexadecimal or base64; lines that begin with `#` are for people:
//! ```text
//! encryption = 6f1c…
//! index = 90ab…
//! ```

use std::fmt;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::ids::{self, NoRandomness};

/// A key file is two short lines; more than this is another file.
const LONGEST_FILE: u64 = 4096;

/// 32 bytes that nobody may see: printed as `…`, wiped from memory when dropped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct SecretBytes([u8; 32]);

impl SecretBytes {
    /// Takes over a key.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A new random key.
    pub fn random() -> Result<Self, NoRandomness> {
        ids::bytes().map(Self)
    }

    /// The key itself, for the one who encrypts or computes with it.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads 64 hexadecimal digits, or base64 of 32 bytes.
    fn parse(text: &str) -> Option<Self> {
        let mut secret = Self([0; 32]);
        if text.len() == 64 && text.is_ascii() {
            for (byte, digits) in secret.0.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
                let high = char::from(digits[0]).to_digit(16)?;
                let low = char::from(digits[1]).to_digit(16)?;
                *byte = u8::try_from(high * 16 + low).ok()?;
            }
            return Some(secret);
        }
        let mut bytes = Zeroizing::new([0; 48]);
        let length = STANDARD.decode_slice(text, bytes.as_mut_slice()).ok()?;
        if length != secret.0.len() {
            return None;
        }
        secret.0.copy_from_slice(&bytes[..length]);
        Some(secret)
    }

    fn hex(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(64));
        for byte in &self.0 {
            for digit in [byte >> 4, byte & 15] {
                text.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
            }
        }
        text
    }
}

impl fmt::Debug for SecretBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretBytes(…)")
    }
}

/// The keys of the register.
#[derive(Clone, Debug)]
pub struct Keys {
    /// Wraps the data key of every sealed party record. Who loses it loses every name in the register; who leaks it must
    /// wrap every data key anew.
    pub encryption: SecretBytes,
    /// Turns blocking keys into HMACs, so that an index names nobody.
    pub index: SecretBytes,
}

/// Why the keys could not be had.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file could not be opened, read or made.
    #[error("cannot {verb} key file {}", path.display())]
    Io {
        /// What was tried.
        verb: &'static str,
        /// The key file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Group or others have rights on the file.
    #[error("key file {} has mode {mode:04o}, so that others may use it; run: chmod 600 {}", path.display(), path.display())]
    Exposed {
        /// The key file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// A line is missing, double, or not 32 bytes in hexadecimal or base64.
    #[error("key file {} needs one line `{name} = ` with 32 bytes in hexadecimal or base64", path.display())]
    Malformed {
        /// The key file.
        path: PathBuf,
        /// The line at fault.
        name: &'static str,
    },
    /// The two keys are the same bytes, which would let the index help against the encryption.
    #[error("key file {} holds the same key twice", path.display())]
    Same {
        /// The key file.
        path: PathBuf,
    },
    /// No random bytes for new keys.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

impl Keys {
    /// Two new random keys, for tests and for [`Keys::create_if_missing`].
    pub fn random() -> Result<Self, NoRandomness> {
        Ok(Self { encryption: SecretBytes::random()?, index: SecretBytes::random()? })
    }

    /// Reads the keys from a file of which group and others have no rights at all.
    pub fn load(path: &Path) -> Result<Self, KeyError> {
        let failed = |verb| move |source| KeyError::Io { verb, path: path.to_path_buf(), source };
        let file = File::open(path).map_err(failed("open"))?;
        // Asked of the open file, so that it cannot be exchanged between the question and the reading.
        let mode = file.metadata().map_err(failed("read"))?.mode() & 0o7777;
        if mode & 0o077 != 0 {
            return Err(KeyError::Exposed { path: path.to_path_buf(), mode });
        }
        let mut text = Zeroizing::new(String::new());
        file.take(LONGEST_FILE).read_to_string(&mut text).map_err(failed("read"))?;
        let keys = Self { encryption: line(&text, path, "encryption")?, index: line(&text, path, "index")? };
        if keys.encryption == keys.index {
            return Err(KeyError::Same { path: path.to_path_buf() });
        }
        Ok(keys)
    }

    /// Reads the keys, after making new ones where the file is not there yet: for the private development stack, where
    /// no one hands out keys. The file is made with mode 0600 and never overwritten.
    pub fn create_if_missing(path: &Path) -> Result<Self, KeyError> {
        let failed = |source| KeyError::Io { verb: "make", path: path.to_path_buf(), source };
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            DirBuilder::new().recursive(true).mode(0o755).create(folder).map_err(failed)?;
        }
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
            Ok(mut file) => {
                let keys = Self::random()?;
                let mut text = Zeroizing::new(String::with_capacity(256));
                text.push_str(
                    "# Keys of a development register. Without them its names cannot be read.\nencryption = ",
                );
                text.push_str(&keys.encryption.hex());
                text.push_str("\nindex = ");
                text.push_str(&keys.index.hex());
                text.push('\n');
                file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(error)),
        }
        Self::load(path)
    }
}

fn line(text: &str, path: &Path, name: &'static str) -> Result<SecretBytes, KeyError> {
    let malformed = || KeyError::Malformed { path: path.to_path_buf(), name };
    let mut values = text
        .lines()
        .filter_map(|line| line.split_once('='))
        .filter(|(key, _)| key.trim() == name)
        // Base64 may end in `=`: only the first one divides.
        .map(|(_, value)| value.trim());
    match (values.next(), values.next()) {
        (Some(value), None) => SecretBytes::parse(value).ok_or_else(malformed),
        _ => Err(malformed()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::dev::Scratch;

    fn written(scratch: &Scratch, text: &str, mode: u32) -> PathBuf {
        let path = scratch.path().join(ids::id().to_string());
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        path
    }

    #[test]
    fn makes_keys_once_with_mode_0600_and_reads_them_again() {
        let scratch = Scratch::new("keys").unwrap();
        let path = scratch.path().join("below/keys");
        let made = Keys::create_if_missing(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o7777, 0o600);
        let again = Keys::create_if_missing(&path).unwrap();
        assert!(made.encryption == again.encryption && made.index == again.index);
        assert!(made.encryption != made.index);
    }

    #[test]
    fn refuses_a_file_that_others_may_use() {
        let scratch = Scratch::new("keys").unwrap();
        let text = format!("encryption = {}\nindex = {}\n", "11".repeat(32), "22".repeat(32));
        for mode in [0o640, 0o604, 0o660, 0o610, 0o644] {
            let refused = Keys::load(&written(&scratch, &text, mode)).unwrap_err();
            assert!(matches!(refused, KeyError::Exposed { mode: seen, .. } if seen == mode));
            assert!(refused.to_string().contains("chmod 600"));
        }
        for mode in [0o600, 0o400] {
            assert!(Keys::load(&written(&scratch, &text, mode)).is_ok());
        }
    }

    #[test]
    fn reads_hexadecimal_and_base64() {
        let scratch = Scratch::new("keys").unwrap();
        let text = format!("# for people\nencryption = {}\nindex={}\n", "AB".repeat(32), STANDARD.encode([7; 32]));
        let keys = Keys::load(&written(&scratch, &text, 0o600)).unwrap();
        assert_eq!(keys.encryption.expose(), &[0xAB; 32]);
        assert_eq!(keys.index.expose(), &[7; 32]);
    }

    #[test]
    fn says_which_line_is_wrong_and_never_what_it_said() {
        let scratch = Scratch::new("keys").unwrap();
        let good = "11".repeat(32);
        let cases = [
            (String::new(), "encryption"),
            (format!("encryption = {good}\n"), "index"),
            (format!("encryption = {good}\nindex = beefbeef\n"), "index"),
            (format!("encryption = {good}\nencryption = {good}\nindex = {good}\n"), "encryption"),
            (format!("encryption = {}\nindex = {good}", "zz".repeat(32)), "encryption"),
            (format!("encryption = {}\nindex = {good}", "é".repeat(32)), "encryption"),
        ];
        for (text, at_fault) in cases {
            let refused = Keys::load(&written(&scratch, &text, 0o600)).unwrap_err();
            assert!(matches!(refused, KeyError::Malformed { name, .. } if name == at_fault), "{refused}");
            assert!(!refused.to_string().contains("beef"));
        }
        let same = written(&scratch, &format!("encryption = {good}\nindex = {good}\n"), 0o600);
        assert!(matches!(Keys::load(&same), Err(KeyError::Same { .. })));
    }

    #[test]
    fn prints_nothing_of_a_key() {
        let keys = Keys { encryption: SecretBytes::new([0xAB; 32]), index: SecretBytes::new([0xCD; 32]) };
        assert_eq!(format!("{keys:?}"), "Keys { encryption: SecretBytes(…), index: SecretBytes(…) }");
    }
}
