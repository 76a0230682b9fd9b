//! A question on two party records as a task for stewards: who has it in hand, what was thought of it, and who may decide.
//!
//! Two must agree, each without knowing what the other thinks, wherever a mistake would do most harm. Whether that is so follows
//! from the question and never from the answer: else that a second opinion is waited for would tell what the first one was.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::control::taken_apart;
use super::in_force::InForce;
use crate::decision::{Tag, Tags};
use crate::fact::linker::{PairEvidence, PersonCertain, Question};
use crate::fact::steward::{Choice, ControlDrawn, Cut, PairReviewed, QuestionReopened, SourceAsked};
use crate::fact::{Body, Fact, LinkerFact, StewardFact, Subject};
use crate::ids::{CaseId, FactId, MatchId, Pair, PartyId, PersonId};

/// From how many cases on a mistake concerns so many that two must agree.
pub const MANY_CASES: usize = 5;
/// How many days before a hearing a mistake can hardly be put right any more, so that two must agree.
pub const HEARING_SOON: i64 = 7;
/// The rules that say why two records are probably two persons though much agrees: who takes them for one overrides a veto.
const VETOES: [&str; 2] = ["twins", "namesakes"];

/// Why two stewards must agree on a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyTwo {
    /// The records contradict each other, or a veto speaks against one person.
    Veto,
    /// Records that are certainly one person would be joined with others that are, or taken apart.
    ConfirmedGroups,
    /// So many cases are concerned.
    ManyCases,
    /// A hearing is near.
    HearingSoon,
    /// It would take the place of a ruling.
    Reversal,
    /// Somebody could not tell.
    Undecided,
}

impl WhyTwo {
    /// Every reason.
    pub const ALL: [Self; 6] =
        [Self::Veto, Self::ConfirmedGroups, Self::ManyCases, Self::HearingSoon, Self::Reversal, Self::Undecided];

    /// The reason's code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Veto => "veto",
            Self::ConfirmedGroups => "confirmed-groups",
            Self::ManyCases => "many-cases",
            Self::HearingSoon => "hearing-soon",
            Self::Reversal => "reversal",
            Self::Undecided => "undecided",
        }
    }
}

/// What a steward thinks, while it is no ruling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// Where it is written.
    pub fact: FactId,
    /// Whose.
    pub by: Subject,
    /// What.
    pub choice: Choice,
    /// Which records would be parted from which, where they think that.
    pub cut: Option<Cut>,
}

/// Who has a question in hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Who.
    pub by: Subject,
    /// Until when.
    pub until: Timestamp,
}

/// A ruling that is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Where it is written.
    pub fact: FactId,
    /// Whether it says that the two are one person.
    pub same: bool,
    /// When it was given.
    pub at: Timestamp,
    /// Who gave it, all of them.
    pub by: BTreeSet<Subject>,
    /// Whether it is one of the rulings by which a whole group was parted.
    pub is_of_parting: bool,
}

impl Held {
    /// As what each of those who gave it thinks.
    fn opinions(&self) -> impl Iterator<Item = Opinion> {
        let (fact, choice) = (self.fact, Choice::of(self.same));
        self.by.iter().map(move |by| Opinion { fact, by: by.clone(), choice, cut: None })
    }
}

/// Whether a record is one of a person's.
fn is_of(person: &PersonCertain, party: PartyId) -> bool {
    person.members.iter().any(|member| member.party == party)
}

/// A parting of a whole group that was not taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parting {
    /// Where it is written.
    pub fact: FactId,
    /// Which records from which.
    pub cut: Cut,
    /// When it was decided.
    pub at: Timestamp,
    /// Who decided it, all of them.
    pub by: BTreeSet<Subject>,
    /// Whether it answered the question by itself, which a steward had raised about the group.
    answered: bool,
}

/// A question as a task.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Task {
    /// What is asked, on the newest evidence; nothing when it was never asked.
    pub asked: Option<Question>,
    /// Whether it contradicts itself, or a veto speaks against one person.
    pub vetoed: bool,
    /// Whether it waits for an answer.
    pub is_open: bool,
    /// Whether a ruling was given since it was last asked.
    pub is_answered: bool,
    /// What was thought of it since it was last asked or ruled on.
    pub opinions: Vec<Opinion>,
    /// The judge's report, or the steward's suspicion, that it waits for an answer on; nothing where the linker asks itself.
    pub raised: Option<FactId>,
    /// The judges' reports that were heard.
    pub doubts: BTreeSet<FactId>,
    /// The newest parting of the group that was decided on it and not taken back.
    pub parting: Option<Parting>,
    /// What was asked of the courts that told of its records, the oldest first.
    pub asks: Vec<SourceAsked>,
    /// What is known of its records, where it is a control question: whoever is asked is not told.
    pub drawn: Option<ControlDrawn>,
    /// The person of both its records that a control question takes apart, and what is left of it on either side.
    apart: Option<(PersonId, Vec<PersonCertain>)>,
    claim: Option<Claim>,
    rulings: InForce<Held>,
    persons: BTreeMap<PersonId, PersonCertain>,
}

impl Task {
    /// The kinds of facts that say which records are certainly one person.
    pub const PERSONS: [&str; 4] =
        ["linker.person-certain", "linker.person-dissolved", "linker.persons-merged", "linker.person-split"];

    /// How a question stands after facts about it and about the persons of its records, each in the journal's order.
    pub fn of<'f>(question: MatchId, facts: impl IntoIterator<Item = &'f Fact>) -> Self {
        facts.into_iter().fold(Self::default(), |task, fact| task.evolve(question, fact))
    }

    /// What it rests on: the facts about the question and about its records.
    pub fn tags(question: MatchId, pair: Pair<PartyId>) -> Tags {
        Tags::from([Tag::from(question), pair.a.into(), pair.b.into()])
    }

    /// Folds one fact.
    #[must_use]
    pub fn evolve(mut self, question: MatchId, fact: &Fact) -> Self {
        match &fact.body {
            Body::Linker(told) => self.hear_linker(question, told),
            Body::Steward(told) if told.question() == Some(question) => self.hear_steward(fact, told),
            _ => {}
        }
        if let Some(drawn) = &self.drawn {
            let pair = drawn.asked.pair;
            let person = self.persons.values().find(|person| is_of(person, pair.a) && is_of(person, pair.b));
            self.apart = person.map(|person| (person.person, taken_apart(person, pair)));
        }
        self
    }

    fn hear_linker(&mut self, question: MatchId, told: &LinkerFact) {
        match told {
            LinkerFact::MatchPossible(asked) if asked.question == question => self.ask(asked, false),
            LinkerFact::ConflictFound(asked) if asked.question == question => self.ask(asked, true),
            LinkerFact::QuestionWithdrawn(gone) if gone.question == question => {
                (self.is_open, self.raised) = (false, None);
                self.rest();
            }
            LinkerFact::PersonCertain(person) => drop(self.persons.insert(person.person, person.clone())),
            other => {
                if let Some(person) = other.ends() {
                    self.persons.remove(&person);
                }
            }
        }
    }

    fn hear_steward(&mut self, fact: &Fact, told: &StewardFact) {
        match told {
            StewardFact::PairConfirmed(ruling) | StewardFact::PairRejected(ruling) => {
                let by = self.agreed(&ruling.opinions, &ruling.by);
                let same = matches!(told, StewardFact::PairConfirmed(_));
                self.rulings.rule(
                    ruling.pair,
                    fact.id,
                    Held { fact: fact.id, same, at: fact.event_time, by, is_of_parting: ruling.parted_in.is_some() },
                );
                (self.is_open, self.is_answered, self.raised) = (false, true, None);
                self.rest();
            }
            StewardFact::RulingUndone(undone) => {
                self.rulings.undo(undone.pair, undone.ruling);
                (self.is_open, self.is_answered) = (true, false);
                self.rest();
            }
            StewardFact::OpinionGiven(given) => {
                let (by, choice, cut) = (given.by.clone(), given.choice, given.cut.clone());
                let opinion = Opinion { fact: fact.id, by, choice, cut };
                self.opinions.push(opinion);
                self.claim = None;
            }
            StewardFact::TaskClaimed(claimed) => {
                self.claim = Some(Claim { by: claimed.by.clone(), until: claimed.until });
            }
            StewardFact::TaskReleased(released) => self.lay_down(&released.by),
            StewardFact::TaskSetAside(aside) => self.lay_down(&aside.by),
            StewardFact::RulingProposed(_)
            | StewardFact::IdentifierRevealed(_)
            | StewardFact::GroupExamined(_)
            | StewardFact::ArticlePassedOn(_) => {}
            StewardFact::QuestionRaised(raised) => {
                self.doubts.insert(raised.doubt);
                if !self.is_open || self.raised.is_some() {
                    self.raised = Some(raised.doubt);
                }
                self.asked = Some(raised.asked.clone());
                (self.is_open, self.is_answered) = (true, false);
            }
            StewardFact::QuestionLapsed(_) => {
                (self.is_open, self.raised) = (false, None);
                self.rest();
            }
            StewardFact::SourceAsked(asked) => {
                self.asks.push(asked.clone());
                self.lay_down(&asked.by);
            }
            StewardFact::GroupSuspected(suspected) => {
                self.raised = Some(fact.id);
                self.asked = Some(suspected.asked.clone());
                (self.is_open, self.is_answered) = (true, false);
            }
            StewardFact::GroupParted(parted) => {
                let by = self.agreed(&parted.opinions, &parted.by);
                // What the linker or a judge asks of two records is answered by a ruling on the two, or asked no more.
                let answered = self.raised.is_some_and(|raised| !self.doubts.contains(&raised));
                if answered {
                    (self.is_open, self.is_answered, self.raised) = (false, true, None);
                }
                let (fact, cut, at) = (fact.id, parted.cut.clone(), fact.event_time);
                // Who agreed is told by the ruling on the two records as well, which comes with it where it parts them.
                if !self.asked.as_ref().is_some_and(|asked| cut.parts(asked.pair)) {
                    self.rest();
                }
                self.parting = Some(Parting { fact, cut, at, by, answered });
            }
            StewardFact::ControlDrawn(drawn) => {
                self.ask(&drawn.asked, drawn.contradicts);
                self.drawn = Some(drawn.clone());
            }
            StewardFact::PairReviewed(reviewed) => self.review(fact.id, reviewed),
            StewardFact::QuestionReopened(reopened) => self.reopen(fact.id, reopened),
            StewardFact::PartingUndone(undone) => {
                if let Some(parting) = self.parting.take_if(|parting| parting.fact == undone.parting)
                    && parting.answered
                {
                    (self.is_open, self.is_answered) = (true, false);
                }
                self.rest();
            }
        }
    }

    fn ask(&mut self, asked: &Question, contradicts: bool) {
        self.vetoed = contradicts || VETOES.contains(&asked.evidence.rule.as_str());
        // On other evidence an opinion is worth nothing; whoever is looking at it still is.
        if self.asked.as_ref().is_none_or(|before| before.evidence != asked.evidence) {
            self.opinions.clear();
        }
        self.asked = Some(asked.clone());
        (self.is_open, self.is_answered, self.raised) = (true, false, None);
    }

    /// Whoever could tell ends a control question; who could not leaves it to another.
    fn review(&mut self, fact: FactId, reviewed: &PairReviewed) {
        self.opinions.push(Opinion { fact, by: reviewed.by.clone(), choice: reviewed.choice, cut: None });
        self.claim = None;
        if matches!(reviewed.choice, Choice::Same | Choice::Different) {
            self.is_open = false;
        }
    }

    /// What a steward ruled counts as what they think of it: then a third decides, as wherever two disagree.
    fn reopen(&mut self, fact: FactId, reopened: &QuestionReopened) {
        let held = self.rulings.get(reopened.asked.pair).cloned();
        self.opinions = held.iter().flat_map(Held::opinions).collect();
        self.asked = Some(reopened.asked.clone());
        (self.is_open, self.is_answered, self.claim) = (true, false, None);
        self.raised = reopened.same.then_some(fact);
    }

    /// Everybody who gave a ruling: who spoke last, and whose opinions agreed.
    fn agreed(&self, opinions: &[FactId], last: &Subject) -> BTreeSet<Subject> {
        let agreed = self.opinions.iter().filter(|opinion| opinions.contains(&opinion.fact));
        agreed.map(|opinion| opinion.by.clone()).chain([last.clone()]).collect()
    }

    fn rest(&mut self) {
        self.opinions.clear();
        self.claim = None;
    }

    fn lay_down(&mut self, by: &Subject) {
        if self.claim.as_ref().is_some_and(|claim| claim.by == *by) {
            self.claim = None;
        }
    }

    /// Who has it in hand, if anybody.
    pub fn claim(&self, now: Timestamp) -> Option<&Claim> {
        self.claim.as_ref().filter(|claim| claim.until > now)
    }

    /// The claim as it was last made, whether or not its time is over.
    pub const fn last_claim(&self) -> Option<&Claim> {
        self.claim.as_ref()
    }

    /// Whether somebody else than `by` has it in hand.
    pub fn is_held_by_another(&self, by: &Subject, now: Timestamp) -> bool {
        self.claim(now).is_some_and(|claim| claim.by != *by)
    }

    /// Whether somebody said already what they think of it, or had a part in what is known of it: nobody is asked twice.
    pub fn has_spoken(&self, by: &Subject) -> bool {
        let had_a_part = self.drawn.as_ref().is_some_and(|drawn| drawn.not_for.contains(by));
        had_a_part || self.opinions.iter().any(|opinion| opinion.by == *by)
    }

    /// The ruling that is in force.
    pub fn in_force(&self) -> Option<&Held> {
        self.rulings.get(self.asked.as_ref()?.pair)
    }

    /// The records that one record is certainly one person with; nothing where it stands alone. In a control question as it would be
    /// if nothing were known of its two records.
    pub fn group(&self, party: PartyId) -> Option<&PersonCertain> {
        let (whole, halves) = self.apart.as_ref().map_or((None, &[][..]), |(whole, halves)| (Some(*whole), halves));
        let others = self.persons.values().filter(|person| Some(person.person) != whole);
        halves.iter().chain(others).find(|person| is_of(person, party))
    }

    /// The person of both records that a control question takes apart; nothing where they are two all the same.
    pub fn whole(&self) -> Option<&PersonCertain> {
        let (whole, _) = self.apart.as_ref()?;
        self.persons.get(whole)
    }

    /// The person that both records of the question are certainly of; nothing where they are not of one.
    pub fn together(&self) -> Option<&PersonCertain> {
        let pair = self.asked.as_ref()?.pair;
        self.group(pair.a).filter(|person| person.members.iter().any(|member| member.party == pair.b))
    }

    /// The cases in which either of the two persons stands, as far as it is certain.
    pub fn cases(&self) -> BTreeSet<CaseId> {
        let Some(asked) = &self.asked else { return BTreeSet::new() };
        let groups = [asked.pair.a, asked.pair.b].into_iter().filter_map(|party| self.group(party));
        let members = groups.flat_map(|person| person.members.iter().map(|member| member.case));
        members.chain([asked.cases.0, asked.cases.1]).collect()
    }

    /// What the records have in common as far as a ruling on it rests on that; nothing where they are one person by way of others only.
    pub fn evidence(&self) -> Option<PairEvidence> {
        self.asked.as_ref().map(|asked| &asked.evidence).filter(|evidence| !evidence.fields.is_empty()).cloned()
    }

    /// Whether saying this would override a veto or a ruling that is in force: then it must be said in words why.
    pub fn overrides(&self, same: bool) -> bool {
        same && self.vetoed || self.in_force().is_some_and(|held| held.same != same)
    }

    /// Why two stewards must agree; nothing where one may rule alone.
    pub fn why_two(&self, hearing_soon: bool) -> BTreeSet<WhyTwo> {
        let confirmed =
            self.asked.as_ref().is_some_and(|asked| self.group(asked.pair.a).zip(self.group(asked.pair.b)).is_some());
        let undecided = self.opinions.iter().any(|opinion| opinion.choice == Choice::CannotTell);
        let holds = [
            (self.vetoed, WhyTwo::Veto),
            (confirmed, WhyTwo::ConfirmedGroups),
            (self.cases().len() >= MANY_CASES, WhyTwo::ManyCases),
            (hearing_soon, WhyTwo::HearingSoon),
            (self.in_force().is_some(), WhyTwo::Reversal),
            (undecided, WhyTwo::Undecided),
        ];
        holds.into_iter().filter(|(holds, _)| *holds).map(|(_, why)| why).collect()
    }
}
