//! The desk: a question opened, with its two records side by side.
//!
//! Invariants: what is unsealed here is shown to one steward and kept nowhere; each opening leaves a line in the log with
//! who opened what, and nothing of what was seen; only a record that a question is about can be opened, there is no search
//! for persons. What anybody is charged with, and what a judge is told of it, is never read: it must not weigh in the
//! question who somebody is.

use std::collections::BTreeSet;

use domain::decision::Tags;
use domain::decisions::ask_source::AskState;
use domain::decisions::docket::Told;
use domain::decisions::docket::told::{OF_PARTIES, REVISIONS};
use domain::decisions::rule_on_pair::may_undo;
use domain::decisions::task::{HEARING_SOON, Task, WhyTwo};
use domain::fact::linker::{FieldEvidence, PersonCertain};
use domain::fact::steward::{Note, SourceAsked};
use domain::fact::{Body, Fact, IntakeFact, Subject};
use domain::ids::{CaseId, FactId, KeyId, MatchId, Pair, PartyId};
use domain::party::{PartyDetails, PartyDetailsError};
use domain::role::Role;
use domain::sealed::Sealed;
use jiff::Timestamp;
use jiff::civil::Date;
use journal::{DataKey, Journal, JournalError, Transaction, Vault, VaultError};
use runtime::Clock;

use crate::asks;
use crate::queue::{self, CaseFile};
use crate::record::{Field, Person};
use crate::standing::{Given, Standing};
use crate::version::Version;

/// Why a question cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The journal or the vault would not.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// What was sealed does not read.
    #[error("details of a party do not read")]
    Details(#[from] PartyDetailsError),
    /// A note was sealed as something else than text.
    #[error("a note is not text")]
    Note,
}

impl From<VaultError> for DeskError {
    fn from(error: VaultError) -> Self {
        Self::Journal(error.into())
    }
}

impl From<sqlx::Error> for DeskError {
    fn from(error: sqlx::Error) -> Self {
        Self::Journal(error.into())
    }
}

/// The desk. Cheap to clone.
#[derive(Clone)]
pub struct Desk {
    pub(crate) journal: Journal,
    pub(crate) vault: Vault,
    pub(crate) clock: Clock,
}

/// A record that a question is about.
#[derive(Debug)]
pub struct Record {
    /// What its court told of its part in the case.
    pub told: Told,
    /// Who it is.
    pub person: Person,
    /// Its case; nothing while its court has not told of its registration.
    pub case: Option<CaseFile>,
    /// The roles of each other party of that case.
    pub beside: Vec<BTreeSet<Role>>,
}

/// Another record of the person that a record of the question is of.
#[derive(Debug)]
pub struct Other {
    /// The roles it has in its case.
    pub roles: BTreeSet<Role>,
    /// Its case.
    pub case: Option<CaseFile>,
}

/// One field of both records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The field.
    pub field: Field,
    /// What the first record says, as a steward may see it.
    pub a: Option<String>,
    /// What the second record says.
    pub b: Option<String>,
    /// The forms under which the linker looks each up, where it has such.
    pub normalised: [Option<String>; 2],
    /// How far they agree and what that weighs, in the linker's words; nothing for a field it does not compare.
    pub evidence: Option<FieldEvidence>,
    /// What the frequency of the shared value adds or takes off, in thousandths of a bit.
    pub rarity: Option<i32>,
}

/// A ruling with the words of whoever gave it.
#[derive(Debug)]
pub struct Ruled {
    /// The ruling.
    pub given: Given,
    /// The note; nothing when there is none, or when it went with the record whose key it was sealed under.
    pub note: Option<String>,
}

/// A question with its two records.
#[derive(Debug)]
pub struct Comparison {
    /// How it stands.
    pub standing: Standing,
    /// The two records, in the order of the pair.
    pub records: [Record; 2],
    /// The other records of the persons that the two are of, for each.
    pub others: [Vec<Other>; 2],
    /// What was asked of courts, and how that stands, the oldest first.
    pub asks: Vec<(SourceAsked, AskState)>,
    /// Every ruling, the newest last.
    pub rulings: Vec<Ruled>,
    /// What a ruling on what is seen here rests on.
    pub version: Version,
    /// Who has it in hand, and what is expected of whoever looks at it.
    pub hand: Hand,
}

/// Who has a question in hand, as one steward may know it: of another's opinion no more than that there is one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hand {
    /// Until when this steward has it in hand.
    pub mine_until: Option<Timestamp>,
    /// Whether somebody else has.
    pub is_anothers: bool,
    /// Why two must agree; nothing where one may rule alone.
    pub why_two: BTreeSet<WhyTwo>,
    /// How many said what they think, as far as this steward may know.
    pub spoken: usize,
    /// Whether this steward did: it is for others then.
    pub has_spoken: bool,
    /// The ruling in force, where this steward may still take it back.
    pub may_undo: Option<FactId>,
    /// The parting of the whole group, likewise.
    pub may_rejoin: Option<FactId>,
}

impl Hand {
    /// As `by` may know it.
    pub fn of(standing: &Standing, by: &Subject, now: Timestamp, hearing_soon: bool) -> Self {
        let task = &standing.task;
        let theirs = |of: &BTreeSet<Subject>, at: Timestamp| of.contains(by) && may_undo(at, now);
        let undo = task.in_force().filter(|held| !held.is_of_parting && theirs(&held.by, held.at));
        let rejoin = task.parting.as_ref().filter(|parting| theirs(&parting.by, parting.at));
        Self {
            mine_until: task.claim(now).filter(|claim| claim.by == *by).map(|claim| claim.until),
            is_anothers: task.is_held_by_another(by, now),
            why_two: task.why_two(hearing_soon),
            spoken: task.spoken(by, hearing_soon),
            has_spoken: task.has_spoken(by),
            may_undo: undo.map(|held| held.fact),
            may_rejoin: rejoin.map(|parting| parting.fact),
        }
    }
}

/// Whether a hearing is so near that a mistake could hardly be put right before it.
pub(crate) fn is_soon(hearing: Option<Date>, today: Date) -> bool {
    hearing.is_some_and(|day| today.until(day).is_ok_and(|span| i64::from(span.get_days()) <= HEARING_SOON))
}

/// A question with its records, the latter still sealed.
pub(crate) struct Opened {
    pub standing: Standing,
    /// The facts about it and about the persons of its records.
    pub facts: Vec<Fact>,
    pub told: [Told; 2],
    /// Nothing where a key was dropped, or where there is nothing to unseal.
    pub keys: [Option<DataKey>; 2],
    pub version: Version,
}

impl Desk {
    /// A desk over this journal, opening with this vault.
    pub const fn new(journal: Journal, vault: Vault, clock: Clock) -> Self {
        Self { journal, vault, clock }
    }

    /// Opens a question for somebody; nothing when it was never asked. Logs who opened which question.
    ///
    /// # Errors
    /// When the journal cannot be reached, or what it holds does not read.
    pub async fn open(&self, question: MatchId, by: &Subject) -> Result<Option<Comparison>, DeskError> {
        let mut tx = self.journal.begin().await?;
        let Some(opened) = self.read(&mut tx, question).await? else { return Ok(None) };
        tracing::info!(%question, subject = by.as_str(), "a comparison was opened");
        let Opened { standing, told: [a, b], keys, version, .. } = opened;
        let rulings = standing.rulings.iter().map(|given| ruled(given, keys[0].as_ref())).collect::<Result<_, _>>()?;
        let cases = standing.asked.cases;
        let records = [
            self.record(&mut tx, a, keys[0].as_ref(), cases.0).await?,
            self.record(&mut tx, b, keys[1].as_ref(), cases.1).await?,
        ];
        let asks = asks::standing(&mut tx, &standing.task, self.clock.today()).await?;
        let pair = standing.asked.pair;
        let others = [
            self.others(&mut tx, standing.task.group(pair.a), pair).await?,
            self.others(&mut tx, standing.task.group(pair.b), pair).await?,
        ];
        let (now, hearing_soon) = (self.clock.now(), self.hearing_soon(&mut tx, &standing.task).await?);
        let hand = Hand::of(&standing, by, now, hearing_soon);
        Ok(Some(Comparison { standing, records, others, asks, rulings, version, hand }))
    }

    pub(crate) async fn record(
        &self,
        tx: &mut Transaction,
        told: Told,
        key: Option<&DataKey>,
        case: CaseId,
    ) -> Result<Record, DeskError> {
        let person = person(told.now().details.as_ref(), key)?;
        let beside = match told.member() {
            Some(member) => beside(tx, case, member.party).await?,
            None => Vec::new(),
        };
        let case = queue::case(tx, case, self.clock.today()).await?;
        Ok(Record { told, person, case, beside })
    }

    /// Whether any case in which either person stands is heard soon, by what the courts told and not by what was noted of it.
    pub(crate) async fn hearing_soon(&self, tx: &mut Transaction, task: &Task) -> Result<bool, JournalError> {
        let today = self.clock.today();
        let cards = queue::cards(tx, task.cases(), today).await?;
        Ok(is_soon(cards.values().filter_map(|card| card.hearing).min(), today))
    }

    /// The records of a person beside the two of a question.
    async fn others(
        &self,
        tx: &mut Transaction,
        person: Option<&PersonCertain>,
        pair: Pair<PartyId>,
    ) -> Result<Vec<Other>, DeskError> {
        let members = person.into_iter().flat_map(|person| &person.members);
        let members: Vec<_> = members.filter(|member| ![pair.a, pair.b].contains(&member.party)).copied().collect();
        let mut told = tx.told(&members.iter().map(|member| member.party).collect()).await?;
        let mut others = Vec::with_capacity(members.len());
        for member in members {
            let roles = told.remove(&member.party).map(|told| told.now().roles).unwrap_or_default();
            others.push(Other { roles, case: queue::case(tx, member.case, self.clock.today()).await? });
        }
        Ok(others)
    }

    /// Reads a question and its records as the journal has them now.
    pub(crate) async fn read(&self, tx: &mut Transaction, question: MatchId) -> Result<Option<Opened>, DeskError> {
        let Some(facts) = queue::told(tx, question).await? else { return Ok(None) };
        let Some(standing) = Standing::of(question, &facts) else { return Ok(None) };
        let pair = standing.asked.pair;
        let mut told = tx.told(&[pair.a, pair.b].into()).await?;
        let told = [pair.a, pair.b].map(|party| told.remove(&party).unwrap_or_default());
        let keys = [self.key(tx, &told[0]).await?, self.key(tx, &told[1]).await?];
        let version = Version::of(&standing, [(&told[0], keys[0].is_some()), (&told[1], keys[1].is_some())]);
        Ok(Some(Opened { standing, facts, told, keys, version }))
    }

    /// The version of a question as it is now, for who decides on no more than that it is there: no record is opened.
    pub(crate) async fn version(&self, question: MatchId) -> Result<Option<Version>, DeskError> {
        let mut tx = self.journal.begin().await?;
        Ok(self.read(&mut tx, question).await?.map(|opened| opened.version))
    }

    /// Opens a data key, if there is one, to see that it can.
    ///
    /// # Errors
    /// When the journal cannot be reached, or the desk's key is not the one that data keys are wrapped with.
    pub(crate) async fn opens_a_key(&self) -> Result<(), DeskError> {
        let mut tx = self.journal.begin().await?;
        let any = sqlx::query_scalar!("select id from journal.keys where wrapped is not null limit 1");
        if let Some(id) = any.fetch_optional(tx.sql()).await? {
            self.vault.keys(tx.sql(), &[KeyId::from_uuid(id)]).await?;
        }
        Ok(())
    }

    pub(crate) async fn key(&self, tx: &mut Transaction, told: &Told) -> Result<Option<DataKey>, DeskError> {
        let Some(details) = told.now().details else { return Ok(None) };
        Ok(self.vault.keys(tx.sql(), &[details.key]).await?.pop().flatten())
    }
}

/// The roles of each other party of a case that has any.
async fn beside(tx: &mut Transaction, case: CaseId, but: PartyId) -> Result<Vec<BTreeSet<Role>>, JournalError> {
    let facts = tx.facts_of(&Tags::from([case.into()]), &[&OF_PARTIES[..], &REVISIONS].concat()).await?;
    let added = |fact: &Fact| match &fact.body {
        Body::Intake(IntakeFact::PartyAdded(added)) => Some(added.party),
        _ => None,
    };
    let parties: BTreeSet<PartyId> = facts.iter().filter_map(added).filter(|party| *party != but).collect();
    let roles = parties.into_iter().map(|party| Told::of(party, &facts).now().roles);
    Ok(roles.filter(|roles| !roles.is_empty()).collect())
}

pub(crate) fn person(details: Option<&Sealed<PartyDetails>>, key: Option<&DataKey>) -> Result<Person, DeskError> {
    match (details, key) {
        (None, _) => Ok(Person::Untold),
        (Some(_), None) => Ok(Person::Erased),
        (Some(sealed), Some(key)) => {
            let plain = key.open("party", sealed)?;
            Ok(Person::Known(Box::new(PartyDetails::from_plaintext(&plain)?)))
        }
    }
}

fn ruled(given: &Given, key: Option<&DataKey>) -> Result<Ruled, DeskError> {
    let note = match (&given.ruling.note, key) {
        (Some(note), Some(key)) => Some(text(key, note)?),
        _ => None,
    };
    Ok(Ruled { given: given.clone(), note })
}

pub(crate) fn text(key: &DataKey, note: &Sealed<Note>) -> Result<String, DeskError> {
    let plain = key.open("note", note)?;
    String::from_utf8(plain.to_vec()).map_err(|_| DeskError::Note)
}

impl Comparison {
    /// The fields side by side. A field of which neither record knows anything is left out, unless the linker compares it.
    pub fn rows(&self) -> Vec<Row> {
        rows(&self.standing, [&self.records[0].person, &self.records[1].person])
    }
}

fn rows(standing: &Standing, persons: [&Person; 2]) -> Vec<Row> {
    let asked = &standing.asked;
    let evidence = |field: Field| asked.evidence.fields.iter().find(|evidence| evidence.field == field.code()).cloned();
    let rarity = |field: Field| asked.weighed.as_ref()?.rarity.get(field.code()).copied();
    let shown = |person: &Person, show: &dyn Fn(&PartyDetails) -> Option<String>| match person {
        Person::Known(details) => show(details),
        Person::Erased | Person::Untold => None,
    };
    let [one, other] = persons;
    Field::ALL
        .into_iter()
        .map(|field| Row {
            field,
            a: shown(one, &|details| field.shown(details)),
            b: shown(other, &|details| field.shown(details)),
            normalised: persons.map(|person| shown(person, &|details| field.normalised(details))),
            evidence: evidence(field),
            rarity: rarity(field),
        })
        // That two records both lack what few have says nothing.
        .filter(|row| row.a.is_some() || row.b.is_some() || (row.evidence.is_some() && is_usual(row.field)))
        .collect()
}

/// Whether a field is one that most records have, so that it is worth a line where both lack it.
const fn is_usual(field: Field) -> bool {
    matches!(field, Field::Bsn | Field::BirthDate | Field::Surname | Field::GivenNames)
}

#[cfg(test)]
pub(crate) mod tests {
    use domain::fact::LinkerFact;

    use super::*;
    use crate::record::tests::samira;
    use crate::standing::tests::{fact, id, question};

    pub(crate) fn standing() -> Standing {
        Standing::of(id(), &[fact(1, LinkerFact::MatchPossible(question("name-birth")))]).expect("it was asked")
    }

    #[test]
    fn compared_fields_are_always_shown_and_others_where_something_is_known() {
        let rows = rows(&standing(), [&Person::Known(Box::new(samira())), &Person::Erased]);
        let codes: Vec<_> = rows
            .iter()
            .map(|row| (row.field.code(), row.evidence.as_ref().map(|found| found.level.as_str())))
            .collect();
        assert_eq!(
            codes,
            [
                ("bsn", Some("missing")),
                ("birth-date", Some("equal")),
                ("surname", Some("different")),
                ("given-names", Some("compatible"))
            ]
        );
        assert!(rows.iter().all(|row| row.a.is_some() && row.b.is_none()));
    }

    #[test]
    fn a_dropped_key_is_an_erased_person() {
        let sealed = Sealed::new(KeyId::of_party(standing().asked.pair.a), String::new());
        assert_eq!(person(Some(&sealed), None).expect("no error"), Person::Erased);
        assert_eq!(person(None, None).expect("no error"), Person::Untold);
    }
}
