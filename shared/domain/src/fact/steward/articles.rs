//! What stewards do with an article that the code list of offences does not know. A fact of the desk that is about no record and no
//! case: which articles a list lacks is a matter of the list.
//!
//! Invariant: there is no room in it for a steward's own words, which could be about somebody.

use serde::{Deserialize, Serialize};

use crate::article::Article;
use crate::fact::Subject;
use crate::fact::alerts::articles::article_id;
use crate::ids::ArticleId;

/// See [`super::StewardFact::ArticlePassedOn`]. It changes nothing by itself: the article counts once the code list has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticlePassedOn {
    /// The article.
    pub article: Article,
    /// The months of the offences, from the first to the last that it was seen with.
    pub period: String,
    /// How it is to count, where the steward proposes that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts_as: Option<CountsAs>,
    /// Who passed it on.
    pub by: Subject,
}

impl ArticlePassedOn {
    /// The article, as stewards are asked about it.
    pub fn id(&self) -> ArticleId {
        article_id(&self.article)
    }
}

/// How an article is to count in the code list of offences, by the tiers of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CountsAs {
    /// Tier 1.
    VerySerious,
    /// Tier 2.
    Serious,
    /// Tier 3.
    Moderate,
    /// Tier 4.
    Context,
    /// It has nothing to do with violence.
    NotRelevant,
}

impl CountsAs {
    /// Every way to count, in the order in which a desk offers them.
    pub const ALL: [Self; 5] = [Self::VerySerious, Self::Serious, Self::Moderate, Self::Context, Self::NotRelevant];

    /// Its code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::VerySerious => "very-serious",
            Self::Serious => "serious",
            Self::Moderate => "moderate",
            Self::Context => "context",
            Self::NotRelevant => "not-relevant",
        }
    }

    /// The way to count of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|counts| counts.as_str() == code)
    }
}
