//! How the people of a family are drawn.

use domain::name::NameUse;
use jiff::civil::{Date, date};

use super::{Kin, People, Person, later};
use crate::draws::{Draws, Purpose, Rate};
use crate::identifiers::Numbers;
use crate::names::{CALL_NAMES, Customs, Inheritance, Origin, Surname, feminine, masculine};
use crate::places::{Address, Site};
use crate::shares::Shares;

/// Makes the people of one family.
pub(crate) struct Maker<'a> {
    draws: Draws,
    numbers: &'a Numbers,
    shares: &'a Shares,
    family: u64,
    people: People,
}

/// What is settled about somebody before the rest is drawn.
struct Wanted {
    origin: Origin,
    female: bool,
    born: Date,
    surname: Option<Surname>,
}

impl<'a> Maker<'a> {
    /// Makes the people of the family with this number.
    pub(crate) fn make(seed: u64, family: u64, numbers: &'a Numbers, shares: &'a Shares) -> People {
        let draws = Draws::new(seed, family, Purpose::People);
        let people = People {
            persons: Vec::with_capacity(8),
            kin: Kin::default(),
            addresses: Vec::with_capacity(6),
            parted: date(2021, 1, 1),
        };
        let mut maker = Self { draws, numbers, shares, family, people };
        maker.people.parted = later(date(2018, 6, 1), maker.draws.between(0, 2_400));
        maker.household();
        maker.outsiders();
        maker.people
    }

    fn household(&mut self) {
        let parted = self.people.parted;
        let origin = self.shares.origin(&mut self.draws);
        let other = if self.draws.chance(self.shares.mixed) { self.shares.origin(&mut self.draws) } else { origin };
        let first_home = Address::anywhere(&mut self.draws);
        let home = self.address(first_home);
        let same_sex = self.draws.chance(self.shares.same_sex);
        let first_female = !same_sex || self.draws.below(2) == 0;
        let first_born = self.adult_birth();
        let mother =
            self.person(&Wanted { origin: other, female: first_female, born: first_born, surname: None }, home);
        self.people.kin.parents.push(mother);
        if !self.draws.chance(self.shares.single) {
            let born = later(first_born, self.draws.between(-3_500, 700));
            let female = if same_sex { first_female } else { false };
            let father = self.person(&Wanted { origin, female, born, surname: None }, home);
            self.people.kin.parents.push(father);
            self.marry(mother, father);
            let away = self.nearby(home);
            let since = later(parted, self.draws.between(0, 90));
            self.moves(father, since, away);
        }
        if self.draws.chance(self.shares.childless) {
            return;
        }
        self.children(mother, home);
        self.later_life(mother, home);
        self.fathers_name();
        self.grandparent();
    }

    /// The later homes of the first parent, and of the children with her: a shelter, another dwelling.
    fn later_life(&mut self, mother: usize, home: usize) {
        let parted = self.people.parted;
        let children = self.people.kin.children.clone();
        if self.draws.chance(self.shares.shelter) {
            let shelter = Address::shared(&mut self.draws, Site::Shelter);
            let shelter = self.address(shelter);
            let since = later(parted, self.draws.between(0, 60));
            for one in children.iter().copied().chain([mother]) {
                self.moves(one, since, shelter);
                self.hide(one);
            }
        } else if self.draws.chance(self.shares.hidden) {
            self.hide(mother);
        }
        if self.draws.chance(Rate::percent(60)) {
            let next = self.nearby(home);
            let since = later(parted, self.draws.between(150, 900));
            for one in children.iter().copied().chain([mother]) {
                self.moves(one, since, next);
            }
            if self.draws.chance(self.shares.patchwork) {
                let born = later(date(1985, 1, 1), self.draws.between(-6_000, 4_500));
                let origin = self.shares.origin(&mut self.draws);
                let partner = self.person(&Wanted { origin, female: false, born, surname: None }, next);
                self.people.kin.step_parent = Some(partner);
                if self.draws.below(2) == 0 {
                    let child = Wanted {
                        origin,
                        female: self.draws.below(2) == 0,
                        born: self.child_birth(partner),
                        surname: self.surname_of(partner),
                    };
                    self.people.kin.step_child = Some(self.person(&child, next));
                }
            }
        }
        for one in children {
            if self.draws.chance(self.shares.placed) {
                let institution = Address::shared(&mut self.draws, Site::Institution);
                let institution = self.address(institution);
                let since = later(parted, self.draws.between(200, 1_200));
                self.moves(one, since, institution);
            }
        }
    }

    fn children(&mut self, mother: usize, home: usize) {
        let how_many = 1 + self.draws.weighted(&[38, 40, 16, 6]);
        let mut born = self.child_birth(mother);
        let mut before: Option<usize> = None;
        for _ in 0..how_many {
            let twin = before.filter(|_| self.draws.chance(self.shares.twins));
            let female = match twin.and_then(|other| self.people.persons.get(other)) {
                // Two of three pairs of twins are of one sex.
                Some(other) if self.draws.below(3) > 0 => other.female,
                _ => self.draws.below(2) == 0,
            };
            if twin.is_none() && before.is_some() {
                born = later(born, self.draws.between(400, 1_500));
            }
            let wanted = Wanted {
                origin: self
                    .people
                    .persons
                    .get(*self.people.kin.parents.last().unwrap_or(&mother))
                    .map_or(Origin::Dutch, |one| one.origin),
                female,
                born,
                surname: self.inherited(female),
            };
            let child = self.person(&wanted, home);
            if let Some(other) = twin {
                self.make_twins(other, child);
            }
            self.people.kin.children.push(child);
            before = Some(child);
        }
    }

    /// The surname that a child of the parents gets.
    fn inherited(&mut self, female: bool) -> Option<Surname> {
        let parents = &self.people.kin.parents;
        let mother = parents.first().and_then(|one| self.people.persons.get(*one))?;
        let father = parents.last().and_then(|one| self.people.persons.get(*one))?;
        let giver = if self.draws.chance(Rate::percent(85)) { father } else { mother };
        match giver.origin.customs().inheritance {
            Inheritance::Surname | Inheritance::Gendered if giver.surname.core.is_empty() => None,
            Inheritance::Gendered if female => {
                Some(Surname { prefix: String::new(), core: feminine(&giver.surname.core) })
            }
            Inheritance::Gendered => Some(Surname { prefix: String::new(), core: masculine(&giver.surname.core) }),
            Inheritance::Double if parents.len() > 1 && self.draws.chance(Rate::percent(30)) => {
                let first = |surname: &Surname| surname.core.split(' ').next().unwrap_or_default().to_owned();
                let core = format!("{} {}", first(&father.surname), first(&mother.surname));
                Some(Surname { prefix: father.surname.prefix.clone(), core })
            }
            Inheritance::Surname | Inheritance::Double => Some(giver.surname.clone()),
            Inheritance::Patronymic => {
                let own = father.given.first()?;
                let grandfather = father.surname.core.split(' ').next().unwrap_or_default();
                Some(Surname::plain(format!("{own} {grandfather}").trim()))
            }
        }
    }

    fn make_twins(&mut self, one: usize, other: usize) {
        let Some(first) = self.people.persons.get_mut(one) else { return };
        first.twin = true;
        let (name, sibling, surname) =
            (first.given.first().copied().unwrap_or_default(), first.female, first.surname.clone());
        let (born, birth_place) = (first.born, first.birth_place);
        let Some(second) = self.people.persons.get_mut(other) else { return };
        second.twin = true;
        second.born = born;
        second.birth_place = birth_place;
        if sibling == second.female {
            second.surname = surname;
        }
        let customs = second.origin.customs();
        let (female, born) = (second.female, second.born.year());
        if self.draws.chance(self.shares.alike_twins)
            && let Some(own) = second.given.first_mut()
        {
            *own = customs.draw_alike(&mut self.draws, female, born, name);
        }
        // Twins have names of their own; one that was drawn twice gives way.
        let twin = second.given.first().copied().unwrap_or_default();
        if twin == name
            && let Some(own) = second.given.first_mut()
        {
            *own = customs.draw_alike(&mut self.draws, female, born, name);
        }
    }

    /// A son who is called after his father.
    fn fathers_name(&mut self) {
        let Some(father) = self.people.kin.parents.get(1).copied() else { return };
        let sons: Vec<usize> = self
            .people
            .kin
            .children
            .iter()
            .copied()
            .filter(|one| self.people.persons.get(*one).is_some_and(|one| !one.female && !one.twin))
            .collect();
        if !self.draws.chance(self.shares.father_and_son) {
            return;
        }
        if let Some(son) = self.draws.pick(&sons).copied() {
            self.name_after(father, son);
        }
    }

    fn name_after(&mut self, one: usize, other: usize) {
        let Some(first) = self.people.persons.get_mut(one) else { return };
        first.namesake = true;
        let (given, call_name, surname) = (first.given.clone(), first.call_name, first.surname.clone());
        let Some(second) = self.people.persons.get_mut(other) else { return };
        second.namesake = true;
        second.given = given;
        second.call_name = call_name;
        second.surname = surname;
    }

    fn grandparent(&mut self) {
        if !self.draws.chance(self.shares.grandparents) {
            return;
        }
        let Some(parent) = self.people.kin.parents.last().and_then(|one| self.people.persons.get(*one)).cloned() else {
            return;
        };
        let home = self.nearby(0);
        let wanted = Wanted {
            origin: parent.origin,
            female: self.draws.below(5) < 3,
            born: later(parent.born, -self.draws.between(7_000, 11_500)),
            surname: Some(parent.surname.clone()),
        };
        let grandparent = self.person(&wanted, home);
        self.people.kin.grandparent = Some(grandparent);
        let same_sex = self.people.persons.get(grandparent).is_some_and(|one| one.female == parent.female);
        if same_sex && self.draws.chance(self.shares.father_and_son) {
            self.name_after(parent.place, grandparent);
        }
    }

    /// Victims, co-suspects and foster parents: not of the family.
    fn outsiders(&mut self) {
        for _ in 0..2 + self.draws.below(3) {
            let origin = self.shares.origin(&mut self.draws);
            let home = Address::anywhere(&mut self.draws);
            let home = self.address(home);
            let wanted = Wanted { origin, female: self.draws.below(2) == 0, born: self.adult_birth(), surname: None };
            let outsider = self.person(&wanted, home);
            self.people.kin.outsiders.push(outsider);
        }
        if self.draws.chance(self.shares.doubles)
            && let Some(one) = self.people.kin.parents.last().and_then(|one| self.people.persons.get(*one)).cloned()
        {
            let home = Address::anywhere(&mut self.draws);
            let home = self.address(home);
            let wanted = Wanted { origin: one.origin, female: one.female, born: one.born, surname: None };
            let double = self.person(&wanted, home);
            self.name_after(one.place, double);
            self.people.kin.double = Some(double);
        }
    }

    fn person(&mut self, wanted: &Wanted, home: usize) -> usize {
        let place = self.people.persons.len();
        let Wanted { origin, female, .. } = *wanted;
        // Whoever comes from a country without a register has the first of January or of July in ours.
        let adult = wanted.born.year() < 2000;
        let unregistered = matches!(origin, Origin::Horn | Origin::Arabic | Origin::Moroccan) && adult;
        let born = if unregistered && self.draws.chance(self.shares.first_of_january) {
            date(wanted.born.year(), if self.draws.below(5) == 0 { 7 } else { 1 }, 1)
        } else {
            wanted.born
        };
        let customs: &Customs = origin.customs();
        let given = customs.draw_given(&mut self.draws, female, born.year());
        let drawn = customs.draw_surname(&mut self.draws);
        let mut surname = wanted.surname.clone().unwrap_or_else(|| match customs.inheritance {
            Inheritance::Gendered if female => Surname { prefix: drawn.prefix.clone(), core: feminine(&drawn.core) },
            _ => drawn.clone(),
        });
        if customs.is_mononym(&mut self.draws) {
            surname = Surname::default();
        }
        let call_name = given
            .first()
            .and_then(|name| CALL_NAMES.iter().find(|(formal, _)| formal == name))
            .and_then(|(_, everyday)| self.draws.pick(everyday).copied());
        let foreign = origin != Origin::Dutch && self.draws.chance(self.shares.foreign);
        let numbers = self.numbers;
        let second_skn = self.draws.chance(self.shares.second_skn).then(|| numbers.skn(self.family, place, true));
        let native = self.draws.below(10) < if born.year() >= 1990 && !foreign { 7 } else { 2 };
        let places = if native { Origin::Dutch.customs().places } else { customs.places };
        self.people.persons.push(Person {
            id: format!("f{}-{place}", self.family),
            place,
            origin,
            given,
            call_name,
            surname,
            partner: None,
            female,
            born,
            birth_place: places.get(self.draws.zipf(places.len(), 3)).copied().unwrap_or_default(),
            bsn: numbers.bsn(self.family, place).map(str::to_owned),
            skn: numbers.skn(self.family, place, false),
            second_skn,
            v_number: foreign.then(|| numbers.v_number(self.family, place)),
            homes: vec![(date(2000, 1, 1), home)],
            hidden: false,
            twin: false,
            namesake: false,
        });
        place
    }

    fn marry(&mut self, mother: usize, father: usize) {
        let (Some(wife), Some(husband)) = (self.people.persons.get(mother), self.people.persons.get(father)) else {
            return;
        };
        if !self.draws.chance(self.shares.married) || husband.surname.core.is_empty() {
            return;
        }
        let customs = wife.origin.customs();
        let surname = match husband.origin.customs().inheritance {
            Inheritance::Gendered if wife.female => Surname::plain(&feminine(&husband.surname.core)),
            Inheritance::Patronymic => return,
            _ => husband.surname.clone(),
        };
        let name_use = if self.draws.chance(customs.takes_partner_name) {
            [NameUse::Partner, NameUse::PartnerFirst, NameUse::PartnerLast]
                .get(self.draws.weighted(&[35, 55, 10]))
                .copied()
        } else {
            Some(NameUse::Own)
        };
        if let (Some(wife), Some(name_use)) = (self.people.persons.get_mut(mother), name_use) {
            wife.partner = Some((name_use, surname));
        }
    }

    fn adult_birth(&mut self) -> Date {
        // Most parents in proceedings are between 25 and 50 in 2022; few older.
        let days = self.draws.between(0, 5_000) + self.draws.between(0, 5_000);
        later(date(1972, 3, 1), days)
    }

    /// The birth of a parent's first child: between its nineteenth and its thirty-seventh year.
    fn child_birth(&mut self, parent: usize) -> Date {
        let years = self.draws.between(6_900, 10_500) + self.draws.between(0, 3_000);
        self.people
            .persons
            .get(parent)
            .map_or(date(2012, 5, 5), |parent| later(parent.born, years))
            .min(date(2023, 11, 5))
    }

    fn address(&mut self, address: Address) -> usize {
        self.people.addresses.push(address);
        self.people.addresses.len() - 1
    }

    fn nearby(&mut self, home: usize) -> usize {
        let next = match self.people.addresses.get(home) {
            Some(address) => address.nearby(&mut self.draws),
            None => Address::anywhere(&mut self.draws),
        };
        self.address(next)
    }

    fn moves(&mut self, who: usize, since: Date, home: usize) {
        if let Some(person) = self.people.persons.get_mut(who) {
            person.homes.push((since, home));
            person.homes.sort();
        }
    }

    fn hide(&mut self, who: usize) {
        if let Some(person) = self.people.persons.get_mut(who) {
            person.hidden = true;
        }
    }

    fn surname_of(&self, who: usize) -> Option<Surname> {
        self.people.persons.get(who).map(|person| person.surname.clone()).filter(|surname| !surname.core.is_empty())
    }
}
