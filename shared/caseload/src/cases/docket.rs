//! How the cases of a family are drawn.

use domain::jurisdiction::Jurisdiction;
use jiff::civil::{Date, date};
use uuid::Uuid;

use super::{Case, Outcome, Party, Who};
use crate::draws::{Draws, Purpose, Rate};
use crate::people::{People, later};
use crate::places::{self, Address, Site};
use crate::rates::Side;

/// The last day of which a caseload tells.
const END: Date = date(2026, 8, 31);

const FAMILY: &[&str] = &[
    "divorce",
    "contact-arrangement",
    "contact-arrangement",
    "sole-custody",
    "custody-change",
    "relocation",
    "child-maintenance",
    "provisional-measures",
    "custody-dispute",
];
const YOUTH: &[&str] = &[
    "supervision-order",
    "supervision-order",
    "placement-in-care",
    "provisional-supervision-order",
    "custody-termination",
    "written-instruction",
];
const DOMESTIC: &[&[&str]] =
    &[&["Sr 300 lid 1", "Sr 304"], &["Sr 285"], &["Sr 285b"], &["Sr 302", "Sr 304"], &["Sr 284"], &["Sr 300 lid 1"]];
const OTHER: &[&[&str]] = &[&["Sr 310"], &["Sr 300 lid 1"], &["Sr 285"], &["Sr 311"], &["Sr 302"], &["Sr 350"]];

/// Makes the cases of one family.
pub(crate) struct Docket<'a> {
    draws: Draws,
    seed: u64,
    family: u64,
    people: &'a People,
    cases: Vec<Case>,
}

impl<'a> Docket<'a> {
    /// The cases of the family with this number.
    pub(crate) fn of(seed: u64, family: u64, people: &'a People) -> Vec<Case> {
        let draws = Draws::new(seed, family, Purpose::Cases);
        let mut docket = Self { draws, seed, family, people, cases: Vec::with_capacity(4) };
        if people.kin.children.is_empty() {
            docket.life_of_crime();
        } else {
            docket.family_life();
        }
        if let Some(double) = people.kin.double {
            let day = docket.day(0, 1_800);
            let other = docket.outsider();
            if docket.draws.below(2) == 0 {
                docket.criminal(day, double, &other, &[], false);
            } else if let Some(suspect) = other.first() {
                docket.criminal(day, *suspect, &[double], &[], false);
            }
        }
        docket.cases
    }

    /// A household without children: one of the two, or a single person, is a suspect again and again.
    fn life_of_crime(&mut self) {
        let kin = &self.people.kin;
        let Some(suspect) = kin.parents.last().copied() else { return };
        let partner = kin.parents.first().copied().filter(|partner| *partner != suspect);
        for number in 0..=self.draws.weighted(&[40, 24, 14, 9, 6, 4, 3]) {
            let from = i32::try_from(number).unwrap_or(0) * 260;
            let day = self.day(from, from + 400);
            if let Some(partner) = partner.filter(|_| self.draws.below(3) == 0) {
                self.criminal(day, suspect, &[partner], &[], true);
            } else {
                let victims = self.outsider();
                self.criminal(day, suspect, &victims, &[], false);
            }
        }
    }

    fn family_life(&mut self) {
        let violent = self.draws.below(100) < 32;
        if self.draws.below(100) < if violent { 88 } else { 74 } {
            for number in 0..=self.draws.weighted(&[52, 28, 13, 7]) {
                let from = i32::try_from(number).unwrap_or(0) * 380;
                let day = self.day(from, from + 300);
                self.family_case(day);
            }
        }
        if self.draws.below(100) < if violent { 34 } else { 24 } || self.cases.is_empty() {
            for number in 0..=self.draws.weighted(&[32, 30, 18, 12, 8]) {
                let from = 120 + i32::try_from(number).unwrap_or(0) * 350;
                let day = self.day(from, from + 120);
                self.youth_case(day);
            }
        }
        let kin = &self.people.kin;
        let (Some(mother), Some(father)) = (kin.parents.first().copied(), kin.parents.last().copied()) else { return };
        if violent {
            self.violence(mother, father);
        }
        if self.draws.below(100) < 9 {
            let day = self.day(-500, 1_500);
            let victims = self.outsider();
            self.criminal(day, father, &victims, &[], false);
        }
        if self.draws.below(100) < 4 {
            let day = self.day(-500, 1_500);
            if let Some(suspect) = self.outsider().first() {
                self.criminal(day, *suspect, &[mother], &[], false);
            }
        }
    }

    fn violence(&mut self, mother: usize, father: usize) {
        let step_parent = self.people.kin.step_parent;
        let (mut suspect, mut victim) = if self.draws.below(100) < 84 { (father, mother) } else { (mother, father) };
        if let Some(partner) = step_parent
            && self.draws.below(3) == 0
        {
            (suspect, victim) = (partner, mother);
        }
        for number in 0..=self.draws.weighted(&[58, 28, 14]) {
            let from = i32::try_from(number).unwrap_or(0) * 300 - 200;
            let day = self.day(from, from + 300);
            let children = self.minors(day);
            let witnesses = if self.draws.below(100) < 55 { &children[..] } else { &[] };
            // A lone parent is suspected of violence against the children.
            let victims = if suspect == victim { children.clone() } else { vec![victim] };
            let witnesses = if suspect == victim { &[] } else { witnesses };
            self.criminal(day, suspect, &victims, witnesses, true);
        }
        if suspect != victim && self.draws.below(100) < 24 {
            let day = self.day(-150, 200);
            self.huisverbod(day, suspect, victim);
        }
        if suspect != victim && self.draws.below(100) < 16 {
            let day = self.day(0, 700);
            self.ban(day, victim, suspect);
        }
    }

    fn family_case(&mut self, day: Date) {
        let kin = &self.people.kin;
        let (Some(first), last) = (kin.parents.first().copied(), kin.parents.last().copied()) else { return };
        let (petitioner, respondent) = match last {
            Some(last) if last != first && self.draws.below(100) < 40 => (last, Some(first)),
            Some(last) if last != first => (first, Some(last)),
            _ => (first, None),
        };
        let court = self.court_of(petitioner, day);
        let proceeding = self.draws.word(FAMILY);
        let mut parties = Parties::default();
        parties.add(Who::Person(petitioner), &["petitioner"], self.parent(petitioner), Side::FamilyAdult);
        parties.add(Who::Lawyer(self.draws.below(150)), &["lawyer"], None, Side::FamilyAdult);
        if let Some(respondent) = respondent {
            parties.add(Who::Person(respondent), &["respondent"], self.parent(respondent), Side::FamilyAdult);
            parties.add(Who::Lawyer(self.draws.below(150)), &["lawyer"], None, Side::FamilyAdult);
        }
        if self.draws.below(100) < 72 {
            for child in self.minors(day) {
                parties.add(Who::Person(child), &["minor"], Some("child"), Side::FamilyMinor);
            }
        }
        if let Some(grandparent) = kin.grandparent.filter(|_| self.draws.below(2) == 0) {
            parties.add(Who::Person(grandparent), &["grandparent"], Some("other"), Side::FamilyAdult);
        }
        if let Some(partner) = kin.step_parent.filter(|_| self.draws.below(4) == 0) {
            parties.add(Who::Person(partner), &["step-parent"], Some("partner"), Side::FamilyAdult);
        }
        if self.draws.below(100) < 8 {
            parties.add(Who::Institution(self.draws.below(12)), &["child-protection-board"], None, Side::FamilyAdult);
        }
        let number = self.civil_number(court, "FA RK", day);
        self.open(Jurisdiction::Family, court, proceeding, number, day, parties);
    }

    fn youth_case(&mut self, day: Date) {
        let mut children = self.minors(day);
        if children.len() > 1 && self.draws.below(100) < 45 {
            let only = self.draws.below(children.len());
            children = children.get(only).copied().into_iter().collect();
        }
        let Some(child) = children.first().copied() else { return };
        let court = self.court_of(child, day);
        let mut parties = Parties::default();
        let institution = Who::Institution(self.draws.below(12));
        let petitioner = if self.draws.below(2) == 0 { "child-protection-board" } else { "guardianship-institution" };
        parties.add(institution, &[petitioner], None, Side::YouthAdult);
        for child in children {
            parties.add(Who::Person(child), &["minor"], Some("child"), Side::YouthMinor);
        }
        let kin = &self.people.kin;
        for (number, parent) in kin.parents.iter().copied().enumerate() {
            let authority = number == 0 || self.draws.below(100) < 65;
            let role = if authority { "parent-with-authority" } else { "parent-without-authority" };
            parties.add(Who::Person(parent), &[role], self.parent(parent), Side::YouthAdult);
        }
        let proceeding = self.draws.word(YOUTH);
        if proceeding == "placement-in-care" && self.draws.below(100) < 55 {
            for foster in self.outsider() {
                parties.add(Who::Person(foster), &["foster-parent"], Some("other"), Side::YouthAdult);
            }
        }
        if let Some(partner) = kin.step_parent.filter(|_| self.draws.below(4) == 0) {
            parties.add(Who::Person(partner), &["step-parent"], Some("partner"), Side::YouthAdult);
        }
        let born = |child: &usize| self.people.persons.get(*child).is_some_and(|one| one.born < day);
        if let Some(child) = kin.step_child.filter(born).filter(|_| self.draws.below(3) == 0) {
            parties.add(Who::Person(child), &["interested-party"], Some("other"), Side::YouthMinor);
        }
        let number = self.civil_number(court, "JE RK", day);
        self.open(Jurisdiction::Youth, court, proceeding, number, day, parties);
    }

    fn criminal(&mut self, day: Date, suspect: usize, victims: &[usize], witnesses: &[usize], domestic: bool) {
        let near = self.draws.below(100) < if domestic { 88 } else { 65 };
        let court = if near { self.court_of(suspect, day) } else { places::court(self.draws.below(260)) };
        let mut parties = Parties::default();
        parties.add(
            Who::Person(suspect),
            &["suspect"],
            domestic.then(|| self.parent(suspect)).flatten(),
            Side::Suspect,
        );
        parties.add(Who::Lawyer(self.draws.below(150)), &["lawyer"], None, Side::Suspect);
        for victim in victims.iter().copied().filter(|victim| *victim != suspect) {
            let roles: &[&'static str] = match self.draws.below(10) {
                0..=2 => &["victim", "injured-party"],
                3 => &["victim", "complainant"],
                _ => &["victim"],
            };
            let minor = self.people.persons.get(victim).is_some_and(|person| person.age_on(day) < 18);
            let side = if minor { Side::CriminalMinor } else { Side::Victim };
            parties.add(Who::Person(victim), roles, domestic.then(|| self.parent(victim)).flatten(), side);
        }
        for child in witnesses.iter().copied() {
            parties.add(Who::Person(child), &["child-witness"], Some("child"), Side::CriminalMinor);
        }
        let list = if domestic { DOMESTIC } else { OTHER };
        let articles = self.draws.pick(list).copied().unwrap_or_default();
        let offence = later(day, -self.draws.between(20, 240));
        let digits = office(court);
        let number = format!("{digits:02}-{:06}-{:02}", self.draws.between(1, 399_999), day.year() % 100);
        let minor = self.people.persons.get(suspect).is_some_and(|person| person.age_on(offence) < 18);
        let proceeding = if minor { "youth-criminal" } else { "adult-criminal" };
        self.open(Jurisdiction::Criminal, court, proceeding, number, day, parties);
        let outcome =
            [Outcome::Convicted, Outcome::Acquitted, Outcome::Dismissed].get(self.draws.weighted(&[70, 12, 18]));
        let Some(case) = self.cases.last_mut() else { return };
        case.articles = articles;
        case.offence = offence;
        if let Some(outcome) = outcome.filter(|_| case.closed.is_some()) {
            case.outcome = *outcome;
        }
        // A system that keeps the roles up to date; most do not.
        let kept = self.draws.below(4) == 0;
        if let (Outcome::Convicted, true, Some(party)) = (case.outcome, kept, case.parties.first_mut()) {
            party.roles.push("convicted");
        }
    }

    fn huisverbod(&mut self, day: Date, removed: usize, resident: usize) {
        let court = self.court_of(resident, day);
        let mut parties = Parties::default();
        parties.add(Who::Person(removed), &["removed-person", "petitioner"], self.parent(removed), Side::Removed);
        parties.add(Who::Lawyer(self.draws.below(150)), &["lawyer"], None, Side::Removed);
        parties.add(Who::Person(resident), &["remaining-resident"], self.parent(resident), Side::Resident);
        for child in self.minors(day) {
            parties.add(Who::Person(child), &["involved-minor"], Some("child"), Side::HomeMinor);
        }
        let letters = places::listed(court).and_then(|court| court.letters().next()).unwrap_or("ROT");
        let number = format!("{letters} {:02}/{}", day.year() % 100, self.draws.between(1, 9_999));
        self.open(Jurisdiction::Huisverbod, court, "huisverbod-appeal", number, day, parties);
    }

    fn ban(&mut self, day: Date, plaintiff: usize, defendant: usize) {
        let court = self.court_of(defendant, day);
        let mut parties = Parties::default();
        parties.add(Who::Person(plaintiff), &["plaintiff"], self.parent(plaintiff), Side::BanParty);
        parties.add(Who::Lawyer(self.draws.below(150)), &["lawyer"], None, Side::BanParty);
        parties.add(Who::Person(defendant), &["defendant"], self.parent(defendant), Side::BanParty);
        let number = self.civil_number(court, "KG ZA", day);
        self.open(Jurisdiction::CivilBan, court, "civil-contact-ban", number, day, parties);
    }

    fn open(
        &mut self,
        jurisdiction: Jurisdiction,
        court: &'static str,
        proceeding: &'static str,
        number: String,
        day: Date,
        parties: Parties,
    ) {
        let name = format!("caseload/{}/{}/{}", self.seed, self.family, self.cases.len());
        let hearing = later(day, self.draws.between(21, 160));
        let closed = later(hearing, self.draws.between(14, 120));
        self.cases.push(Case {
            id: Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()),
            jurisdiction,
            court,
            proceeding,
            number,
            registered: day,
            parties: parties.0,
            articles: &[],
            offence: day,
            hearing,
            judge: format!("judge-{}-{}", court.to_ascii_lowercase(), self.draws.below(40)),
            closed: (closed <= END).then_some(closed),
            outcome: Outcome::Pending,
        });
    }

    /// A day so long after the parents parted, within what the caseload tells of.
    fn day(&mut self, from: i32, to: i32) -> Date {
        let day = later(self.people.parted, self.draws.between(from, to));
        if day > END { later(END, -self.draws.between(0, 200)) } else { day }
    }

    fn minors(&self, day: Date) -> Vec<usize> {
        let of_age =
            |child: &&usize| self.people.persons.get(**child).is_some_and(|one| one.born < day && one.age_on(day) < 18);
        self.people.kin.children.iter().filter(of_age).copied().collect()
    }

    fn outsider(&mut self) -> Vec<usize> {
        let outsiders = &self.people.kin.outsiders;
        let first = self.draws.below(outsiders.len());
        let how_many = if self.draws.chance(Rate::percent(20)) { 2 } else { 1 };
        outsiders.iter().copied().cycle().skip(first).take(how_many.min(outsiders.len())).collect()
    }

    fn parent(&self, person: usize) -> Option<&'static str> {
        let kin = &self.people.kin;
        let female = self.people.persons.get(person)?.female;
        if kin.children.contains(&person) {
            Some("child")
        } else if kin.step_parent == Some(person) {
            Some("partner")
        } else if !kin.parents.contains(&person) || kin.children.is_empty() {
            None
        } else {
            Some(if female { "mother" } else { "father" })
        }
    }

    /// The court of where somebody lives; a shelter's is not told by that: the file stays where the family lived.
    fn court_of(&self, person: usize, day: Date) -> &'static str {
        let homes = self.people.persons.get(person).map(|one| (one.home_on(day), one.home_before(day)));
        let (now, before) = homes.unwrap_or_default();
        let address = |home: Option<usize>| home.and_then(|home| self.people.addresses.get(home));
        let now = address(now).filter(|address| address.site == Site::Home).or(address(before));
        now.map_or("RBROT", Address::court)
    }

    fn civil_number(&mut self, court: &str, docket: &str, day: Date) -> String {
        let digits = office(court);
        let serial = self.draws.between(300_000, 799_999);
        format!("C/{digits:02}/{serial} / {docket} {:02}-{}", day.year() % 100, self.draws.between(1, 9_999))
    }
}

/// The two digits of a court in its case numbers.
fn office(court: &str) -> u8 {
    places::listed(court).and_then(|court| court.numbers().first().copied()).unwrap_or(10)
}

/// Parties as they are added, each with the next id.
#[derive(Default)]
struct Parties(Vec<Party>);

impl Parties {
    fn add(&mut self, who: Who, roles: &[&'static str], capacity: Option<&'static str>, side: Side) {
        // A lawyer may act for both; a person is one party only.
        if self.0.iter().any(|party| party.who == who) {
            return;
        }
        let id = format!("p{}", self.0.len() + 1);
        self.0.push(Party { id, who, roles: roles.to_vec(), capacity, side });
    }
}
