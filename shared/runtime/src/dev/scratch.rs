//! A folder that is gone when its holder is.

use std::fs;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use super::{DevError, cannot};
use crate::ids;

/// A new empty folder below the system's folder for temporary files, removed when dropped.
#[derive(Debug)]
pub struct Scratch(PathBuf);

impl Scratch {
    /// Makes the folder; `name` appears in its name. Others may enter but not write. Errors: no room or no right.
    pub fn new(name: &str) -> Result<Self, DevError> {
        let folder = std::env::temp_dir().join(format!("verband-{name}-{}", ids::id().simple()));
        let made = fs::DirBuilder::new().mode(0o755).create(&folder);
        made.map_err(cannot(format!("make {}", folder.display())))?;
        Ok(Self(folder))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            tracing::warn!(folder = %self.0.display(), %error, "temporary folder stays behind");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_gone_when_dropped() {
        let scratch = Scratch::new("scratch").unwrap();
        let folder = scratch.path().to_path_buf();
        fs::write(folder.join("file"), "x").unwrap();
        drop(scratch);
        assert!(!folder.exists());
    }
}
