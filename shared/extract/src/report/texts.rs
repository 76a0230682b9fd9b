//! The words and the numbers of the page, Dutch or English.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use matching::explain::{self, Language};
use matching::field::Kind;
use matching::resolve::Reason;
use matching::score::Millibits;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    nl: String,
    en: String,
}

/// A list that cannot be read leaves keys as they are: a test holds that it can.
static TEXTS: LazyLock<BTreeMap<String, Text>> =
    LazyLock::new(|| toml::from_str(include_str!("texts.toml")).unwrap_or_default());

/// The texts of one language.
#[derive(Clone, Copy)]
pub(super) struct Texts {
    pub language: Language,
}

impl Texts {
    pub const fn of(language: Language) -> Self {
        Self { language }
    }

    /// The language's code.
    pub const fn code(self) -> &'static str {
        match self.language {
            Language::Dutch => "nl",
            Language::English => "en",
        }
    }

    /// A text by its key; the key itself where there is none.
    pub fn say(self, key: &str) -> &str {
        TEXTS.get(key).map_or(key, |text| match self.language {
            Language::Dutch => &text.nl,
            Language::English => &text.en,
        })
    }

    /// Whether there is a text for a key.
    #[cfg(test)]
    pub fn has(self, key: &str) -> bool {
        TEXTS.contains_key(key) && !self.say(key).is_empty()
    }

    /// A text whose key has two parts.
    pub fn say_of(self, first: &str, second: &str) -> String {
        let key = format!("{first}-{second}");
        self.say(&key).to_owned()
    }

    pub fn reason(self, reason: Reason) -> String {
        self.say_of("reason", reason.code())
    }

    pub fn kind(self, kind: Kind) -> &'static str {
        explain::kind_label(kind, self.language)
    }

    /// `1.234.567` or `1,234,567`.
    pub fn count(self, count: u64) -> String {
        let digits = count.to_string();
        let mut grouped = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                grouped.push(if self.language == Language::Dutch { '.' } else { ',' });
            }
            grouped.push(digit);
        }
        grouped
    }

    pub fn bits(self, millibits: Millibits) -> String {
        explain::bits(millibits, self.language)
    }

    /// With its sign also when it is positive.
    pub fn signed(self, millibits: Millibits) -> String {
        let bits = self.bits(millibits);
        if millibits > 0 { format!("+{bits}") } else { bits }
    }

    /// A whole number with a real minus.
    pub fn whole(self, number: i64) -> String {
        let sign = if number < 0 { "−" } else { "" };
        format!("{sign}{}", self.count(number.unsigned_abs()))
    }

    /// `3 tot 4`.
    pub fn span(self, from: i64, to: i64) -> String {
        format!("{} {} {}", self.whole(from), self.say("to"), self.whole(to))
    }

    pub fn decimals(self, number: f64, decimals: usize) -> String {
        let text = format!("{number:.decimals$}");
        if self.language == Language::Dutch { text.replace('.', ",") } else { text }
    }

    /// A ratio with four decimals, rounded down, so that one is all.
    pub fn ratio(self, ratio: Option<f64>) -> String {
        ratio.map_or_else(|| "–".to_owned(), |ratio| self.decimals((ratio * 10_000.0 + 1e-9).floor() / 10_000.0, 4))
    }
}
