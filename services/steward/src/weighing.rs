//! What the linker weighed, as a sum that can be drawn: from the odds before anything was compared, step by step, to the total.
//!
//! Invariants: nothing is weighed here, every number is one of the linker's own, kept with the question; the steps add up to the
//! total, what an earlier question did not keep in a step of its own.

use domain::fact::linker::{FieldEvidence, Question};

/// What a step of the sum is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    /// The odds before anything was compared.
    Prior,
    /// A field's level.
    Field(FieldEvidence),
    /// How many share the value of a field.
    Rarity(String),
    /// What two of one household would agree in as well.
    Household,
    /// What co-parties say.
    Family,
    /// What was not kept apart.
    Rest,
}

/// A step of the sum, in thousandths of a bit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it is of.
    pub of: Of,
    /// What it adds.
    pub bits: i32,
    /// The sum with it.
    pub sum: i32,
}

/// Against what the total was held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// From here on asked.
    pub possible: i32,
    /// From here on certain, through the gate.
    pub certain: i32,
    /// The code of what speaks at the gate.
    pub gate: Option<String>,
}

/// The sum of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighing {
    /// Its steps; the first is the prior, where it was kept.
    pub steps: Vec<Step>,
    /// The total.
    pub total: i32,
    /// Nothing where an earlier question did not keep them.
    pub limits: Option<Limits>,
}

impl Weighing {
    /// The sum of a question; nothing where its model had no weights.
    pub fn of(asked: &Question) -> Option<Self> {
        let total = asked.evidence.millibits?;
        let weighed = asked.weighed.as_ref();
        let rarity = |field: &FieldEvidence| {
            let bits = weighed.and_then(|weighed| weighed.rarity.get(&field.field)).copied();
            bits.map(|bits| (Of::Rarity(field.field.clone()), bits))
        };
        let fields = asked.evidence.fields.iter().flat_map(|field| {
            let level = (Of::Field(field.clone()), field.millibits.unwrap_or(0));
            [Some(level), rarity(field)].into_iter().flatten()
        });
        let prior = weighed.map(|weighed| (Of::Prior, weighed.prior));
        let others = weighed.map(|weighed| [(Of::Household, weighed.household), (Of::Family, weighed.family)]);
        let others = others.into_iter().flatten().filter(|(_, bits)| *bits != 0);
        let mut parts: Vec<(Of, i32)> = prior.into_iter().chain(fields).chain(others).collect();
        let rest = total - parts.iter().map(|(_, bits)| bits).sum::<i32>();
        if rest != 0 {
            parts.push((Of::Rest, rest));
        }
        let mut sum = 0;
        let step = |(of, bits): (Of, i32)| {
            sum += bits;
            Step { of, bits, sum }
        };
        let steps = parts.into_iter().map(step).collect();
        let limits = weighed.map(|weighed| Limits {
            possible: weighed.possible,
            certain: weighed.certain,
            gate: weighed.gate.clone(),
        });
        Some(Self { steps, total, limits })
    }

    /// Of how many in a hundred pairs that weigh about as much both records are of one person, by the model: from and to, a bit
    /// on either side of the total, since no model is as exact as a number looks. 0 and 100 are never certain.
    pub fn in_hundred(&self) -> (u32, u32) {
        let bits = self.total.div_euclid(1_000);
        (in_hundred(bits - 1), in_hundred(bits + 2))
    }
}

fn in_hundred(bits: i32) -> u32 {
    let odds = 1_u32 << bits.unsigned_abs().min(10);
    if bits >= 0 { 100 * odds / (1 + odds) } else { 100_u32.div_ceil(1 + odds) }
}

#[cfg(test)]
mod tests {
    use domain::fact::linker::Weighed;

    use super::*;
    use crate::standing::tests::question;

    fn asked(weighed: Option<Weighed>) -> Question {
        let mut asked = question("possible");
        for (field, bits) in asked.evidence.fields.iter_mut().zip([0, 12_000, -2_100, 4_000]) {
            field.millibits = Some(bits);
        }
        asked.evidence.millibits = Some(-4_600);
        Question { weighed, ..asked }
    }

    #[test]
    fn the_steps_add_up_to_the_total_whatever_was_kept() {
        let kept = Weighed {
            prior: -20_000,
            rarity: [("surname".to_owned(), 2_000)].into(),
            household: -500,
            certain: 6_000,
            gate: Some("policy".to_owned()),
            ..Weighed::default()
        };
        for weighed in [None, Some(kept)] {
            let weighing = Weighing::of(&asked(weighed)).expect("weights");
            assert_eq!(weighing.steps.last().map(|step| step.sum), Some(-4_600));
            assert_eq!(weighing.steps.iter().map(|step| step.bits).sum::<i32>(), weighing.total);
        }
        let weighing = Weighing::of(&asked(None)).expect("weights");
        assert_eq!(weighing.steps.last().map(|step| (&step.of, step.bits)), Some((&Of::Rest, -18_500)));
        assert_eq!(weighing.limits, None, "what was not kept is not made up");
        assert_eq!(Weighing::of(&question("name-birth")), None);
    }

    #[test]
    fn a_total_is_worth_a_range_and_never_certainty() {
        let range = |total| Weighing { steps: Vec::new(), total, limits: None }.in_hundred();
        assert_eq!(range(0), (34, 80));
        assert_eq!(range(-3_200), (4, 20));
        assert_eq!(range(60_000), (99, 99));
        assert_eq!(range(-60_000), (1, 1));
    }
}
