//! Lines for whoever called.

use std::fmt::Arguments;
use std::io::{ErrorKind, Result, Write};

/// Lines for somebody who may stop reading at any time, as `head` does. That is no fault, and ends nothing that is still to
/// be done.
#[derive(Debug)]
pub struct Lines<W>(W);

impl<W: Write> Lines<W> {
    /// Lines that go there.
    pub const fn to(writer: W) -> Self {
        Self(writer)
    }

    /// Writes a line.
    ///
    /// # Errors
    ///
    /// When it cannot be written though somebody reads.
    pub fn say(&mut self, line: Arguments<'_>) -> Result<()> {
        match writeln!(self.0, "{line}") {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            done => done,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Failing(ErrorKind);

    impl Write for Failing {
        fn write(&mut self, _: &[u8]) -> Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> Result<()> {
            Ok(())
        }
    }

    #[test]
    fn who_stops_reading_is_no_fault() {
        let mut text = Vec::new();
        Lines::to(&mut text).say(format_args!("{} records", 3)).expect("memory takes it");
        assert_eq!(text, b"3 records\n");
        assert!(Lines::to(Failing(ErrorKind::BrokenPipe)).say(format_args!("nobody hears it")).is_ok());
        assert!(Lines::to(Failing(ErrorKind::StorageFull)).say(format_args!("nobody hears it")).is_err());
    }
}
