//! Texts as they are misspelt: each function answers another text, or nothing where the error cannot happen to it.

use deunicode::deunicode;

use crate::draws::Draws;

/// Letters beside a letter on the keyboard.
const NEIGHBOURS: [(char, &str); 26] = [
    ('a', "qsz"),
    ('b', "vgn"),
    ('c', "xdv"),
    ('d', "sfec"),
    ('e', "wrd"),
    ('f', "dgrv"),
    ('g', "fhtb"),
    ('h', "gjyn"),
    ('i', "uok"),
    ('j', "hkum"),
    ('k', "jli"),
    ('l', "ko"),
    ('m', "nj"),
    ('n', "bmh"),
    ('o', "ipl"),
    ('p', "ol"),
    ('q', "wa"),
    ('r', "etf"),
    ('s', "adwx"),
    ('t', "ryg"),
    ('u', "yij"),
    ('v', "cbf"),
    ('w', "qes"),
    ('x', "zcs"),
    ('y', "tuh"),
    ('z', "xas"),
];

/// What a scanner reads for what.
const SCANNED: &[(&str, &str)] = &[
    ("rn", "m"),
    ("m", "rn"),
    ("cl", "d"),
    ("d", "cl"),
    ("li", "h"),
    ("l", "i"),
    ("i", "l"),
    ("e", "c"),
    ("c", "e"),
    ("n", "ri"),
    ("u", "ii"),
    ("ij", "y"),
    ("w", "vv"),
    ("h", "b"),
    ("B", "8"),
    ("S", "5"),
    ("O", "0"),
    ("l", "1"),
    ("g", "q"),
];

/// A slip of the keyboard: insertion, deletion, substitution or exchange, evenly. The first letter is spared four times of
/// five: people look at the beginning of a word.
pub fn typo(draws: &mut Draws, text: &str) -> Option<String> {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() < 3 {
        return None;
    }
    let from = usize::from(draws.below(5) > 0);
    let place = from + draws.below(letters.len() - from);
    match draws.below(4) {
        0 => {
            let letter = neighbour(draws, *letters.get(place)?)?;
            letters.insert(place + 1, letter);
        }
        1 => {
            letters.remove(place);
        }
        2 => {
            let letter = letters.get_mut(place)?;
            *letter = neighbour(draws, *letter)?;
        }
        _ => {
            let place = place.min(letters.len() - 2);
            letters.swap(place, place + 1);
        }
    }
    changed(text, letters.into_iter().collect())
}

fn neighbour(draws: &mut Draws, letter: char) -> Option<char> {
    let base = deunicode(&letter.to_lowercase().to_string()).chars().next()?;
    let (_, beside) = NEIGHBOURS.iter().find(|(key, _)| *key == base)?;
    let beside: Vec<char> = beside.chars().collect();
    let other = draws.pick(&beside).copied()?;
    if letter.is_uppercase() { other.to_uppercase().next() } else { Some(other) }
}

/// Another spelling out of a list of pairs: the first that fits, from one drawn on, where it fits first.
pub fn respell(draws: &mut Draws, text: &str, spellings: &[(&str, &str)]) -> Option<String> {
    let from = draws.below(spellings.len());
    for (spelling, other) in spellings.iter().cycle().skip(from).take(spellings.len()) {
        if let Some(respelled) = replace(text, spelling, other) {
            return changed(text, respelled);
        }
    }
    None
}

/// One occurrence replaced, whatever its capitals; a capital stays one.
fn replace(text: &str, part: &str, other: &str) -> Option<String> {
    if let Some((before, after)) = text.split_once(part) {
        return Some(format!("{before}{other}{after}"));
    }
    let mut letters = part.chars();
    let capital: String = letters.next()?.to_uppercase().chain(letters).collect();
    let after = text.strip_prefix(capital.as_str())?;
    let mut other = other.chars();
    let replaced: String = other.next().into_iter().flat_map(char::to_uppercase).chain(other).collect();
    Some(format!("{replaced}{after}"))
}

/// Letters as a scanner misreads them.
pub fn scan(draws: &mut Draws, text: &str) -> Option<String> {
    respell(draws, text, SCANNED)
}

/// The text without diacritics; nothing when it had none.
pub fn bare(text: &str) -> Option<String> {
    if text.is_ascii() { None } else { changed(text, deunicode(text)) }
}

/// The text unless it is the same.
fn changed(text: &str, other: String) -> Option<String> {
    (other != text && !other.trim().is_empty()).then_some(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::Purpose;

    #[test]
    fn a_slip_is_one_edit_away_and_never_the_same() {
        let mut draws = Draws::new(1, 1, Purpose::Entry);
        for name in ["Jansen", "Yılmaz", "Łukasiewicz", "Li-", "IJsbrand", "van 't Hof"] {
            for _ in 0..300 {
                if let Some(other) = typo(&mut draws, name) {
                    assert_ne!(other, name);
                    assert!(other.chars().count().abs_diff(name.chars().count()) <= 1);
                }
            }
        }
        assert_eq!(typo(&mut draws, "Li"), None);
        assert_eq!(typo(&mut draws, ""), None);
    }

    #[test]
    fn spellings_and_diacritics() {
        let mut draws = Draws::new(1, 2, Purpose::Entry);
        assert_eq!(respell(&mut draws, "Meijer", &[("ij", "y")]).as_deref(), Some("Meyer"));
        assert_eq!(respell(&mut draws, "IJpma", &[("xx", "y")]), None);
        assert_eq!(respell(&mut draws, "Kuiper", &[("k", "c")]).as_deref(), Some("Cuiper"));
        assert_eq!(respell(&mut draws, "Bos", &[]), None);
        assert_eq!(bare("Yıldız").as_deref(), Some("Yildiz"));
        assert_eq!(bare("Łukasz Żak").as_deref(), Some("Lukasz Zak"));
        assert_eq!(bare("Jansen"), None);
        assert!(scan(&mut draws, "Zimmerman").is_some());
    }
}
