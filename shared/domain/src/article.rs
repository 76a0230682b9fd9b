//! Articles of law as charges name them: `Sr 300`, `Sr 300 lid 1`, `Wwm 26`.
//!
//! Canonical form: the law, the article, and the paragraph when one is named. Without a law the Wetboek van Strafrecht is
//! meant. An article alone does not say which offence it is: numbers changed meaning in the past, so whoever reads one also
//! needs the day of the offence.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A law that charges and orders rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Law {
    /// Wetboek van Strafrecht: the Criminal Code.
    Sr,
    /// Wetboek van Strafvordering: the Code of Criminal Procedure.
    Sv,
    /// Wet wapens en munitie: weapons and ammunition.
    Wwm,
    /// Wet tijdelijk huisverbod: temporary exclusion from the home.
    Wth,
    /// Burgerlijk Wetboek: the Civil Code.
    Bw,
    /// Wetboek van Burgerlijke Rechtsvordering: the Code of Civil Procedure.
    Rv,
    /// Jeugdwet: youth care.
    Jeugdwet,
    /// Opiumwet: drugs.
    Opiumwet,
    /// Wet dieren: animals.
    WetDieren,
    /// Wegenverkeerswet 1994: road traffic.
    Wvw,
    /// Wet op de economische delicten: economic offences.
    Wed,
}

/// An article of a law, with the paragraph when one is named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Article {
    law: Law,
    number: String,
    paragraph: Option<String>,
}

/// Text that names no article.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArticleError {
    /// Not a law, an article and a paragraph.
    #[error("not an article: write it as `Sr 300`, `Sr 300 lid 1` or `285b`")]
    Format,
    /// The law is not in the list.
    #[error("no such law: use Sr, Sv, Wwm, Wth, BW, Rv, Jeugdwet, Opiumwet, Wet dieren, WVW or WED")]
    Law,
    /// Several laws in one list, and an article of which it is not said to which it belongs.
    #[error("unclear to which law an article belongs: where a list names several laws, name one at every article")]
    MixedLaws,
}

impl ArticleError {
    /// A stable code for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Format => "article.format",
            Self::Law => "article.law",
            Self::MixedLaws => "article.mixed-laws",
        }
    }
}

impl Law {
    const ALL: [Self; 11] = [
        Self::Sr,
        Self::Sv,
        Self::Wwm,
        Self::Wth,
        Self::Bw,
        Self::Rv,
        Self::Jeugdwet,
        Self::Opiumwet,
        Self::WetDieren,
        Self::Wvw,
        Self::Wed,
    ];

    /// The law as it is cited.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sr => "Sr",
            Self::Sv => "Sv",
            Self::Wwm => "Wwm",
            Self::Wth => "Wth",
            Self::Bw => "BW",
            Self::Rv => "Rv",
            Self::Jeugdwet => "Jeugdwet",
            Self::Opiumwet => "Opiumwet",
            Self::WetDieren => "Wet dieren",
            Self::Wvw => "WVW",
            Self::Wed => "WED",
        }
    }

    /// The law of an abbreviation, whatever its capitals.
    ///
    /// # Errors
    /// When no law in the list is so called.
    pub fn parse(text: &str) -> Result<Self, ArticleError> {
        let long_form = match text.to_ascii_lowercase().as_str() {
            "wvsr" => Some(Self::Sr),
            "wvsv" => Some(Self::Sv),
            _ => None,
        };
        let cited = || Self::ALL.into_iter().find(|law| law.as_str().eq_ignore_ascii_case(text));
        long_form.or_else(cited).ok_or(ArticleError::Law)
    }
}

impl Article {
    /// Parses one article: `300`, `285b`, `Sr 300`, `240b Sr`, `art. 300 lid 1 Sr`, `300(4)`, `WWM 26`.
    ///
    /// # Errors
    /// When it is not of that form or names a law that is not in the list.
    pub fn parse(text: &str) -> Result<Self, ArticleError> {
        let named = Named::parse(text)?;
        Ok(named.of(named.law.unwrap_or(Law::Sr)))
    }

    /// Parses articles joined by `/`, `,`, `;`, `+`, `en` or `jo`, such as `300/304` or `13 en 26 WWM`. A law named once
    /// holds for the whole list. Several paragraphs of one article are written as that article several times.
    ///
    /// # Errors
    /// As for [`Article::parse`]; when the list is empty; when it names several laws and leaves one out.
    pub fn parse_list(text: &str) -> Result<Vec<Self>, ArticleError> {
        let words = text.replace(['/', ',', ';', '+'], " / ");
        let words: Vec<&str> = words.split_whitespace().collect();
        let is_joint =
            |word: &&str| ["/", "en", "jo", "jo.", "juncto"].iter().any(|joint| word.eq_ignore_ascii_case(joint));
        let named: Vec<Named> =
            words.split(is_joint).map(|piece| Named::parse(&piece.join(" "))).collect::<Result<_, _>>()?;
        let mut laws: Vec<Law> = named.iter().filter_map(|one| one.law).collect();
        laws.sort_unstable();
        laws.dedup();
        let unnamed = match laws[..] {
            [] => Some(Law::Sr),
            [law] => Some(law),
            _ => None,
        };
        named.iter().map(|one| one.law.or(unnamed).map(|law| one.of(law)).ok_or(ArticleError::MixedLaws)).collect()
    }

    /// The law.
    pub const fn law(&self) -> Law {
        self.law
    }

    /// The article in it, such as `285b`, in lower case.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// The paragraph (lid), such as `1` or `2a`.
    pub fn paragraph(&self) -> Option<&str> {
        self.paragraph.as_deref()
    }
}

/// An article before it is known of which law.
struct Named {
    law: Option<Law>,
    number: String,
    paragraph: Option<String>,
}

impl Named {
    fn parse(text: &str) -> Result<Self, ArticleError> {
        let text = text
            .trim()
            .to_ascii_lowercase()
            .replace('(', " lid ")
            .replace(')', " ")
            .replace("wet dieren", "wet_dieren")
            .replace("wvw 1994", "wvw");
        let text = ["artikelen", "artikel", "artt.", "art.", "artt ", "art "]
            .iter()
            .find_map(|word| text.strip_prefix(word))
            .unwrap_or(&text);
        let words: Vec<&str> = text.split_whitespace().collect();
        let (law, words) = match words[..] {
            [law, ref rest @ ..] if is_law_word(law) => (Some(law), rest),
            [ref rest @ .., law] if is_law_word(law) => (Some(law), rest),
            ref rest => (None, rest),
        };
        let (number, paragraph) = match words {
            [number] => (number, None),
            [number, "lid", paragraph] => (number, Some(paragraph)),
            _ => return Err(ArticleError::Format),
        };
        if !is_number(number) || paragraph.is_some_and(|paragraph| !is_segment(paragraph)) {
            return Err(ArticleError::Format);
        }
        Ok(Self {
            law: law.map(|law| Law::parse(&law.replace('_', " "))).transpose()?,
            number: (*number).to_owned(),
            paragraph: paragraph.map(|paragraph| (*paragraph).to_owned()),
        })
    }

    fn of(&self, law: Law) -> Article {
        Article { law, number: self.number.clone(), paragraph: self.paragraph.clone() }
    }
}

fn is_law_word(word: &str) -> bool {
    word != "lid" && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

/// One to three segments joined by `:` or `.`, such as `285b`, `1:253a`, `6:6:19` or `2.1`.
fn is_number(text: &str) -> bool {
    let mut segments = text.split([':', '.']);
    segments.clone().count() <= 3 && segments.all(is_segment)
}

/// One to four digits and up to three letters.
fn is_segment(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=4).contains(&digits) && text.len() - digits <= 3 && text.bytes().skip(digits).all(|b| b.is_ascii_lowercase())
}

impl fmt::Display for Law {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Article {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.law, self.number)?;
        match &self.paragraph {
            Some(paragraph) => write!(f, " lid {paragraph}"),
            None => Ok(()),
        }
    }
}

impl TryFrom<String> for Article {
    type Error = ArticleError;

    fn try_from(text: String) -> Result<Self, ArticleError> {
        Self::parse(&text)
    }
}

impl From<Article> for String {
    fn from(article: Article) -> Self {
        article.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_way_of_citing_reads() {
        for (text, canonical) in [
            ("300", "Sr 300"),
            ("285B", "Sr 285b"),
            ("254ba", "Sr 254ba"),
            ("Sr 300", "Sr 300"),
            ("240b Sr", "Sr 240b"),
            ("art. 300 lid 1 Sr", "Sr 300 lid 1"),
            ("art.300", "Sr 300"),
            ("artikel 300 WvSr", "Sr 300"),
            ("300 lid 1", "Sr 300 lid 1"),
            ("300(4)", "Sr 300 lid 4"),
            ("WWM 26", "Wwm 26"),
            ("Wth 11", "Wth 11"),
            ("509hh Sv", "Sv 509hh"),
            ("6:6:19 Sv", "Sv 6:6:19"),
            ("1:377e lid 2 BW", "BW 1:377e lid 2"),
            ("2.1 Wet dieren", "Wet dieren 2.1"),
            ("8 lid 2 WVW 1994", "WVW 8 lid 2"),
            ("WED 1a", "WED 1a"),
        ] {
            assert_eq!(Article::parse(text).map(|article| article.to_string()).as_deref(), Ok(canonical), "{text}");
        }
    }

    #[test]
    fn what_is_no_article_is_refused_with_a_code() {
        for (text, code) in [
            ("", "article.format"),
            ("Sr", "article.format"),
            ("lid 1", "article.format"),
            ("300 304", "article.format"),
            ("b300", "article.format"),
            ("12345", "article.format"),
            ("300 lid", "article.format"),
            ("300 Xyz", "article.law"),
        ] {
            assert_eq!(Article::parse(text).unwrap_err().code(), code, "{text}");
        }
    }

    #[test]
    fn lists_share_a_law_named_once() {
        for (text, canonical) in [
            ("300/304", vec!["Sr 300", "Sr 304"]),
            ("art. 287 jo. 45 Sr", vec!["Sr 287", "Sr 45"]),
            ("13 en 26 WWM", vec!["Wwm 13", "Wwm 26"]),
            ("WWM 13/26", vec!["Wwm 13", "Wwm 26"]),
            ("300 lid 1 Sr, 26 WWM", vec!["Sr 300 lid 1", "Wwm 26"]),
        ] {
            let articles = Article::parse_list(text).unwrap();
            assert_eq!(articles.iter().map(ToString::to_string).collect::<Vec<_>>(), canonical, "{text}");
        }
        assert_eq!(Article::parse_list("300, 285 Sr, 26 WWM").unwrap_err().code(), "article.mixed-laws");
        assert_eq!(Article::parse_list(""), Err(ArticleError::Format));
        assert_eq!(Article::parse_list("300/"), Err(ArticleError::Format));
    }

    proptest! {
        #[test]
        fn no_text_panics_and_the_canonical_form_reads_back(
            text in "\\PC{0,24}|(art\\. ?)?[0-9]{1,5}[a-z]{0,3}( lid [0-9]{1,2})?( Sr| WWM| Wet dieren)?"
        ) {
            if let Ok(article) = Article::parse(&text) {
                prop_assert_eq!(Article::parse(&article.to_string()), Ok(article.clone()));
                let json = serde_json::to_string(&article).unwrap();
                prop_assert_eq!(serde_json::from_str::<Article>(&json).unwrap(), article);
            }
            let _ = Article::parse_list(&text);
        }
    }
}
