//! What a judge is told: the content of a signal.
//!
//! Invariants: particulars only. No name, number, address or free text has a place in these types; a person appears by roles
//! and, for children, by a number within the own case; whoever is nobody of the own case does not appear at all. Stored inside
//! facts, so a field is only ever added, and then with a default.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::catalogue::{Indicator, LawVersion};
use super::relation::Relation;
use super::status::Status;
use super::urgency::Urgency;
use super::view::LinkBasis;
use crate::article::Article;
use crate::ids::ChargeId;
use crate::role::{Capacity, Role};

/// What a signal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignalKind {
    /// To a family or youth judge: a criminal case about violence concerns persons of this case.
    ViolenceIndication,
    /// To a criminal judge: persons of this case also stand in a family or youth case.
    ParallelFamilyCase,
}

/// How far the parallel case has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// A family or youth case without a hearing to come.
    Pending,
    /// A family or youth case with a hearing to come.
    HearingPlanned,
    /// Charges are brought and at least one awaits a verdict.
    Prosecuted,
    /// Judged at first instance.
    Judged,
    /// Judged on appeal.
    JudgedOnAppeal,
    /// No appeal lies any more.
    Irrevocable,
    /// Closed.
    Closed,
}

/// The content of a signal, as things stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// What it is about.
    pub kind: SignalKind,
    /// The most serious tier of what is shown, 1 to 3; none where nothing shown calls for attention, and never towards a
    /// criminal judge.
    pub tier: Option<u8>,
    /// How soon it should be seen.
    pub urgency: Urgency,
    /// The indicators, the most serious first; none towards a criminal judge, who knows the charges.
    pub indicators: Vec<IndicatorLine>,
    /// The persons of the own case whom it concerns.
    pub persons: Vec<PersonLine>,
    /// Charges against a person of the own case with an article that the catalogue does not know for that day.
    pub unknown_articles: Vec<ChargeId>,
    /// Charges with an article whose meaning changed within the offence period: each meaning stands among the indicators.
    pub both_regimes: Vec<ChargeId>,
    /// The next hearing in the own case.
    pub own_hearing: Option<Date>,
    /// The next hearing in the parallel case.
    pub parallel_hearing: Option<Date>,
    /// How far the parallel case has come.
    pub parallel_phase: Phase,
    /// What the link between the cases rests on.
    pub basis: LinkBasis,
}

/// One indicator of one charge, towards persons in one relation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorLine {
    /// The charge.
    pub charge: ChargeId,
    /// The indicator.
    pub indicator: Indicator,
    /// Its tier, 1 to 4; none where the status takes the weight off it (acquitted but not final, dismissed by policy).
    pub tier: Option<u8>,
    /// The articles that say it.
    pub articles: Vec<Article>,
    /// In which version of the law.
    pub law_version: LawVersion,
    /// The offence period to the month: `2026-03`, or `2024-05/2024-08`.
    pub period: String,
    /// How far the law has come with the charge.
    pub status: Status,
    /// How suspect and victims stand to each other.
    pub relation: Relation,
    /// The suspect, by the roles in the own case.
    pub suspect: RoleLine,
    /// The victims, or the children who saw it, by their roles in the own case; none where they are nobody of it.
    pub victims: Vec<RoleLine>,
}

/// A person by roles in the own case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RoleLine {
    /// The roles.
    pub roles: BTreeSet<Role>,
    /// What the person is to the family.
    pub capacity: Option<Capacity>,
    /// Which of the minors in the own case, counted from 1 in the order of their records; none for an adult.
    pub ordinal: Option<u32>,
}

/// A person of the own case whom the signal concerns.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PersonLine {
    /// The person in the own case.
    pub own: RoleLine,
    /// The roles in the parallel case, as far as the signal is about them.
    pub parallel_roles: BTreeSet<Role>,
}

/// Why a signal that stood no longer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WithdrawalReason {
    /// The cases turned out not to concern the same persons.
    LinkWithdrawn,
    /// The own case ended.
    OwnCaseClosed,
    /// The family or youth case that was told of ended.
    ParallelCaseClosed,
    /// Dismissed: wrongly regarded as a suspect (code 01).
    DismissedWronglySuspected,
    /// Dismissed on another ground.
    Dismissed,
    /// Acquitted.
    Acquitted,
    /// The prosecution ended without a decision on the merits.
    ProsecutionEnded,
    /// The case goes on in another, which is told of in its place.
    GoesOnElsewhere,
    /// Roles, victims, articles or dates were corrected, so that it does not concern this case any more.
    ParticularsChanged,
}
