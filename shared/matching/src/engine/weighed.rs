//! How the odds of a question were summed up, kept with it: what a desk draws is what was decided by. And what records weigh where
//! somebody asks, without a decision.
//!
//! Invariant: prior, weights of fields, rarities, household and family add up to the odds of the pair, to the thousandth of a bit.

use std::collections::{BTreeMap, BTreeSet};

use domain::fact::linker::{PairTotal, PairWeighed, Weighed};
use domain::ids::PartyId;

use super::{Engine, Rulings, Told, by_party};
use crate::candidates::Candidates;
use crate::gate::Beside;
use crate::record::Record;
use crate::register::Row;
use crate::resolve::{Reason, edges};

impl Engine {
    /// What every two of some records weigh together, with what co-parties among all of these add.
    pub fn totals(&self, records: &[Record], crowded: &BTreeSet<u64>, of: &BTreeSet<PartyId>) -> Vec<PairTotal> {
        self.asked(records, crowded, of, |told, rows| {
            let two = rows.iter().enumerate().flat_map(|(place, a)| rows[place + 1..].iter().map(move |b| (*a, *b)));
            let total = |(a, b)| {
                let edge = told.edge(a, b);
                let millibits = edge.map_or_else(|| self.scale.score(told.register, a, b).0.total, |edge| edge.weight);
                Some(PairTotal { pair: told.pair(a, b)?, millibits })
            };
            two.filter_map(total).collect()
        })
    }

    /// Two of some records weighed by themselves, as if nobody had ruled, with what co-parties among all of these add; nothing where
    /// there are not just two.
    pub fn weighed(&self, records: &[Record], crowded: &BTreeSet<u64>, of: &BTreeSet<PartyId>) -> Option<PairWeighed> {
        self.asked(records, crowded, of, |told, rows| {
            let [a, b] = *<&[Row; 2]>::try_from(rows).ok()?;
            let weighed = told.weighed(a, b);
            let rule = weighed.gate.as_deref().unwrap_or(Reason::Possible.code());
            Some(PairWeighed { evidence: told.evidence(a, b, rule)?, weighed })
        })
    }

    /// Answers about the rows of some records, with all of them around.
    fn asked<T>(
        &self,
        records: &[Record],
        crowded: &BTreeSet<u64>,
        of: &BTreeSet<PartyId>,
        answer: impl FnOnce(&Told<'_>, &[Row]) -> T,
    ) -> T {
        let records = by_party(records);
        let register = self.register(&records, crowded);
        let parties: Vec<PartyId> = records.keys().copied().collect();
        let edges = edges(&register, &self.model, &Candidates::of(&register, &self.plan, false));
        let rulings = Rulings::new();
        let told = Told { engine: self, register: &register, edges: &edges, rulings: &rulings, parties: &parties };
        let rows: Vec<Row> = (0..).zip(&parties).filter(|(_, party)| of.contains(party)).map(|(row, _)| row).collect();
        answer(&told, &rows)
    }
}

impl Told<'_> {
    /// The parts of what two records weigh that are no field's, and what the sum was held against.
    pub(super) fn weighed(&self, a: Row, b: Row) -> Weighed {
        let engine = self.engine;
        let (score, pattern) = engine.scale.score(self.register, a, b);
        let mut rarity = BTreeMap::new();
        self.register.compare(a, b, |field, found| {
            if let Some(comparison) = engine.schema.comparisons().get(field) {
                *rarity.entry(comparison.name.replace('_', "-")).or_default() += found;
            }
        });
        rarity.retain(|_, bits| *bits != 0);
        let edge = self.edge(a, b);
        let same_case = self.register.same_case(a, b);
        let beside = edge.map_or(Beside { same_case, family: false }, |edge| edge.beside(self.register));
        let judgement = engine.gate.judge(pattern, beside);
        let thresholds = &engine.model.thresholds;
        let speaks = match (judgement.veto, judgement.conflict, judgement.rule) {
            (Some(veto), _, _) => Some(veto.code()),
            (_, Some(conflict), _) => Some(conflict.code()),
            (_, _, Some(rule)) => Some(rule.code()),
            _ => engine.gate.why_not(pattern, beside).map(crate::gate::WhyNot::code),
        };
        Weighed {
            prior: engine.scale.stranger,
            rarity,
            household: score.total - score.stranger,
            family: edge.map_or(0, |edge| edge.family),
            certain: judgement.rule.map_or(thresholds.certain, |rule| engine.model.needs(rule)),
            possible: thresholds.possible,
            gate: speaks.map(str::to_owned),
        }
    }
}
