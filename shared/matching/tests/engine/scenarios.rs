//! Scenarios: a few records each, and what must follow. The rows named S1 to S57 are those that a service which matches
//! persons must survive, the rows named D1 to D20 the pairs of records that Dutch registers make hard.
//!
//! Every row is decided twice, once on all pairs and once on those that share a key, by a model that learnt on an invented
//! caseload. Rows that the engine does not answer as they say stand in [`KNOWN`], with the reason: the test asserts that
//! exactly these fail. Left out is what no register of this engine holds: a second birth date (S27), and what became of a
//! decision over time (S49, S51), which is the publisher's to know.

mod clusters;
mod dossier;
mod identity;
mod names;

use std::collections::{BTreeMap, BTreeSet};

use matching::resolve::{Reason, levels};

use crate::court::{Party, model, register};
use crate::outcome::{Outcome, Ruled, decide};

/// What must follow for two records of a scenario.
#[derive(Clone, Copy, Debug)]
pub enum Expect {
    /// One person, without asking.
    Certain,
    /// One person, certainly or possibly.
    Linked,
    /// Possibly one person, and asked about; never certain.
    Steward,
    /// Whatever else, never certain.
    NotCertain,
    /// Two persons, not even possibly one.
    Apart,
    /// Never certain, and asked about because they contradict each other.
    Conflict,
    /// Never certain, and asked about as twins.
    Twins,
    /// Not asked about as twins.
    NotTwins,
    /// Not asked about themselves; their groups may be.
    NotAsked,
    /// They agree in a field on a level.
    Level(&'static str, &'static str),
    /// They do not agree in a field on a level.
    NotLevel(&'static str, &'static str),
}
pub use Expect::{Apart, Certain, Conflict, Level, Linked, NotAsked, NotCertain, NotLevel, NotTwins, Steward, Twins};

/// A row of the table.
pub struct Scenario {
    name: &'static str,
    parties: Vec<Party>,
    ruled: Ruled,
    expects: Vec<(usize, usize, Expect)>,
}

/// A scenario of these records; they are called by their places.
pub fn scenario(name: &'static str, parties: impl IntoIterator<Item = Party>) -> Scenario {
    let place = |(place, party): (usize, Party)| party.id(&place.to_string());
    Scenario {
        name,
        parties: parties.into_iter().enumerate().map(place).collect(),
        ruled: Ruled::default(),
        expects: Vec::new(),
    }
}

impl Scenario {
    pub fn expect(mut self, a: usize, b: usize, expect: Expect) -> Self {
        self.expects.push((a, b, expect));
        self
    }

    pub fn same(mut self, a: usize, b: usize) -> Self {
        self.ruled.same.push((a.to_string(), b.to_string()));
        self
    }

    pub fn different(mut self, a: usize, b: usize) -> Self {
        self.ruled.different.push((a.to_string(), b.to_string()));
        self
    }

    /// What does not follow as it must, in words.
    fn failures(&self, keys: bool) -> Vec<String> {
        let mut model = model().clone();
        if keys {
            model.plan.exhaustive = 0;
        }
        let mut register = register(&self.parties);
        model.weigh(&mut register).unwrap();
        let outcome = decide(&register, &model, &self.ruled);
        let level = |a: usize, b: usize, field: &str| {
            let (a, b) = (u32::try_from(a).unwrap(), u32::try_from(b).unwrap());
            let comparisons = register.schema().comparisons();
            let place = comparisons.iter().position(|comparison| comparison.name == field).unwrap();
            comparisons[place].kind.levels()[usize::from(levels(&register, a, b).level(place))]
        };
        let holds = |(a, b, expect): &&(usize, usize, Expect)| match expect {
            Level(field, wanted) => level(*a, *b, field) == *wanted,
            NotLevel(field, unwanted) => level(*a, *b, field) != *unwanted,
            expect => follows(&outcome, &a.to_string(), &b.to_string(), *expect),
        };
        let scale = model.scale();
        let told = |(a, b, expect): &(usize, usize, Expect)| {
            let rows = (u32::try_from(*a).unwrap(), u32::try_from(*b).unwrap());
            let (score, _) = scale.score(&register, rows.0, rows.1);
            let how: Vec<String> = register
                .schema()
                .comparisons()
                .iter()
                .map(|comparison| format!("{}={}", comparison.name, level(*a, *b, &comparison.name)))
                .collect();
            let (a, b) = (a.to_string(), b.to_string());
            let asked: Vec<Reason> = outcome.asked(&a, &b).map(|asked| asked.reason).collect();
            let (certain, possible) = (outcome.certain(&a, &b), outcome.possible(&a, &b));
            format!(
                "{}: {a}-{b} {expect:?} (keys {keys}): certain {certain}, possible {possible}, asked {asked:?}, {score:?} {}",
                self.name,
                how.join(" ")
            )
        };
        self.expects.iter().filter(|expect| !holds(expect)).map(told).collect()
    }
}

fn follows(outcome: &Outcome, a: &str, b: &str, expect: Expect) -> bool {
    let asked = |wanted: &dyn Fn(Reason) -> bool| outcome.asked(a, b).any(|asked| wanted(asked.reason));
    let certain = outcome.certain(a, b);
    match expect {
        Certain => certain,
        Linked => outcome.possible(a, b) || asked(&|_| true),
        Steward => !certain && asked(&|_| true),
        NotCertain => !certain,
        Apart => !outcome.possible(a, b) && !certain,
        Conflict => !certain && asked(&|reason| matches!(reason, Reason::Conflict(_))),
        Twins => !certain && asked(&|reason| reason == Reason::Twins),
        NotTwins => !asked(&|reason| reason == Reason::Twins),
        NotAsked => !outcome.questions.iter().any(|asked| [&asked.pair.0, &asked.pair.1] == [a, b]),
        Level(..) | NotLevel(..) => unreachable!("asked of the register"),
    }
}

/// Rows that the engine does not answer as they say, and why.
const KNOWN: &[(&str, &str)] = &[
    ("S18 surname of one alias and given name of the person", "names stand field by field: an alias has no whole name"),
    ("S20 a name that is no form of the other", "nothing on record tells it from twins: it is asked about as such"),
];

#[test]
fn scenarios_end_as_they_must() {
    let mut scenarios = names::scenarios();
    scenarios.extend(identity::scenarios());
    scenarios.extend(clusters::scenarios());
    scenarios.extend(dossier::scenarios());
    let names: BTreeSet<&str> = scenarios.iter().map(|scenario| scenario.name).collect();
    assert_eq!(names.len(), scenarios.len(), "two rows of one name");
    let mut failures: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for scenario in &scenarios {
        assert!(!scenario.expects.is_empty(), "{} expects nothing", scenario.name);
        let found = [scenario.failures(false), scenario.failures(true)].concat();
        if !found.is_empty() {
            failures.insert(scenario.name, found);
        }
    }
    let known: BTreeSet<&str> = KNOWN.iter().map(|(name, _)| *name).collect();
    let failed: BTreeSet<&str> = failures.keys().copied().collect();
    let told: Vec<String> =
        failures.into_iter().filter(|(name, _)| !known.contains(name)).flat_map(|row| row.1).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    assert_eq!(failed, known, "rows that are known to fail and do not");
}
