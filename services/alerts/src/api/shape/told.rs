//! What a standing signal tells, as JSON: the parallel case, persons by their roles, indicators, orders and conflicts.
//!
//! Invariant: no field names a person or says where anything is; where the court itself would tell that, it is not named.

use domain::lang::Lang;
use domain::role::{Capacity, Role};
use domain::violence::assess::{Assessment, IndicatorLine, RoleLine};
use domain::violence::assessment::{ConflictLine, ContactLine, DismissalLine, KillingLine, Measure, OrderLine};
use domain::violence::wording;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Coded, Text, Tier};
use crate::inbox::CaseReference;

/// The case that is told of: what is needed to ask its court for more.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ParallelCase {
    /// Its numbers; none where the court is not named.
    numbers: Vec<String>,
    /// The court that has it; `another-court` where its name may tell where a shielded person lives.
    court: Coded,
    /// Family, youth or criminal.
    jurisdiction: Coded,
    /// What kind of proceeding.
    proceeding: Coded,
    /// How far it has come.
    phase: Coded,
    /// The next hearing.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_hearing: Option<Date>,
}

impl ParallelCase {
    fn of(case: &CaseReference, told: &Assessment, hidden: bool) -> Self {
        let court = if hidden {
            Coded::of("another-court", wording::another_court)
        } else {
            Coded::of(case.court.code(), |lang| case.court.label(lang))
        };
        Self {
            numbers: if hidden { Vec::new() } else { case.numbers.clone() },
            court,
            jurisdiction: Coded::of(case.jurisdiction.as_str(), |lang| case.jurisdiction.label(lang)),
            proceeding: Coded::of(case.proceeding.code(), |lang| case.proceeding.label(lang)),
            phase: Coded::by_word(&told.parallel_phase, |lang| told.parallel_phase.label(lang)),
            next_hearing: told.parallel_hearing,
        }
    }
}

/// What a signal tells.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Particulars {
    /// The state of the parallel case is as known on this day.
    as_of: Date,
    /// The case that is told of.
    parallel_case: ParallelCase,
    /// What the link between the cases rests on.
    link_basis: Coded,
    /// The persons of the own case whom it concerns, by their roles.
    persons: Vec<Person>,
    /// The indicators, the most serious first; none towards a criminal judge.
    indicators: Vec<IndicatorRecord>,
    /// Orders of the parallel case that concern persons of the own case.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    orders: Vec<OrderRecord>,
    /// What holds of contact with a child in the parallel case; towards a criminal judge only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contact: Vec<ContactRecord>,
    /// What may contradict each other.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conflicts: Vec<ConflictRecord>,
    /// What is known of the killing of a parent.
    #[serde(skip_serializing_if = "Option::is_none")]
    killing: Option<KillingRecord>,
    /// Whether a special guardian stands beside a child in the parallel case; absent where none is known.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    special_guardian: bool,
    /// What the policy of the caller's court leaves out, whether or not the parallel case is about that; absent where nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<Coded>,
    /// How many charges name an article that the catalogue of indicators does not know for that day.
    charges_not_in_catalogue: usize,
    /// What a judge may do with it. No legal advice.
    next_steps: Vec<Text>,
}

impl Particulars {
    pub(super) fn of(told: &Assessment, as_of: Date, parallel: &CaseReference, court_hidden: bool) -> Self {
        let steps = |lang| wording::next_steps(told.kind, lang).iter().map(|step| (*step).to_owned());
        let mut charges = Vec::new();
        Self {
            as_of,
            parallel_case: ParallelCase::of(parallel, told, court_hidden),
            link_basis: Coded::by_word(&told.basis, |lang| told.basis.label(lang)),
            persons: told
                .persons
                .iter()
                .map(|person| Person {
                    own: Involved::of(&person.own),
                    parallel_roles: person.parallel_roles.iter().copied().map(role).collect(),
                    detention: person.detention.map(|held| Coded::of(held.code(), |lang| held.label(lang))),
                })
                .collect(),
            indicators: told
                .indicators
                .iter()
                .map(|line| {
                    let known = charges.iter().position(|charge| *charge == line.charge);
                    let place = known.unwrap_or_else(|| {
                        charges.push(line.charge);
                        charges.len() - 1
                    });
                    IndicatorRecord::of(line, place + 1)
                })
                .collect(),
            orders: told.orders.iter().map(OrderRecord::of).collect(),
            contact: told.contact.iter().map(ContactRecord::of).collect(),
            conflicts: told.conflicts.iter().map(ConflictRecord::of).collect(),
            killing: told.killing.as_ref().map(KillingRecord::of),
            special_guardian: told.special_guardian,
            left_out: told.left_out.iter().map(|one| Coded::of(one.code(), |lang| one.label(lang))).collect(),
            charges_not_in_catalogue: told.unknown_articles.len(),
            next_steps: steps(Lang::Nl).zip(steps(Lang::En)).map(|(nl, en)| Text { nl, en }).collect(),
        }
    }
}

fn role(role: Role) -> Coded {
    Coded::of(role.code(), |lang| role.label(lang))
}

/// A person whom a signal concerns.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Person {
    /// In the own case.
    own: Involved,
    /// The roles in the parallel case, as far as the signal is about them.
    parallel_roles: Vec<Coded>,
    /// Whether and how the person is held; absent where that is not told.
    #[serde(skip_serializing_if = "Option::is_none")]
    detention: Option<Coded>,
}

/// A person by roles in the own case.
#[derive(Serialize, ToSchema)]
struct Involved {
    /// In a few words, such as `verweerder (vader)`.
    label: Text,
    /// The roles.
    roles: Vec<Coded>,
    /// What the person is to the family.
    #[serde(skip_serializing_if = "Option::is_none")]
    capacity: Option<Coded>,
    /// Which of the minors in the own case, counted from 1; absent for an adult.
    #[serde(skip_serializing_if = "Option::is_none")]
    ordinal: Option<u32>,
}

impl Involved {
    fn of(line: &RoleLine) -> Self {
        let capacity = |capacity: Capacity| Coded::of(capacity.as_str(), |lang| capacity.label(lang));
        Self {
            label: Text::of(|lang| wording::role(line, lang)),
            roles: line.roles.iter().copied().map(role).collect(),
            capacity: line.capacity.map(capacity),
            ordinal: line.ordinal,
        }
    }
}

/// One indicator of one charge.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct IndicatorRecord {
    /// Which charge, counted from 1 within this signal.
    charge: usize,
    /// The indicator.
    indicator: Coded,
    /// How serious; absent where the status takes the weight off it.
    #[serde(skip_serializing_if = "Option::is_none")]
    tier: Option<Tier>,
    /// The articles that say it.
    articles: Vec<String>,
    /// The first day of the version of the law it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    law_from: Option<Date>,
    /// The last day of that version.
    #[serde(skip_serializing_if = "Option::is_none")]
    law_to: Option<Date>,
    /// The offence period to the month: `2026-03`, or `2024-05/2024-08`.
    period: String,
    /// How far the law has come with the charge.
    status: Coded,
    /// How the prosecution dropped it; absent where that is not its status.
    #[serde(skip_serializing_if = "Option::is_none")]
    dismissal: Option<DismissalRecord>,
    /// The sentence that always stands beside the status.
    disclaimer: Text,
    /// How suspect and victims stand to each other.
    relation: Coded,
    /// The suspect.
    suspect: Involved,
    /// The victims, or the children who saw it; none where they are nobody of the own case.
    victims: Vec<Involved>,
}

impl IndicatorRecord {
    fn of(line: &IndicatorLine, charge: usize) -> Self {
        Self {
            charge,
            indicator: Coded::of(line.indicator.code(), |lang| line.indicator.label(lang)),
            tier: line.tier.map(Tier::of),
            articles: line.articles.iter().map(ToString::to_string).collect(),
            law_from: line.law_version.from,
            law_to: line.law_version.to,
            period: line.period.clone(),
            status: Coded::of(line.status.code(), |lang| line.status.label(lang)),
            dismissal: line.dismissal.map(DismissalRecord::of),
            disclaimer: Text::of(|lang| line.status.disclaimer(lang)),
            relation: Coded::of(line.relation.code(), |lang| line.relation.label(lang)),
            suspect: Involved::of(&line.suspect),
            victims: line.victims.iter().map(Involved::of).collect(),
        }
    }
}

/// On what ground the prosecution dropped a charge, and when.
#[derive(Serialize, ToSchema)]
struct DismissalRecord {
    /// The code of the ground (sepotgrond).
    #[schema(example = "02")]
    code: String,
    /// The ground in words; absent where the status says it already.
    #[serde(skip_serializing_if = "Option::is_none")]
    ground: Option<Text>,
    /// The day; absent where it was not told.
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<Date>,
}

impl DismissalRecord {
    fn of(line: DismissalLine) -> Self {
        let ground = |lang| wording::ground(line, lang);
        let text = ground(Lang::Nl).zip(ground(Lang::En)).map(|(nl, en)| Text { nl: nl.to_owned(), en: en.to_owned() });
        Self { code: line.code.code(), ground: text, on: line.on }
    }
}

/// An order, as far as it concerns persons of the own case. Never where it holds.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct OrderRecord {
    /// What kind of order.
    kind: Coded,
    /// What it forbids or commands.
    categories: Vec<Coded>,
    /// Whether it holds: `in-force`, `not-yet`, `suspended` or `over`.
    state: Coded,
    /// The first day.
    from: Date,
    /// The last day; absent where no end was set.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Date>,
    /// Whether children are included; null where it is not known.
    children_included: Option<bool>,
    /// What it leaves room for.
    exceptions: Vec<Coded>,
    /// Why it was made, where that is told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    grounds: Vec<Coded>,
    /// Whether it can be enforced while an appeal lies.
    immediately_enforceable: bool,
    /// Whether a breach was reported; that it happened is not established.
    breach_reported: bool,
    /// How serious; absent where it weighs nothing by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    tier: Option<Tier>,
    /// Whom it binds.
    against: Vec<Involved>,
    /// Whom it protects; none where they are nobody of the own case.
    protects: Vec<Involved>,
}

impl OrderRecord {
    fn of(line: &OrderLine) -> Self {
        Self {
            kind: Coded::of(line.kind.code(), |lang| line.kind.label(lang)),
            categories: line.categories.iter().map(|one| Coded::of(one.code(), |lang| one.label(lang))).collect(),
            state: Coded::by_word(&line.state, |lang| line.state.label(lang)),
            from: line.from,
            until: line.until,
            children_included: line.children_included,
            exceptions: line.exceptions.iter().map(|one| Coded::of(one.code(), |lang| one.label(lang))).collect(),
            grounds: line.grounds.iter().map(|one| Coded::of(one.code(), |lang| one.label(lang))).collect(),
            immediately_enforceable: line.immediately_enforceable,
            breach_reported: line.breach_reported,
            tier: line.tier.map(Tier::of),
            against: line.against.iter().map(Involved::of).collect(),
            protects: line.protects.iter().map(Involved::of).collect(),
        }
    }
}

/// What holds of contact between somebody and children of the own case.
#[derive(Serialize, ToSchema)]
struct ContactRecord {
    /// Whether they are to meet, or may not.
    allowed: bool,
    /// Since which day.
    from: Date,
    /// Until which day; absent where no end was set.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Date>,
    /// With whom.
    with: Involved,
    /// The children; none where they are nobody of the own case.
    children: Vec<Involved>,
}

impl ContactRecord {
    fn of(line: &ContactLine) -> Self {
        Self {
            allowed: line.allowed,
            from: line.from,
            until: line.until,
            with: Involved::of(&line.with),
            children: line.children.iter().map(Involved::of).collect(),
        }
    }
}

/// A measure that forbids contact and one that counts on it. Whether they contradict each other is for a judge to say.
#[derive(Serialize, ToSchema)]
struct ConflictRecord {
    /// How far they contradict each other on their face: `possible`, `leaves-room` or `ends-before`.
    standing: Coded,
    /// Whom the one binds and the other lets meet.
    who: Involved,
    /// Whom it is about beside; none where they are nobody of the own case.
    whom: Vec<Involved>,
    /// What forbids.
    forbids: MeasureRecord,
    /// What counts on contact.
    presumes: MeasureRecord,
}

impl ConflictRecord {
    fn of(line: &ConflictLine) -> Self {
        Self {
            standing: Coded::by_word(&line.standing, |lang| line.standing.label(lang)),
            who: Involved::of(&line.who),
            whom: line.whom.iter().map(Involved::of).collect(),
            forbids: MeasureRecord::of(&line.forbids),
            presumes: MeasureRecord::of(&line.presumes),
        }
    }
}

/// One of two measures.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct MeasureRecord {
    /// Whether it is of the own case.
    own: bool,
    /// What kind of order; absent where contact was arranged or denied without an order of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<Coded>,
    /// What it says.
    categories: Vec<Coded>,
    /// Whether children are included; null where it is not known.
    children_included: Option<bool>,
    /// What it leaves room for.
    exceptions: Vec<Coded>,
    /// The first day.
    from: Date,
    /// The last day; absent where no end was set.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Date>,
}

impl MeasureRecord {
    fn of(one: &Measure) -> Self {
        Self {
            own: one.own,
            kind: one.kind.map(|kind| Coded::of(kind.code(), |lang| kind.label(lang))),
            categories: one.categories.iter().map(|one| Coded::of(one.code(), |lang| one.label(lang))).collect(),
            children_included: one.children_included,
            exceptions: one.exceptions.iter().map(|one| Coded::of(one.code(), |lang| one.label(lang))).collect(),
            from: one.from,
            until: one.until,
        }
    }
}

/// What is known of the killing of one parent of the children by the other.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct KillingRecord {
    /// How far the law has come with the charge.
    status: Coded,
    /// The sentence that always stands beside the status.
    disclaimer: Text,
    /// The suspect.
    suspect: Involved,
    /// The other parent.
    parent: Involved,
    /// The children of the own case.
    children: Vec<Involved>,
    /// The first day on which a new request for contact can be made (art. 1:377e(3) BW); absent where it does not follow from the
    /// own case.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_from: Option<Date>,
    /// Whether the own case is such a request and was brought before that day; whether it is too soon is for the judge to say.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    too_soon: bool,
}

impl KillingRecord {
    fn of(line: &KillingLine) -> Self {
        Self {
            status: Coded::of(line.status.code(), |lang| line.status.label(lang)),
            disclaimer: Text::of(|lang| line.status.disclaimer(lang)),
            suspect: Involved::of(&line.suspect),
            parent: Involved::of(&line.parent),
            children: line.children.iter().map(Involved::of).collect(),
            request_from: line.request_from,
            too_soon: line.too_soon,
        }
    }
}
