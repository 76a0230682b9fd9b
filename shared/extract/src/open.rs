//! Opening CSV files, whatever their values are parted by.

use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

/// What values are parted by: a comma, the semicolon of a Dutch Excel, or a tab.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];
/// No heading is longer.
const LONGEST: u64 = 1 << 20;

/// Rows of a file.
pub(crate) type Rows<R> = csv::Reader<Chain<Cursor<Vec<u8>>, BufReader<R>>>;

/// The rows of what is read, parted by what parts the heading so that it has this column. It is read once, so that it may
/// be a pipe.
pub(crate) fn rows<R: Read>(read: R, column: &str) -> io::Result<Rows<R>> {
    let mut rest = BufReader::with_capacity(1 << 18, read);
    let mut beginning = Vec::new();
    let mut line = rest.by_ref().take(LONGEST);
    // Empty lines before the heading are none.
    while line.read_until(b'\n', &mut beginning)? > 0 && beginning.iter().all(|byte| b"\r\n".contains(byte)) {}
    let delimiter = delimiter(&beginning, column);
    Ok(csv::ReaderBuilder::new().delimiter(delimiter).from_reader(Cursor::new(beginning).chain(rest)))
}

/// Whether a column of a heading is the one that is meant.
pub(crate) fn is_column(found: &str, meant: &str) -> bool {
    found.trim_start_matches('\u{feff}') == meant
}

/// What parts a heading so that it has the column; where none does, what parts it into most columns, so that those can be
/// told.
fn delimiter(heading: &[u8], column: &str) -> u8 {
    let found = |delimiter: u8| {
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(heading);
        let row = reader.records().next().and_then(Result::ok).unwrap_or_default();
        (row.iter().any(|name| is_column(name, column)), row.len())
    };
    // Of equals the first: the comma.
    DELIMITERS.into_iter().rev().max_by_key(|delimiter| found(*delimiter)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_tells_what_values_are_parted_by() {
        for (heading, delimiter_is) in [
            ("id,name", b','),
            ("id;name", b';'),
            ("name\tid", b'\t'),
            ("\u{feff}id;name", b';'),
            ("\"id\";\"name, of a person\";\"town, street, number\"", b';'),
            ("id", b','),
            ("", b','),
            ("name, and more, and yet more;id", b';'),
            ("surname;name;town, or so", b';'),
        ] {
            assert_eq!(delimiter(heading.as_bytes(), "id"), delimiter_is, "{heading}");
        }
    }

    #[test]
    fn rows_are_read_from_their_beginning() {
        let mut rows = rows("\r\n\n\u{feff}id;name\r\n1;A, B\r\n".as_bytes(), "id").expect("memory is read");
        let read: Vec<_> = rows.records().map(|row| row.expect("a row").iter().collect::<Vec<_>>().join("|")).collect();
        assert_eq!(read, ["1|A, B"]);
    }
}
