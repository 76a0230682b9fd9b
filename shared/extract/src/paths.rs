//! The files that are read and those that are written: none is both, and none is written twice.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why the files of a command cannot be what they are called to be.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum PathsError {
    /// A file that is read would be written.
    #[error("{} is read and would be written over: write to another file", .0.display())]
    Read(PathBuf),
    /// Two things would be written to one file.
    #[error("{} would be written twice, and only the last would stay: write each to a file of its own", .0.display())]
    Twice(PathBuf),
}

/// Holds that nothing that is read is written, and nothing written twice, however the paths are written. Pipes and devices
/// may be anything: they keep nothing.
///
/// # Errors
///
/// When a file is both, or is written twice.
pub fn kept_apart<'p>(
    read: impl IntoIterator<Item = &'p Path>,
    written: impl IntoIterator<Item = &'p Path>,
) -> Result<(), PathsError> {
    let read: BTreeSet<PathBuf> = read.into_iter().filter_map(file).collect();
    let mut seen = BTreeSet::new();
    for path in written {
        let Some(place) = file(path) else { continue };
        if read.contains(&place) {
            return Err(PathsError::Read(path.to_owned()));
        }
        if !seen.insert(place) {
            return Err(PathsError::Twice(path.to_owned()));
        }
    }
    Ok(())
}

/// Where a file stands or will stand; `None` for what keeps nothing.
fn file(path: &Path) -> Option<PathBuf> {
    if path.metadata().is_ok_and(|it| !it.is_file()) {
        return None;
    }
    path.canonicalize().ok().or_else(|| {
        // What is not there yet has a folder that is.
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some(folder.canonicalize().ok()?.join(path.file_name()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_not_written_and_nothing_is_written_twice() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = |name: &str| folder.path().join(name);
        let (records, link, out) = (place("in.csv"), place("link.csv"), place("out.csv"));
        std::fs::write(&records, "id").expect("a file");
        std::os::unix::fs::symlink(&records, &link).expect("a link");
        let roundabout = place(".").join("in.csv");
        for written in [&records, &link, &roundabout] {
            let error = kept_apart([&*records], [&*out, written]).expect_err("it is read");
            assert_eq!(error, PathsError::Read(written.clone()));
        }
        let again = place(".").join("out.csv");
        assert_eq!(kept_apart([&*records], [&*out, &again]), Err(PathsError::Twice(again)));
        assert_eq!(kept_apart([&*records], [&*out, &place("certain.csv")]), Ok(()));
        let nothing = Path::new("/dev/null");
        assert_eq!(kept_apart([&*records, nothing], [nothing, nothing]), Ok(()));
    }
}
