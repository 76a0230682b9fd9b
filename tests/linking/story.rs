//! What courts tell of parties, and what stewards rule.

use std::collections::BTreeSet;

use caseload::draws::{Draws, Purpose};
use caseload::identifiers::Numbers;
use caseload::{Caseload, PartyRecord};
use domain::birth::BirthDate;
use domain::bsn::Bsn;
use domain::fact::linker::{FieldEvidence, Member, PairEvidence};
use domain::ids::{CaseId, Pair, PartyId};
use domain::name::{NameParts, PersonName};
use domain::party::{Address, PartyDetails, Sex};
use domain::personal::Personal;
use domain::role::Role;
use domain::skn::Skn;
use domain::v_number::VNumber;

/// Something that somebody says.
#[derive(Clone)]
pub enum Said {
    /// A court says something about a case.
    Told { case: CaseId, version: u64, corrects: Option<usize>, what: What },
    /// A steward rules, having seen some evidence perhaps, after something else that was said of the pair.
    Ruled { pair: Pair<PartyId>, same: bool, seen: Option<Box<PairEvidence>>, after: Option<usize> },
    /// A ruling is taken back, after the last that was said of the pair.
    Undone { pair: Pair<PartyId>, of: usize, after: usize },
}

/// What a court says.
#[derive(Clone)]
pub enum What {
    /// The case is registered.
    Registered,
    /// A party is added.
    Added { party: PartyId, roles: BTreeSet<Role>, details: Box<PartyDetails> },
    /// Who a party is by now.
    Details { party: PartyId, details: Box<PartyDetails> },
    /// A party has no role any more.
    RolesEnded { party: PartyId, roles: BTreeSet<Role> },
    /// A party was registered in error.
    Removed { party: PartyId },
    /// Something that was said before is taken back.
    Retracted { of: usize },
    /// The case goes on in another.
    Joined { into: CaseId },
    /// The case is withdrawn.
    Withdrawn,
    /// Two numbers of the criminal chain are one person's.
    Merged { going_on: Skn, ended: Skn },
}

/// Who somebody is said to be.
#[derive(Clone, Copy)]
pub struct Who {
    pub surname: &'static str,
    pub given: &'static str,
    pub birth: &'static str,
    /// Which of the test numbers, if any.
    pub bsn: Option<usize>,
    pub skn: Option<&'static str>,
}

impl Who {
    pub const NOBODY: Self = Self { surname: "", given: "", birth: "", bsn: None, skn: None };

    fn details(self) -> PartyDetails {
        let numbers = Numbers::new(1);
        let name = NameParts { surname: Some(self.surname), given_names: Some(self.given), ..NameParts::default() };
        PartyDetails {
            bsn: self.bsn.map(|bsn| Bsn::parse(numbers.bsn(0, bsn).unwrap()).unwrap()),
            skn: self.skn.map(|skn| Skn::parse(skn).unwrap()),
            name: PersonName::parse(&name).unwrap(),
            birth: BirthDate::parse(self.birth).unwrap(),
            ..PartyDetails::default()
        }
    }
}

/// All that is said.
#[derive(Clone, Default)]
pub struct Story {
    pub said: Vec<Said>,
    /// Who was erased after all was said.
    pub erased: BTreeSet<PartyId>,
}

impl Story {
    /// Some families of a caseload, with corrections, two deliveries of some, and a few rulings.
    pub fn of(seed: u64) -> Self {
        let mut numbers = Draws::new(seed, 0, Purpose::Whole);
        let records: Vec<PartyRecord> = Caseload::new(1_000 + seed)
            .families()
            .flat_map(|family| family.linkable().cloned().collect::<Vec<_>>())
            .take(6 + numbers.below(8))
            .collect();
        let mut story = Self::default();
        for record in &records {
            let wrong = &records[numbers.below(records.len())];
            match numbers.below(8) {
                // First told under somebody else's name or number.
                0 => {
                    story.party(record, wrong, 1, true);
                    story.party(record, record, 2, false);
                }
                // The same, and the mistake is corrected, or was one that nobody made.
                1 => {
                    story.party(record, wrong, 1, true);
                    story.party(record, record, 2, true);
                    story.corrects_the_one_before();
                    if numbers.below(2) == 0 {
                        story.takes_back_the_last(3);
                    }
                }
                _ => story.party(record, record, 1, true),
            }
            story.what_comes_of(record, &mut numbers);
        }
        for case in records.iter().map(|record| member(record).case).collect::<BTreeSet<_>>() {
            story.told(case, 0, What::Registered);
        }
        story.of_cases(&records, &mut numbers);
        story.is_ruled_on(&records, &mut numbers);
        story
    }

    pub(crate) fn last_said_of(&self, wanted: Pair<PartyId>) -> Option<usize> {
        self.said
            .iter()
            .rposition(|said| matches!(said, Said::Ruled { pair, .. } | Said::Undone { pair, .. } if *pair == wanted))
    }

    pub(crate) fn takes_back(&mut self, pair: Pair<PartyId>, of: usize) {
        let after = self.last_said_of(pair).expect("the ruling at least");
        self.said.push(Said::Undone { pair, of, after });
    }

    /// A steward takes the newest ruling back.
    pub fn takes_back_the_ruling(&mut self) {
        let newest = self.said.iter().enumerate().rev().find_map(|(number, said)| match said {
            Said::Ruled { pair, .. } => Some((*pair, number)),
            _ => None,
        });
        let (pair, of) = newest.expect("a ruling");
        self.takes_back(pair, of);
    }

    fn party(&mut self, record: &PartyRecord, as_of: &PartyRecord, version: u64, added: bool) {
        let roles = record.role.split('+').map(|role| Role::parse(role).unwrap()).collect();
        let details = Box::new(details(as_of));
        let Member { party, case } = member(record);
        let what = if added { What::Added { party, roles, details } } else { What::Details { party, details } };
        self.told(case, version, what);
    }

    fn told(&mut self, case: CaseId, version: u64, what: What) {
        self.said.push(Said::Told { case, version, corrects: None, what });
    }

    /// What was said last stands in the place of what was said before it.
    fn corrects_the_one_before(&mut self) {
        let before = self.said.len() - 2;
        if let Some(Said::Told { corrects, .. }) = self.said.last_mut() {
            *corrects = Some(before);
        }
    }

    fn takes_back_the_last(&mut self, version: u64) {
        let of = self.said.len() - 1;
        if let Some(Said::Told { case, .. }) = self.said.last() {
            self.told(*case, version, What::Retracted { of });
        }
    }

    /// A party leaves, or was never there, or comes back all the same.
    fn what_comes_of(&mut self, record: &PartyRecord, numbers: &mut Draws) {
        let Member { party, case } = member(record);
        match numbers.below(10) {
            0 => self.told(case, 4, What::Removed { party }),
            1 => {
                self.told(case, 4, What::Removed { party });
                self.takes_back_the_last(5);
            }
            2 => self.takes_back_the_last(4),
            3 => {
                let roles = record.role.split('+').map(|role| Role::parse(role).unwrap()).collect();
                self.told(case, 4, What::RolesEnded { party, roles });
            }
            _ => {}
        }
    }

    /// Cases are joined and withdrawn, and numbers of the criminal chain turn out to be one person's.
    fn of_cases(&mut self, records: &[PartyRecord], numbers: &mut Draws) {
        let known: Vec<Skn> = records.iter().filter_map(|record| Skn::parse(&record.skn).ok()).collect();
        let case = |numbers: &mut Draws| member(&records[numbers.below(records.len())]).case;
        for _ in 0..numbers.below(3) {
            let (from, into) = (case(numbers), case(numbers));
            self.told(from, 6, What::Joined { into });
            if numbers.below(3) == 0 {
                self.takes_back_the_last(7);
            }
        }
        if numbers.below(4) == 0 {
            self.told(case(numbers), 8, What::Withdrawn);
            if numbers.below(3) == 0 {
                self.takes_back_the_last(9);
            }
        }
        for _ in 0..numbers.below(3) {
            if known.len() > 1 {
                let (going_on, ended) =
                    (known[numbers.below(known.len())].clone(), known[numbers.below(known.len())].clone());
                self.told(case(numbers), 10, What::Merged { going_on, ended });
                if numbers.below(3) == 0 {
                    self.takes_back_the_last(11);
                }
            }
        }
    }

    /// A court says for the first time who stands in a case. Answers the record.
    pub fn says(&mut self, case: &str, who: Who) -> PartyId {
        let (party, details) = (PartyId::derived(&[case, "party"]), Box::new(who.details()));
        let roles = [Role::parse("suspect").unwrap()].into();
        let version = self.next_version();
        self.told(CaseId::derived(&[case]), version, What::Added { party, roles, details });
        party
    }

    /// A court says who stands in a case by now.
    pub fn says_now(&mut self, case: &str, who: Who) {
        let (party, details) = (PartyId::derived(&[case, "party"]), Box::new(who.details()));
        let version = self.next_version();
        self.told(CaseId::derived(&[case]), version, What::Details { party, details });
    }

    /// What a court said of a party earlier, which is told later.
    pub fn said_before(&mut self, case: &str, who: Who) {
        let (party, details) = (PartyId::derived(&[case, "party"]), Box::new(who.details()));
        self.told(CaseId::derived(&[case]), 1, What::Details { party, details });
    }

    /// What was said last is taken back.
    pub fn takes_back_the_last_word(&mut self) {
        let version = self.next_version();
        self.takes_back_the_last(version);
    }

    /// A case is withdrawn.
    pub fn withdraws(&mut self, case: &str) {
        let version = self.next_version();
        self.told(CaseId::derived(&[case]), version, What::Withdrawn);
    }

    /// A court removes a record.
    pub fn removes(&mut self, case: &str, party: PartyId) {
        let version = self.next_version();
        self.told(CaseId::derived(&[case]), version, What::Removed { party });
    }

    /// Two numbers of the criminal chain are one person's.
    pub fn merges(&mut self, case: &str, ended: &str, going_on: &str) {
        let (ended, going_on) = (Skn::parse(ended).unwrap(), Skn::parse(going_on).unwrap());
        let version = self.next_version();
        self.told(CaseId::derived(&[case]), version, What::Merged { going_on, ended });
    }

    /// A steward rules.
    pub fn rules(&mut self, a: PartyId, b: PartyId, same: bool) {
        let pair = Pair::of(a, b);
        self.said.push(Said::Ruled { pair, same, seen: None, after: self.last_said_of(pair) });
    }

    fn next_version(&self) -> u64 {
        1 + u64::try_from(self.said.len()).unwrap()
    }

    /// One party in four.
    pub fn some_parties(&self, seed: u64) -> BTreeSet<PartyId> {
        let mut numbers = Draws::new(seed, 2, Purpose::Whole);
        let added = self.said.iter().filter_map(|said| match said {
            Said::Told { what: What::Added { party, .. }, .. } => Some(*party),
            _ => None,
        });
        added.filter(|_| numbers.below(4) == 0).collect()
    }

    /// Two records of one person who lives at a door, known by initials and with no number, and others of so many surnames in all.
    pub fn of_a_door(surnames: usize) -> Self {
        let mut story = Self::default();
        story.lives("Eerste", "Anna", "a", 1, true);
        story.lives("Eerste", "Anna", "b", 1, true);
        for other in ["Tweede", "Derde", "Vierde", "Vijfde"].iter().take(surnames - 1) {
            story.lives(other, "Bas", "c", 1, true);
        }
        story
    }

    pub fn is_known_elsewhere(&mut self, surname: &str, given: &str) {
        self.lives(surname, given, "z", 1, false);
    }

    pub fn comes_to_live(&mut self, surname: &str) {
        self.lives(surname, "Bas", "c", 1, true);
    }

    pub fn moves_away(&mut self, surname: &str) {
        self.lives(surname, "Bas", "c", 2, false);
    }

    /// A court says again who somebody is, and leaves the address out.
    pub fn has_no_address(&mut self, surname: &str, given: &str, case: &str) {
        self.lives(surname, given, case, 2, true);
        if let Some(Said::Told { what: What::Details { details, .. }, .. }) = self.said.last_mut() {
            details.address = None;
        }
    }

    /// A court says for the first time who stands in a case and where they live: at the door or elsewhere. Answers the record.
    pub fn says_who_lives(&mut self, case: &str, surname: &str, given: &str, there: bool) -> PartyId {
        self.lives(surname, given, case, 1, there);
        PartyId::derived(&[&format!("{case}-{surname}"), surname])
    }

    fn lives(&mut self, surname: &str, given: &str, case: &str, version: u64, there: bool) {
        let number = if there { "12" } else { "99" };
        let name = NameParts { surname: Some(surname), given_names: Some(given), ..NameParts::default() };
        let address = Address {
            street: Some("Verzonnenlaan".to_owned()),
            house_number: Some(number.to_owned()),
            postcode: Some("3099 ZZ".to_owned()),
            town: Some("Denkbeeldstad".to_owned()),
            country: None,
        };
        let details = PartyDetails {
            name: PersonName::parse(&name).unwrap(),
            birth: BirthDate::parse("1990").unwrap(),
            address: Some(Personal::new(address)),
            ..PartyDetails::default()
        };
        let case = format!("{case}-{surname}");
        let (party, details) = (PartyId::derived(&[&case, surname]), Box::new(details));
        let roles = [Role::parse("minor").unwrap()].into();
        let what = if version == 1 { What::Added { party, roles, details } } else { What::Details { party, details } };
        self.told(CaseId::derived(&[&case]), version, what);
    }
}

/// What a steward saw once: levels that weigh something.
pub fn evidence(pair: Pair<PartyId>, level: usize) -> PairEvidence {
    let millibits = [-20_000, 0, 20_000][level];
    let field = FieldEvidence {
        field: "birth-date".to_owned(),
        level: "equal".to_owned(),
        detail: None,
        millibits: Some(millibits),
    };
    PairEvidence { pair, rule: "possible".to_owned(), fields: vec![field], ruling: None, millibits: None }
}

pub fn member(record: &PartyRecord) -> Member {
    Member { party: PartyId::derived(&[&record.record_id]), case: CaseId::derived(&[&record.case_id]) }
}

/// What a court would have registered: a value that is none is left out.
fn details(record: &PartyRecord) -> PartyDetails {
    let some = |text: &str| (!text.trim().is_empty()).then(|| text.to_owned());
    let text = |text: &str| some(text).map(Personal::new);
    let parts = NameParts {
        surname: Some(&record.surname),
        prefix: Some(&record.prefix),
        partner_surname: Some(&record.partner_surname),
        partner_prefix: Some(&record.partner_prefix),
        given_names: Some(&record.given_names),
        initials: Some(&record.initials),
    };
    let address = Address {
        street: some(&record.street),
        house_number: some(&record.house_number),
        postcode: some(&record.postcode),
        town: some(&record.town),
        country: None,
    };
    PartyDetails {
        bsn: Bsn::parse(&record.bsn).ok(),
        skn: Skn::parse(&record.skn).ok(),
        v_number: VNumber::parse(&record.v_number).ok(),
        name: PersonName::parse(&parts).unwrap_or_default(),
        birth: BirthDate::parse(&record.birth_date).ok().flatten(),
        birth_place: text(&record.birth_place),
        sex: Sex::from_code(record.sex),
        address: Some(Personal::new(address)),
        ..PartyDetails::default()
    }
}
