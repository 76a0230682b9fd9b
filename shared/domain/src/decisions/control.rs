//! Control questions: a share of what is known is shown to a steward once more, as if nothing were known of it. From the answers
//! follows how often stewards agree with each other and with what two of them agreed on, and how often the linker is right where it
//! calls two records one person without a person's word.
//!
//! Invariants: which are drawn follows from an id under a key that no steward holds ([`draws`]): whoever holds it can apply the rule
//! again, nobody chooses, nothing is left to chance, and who names a request does not choose by its name whether it is drawn; a pair is drawn once from each ruling, and once of what the linker is certain of; whoever had a part in what is
//! known is not asked, and nobody twice; an answer changes no ruling and no link: where it disagrees the question is asked in
//! earnest, and others decide. What is no longer known, or of records that say something else since, is asked no more.

mod reviews;

use std::collections::BTreeSet;
use std::convert::Infallible;

use jiff::SignedDuration;
use uuid::Uuid;

pub use reviews::{ReviewPair, SettleReview, UndoReview};

use super::raise_question::{BY_WAY_OF_OTHERS, question, together};
use super::task::Task;
use crate::decision::{Decision, Tags};
use crate::fact::linker::{Member, PairEvidence, PairWeighed, PersonCertain, Question, Weighed};
use crate::fact::steward::{ControlDrawn, QuestionLapsed, Stratum};
use crate::fact::{Body, Fact, LinkerFact, StewardFact, Subject};
use crate::ids::{EventId, FactId, MatchId, Pair, PartyId, PersonId};

/// How long after it was written something counts as settled, so that it may be drawn: nobody takes it back any more.
pub const SETTLED: SignedDuration = SignedDuration::from_hours(24);
/// Shares are told in ten thousandths.
const WHOLE: u64 = 10_000;
/// The rule by which a control question is asked where the true one would tell what is known.
const USUAL: &str = "possible";
/// What stands at the gate of what is asked because of the policy alone.
const BY_POLICY: &str = "policy";
/// The rules that are asked by only where a ruling is known, or two records are certainly one person.
const TELLING: [&str; 3] = ["ruling-overtaken", "split", BY_WAY_OF_OTHERS];

impl Stratum {
    /// Every stratum.
    pub const ALL: [Self; 4] = [Self::Ruled, Self::Agreed, Self::CertainByNumber, Self::CertainOtherwise];

    /// The stratum's code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ruled => "ruled",
            Self::Agreed => "agreed",
            Self::CertainByNumber => "certain-by-number",
            Self::CertainOtherwise => "certain-otherwise",
        }
    }

    /// The stratum of exactly this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stratum| stratum.as_str() == code)
    }

    /// The share that is drawn, in ten thousandths: one ruling in fifty, one in twenty where the answer counts as known; of what the
    /// linker is certain of by itself one in a thousand, and one in a hundred where it is so without a number.
    pub const fn in_10000(self) -> u64 {
        match self {
            Self::Ruled => 200,
            Self::Agreed => 500,
            Self::CertainByNumber => 10,
            Self::CertainOtherwise => 100,
        }
    }

    /// What a pair that holds a person together is drawn from; nothing where a steward ruled it.
    pub fn of_certain(evidence: &PairEvidence) -> Option<Self> {
        let by_number = if evidence.rests_on_number() { Self::CertainByNumber } else { Self::CertainOtherwise };
        evidence.ruling.is_none().then_some(by_number)
    }
}

/// What may be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The two records.
    pub pair: Pair<PartyId>,
    /// What they are drawn from.
    pub stratum: Stratum,
    /// The ruling; nothing where the linker is certain without one.
    pub ruling: Option<FactId>,
}

impl Candidate {
    /// What may be drawn of what a fact says: a ruling, or what holds a person together without one.
    pub fn of_fact(fact: &Fact) -> Vec<Self> {
        match &fact.body {
            Body::Steward(told) => {
                let ruled = told.ruling().map(|(ruling, _)| ruling).filter(|ruling| ruling.parted_in.is_none());
                let of = |alone| if alone { Stratum::Ruled } else { Stratum::Agreed };
                let candidate = |pair, alone| Self { pair, stratum: of(alone), ruling: Some(fact.id) };
                ruled.map(|ruling| candidate(ruling.pair, ruling.opinions.is_empty())).into_iter().collect()
            }
            Body::Linker(LinkerFact::PersonCertain(person)) => {
                let certain = |evidence: &PairEvidence| {
                    let stratum = Stratum::of_certain(evidence)?;
                    Some(Self { pair: evidence.pair, stratum, ruling: None })
                };
                person.evidence.iter().filter_map(certain).collect()
            }
            _ => Vec::new(),
        }
    }

    /// By what it is drawn: the ruling, or the pair.
    pub fn of(&self) -> Uuid {
        self.ruling.map_or_else(|| MatchId::between(self.pair).uuid(), FactId::uuid)
    }
}

/// Whether what has this lot is drawn from a stratum: where the first 48 bits of the lot, as a number, leave less than the stratum's
/// share when divided by ten thousand. A lot is a keyed hash of the stratum and of what may be drawn ([`Candidate::of`]): the id of a
/// ruling follows from how its request is named, so that without a key whoever names it could see to it that it never is drawn.
pub fn draws(stratum: Stratum, lot: &[u8]) -> bool {
    let number = lot.iter().take(6).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    number % WHOLE < stratum.in_10000()
}

/// What is left of a person on either side if its two records were not known to be one: those that hang together with the one, and
/// the others. A side with one record is no person.
pub(super) fn taken_apart(person: &PersonCertain, pair: Pair<PartyId>) -> Vec<PersonCertain> {
    let with_a = hanging_together(person, pair);
    let (one, other): (BTreeSet<Member>, BTreeSet<Member>) =
        person.members.iter().partition(|member| member.party != pair.b && with_a.contains(&member.party));
    let part = |(of, members): (PartyId, BTreeSet<Member>)| {
        let inside = |party| members.iter().any(|member| member.party == party);
        let evidence = person.evidence.iter().filter(|evidence| inside(evidence.pair.a) && inside(evidence.pair.b));
        PersonCertain {
            person: PersonId::derived(&["apart", &of.to_string()]),
            evidence: evidence.cloned().collect(),
            members,
            former: BTreeSet::new(),
            model: person.model.clone(),
        }
    };
    [(pair.a, one), (pair.b, other)].into_iter().filter(|(_, members)| members.len() > 1).map(part).collect()
}

/// The records that hang together with the first of a pair without what is known of the pair, on ways that do not go by the second.
fn hanging_together(person: &PersonCertain, pair: Pair<PartyId>) -> BTreeSet<PartyId> {
    let mut reached = BTreeSet::from([pair.a]);
    let mut next = vec![pair.a];
    while let Some(at) = next.pop() {
        if at != pair.b {
            let ties = person.evidence.iter().map(|evidence| evidence.pair).filter(|tie| *tie != pair);
            next.extend(ties.filter_map(|tie| tie.other(at)).filter(|party| reached.insert(*party)));
        }
    }
    reached
}

/// What holds of two records, and how the question about them stands: what a control question rests on.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The question that is asked in earnest, if it ever was.
    task: Task,
    /// Whether the linker asked last, and then whether by a contradiction.
    asked_by_linker: Option<bool>,
    /// Who ever had a part in it.
    spoke: BTreeSet<Subject>,
    /// From what control questions were drawn: from which stratum, and on which ruling.
    drawn: BTreeSet<(Stratum, Option<FactId>)>,
    /// The control question itself.
    control: Task,
    /// Whether it was asked in earnest because of this control question.
    reopened: bool,
}

impl Known {
    fn evolve(mut self, about: MatchId, control: MatchId, fact: &Fact) -> Self {
        match &fact.body {
            Body::Linker(LinkerFact::MatchPossible(asked)) if asked.question == about => {
                self.asked_by_linker = Some(false);
            }
            Body::Linker(LinkerFact::ConflictFound(asked)) if asked.question == about => {
                self.asked_by_linker = Some(true);
            }
            Body::Steward(told) => self.hear(about, control, told),
            _ => {}
        }
        self.task = self.task.evolve(about, fact);
        self.control = self.control.evolve(control, fact);
        self
    }

    fn hear(&mut self, about: MatchId, control: MatchId, told: &StewardFact) {
        let by = match told {
            StewardFact::ControlDrawn(drawn) if drawn.about == about => {
                self.drawn.insert((drawn.stratum, drawn.ruling));
                None
            }
            StewardFact::PairReviewed(f) if f.about == about => Some(&f.by),
            other if other.question() != Some(about) => None,
            StewardFact::PairConfirmed(f) | StewardFact::PairRejected(f) => Some(&f.by),
            StewardFact::OpinionGiven(f) => Some(&f.by),
            StewardFact::GroupParted(f) => Some(&f.by),
            StewardFact::SourceAsked(f) => Some(&f.by),
            StewardFact::GroupSuspected(f) => {
                self.asked_by_linker = None;
                Some(&f.by)
            }
            StewardFact::QuestionReopened(reopened) => {
                self.asked_by_linker = None;
                self.reopened |= reopened.control == control;
                None
            }
            StewardFact::QuestionRaised(_) => {
                self.asked_by_linker = None;
                None
            }
            _ => None,
        };
        self.spoke.extend(by.cloned());
    }

    /// What holds of the two by this ruling, or by the linker alone; nothing where it is not so, or is being asked.
    fn holds(&self, pair: Pair<PartyId>, ruling: Option<FactId>) -> Option<bool> {
        if self.task.is_open {
            return None;
        }
        let in_force = self.task.in_force();
        if let Some(ruling) = ruling {
            return in_force.filter(|held| held.fact == ruling && !held.is_of_parting).map(|held| held.same);
        }
        let person = together(&self.task, pair)?;
        let direct = person.evidence.iter().find(|evidence| evidence.pair == pair)?;
        (direct.ruling.is_none() && in_force.is_none()).then_some(true)
    }

    /// What is asked in earnest about the two: what was ruled on, or on what holds them together.
    fn in_earnest(&self, pair: Pair<PartyId>, ruling: Option<FactId>) -> Option<Question> {
        match ruling {
            Some(_) => self.task.asked.clone(),
            None => question(together(&self.task, pair)?, pair),
        }
    }

    /// Whether what a control question rests on is no longer so.
    fn is_overtaken(&self, drawn: &ControlDrawn) -> bool {
        self.holds(drawn.asked.pair, drawn.ruling) != Some(drawn.same)
    }
}

/// Draws a control question.
#[derive(Debug, Clone)]
pub struct DrawControl {
    /// The control question that it becomes: an id that tells nothing to who does not hold the key.
    pub control: MatchId,
    /// What it is drawn from.
    pub candidate: Candidate,
    /// What counts of the first and the second record.
    pub words: [Option<EventId>; 2],
    /// The two records weighed by themselves, by the model in force; nothing where they cannot be.
    pub weighed: Option<PairWeighed>,
}

impl DrawControl {
    /// What the steward is shown: the question as the linker asked it, or would have asked it, weighed like any other, without
    /// anything that tells what is known.
    fn asked(&self, known: &Known) -> Option<Question> {
        let (pair, question) = (self.candidate.pair, self.control);
        let earnest = known.in_earnest(pair, self.candidate.ruling)?;
        let asked = self.candidate.ruling.and(known.asked_by_linker).is_some();
        let tells = !asked || TELLING.contains(&earnest.evidence.rule.as_str());
        let rule = if tells { USUAL.to_owned() } else { earnest.evidence.rule.clone() };
        let (evidence, weighed) = match earnest.weighed.clone().filter(|_| asked) {
            Some(weighed) => (earnest.evidence.clone(), weighed),
            None => self.weighed.clone().map(|pair| (pair.evidence, pair.weighed))?,
        };
        // That the two pass the gate would tell: what is asked although all agrees is asked because the policy wants a person.
        let gate = if asked { weighed.gate } else { Some(BY_POLICY.to_owned()) };
        let evidence = PairEvidence { pair, rule, ruling: None, ..evidence };
        let weighed = Some(Weighed { gate, ..weighed });
        (!evidence.fields.is_empty()).then_some(Question { question, evidence, weighed, ..earnest })
    }
}

impl Decision for DrawControl {
    type Writes = StewardFact;
    type State = Known;
    type Refusal = Infallible;

    fn rests_on(&self) -> Tags {
        tags(self.control, self.candidate.pair)
    }

    fn evolve(&self, known: Known, fact: &Fact) -> Known {
        known.evolve(MatchId::between(self.candidate.pair), self.control, fact)
    }

    fn decide(&self, known: &Known) -> Result<Vec<StewardFact>, Infallible> {
        let Candidate { pair, stratum, ruling } = self.candidate;
        if known.drawn.contains(&(stratum, ruling)) {
            return Ok(Vec::new());
        }
        let Some(same) = known.holds(pair, ruling) else { return Ok(Vec::new()) };
        // What would be one person by way of others all the same can be shown to nobody as if it were not.
        let by_others = together(&known.task, pair).is_some_and(|one| hanging_together(one, pair).contains(&pair.b));
        let Some(asked) = self.asked(known).filter(|_| !by_others) else { return Ok(Vec::new()) };
        Ok(vec![StewardFact::ControlDrawn(ControlDrawn {
            asked,
            about: MatchId::between(pair),
            contradicts: ruling.and(known.asked_by_linker) == Some(true),
            stratum,
            ruling,
            same,
            words: self.words,
            not_for: known.spoke.clone(),
        })])
    }
}

fn tags(control: MatchId, pair: Pair<PartyId>) -> Tags {
    Task::tags(MatchId::between(pair), pair).into_iter().chain([control.into()]).collect()
}

/// Asks a control question no more, where what it rests on is no longer so.
#[derive(Debug, Clone, Copy)]
pub struct LapseControl {
    /// The control question.
    pub control: MatchId,
    /// Its two records.
    pub pair: Pair<PartyId>,
    /// Whether one of them was erased, or says something else since.
    pub unlike: bool,
}

impl Decision for LapseControl {
    type Writes = StewardFact;
    type State = Known;
    type Refusal = Infallible;

    fn rests_on(&self) -> Tags {
        tags(self.control, self.pair)
    }

    fn evolve(&self, known: Known, fact: &Fact) -> Known {
        known.evolve(MatchId::between(self.pair), self.control, fact)
    }

    fn decide(&self, known: &Known) -> Result<Vec<StewardFact>, Infallible> {
        let open = known.control.drawn.as_ref().filter(|_| known.control.is_open);
        // To whoever answered it waits for another: that it is asked in earnest since is no reason to take it from them.
        let is_answered = known.control.reviewed.is_some();
        let lapses = open.is_some_and(|drawn| self.unlike || !is_answered && known.is_overtaken(drawn));
        let question = self.control;
        Ok(if lapses { vec![StewardFact::QuestionLapsed(QuestionLapsed { question })] } else { Vec::new() })
    }
}

#[cfg(test)]
mod tests;
