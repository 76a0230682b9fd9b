//! The European Case Law Identifier of a Dutch ruling, `ECLI:NL:RBROT:2026:1234` (Council conclusions 2011/C 127/01).
//!
//! It names a published text in which nobody is called by name: beside a person it would undo that. It is read so that one
//! which stands in the place of a case number is called by its name, and is kept nowhere.

/// Whether a text is the identifier of a Dutch ruling: the court's code of two to seven capitals, a year, and one to
/// twenty-five capitals, digits and dots.
pub fn is_ecli(text: &str) -> bool {
    let mut parts = text.trim().split(':');
    let (Some("ECLI"), Some("NL"), Some(court), Some(year), Some(number), None) =
        (parts.next(), parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    (2..=7).contains(&court.len())
        && court.bytes().all(|b| b.is_ascii_uppercase())
        && year.len() == 4
        && year.bytes().all(|b| b.is_ascii_digit())
        && (1..=25).contains(&number.len())
        && number.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'.')
}

#[cfg(test)]
mod tests {
    use super::is_ecli;

    #[test]
    fn an_identifier_is_told_from_a_number() {
        for text in
            ["ECLI:NL:HR:2020:1526", "ECLI:NL:RBROT:2026:1234", " ECLI:NL:PHR:2025:614 ", "ECLI:NL:GHSHE:2019:BU1.2"]
        {
            assert!(is_ecli(text), "{text}");
        }
        for text in
            ["", "ECLI:BE:CASS:2020:1", "ECLI:NL:H:2020:1", "ECLI:NL:HR:20:1", "ECLI:NL:HR:2020:", "10-123456-26"]
        {
            assert!(!is_ecli(text), "{text}");
        }
    }
}
