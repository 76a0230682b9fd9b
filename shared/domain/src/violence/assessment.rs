//! What a judge is told: the content of a signal.
//!
//! Invariants: particulars only. No name, number, address or free text has a place in these types; a person appears by roles
//! and, for children, by a number within the own case; whoever is nobody of the own case does not appear at all. Stored inside
//! facts, so a field is only ever added, and then with a default.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::catalogue::{Indicator, LawVersion};
use super::dismissal::DismissalCode;
use super::relation::Relation;
use super::status::Status;
use super::urgency::Urgency;
use super::view::LinkBasis;
use crate::article::Article;
use crate::detention::Detention;
use crate::ids::{ChargeId, OrderId};
use crate::order_category::OrderCategory;
use crate::order_exception::OrderException;
use crate::order_ground::OrderGround;
use crate::order_kind::OrderKind;
use crate::role::{Capacity, Role};

/// What a signal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignalKind {
    /// To a family or youth judge: a criminal case about violence concerns persons of this case.
    ViolenceIndication,
    /// To a criminal judge: persons of this case also stand in a family or youth case.
    ParallelFamilyCase,
    /// To the judges on both sides: an order in one case may contradict what holds in the other.
    ConflictingOrder,
    /// To a family or youth judge: one parent of the children is suspected of having killed the other.
    PartnerKilling,
}

impl SignalKind {
    /// The kinds between two matters in one direction: at most one of each group is told, and keeps its signal.
    pub const GROUPS: [&[Self]; 3] =
        [&[Self::ViolenceIndication, Self::ParallelFamilyCase], &[Self::ConflictingOrder], &[Self::PartnerKilling]];
}

/// How far the parallel case has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// A family or youth case without a hearing to come.
    Pending,
    /// A family or youth case with a hearing to come.
    HearingPlanned,
    /// Nothing is charged yet.
    Suspected,
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
    /// The most serious tier of what is shown, 1 to 3; none where nothing shown calls for attention.
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
    /// Orders in the parallel case that bind or protect persons of the own case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub orders: Vec<OrderLine>,
    /// What holds of contact with a child in the parallel case; towards a criminal judge only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contact: Vec<ContactLine>,
    /// What may contradict each other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<ConflictLine>,
    /// What is known of the killing of a parent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub killing: Option<KillingLine>,
    /// Whether a special guardian stands beside a child in the parallel case; towards a criminal judge only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub special_guardian: bool,
    /// Indicators of which the judges of the own court are not told by its policy, whether or not the parallel case has any.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub left_out: BTreeSet<Indicator>,
    /// Whether the court of the parallel case would tell where a shielded person lives: it is then named to a judge only on
    /// asking, with a reason.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub court_hidden: bool,
}

/// An order, as far as it concerns persons of the own case. Never where it holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OrderLine {
    /// How serious, 1 to 3; none where it weighs nothing by itself.
    pub tier: Option<u8>,
    /// Which order.
    pub order: OrderId,
    /// What kind of order.
    pub kind: OrderKind,
    /// What it forbids or commands.
    pub categories: BTreeSet<OrderCategory>,
    /// Whether it holds.
    pub state: OrderState,
    /// The first day.
    pub from: Date,
    /// The last day; none where no end was set.
    pub until: Option<Date>,
    /// Whether children are included; none where it is not told.
    pub children_included: Option<bool>,
    /// What it leaves room for.
    pub exceptions: BTreeSet<OrderException>,
    /// Why it was made, where that is told.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub grounds: BTreeSet<OrderGround>,
    /// Whether it can be enforced while an appeal lies.
    pub immediately_enforceable: bool,
    /// Whether a breach was reported; that it happened is not established.
    pub breach_reported: bool,
    /// Whom it binds, by their roles in the own case.
    pub against: Vec<RoleLine>,
    /// Whom it protects, by their roles in the own case; none where they are nobody of it.
    pub protects: Vec<RoleLine>,
}

/// Whether an order holds on the day it is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrderState {
    /// It holds.
    InForce,
    /// It will hold.
    NotYet,
    /// It is suspended.
    Suspended,
    /// It held.
    Over,
}

/// What holds of contact between somebody and children of the own case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ContactLine {
    /// Whether they are to meet, or may not.
    pub allowed: bool,
    /// Since which day.
    pub from: Date,
    /// Until which day; none where no end was set.
    pub until: Option<Date>,
    /// With whom, by the roles in the own case.
    pub with: RoleLine,
    /// The children, by their roles in the own case; none where they are nobody of it.
    pub children: Vec<RoleLine>,
}

/// A measure that forbids contact and one that counts on it, in two cases.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ConflictLine {
    /// How far they contradict each other on their face.
    pub standing: ConflictStanding,
    /// Whom the one binds and the other lets meet, by the roles in the own case.
    pub who: RoleLine,
    /// Whom it is about beside, by their roles in the own case; none where they are nobody of it.
    pub whom: Vec<RoleLine>,
    /// What forbids.
    pub forbids: Measure,
    /// What counts on contact.
    pub presumes: Measure,
}

/// How far two measures contradict each other on their face. Whether they do is for a judge to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConflictStanding {
    /// Possibly contradictory.
    Possible,
    /// The ban leaves room that the arrangement may use.
    LeavesRoom,
    /// The ban ends before the arrangement begins.
    EndsBefore,
}

/// One of two measures.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Measure {
    /// Whether it is of the own case.
    pub own: bool,
    /// The order; none where contact was arranged or denied without an order of its own.
    pub order: Option<OrderId>,
    /// What kind of order; none where there is none.
    pub kind: Option<OrderKind>,
    /// What it says.
    pub categories: BTreeSet<OrderCategory>,
    /// Whether children are included; none where it is not told.
    pub children_included: Option<bool>,
    /// What it leaves room for.
    pub exceptions: BTreeSet<OrderException>,
    /// The first day.
    pub from: Date,
    /// The last day; none where no end was set.
    pub until: Option<Date>,
}

/// What is known of the killing of one parent of the children by the other, and what the law attaches to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KillingLine {
    /// The charge.
    pub charge: ChargeId,
    /// How far the law has come with it.
    pub status: Status,
    /// The suspect, by the roles in the own case.
    pub suspect: RoleLine,
    /// The other parent, by the roles in the own case.
    pub parent: RoleLine,
    /// The children of the own case.
    pub children: Vec<RoleLine>,
    /// The first day on which a new request for contact can be made, where contact was denied for two years or more and that is
    /// final (art. 1:377e(3) BW).
    pub request_from: Option<Date>,
    /// Whether the own case is such a request, and was brought before that day.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub too_soon: bool,
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
    /// How the prosecution dropped it, where that is its status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dismissal: Option<DismissalLine>,
}

/// On what ground the prosecution dropped a charge, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DismissalLine {
    /// The ground (sepotgrond).
    pub code: DismissalCode,
    /// The day, where told.
    pub on: Option<Date>,
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
    /// Whether and how the person is held, where that is told in the parallel case. Never where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detention: Option<Detention>,
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
    /// No order holds any more, or none that contradicts another.
    OrdersChanged,
    /// The conviction became final longer ago than convictions of its kind are told of.
    TooLongAgo,
    /// The case goes on in another, which is told of in its place.
    GoesOnElsewhere,
    /// Roles, victims, articles or dates were corrected, so that it does not concern this case any more.
    ParticularsChanged,
    /// Nothing is told of it at present, whatever the reason: that a case is under embargo is itself a secret, and the link stands.
    NothingToTell,
}
