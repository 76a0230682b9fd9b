//! What screens say, in Dutch (the default) and English: Fluent messages, compiled in.
//!
//! Invariants: both languages have the same messages with the same arguments ([`Texts::differences`] is empty, held by a
//! test of each service); every set of texts includes those of the shell. A value is never wrapped in direction marks,
//! so that what is shown is what is searched and copied.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

/// Value of an argument of a message: text or a number.
pub use fluent_bundle::FluentValue as Value;

use crate::session::Cookies;

/// Texts of the shell around every page.
const SHELL: [&str; 2] = [include_str!("../texts/nl.ftl"), include_str!("../texts/en.ftl")];

/// Base name of the cookie that keeps the choice of language.
pub(crate) const LANG_COOKIE: &str = "lang";

/// Language of a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Lang {
    /// Dutch.
    #[default]
    Nl,
    /// English.
    En,
}

impl Lang {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::Nl, Self::En];

    /// Language tag for the `lang` attribute (BCP 47).
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::En => "en",
        }
    }

    /// Name of the language in that language.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Nl => "Nederlands",
            Self::En => "English",
        }
    }

    /// The language with this tag.
    pub fn tagged(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag)
    }

    /// The language that a request asks for: its cookie, else the first it accepts that we speak, else Dutch.
    pub fn of_request(headers: &HeaderMap) -> Self {
        let kept = [true, false].into_iter().find_map(|secure| Cookies { secure }.read(headers, LANG_COOKIE));
        if let Some(lang) = kept.as_deref().and_then(Self::tagged) {
            return lang;
        }
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut wanted: Vec<(u32, Self)> = accepted.split(',').filter_map(preference).collect();
        // Stable: among equals the first named wins.
        wanted.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        wanted.first().map_or_else(Self::default, |(_, lang)| *lang)
    }
}

/// One item of `Accept-Language`: its weight in thousandths and the language, unless we do not speak it or it is refused.
fn preference(item: &str) -> Option<(u32, Lang)> {
    let (range, weight) = item.split_once(";q=").unwrap_or((item, "1"));
    let primary = range.trim().split('-').next()?.to_ascii_lowercase();
    let (whole, part) = weight.trim().split_once('.').unwrap_or((weight.trim(), ""));
    let thousandths: u32 = format!("{part:0<3}").get(..3)?.parse().ok()?;
    let weight = whole.parse::<u32>().ok()?.min(1) * 1000 + thousandths;
    Lang::tagged(&primary).filter(|_| weight > 0).map(|lang| (weight, lang))
}

impl<S: Send + Sync> FromRequestParts<S> for Lang {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of_request(&parts.headers))
    }
}

/// The texts cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TextError {
    /// The language's own tag is not understood.
    #[error("{lang} is not a language tag")]
    Locale {
        /// Tag of the language.
        lang: &'static str,
    },
    /// Not Fluent.
    #[error("texts in {lang}: {complaint}")]
    Syntax {
        /// Tag of the language.
        lang: &'static str,
        /// What the parser objects to first.
        complaint: String,
    },
    /// A message twice, perhaps once in the shell.
    #[error("texts in {lang}: {complaint}")]
    Twice {
        /// Tag of the language.
        lang: &'static str,
        /// Which message.
        complaint: String,
    },
}

/// All messages of a service and of the shell, in both languages.
pub struct Texts {
    by_lang: BTreeMap<Lang, Messages>,
}

/// The messages of one language.
struct Messages {
    bundle: FluentBundle<FluentResource>,
    /// Each message with the arguments it takes.
    arguments: BTreeMap<String, BTreeSet<String>>,
}

impl Texts {
    /// Reads the messages of a service and adds those of the shell.
    ///
    /// # Errors
    /// When a text is not Fluent, or defines a message twice.
    pub fn load(nl_ftl: &str, en_ftl: &str) -> Result<Self, TextError> {
        let mut by_lang = BTreeMap::new();
        for (lang, shell, own) in [(Lang::Nl, SHELL[0], nl_ftl), (Lang::En, SHELL[1], en_ftl)] {
            let locale: LanguageIdentifier = lang.tag().parse().map_err(|_| TextError::Locale { lang: lang.tag() })?;
            let mut bundle = FluentBundle::new_concurrent(vec![locale]);
            bundle.set_use_isolating(false);
            let mut arguments = BTreeMap::new();
            for source in [shell, own] {
                let resource = FluentResource::try_new(source.to_owned()).map_err(|(_, errors)| TextError::Syntax {
                    lang: lang.tag(),
                    complaint: errors.first().map(ToString::to_string).unwrap_or_default(),
                })?;
                bundle.add_resource(resource).map_err(|errors| TextError::Twice {
                    lang: lang.tag(),
                    complaint: errors.first().map(ToString::to_string).unwrap_or_default(),
                })?;
                arguments.extend(messages_in(source));
            }
            by_lang.insert(lang, Messages { bundle, arguments });
        }
        Ok(Self { by_lang })
    }

    /// The message with these arguments. Where it is missing the key itself is shown and an error logged: a page with
    /// one odd word serves a judge better than no page.
    pub fn say(&self, lang: Lang, key: &str, arguments: &[(&str, Value<'_>)]) -> String {
        let Some(messages) = self.by_lang.get(&lang) else {
            return key.to_owned();
        };
        let Some(pattern) = messages.bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, lang = lang.tag(), "a text is missing");
            return key.to_owned();
        };
        let arguments: FluentArgs<'_> = arguments.iter().map(|(name, value)| (*name, value.clone())).collect();
        let mut errors = Vec::new();
        let text = messages.bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(key, lang = lang.tag(), "a text lacks an argument");
        }
        text
    }

    /// Whether there is a message of this key in both languages.
    pub fn has(&self, key: &str) -> bool {
        self.by_lang.values().all(|messages| messages.bundle.has_message(key))
    }

    /// Where the languages differ: messages or arguments that only one of them has. Empty when all is well.
    pub fn differences(&self) -> Vec<String> {
        let of = |lang| self.by_lang.get(&lang).map(|messages: &Messages| &messages.arguments);
        let (Some(nl), Some(en)) = (of(Lang::Nl), of(Lang::En)) else {
            return vec!["a language is missing".into()];
        };
        let keys: BTreeSet<_> = nl.keys().chain(en.keys()).collect();
        keys.into_iter()
            .filter_map(|key| match (nl.get(key), en.get(key)) {
                (Some(a), Some(b)) if a == b => None,
                (Some(a), Some(b)) => Some(format!("{key}: nl takes {a:?}, en takes {b:?}")),
                (Some(_), None) => Some(format!("{key}: not in en")),
                _ => Some(format!("{key}: not in nl")),
            })
            .collect()
    }

    /// The keys that a template asks for (`say("…")` and `say_with("…"`) and that are not there in both languages. For
    /// a test over the templates of a service.
    pub fn missing_in(&self, template: &str) -> Vec<String> {
        let asked = template.split("say").skip(1).filter_map(|rest| {
            let rest = rest.strip_prefix("_with").unwrap_or(rest).strip_prefix("(\"")?;
            rest.split('"').next()
        });
        asked.filter(|key| !self.has(key)).map(str::to_owned).collect()
    }
}

/// Messages of a Fluent source with the names of their arguments. A message starts at the margin; its continuation is
/// indented.
fn messages_in(source: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut key = String::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-') {
            line.split('=').next().unwrap_or_default().trim().clone_into(&mut key);
            messages.entry(key.clone()).or_default();
        }
        let names = line.split('$').skip(1).map(|rest| {
            rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect::<String>()
        });
        if let Some(arguments) = messages.get_mut(&key) {
            arguments.extend(names);
        }
    }
    messages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shell_is_complete_in_both_languages() {
        let texts = Texts::load("", "").unwrap();
        assert_eq!(texts.differences(), Vec::<String>::new());
        for template in ["shell", "problem", "signed_out"] {
            let path = format!("{}/templates/{template}.html", env!("CARGO_MANIFEST_DIR"));
            let source = std::fs::read_to_string(path).unwrap();
            assert!(source.contains("say"), "{template}");
            assert_eq!(texts.missing_in(&source), Vec::<String>::new(), "{template}");
        }
        assert_eq!(texts.missing_in(r#"{{ page.say("no-such") }}"#), ["no-such"]);
    }

    #[test]
    fn counts_in_both_languages_without_marks() {
        let texts = Texts::load("", "").unwrap();
        let say = |lang, count: i32| texts.say(lang, "shell-news", &[("count", count.into())]);
        assert_eq!(say(Lang::Nl, 1), "1 nieuwe melding");
        assert_eq!(say(Lang::Nl, 3), "3 nieuwe meldingen");
        assert_eq!(say(Lang::En, 3), "3 new messages");
        assert_eq!(texts.say(Lang::En, "no-such", &[]), "no-such");
    }

    #[test]
    fn tells_what_differs() {
        let texts = Texts::load("a = { $x }\nb = B\nc = C", "a = { $y }\n    { $z }\nb = B").unwrap();
        assert_eq!(texts.differences(), ["a: nl takes {\"x\"}, en takes {\"y\", \"z\"}", "c: not in en"]);
        assert!(matches!(Texts::load("shell-skip = again", ""), Err(TextError::Twice { lang: "nl", .. })));
        assert!(matches!(Texts::load("", "= broken"), Err(TextError::Syntax { lang: "en", .. })));
    }

    #[test]
    fn chooses_by_cookie_then_preference_then_dutch() {
        let lang = |name: &'static str, value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(name, value.parse().unwrap());
            Lang::of_request(&headers)
        };
        assert_eq!(Lang::of_request(&HeaderMap::new()), Lang::Nl);
        assert_eq!(lang("accept-language", "en-GB,en;q=0.9,nl;q=0.8"), Lang::En);
        assert_eq!(lang("accept-language", "fr;q=0.9, en;q=0.3, nl-NL;q=0.31"), Lang::Nl);
        assert_eq!(lang("accept-language", "en;q=0, de"), Lang::Nl);
        assert_eq!(lang("accept-language", "en;q=é,;q=,,"), Lang::Nl);
        assert_eq!(lang("cookie", "lang=en"), Lang::En);
        assert_eq!(lang("cookie", "__Host-lang=en"), Lang::En);
        assert_eq!(lang("cookie", "lang=xx"), Lang::Nl);
    }
}
