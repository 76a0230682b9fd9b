//! Names as they are written.

use domain::jurisdiction::Jurisdiction;
use domain::name::NameUse;

use super::Pen;
use crate::draws::Draws;
use crate::garble;
use crate::names::{Inheritance, Surname, feminine, masculine};
use crate::record::Slip;

/// Prefixes in short, and others of the kind.
const SHORT: &[(&str, &[&str])] = &[
    ("van den", &["v.d.", "vd", "v/d", "van der", "van de", "v. d."]),
    ("van der", &["v.d.", "vd", "v/d", "van den", "van de"]),
    ("van de", &["v.d.", "vd", "v/d", "van der", "van den"]),
    ("van", &["v.", "v", "von"]),
    ("van 't", &["v.'t", "van het", "van t"]),
    ("in 't", &["in het", "int"]),
    ("op den", &["o/d", "op de"]),
    ("de", &["d'", "De", "den"]),
    ("ten", &["Ten", "ter"]),
    ("ter", &["Ter", "ten"]),
    ("El", &["Al", "el", "L'"]),
    ("Al", &["El", "al", "Al-"]),
    ("Ben", &["Bin", "ben", "B."]),
    ("Ait", &["Aït", "ait"]),
    ("de la", &["De La", "dela"]),
];

/// What is typed where no name is known.
const FILLERS: &[&str] = &["N.N.", "Onbekend", "onbekend", "NN", "Baby", "."];

impl Pen<'_> {
    pub(super) fn name(&mut self) {
        if !self.draws.chance(self.carried.name) {
            if self.draws.below(3) == 0 {
                self.record.surname = self.draws.word(FILLERS).to_owned();
                self.record.full_name.clone_from(&self.record.surname);
            }
            return;
        }
        if self.slips(self.rates.name_placeholder, Slip::NamePlaceholder) {
            self.record.surname = self.draws.word(FILLERS).to_owned();
            self.record.full_name.clone_from(&self.record.surname);
            return;
        }
        let mut given = self.given_names();
        self.surname();
        if self.person.surname.core.is_empty() {
            self.mononym(&mut given);
        }
        self.prefix();
        self.spelling(&mut given);
        self.order(&mut given);
        self.initials(&given);
        self.full_name(&given);
    }

    /// The given names that the source has, of which it may keep the initials alone.
    fn given_names(&mut self) -> String {
        let all = &self.person.given;
        let first = all.first().copied().unwrap_or_default();
        let everyday = self.draws.chance(self.carried.call_name) || self.slips(self.rates.call_name, Slip::CallName);
        if everyday {
            return self.person.call_name.unwrap_or(first).to_owned();
        }
        if all.len() < 2 || !self.draws.chance(self.carried.every_given_name) {
            return first.to_owned();
        }
        if self.slips(self.rates.second_names_dropped, Slip::SecondNamesDropped) {
            return first.to_owned();
        }
        let mut names = all.clone();
        if self.slips(self.rates.names_reordered, Slip::NamesReordered) {
            names.rotate_left(1);
        }
        names.join(" ")
    }

    fn surname(&mut self) {
        let own = self.person.surname.clone();
        let own = self.own_form(own);
        self.record.prefix.clone_from(&own.prefix);
        self.record.surname.clone_from(&own.core);
        let Some((name_use, partner)) = &self.person.partner else { return };
        if *name_use == NameUse::Own || own.core.is_empty() {
            return;
        }
        if self.slips(self.rates.partner_surname, Slip::PartnerSurname) {
            self.record.prefix.clone_from(&partner.prefix);
            self.record.surname.clone_from(&partner.core);
            return;
        }
        if self.draws.chance(self.carried.own_surname) {
            if self.draws.below(100) < 55 {
                self.record.partner_prefix.clone_from(&partner.prefix);
                self.record.partner_surname.clone_from(&partner.core);
            }
            return;
        }
        let (first, last) = match name_use {
            NameUse::PartnerLast => (&own, partner),
            _ => (partner, &own),
        };
        self.record.prefix.clone_from(&first.prefix);
        self.record.surname =
            if *name_use == NameUse::Partner { first.core.clone() } else { format!("{}-{}", first.core, last.whole()) };
    }

    /// The own surname in another form of the kinds that are usual where it comes from.
    fn own_form(&mut self, mut own: Surname) -> Surname {
        let customs = self.person.origin.customs();
        match customs.inheritance {
            Inheritance::Double => {
                if let Some((one, other)) = own.core.split_once(' ')
                    && self.slips(self.rates.double_surname_split, Slip::DoubleSurnameSplit)
                {
                    own.core = match self.draws.below(3) {
                        0 => one.to_owned(),
                        1 => format!("{other} {one}"),
                        _ => format!("{one}-{other}"),
                    };
                }
            }
            Inheritance::Gendered => {
                let other = if self.person.female { masculine(&own.core) } else { feminine(&own.core) };
                if other != own.core && self.slips(self.rates.gendered_form, Slip::GenderedForm) {
                    own.core = other;
                }
            }
            Inheritance::Patronymic => {
                if let Some((father, grandfather)) = own.core.split_once(' ')
                    && self.slips(self.rates.patronymic_part, Slip::PatronymicPart)
                {
                    own.core = if self.draws.below(2) == 0 { father.to_owned() } else { grandfather.to_owned() };
                }
            }
            Inheritance::Surname => {}
        }
        own
    }

    /// One name only: each register finds another place for it.
    fn mononym(&mut self, given: &mut String) {
        if self.draws.below(2) == 0 {
            self.record.surname = std::mem::take(given);
        } else {
            self.record.surname = self.draws.word(&[".", "", "-"]).to_owned();
        }
    }

    fn prefix(&mut self) {
        if self.record.prefix.is_empty() || self.record.surname.is_empty() {
            return;
        }
        if self.slips(self.rates.prefix_lost, Slip::PrefixLost) {
            self.record.prefix.clear();
        } else if self.slips(self.rates.prefix_glued, Slip::PrefixGlued) {
            let (prefix, core) = (std::mem::take(&mut self.record.prefix), &self.record.surname);
            self.record.surname = if self.draws.below(2) == 0 {
                format!("{prefix} {core}")
            } else {
                let glued: String =
                    prefix.chars().filter(|letter| *letter != ' ').chain(core.to_lowercase().chars()).collect();
                capitalised(&glued)
            };
        } else if let Some((_, others)) = SHORT.iter().find(|(prefix, _)| *prefix == self.record.prefix)
            && self.slips(self.rates.prefix_abbreviated, Slip::PrefixAbbreviated)
        {
            self.record.prefix = self.draws.word(others).to_owned();
        }
    }

    fn spelling(&mut self, given: &mut String) {
        let customs = self.person.origin.customs();
        let rates = self.rates;
        let half = |rate: crate::draws::Rate| rate.tenths(5);
        let mut surname = std::mem::take(&mut self.record.surname);
        let own = |draws: &mut Draws, text: &str| garble::respell(draws, text, customs.spellings);
        if self.person.origin != crate::names::Origin::Dutch {
            self.garbled(&mut surname, rates.transliteration, Slip::Transliteration, own);
            self.garbled(given, rates.transliteration, Slip::Transliteration, own);
        }
        self.garbled(&mut surname, rates.respelling, Slip::Respelling, own);
        self.garbled(given, half(rates.respelling), Slip::Respelling, own);
        if !(surname.is_ascii() && given.is_ascii()) && self.slips(rates.diacritics_lost, Slip::DiacriticsLost) {
            if let Some(bare) = garble::bare(&surname) {
                surname = bare;
            }
            if let Some(bare) = garble::bare(given) {
                *given = bare;
            }
        }
        self.garbled(&mut surname, rates.typo, Slip::Typo, garble::typo);
        self.garbled(given, half(rates.typo), Slip::Typo, garble::typo);
        self.garbled(&mut surname, rates.scan, Slip::Scan, garble::scan);
        self.record.surname = surname;
    }

    /// Given names and surname exchanged.
    fn order(&mut self, given: &mut String) {
        let customs = self.person.origin.customs();
        let foreign = customs.surname_first || customs.inheritance == Inheritance::Patronymic;
        let rate = if foreign { self.rates.names_swapped.tenths(100) } else { self.rates.names_swapped };
        if !given.is_empty() && !self.record.surname.is_empty() && self.slips(rate, Slip::NamesSwapped) {
            std::mem::swap(given, &mut self.record.surname);
        }
    }

    fn initials(&mut self, given: &str) {
        let only =
            !self.draws.chance(self.carried.given_names) || self.slips(self.rates.initials_only, Slip::InitialsOnly);
        let style = self.draws.below(6);
        if only && !given.is_empty() {
            self.record.initials = initials(given, style);
        } else {
            given.clone_into(&mut self.record.given_names);
            if self.draws.chance(self.carried.initials) {
                self.record.initials = initials(given, style);
            }
        }
    }

    fn full_name(&mut self, given: &str) {
        let record = &self.record;
        let mut surname = joined(&[&record.prefix, &record.surname]);
        if !record.partner_surname.is_empty() {
            surname = format!("{}-{surname}", joined(&[&record.partner_prefix, &record.partner_surname]));
        }
        let called = if record.given_names.is_empty() { &record.initials } else { &record.given_names };
        self.record.full_name = match (self.case.jurisdiction, self.draws.below(3)) {
            (Jurisdiction::Family | Jurisdiction::Youth, _) | (Jurisdiction::CivilBan, 0) => {
                joined(&[called, &surname])
            }
            (Jurisdiction::Criminal, 0) => joined(&[called, &surname.to_uppercase()]),
            (Jurisdiction::Criminal, _) => {
                let last = joined(&[&record.surname.to_uppercase(), &record.prefix]);
                listed(&last, called)
            }
            (Jurisdiction::Huisverbod, _) => {
                let called = joined(&[called, &record.prefix]);
                listed(&record.surname, &called)
            }
            (Jurisdiction::CivilBan, _) => joined(&[&initials(given, 0), &surname]),
        };
    }
}

/// `Berg, J. van den`
fn listed(surname: &str, rest: &str) -> String {
    if rest.is_empty() || surname.is_empty() { joined(&[surname, rest]) } else { format!("{surname}, {rest}") }
}

fn joined(parts: &[&str]) -> String {
    let mut text = String::with_capacity(parts.iter().map(|part| part.len() + 1).sum());
    for part in parts.iter().filter(|part| !part.is_empty()) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(part);
    }
    text
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// Initials of given names, in one of the ways they are written: `J.P.`, `JP`, `J. P.`, and with `Th.`, `IJ.` or `Chr.`
/// whole.
pub(crate) fn initials(given: &str, style: usize) -> String {
    let mut text = String::new();
    for name in given.split([' ', '-']).filter(|name| !name.is_empty()) {
        let whole = style == 1 || style == 2;
        let start = match ["IJ", "Chr", "Th"].into_iter().find(|start| whole && name.starts_with(start)) {
            Some(start) => start.to_owned(),
            None => name.chars().next().into_iter().flat_map(char::to_uppercase).collect(),
        };
        if style == 4 && !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&start);
        if style != 3 {
            text.push('.');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_written_in_several_ways() {
        for (given, style, written) in [
            ("Johannes Pieter", 0, "J.P."),
            ("Johannes Pieter", 3, "JP"),
            ("Johannes Pieter", 4, "J. P."),
            ("IJsbrand Theo", 1, "IJ.Th."),
            ("IJsbrand Theo", 0, "I.T."),
            ("Anne-Fleur", 0, "A.F."),
            ("", 0, ""),
        ] {
            assert_eq!(initials(given, style), written);
        }
    }

    #[test]
    fn a_name_in_one_text() {
        assert_eq!(listed("BERG van den", "Jan"), "BERG van den, Jan");
        assert_eq!(listed("Obbadah", ""), "Obbadah");
        assert_eq!(joined(&["", "Jan", "", "Bos"]), "Jan Bos");
    }
}
