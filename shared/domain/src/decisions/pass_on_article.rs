//! A steward passes an article that the code list of offences does not know on to whoever keeps that list, with or without a
//! proposal how it is to count.
//!
//! Invariants: a steward's newest word counts and what stands already is not written again; nothing counts by it, since what counts
//! is for the list to say.

use std::collections::BTreeMap;
use std::convert::Infallible;

use crate::article::Article;
use crate::decision::{Decision, Tags};
use crate::fact::alerts::articles::article_id;
use crate::fact::steward::{ArticlePassedOn, CountsAs};
use crate::fact::{Body, Fact, StewardFact, Subject};
use crate::ids::ArticleId;

/// Passes an unknown article on.
#[derive(Debug, Clone)]
pub struct PassOnArticle {
    /// The article.
    pub article: Article,
    /// The months of the offences, from the first to the last that it was seen with.
    pub period: String,
    /// How it is to count, where that is proposed.
    pub counts_as: Option<CountsAs>,
    /// Who passes it on.
    pub by: Subject,
}

impl PassOnArticle {
    /// The article, as stewards are asked about it.
    pub fn id(&self) -> ArticleId {
        article_id(&self.article)
    }
}

/// What each steward said last of an article.
pub type Said = BTreeMap<Subject, Option<CountsAs>>;

impl Decision for PassOnArticle {
    type Writes = StewardFact;
    type State = Said;
    type Refusal = Infallible;

    fn rests_on(&self) -> Tags {
        Tags::from([self.id().into()])
    }

    fn evolve(&self, mut said: Said, fact: &Fact) -> Said {
        if let Body::Steward(StewardFact::ArticlePassedOn(f)) = &fact.body {
            said.insert(f.by.clone(), f.counts_as);
        }
        said
    }

    fn decide(&self, said: &Said) -> Result<Vec<StewardFact>, Infallible> {
        if said.get(&self.by) == Some(&self.counts_as) {
            return Ok(Vec::new());
        }
        let (article, period) = (self.article.clone(), self.period.clone());
        let passed = ArticlePassedOn { article, period, counts_as: self.counts_as, by: self.by.clone() };
        Ok(vec![StewardFact::ArticlePassedOn(passed)])
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::fact::{Actor, Author, Authored as _};
    use crate::ids::FactId;

    fn passes_on(by: &str, counts_as: Option<CountsAs>) -> PassOnArticle {
        let article = Article::parse("999").unwrap();
        PassOnArticle { article, period: "2026-03".to_owned(), counts_as, by: Subject::parse(by).unwrap() }
    }

    fn written(decision: &PassOnArticle, facts: &[Fact]) -> Vec<StewardFact> {
        let said = facts.iter().fold(Said::default(), |said, fact| decision.evolve(said, fact));
        let Ok(writes) = decision.decide(&said);
        writes
    }

    fn fact(body: StewardFact) -> Fact {
        Fact {
            id: FactId::derived(&["fact"]),
            body: body.into(),
            cause: uuid::Uuid::nil(),
            actor: Actor::service(Author::Steward),
            event_time: Timestamp::UNIX_EPOCH,
            recorded_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_stewards_newest_word_counts_and_is_written_once() {
        let mut facts = Vec::new();
        for (by, counts_as, many) in [
            ("steward-dirk", None, 1),
            ("steward-dirk", None, 0),
            ("steward-hanna", None, 1),
            ("steward-dirk", Some(CountsAs::Serious), 1),
            ("steward-dirk", Some(CountsAs::Serious), 0),
            ("steward-dirk", Some(CountsAs::NotRelevant), 1),
            ("steward-dirk", Some(CountsAs::Serious), 1),
        ] {
            let decision = passes_on(by, counts_as);
            let writes = written(&decision, &facts);
            assert_eq!(writes.len(), many, "{by} {counts_as:?}");
            for one in &writes {
                assert_eq!(one.tags(), decision.rests_on(), "about the article alone, and no question");
                assert_eq!(one.question(), None);
            }
            facts.extend(writes.into_iter().map(fact));
        }
    }

    #[test]
    fn whatever_the_month_it_is_one_article() {
        let (one, mut other) = (passes_on("steward-dirk", None), passes_on("steward-dirk", None));
        other.period = "2024-03/2026-05".to_owned();
        assert_eq!(one.rests_on(), other.rests_on(), "a list lacks an article, and not a month");
        other.article = Article::parse("998").unwrap();
        assert_ne!(one.rests_on(), other.rests_on());
    }

    #[test]
    fn every_way_to_count_has_a_code_that_reads_back() {
        for counts_as in CountsAs::ALL {
            assert_eq!(CountsAs::parse(counts_as.as_str()), Some(counts_as));
            let stored = serde_json::to_value(counts_as).unwrap();
            assert_eq!(stored, serde_json::Value::from(counts_as.as_str()));
        }
        assert_eq!(CountsAs::parse("tier-1"), None);
    }
}
