//! Which judges should be told of which case, worked out anew from the cases and from who is who.
//!
//! The rules are written down here a second time, as a jurist would say them, and share no code with those that decide; of the
//! house they use what is data: the catalogue of offences and indicators, and the list of roles. Where both agree on thousands of
//! cases, either both are right or both misread the law in the same way.

use std::collections::{BTreeMap, BTreeSet};

use domain::article::Article;
use domain::role::{Role, RoleGroup};
use domain::violence::catalogue::{Catalogue, ChargeParticulars, IndicatorHit, OffencePeriod, Tag};
use jiff::ToSpan;
use jiff::civil::Date;

use super::cases::{Case, Charge, Order};

/// Who a party of a case is, by case and party.
pub type Who = BTreeMap<(String, String), String>;

/// That the judge of the first case is told of the second, in a signal of a kind.
pub type Told = (String, String, &'static str);

pub const VIOLENCE: &str = "violence-indication";
pub const FAMILY: &str = "parallel-family-case";
pub const CONFLICT: &str = "conflicting-order";
pub const KILLING: &str = "partner-killing";

/// What a person is in the case of a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Parent,
    Child,
    Household,
}

/// Everything that should be told on a day.
pub fn told(cases: &BTreeMap<String, Case>, who: &Who, today: Date) -> BTreeSet<Told> {
    let mut told = BTreeSet::new();
    for (own, parallel) in shared(cases, who) {
        let pair = Pair::of((own.as_str(), &cases[&own]), (parallel.as_str(), &cases[&parallel]), who, today);
        let kinds = [
            (VIOLENCE, pair.tells_of_violence()),
            (FAMILY, pair.tells_of_a_family_case()),
            (CONFLICT, pair.has_measures_that_may_conflict()),
            (KILLING, pair.tells_of_a_killing()),
        ];
        let kinds = kinds.into_iter().filter(|(_, is)| *is).map(|(kind, _)| kind);
        told.extend(kinds.map(|kind| (own.clone(), parallel.clone(), kind)));
    }
    told
}

/// The cases in which somebody stands whose address any court hides.
pub fn with_somebody_who_hides(cases: &BTreeMap<String, Case>, who: &Who) -> BTreeSet<String> {
    let stands = |id: &String, party: &String| who.get(&(id.clone(), party.clone()));
    let hides = cases.iter().flat_map(|(id, case)| {
        let hidden = case.shielded.iter().filter(|party| case.parties.contains_key(*party));
        hidden.filter_map(move |party| stands(id, party))
    });
    let hides: BTreeSet<&String> = hides.collect();
    let any = |(id, case): &(&String, &Case)| {
        case.parties.keys().any(|party| stands(id, party).is_some_and(|person| hides.contains(person)))
    };
    cases.iter().filter(any).map(|(id, _)| id.clone()).collect()
}

/// Every two cases, either way round, in which somebody stands who may lead from the one to the other.
fn shared(cases: &BTreeMap<String, Case>, who: &Who) -> BTreeSet<(String, String)> {
    let mut where_they_stand: BTreeMap<&String, BTreeSet<&String>> = BTreeMap::new();
    for (id, case) in cases {
        for person in people(id, case, who).into_keys() {
            where_they_stand.entry(person).or_default().insert(id);
        }
    }
    let mut pairs = BTreeSet::new();
    for stands in where_they_stand.into_values() {
        let both = stands.iter().flat_map(|own| stands.iter().map(|parallel| ((*own).clone(), (*parallel).clone())));
        pairs.extend(both.filter(|(own, parallel)| own != parallel));
    }
    pairs
}

/// Who stands in a case as more than somebody at work, with their parties there. Of a case that was withdrawn, or that nobody may
/// know of yet, that is nobody.
fn people<'w>(id: &str, case: &Case, who: &'w Who) -> BTreeMap<&'w String, Vec<String>> {
    let mut people: BTreeMap<&String, Vec<String>> = BTreeMap::new();
    if case.withdrawn || case.embargo {
        return people;
    }
    for (party, stands) in &case.parties {
        let roles: Vec<Role> = stands.roles.iter().map(|role| Role::parse(role).expect("a role")).collect();
        let at_work = roles.iter().any(|role| role.group() == RoleGroup::Professional);
        let person = who.get(&(id.to_owned(), party.clone()));
        if let Some(person) = person.filter(|_| !at_work && roles.iter().any(|role| role.is_linkable())) {
            people.entry(person).or_default().push(party.clone());
        }
    }
    people
}

/// A case with the persons that it shares with another.
#[derive(Clone)]
struct Side<'a> {
    case: &'a Case,
    /// Who of the shared persons each party is.
    who: BTreeMap<String, &'a String>,
    /// The parties of each shared person.
    parties: BTreeMap<&'a String, Vec<String>>,
}

impl<'a> Side<'a> {
    fn person(&self, party: &str) -> Option<&'a String> {
        self.who.get(party).copied()
    }

    fn persons<'p>(&self, parties: impl IntoIterator<Item = &'p String>) -> BTreeSet<&'a String> {
        parties.into_iter().filter_map(|party| self.person(party)).collect()
    }

    fn is(&self, jurisdictions: &[&str]) -> bool {
        jurisdictions.contains(&self.case.jurisdiction.as_str())
    }

    /// A case against a minor is heard behind closed doors, and told of to a youth court alone.
    fn is_against_a_minor(&self) -> bool {
        self.case.proceeding == "youth-criminal"
    }

    fn has_minors(&self) -> bool {
        let minor = |role: &String| Role::parse(role).expect("a role").group() == RoleGroup::Minor;
        self.case.parties.values().any(|party| party.roles.iter().any(minor))
    }

    /// What a shared person is in this case. A child is one whatever else; a parent or a partner is one by what they are to the
    /// family, or by a role that says so; a grandparent, a step-parent, a foster parent belongs to the household; any other
    /// grown-up party is taken for a parent or partner, for it is their family life that the case is about.
    fn place(&self, person: &String) -> Place {
        let parties = self.parties[person].iter().map(|party| &self.case.parties[party]);
        let roles: BTreeSet<&str> = parties.clone().flat_map(|party| party.roles.iter().map(String::as_str)).collect();
        let capacities: BTreeSet<&str> = parties.filter_map(|party| party.capacity.as_deref()).collect();
        let group = |group: RoleGroup| roles.iter().any(|role| Role::parse(role).expect("a role").group() == group);
        let any = |words: &[&str]| words.iter().any(|word| roles.contains(word) || capacities.contains(word));
        if group(RoleGroup::Minor) {
            Place::Child
        } else if any(&["mother", "father", "parent", "partner", "parent-with-authority", "parent-without-authority"]) {
            Place::Parent
        } else if any(&["other", "grandparent", "step-parent", "foster-parent", "interested-party"])
            || !group(RoleGroup::AdultParty)
        {
            Place::Household
        } else {
            Place::Parent
        }
    }
}

/// Two cases, seen from the one whose judge is told.
#[derive(Clone)]
struct Pair<'a> {
    own: Side<'a>,
    parallel: Side<'a>,
    today: Date,
}

impl<'a> Pair<'a> {
    fn of(own: (&str, &'a Case), parallel: (&str, &'a Case), who: &'a Who, today: Date) -> Self {
        let (ours, theirs) = (people(own.0, own.1, who), people(parallel.0, parallel.1, who));
        let side =
            |case: &'a Case, here: &BTreeMap<&'a String, Vec<String>>, there: &BTreeMap<&'a String, Vec<String>>| {
                let both = here.iter().filter(|(person, _)| there.contains_key(*person));
                let parties: BTreeMap<&'a String, Vec<String>> =
                    both.map(|(person, parties)| (*person, parties.clone())).collect();
                let each =
                    parties.iter().flat_map(|(person, parties)| parties.iter().map(|party| (party.clone(), *person)));
                Side { case, who: each.collect(), parties }
            };
        Self { own: side(own.1, &ours, &theirs), parallel: side(parallel.1, &theirs, &ours), today }
    }

    /// Whether either is closed to a court such as the other's.
    fn is_closed_to_the_other(&self) -> bool {
        (self.own.is_against_a_minor() && !self.parallel.is(&["youth"]))
            || (self.parallel.is_against_a_minor() && !self.own.is(&["youth"]))
    }

    /// The judge of a family, of a ban or of an evicted person learns of the criminal case; each of them, and the criminal judge,
    /// of a ban or an eviction. Nobody whose own case is over.
    fn tells_of_violence(&self) -> bool {
        let kinds = (self.own.is(&["family", "youth", "huisverbod", "civil-ban"]) && self.parallel.is(&["criminal"]))
            || (self.own.is(&["family", "youth", "criminal"]) && self.parallel.is(&["huisverbod", "civil-ban"]));
        kinds && !self.own.case.closed && !self.is_closed_to_the_other() && self.calls_for_attention()
    }

    /// The judge of a criminal case, a ban or an eviction learns that there is a family case exactly when its judge would learn
    /// of this one; of a case that is over only while something that was decided in it still holds.
    fn tells_of_a_family_case(&self) -> bool {
        self.own.is(&["criminal", "huisverbod", "civil-ban"])
            && self.parallel.is(&["family", "youth"])
            && !self.own.case.closed
            && !self.is_closed_to_the_other()
            && (!self.parallel.case.closed || self.something_holds_there())
            && self.seen_from_there().calls_for_attention()
    }

    fn seen_from_there(&self) -> Self {
        Self { own: self.parallel.clone(), parallel: self.own.clone(), today: self.today }
    }

    /// A charge against a person of the own case, or an order that weighs something.
    fn calls_for_attention(&self) -> bool {
        self.parallel.case.charges.values().any(|charge| self.concerns(charge))
            || self.parallel.case.orders.values().any(|order| self.weighs(order))
    }

    /// Whether a charge concerns the own case: its suspect is a person of it, and towards whom it was committed is one of the
    /// relations in which the indicator counts at this status.
    fn concerns(&self, charge: &Charge) -> bool {
        let Some(suspect) = self.parallel.person(&charge.suspect) else { return false };
        let Some(status) = status(charge, self.parallel.case.final_on) else { return false };
        let victims = self.parallel.persons(&charge.victims);
        let relations: BTreeSet<&str> = if victims.is_empty() {
            ["R4"].into()
        } else {
            let others = victims.into_iter().filter(|victim| *victim != suspect);
            others.map(|victim| relation(self.own.place(suspect), self.own.place(victim))).collect()
        };
        let with_minor = self.own.has_minors();
        let counts = |hit: &IndicatorHit| {
            hit.relations.iter().any(|rule| {
                relations.contains(rule.relation.code())
                    && rule.from.is_none_or(|least| status.starts_with('S') && status >= least.code())
                    && (with_minor || !rule.with_minor)
            })
        };
        let is_remembered = |hit: &IndicatorHit| {
            let years = match hit.tier {
                1 => 20,
                2 => 10,
                _ => 5,
            };
            let last =
                self.parallel.case.final_on.filter(|_| status == "S50").map(|on| on.saturating_add(years.years()));
            last.is_none_or(|last| self.today <= last)
        };
        let pushes = |hit: &IndicatorHit| hit.indicator.pushes() && hit.tier < 4;
        hits(charge).iter().any(|hit| pushes(hit) && counts(hit) && is_remembered(hit))
    }

    /// Whether an order of the other case is told for its own sake: it is a ban, it binds a person of the own case, and protects
    /// another of it, or its children. An eviction is still told for two years after its last day, any other ban while it holds.
    fn weighs(&self, order: &Order) -> bool {
        let years = match order.kind.as_str() {
            "huisverbod" => 2,
            "civil-ban" | "suspended-detention-condition" => 0,
            _ => return false,
        };
        let (bound, protected) = (self.parallel.persons(&order.against), self.parallel.persons(&order.protects));
        let told = order.last.is_none_or(|last| self.today <= last.saturating_add(years.years()));
        let children = order.with_children && self.own.has_minors();
        told && !bound.is_empty() && (children || protected.iter().any(|person| !bound.contains(person)))
    }

    /// Whether an order of the other case holds that names a person of the own one, or contact with one was decided on.
    fn something_holds_there(&self) -> bool {
        let there = &self.parallel;
        let holds = |order: &Order| order.from <= self.today && order.last.is_none_or(|last| self.today <= last);
        let names = |order: &Order| !there.persons(order.against.union(&order.protects)).is_empty();
        let contact = there.case.contact.iter().any(|((_, with), contact)| {
            there.person(with).is_some() && contact.until.is_none_or(|until| self.today <= until)
        });
        contact || there.case.orders.values().any(|order| holds(order) && names(order))
    }

    /// One case forbids contact between persons, the other counts on it; either may be over, what was decided still runs. Of two
    /// criminal cases nobody is told.
    fn has_measures_that_may_conflict(&self) -> bool {
        let one_is_civil = !self.own.is(&["criminal"]) || !self.parallel.is(&["criminal"]);
        one_is_civil
            && !self.is_closed_to_the_other()
            && (self.conflict(&self.own, &self.parallel) || self.conflict(&self.parallel, &self.own))
    }

    fn conflict(&self, bans: &Side<'_>, meets: &Side<'_>) -> bool {
        let ordered = bans.case.orders.values().filter(|order| order.bans_contact).map(|order| Ban {
            binds: bans.persons(&order.against),
            protects: bans.persons(&order.protects),
            with_children: order.with_children,
            from: order.from,
            last: order.last,
        });
        let denied = bans.case.contact.iter().filter(|(_, contact)| !contact.allowed);
        let denied = denied.map(|((child, with), contact)| Ban {
            binds: bans.persons([with]),
            protects: bans.persons([child]),
            with_children: false,
            from: contact.from,
            last: contact.until,
        });
        let bans: Vec<Ban<'_>> = ordered.chain(denied).collect();
        meets.case.contact.iter().filter(|(_, contact)| contact.allowed).any(|((child, with), contact)| {
            let (child, with) = (meets.person(child), meets.person(with));
            bans.iter().any(|ban| {
                let over = |last: Option<Date>, day: Date| last.is_some_and(|last| last < day);
                let runs =
                    !over(ban.last, self.today) && !over(contact.until, self.today) && !over(contact.until, ban.from);
                // A child is handed over by the other parent: who may not meet that one cannot fetch it.
                let hands_over = |person: &&String| Some(*person) != with && meets.place(person) == Place::Parent;
                let concerns = ban.with_children
                    || child.is_some_and(|child| ban.protects.contains(child))
                    || ban.protects.iter().any(hands_over);
                runs && with.is_some_and(|with| ban.binds.contains(with)) && concerns
            })
        })
    }

    /// Where one parent of minors is charged with having killed the other.
    fn tells_of_a_killing(&self) -> bool {
        let is_parent = |person: &String| self.own.place(person) == Place::Parent;
        let killed = |charge: &Charge| {
            let suspect = self.parallel.person(&charge.suspect).filter(|person| is_parent(person));
            let victims = self.parallel.persons(&charge.victims);
            charge.articles == "Sr 287"
                && status(charge, self.parallel.case.final_on).is_some_and(|status| status.starts_with('S'))
                && suspect.is_some_and(|suspect| victims.iter().any(|one| *one != suspect && is_parent(one)))
        };
        self.own.is(&["family", "youth"])
            && self.parallel.is(&["criminal"])
            && !self.own.case.closed
            && !self.is_closed_to_the_other()
            && self.own.has_minors()
            && self.parallel.case.charges.values().any(killed)
    }
}

struct Ban<'a> {
    binds: BTreeSet<&'a String>,
    protects: BTreeSet<&'a String>,
    with_children: bool,
    from: Date,
    last: Option<Date>,
}

/// How far the law has come with a charge; nothing where it is told no more: dropped for want of evidence, or acquitted for good.
/// Who is acquitted while an appeal lies keeps a neutral line.
fn status(charge: &Charge, final_on: Option<Date>) -> Option<&'static str> {
    match (charge.verdict.as_deref(), final_on) {
        _ if charge.dismissed => None,
        (None, _) => Some("S30"),
        (Some("convicted"), None) => Some("S40"),
        (Some("convicted"), Some(_)) => Some("S50"),
        (Some("acquitted"), None) => Some("X40"),
        (Some("acquitted"), Some(_)) => None,
        (Some(other), _) => panic!("what is {other}?"),
    }
}

/// How suspect and victim stand to each other in the case of the family.
const fn relation(suspect: Place, victim: Place) -> &'static str {
    match (suspect, victim) {
        (Place::Parent, Place::Parent) => "R1",
        (Place::Parent | Place::Household, Place::Child) => "R2",
        _ => "R3",
    }
}

/// What the catalogue makes of the articles on that day.
fn hits(charge: &Charge) -> Vec<IndicatorHit> {
    let particulars = ChargeParticulars {
        articles: Article::parse_list(&charge.articles).expect("articles"),
        period: OffencePeriod::on(charge.from),
        tags: charge.tags.iter().map(|tag| Tag::parse(tag).expect("a tag")).collect(),
    };
    Catalogue::current().find(&particulars).hits
}
