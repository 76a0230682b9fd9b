//! The engine on a register that is never whole in memory: a model made ready once, asked about few records at a time.
//!
//! Invariants: what two records weigh depends on the two, the model and the crowded doors alone, so that whoever asks, in
//! whatever order, is answered the same; who is who among records that hang together depends on their set alone.

mod learn;
mod weighed;

use std::collections::{BTreeMap, BTreeSet};

use domain::fact::linker::{FieldEvidence, Member, PairEvidence, Question};
use domain::ids::{FactId, MatchId, Pair, PartyId, PersonId};

use crate::candidates::Candidates;
use crate::crowd;
use crate::field::address::Address;
use crate::field::{EQUAL, Kind, Level, MISSING};
use crate::frequency::Weigher;
use crate::gate::{Beside, Gate, Policy};
use crate::keys::{Key, Piece, Plan};
use crate::model::{Model, ModelError};
use crate::pattern::Pattern;
use crate::pool::Value;
use crate::record::{FIELDS, Record};
use crate::register::{Column, Entries, Register, Row};
use crate::resolve::{self, Edge, Reason, edges};
use crate::schema::Schema;
use crate::score::{Millibits, Scale};

/// For how many records a live register is set up: the odds that any two are of one person are those of so many. It is fixed,
/// so that what two records weigh does not depend on how many came before them.
pub const RECORDS: u32 = 1_000_000;

/// From how many surnames on a door is crowded: see [`crate::crowd`].
pub const CROWD: usize = crowd::FAMILIES;

/// Why a question is asked though it was ruled on: the records changed since.
const OVERTAKEN: &str = "ruling-overtaken";

/// A model made ready.
pub struct Engine {
    /// The model as it was given.
    words: Model,
    /// The same under the policy, for a register of this size.
    model: Model,
    id: String,
    schema: Schema,
    /// For each field of the model its place in [`FIELDS`].
    places: Vec<usize>,
    weigher: Weigher,
    scale: Scale,
    gate: Gate,
    plan: Plan,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("model", &self.id).finish_non_exhaustive()
    }
}

/// Under what a record is found, hashed. The hashes stand for personal values: store them as keyed hashes only.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FoundBy {
    /// The keys that a record shares with those that it is compared with.
    pub keys: BTreeSet<Key>,
    /// The doors that it lives at.
    pub doors: BTreeSet<u64>,
    /// What its surname sounds like.
    pub surname: Option<u64>,
}

/// A pair that may be one person, or contradicts itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tie {
    /// The other record.
    pub other: PartyId,
    /// The odds that they are one person.
    pub weight: Millibits,
    /// Whether they contradict each other though they share a number.
    pub contradict: bool,
}

/// A steward's word about two records; the newest about a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling {
    /// Whether they are one person.
    pub same: bool,
    /// Where it is written.
    pub fact: FactId,
    /// How far they agreed when it was ruled, where that was kept.
    pub seen: Option<PairEvidence>,
}

impl Ruling {
    /// Whether the records speak against the ruling more than they did when it was given.
    fn is_overtaken(&self, now: &PairEvidence) -> bool {
        let Some(seen) = &self.seen else { return false };
        let levels = |of: &PairEvidence| -> Vec<(String, String, Option<String>)> {
            of.fields.iter().map(|f| (f.field.clone(), f.level.clone(), f.detail.clone())).collect()
        };
        // Another model weighs otherwise: that alone overtakes nothing.
        levels(seen) != levels(now)
            && weight(seen)
                .zip(weight(now))
                .is_some_and(|(before, now)| if self.same { now < before } else { now > before })
    }
}

/// What the fields weigh by their levels alone, whatever the frequency of values or the company of others.
fn weight(evidence: &PairEvidence) -> Option<i64> {
    evidence.fields.iter().map(|field| field.millibits.map(i64::from)).sum()
}

/// Rulings by the pair they are about.
pub type Rulings = BTreeMap<Pair<PartyId>, Ruling>;

/// Two or more records that are certainly one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Its records.
    pub members: BTreeSet<Member>,
    /// Why: pairs that hold it together, the strongest, and every pair that a steward ruled to be one.
    pub evidence: Vec<PairEvidence>,
}

/// Why a question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
    /// The records contradict each other.
    Conflict,
    /// The records may be one person.
    Possible,
}

/// Who is who among a set of records.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Solution {
    /// The persons with two or more records.
    pub persons: BTreeMap<PersonId, Person>,
    /// The questions for a steward.
    pub questions: BTreeMap<MatchId, (Asked, Question)>,
}

impl Engine {
    /// Makes a model ready, under a policy.
    ///
    /// # Errors
    ///
    /// When it compares something that is not known of parties.
    pub fn new(model: Model, policy: Policy) -> Result<Self, ModelError> {
        let id = format!("{}/{}", model.id()?, policy.code());
        let words = model.clone();
        let model = Model { policy, ..model.for_records(RECORDS) };
        let schema = model.schema()?;
        let place = |name: &str| FIELDS.iter().position(|field| *field == name);
        let unknown =
            |name: &str| ModelError::Damaged(format!("no party has a field {name}: use {}", FIELDS.join(", ")));
        let names = schema.comparisons().iter().map(|comparison| comparison.name.as_str());
        let places = names.map(|name| place(name).ok_or_else(|| unknown(name))).collect::<Result<_, _>>()?;
        Ok(Self {
            weigher: model.weigher()?,
            scale: model.scale(),
            gate: Gate::of(&schema).under(policy),
            plan: Plan { exhaustive: 0, ..model.plan.clone() },
            words,
            model,
            id,
            schema,
            places,
        })
    }

    /// The model in its own words, from which an equal engine is made.
    ///
    /// # Errors
    ///
    /// When it cannot be written, which a test rules out for the one that comes with the engine.
    pub fn words(&self) -> Result<String, ModelError> {
        self.words.clone().to_toml()
    }

    /// The ids of model and policy, kept with every decision.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The least that two records weigh that may be one person.
    pub const fn possible(&self) -> Millibits {
        self.model.thresholds.possible
    }

    /// A register of these records, weighed. `crowded` are the doors that are no family's.
    fn register(&self, records: &BTreeMap<PartyId, &Record>, crowded: &BTreeSet<u64>) -> Register {
        let mut register = self.unweighed(records);
        self.weigher.weigh(&mut register, |door| crowded.contains(&door.number()));
        register
    }

    /// The same for what does not depend on weights, as keys.
    fn unweighed(&self, records: &BTreeMap<PartyId, &Record>) -> Register {
        let mut entries = Entries::default();
        for record in records.values() {
            entries.record(&record.member.party.to_string(), "", &record.member.case.to_string(), record.beside);
            for place in &self.places {
                entries.field(|text| text.push_str(record.fields.get(*place).map_or("", |field| field)));
            }
        }
        let mut register = Register::new(self.schema.clone());
        // In the order of their ids already, and none twice.
        register.add(&entries);
        register
    }

    /// Under what a record is found.
    pub fn found_by(&self, record: &Record) -> FoundBy {
        self.all_found_by(std::slice::from_ref(record)).pop().map(|(_, found)| found).unwrap_or_default()
    }

    /// Under what each of these records is found, in the order of their ids.
    pub fn all_found_by(&self, records: &[Record]) -> Vec<(PartyId, FoundBy)> {
        let records = by_party(records);
        let register = self.unweighed(&records);
        (0..).zip(records.keys()).map(|(row, party)| (*party, self.row_found_by(&register, row))).collect()
    }

    fn row_found_by(&self, register: &Register, row: Row) -> FoundBy {
        let mut found = FoundBy::default();
        self.plan.file(register, row, |_, key| {
            found.keys.insert(key);
        });
        for (column, value) in register.columns().iter().zip(register.values_of(row)) {
            match column {
                Column::Address(pool) => {
                    let doors = pool.get(*value).into_iter().flat_map(Address::door);
                    found.doors.extend(doors.map(Piece::number));
                }
                Column::Surname(pool) => {
                    let form = pool.get(*value).and_then(|surname| surname.forms.first());
                    found.surname = form.map(|form| form.found_by.sound.number());
                }
                _ => {}
            }
        }
        found
    }

    /// Every tie among these records: what [`Engine::ties`] answers for each of them, each pair once.
    pub fn all_ties(&self, records: &[Record], crowded: &BTreeSet<u64>) -> Vec<(PartyId, Tie)> {
        let records = by_party(records);
        let register = self.register(&records, crowded);
        let parties: Vec<PartyId> = records.keys().copied().collect();
        let edges = edges(&register, &self.model, &Candidates::of(&register, &self.plan, false));
        let tie = |edge: Edge| {
            let (party, other) = (*parties.get(edge.a as usize)?, *parties.get(edge.b as usize)?);
            let contradict = self.contradict(&register, edge.pattern, edge.a, edge.b);
            Some((party, Tie { other, weight: edge.weight - edge.family, contradict }))
        };
        edges.into_iter().filter_map(tie).collect()
    }

    /// The doors that these records live at, hashed: see [`FoundBy::doors`].
    pub fn doors<'r>(&self, records: impl IntoIterator<Item = &'r Record>) -> BTreeSet<u64> {
        let Some(place) = self.schema.place(Kind::Address).and_then(|field| self.places.get(field)) else {
            return BTreeSet::new();
        };
        let mut parts = <Address as Value>::Parts::default();
        let addresses =
            records.into_iter().filter_map(|record| Address::prepare(record.fields.get(*place)?, &mut parts));
        addresses.flat_map(|address| address.door()).map(Piece::number).collect()
    }

    /// What a record is tied to among others: every pair that may be one person, weighs a little less, or contradicts itself.
    pub fn ties<'r>(
        &self,
        record: &Record,
        others: impl IntoIterator<Item = &'r Record>,
        crowded: &BTreeSet<u64>,
    ) -> Vec<Tie> {
        let mut records: BTreeMap<PartyId, &Record> =
            others.into_iter().map(|record| (record.member.party, record)).collect();
        records.insert(record.member.party, record);
        let register = self.register(&records, crowded);
        let row =
            |party: &PartyId| records.keys().position(|other| other == party).and_then(|row| Row::try_from(row).ok());
        let Some(own) = row(&record.member.party) else { return Vec::new() };
        let mut ties = Vec::new();
        for (other, party) in (0..).zip(records.keys()).filter(|(other, _)| *other != own) {
            let (a, b) = (own.min(other), own.max(other));
            let (score, pattern) = self.scale.score(&register, a, b);
            let contradict = self.contradict(&register, pattern, a, b);
            if score.total >= self.model.thresholds.loose || contradict {
                ties.push(Tie { other: *party, weight: score.total, contradict });
            }
        }
        ties
    }

    fn contradict(&self, register: &Register, pattern: Pattern, a: Row, b: Row) -> bool {
        self.gate.judge(pattern, Beside::case(register.same_case(a, b))).conflict.is_some()
    }

    /// Who is who among records that hang together. Equal sets give equal answers, in whatever order they are listed.
    pub fn solve(&self, records: &[Record], crowded: &BTreeSet<u64>, rulings: &Rulings) -> Solution {
        let records = by_party(records);
        let register = self.register(&records, crowded);
        let parties: Vec<PartyId> = records.keys().copied().collect();
        let row_of = |party: &PartyId| parties.binary_search(party).ok().and_then(|row| Row::try_from(row).ok());
        let mut ruled = resolve::Rulings::default();
        for (pair, ruling) in rulings {
            let (Some(a), Some(b)) = (row_of(&pair.a), row_of(&pair.b)) else { continue };
            let set = if ruling.same { &mut ruled.same } else { &mut ruled.different };
            set.insert((a.min(b), a.max(b)));
        }
        let edges = edges(&register, &self.model, &Candidates::of(&register, &self.plan, false));
        let resolution = resolve::resolve(&register, &self.model, false, &edges, &ruled);
        let told = Told { engine: self, register: &register, edges: &edges, rulings, parties: &parties };
        let mut groups: BTreeMap<Row, Vec<Row>> = BTreeMap::new();
        for (row, first) in (0..).zip(&resolution.certain) {
            groups.entry(*first).or_default().push(row);
        }
        let mut solution = Solution::default();
        for group in groups.values().filter(|group| group.len() > 1) {
            let members: Vec<&Record> = group.iter().filter_map(|row| told.record(&records, *row)).collect();
            // The oldest record names the person, so that its id survives whatever is learnt later.
            let oldest = members.iter().map(|record| (record.since, record.member.party)).min();
            let id = PersonId::derived(&[&oldest.map(|(_, party)| party.to_string()).unwrap_or_default()]);
            let members = members.iter().map(|record| record.member).collect();
            solution.persons.insert(id, Person { members, evidence: told.holds_together(group) });
        }
        for question in &resolution.questions {
            let (a, b) = question.pair;
            let (Some(one), Some(other)) = (told.record(&records, a), told.record(&records, b)) else { continue };
            let Some(evidence) = told.evidence(a, b, question.reason.code()) else { continue };
            let pair = evidence.pair;
            let asked = if matches!(question.reason, Reason::Conflict(_) | Reason::RulingsContradict) {
                Asked::Conflict
            } else {
                Asked::Possible
            };
            let asks = Question {
                question: MatchId::between(pair),
                pair,
                cases: (one.member.case, other.member.case),
                evidence,
                model: self.id.clone(),
                weighed: Some(told.weighed(a, b)),
            };
            solution.questions.insert(asks.question, (asked, asks));
        }
        for (question, asks) in told.overtaken(&records) {
            solution.questions.entry(question).or_insert((Asked::Possible, asks));
        }
        solution
    }
}

/// The doors that are crowded among records that are found by these: see [`crate::crowd`].
pub fn crowded<'f>(found_by: impl IntoIterator<Item = &'f FoundBy>) -> BTreeSet<u64> {
    let mut living: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
    for found in found_by {
        for door in &found.doors {
            living.entry(*door).or_default().extend(found.surname);
        }
    }
    living.into_iter().filter(|(_, surnames)| surnames.len() >= CROWD).map(|(door, _)| door).collect()
}

fn by_party(records: &[Record]) -> BTreeMap<PartyId, &Record> {
    records.iter().map(|record| (record.member.party, record)).collect()
}

/// What is told of pairs.
struct Told<'e> {
    engine: &'e Engine,
    register: &'e Register,
    edges: &'e [Edge],
    rulings: &'e Rulings,
    parties: &'e [PartyId],
}

impl Told<'_> {
    fn record<'r>(&self, records: &BTreeMap<PartyId, &'r Record>, row: Row) -> Option<&'r Record> {
        self.parties.get(row as usize).and_then(|party| records.get(party)).copied()
    }

    fn pair(&self, a: Row, b: Row) -> Option<Pair<PartyId>> {
        Some(Pair::of(*self.parties.get(a as usize)?, *self.parties.get(b as usize)?))
    }

    fn edge(&self, a: Row, b: Row) -> Option<&Edge> {
        self.edges.binary_search_by_key(&(a, b), |edge| (edge.a, edge.b)).ok().and_then(|place| self.edges.get(place))
    }

    /// Two records as evidence to be stored: levels and weights, never values.
    fn evidence(&self, a: Row, b: Row, rule: &str) -> Option<PairEvidence> {
        let (score, pattern) = self.engine.scale.score(self.register, a, b);
        let family = self.edge(a, b).map_or(0, |edge| edge.family);
        let field = |(field, comparison): (usize, &crate::schema::Comparison)| {
            let level = pattern.level(field);
            let weights = self.engine.scale.fields.get(field).map(|weights| &weights.stranger);
            let bits = weights.and_then(|weights| weights.get(usize::from(level))).copied().unwrap_or(0);
            FieldEvidence {
                field: comparison.name.replace('_', "-"),
                level: coarse(level, bits).to_owned(),
                detail: comparison.kind.levels().get(usize::from(level)).map(|level| (*level).to_owned()),
                millibits: Some(bits),
            }
        };
        let pair = self.pair(a, b)?;
        Some(PairEvidence {
            pair,
            rule: rule.to_owned(),
            fields: self.engine.schema.comparisons().iter().enumerate().map(field).collect(),
            ruling: self.rulings.get(&pair).filter(|ruling| ruling.same).map(|ruling| ruling.fact),
            millibits: Some(score.total + family),
        })
    }

    /// Rulings on records that have changed since, so that they speak against them: they hold, and are asked about again.
    fn overtaken(&self, records: &BTreeMap<PartyId, &Record>) -> Vec<(MatchId, Question)> {
        let row = |party: &PartyId| {
            let row = self.parties.binary_search(party).ok()?;
            Some((Row::try_from(row).ok()?, records.get(party)?.member.case))
        };
        let asks = |(pair, ruling): (&Pair<PartyId>, &Ruling)| {
            let ((a, one), (b, other)) = row(&pair.a).zip(row(&pair.b))?;
            let evidence = self.evidence(a, b, OVERTAKEN)?;
            let question = MatchId::between(*pair);
            let (cases, model, weighed) = ((one, other), self.engine.id.clone(), Some(self.weighed(a, b)));
            ruling
                .is_overtaken(&evidence)
                .then_some((question, Question { question, pair: *pair, cases, evidence, model, weighed }))
        };
        self.rulings.iter().filter_map(asks).collect()
    }

    /// Pairs that hold a group together: each that a steward ruled to be one, and of those that pass by themselves the strongest
    /// that connect it.
    fn holds_together(&self, group: &[Row]) -> Vec<PairEvidence> {
        let engine = self.engine;
        let two = group.iter().enumerate().flat_map(|(place, a)| group[place + 1..].iter().map(move |b| (*a, *b)));
        let mut ruled = Vec::new();
        let mut passing = Vec::new();
        for (a, b) in two {
            if self.pair(a, b).and_then(|pair| self.rulings.get(&pair)).is_some_and(|ruling| ruling.same) {
                ruled.extend(self.evidence(a, b, "ruling"));
                continue;
            }
            let Some(edge) = self.edge(a, b) else { continue };
            let rule = engine.gate.judge(edge.pattern, edge.beside(self.register)).rule;
            let rule = rule.filter(|rule| edge.weight >= engine.model.needs(*rule));
            passing.extend(rule.map(|rule| (std::cmp::Reverse(edge.weight), a, b, rule)));
        }
        passing.sort_unstable();
        let mut part_of: BTreeMap<Row, Row> = group.iter().map(|row| (*row, *row)).collect();
        let mut evidence = ruled;
        for (_, a, b, rule) in passing {
            let (Some(one), Some(other)) = (part_of.get(&a).copied(), part_of.get(&b).copied()) else { continue };
            if one != other {
                part_of.values_mut().filter(|part| **part == other).for_each(|part| *part = one);
                evidence.extend(self.evidence(a, b, rule.code()));
            }
        }
        evidence.sort_unstable();
        evidence
    }
}

/// How far two values agree, in the four words that every reader of evidence knows.
const fn coarse(level: Level, bits: Millibits) -> &'static str {
    match level {
        MISSING => "missing",
        EQUAL => "equal",
        _ if bits > 0 => "compatible",
        _ => "different",
    }
}
