//! A value that says something about a person.
//!
//! Invariant: nothing personal reaches a log, an error, a URL or a metric by accident. [`Personal`] prints redacted and has
//! no `Display` and no `Serialize`; whoever needs the value says so with [`Personal::reveal`], which is easy to search for.

use std::fmt;

/// A personal value of type `T`, redacted wherever it is printed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Personal<T>(T);

impl<T> Personal<T> {
    /// Marks `value` as personal.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself, for the few places that compare, seal or show it to somebody entitled to see it.
    pub const fn reveal(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[personal]")
    }
}

#[cfg(test)]
mod tests {
    use super::Personal;

    #[test]
    fn debug_is_redacted_at_any_depth() {
        let nested = Some(vec![Personal::new("Samira")]);
        assert_eq!(format!("{nested:?}"), "Some([[personal]])");
    }
}
