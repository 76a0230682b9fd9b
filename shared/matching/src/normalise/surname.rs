//! Surnames as written, split into the forms under which the same person may stand elsewhere (rules N4, N5, N8 and N11).

use super::fold::{is_apostrophe, words};
use super::{lists, noise, prefix};

/// One way to read a surname.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SurnameForm {
    /// The prefix, folded and written out, words separated by a space; empty if there is none.
    pub prefix: String,
    /// The name behind the prefix, folded, its words joined without space. Never empty.
    pub core: String,
    /// The words of the core, in order.
    pub words: Vec<String>,
}

/// The forms of one written surname. Personal: has no debug output.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Surname {
    /// The whole name first, then in alphabetical order and without duplicates: the halves of a double name (hyphenated,
    /// combined with a space, or joined by a word of marriage) and the name with its prefix as part of the core, where
    /// another register may have glued them.
    pub forms: Vec<SurnameForm>,
}

/// Splits a surname as written, with the prefix of its own field if there is one. A placeholder has no forms; a name that
/// is nothing but a prefix is a core. Forms of address (`mw.`, `dr.`) before it and generations (`jr.`) behind it are left
/// out.
pub fn surname(prefix: Option<&str>, surname: &str) -> Surname {
    if noise::is_placeholder(surname) {
        return Surname::default();
    }
    let mut pieces = pieces(surname);
    without_titles(&mut pieces);
    if let Some(first) = pieces.first_mut() {
        let mut before = words(&spaced(prefix.unwrap_or("")));
        // A register may hold the prefix in its field and in the name as well.
        if !first.starts_with(&before) {
            before.append(first);
            *first = before;
        }
    }
    let all: Vec<String> = pieces.iter().flatten().cloned().collect();
    let Some(whole) = form(&all) else { return Surname::default() };
    let mut others = Vec::new();
    others.extend(unsplit(&whole));
    for piece in &pieces {
        for half in halves(piece) {
            if let Some(half) = form(half).filter(|half| half.core.len() > 1) {
                others.extend(unsplit(&half).filter(|_| pieces.len() > 1));
                others.push(half);
            }
        }
        if pieces.len() > 1 {
            others.extend(form(piece));
        }
    }
    others.sort_unstable();
    others.dedup();
    others.retain(|other| *other != whole);
    let mut forms = vec![whole];
    forms.append(&mut others);
    Surname { forms }
}

/// Takes forms of address off the beginning and generations off the end, if a name is left.
fn without_titles(pieces: &mut [Vec<String>]) {
    if let Some(first) = pieces.first_mut() {
        let titles = first.iter().take_while(|word| noise::is_address(word)).count();
        if titles < first.len() {
            first.drain(..titles);
        }
    }
    if let Some(last) = pieces.last_mut()
        && last.len() > 1
        && last.last().is_some_and(|word| matches!(word.as_str(), "JR" | "SR" | "II" | "III"))
    {
        last.pop();
    }
}

/// The written name in pieces: at hyphens and words of marriage, a prefix behind a comma moved to the front.
fn pieces(surname: &str) -> Vec<Vec<String>> {
    let spaced = spaced(surname);
    let ordered = match spaced.split_once(',') {
        Some((name, behind)) if is_prefix(&words(behind)) => format!("{behind} {name}"),
        _ => spaced,
    };
    let mut pieces: Vec<Vec<String>> = Vec::new();
    for part in ordered.split(is_hyphen) {
        let mut open = pieces.last().is_some_and(|last| is_prefix(last));
        for piece in at_marriage(&words(part)) {
            match pieces.last_mut() {
                // A hyphen behind a prefix, as in El-Amrani, joins.
                Some(last) if open => last.extend(piece),
                _ => pieces.push(piece),
            }
            open = false;
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

fn is_prefix(words: &[String]) -> bool {
    !words.is_empty() && prefix::leading(words) == words.len()
}

/// Sets apart what an apostrophe joins to a name: `d'Hondt`, `l'Hermite`, `'sGravenmade`. The apostrophe itself vanishes
/// in folding. `O'Brien` and `M'hamed` stay one word.
fn spaced(name: &str) -> String {
    if !name.contains(is_apostrophe) {
        return name.to_owned();
    }
    let letters: Vec<char> = name.chars().collect();
    let mut spaced = String::with_capacity(name.len() + 2);
    for (at, &c) in letters.iter().enumerate() {
        spaced.push(c);
        let before = |back: usize| at.checked_sub(back).and_then(|at| letters.get(at)).copied();
        let opens = |c: Option<char>| c.is_none_or(|c| !c.is_alphabetic() && !is_apostrophe(c));
        let elided = is_apostrophe(c) && matches!(before(1), Some('d' | 'D' | 'l' | 'L')) && opens(before(2));
        let capital_follows = letters.get(at + 1).is_some_and(|next| next.is_uppercase());
        let article =
            matches!(c, 's' | 't') && before(1).is_some_and(is_apostrophe) && opens(before(2)) && capital_follows;
        if elided || article {
            spaced.push(' ');
        }
    }
    spaced
}

/// Divides at the words by which Dutch files add the other name of a married person: `e/v`, `geb.`, `wed.` and the like.
fn at_marriage(words: &[String]) -> Vec<Vec<String>> {
    let mut pieces = vec![Vec::new()];
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let next = words.get(at + 1).map(String::as_str);
        let skipped = match (word.as_str(), next) {
            _ if at == 0 => 0,
            ("E" | "W", Some("V")) | ("ECHTGENOTE" | "ECHTGENOOT" | "WEDUWE" | "WEDUWNAAR", Some("VAN")) => 2,
            ("GEB" | "GEBOREN" | "WED" | "EV" | "GEH" | "GEHUWD", Some(_)) => 1,
            _ => 0,
        };
        if skipped > 0 {
            pieces.push(Vec::new());
        } else if let Some(piece) = pieces.last_mut() {
            piece.push(word.clone());
        }
        at += skipped.max(1);
    }
    pieces
}

/// The two or more names of which a piece can be combined: each with the prefix before it. The piece itself if it is one.
fn halves(piece: &[String]) -> Vec<&[String]> {
    let mut halves = Vec::new();
    let mut start = 0;
    for (at, word) in piece.iter().enumerate() {
        if !lists::is_particle(word) || at + 1 == piece.len() {
            halves.extend(piece.get(start..=at));
            start = at + 1;
        }
    }
    halves
}

/// Sets the prefix apart. None if there are no words.
fn form(words: &[String]) -> Option<SurnameForm> {
    let particles = prefix::leading(words);
    // The name behind a prefix is never empty: a name of particles only is a core.
    let (particles, core) = if particles < words.len() { words.split_at(particles) } else { words.split_at(0) };
    let first = core.first()?;
    if let Some((glued, rest)) = prefix::split_glued(first) {
        let mut all: Vec<String> = particles.to_vec();
        all.extend(glued.iter().map(|&word| word.to_owned()));
        let mut words = core.to_vec();
        if let Some(first) = words.first_mut() {
            rest.clone_into(first);
        }
        return Some(SurnameForm { prefix: prefix::written_out(&all), core: words.concat(), words });
    }
    Some(SurnameForm { prefix: prefix::written_out(particles), core: core.concat(), words: core.to_vec() })
}

/// The form in which prefix and core are one word, unless that word would be split again in the same way.
fn unsplit(form: &SurnameForm) -> Option<SurnameForm> {
    let first = form.words.first().filter(|_| !form.prefix.is_empty())?;
    let glued = format!("{}{first}", form.prefix.replace(' ', ""));
    if form.prefix.starts_with("VAN ") || prefix::split_glued(&glued).is_some() {
        return None;
    }
    let mut words = form.words.clone();
    if let Some(first) = words.first_mut() {
        *first = glued;
    }
    Some(SurnameForm { prefix: String::new(), core: words.concat(), words })
}
