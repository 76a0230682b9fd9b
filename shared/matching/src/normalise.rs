//! Names as they are compared: without accents, case, punctuation, and the spelling differences that mean nothing.
//!
//! The rules are those by which Dutch courts meet names: letters that decompose lose their marks, letters that do not
//! (ł, ø, ß, ı …) have an equivalent, `ij` and `y` are one letter, prefixes such as *van den* are set apart.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Prefixes that stand before a Dutch or migrant surname, normalised. After the national table of prefixes (table 36 of the population register),
/// the common ones.
const PREFIXES: [&str; 42] = [
    "A", "AAN", "AL", "ANDE", "BIJ", "D", "DA", "DAL", "DALLA", "DAS", "DE", "DEL", "DELA", "DEN", "DER", "DES", "DI",
    "DO", "DOS", "DU", "EL", "HET", "IN", "L", "LA", "LAS", "LE", "LOS", "OP", "S", "T", "TE", "TEN", "TER", "UIT",
    "V", "VAN", "VD", "VON", "VOOR", "ZU", "ZUM",
];

/// The words of a name in capitals A–Z and digits; a name in another script is transliterated.
pub fn words(name: &str) -> Vec<String> {
    let plain: String = name.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    let latin = deunicode::deunicode(&plain).to_uppercase();
    latin
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.replace("IJ", "Y"))
        .collect()
}

/// The spellings under which a surname may stand elsewhere: its core without prefixes, and all of it written as one word.
pub fn surnames(surname: &str) -> BTreeSet<String> {
    let words = words(surname);
    let core: Vec<&str> = words.iter().map(String::as_str).skip_while(|word| PREFIXES.contains(word)).collect();
    let mut forms = BTreeSet::new();
    if !core.is_empty() {
        forms.insert(core.concat());
        // A double surname is known by either half.
        if core.len() > 1 && surname.contains('-') {
            forms.extend(surname.split('-').flat_map(surnames));
        }
    }
    forms.insert(words.concat());
    forms.remove("");
    forms
}

/// The given names that are written out, as a set: registers disagree about their order.
pub fn given_names(names: &str) -> BTreeSet<String> {
    words(names).into_iter().filter(|word| word.chars().count() > 1).collect()
}

/// The first letters of the given names, in their order, from the names or from initials such as `A.F.` or `Th.`.
pub fn initials(names: &str) -> Vec<char> {
    words(names).iter().filter_map(|word| word.chars().next()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_that_means_nothing_is_gone() {
        for (one, other) in [
            ("Yıldız", "Yildiz"),
            ("Łukasz", "Lukasz"),
            ("Dijkstra", "Dykstra"),
            ("André", "ANDRE"),
            ("Zoë", "Zoe"),
            ("IJsbrand", "Ysbrand"),
        ] {
            assert_eq!(words(one), words(other), "{one} and {other}");
        }
    }

    #[test]
    fn a_prefix_is_set_apart_however_it_is_written() {
        for written in ["van den Berg", "v.d. Berg", "vd Berg", "VAN DEN BERG", "Berg"] {
            assert!(surnames(written).contains("BERG"), "{written}");
        }
        assert!(surnames("El Amrani").contains("ELAMRANI"));
        assert!(surnames("Elamrani").contains("ELAMRANI"));
    }

    #[test]
    fn a_double_surname_is_known_by_either_half() {
        let both = surnames("Jansen-de Vries");
        assert!(both.contains("JANSEN") && both.contains("VRIES"));
    }

    #[test]
    fn a_surname_that_is_only_a_prefix_is_kept() {
        assert_eq!(surnames("De"), BTreeSet::from(["DE".to_owned()]));
        assert!(surnames("…").is_empty());
    }

    #[test]
    fn initials_come_from_names_and_from_letters() {
        assert_eq!(initials("Anne-Fleur Belle"), vec!['A', 'F', 'B']);
        assert_eq!(initials("Th. P."), vec!['T', 'P']);
        assert!(given_names("J. P.").is_empty());
    }
}
