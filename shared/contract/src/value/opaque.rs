//! Ids that show in logs, queues and monitoring, and so must be opaque: nothing in them may say who somebody is.
//!
//! Taken are a UUID, a ULID, a long token of hexadecimal digits, and numbers with at most two letters together, or with one
//! of a few neutral words ([`NEUTRAL`]) before them. Whatever could be a name, a date, a citizen service number or a case
//! number is refused, also where separators part it. A UUID or ULID is opaque by its making: of the random ones, three in a
//! thousand have nine digits together that pass the eleven-test.

use domain::birth::BirthDate;
use domain::bsn::Bsn;
use domain::case_number::CaseNumber;
use domain::jurisdiction::Jurisdiction;
use domain::parketnummer::Parketnummer;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::random::{is_filled, is_random};
use super::{Wire, text};
use crate::fault::{Fault, fault};

/// What parts an id.
const SEPARATORS: [char; 4] = ['-', '_', '.', ':'];

/// Words that say what an id is of and never who.
const NEUTRAL: [&str; 12] =
    ["bericht", "case", "cases", "event", "example", "message", "msg", "seq", "sequence", "test", "uuid", "zaak"];

/// The most letters that stand together otherwise.
const LETTERS: usize = 2;

/// How many digits a citizen service number has.
pub const BSN: usize = 9;

/// `id` and `subject`, and the id of an earlier event: opaque.
pub struct Attributed(pub String);

impl Wire for Attributed {
    const NAME: &'static str = "attribute-id";

    fn read(value: &Value) -> Result<Self, Fault> {
        let text = text(value, 128)?;
        let plain = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || SEPARATORS.contains(&c));
        if !plain {
            return Err(fault("id.format", &"expected an opaque id of letters, digits and - _ . :"));
        }
        if !is_random(text) {
            if is_filled(text) || says_who(text) {
                let text = "this has the form of a citizen service number, a date or a case number; use an opaque id, such \
                            as a UUID";
                return Err(fault("id.personal", &text));
            }
            if text.split(SEPARATORS).any(is_wordy) || is_parted_word(text) {
                let text = "letters stand together as in a name; use an opaque id, such as a UUID";
                return Err(fault("id.words", &text));
            }
        }
        Ok(Self(text.to_owned()))
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": "string", "pattern": "^[A-Za-z0-9_.:-]{1,128}$",
            "examples": ["0190c9a2-7f3e-7c11-8d52-0242ac120002"],
            "description": "An opaque id: a UUID, a ULID, a hexadecimal token of 16 digits or more, or numbers with at most \
                            two letters together or a word such as case or event before them. Never a number, a date or a \
                            name of a person, and never a case number.",
        })
    }
}

/// Whether letters stand together in a part as they do in a word.
fn is_wordy(part: &str) -> bool {
    let hexadecimal = part.len() >= 8
        && part.bytes().all(|b| b.is_ascii_hexdigit())
        && part.bytes().filter(u8::is_ascii_digit).count() * 3 >= part.len();
    !hexadecimal
        && part
            .split(|c: char| !c.is_ascii_alphabetic())
            .any(|run| run.len() > LETTERS && !NEUTRAL.contains(&run.to_ascii_lowercase().as_str()))
}

/// Whether parts of letters alone stand one after the other as in a word that was cut up.
fn is_parted_word(text: &str) -> bool {
    let mut letters = 0;
    text.split(SEPARATORS).any(|part| {
        let is_fragment =
            part.bytes().all(|b| b.is_ascii_alphabetic()) && !NEUTRAL.contains(&part.to_ascii_lowercase().as_str());
        letters = if is_fragment { letters + part.len() } else { 0 };
        letters > LETTERS
    })
}

/// Whether a text that shows to everybody holds a citizen service number, a date or a case number, bare or parted.
pub fn says_who(text: &str) -> bool {
    let tells = |runs: &[&str]| is_bsn(runs) || is_date(runs) || is_case_number(runs);
    chains(text).iter().any(|chain| (1..=BSN).any(|runs| chain.windows(runs).any(tells))) || is_civil(text)
}

/// The runs of digits, those together that only one separator parts.
fn chains(text: &str) -> Vec<Vec<&str>> {
    let mut chains: Vec<Vec<&str>> = Vec::new();
    let (mut rest, mut joined) = (text, false);
    while let Some(first) = rest.chars().next() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 {
            let (run, after) = rest.split_at(digits);
            match chains.last_mut().filter(|_| joined) {
                Some(chain) => chain.push(run),
                None => chains.push(vec![run]),
            }
            (rest, joined) = (after, true);
        } else {
            rest = &rest[first.len_utf8()..];
            let parted = SEPARATORS.contains(&first) || first == '/' || first == ' ';
            joined &= parted && rest.starts_with(|c: char| c.is_ascii_digit());
        }
    }
    chains
}

/// Whether these digits are a citizen service number, also where zeros fill it up before or behind.
pub fn is_bsn(runs: &[&str]) -> bool {
    if runs.iter().map(|run| run.len()).sum::<usize>() < BSN {
        return false;
    }
    let digits = runs.concat();
    let is_number =
        |number: &str| number.len() == BSN && number.bytes().all(|b| b.is_ascii_digit()) && Bsn::parse(number).is_ok();
    if digits.len() == BSN {
        return is_number(&digits);
    }
    let filled = digits.split_at_checked(BSN).filter(|(_, behind)| behind.bytes().all(|b| b == b'0'));
    is_number(digits.trim_start_matches('0')) || filled.is_some_and(|(number, _)| is_number(number))
}

fn is_date(runs: &[&str]) -> bool {
    let text = if has_lengths(runs, &[&[8], &[4, 2, 2]]) {
        runs.concat()
    } else if has_lengths(runs, &[&[2, 2, 4]]) {
        runs.iter().rev().copied().collect()
    } else {
        return false;
    };
    matches!(BirthDate::parse(&text), Ok(Some(BirthDate::Full(day))) if is_of_our_time(day))
}

/// Whether somebody in a case, or something in it, can be of that day.
fn is_of_our_time(day: Date) -> bool {
    (1900..=2100).contains(&day.year())
}

fn is_case_number(runs: &[&str]) -> bool {
    if has_lengths(runs, &[&[10], &[2, 6, 2], &[8, 2], &[2, 8]]) {
        Parketnummer::parse(&runs.concat()).is_ok()
    } else if has_lengths(runs, &[&[2, 5]]) {
        CaseNumber::parse(&runs.join("/")).is_ok()
    } else {
        has_lengths(runs, &[&[3, 3, 3], &[3, 3, 3, 2]]) && runs.first() == Some(&"200")
    }
}

/// Whether the runs are as long as one of these lists says.
fn has_lengths(runs: &[&str], lists: &[&[usize]]) -> bool {
    lists.iter().any(|lengths| runs.iter().map(|run| run.len()).eq(lengths.iter().copied()))
}

/// The number of a civil case: `C` with the digits of a court and a serial number, or two pairs of letters with a year and a
/// place on the list.
fn is_civil(text: &str) -> bool {
    let parts: Vec<&str> =
        text.split(|c: char| SEPARATORS.contains(&c) || c == '/' || c == ' ').filter(|part| !part.is_empty()).collect();
    let digits = |part: &str, least: usize, most: usize| {
        (least..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    let letters = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_alphabetic());
    parts.windows(3).any(|three| {
        three[0].eq_ignore_ascii_case("c") && digits(three[1], 2, 2) && digits(three[2], 5, 7)
            || letters(three[0]) && letters(three[1]) && digits(three[2], 2, 2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<String> {
        Attributed::read(&Value::from(text)).err().map(|fault| fault.code)
    }

    #[test]
    fn who_somebody_is_shows_in_no_id_however_it_is_parted() {
        for personal in [
            "999991000",
            "bsn999991000",
            "999991000x",
            "case:999991000:p1",
            "999.991.000",
            "bsn_9999.91.000",
            "9999-91-000",
            "9-9-9-9-9-1-0-0-0",
            "7-999991000",
            "a3f999991000b2",
            "5e999991-000a-4b2a-9a63-3d1c999991000",
            "00000000-0000-0000-0000-000999991000",
            "7d9f2d52-9f3c-4b2a-9a63-000999991000",
            "1990-03-14",
            "14.03.1990",
            "19900314",
            "p1990_03_14",
            "10-123456-26",
            "1012345626",
            "case-10.123456.26",
            "C-10-712345",
            "c:10:712345",
            "FA-RK-26-812",
            "200.123.456",
            "24-01234",
            "a000000999991000",
            "999991000000000a",
            "aaaaaaa999991000",
            "99999100-0000-4000-8000-000000000000",
            "00099999-1000-4000-8000-000000000000",
            "11111111-1111-4111-8111-111999991000",
            "99999100-0000-4b2a-9a63-3d1c0e9f1122",
            "01ARZ3NDEKTSV999991000Q69G",
            "0A999991000RKTSVRRFFQ69G5F",
        ] {
            assert_eq!(code(personal).as_deref(), Some("id.personal"), "{personal}");
        }
        for name in [
            "samira-el-amrani",
            "Jansen",
            "p1-berg",
            "JANSEN1",
            "Bos-7",
            "abe1",
            "ja-ns-en",
            "J.a.n",
            "p1-ja--ns",
            "0ABCDEFGHJKMNPQRSTVWXYZABC",
        ] {
            assert_eq!(code(name).as_deref(), Some("id.words"), "{name}");
        }
        for opaque in [
            "7",
            "Z8431",
            "zaak-8431",
            "event-123",
            "k4-0000123",
            "4c1f9b7e2d",
            "01ARZ3NDEKTSV4RRFFQ69G5FAV",
            "01999991-0001-7c11-8d52-0242ac120002",
            "7d9f2d52-9f3c-4b2a-9a63-999991000abc",
            "0190c9a2999991000e7c118d520242ac",
            "12345678-1234-4234-8234-999991000123",
            "ab-case-cd",
            "01k9zq5v8w3m7xj2hq4dts6rbn",
        ] {
            assert_eq!(code(opaque), None, "{opaque}");
        }
    }

    /// The same numbers in every run: a linear congruential generator, its upper half.
    fn random(seed: &mut u64) -> u128 {
        let mut half = || {
            *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            u128::from(*seed >> 32)
        };
        half() << 96 | half() << 64 | half() << 32 | half()
    }

    #[test]
    fn nothing_made_by_chance_is_refused_by_chance() {
        let mut seed = 2026;
        for _ in 0..10_000 {
            let bits = random(&mut seed);
            let fourth = uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid();
            let moment = 1_763_978_400_000 + (bits >> 90) as u64 % 1_000_000_000;
            let tail: [u8; 10] = std::array::from_fn(|place| bits.to_be_bytes()[place + 6]);
            let seventh = uuid::Builder::from_unix_timestamp_millis(moment, &tail).into_uuid();
            let alphabet = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
            let of = u128::from(moment) << 80 | bits & ((1 << 80) - 1);
            let ulid: String =
                (0..26).rev().map(|place| char::from(alphabet[(of >> (5 * place) & 31) as usize])).collect();
            for id in [fourth.to_string(), fourth.simple().to_string(), seventh.to_string(), ulid] {
                assert_eq!(code(&id), None, "{id}");
            }
        }
    }
}
