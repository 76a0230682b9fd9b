//! The chamber of a court, by a short code that cannot be a name.

use domain::jurisdiction::Jurisdiction;
use serde_json::{Value, json};

use super::opaque::says_who;
use super::{Wire, text};
use crate::fault::{Fault, fault};

/// What a chamber is, in the letters that courts use: a single judge (EK), several (MK), the police judge (PR), the juvenile
/// judge (KR), the cantonal judge (KT), the examining judge (RC), the judge in interlocutory proceedings (VZ).
const KINDS: [&str; 7] = ["EK", "MK", "PR", "KR", "KT", "RC", "VZ"];

/// The longest code.
const LONGEST: usize = 12;

/// The most parts of a code.
const PARTS: usize = 3;

/// The longest number in a part.
const DIGITS: usize = 4;

/// The code of a chamber, such as `MK-3`: letters of a list, numbers, and a letter behind a number.
pub struct ChamberCode(pub String);

impl Wire for ChamberCode {
    const NAME: &'static str = "chamber-code";

    fn read(value: &Value) -> Result<Self, Fault> {
        let text = text(value, LONGEST)?;
        let mut parts = text.split(['-', '_']);
        if parts.clone().count() <= PARTS && parts.all(is_part) && !says_who(text) {
            return Ok(Self(text.to_owned()));
        }
        let known = KINDS.join(", ");
        Err(fault(
            "chamber.format",
            &format!("expected a short code of numbers and of {known}, as in MK-3; never a name"),
        ))
    }

    fn describe(_: Jurisdiction) -> Value {
        let kinds: Vec<String> = KINDS
            .iter()
            .map(|kind| kind.chars().flat_map(|c| ['[', c, c.to_ascii_lowercase(), ']']).collect())
            .collect();
        let part = format!("(({})[0-9]{{0,{DIGITS}}}|[0-9]{{1,{DIGITS}}}[A-Za-z]?)", kinds.join("|"));
        json!({
            "type": "string", "maxLength": LONGEST, "pattern": format!("^{part}([-_]{part}){{0,{}}}$", PARTS - 1),
            "examples": ["MK-3"],
            "description": "The court's own code of the chamber: numbers, and the letters of what it is. Never a name.",
        })
    }
}

/// Whether a part of a code is letters of the list, with or without a number, or a number with or without a letter.
fn is_part(part: &str) -> bool {
    let is_number = |digits: &str| digits.len() <= DIGITS && digits.bytes().all(|b| b.is_ascii_digit());
    let kind = part.split_at_checked(2).filter(|(kind, _)| KINDS.iter().any(|known| known.eq_ignore_ascii_case(kind)));
    if let Some((_, number)) = kind {
        return is_number(number);
    }
    let number = part.strip_suffix(|c: char| c.is_ascii_alphabetic()).unwrap_or(part);
    !number.is_empty() && is_number(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_and_no_number_of_a_person_is_the_code_of_a_chamber() {
        let takes = |text: &str| ChamberCode::read(&Value::from(text)).is_ok();
        for code in ["ek-12", "MK3", "MK-1-2", "12", "2A", "PR_0104", "rc"] {
            assert!(takes(code), "{code}");
        }
        for other in
            ["Jansen", "mr. Berg", "j-a-n", "ja-ns-en", "999991000", "9999-91-000x", "1-2-3-4", "MK-", "", "19900314"]
        {
            assert!(!takes(other), "{other}");
        }
    }
}
