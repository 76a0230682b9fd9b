//! Why two records are not in one group: the first reason, from the strongest to the weakest.

use serde::{Deserialize, Serialize};

use super::{Basis, Explanation, Ruled, WhyNot, codes, pair_among};
use crate::gate::{Conflict, Veto};
use crate::register::Row;
use crate::resolve::{CEILING, FLOOR, Resolution};
use crate::score::Millibits;

/// Of which of the two partitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Partition {
    /// Certainly one person.
    Certain,
    /// Possibly one person.
    Possible,
}

/// What parts two records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "reason", deny_unknown_fields)]
pub enum Parting {
    /// A person ruled that they are two.
    Ruled,
    /// The two are kept apart.
    Veto {
        /// By this.
        #[serde(with = "codes")]
        veto: Veto,
    },
    /// The two contradict each other.
    Conflict {
        /// In this.
        #[serde(with = "codes")]
        conflict: Conflict,
    },
    /// The gate did not let them pass.
    Gate {
        /// For this reason.
        why_not: WhyNot,
    },
    /// They weigh too little.
    Score {
        /// What they weigh.
        total: Millibits,
        /// What they would have to weigh.
        needed: Millibits,
    },
    /// A record of the one group is kept apart from a record of the other.
    Others {
        /// The ids of these, of the first group first.
        records: [String; 2],
        /// What keeps them apart.
        #[serde(with = "codes::optional")]
        veto: Option<Veto>,
        /// Or what contradicts.
        #[serde(with = "codes::optional")]
        conflict: Option<Conflict>,
    },
    /// Their groups fit too badly on the whole.
    Average {
        /// What a record of the one weighs on average with one of the other.
        average: Millibits,
        /// What it would have to weigh.
        needed: Millibits,
    },
    /// Nothing that can be seen from these two groups: other records were a better fit, or the two were never compared,
    /// because they share no key or hang together with too many.
    Elsewhere,
}

/// Why two records are not in one group of a partition; `None` when they are.
pub fn why_not(basis: &Basis<'_>, resolution: &Resolution, partition: Partition, a: Row, b: Row) -> Option<Parting> {
    let group_of = match partition {
        Partition::Certain => &resolution.certain,
        Partition::Possible => &resolution.possible,
    };
    let first = |row: Row| group_of.get(row as usize).copied();
    if a == b || (first(a).is_some() && first(a) == first(b)) {
        return None;
    }
    let members = |groups: &[Row], of: Row| -> Vec<Row> {
        let wanted = groups.get(of as usize).copied();
        (0..).zip(groups).filter(|(_, first)| Some(**first) == wanted).map(|(row, _)| row).collect()
    };
    let mut beside = [members(&resolution.possible, a), members(&resolution.possible, b)].concat();
    beside.extend(&basis.beside);
    let needed = match partition {
        Partition::Certain => basis.model.thresholds.certain,
        Partition::Possible => basis.model.thresholds.possible,
    };
    let own = pair_among(basis, a, b, &beside);
    if let Some(parting) = between(&own, partition, needed) {
        return Some(parting);
    }
    let (ours, theirs) = (members(group_of, a), members(group_of, b));
    let mut sum = 0_i64;
    let mut count = 0_i64;
    for one in &ours {
        for other in &theirs {
            let found = pair_among(basis, *one, *other, &beside);
            sum += i64::from(found.sums.total.clamp(FLOOR, CEILING));
            count += 1;
            if parts(&found, partition) {
                return Some(Parting::Others {
                    records: found.records,
                    veto: found.gate.veto,
                    conflict: found.gate.conflict,
                });
            }
        }
    }
    let average = Millibits::try_from(sum.div_euclid(count.max(1))).unwrap_or(0);
    Some(if average < needed { Parting::Average { average, needed } } else { Parting::Elsewhere })
}

/// Whether two records by themselves keep groups apart.
fn parts(found: &Explanation, partition: Partition) -> bool {
    let (veto, conflict) = (found.gate.veto, found.gate.conflict);
    found.gate.why_not == Some(WhyNot::SameSource)
        || match partition {
            Partition::Certain => veto.is_some() || conflict.is_some(),
            Partition::Possible => veto.is_some_and(Veto::parts),
        }
}

/// What parts two records by themselves.
fn between(own: &Explanation, partition: Partition, needed: Millibits) -> Option<Parting> {
    let gate = &own.gate;
    let certain = partition == Partition::Certain;
    let needed = if certain { own.limits.certain } else { needed };
    let score = (own.sums.total < needed).then_some(Parting::Score { total: own.sums.total, needed });
    match (gate.veto, gate.conflict, gate.why_not) {
        _ if own.ruled == Some(Ruled::Different) => Some(Parting::Ruled),
        (Some(veto), _, _) if certain || veto.parts() => Some(Parting::Veto { veto }),
        (None, Some(conflict), _) if certain => Some(Parting::Conflict { conflict }),
        (_, _, Some(why_not)) if certain || why_not == WhyNot::SameSource => Some(Parting::Gate { why_not }),
        _ => score,
    }
}
