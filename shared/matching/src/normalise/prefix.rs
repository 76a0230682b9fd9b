//! Prefixes to surnames (rule N4): what clerks write short or glue to the name, set apart and written in one way.

use super::lists;

/// The prefix of folded particles, written out: `V D` is `VAN DE`, `T` is `HET`, `S` is `DES` (rules N3 and N4).
pub(super) fn written_out(particles: &[String]) -> String {
    let mut prefix = String::new();
    for (at, particle) in particles.iter().enumerate() {
        let follows_another = at > 0;
        let opens_another =
            particles.get(at + 1).is_some_and(|next| matches!(next.as_str(), "D" | "DE" | "DEN" | "DER" | "T"));
        let written = match particle.as_str() {
            "V" => "VAN",
            "VD" | "VDE" | "VANDE" => "VAN DE",
            "VDN" | "VANDEN" => "VAN DEN",
            "VDR" | "VANDER" => "VAN DER",
            "VH" | "VT" => "VAN HET",
            "VOND" => "VON DE",
            "D" if follows_another => "DE",
            "A" if opens_another => "AAN",
            "T" | "H" => "HET",
            "S" => "DES",
            "UIJT" | "UYT" => "UIT",
            "AYT" => "AIT",
            other => other,
        };
        if !prefix.is_empty() {
            prefix.push(' ');
        }
        prefix.push_str(written);
    }
    prefix
}

/// How many words at the beginning are particles. An H is one behind a V only, as in `v.h.`.
pub(super) fn leading(words: &[String]) -> usize {
    let mut before = "";
    words
        .iter()
        .take_while(|word| {
            let is_particle = lists::is_particle(word) || (*word == "H" && before == "V");
            before = word;
            is_particle
        })
        .count()
}

/// Whether a folded word is one that prefixes of surnames are made of, such as VAN or EL.
pub fn is_prefix(word: &str) -> bool {
    lists::is_particle(word)
}

/// A prefix without what registers interchange: the articles de, den, der and het are one, the Arabic articles el and al
/// are one, von is van. Two prefixes of one class differ in nothing that says anything about the person.
pub fn prefix_class(prefix: &str) -> String {
    let mut class = String::new();
    for word in prefix.split_whitespace() {
        let kept = match word {
            "DEN" | "DER" | "DES" | "HET" | "D" | "DEM" => "DE",
            "VON" => "VAN",
            "AL" => "EL",
            "BIN" | "IBN" => "BEN",
            "ABOU" | "ABU" => "BOU",
            other => other,
        };
        if !class.is_empty() {
            class.push(' ');
        }
        class.push_str(kept);
    }
    class
}

/// The particles and the core of a surname that is written in one word, if it is certain where the core begins.
///
/// `VANDEN`, `VANDER` and `VANDE` open no other Dutch surname. Shorter particles are split off before listed cores only
/// (`DEKKER` and `TERPSTRA` have none), and `EL` also before a word of at least five letters that ends in I.
pub(super) fn split_glued(word: &str) -> Option<(&'static [&'static str], &str)> {
    const LONG: [(&str, &[&str]); 4] = [
        ("VANDEN", &["VAN", "DEN"]),
        ("VANDER", &["VAN", "DER"]),
        ("VONDER", &["VON", "DER"]),
        ("VANDE", &["VAN", "DE"]),
    ];
    const SHORT: [(&str, &[&str]); 5] =
        [("DE", &["DE"]), ("TER", &["TER"]), ("TEN", &["TEN"]), ("EL", &["EL"]), ("AL", &["AL"])];
    for (glued, particles) in LONG {
        if let Some(core) = word.strip_prefix(glued).filter(|core| opens_a_word(core)) {
            return Some((particles, core));
        }
    }
    SHORT.into_iter().find_map(|(glued, particles)| {
        let core = word.strip_prefix(glued)?;
        let is_arabic = glued == "EL" && core.len() >= 5 && core.ends_with('I');
        (is_arabic || lists::is_glued_to(glued, core)).then_some((particles, core))
    })
}

/// A core has at least three letters, a vowel among them, and does not open with a doubled consonant.
fn opens_a_word(core: &str) -> bool {
    let bytes = core.as_bytes();
    core.len() >= 3
        && bytes.first() != bytes.get(1)
        && bytes.iter().any(|byte| matches!(byte, b'A' | b'E' | b'I' | b'O' | b'U' | b'Y'))
}
