//! Given names and initials as written (rules N6 and N8, and the two ways in which Dutch files write initials).
//!
//! A hyphenated name gives its parts as names, because registers drop the hyphen, and the whole in [`Given::joined`].
//! The population register gives it one initial, other files give two; [`Given::initials`] holds all, so that the shorter
//! list is found in the longer one in order.

use super::fold::{is_apostrophe, words};
use super::noise;

/// The given names of one person, in one file. Personal: has no debug output.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Given {
    /// The names that are written out, folded, in order; of a hyphenated name its parts.
    pub names: Vec<String>,
    /// Hyphenated names in one word, folded, in order.
    pub joined: Vec<String>,
    /// One initial per given name, in order: the first letter of a name that is written out, and what stands there of an
    /// abbreviated one (`TH`, `IJ`, `CHR`). A name between brackets or quotes has none.
    pub initials: Vec<String>,
}

/// Reads given names and initials. Initials of their own field count if they are at least as many as the names.
/// Placeholders are left out.
pub fn given(names: Option<&str>, initials: Option<&str>) -> Given {
    let mut given = Given::default();
    if let Some(names) = names.filter(|names| are_initials(names) || !noise::is_placeholder(names)) {
        read_names(names, &mut given);
    }
    if let Some(initials) = initials.filter(|initials| !stand_for_nothing(initials)) {
        let read = read_initials(initials);
        if read.len() >= given.initials.len() {
            given.initials = read;
        }
    }
    given
}

/// Whether an initial or abbreviation can stand for a name, or for another initial: one begins the other, and `Y` is `IJ`.
pub fn initial_fits(initial: &str, name: &str) -> bool {
    if initial.is_empty() || name.is_empty() {
        return false;
    }
    let begins = |one: &str, other: &str| one.starts_with(other) || other.starts_with(one);
    let dutch_y = |text: &str| text.strip_prefix("IJ").map(|rest| format!("Y{rest}"));
    begins(initial, name)
        || dutch_y(initial).is_some_and(|initial| begins(&initial, name))
        || dutch_y(name).is_some_and(|name| begins(initial, &name))
}

/// Abbreviations of more than one letter in Dutch initials.
const DIGRAPHS: [&str; 13] = ["IJ", "TH", "CH", "CHR", "PH", "ST", "SJ", "JH", "FR", "WM", "TJ", "KH", "SCH"];

fn is_short_of_vowels(word: &str) -> bool {
    word.len() <= 4 && !word.bytes().any(|byte| matches!(byte, b'A' | b'E' | b'I' | b'O' | b'U' | b'Y'))
}

fn one_letter(name: &str) -> String {
    let letters = if name.starts_with("IJ") { 2 } else { 1 };
    name.chars().take(letters).collect()
}

/// Whether initials stand for no name. Less does so than elsewhere: `X.` and `N.A.` are initials, `N.N.` is not.
fn stand_for_nothing(initials: &str) -> bool {
    let words = words(initials);
    matches!(words.concat().as_str(), "" | "NN")
        || (words.iter().any(|word| word.len() > 2) && noise::is_placeholder_of(&words))
}

/// Whether a text is `N.A.` and not `n/a`: capitals with a point each, but for `N.N.`.
fn are_initials(text: &str) -> bool {
    let letters = text.trim().strip_suffix('.').unwrap_or("").split('.').map(str::trim);
    letters.clone().all(|letter| letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_uppercase()))
        && letters.ne(["N", "N"])
}

fn read_names(written: &str, given: &mut Given) {
    let mut inside = false;
    for token in written.split_whitespace() {
        inside |= token.starts_with(['(', '[', '"', '\u{201c}', '\u{201e}']);
        read_token(token, inside, given);
        inside &= !token.trim_end_matches([',', '.']).ends_with([')', ']', '"', '\u{201d}']);
    }
    join_servants(&mut given.names);
}

fn read_token(token: &str, inside: bool, given: &mut Given) {
    let parts: Vec<&str> = token.split_inclusive(|c: char| !c.is_alphanumeric() && !is_apostrophe(c)).collect();
    let mut hyphenated = String::new();
    for part in &parts {
        let is_abbreviated = part.ends_with('.');
        for word in words(part) {
            // Two letters may be initials; a longer form of address is none.
            if word.len() > 2 && noise::is_address(&word) {
                continue;
            }
            if word.len() == 1 || (is_abbreviated && word.len() <= 4) {
                push_initial(word, inside, given);
            } else if is_short_of_vowels(&word) && !DIGRAPHS.contains(&word.as_str()) && word.len() < 4 {
                word.chars().for_each(|letter| push_initial(letter.to_string(), inside, given));
            } else if DIGRAPHS.contains(&word.as_str()) && is_short_of_vowels(&word) {
                push_initial(word, inside, given);
            } else if !noise::is_placeholder_of(std::slice::from_ref(&word)) {
                push_initial(one_letter(&word), inside, given);
                hyphenated.push_str(&word);
                given.names.push(word);
            }
        }
    }
    if parts.len() > 1 && given.names.last().is_some_and(|last| hyphenated.len() > last.len()) {
        given.joined.push(hyphenated);
    }
}

fn push_initial(initial: String, inside: bool, given: &mut Given) {
    if !inside {
        given.initials.push(initial);
    }
}

/// Arabic names of two words that are one: Abdel Kader, Abd El Kader.
fn join_servants(names: &mut Vec<String>) {
    let mut joined: Vec<String> = Vec::with_capacity(names.len());
    for name in names.drain(..) {
        match joined.last_mut() {
            Some(last) if is_servant_of(last) => last.push_str(&name),
            _ => joined.push(name),
        }
    }
    *names = joined;
}

fn is_servant_of(word: &str) -> bool {
    matches!(word, "ABD" | "ABDEL" | "ABDUL" | "ABDAL" | "ABDOEL" | "ABDOUL" | "ABDIL")
}

/// `J.P.`, `J P`, `JP`, `Th.P.IJ.`, `Chr`: a letter or an abbreviation each.
fn read_initials(written: &str) -> Vec<String> {
    let mut initials = Vec::new();
    for token in written.split(|c: char| !c.is_alphabetic() && !is_apostrophe(c)).filter(|token| !token.is_empty()) {
        let is_word = token.chars().skip(1).any(char::is_lowercase);
        for word in words(token) {
            if word.len() == 1 || is_word || DIGRAPHS.contains(&word.as_str()) || word.len() > 5 {
                initials.push(word);
            } else {
                initials.extend(word.chars().map(String::from));
            }
        }
    }
    initials
}
