//! How a question stands: the fold of everything that was said about it, in the journal's order.
//!
//! Invariant: pure, and a function of the set of facts under the tag of the question. The order in which those facts were
//! announced plays no part, so that whoever handles the last of them ends with the same standing.

use std::collections::{BTreeMap, BTreeSet};

use domain::decisions::task::Task;
use domain::fact::linker::{Question, WhyWithdrawn};
use domain::fact::steward::{Choice, PairReviewed, Ruling};
use domain::fact::{Body, Fact, LinkerFact, StewardFact, Subject};
use domain::ids::{FactId, MatchId};
use jiff::Timestamp;
use uuid::Uuid;

/// Why a question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The two records may be one person.
    Possible,
    /// The two records share an identifier and contradict each other.
    Conflict,
    /// The two records are taken for one person, and a judge doubts it, or a steward who looked at it anew.
    Doubted,
    /// The two records are taken for one person, by a link that holds it together badly.
    Split,
}

/// The rule by which the linker asks whether a person is one.
const BADLY_FITTING: &str = "split";

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Possible, Self::Conflict, Self::Doubted, Self::Split];

    /// The word in the read model and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Conflict => "conflict",
            Self::Doubted => "doubted",
            Self::Split => "split",
        }
    }

    /// The kind of exactly this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Whether a question waits for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It waits for a steward.
    Open,
    /// A steward ruled. Another ruling can still take the place of this one.
    Ruled,
    /// It is no longer asked, and nobody ruled.
    Withdrawn,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::Open, Self::Ruled, Self::Withdrawn];

    /// The word in the read model and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Ruled => "ruled",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The status of exactly this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }
}

/// The word for why a question was withdrawn, as it stands in the linker's fact.
pub const fn because(why: WhyWithdrawn) -> &'static str {
    match why {
        WhyWithdrawn::Ruled => "ruled",
        WhyWithdrawn::EvidenceChanged => "evidence-changed",
        WhyWithdrawn::Superseded => "superseded",
        WhyWithdrawn::Joined => "joined",
    }
}

/// A ruling that was given on a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// Where it is written.
    pub fact: FactId,
    /// The request that brought it.
    pub cause: Uuid,
    /// Whether the two records are one person.
    pub same: bool,
    /// Who ruled, and on what ground.
    pub ruling: Ruling,
    /// Everybody who gave it: two, where two had to agree.
    pub by: BTreeSet<Subject>,
    /// Whether it was taken back.
    pub is_undone: bool,
    /// When.
    pub at: Timestamp,
}

/// A question as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// What is asked, on the newest evidence.
    pub asked: Question,
    /// Why it is asked.
    pub kind: Kind,
    /// Whether it waits for an answer.
    pub status: Status,
    /// Since when it has been asked, without a pause.
    pub opened_at: Timestamp,
    /// When anything was last said about it, but for opinions.
    pub changed_at: Timestamp,
    /// Why it is no longer asked.
    pub withdrawn: Option<WhyWithdrawn>,
    /// Every ruling, the newest last; of those that were not taken back that one holds.
    pub rulings: Vec<Given>,
    /// Who has it in hand, and what was thought of it since.
    pub task: Task,
    /// Who gave each opinion and ruling.
    spoken: BTreeMap<FactId, BTreeSet<Subject>>,
    /// The newest fact about it.
    pub last: FactId,
}

impl Standing {
    /// How `question` stands after `facts`, which are in the journal's order; nothing when it was never asked.
    pub fn of(question: MatchId, facts: &[Fact]) -> Option<Self> {
        let standing = facts.iter().fold(None, |standing, fact| evolve(question, standing, fact))?;
        let task = Task::of(question, facts);
        // What a steward asked about a whole group is answered by how that was parted.
        let status = match standing.status {
            // Of a ruling that was taken back the task knows how the question stood before it.
            _ if task.is_open => Status::Open,
            Status::Open if task.is_answered => Status::Ruled,
            Status::Open | Status::Ruled if task.in_force().is_none() && !task.is_answered => Status::Withdrawn,
            Status::Open => Status::Ruled,
            other => other,
        };
        let withdrawn = standing.withdrawn.filter(|_| status != Status::Open);
        Some(Self { status, withdrawn, task, ..standing })
    }

    /// The ruling that holds.
    pub fn ruling(&self) -> Option<&Given> {
        self.rulings.iter().rev().find(|given| !given.is_undone)
    }

    /// In which fields the records agree otherwise now than when a ruling was given: the field, the level then and the level now.
    /// Nothing of a ruling that did not keep what it rested on.
    pub fn changed_since(&self, given: &Given) -> Vec<(String, String, String)> {
        let then = given.ruling.evidence.iter().flat_map(|evidence| &evidence.fields);
        let changed = then.filter_map(|then| {
            let now = self.asked.evidence.fields.iter().find(|now| now.field == then.field)?;
            (now.level != then.level).then(|| (then.field.clone(), then.level.clone(), now.level.clone()))
        });
        changed.collect()
    }
}

fn evolve(question: MatchId, before: Option<Standing>, fact: &Fact) -> Option<Standing> {
    match &fact.body {
        Body::Linker(LinkerFact::MatchPossible(asked)) if asked.question == question => {
            let kind = if asked.evidence.rule == BADLY_FITTING { Kind::Split } else { Kind::Possible };
            Some(opened(before, fact, asked, kind))
        }
        Body::Linker(LinkerFact::ConflictFound(asked)) if asked.question == question => {
            Some(opened(before, fact, asked, Kind::Conflict))
        }
        Body::Linker(LinkerFact::QuestionWithdrawn(withdrawn)) if withdrawn.question == question => {
            before.map(|mut standing| {
                standing.withdrawn = Some(withdrawn.because);
                standing.status = match withdrawn.because {
                    WhyWithdrawn::Ruled => Status::Ruled,
                    WhyWithdrawn::EvidenceChanged | WhyWithdrawn::Superseded | WhyWithdrawn::Joined => {
                        Status::Withdrawn
                    }
                };
                changed(standing, fact)
            })
        }
        Body::Steward(StewardFact::QuestionRaised(raised)) if raised.asked.question == question => {
            Some(opened(before, fact, &raised.asked, Kind::Doubted))
        }
        Body::Steward(StewardFact::GroupSuspected(suspected)) if suspected.asked.question == question => {
            Some(opened(before, fact, &suspected.asked, Kind::Split))
        }
        Body::Steward(StewardFact::ControlDrawn(drawn)) if drawn.asked.question == question => {
            let kind = if drawn.contradicts { Kind::Conflict } else { Kind::Possible };
            Some(opened(before, fact, &drawn.asked, kind))
        }
        Body::Steward(StewardFact::QuestionReopened(reopened)) if reopened.asked.question == question => {
            let asked_before = before.as_ref().map_or(Kind::Possible, |standing| standing.kind);
            let kind = if reopened.same { Kind::Doubted } else { asked_before };
            Some(opened(before, fact, &reopened.asked, kind))
        }
        Body::Steward(steward) if steward.question() == Some(question) => {
            before.map(|standing| of_steward(standing, fact, steward))
        }
        _ => before,
    }
}

fn of_steward(mut standing: Standing, fact: &Fact, steward: &StewardFact) -> Standing {
    match steward {
        StewardFact::PairConfirmed(ruling) | StewardFact::PairRejected(ruling) => {
            let others = ruling.opinions.iter().filter_map(|opinion| standing.spoken.get(opinion)).flatten().cloned();
            let by: BTreeSet<Subject> = others.chain([ruling.by.clone()]).collect();
            standing.rulings.push(Given {
                fact: fact.id,
                cause: fact.cause,
                same: matches!(steward, StewardFact::PairConfirmed(_)),
                by: by.clone(),
                ruling: ruling.clone(),
                is_undone: false,
                at: fact.recorded_at,
            });
            // Where the question is opened again, it counts as what was thought of it.
            standing.spoken.insert(fact.id, by);
            standing.status = Status::Ruled;
            changed(standing, fact)
        }
        StewardFact::RulingUndone(undone) => {
            for given in standing.rulings.iter_mut().filter(|given| given.fact == undone.ruling) {
                given.is_undone = true;
            }
            changed(standing, fact)
        }
        StewardFact::OpinionGiven(given) => {
            standing.spoken.insert(fact.id, [given.by.clone()].into());
            spoken(standing, fact)
        }
        StewardFact::OpinionLapsed(_) => spoken(standing, fact),
        StewardFact::PairReviewed(reviewed) => reviewed_as(standing, fact, reviewed),
        StewardFact::ReviewUndone(undone) => {
            for given in standing.rulings.iter_mut().filter(|given| given.fact == undone.review) {
                given.is_undone = true;
            }
            changed(standing, fact)
        }
        StewardFact::GroupParted(_) | StewardFact::PartingUndone(_) => changed(standing, fact),
        StewardFact::QuestionLapsed(_) => {
            (standing.status, standing.withdrawn) = (Status::Withdrawn, Some(WhyWithdrawn::EvidenceChanged));
            changed(standing, fact)
        }
        // Who has it in hand and who asks what would follow says nothing about the question.
        StewardFact::TaskClaimed(_)
        | StewardFact::TaskReleased(_)
        | StewardFact::TaskSetAside(_)
        | StewardFact::RulingProposed(_)
        | StewardFact::IdentifierRevealed(_)
        | StewardFact::GroupExamined(_)
        | StewardFact::SourceAsked(_)
        | StewardFact::ArticlePassedOn(_)
        | StewardFact::GroupSuspected(_)
        | StewardFact::QuestionRaised(_)
        | StewardFact::ControlDrawn(_)
        | StewardFact::QuestionReopened(_) => standing,
    }
}

/// To whoever answered a control question it stands as any other would: decided by them, or waiting for another.
fn reviewed_as(mut standing: Standing, fact: &Fact, reviewed: &PairReviewed) -> Standing {
    let Some(reason) = reviewed.reason.filter(|_| reviewed.choice != Choice::CannotTell) else {
        return spoken(standing, fact);
    };
    match reviewed.waits {
        Some(true) => spoken(standing, fact),
        Some(false) => {
            let by = BTreeSet::from([reviewed.by.clone()]);
            standing.rulings.push(Given {
                fact: fact.id,
                cause: fact.cause,
                same: reviewed.choice == Choice::Same,
                ruling: Ruling {
                    question: reviewed.question,
                    pair: reviewed.pair,
                    by: reviewed.by.clone(),
                    reason,
                    note: reviewed.note.clone(),
                    evidence: Some(standing.asked.evidence.clone()),
                    opinions: Vec::new(),
                    parted_in: None,
                },
                by,
                is_undone: false,
                at: fact.recorded_at,
            });
            (standing.status, standing.withdrawn) = (Status::Ruled, Some(WhyWithdrawn::Ruled));
            changed(standing, fact)
        }
        None => {
            (standing.status, standing.withdrawn) = (Status::Withdrawn, Some(WhyWithdrawn::Superseded));
            changed(standing, fact)
        }
    }
}

fn opened(before: Option<Standing>, fact: &Fact, asked: &Question, kind: Kind) -> Standing {
    let since = before.as_ref().filter(|standing| standing.status == Status::Open).map(|standing| standing.opened_at);
    Standing {
        asked: asked.clone(),
        kind,
        status: Status::Open,
        opened_at: since.unwrap_or(fact.recorded_at),
        changed_at: fact.recorded_at,
        withdrawn: None,
        rulings: before.as_ref().map(|standing| standing.rulings.clone()).unwrap_or_default(),
        task: Task::default(),
        spoken: before.map(|standing| standing.spoken).unwrap_or_default(),
        last: fact.id,
    }
}

/// Somebody spoke: when is not told, since where one may decide alone that tells that they could not tell.
fn spoken(standing: Standing, fact: &Fact) -> Standing {
    Standing { last: fact.id, ..standing }
}

fn changed(standing: Standing, fact: &Fact) -> Standing {
    Standing { changed_at: fact.recorded_at, last: fact.id, ..standing }
}

#[cfg(test)]
pub(crate) mod tests {
    use domain::fact::linker::{FieldEvidence, PairEvidence, QuestionWithdrawn};
    use domain::fact::steward::RulingReason;
    use domain::fact::{Actor, Author};
    use domain::ids::{CaseId, Pair, PartyId};

    use super::*;

    pub(crate) fn pair() -> Pair<PartyId> {
        Pair::of(PartyId::derived(&["one"]), PartyId::derived(&["two"]))
    }

    pub(crate) fn id() -> MatchId {
        MatchId::between(pair())
    }

    pub(crate) fn fact(number: i64, body: impl Into<Body>) -> Fact {
        Fact {
            id: FactId::derived(&[&number.to_string()]),
            body: body.into(),
            cause: Uuid::from_u128(number.unsigned_abs().into()),
            actor: Actor::service(Author::Linker),
            event_time: Timestamp::UNIX_EPOCH,
            recorded_at: Timestamp::from_second(number).expect("a moment"),
        }
    }

    pub(crate) fn question(rule: &str) -> Question {
        let level = |field: &str, level: &str| FieldEvidence {
            field: field.to_owned(),
            level: level.to_owned(),
            detail: None,
            millibits: None,
        };
        Question {
            question: id(),
            pair: pair(),
            cases: (CaseId::derived(&["F"]), CaseId::derived(&["S"])),
            evidence: PairEvidence {
                pair: pair(),
                rule: rule.to_owned(),
                fields: vec![
                    level("bsn", "missing"),
                    level("birth-date", "equal"),
                    level("surname", "different"),
                    level("given-names", "compatible"),
                ],
                ruling: None,
                millibits: None,
            },
            model: "test".to_owned(),
            weighed: None,
        }
    }

    pub(crate) fn ruling() -> Ruling {
        Ruling {
            question: id(),
            pair: pair(),
            by: Subject::parse("steward-1").expect("a subject"),
            reason: RulingReason::SeenInFile,
            note: None,
            evidence: None,
            opinions: Vec::new(),
            parted_in: None,
        }
    }

    fn withdrawn(because: WhyWithdrawn) -> LinkerFact {
        LinkerFact::QuestionWithdrawn(QuestionWithdrawn { question: id(), pair: pair(), because })
    }

    #[test]
    fn asked_ruled_and_withdrawn_is_ruled() {
        let facts = [
            fact(1, LinkerFact::MatchPossible(question("name-birth"))),
            fact(2, StewardFact::PairConfirmed(ruling())),
            fact(3, withdrawn(WhyWithdrawn::Ruled)),
        ];
        let at = |many| Standing::of(id(), &facts[..many]);
        assert_eq!(at(0), None);
        assert_eq!(at(1).map(|s| (s.status, s.kind)), Some((Status::Open, Kind::Possible)));
        assert_eq!(at(2).map(|s| s.status), Some(Status::Ruled));
        let end = at(3).expect("it was asked");
        assert_eq!((end.status, end.withdrawn), (Status::Ruled, Some(WhyWithdrawn::Ruled)));
        assert_eq!(end.ruling().map(|given| given.same), Some(true));
        assert_eq!((end.opened_at.as_second(), end.changed_at.as_second()), (1, 3));
    }

    #[test]
    fn a_later_ruling_takes_the_place_of_an_earlier_one_and_both_are_kept() {
        let facts = [
            fact(1, LinkerFact::MatchPossible(question("name-birth"))),
            fact(2, StewardFact::PairConfirmed(ruling())),
            fact(3, StewardFact::PairRejected(ruling())),
        ];
        let standing = Standing::of(id(), &facts).expect("it was asked");
        assert_eq!(standing.rulings.iter().map(|given| given.same).collect::<Vec<_>>(), [true, false]);
        assert_eq!(standing.ruling().map(|given| given.same), Some(false));
    }

    #[test]
    fn what_changed_since_a_ruling_is_told_field_by_field() {
        let given = Ruling { evidence: Some(question("name-birth").evidence), ..ruling() };
        let mut later = question("ruling-overtaken");
        later.evidence.fields[2].level = "equal".to_owned();
        let facts = [
            fact(1, LinkerFact::MatchPossible(question("name-birth"))),
            fact(2, StewardFact::PairRejected(given)),
            fact(3, LinkerFact::MatchPossible(later)),
        ];
        let changed = |many| {
            let standing = Standing::of(id(), &facts[..many]).expect("it was asked");
            standing.changed_since(&standing.rulings[0])
        };
        assert_eq!(changed(2), []);
        assert_eq!(changed(3), [("surname".to_owned(), "different".to_owned(), "equal".to_owned())]);
    }

    #[test]
    fn asked_anew_on_other_evidence_keeps_its_age_and_after_a_withdrawal_starts_anew() {
        let facts = [
            fact(1, LinkerFact::MatchPossible(question("name-birth"))),
            fact(2, LinkerFact::ConflictFound(question("bsn-contradicted"))),
            fact(3, withdrawn(WhyWithdrawn::EvidenceChanged)),
            fact(4, LinkerFact::MatchPossible(question("bsn-alone"))),
        ];
        let at = |many| Standing::of(id(), &facts[..many]).expect("it was asked");
        assert_eq!((at(2).kind, at(2).opened_at.as_second()), (Kind::Conflict, 1));
        assert_eq!((at(3).status, at(3).withdrawn), (Status::Withdrawn, Some(WhyWithdrawn::EvidenceChanged)));
        assert_eq!((at(4).status, at(4).opened_at.as_second(), at(4).withdrawn), (Status::Open, 4, None));
    }

    #[test]
    fn facts_about_other_questions_change_nothing() {
        let mut other = question("name-birth");
        other.question = MatchId::derived(&["other"]);
        assert_eq!(Standing::of(id(), &[fact(1, LinkerFact::MatchPossible(other))]), None);
    }

    #[test]
    fn words_read_back() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.as_str()), Some(kind));
        }
        for status in Status::ALL {
            assert_eq!(Status::parse(status.as_str()), Some(status));
        }
    }
}
