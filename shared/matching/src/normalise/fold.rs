//! Folding: what was written, as words of plain capitals (rules N1 to N3 of naming in Dutch registers).
//!
//! A digit is kept only between letters (`M0hamed` must stay one slip away from `MOHAMED`); every other digit separates,
//! so that `NN1` is `NN`. Apostrophes and invisible characters vanish, so that `M'hamed` is one word.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::transliterate;

/// The folded words of a text: compatibility-decomposed, without marks, in capitals A–Z, split at all that is no letter.
/// Letters that do not decompose have an equivalent (ł→L, ı→I, ø→O, ß→SS, đ and ð→D, æ→AE, œ→OE, þ→TH); another script
/// is written in Latin letters. Digits stay between letters only. Folding is idempotent.
pub fn words(text: &str) -> Vec<String> {
    let mut folding = Folding::default();
    if text.is_ascii() {
        text.bytes().for_each(|byte| folding.ascii(byte));
    } else {
        fold_unicode(text, &mut folding);
    }
    folding.finish()
}

/// Every sign that is written for an apostrophe, and the letters of Semitic scripts' romanisations that look like one.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`' | '\u{b4}' | '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' | '\u{ff07}' | '\u{2b9}'
            ..='\u{2bf}' | '\u{2c8}' | '\u{2ca}' | '\u{2cb}' | '\u{55a}' | '\u{5f3}' | '\u{a78b}' | '\u{a78c}'
    )
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{b7}' | '\u{640}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

fn fold_unicode(text: &str, folding: &mut Folding) {
    let mut other_script = String::new();
    let shown = text.chars().filter(|c| !is_apostrophe(*c) && !is_invisible(*c));
    for whole in shown.nfkc().filter(|c| !is_apostrophe(*c) && !is_invisible(*c)) {
        if transliterate::has_vowels_as_marks(whole) {
            spell(&mut other_script, folding);
            transliterate::letter(whole, |letters| folding.letters(letters));
            continue;
        }
        for c in std::iter::once(whole).nfkd().filter(|c| !is_combining_mark(*c)) {
            if c.is_alphabetic() && transliterate::is_other_script(c) {
                other_script.push(c);
                continue;
            }
            spell(&mut other_script, folding);
            if c.is_ascii() {
                // The cast cannot lose anything: the character is ASCII.
                folding.ascii(c as u8);
            } else if c.is_alphabetic() {
                transliterate::letter(c, |letters| folding.letters(letters));
            } else {
                folding.separate();
            }
        }
    }
    spell(&mut other_script, folding);
}

/// Writes a word in another script, which ends here, in Latin letters.
fn spell(other_script: &mut String, folding: &mut Folding) {
    if !other_script.is_empty() {
        transliterate::word(other_script, |letters| folding.letters(letters));
        other_script.clear();
    }
}

/// The words so far, the word in hand, and the digits that count only if a letter follows.
#[derive(Default)]
struct Folding {
    words: Vec<String>,
    word: String,
    digits: String,
}

impl Folding {
    fn letters(&mut self, letters: &str) {
        letters.bytes().for_each(|byte| self.ascii(byte));
    }

    fn ascii(&mut self, byte: u8) {
        if byte.is_ascii_alphabetic() {
            if !self.digits.is_empty() {
                self.word.push_str(&self.digits);
                self.digits.clear();
            }
            if self.word.is_empty() {
                self.word.reserve(16);
            }
            self.word.push(char::from(byte.to_ascii_uppercase()));
        } else if byte.is_ascii_digit() {
            if !self.word.is_empty() {
                self.digits.push(char::from(byte));
            }
        } else if byte != b'\'' && byte != b'`' {
            self.separate();
        }
    }

    fn separate(&mut self) {
        self.digits.clear();
        if !self.word.is_empty() {
            self.words.push(std::mem::take(&mut self.word));
        }
    }

    fn finish(mut self) -> Vec<String> {
        self.separate();
        self.words
    }
}
