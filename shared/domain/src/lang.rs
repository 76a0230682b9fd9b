//! The languages of the screens, and a text that exists in each of them.
//!
//! Invariant: whatever a reader sees exists in every language listed here, so a missing translation is a type error rather
//! than an empty place on a screen.

use serde::Deserialize;

/// A language in which the house speaks. Dutch is the language of the proceedings and therefore the default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// Dutch.
    #[default]
    Nl,
    /// English.
    En,
}

impl Lang {
    /// The language tag of BCP 47, as an HTML `lang` attribute carries it: `nl` or `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::En => "en",
        }
    }

    /// The language whose tag is exactly `code`; `None` for a language in which nothing is written here.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "nl" => Some(Self::Nl),
            "en" => Some(Self::En),
            _ => None,
        }
    }
}

/// One text in every language; in a code list a table `{ nl = "…", en = "…" }`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// The Dutch text.
    pub nl: String,
    /// The English text.
    pub en: String,
}

impl Label {
    /// The text in `lang`.
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Nl => &self.nl,
            Lang::En => &self.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Label, Lang};

    #[test]
    fn dutch_is_the_default_and_codes_read_back() {
        assert_eq!(Lang::default(), Lang::Nl);
        for lang in [Lang::Nl, Lang::En] {
            assert_eq!(Lang::from_code(lang.code()), Some(lang));
        }
        for unknown in ["", "NL", "de", "nl-NL"] {
            assert_eq!(Lang::from_code(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn a_label_answers_in_the_language_asked() {
        let label: Label = serde_json::from_str(r#"{"nl":"zitting","en":"hearing"}"#).unwrap();
        assert_eq!(label.in_lang(Lang::Nl), "zitting");
        assert_eq!(label.in_lang(Lang::En), "hearing");
    }

    #[test]
    fn a_label_without_a_translation_is_refused() {
        for json in [r#"{"nl":"zitting"}"#, r#"{"nl":"zitting","en":"hearing","de":"Sitzung"}"#] {
            assert!(serde_json::from_str::<Label>(json).is_err(), "{json}");
        }
    }
}
