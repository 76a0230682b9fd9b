//! The lists of `data/`, read once.
//!
//! A line is one entry, `#` opens a comment. The lists are part of the program: their form is checked by tests, and a line
//! that cannot be read is left out.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::spelling::class_by_rules;

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(|line| line.split('#').next().unwrap_or("").trim()).filter(|line| !line.is_empty())
}

fn sorted<T: Ord>(entries: impl Iterator<Item = T>) -> Vec<T> {
    let mut entries: Vec<T> = entries.collect();
    entries.sort_unstable();
    entries.dedup();
    entries
}

static PARTICLES: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| lines(include_str!("../../data/particles.txt")).flat_map(str::split_whitespace).collect());

/// Whether a folded word can be part of a prefix to a surname.
pub(super) fn is_particle(word: &str) -> bool {
    // No particle is longer than eight letters; most names are spared the search.
    word.len() <= 8 && PARTICLES.contains(word)
}

static GLUED: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    sorted(
        lines(include_str!("../../data/glued.txt"))
            .filter_map(|line| {
                let (prefix, cores) = line.split_once(':')?;
                Some(cores.split_whitespace().map(move |core| (core, prefix.trim())))
            })
            .flatten(),
    )
});

/// Whether a core is known to be written in one word with this particle, as in Devries or Elamrani.
pub(super) fn is_glued_to(particle: &str, core: &str) -> bool {
    GLUED.binary_search(&(core, particle)).is_ok()
}

static PLACEHOLDERS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| lines(include_str!("../../data/placeholders.txt")).filter(|line| !line.ends_with('*')).collect());
static PLACEHOLDER_OPENINGS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    sorted(lines(include_str!("../../data/placeholders.txt")).filter_map(|line| line.strip_suffix(" *")))
});

/// Whether folded words, joined by spaces, are on the list of placeholders.
pub(super) fn is_listed_placeholder(words: &str) -> bool {
    PLACEHOLDERS.contains(words)
}

/// The openings of descriptions that stand where a name should, such as `BABY VAN`.
pub(super) fn placeholder_openings() -> &'static [&'static str] {
    &PLACEHOLDER_OPENINGS
}

/// Spellings that no rule can find: word or class to the class of the first of its line.
static SPELLINGS: LazyLock<FxHashMap<String, String>> = LazyLock::new(|| {
    let listed = sorted(lines(include_str!("../../data/spellings.txt")).flat_map(|line| {
        let first = class_by_rules(line.split_whitespace().next().unwrap_or(""));
        line.split_whitespace()
            .flat_map(|word| [word.to_owned(), class_by_rules(word)])
            .map(|key| (key, first.clone()))
            .collect::<Vec<_>>()
    }));
    // Of two classes of one word the first in order holds.
    listed.into_iter().rev().collect()
});

/// The class of a word or of a class that is on the list of spellings.
pub(super) fn listed_spelling(word: &str) -> Option<&'static str> {
    SPELLINGS.get(word).map(String::as_str)
}

/// The groups of given names of one line each, under the classes of their names. The id of a group is its line.
static SHORT_FORMS: LazyLock<FxHashMap<String, Vec<u16>>> = LazyLock::new(|| {
    let texts = [
        include_str!("../../data/given-dutch.txt"),
        include_str!("../../data/given-other.txt"),
        include_str!("../../data/given-english.txt"),
    ];
    let groups = texts.into_iter().flat_map(lines);
    let pairs = sorted(groups.zip(0_u16..).flat_map(|(line, group)| {
        line.split_whitespace().map(move |name| (super::spelling(name), group)).collect::<Vec<_>>()
    }));
    let mut names: FxHashMap<String, Vec<u16>> = FxHashMap::default();
    for (name, group) in pairs {
        names.entry(name).or_default().push(group);
    }
    names
});

/// The ids, in order, of the groups of short forms to which the given names of a spelling class belong; two names are related
/// if they share one. Weak evidence: a group says what a person may be called, not what somebody is called.
pub fn short_forms(class: &str) -> &'static [u16] {
    SHORT_FORMS.get(class).map_or(&[], Vec::as_slice)
}

static ARABIC: LazyLock<Vec<(&str, &str)>> =
    LazyLock::new(|| sorted(lines(include_str!("../../data/arabic.txt")).filter_map(|line| line.split_once(' '))));

/// The usual Latin spelling of a name in Arabic script, without marks.
pub(super) fn in_arabic_script(word: &str) -> Option<&'static str> {
    ARABIC.binary_search_by(|(name, _)| name.cmp(&word)).ok().and_then(|at| ARABIC.get(at)).map(|(_, latin)| *latin)
}

#[cfg(test)]
pub(super) mod checks {
    use super::*;

    /// Every line of the list of spellings.
    pub(in super::super) fn spelling_lines() -> Vec<Vec<&'static str>> {
        lines(include_str!("../../data/spellings.txt")).map(|line| line.split_whitespace().collect()).collect()
    }

    /// The number of groups in the Dutch list, in all but the English list, and pairs of names in the English list.
    pub(in super::super) fn group_counts() -> (usize, usize, usize) {
        let dutch = lines(include_str!("../../data/given-dutch.txt")).count();
        let other = lines(include_str!("../../data/given-other.txt")).count();
        let english =
            lines(include_str!("../../data/given-english.txt")).map(|line| line.split_whitespace().count() - 1).sum();
        (dutch, dutch + other, english)
    }
}
