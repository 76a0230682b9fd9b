//! What became of a judge's report that a link looks wrong: derived from what the steward ruled and the linker did since.
//!
//! Invariant: a report is answered by a person's word about the very records it names, or by the link no longer being what it
//! was; anything else leaves it waiting.

use crate::decision::Tags;
use crate::fact::alerts::LinkDoubted;
use crate::fact::linker::CasesLinked;
use crate::fact::{AlertsFact, Body, Fact, LinkerFact, StewardFact};
use crate::ids::{Pair, PartyId};
use crate::violence::assessment::WithdrawalReason;

/// How a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DoubtState {
    /// Nobody has ruled yet.
    Waiting,
    /// A steward looked again and confirmed the link.
    Confirmed,
    /// The link, or a part of it, was undone.
    Corrected,
}

impl DoubtState {
    /// The word on the wire and in the keys of texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Confirmed => "confirmed",
            Self::Corrected => "corrected",
        }
    }
}

/// The kinds of facts that answer reports, and the reports themselves.
pub const KINDS: [&str; 7] = [
    "alerts.link-doubted",
    "alerts.signal-withdrawn",
    "linker.link-changed",
    "linker.link-withdrawn",
    "steward.pair-confirmed",
    "steward.pair-rejected",
    "steward.ruling-undone",
];

/// The tags under which everything stands that may answer these reports.
pub fn tags(doubts: &[LinkDoubted]) -> Tags {
    doubts.iter().flat_map(LinkDoubted::tags).collect()
}

/// The reports among `facts`, which stand in the journal's order, with what became of each.
pub fn reports<'f>(facts: impl IntoIterator<Item = &'f Fact>) -> Vec<(&'f Fact, &'f LinkDoubted, DoubtState)> {
    let mut reports: Vec<(&Fact, &LinkDoubted, DoubtState)> = Vec::new();
    for fact in facts {
        for (_, doubt, state) in &mut reports {
            *state = answer(doubt, fact).unwrap_or(*state);
        }
        if let Body::Alerts(AlertsFact::LinkDoubted(doubt)) = &fact.body {
            reports.push((fact, doubt, DoubtState::Waiting));
        }
    }
    reports
}

fn answer(doubt: &LinkDoubted, fact: &Fact) -> Option<DoubtState> {
    let cases = Pair::of(doubt.own, doubt.parallel);
    match &fact.body {
        // Taken back within minutes: the steward is still to answer.
        Body::Steward(StewardFact::RulingUndone(undone)) => {
            doubt.records.contains(&undone.pair).then_some(DoubtState::Waiting)
        }
        Body::Steward(told) => {
            let (ruling, same) = told.ruling()?;
            let state = if same { DoubtState::Confirmed } else { DoubtState::Corrected };
            doubt.records.contains(&ruling.pair).then_some(state)
        }
        Body::Linker(LinkerFact::LinkWithdrawn(link)) if link.cases == cases => Some(DoubtState::Corrected),
        Body::Linker(LinkerFact::LinkChanged(link)) if link.cases == cases => {
            let parted = doubt.records.iter().any(|pair| !joins(link, *pair));
            parted.then_some(DoubtState::Corrected)
        }
        Body::Alerts(AlertsFact::SignalWithdrawn(withdrawn))
            if withdrawn.signal == doubt.signal && withdrawn.because == WithdrawalReason::LinkWithdrawn =>
        {
            Some(DoubtState::Corrected)
        }
        _ => None,
    }
}

/// Whether a link takes two records for one person.
fn joins(link: &CasesLinked, pair: Pair<PartyId>) -> bool {
    link.persons.iter().any(|person| {
        let of = |one, other| person.in_a.contains(one) && person.in_b.contains(other);
        of(&pair.a, &pair.b) || of(&pair.b, &pair.a)
    })
}
