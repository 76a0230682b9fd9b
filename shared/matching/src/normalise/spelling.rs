//! The spelling class: what is left of a word when the differences between spellings of one name are taken away
//! (rules N2, N8, N9 and N11).
//!
//! Rules run over the bytes of a folded word until nothing changes; each takes letters away or moves to a letter from which
//! no rule leads back, so that they end. A short list adds what no rule can say (Mohamed and Muhammad).

use super::lists;

/// No name takes more rounds; the bound keeps any input in linear time.
const ROUNDS: usize = 12;

/// The class of a folded word: equal for spellings of one name. It is tight: a comparison may call two words of one class
/// "spelled alike". Arguable members of one class are the homophones ij, y and ei (Klein, Klijn), th and t (Smith, Smit),
/// d and t at the end (Smid, Smit), and doubled consonants (Jansen, Janssen). Bos and Bosch, Kok and Koch, Jan and Jaan,
/// Pieters and Peters stay apart. A class is its own class.
pub fn spelling(word: &str) -> String {
    if let Some(class) = lists::listed_spelling(word) {
        return class.to_owned();
    }
    let class = class_by_rules(word);
    match lists::listed_spelling(&class) {
        Some(listed) => listed.to_owned(),
        None => class,
    }
}

/// The class without the list.
pub(super) fn class_by_rules(word: &str) -> String {
    let mut letters = word.as_bytes().to_vec();
    let mut next = Vec::with_capacity(letters.len() + 4);
    for _ in 0..ROUNDS {
        ending(&mut letters);
        next.clear();
        Pass { word: &letters, out: &mut next }.run();
        let is_done = next == letters;
        std::mem::swap(&mut letters, &mut next);
        if is_done {
            break;
        }
    }
    // Folded words are ASCII; anything else that is handed in loses what is not.
    letters.retain(u8::is_ascii);
    String::from_utf8(letters).unwrap_or_default()
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'A' | b'E' | b'I' | b'O' | b'U')
}

fn is_consonant(letter: u8) -> bool {
    letter.is_ascii_uppercase() && !is_vowel(letter) && letter != b'Y'
}

/// Endings and openings that say the grammar or the country of a name, not the name: the longest word that must be there, what is
/// written, what it becomes.
const ENDINGS: [(usize, &[u8], &[u8]); 23] = [
    (6, b"SKAYA", b"SKI"),
    (6, b"SKAJA", b"SKI"),
    (6, b"SKAIA", b"SKI"),
    (6, b"SKA", b"SKI"),
    (6, b"ICKA", b"ICKI"),
    (6, b"NECKA", b"NECKI"),
    (6, b"RECKA", b"RECKI"),
    (6, b"LECKA", b"LECKI"),
    (6, b"OVA", b"OV"),
    (6, b"OWA", b"OV"),
    (6, b"EVA", b"EV"),
    (6, b"EWA", b"EV"),
    (8, b"OVICH", b"OVITS"),
    (8, b"EVICH", b"EVITS"),
    (8, b"OVIC", b"OVITS"),
    (8, b"EVIC", b"EVITS"),
    (8, b"OVITCH", b"OVITS"),
    (8, b"OVITSJ", b"OVITS"),
    (8, b"OWICZ", b"OVITS"),
    (6, b"DIEN", b"DIN"),
    (8, b"PERSAUD", b"PERSAT"),
    (6, b"OGLOE", b"OGLU"),
    (6, b"IJA", b"IA"),
];

fn ending(word: &mut Vec<u8>) {
    // Every ending of the list has one of these letters last.
    if !matches!(word.last(), Some(b'A' | b'H' | b'C' | b'J' | b'Z' | b'N' | b'D' | b'E' | b'W' | b'Y' | b'I')) {
        return;
    }
    for (least, written, becomes) in ENDINGS {
        if word.len() >= least && word.ends_with(written) {
            word.truncate(word.len() - written.len());
            word.extend_from_slice(becomes);
            return;
        }
    }
    // Debbie and Debby, Willie and Willy; Annie. Not Marie and Mary.
    if let [.., one, other, b'I', b'E'] = word.as_slice()
        && (one == other && is_consonant(*one) || (*one, *other) == (b'C', b'K'))
    {
        word.pop();
    }
    // Kowalow, Kiselew: Slavic w is v. The vowel of Dutch -ouw and -eeuw is not followed by w alone.
    if let [.., one, b'O' | b'E', w @ b'W'] = word.as_mut_slice()
        && is_consonant(*one)
    {
        *w = b'V';
    }
}

/// One reading of a word from left to right.
struct Pass<'a> {
    word: &'a [u8],
    out: &'a mut Vec<u8>,
}

impl Pass<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while at < self.word.len() {
            at += self.step(at);
        }
    }

    fn letter(&self, at: usize) -> u8 {
        self.word.get(at).copied().unwrap_or(0)
    }

    fn starts(&self, at: usize, with: &[u8]) -> bool {
        self.word.get(at..).is_some_and(|rest| rest.starts_with(with))
    }

    fn is_last(&self, at: usize) -> bool {
        at + 1 == self.word.len()
    }

    fn before(&self) -> u8 {
        self.out.last().copied().unwrap_or(0)
    }

    /// Writes letters; a consonant is never written twice in a row.
    fn write(&mut self, letters: &[u8], read: usize) -> usize {
        for &letter in letters {
            if !(is_consonant(letter) && self.before() == letter) {
                self.out.push(letter);
            }
        }
        read
    }

    /// Reads what stands at a place, writes what it is, and says how many letters it read.
    fn step(&mut self, at: usize) -> usize {
        let letter = self.letter(at);
        let next = self.letter(at + 1);
        match letter {
            b'A' if next == b'E' && is_consonant(self.letter(at + 2)) => self.write(b"AA", 2),
            b'E' if matches!(next, b'I' | b'Y') && self.before() != b'E' => {
                let third = self.letter(at + 2);
                let read = if third == b'J' || (third == b'Y' && next == b'I') { 3 } else { 2 };
                // Leia is not Lia: before an a, the e is heard.
                let heard: &[u8] = if self.letter(at + read) == b'A' { b"EY" } else { b"Y" };
                self.write(heard, read)
            }
            b'E' if next == b'J' && self.is_last(at + 1) => self.write(b"Y", 2),
            b'I' => self.i(at, next),
            b'Y' => self.y(at, next),
            b'J' if next == b'A' && matches!(self.before(), b'L' | b'N' | b'T' | b'F') => self.write(b"I", 1),
            b'O' => self.o(at, next),
            b'U' if next == b'E' && is_consonant(self.letter(at + 2)) => self.write(b"U", 2),
            b'C' => self.c(at, next),
            b'D' => self.d(at, next),
            b'G' if next == b'H' => self.write(b"G", 2),
            b'H' if self.is_silent_at_the_end(at) => 1,
            b'K' if next == b'H' && at > 0 => self.write(b"CH", 2),
            b'P' if next == b'H' => self.write(b"F", 2),
            b'B' if next == b'H' && at == 0 => self.write(b"B", 2),
            b'Q' => self.q(at, next),
            b'S' => self.s(at, next),
            b'T' => self.t(at, next),
            b'X' => self.write(b"KS", 1),
            b'Z' if self.is_last(at) && self.word.len() >= 4 && matches!(self.before(), b'A' | b'E' | b'L' | b'N') => {
                self.write(b"S", 1)
            }
            b'W' if at == 2 && is_vowel(next) && (self.starts(0, b"KO") || self.starts(0, b"NO")) && next == b'A' => {
                self.write(b"V", 1)
            }
            other => self.write(&[other], 1),
        }
    }

    /// Sarah, Fatimah; not Noah or Elijah, who are not Noa and Elia.
    fn is_silent_at_the_end(&self, at: usize) -> bool {
        let Some(&[.., before, a]) = self.word.get(..at) else { return false };
        self.is_last(at) && a == b'A' && !is_vowel(before) && before != b'J'
    }

    /// A doubled consonant that Dutch never has behind a long vowel or oe.
    fn is_doubled(&self, at: usize) -> bool {
        let pair = (self.letter(at), self.letter(at + 1));
        pair.0 == pair.1 && matches!(pair.0, b'F' | b'L' | b'T')
    }

    /// ij is y; ai, oi and ui are ay, oy and uy; i at the end behind a consonant stays.
    fn i(&mut self, at: usize, next: u8) -> usize {
        match next {
            b'Y' if self.starts(at, b"IYA") && at + 3 == self.word.len() => self.write(b"I", 2),
            b'J' | b'Y' if self.is_last(at + 1) && is_consonant(self.before()) => self.write(b"I", 2),
            b'J' | b'Y' => self.write(b"Y", 2),
            b'I' => self.write(b"I", 2),
            _ if matches!(self.before(), b'A' | b'O' | b'U') => self.write(b"Y", 1),
            _ => self.write(b"I", 1),
        }
    }

    fn y(&mut self, at: usize, next: u8) -> usize {
        if at == 0 && is_vowel(next) && self.word.len() >= 5 {
            return self.write(b"J", 1);
        }
        if next == b'A' && matches!(self.before(), b'L' | b'N' | b'T' | b'F') {
            return self.write(b"I", 1);
        }
        if self.is_last(at) && is_consonant(self.before()) {
            return self.write(b"I", 1);
        }
        let read = if matches!(next, b'J' | b'Y') || (next == b'I' && at > 0) { 2 } else { 1 };
        self.write(b"Y", read)
    }

    /// oe is u, except at the end (Zoe), in a word of one syllable (Loek is not Luc) and where it can only be German or
    /// Turkish ö; ou is u where it can only be Maghrebi.
    fn o(&mut self, at: usize, next: u8) -> usize {
        let third = self.letter(at + 2);
        if next == b'E' && third != 0 && third != b'U' {
            let is_umlaut = third == b'H' || self.is_doubled(at + 2) || (at == 0 && third == b'Z');
            if is_umlaut {
                return self.write(b"O", 2);
            }
            let others = self.word.iter().enumerate().filter(|(place, _)| !(at..at + 2).contains(place));
            if others.map(|(_, &letter)| letter).any(|letter| is_vowel(letter) || letter == b'Y') {
                return self.write(b"U", 2);
            }
            return self.write(b"OE", 2);
        }
        if next == b'U' {
            let ends_in_i = self.word.len() >= 6 && self.word.last() == Some(&b'I');
            let before_vowel = is_vowel(third) && third != b'I';
            if third == 0 || before_vowel || (ends_in_i && third != b'I') {
                return self.write(b"U", 2);
            }
        }
        self.write(b"O", 1)
    }

    fn c(&mut self, at: usize, next: u8) -> usize {
        match next {
            b'K' => self.write(b"K", 2),
            b'H' if at == 0 && self.letter(2) == b'R' => self.write(b"K", 2),
            b'H' | b'Z' => self.write(b"CH", 2),
            b'E' | b'I' | b'Y' => self.write(b"C", 1),
            _ => self.write(b"K", 1),
        }
    }

    /// d at the end, also before s, and dt are t; dj is j.
    fn d(&mut self, at: usize, next: u8) -> usize {
        let ends = |length: usize| at + length == self.word.len();
        match next {
            0 if at > 0 => self.write(b"T", 1),
            b'S' if ends(2) && at > 0 => self.write(b"T", 1),
            b'T' if ends(2) => self.write(b"T", 2),
            b'T' if ends(3) && self.letter(at + 2) == b'S' => self.write(b"T", 2),
            b'J' if !(ends(3) && self.letter(at + 2) == b'E') => self.write(b"J", 2),
            b'H' if at == 0 => self.write(b"D", 2),
            _ => self.write(b"D", 1),
        }
    }

    fn q(&mut self, at: usize, next: u8) -> usize {
        if next != b'U' {
            return self.write(b"K", 1);
        }
        if at == 0 { self.write(b"KW", 2) } else { self.write(b"K", 2) }
    }

    /// sj, and sch before a vowel inside a word, are sh; sz is s, and ssch is the old spelling of ss (Visscher). Sch at the
    /// opening and at the end stays (Schaap, Bosch), and so does the diminutive -sje.
    fn s(&mut self, at: usize, next: u8) -> usize {
        if self.starts(at, b"SSCH") && is_vowel(self.letter(at + 4)) {
            return self.write(b"S", 4);
        }
        match next {
            b'C' if self.letter(at + 2) == b'H' => {
                let is_inside = at > 0 && is_vowel(self.letter(at + 3));
                self.write(if is_inside { b"SH".as_slice() } else { b"SCH" }, 3)
            }
            b'Z' => self.write(b"S", 2),
            b'J' if !(self.starts(at, b"SJE") && at + 3 == self.word.len()) && self.letter(at + 2) != 0 => {
                self.write(b"SH", 2)
            }
            _ => self.write(b"S", 1),
        }
    }

    fn t(&mut self, at: usize, next: u8) -> usize {
        match next {
            b'H' => self.write(b"T", 2),
            b'Z' if self.is_last(at + 1) && matches!(self.before(), b'N' | b'L') => self.write(b"S", 2),
            b'Z' if self.is_last(at + 1) => self.write(b"TS", 2),
            b'J' if at == 0 && matches!(self.letter(2), b'E' | b'I') => self.write(b"C", 2),
            _ => self.write(b"T", 1),
        }
    }
}
