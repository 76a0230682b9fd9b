//! A question on two party records as a task for stewards: who has it in hand, what was thought of it, and who may decide.
//!
//! Two must agree, each without knowing what the other thinks, wherever a mistake would do most harm. Whether that is so follows
//! from the question and never from the answer: else that a second opinion is waited for would tell what the first one was. So where
//! one may decide alone and somebody could not tell, that another must agree as well is shown to nobody before they spoke.

mod why_two;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

pub use why_two::WhyTwo;

use super::control::taken_apart;
use super::in_force::InForce;
use crate::decision::{Tag, Tags};
use crate::fact::linker::{PairEvidence, PersonCertain, Question};
use crate::fact::steward::{Choice, ControlDrawn, Cut, PairReviewed, QuestionReopened, Seen, SourceAsked};
use crate::fact::{Body, Fact, LinkerFact, StewardFact, Subject};
use crate::ids::{CaseId, EventId, FactId, MatchId, Pair, PartyId, PersonId};

/// From how many cases on a mistake concerns so many that two must agree.
pub const MANY_CASES: usize = 5;
/// How many days before a hearing a mistake can hardly be put right any more, so that two must agree.
pub const HEARING_SOON: i64 = 7;
/// The rules that say why two records are probably two persons though much agrees: who takes them for one overrides a veto.
const VETOES: [&str; 2] = ["twins", "namesakes"];

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
    /// What it rests on; nothing where that was not kept, or it follows from a ruling.
    pub seen: Option<Seen>,
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
    /// How the question stood until then.
    before: Before,
}

/// How a question stood before it was answered, to stand so again where the answer is taken back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Before {
    is_open: bool,
    is_answered: bool,
    raised: Option<FactId>,
    desk_asks: bool,
}

impl Held {
    /// As what each of those who gave it thinks.
    fn opinions(&self) -> impl Iterator<Item = Opinion> {
        let (fact, choice) = (self.fact, Choice::of(self.same));
        self.by.iter().map(move |by| Opinion { fact, by: by.clone(), choice, cut: None, seen: None })
    }
}

/// Whether a record is one of a person's.
fn is_of(person: &PersonCertain, party: PartyId) -> bool {
    person.members.iter().any(|member| member.party == party)
}

/// Whether a fact is one of the rulings by which a whole group was parted.
const fn is_of_parting(fact: &Fact) -> bool {
    matches!(&fact.body, Body::Steward(told) if told.parted_in().is_some())
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
    /// How the question stood until then.
    before: Before,
}

/// A question as a task.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is true or not, whatever the others are")]
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
    /// How a control question was answered by whoever could tell, until they take it back.
    pub reviewed: Option<(FactId, PairReviewed)>,
    /// The person of both its records that a control question takes apart, and what is left of it on either side.
    apart: Option<(PersonId, Vec<PersonCertain>)>,
    /// Whether the linker asks it now.
    linker_asks: bool,
    /// Whether the desk asks it by itself.
    desk_asks: bool,
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
            Body::Steward(told) if told.question() == Some(question) => self.hear_steward(question, fact, told),
            _ => {}
        }
        if let Some(drawn) = &self.drawn {
            let pair = drawn.asked.pair;
            let person = self.persons.values().find(|person| is_of(person, pair.a) && is_of(person, pair.b));
            // To whoever answered that they are one they are.
            let joined = self.in_force().is_some_and(|held| held.same);
            self.apart = person.filter(|_| !joined).map(|person| (person.person, taken_apart(person, pair)));
        }
        self
    }

    fn hear_linker(&mut self, question: MatchId, told: &LinkerFact) {
        match told {
            LinkerFact::MatchPossible(asked) if asked.question == question => self.ask(asked, false),
            LinkerFact::ConflictFound(asked) if asked.question == question => self.ask(asked, true),
            LinkerFact::QuestionWithdrawn(gone) if gone.question == question => {
                (self.is_open, self.raised) = (false, None);
                (self.linker_asks, self.desk_asks) = (false, false);
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

    fn hear_steward(&mut self, question: MatchId, fact: &Fact, told: &StewardFact) {
        match told {
            StewardFact::PairConfirmed(ruling) | StewardFact::PairRejected(ruling) => {
                let by = self.agreed(&ruling.opinions, &ruling.by);
                let same = matches!(told, StewardFact::PairConfirmed(_));
                // The parting that it stands beside may have answered the question already.
                let beside = self.parting.as_ref().filter(|_| ruling.parted_in == Some(question));
                let before = beside.filter(|parting| parting.answered).map(|parting| parting.before);
                self.hold(ruling.pair, fact, same, by, before);
            }
            StewardFact::RulingUndone(undone) => self.take_back(undone.pair, undone.ruling),
            StewardFact::OpinionGiven(given) => {
                self.opinions.push(Opinion {
                    fact: fact.id,
                    by: given.by.clone(),
                    choice: given.choice,
                    cut: given.cut.clone(),
                    seen: given.seen.clone(),
                });
                self.claim = None;
            }
            StewardFact::OpinionLapsed(lapsed) => {
                self.opinions.retain(|opinion| !lapsed.opinions.contains(&opinion.fact));
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
                    self.desk_asks = true;
                }
                self.asked = Some(raised.asked.clone());
                (self.is_open, self.is_answered) = (true, false);
            }
            StewardFact::QuestionLapsed(_) => {
                (self.is_open, self.raised, self.desk_asks) = (false, None, false);
                self.rest();
            }
            StewardFact::SourceAsked(asked) => {
                self.asks.push(asked.clone());
                self.lay_down(&asked.by);
            }
            StewardFact::GroupSuspected(suspected) => {
                self.raised = Some(fact.id);
                self.asked = Some(suspected.asked.clone());
                (self.is_open, self.is_answered, self.desk_asks) = (true, false, true);
            }
            StewardFact::GroupParted(parted) => {
                let by = self.agreed(&parted.opinions, &parted.by);
                // What the linker or a judge asks of two records is answered by a ruling on the two, or asked no more.
                let answered = self.raised.is_some_and(|raised| !self.doubts.contains(&raised));
                let before = self.before();
                if answered {
                    (self.is_open, self.is_answered, self.raised, self.desk_asks) = (false, true, None, false);
                }
                let (fact, cut, at) = (fact.id, parted.cut.clone(), fact.event_time);
                // Who agreed is told by the ruling on the two records as well, which comes with it where it parts them.
                if !self.asked.as_ref().is_some_and(|asked| cut.parts(asked.pair)) {
                    self.rest();
                }
                self.parting = Some(Parting { fact, cut, at, by, answered, before });
            }
            StewardFact::ControlDrawn(drawn) => {
                self.ask(&drawn.asked, drawn.contradicts);
                self.drawn = Some(drawn.clone());
            }
            StewardFact::PairReviewed(reviewed) => self.review(fact, reviewed),
            StewardFact::ReviewUndone(undone) => {
                if let Some((_, reviewed)) = self.reviewed.take_if(|(review, _)| *review == undone.review) {
                    self.take_back(reviewed.pair, undone.review);
                }
            }
            StewardFact::QuestionReopened(reopened) => self.reopen(fact.id, reopened),
            StewardFact::PartingUndone(undone) => {
                if let Some(parting) = self.parting.take_if(|parting| parting.fact == undone.parting)
                    && parting.answered
                {
                    self.stand_as(parting.before);
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
        (self.linker_asks, self.desk_asks) = (true, false);
    }

    /// Who cannot tell leaves a control question to another. Whoever can tell is answered as on any other question: where one may
    /// decide alone it is decided, where two must agree it waits for another, whom nobody asks.
    fn review(&mut self, fact: &Fact, reviewed: &PairReviewed) {
        let could_tell = matches!(reviewed.choice, Choice::Same | Choice::Different);
        let by = reviewed.by.clone();
        if could_tell && reviewed.waits == Some(false) {
            self.hold(reviewed.pair, fact, reviewed.choice == Choice::Same, [by].into(), None);
        } else {
            let opinion = Opinion { fact: fact.id, by, choice: reviewed.choice, cut: None, seen: None };
            self.opinions.push(opinion);
            self.claim = None;
            self.is_open = !could_tell || reviewed.waits == Some(true);
        }
        if could_tell {
            self.reviewed = Some((fact.id, reviewed.clone()));
        }
    }

    const fn before(&self) -> Before {
        Before { is_open: self.is_open, is_answered: self.is_answered, raised: self.raised, desk_asks: self.desk_asks }
    }

    /// Something was ruled on a pair: that answers the question.
    fn hold(&mut self, pair: Pair<PartyId>, fact: &Fact, same: bool, by: BTreeSet<Subject>, before: Option<Before>) {
        let before = before.unwrap_or_else(|| self.before());
        let (is_of_parting, at) = (is_of_parting(fact), fact.event_time);
        self.rulings.rule(pair, fact.id, Held { fact: fact.id, same, at, by, is_of_parting, before });
        (self.is_open, self.is_answered, self.raised, self.desk_asks) = (false, true, None, false);
        self.rest();
    }

    /// A ruling is taken back: what held before it holds again, and the question stands as it stood.
    fn take_back(&mut self, pair: Pair<PartyId>, ruling: FactId) {
        let before = self.rulings.get(pair).filter(|held| held.fact == ruling).map(|held| held.before);
        self.rulings.undo(pair, ruling);
        if let Some(before) = before {
            self.stand_as(before);
        }
        self.rest();
    }

    /// What the linker asked and let go of since, it asks again itself where it is still to be asked. What was asked again since stays.
    const fn stand_as(&mut self, before: Before) {
        if self.is_open {
            return;
        }
        self.is_open = before.is_open && (before.desk_asks || self.linker_asks);
        (self.is_answered, self.raised, self.desk_asks) = (before.is_answered, before.raised, before.desk_asks);
    }

    /// What an opinion that is given now rests on, by what counts of the two records.
    pub fn seen(&self, words: [Option<EventId>; 2]) -> Seen {
        let members = |person: &PersonCertain| person.members.iter().map(|member| member.party).collect();
        let group = |party| self.group(party).map(members).unwrap_or_default();
        let groups = self.asked.as_ref().map(|asked| [group(asked.pair.a), group(asked.pair.b)]);
        Seen { words, groups: groups.unwrap_or_default() }
    }

    /// What a steward ruled counts as what they think of it: then a third decides, as wherever two disagree.
    fn reopen(&mut self, fact: FactId, reopened: &QuestionReopened) {
        let held = self.rulings.get(reopened.asked.pair).cloned();
        self.opinions = held.iter().flat_map(Held::opinions).collect();
        self.asked = Some(reopened.asked.clone());
        (self.is_open, self.is_answered, self.claim) = (true, false, None);
        (self.raised, self.desk_asks) = (reopened.same.then_some(fact), true);
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

    /// How many said what they think, as far as `by` may know. Where one may decide alone, that somebody spoke and it is no ruling tells
    /// that they could not tell: whoever did not speak is not told.
    pub fn spoken(&self, by: &Subject, hearing_soon: bool) -> usize {
        let tells_nothing = self.has_spoken(by) || !self.why_two(hearing_soon).is_empty();
        if tells_nothing { self.opinions.len() } else { 0 }
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
        let holds = [
            (self.vetoed, WhyTwo::Veto),
            (confirmed, WhyTwo::ConfirmedGroups),
            (self.cases().len() >= MANY_CASES, WhyTwo::ManyCases),
            (hearing_soon, WhyTwo::HearingSoon),
            (self.in_force().is_some(), WhyTwo::Reversal),
        ];
        holds.into_iter().filter(|(holds, _)| *holds).map(|(_, why)| why).collect()
    }
}
