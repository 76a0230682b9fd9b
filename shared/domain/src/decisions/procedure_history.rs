//! The proceedings between the parties of a case, as a neutral table: what was brought, by whom, and what came of it, for all of
//! them alike. Litigation can be a form of violence, and it can be somebody's right; the table says neither.
//!
//! Invariants: shown only to who asks, and that somebody asked is a fact; no label, no total, no number and no court; what may
//! not be told (embargo, who is whose parent, an appeal as long as it is not known against what) is not in it and not counted.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::disclose::recipients;
use super::docket::Docket;
use super::form_matters::Matters;
use super::matter::Matter;
use crate::fact::linker::CasesLinked;
use crate::fact::{Body, Fact, IntakeFact, LinkerFact};
use crate::ids::{CaseId, PartyId};
use crate::jurisdiction::Jurisdiction;
use crate::lang::Lang;
use crate::proceeding::ProceedingKind;
use crate::role::RoleGroup;
use crate::violence::assessment::RoleLine;
use crate::violence::view::Withheld;

/// How far back it looks, in months.
pub const MONTHS: i32 = 36;

/// Where parties stand against each other. A criminal case is between the prosecution and a suspect, a home ban between the mayor
/// and who is banned.
const BETWEEN_PARTIES: [Jurisdiction; 3] = [Jurisdiction::Family, Jurisdiction::Youth, Jurisdiction::CivilBan];
/// Roles of who brings a case.
const BRINGS: [&str; 2] = ["petitioner", "plaintiff"];

/// A proceeding between the parties.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Proceeding {
    /// The month in which it was registered, such as `2026-03`.
    pub month: String,
    /// What kind of proceeding.
    pub kind: ProceedingKind,
    /// Who of them brought it, by role in the own case; nobody where somebody else did.
    pub brought_by: Vec<RoleLine>,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a proceeding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It is pending.
    Pending,
    /// Granted.
    Granted,
    /// Granted in part.
    GrantedInPart,
    /// Rejected.
    Rejected,
    /// Inadmissible.
    Inadmissible,
    /// The parties agreed.
    Agreed,
    /// Who brought it withdrew it.
    Withdrawn,
    /// It ended otherwise.
    Otherwise,
}

impl Outcome {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Granted => "granted",
            Self::GrantedInPart => "granted-in-part",
            Self::Rejected => "rejected",
            Self::Inadmissible => "inadmissible",
            Self::Agreed => "agreed",
            Self::Withdrawn => "withdrawn",
            Self::Otherwise => "otherwise",
        }
    }

    /// What people read.
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Pending, Lang::Nl) => "loopt",
            (Self::Pending, Lang::En) => "pending",
            (Self::Granted, Lang::Nl) => "toegewezen",
            (Self::Granted, Lang::En) => "granted",
            (Self::GrantedInPart, Lang::Nl) => "gedeeltelijk toegewezen",
            (Self::GrantedInPart, Lang::En) => "granted in part",
            (Self::Rejected, Lang::Nl) => "afgewezen",
            (Self::Rejected, Lang::En) => "rejected",
            (Self::Inadmissible, Lang::Nl) => "niet-ontvankelijk",
            (Self::Inadmissible, Lang::En) => "inadmissible",
            (Self::Agreed, Lang::Nl) => "overeenstemming vastgelegd",
            (Self::Agreed, Lang::En) => "agreement recorded",
            (Self::Withdrawn, Lang::Nl) => "ingetrokken",
            (Self::Withdrawn, Lang::En) => "withdrawn",
            (Self::Otherwise, Lang::Nl) => "anders geëindigd",
            (Self::Otherwise, Lang::En) => "ended otherwise",
        }
    }
}

/// The links of a case that hold, of facts about it in the journal's order.
pub fn links<'f>(case: CaseId, facts: impl IntoIterator<Item = &'f Fact>) -> BTreeMap<CaseId, CasesLinked> {
    let mut links = BTreeMap::new();
    for fact in facts {
        match &fact.body {
            Body::Linker(LinkerFact::CasesLinked(link) | LinkerFact::LinkChanged(link)) => {
                if let Some(other) = link.cases.other(case) {
                    links.insert(other, link.clone());
                }
            }
            Body::Linker(LinkerFact::LinkWithdrawn(link)) => {
                if let Some(other) = link.cases.other(case) {
                    links.remove(&other);
                }
            }
            _ => {}
        }
    }
    links
}

/// The proceedings between the grown-up parties of `case` that were registered in the months before `today`, the newest first, given
/// the cases that it is linked with and whatever those are one matter with.
pub fn history(
    case: CaseId,
    links: &BTreeMap<CaseId, CasesLinked>,
    dockets: &BTreeMap<CaseId, Docket>,
    matters: &Matters,
    today: Date,
) -> Vec<Proceeding> {
    let Some(own) = dockets.get(&case).and_then(Docket::view) else { return Vec::new() };
    let adults: BTreeMap<PartyId, RoleLine> = recipients(&own)
        .into_iter()
        .filter(|(_, line)| line.roles.iter().any(|role| role.group() == RoleGroup::AdultParty))
        .collect();
    let since = today.saturating_sub(MONTHS.months());
    let one = |(other, link): (&CaseId, &CasesLinked)| {
        let docket = dockets.get(other)?;
        let matter = matters.of(*other).map_or_else(|| Matter::from(*other), Matter::from);
        let view = matter.case(*other, dockets)?;
        let registered_on = view.registered_on.filter(|on| *on >= since)?;
        if !BETWEEN_PARTIES.contains(&view.jurisdiction) || view.withholds(Withheld::Parentage) {
            return None;
        }
        let mut stands: BTreeSet<PartyId> = BTreeSet::new();
        let mut brought: BTreeSet<PartyId> = BTreeSet::new();
        for person in &link.persons {
            let (ours, theirs) =
                if link.cases.a == case { (&person.in_a, &person.in_b) } else { (&person.in_b, &person.in_a) };
            let Some(party) = ours.iter().find(|party| adults.contains_key(*party)) else { continue };
            stands.insert(*party);
            let brings = |record: &PartyId| {
                let roles = view.party(*record).map(|party| &party.roles);
                roles.is_some_and(|roles| roles.iter().any(|role| BRINGS.contains(&role.code())))
            };
            if theirs.iter().any(brings) {
                brought.insert(*party);
            }
        }
        (stands.len() > 1).then(|| Proceeding {
            month: format!("{}-{:02}", registered_on.year(), registered_on.month()),
            kind: view.kind,
            brought_by: brought.iter().filter_map(|party| adults.get(party)).cloned().collect(),
            outcome: outcome(docket, view.closed_on),
        })
    };
    let mut found: Vec<Proceeding> = links.iter().filter_map(one).collect();
    found.sort_by(|a, b| b.cmp(a));
    found
}

fn outcome(docket: &Docket, closed_on: Option<Date>) -> Outcome {
    if docket.is_withdrawn() {
        return Outcome::Withdrawn;
    }
    let mut decisions = docket.counting().into_iter().filter_map(|fact| match fact {
        IntakeFact::DecisionGiven(given) if given.decision_kind.ends_instance() => Some(given.clone()),
        _ => None,
    });
    let Some(last) = decisions.next_back() else {
        return if closed_on.is_some() { Outcome::Otherwise } else { Outcome::Pending };
    };
    let says = |code: &str| last.dicta.iter().any(|dictum| dictum.code() == code);
    match (says("granted"), says("rejected")) {
        (true, true) => Outcome::GrantedInPart,
        (true, false) => Outcome::Granted,
        _ if says("granted-in-part") => Outcome::GrantedInPart,
        (false, true) => Outcome::Rejected,
        _ if says("inadmissible") => Outcome::Inadmissible,
        _ if says("agreement-recorded") => Outcome::Agreed,
        _ => Outcome::Otherwise,
    }
}
