//! Words that stand where a name is missing. They must compare as missing, never as equal.

use super::fold::words;
use super::lists;

/// Whether a text stands for "no name": nothing but punctuation, a listed word (`NN`, `Onbekend`, `Baby` …), several of
/// them, or a description such as `ongeboren kind van …`.
pub fn is_placeholder(text: &str) -> bool {
    is_placeholder_of(&words(text))
}

/// The same for words that are folded already.
pub(super) fn is_placeholder_of(words: &[String]) -> bool {
    let joined = words.join(" ");
    joined.is_empty()
        || lists::is_listed_placeholder(&joined)
        || words.iter().all(|word| lists::is_listed_placeholder(word))
        || words.iter().all(|word| word.len() > 1 && word.bytes().all(|byte| byte == b'X'))
        || lists::placeholder_openings()
            .iter()
            .any(|opening| joined.strip_prefix(opening).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

/// Whether a folded word is a form of address or a title that clerks write before a surname.
pub(super) fn is_address(word: &str) -> bool {
    matches!(
        word,
        "DHR"
            | "DR"
            | "DRS"
            | "ING"
            | "IR"
            | "JHR"
            | "JKVR"
            | "MEJ"
            | "MENEER"
            | "MEVR"
            | "MEVROUW"
            | "MR"
            | "MRS"
            | "MW"
            | "PROF"
    )
}
