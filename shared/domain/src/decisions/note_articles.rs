//! Which articles of a case's charges the code list does not know: a person has to fill the gap, and no charge passes in silence.
//!
//! Invariants: an article is noted once for a case and the months of the offence, however often it is charged; it is settled by
//! itself when the list knows it, as after an upgrade, or the case names it no more; of a case under embargo nothing is noted.

use std::collections::BTreeSet;
use std::convert::Infallible;

use super::docket::Docket;
use crate::decision::{Decision, Tags};
use crate::fact::alerts::{ArticleSettled, ArticleUnknown, WhyArticleSettled};
use crate::fact::{AlertsFact, Body, Fact};
use crate::ids::CaseId;
use crate::violence::catalogue::Catalogue;

/// Notes and settles the unknown articles of a case.
#[derive(Debug, Clone, Copy)]
pub struct NoteArticles {
    /// The case.
    pub case: CaseId,
}

/// The case, and what was noted and is not settled.
#[derive(Debug, Clone, Default)]
pub struct Known {
    docket: Docket,
    open: BTreeSet<ArticleUnknown>,
}

impl Decision for NoteArticles {
    type Writes = AlertsFact;
    type State = Known;
    type Refusal = Infallible;

    fn rests_on(&self) -> Tags {
        Tags::from([self.case.into()])
    }

    fn evolve(&self, mut known: Known, fact: &Fact) -> Known {
        match &fact.body {
            Body::Intake(fact) if fact.case() == Some(self.case) => known.docket.fold(fact),
            Body::Alerts(AlertsFact::ArticleUnknown(f)) if f.case == self.case => {
                known.open.insert(f.clone());
            }
            Body::Alerts(AlertsFact::ArticleSettled(f)) => {
                known.open.remove(&f.unknown);
            }
            _ => {}
        }
        known
    }

    fn decide(&self, known: &Known) -> Result<Vec<AlertsFact>, Infallible> {
        let (mut named, mut unknown) = (BTreeSet::new(), BTreeSet::new());
        for charge in known.docket.view().iter().flat_map(|view| &view.charges) {
            let period = charge.particulars.period.by_month();
            let of = |article| ArticleUnknown { case: self.case, article, period: period.clone() };
            named.extend(charge.particulars.articles.iter().cloned().map(of));
            unknown.extend(Catalogue::current().find(&charge.particulars).unknown.into_iter().map(of));
        }
        let new = unknown.difference(&known.open).cloned().map(AlertsFact::ArticleUnknown);
        let settled = known.open.difference(&unknown).cloned().map(|one| {
            let because = if named.contains(&one) { WhyArticleSettled::Known } else { WhyArticleSettled::Gone };
            AlertsFact::ArticleSettled(ArticleSettled { unknown: one, because })
        });
        Ok(new.chain(settled).collect())
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::date;

    use super::*;
    use crate::article::Article;
    use crate::court::Court;
    use crate::fact::intake::{CaseRegistered, ChargeBrought};
    use crate::fact::{Actor, Author, IntakeFact, SourceVersion};
    use crate::ids::{ChargeId, EventId, FactId, PartyId};
    use crate::jurisdiction::Jurisdiction;
    use crate::proceeding::ProceedingKind;
    use crate::violence::catalogue::{ChargeParticulars, OffencePeriod};

    fn case() -> CaseId {
        CaseId::derived(&["case"])
    }

    fn version(sequence: u64) -> SourceVersion {
        SourceVersion { sequence, time: Timestamp::UNIX_EPOCH, event: EventId::derived(&[&sequence.to_string()]) }
    }

    fn fact(body: impl Into<Body>) -> Fact {
        Fact {
            id: FactId::derived(&["fact"]),
            body: body.into(),
            cause: uuid::Uuid::nil(),
            actor: Actor::service(Author::Alerts),
            event_time: Timestamp::UNIX_EPOCH,
            recorded_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn registered() -> Fact {
        fact(IntakeFact::CaseRegistered(CaseRegistered {
            case: case(),
            version: version(1),
            jurisdiction: Jurisdiction::Criminal,
            proceeding: ProceedingKind::parse("adult-criminal").unwrap(),
            court: Court::parse("RBROT").unwrap(),
            numbers: Vec::new(),
            registered_on: date(2026, 9, 1),
            follows: None,
        }))
    }

    fn charged(sequence: u64, articles: &str) -> Fact {
        fact(IntakeFact::ChargeBrought(ChargeBrought {
            case: case(),
            version: version(sequence),
            charge: ChargeId::derived(&[&sequence.to_string()]),
            suspect: PartyId::derived(&["d1"]),
            victims: BTreeSet::new(),
            particulars: ChargeParticulars {
                articles: Article::parse_list(articles).unwrap(),
                period: OffencePeriod::on(date(2026, 3, 7)),
                tags: BTreeSet::new(),
            },
            on: None,
        }))
    }

    fn noted(article: &str) -> AlertsFact {
        let article = Article::parse(article).unwrap();
        AlertsFact::ArticleUnknown(ArticleUnknown { case: case(), article, period: "2026-03".to_owned() })
    }

    fn settled(article: &str, because: WhyArticleSettled) -> AlertsFact {
        let AlertsFact::ArticleUnknown(unknown) = noted(article) else { unreachable!() };
        AlertsFact::ArticleSettled(ArticleSettled { unknown, because })
    }

    fn decided(facts: &[Fact]) -> Vec<AlertsFact> {
        let decision = NoteArticles { case: case() };
        let known = facts.iter().fold(Known::default(), |known, fact| decision.evolve(known, fact));
        let Ok(writes) = decision.decide(&known);
        writes
    }

    #[test]
    fn an_article_is_noted_once_for_a_case_however_often_it_is_charged() {
        let mut facts = vec![registered(), charged(2, "300"), charged(3, "999"), charged(4, "999, 998")];
        assert_eq!(decided(&facts), [noted("Sr 998"), noted("Sr 999")]);
        facts.extend([noted("Sr 998"), noted("Sr 999")].map(fact));
        assert_eq!(decided(&facts), []);
        assert_eq!(decided(&facts[1..3]), [], "nothing is told of a case that is not registered");
    }

    #[test]
    fn it_is_settled_when_the_list_knows_it_and_when_nobody_is_charged_with_it() {
        // Noted by a version of before, whose list did not know the article.
        let facts = [registered(), charged(2, "300"), fact(noted("Sr 300")), fact(noted("Sr 999"))];
        assert_eq!(
            decided(&facts),
            [settled("Sr 300", WhyArticleSettled::Known), settled("Sr 999", WhyArticleSettled::Gone)]
        );
        let after: Vec<Fact> = facts.iter().cloned().chain(decided(&facts).into_iter().map(fact)).collect();
        assert_eq!(decided(&after), []);
        // Charged again, it is noted again.
        let again: Vec<Fact> = after.into_iter().chain([charged(3, "999")]).collect();
        assert_eq!(decided(&again), [noted("Sr 999")]);
    }
}
