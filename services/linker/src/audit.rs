//! The auditor: holds what was decided against the journal, without the code that decided it.
//!
//! It reads facts alone, and only those that were handled, so that it can run beside the living service. Who decides reads the newest
//! word on what it decides about, though that word is not handled yet: so what was seen while facts waited is looked at once more when
//! those are handled, and counts only if it is still so. What is found is named by a code and by ids, never by a value.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

use domain::fact::Fact;
use domain::fact::linker::{CasesLinked, LinkedPerson, Member, PersonCertain};
use domain::ids::{CaseId, FactId, MatterId, Pair, PartyId, PersonId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use journal::{JournalError, Which};

use crate::aside::{self, Aside};
use crate::beside::AT_A_TIME;
use crate::listen::{KINDS, Linker};
use crate::state::State;
use crate::told::{Dockets, Heard};

mod vetoes;

use vetoes::Marks;

/// How long it is waited for facts to be handled that waited when something was seen.
pub const PATIENCE: Duration = Duration::from_mins(2);
/// How often it is looked whether they are.
const AGAIN: Duration = Duration::from_millis(250);

/// What does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// A record is part of one person at most.
    OnePersonARecord,
    /// Every record of a person is known, is somebody, and stands in its case in roles that can link.
    RecordsAreKnown,
    /// The evidence of a person holds all its records together, and speaks of them alone.
    EvidenceHoldsTogether,
    /// No two records that a steward ruled to be two persons are one, unless another ruling says so too.
    RejectedStaysApart,
    /// No two records of one person contradict each other or are two parties of one case, unless a steward ruled it.
    VetoesAreObeyed,
    /// Every link is of persons that stand in both cases today.
    LinksHaveTheirPersons,
    /// Two cases in which one person stands are linked, or one matter.
    PersonsLinkTheirCases,
    /// A matter is of cases that lead to each other, and a case of one matter at most.
    MattersAreWhole,
    /// What is asked is not decided already.
    QuestionsAreOpen,
    /// A pair that a steward ruled on is asked about again only where it changed since.
    RuledIsNotAsked,
    /// Every question has its task at the desk.
    QuestionsHaveTasks,
    /// Every fact was handled by whom it concerns.
    FactsAreHandled,
    /// The read model is what follows from the journal.
    ReadModelFollows,
}

impl Rule {
    /// The rule's code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OnePersonARecord => "one-person-a-record",
            Self::RecordsAreKnown => "records-are-known",
            Self::EvidenceHoldsTogether => "evidence-holds-together",
            Self::RejectedStaysApart => "rejected-stays-apart",
            Self::VetoesAreObeyed => "vetoes-are-obeyed",
            Self::LinksHaveTheirPersons => "links-have-their-persons",
            Self::PersonsLinkTheirCases => "persons-link-their-cases",
            Self::MattersAreWhole => "matters-are-whole",
            Self::QuestionsAreOpen => "questions-are-open",
            Self::RuledIsNotAsked => "ruled-is-not-asked",
            Self::QuestionsHaveTasks => "questions-have-tasks",
            Self::FactsAreHandled => "facts-are-handled",
            Self::ReadModelFollows => "read-model-follows",
        }
    }
}

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The rule that is broken.
    pub rule: Rule,
    /// Where: ids of persons, records, cases, questions or facts.
    pub at: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.rule.code(), self.at)
    }
}

/// What was looked at, and what does not hold.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// How many persons there are.
    pub persons: usize,
    /// How many links.
    pub links: usize,
    /// How many questions wait for an answer.
    pub questions: usize,
    /// What does not hold, in order.
    pub findings: Vec<Finding>,
    /// What does not seem to hold and may yet, once what waits is handled.
    pub unsettled: Vec<Finding>,
    /// How many facts waited to be handled when it was looked at last.
    pub waiting: usize,
    /// What was set aside, of which nothing is known to hold.
    pub aside: Vec<Aside>,
}

/// What is seen at one moment.
struct Look {
    report: Report,
    waiting: Vec<FactId>,
}

/// What is held against what was decided.
#[derive(Debug, Clone, Default)]
pub(crate) struct Evidence {
    /// The records that are somebody in roles that can link.
    pub records: BTreeMap<PartyId, Known>,
    /// Who stands in which case today, in roles that link.
    pub standing: BTreeMap<CaseId, BTreeSet<PartyId>>,
}

/// What is known of a record.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub member: Member,
    /// Whether it may stand beside another record of its person in one case.
    pub beside: bool,
    pub marks: Marks,
}

impl Linker {
    /// Looks whether everything holds that must, as far as this service can see. What does not while facts wait to be handled is looked
    /// at again once they are; where they are not after `patience` it stays unsettled.
    ///
    /// # Errors
    /// When the journal cannot be reached, or holds what no version of this house wrote.
    pub async fn audit(&self, patience: Duration) -> Result<Report, JournalError> {
        let first = self.look().await?;
        if first.report.findings.is_empty() || first.waiting.is_empty() {
            return Ok(first.report);
        }
        let caught_up = self.catches_up(&first.waiting, patience).await?;
        let Look { mut report, waiting } = self.look().await?;
        let seen: BTreeSet<Finding> = first.report.findings.into_iter().collect();
        // Where nothing waits by now, whatever is seen is so.
        let settled = |finding: &Finding| waiting.is_empty() || (caught_up && seen.contains(finding));
        (report.findings, report.unsettled) = report.findings.into_iter().partition(settled);
        Ok(report)
    }

    /// Waits until none of these facts waits to be handled. Answers whether it came to that.
    async fn catches_up(&self, waiting: &[FactId], patience: Duration) -> Result<bool, JournalError> {
        let mut left = patience;
        loop {
            // A connection of its own each time: nobody's work is held up by who only waits.
            if !self.journal.begin().await?.any_waits(waiting).await? {
                return Ok(true);
            }
            if left.is_zero() {
                return Ok(false);
            }
            let pause = left.min(AGAIN);
            tokio::time::sleep(pause).await;
            left -= pause;
        }
    }

    /// What is seen at one moment.
    async fn look(&self) -> Result<Look, JournalError> {
        let mut transaction = self.journal.begin().await?;
        // One moment for all that is read.
        transaction.one_moment().await?;
        let state = State::read(&mut transaction, None).await?;
        let (mut heard, mut dockets) = (Heard::default(), Dockets::default());
        let hear = |fact: &Fact| {
            heard.hear(fact);
            dockets.hear(fact);
        };
        transaction.each(Which::Handled, &KINDS, hear).await?;
        let mut evidence = Evidence::default();
        for (case, docket) in dockets.0 {
            evidence.standing.insert(case, docket.linking().into_keys().collect());
        }
        let mut kept: Vec<_> = heard.kept().collect();
        for part in kept.chunks_mut(AT_A_TIME) {
            let details = self.details(&mut transaction, part).await?;
            for (kept, details) in part.iter().zip(details) {
                if let Some(details) = details {
                    let known = Known { member: kept.member, beside: kept.beside, marks: Marks::of(&details) };
                    evidence.records.insert(kept.member.party, known);
                }
            }
        }
        let mut findings = findings(&state, &evidence);
        findings.sort();
        let waiting = transaction.waiting(&KINDS).await?;
        let report = Report {
            persons: state.persons.len(),
            links: state.links.len(),
            questions: state.questions.len(),
            findings,
            unsettled: Vec::new(),
            waiting: waiting.len(),
            aside: aside::all(&mut transaction).await?,
        };
        Ok(Look { report, waiting })
    }
}

impl Linker {
    /// Looks, and tells the log and the metrics what does not hold: codes and ids only.
    pub(crate) async fn report(&self, now: Timestamp) {
        match self.audit(PATIENCE).await {
            Ok(report) => {
                let gauge = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
                metrics::gauge!("linker_audit_findings").set(gauge(report.findings.len()));
                metrics::gauge!("linker_audit_unsettled").set(gauge(report.unsettled.len()));
                let (persons, links, waiting) = (report.persons, report.links, report.waiting);
                tracing::info!(persons, links, waiting, unsettled = report.unsettled.len(), "audit");
                for aside in &report.aside {
                    tracing::warn!(kind = aside.kind, reason = aside.reason, count = aside.count, "audit: set aside");
                }
                for finding in &report.findings {
                    tracing::error!(rule = finding.rule.code(), at = finding.at, "audit: something does not hold");
                }
                if let Err(error) = self.tell_operators(&report, now).await {
                    tracing::warn!(%error, "what the audit found could not be told to operators");
                }
            }
            Err(error) => tracing::warn!(%error, "audit was interrupted"),
        }
    }

    /// Writes down what was found, by rule: in the place of what was found before.
    ///
    /// # Errors
    /// When PostgreSQL cannot be reached.
    pub async fn tell_operators(&self, report: &Report, now: Timestamp) -> Result<(), sqlx::Error> {
        let mut by_rule: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in &report.findings {
            *by_rule.entry(finding.rule.code()).or_default() += 1;
        }
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        sqlx::query!(
            "insert into operations.audits (at, persons, links, questions, findings) values ($1, $2, $3, $4, $5)
             on conflict (is_last) do update
             set at = excluded.at, persons = excluded.persons, links = excluded.links, questions = excluded.questions,
                 findings = excluded.findings",
            now.to_sqlx() as _,
            number(report.persons),
            number(report.links),
            number(report.questions),
            serde_json::json!(by_rule)
        )
        .execute(self.journal.pool())
        .await?;
        Ok(())
    }
}

/// What does not hold of what was decided.
fn findings(state: &State, evidence: &Evidence) -> Vec<Finding> {
    let mut joined: BTreeMap<PartyId, Vec<Pair<PartyId>>> = BTreeMap::new();
    for (pair, _) in state.rulings.now().iter().filter(|(_, ruling)| ruling.said.same) {
        joined.entry(pair.a).or_default().push(*pair);
    }
    let matter_of = state.matter_of_each();
    let mut audit = Audit { state, evidence, joined, matter_of, findings: Vec::new() };
    for matter in state.matters.values().map(|matter| &matter.said) {
        let cases = &matter.cases;
        let heads = cases.contains(&matter.began_as) && cases.contains(&matter.goes_on_as);
        let steps = matter.steps.iter().all(|step| cases.contains(&step.from) && cases.contains(&step.to));
        let alone = cases.iter().any(|case| !matter.steps.iter().any(|step| step.from == *case || step.to == *case));
        if !heads || !steps || alone || cases.iter().any(|case| audit.matter_of.get(case) != Some(&matter.matter)) {
            audit.found(Rule::MattersAreWhole, format!("matter {}", matter.matter));
        }
    }
    let mut part_of: BTreeMap<PartyId, PersonId> = BTreeMap::new();
    for (id, person) in &state.persons {
        for member in &person.said.members {
            if let Some(other) = part_of.insert(member.party, *id) {
                audit.found(Rule::OnePersonARecord, format!("record {} of persons {other} and {id}", member.party));
            }
        }
        audit.person(&person.said);
    }
    for (pair, ruling) in state.rulings.now().iter().filter(|(_, ruling)| !ruling.said.same) {
        if let (Some(one), Some(other)) = (part_of.get(&pair.a), part_of.get(&pair.b))
            && one == other
        {
            audit.found(Rule::RejectedStaysApart, format!("person {one}, ruling {}", ruling.fact));
        }
    }
    for link in state.links.values() {
        audit.link(&link.said);
    }
    for question in
        state.questions.values().map(|question| &question.said).filter(|question| is_open(&question.evidence.rule))
    {
        let pair = question.pair;
        if part_of.get(&pair.a).is_some_and(|person| part_of.get(&pair.b) == Some(person)) {
            audit.found(Rule::QuestionsAreOpen, format!("question {}", question.question));
        }
        if state.rulings.get(pair).is_some_and(|ruling| !ruling.said.same) {
            audit.found(Rule::RuledIsNotAsked, format!("question {}", question.question));
        }
    }
    audit.findings
}

/// Whether a question asks if two records are one person that are not so far.
fn is_open(rule: &str) -> bool {
    matches!(rule, "possible" | "twins" | "namesakes" | "bridge" | "too-many")
}

struct Audit<'a> {
    state: &'a State,
    evidence: &'a Evidence,
    /// The pairs that stewards ruled to be one, by their first record.
    joined: BTreeMap<PartyId, Vec<Pair<PartyId>>>,
    matter_of: BTreeMap<CaseId, MatterId>,
    findings: Vec<Finding>,
}

impl Audit<'_> {
    fn found(&mut self, rule: Rule, at: String) {
        self.findings.push(Finding { rule, at });
    }

    fn person(&mut self, person: &PersonCertain) {
        let id = person.person;
        let parties: BTreeSet<PartyId> = person.members.iter().map(|member| member.party).collect();
        for member in &person.members {
            if self.evidence.records.get(&member.party).is_none_or(|known| known.member != *member) {
                self.found(Rule::RecordsAreKnown, format!("person {id}, record {}", member.party));
            }
        }
        let pairs = person.evidence.iter().map(|evidence| evidence.pair);
        let strangers = pairs.clone().any(|pair| !parties.contains(&pair.a) || !parties.contains(&pair.b));
        if strangers || parties.len() < 2 || groups(&parties, pairs).len() > 1 {
            self.found(Rule::EvidenceHoldsTogether, format!("person {id}"));
        }
        let ruled = parties.iter().filter_map(|party| self.joined.get(party)).flatten().copied();
        let ruled = groups(&parties, ruled.filter(|pair| parties.contains(&pair.b)));
        let known: Vec<&Known> = parties.iter().filter_map(|party| self.evidence.records.get(party)).collect();
        let mut broken = Vec::new();
        for (place, one) in known.iter().enumerate() {
            for other in &known[place + 1..] {
                let two_parties = one.member.case == other.member.case && !one.beside && !other.beside;
                let allowed = || {
                    ruled.iter().any(|group| group.contains(&one.member.party) && group.contains(&other.member.party))
                };
                let veto = if two_parties { Some("same-case") } else { one.marks.part(&other.marks) };
                if let Some(veto) = veto.filter(|_| !allowed()) {
                    broken
                        .push(format!("person {id}, {veto}, records {} and {}", one.member.party, other.member.party));
                }
            }
        }
        for at in broken {
            self.found(Rule::VetoesAreObeyed, at);
        }
        self.links_of(person);
    }

    fn stands(&self, case: CaseId, party: PartyId) -> bool {
        self.evidence.standing.get(&case).is_some_and(|standing| standing.contains(&party))
    }

    /// Every two cases in which a person stands are linked by it, or are one matter.
    fn links_of(&mut self, person: &PersonCertain) {
        let standing = person.members.iter().filter(|member| self.stands(member.case, member.party));
        let cases: Vec<CaseId> = standing.map(|member| member.case).collect::<BTreeSet<_>>().into_iter().collect();
        for (place, a) in cases.iter().enumerate() {
            for b in &cases[place + 1..] {
                let link = self.state.links.get(&Pair::of(*a, *b));
                let linked = link.is_some_and(|link| link.said.persons.iter().any(|one| one.person == person.person));
                let matter = self.matter_of.get(a);
                if !linked && (matter.is_none() || matter != self.matter_of.get(b)) {
                    self.found(Rule::PersonsLinkTheirCases, format!("person {}, cases {a} and {b}", person.person));
                }
            }
        }
    }

    fn link(&mut self, link: &CasesLinked) {
        let is_whole = |linked: &LinkedPerson| {
            let Some(person) = self.state.persons.get(&linked.person) else { return false };
            let within = |case: CaseId, parties: &BTreeSet<PartyId>| {
                !parties.is_empty()
                    && parties.iter().all(|party| {
                        person.said.members.contains(&Member { party: *party, case }) && self.stands(case, *party)
                    })
            };
            within(link.cases.a, &linked.in_a) && within(link.cases.b, &linked.in_b)
        };
        if link.persons.is_empty() || !link.persons.iter().all(is_whole) {
            self.found(Rule::LinksHaveTheirPersons, format!("link {}", link.link));
        }
    }
}

/// The groups into which pairs join records.
fn groups(parties: &BTreeSet<PartyId>, pairs: impl Iterator<Item = Pair<PartyId>>) -> Vec<BTreeSet<PartyId>> {
    let mut groups: Vec<BTreeSet<PartyId>> = parties.iter().map(|party| [*party].into()).collect();
    for pair in pairs {
        let (joined, mut apart): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|group| group.contains(&pair.a) || group.contains(&pair.b));
        apart.push(joined.into_iter().flatten().collect());
        groups = apart;
    }
    groups.retain(|group| !group.is_empty());
    groups
}

#[cfg(test)]
mod tests;
