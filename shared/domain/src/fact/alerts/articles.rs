//! Articles that the code list of offences does not know: a gap in the list, not in the case. Facts of alerts.

use serde::{Deserialize, Serialize};

use super::feedback::words;
use crate::article::Article;
use crate::ids::{ArticleId, CaseId};

/// A charge of a case names an article that the code list does not know for that time. Whom it is brought against is not in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ArticleUnknown {
    /// The case.
    pub case: CaseId,
    /// The article.
    pub article: Article,
    /// The months of the offence, such as `2026-03`: what an article means depends on when.
    pub period: String,
}

impl ArticleUnknown {
    /// What is asked of stewards about it: the same in whatever cases it stands, and whenever it is said to have happened.
    pub fn id(&self) -> ArticleId {
        article_id(&self.article)
    }
}

/// What is asked of stewards about an article.
pub fn article_id(article: &Article) -> ArticleId {
    ArticleId::derived(&[&article.to_string()])
}

/// Nobody has to look at it any more for this case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleSettled {
    /// What was unknown.
    #[serde(flatten)]
    pub unknown: ArticleUnknown,
    /// Why it is settled.
    pub because: WhyArticleSettled,
}

words! {
    /// Why an unknown article is settled.
    WhyArticleSettled {
        /// The code list knows it now.
        Known = "known",
        /// The case names it no more, or may not be told of.
        Gone = "gone",
    }
}
