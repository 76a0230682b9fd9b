//! Other letters and other scripts in Latin letters.
//!
//! Cyrillic follows the way passports of its countries write names in Latin letters. Names in Arabic script are looked up
//! first, because that script leaves out most vowels; what is not listed goes letter by letter, as do all other scripts.

use super::lists;

/// Whether a character is written in a script other than Latin.
pub(super) fn is_other_script(c: char) -> bool {
    !matches!(c, '\0'..='\u{24f}' | '\u{250}'..='\u{2af}' | '\u{1d00}'..='\u{1dbf}' | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}' | '\u{ab30}'..='\u{ab6f}')
}

/// Whether a character belongs to a script that writes vowels or consonants with marks (Indic, Thai, Japanese, Korean …):
/// it is transliterated with its marks, not without.
pub(super) fn has_vowels_as_marks(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{109f}' | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{18af}' | '\u{3040}'..='\u{30ff}' | '\u{a840}'..='\u{abff}' | '\u{ac00}'..='\u{d7ff}')
        && !is_combined_latin(c)
}

/// Latin letters within the ranges of other scripts.
fn is_combined_latin(c: char) -> bool {
    matches!(c, '\u{ab30}'..='\u{ab6f}')
}

/// Gives the Latin letters of one letter that has no decomposition.
pub(super) fn letter(c: char, mut give: impl FnMut(&str)) {
    let letters = match c {
        'ł' | 'Ł' => "L",
        'ı' => "I",
        'ø' | 'Ø' => "O",
        'ß' | 'ẞ' => "SS",
        'đ' | 'Đ' | 'ð' | 'Ð' => "D",
        'æ' | 'Æ' => "AE",
        'œ' | 'Œ' => "OE",
        'þ' | 'Þ' => "TH",
        'ŋ' | 'Ŋ' => "NG",
        'ħ' | 'Ħ' => "H",
        'ŧ' | 'Ŧ' => "T",
        'ə' | 'Ə' => "A",
        _ => match cyrillic(c) {
            Some(letters) => letters,
            None => deunicode::deunicode_char(c).unwrap_or(" "),
        },
    };
    give(letters);
}

/// Gives the Latin letters of a word in another script, without marks.
pub(super) fn word(word: &str, mut give: impl FnMut(&str)) {
    if let Some(latin) = lists::in_arabic_script(word) {
        give(latin);
    } else {
        word.chars().for_each(|c| letter(c, &mut give));
    }
}

/// Cyrillic without marks: й, ї and ё have lost theirs by now. The Ukrainian and Bulgarian letters take the Russian sound.
fn cyrillic(c: char) -> Option<&'static str> {
    let lower = c.to_lowercase().next()?;
    Some(match lower {
        'а' => "A",
        'б' => "B",
        'в' => "V",
        'г' | 'ґ' => "G",
        'д' => "D",
        'е' | 'э' => "E",
        'є' => "YE",
        'ж' => "ZH",
        'з' => "Z",
        'и' | 'і' => "I",
        'ы' => "Y",
        'ј' => "J",
        'к' => "K",
        'л' => "L",
        'љ' => "LJ",
        'м' => "M",
        'н' => "N",
        'њ' => "NJ",
        'о' => "O",
        'п' => "P",
        'р' => "R",
        'с' => "S",
        'т' => "T",
        'у' => "U",
        'ф' => "F",
        'х' => "KH",
        'ц' => "TS",
        'ч' => "CH",
        'џ' => "DZ",
        'ш' => "SH",
        'щ' => "SHCH",
        'ъ' | 'ь' => "",
        'ю' => "YU",
        'я' => "YA",
        _ => return None,
    })
}
