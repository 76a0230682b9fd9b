//! How the odds of a question were summed up, kept with it: what a desk draws is what was decided by.
//!
//! Invariant: prior, weights of fields, rarities, household and family add up to the odds of the pair, to the thousandth of a bit.

use std::collections::BTreeMap;

use domain::fact::linker::Weighed;

use super::Told;
use crate::gate::Beside;
use crate::register::Row;

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
