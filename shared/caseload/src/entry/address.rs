//! Addresses as they are written.

use super::Pen;
use crate::garble;
use crate::places::{Address, Site};
use crate::rates::Side;
use crate::record::Slip;

impl Pen<'_> {
    pub(super) fn address(&mut self, side: Side) {
        if self.person.hidden {
            self.record.hidden_address = true;
            return;
        }
        if !self.draws.chance(self.carried.address) || self.slips(self.rates.address_missing, Slip::AddressMissing) {
            return;
        }
        let day = self.case.registered;
        let held = side == Side::Suspect && self.draws.below(100) < 9;
        // A victim may give the police station's address instead of the own one.
        let domicile = side == Side::Victim && self.carried.self_reported && self.draws.below(100) < 5;
        let place = if held || domicile {
            None
        } else {
            let before = self.person.home_before(day);
            let outdated = before.is_some() && self.slips(self.rates.address_outdated, Slip::AddressOutdated);
            if outdated { before } else { self.person.home_on(day) }
        };
        let known = place.and_then(|place| self.people.addresses.get(place)).cloned();
        let address = match known {
            Some(address) => address,
            None if domicile => Address::shared(self.draws, Site::Police),
            None if held => Address::shared(self.draws, Site::Prison),
            None => return,
        };
        if address.site == Site::Shelter {
            self.record.hidden_address = true;
            return;
        }
        self.lines(&address);
    }

    fn lines(&mut self, address: &Address) {
        let mut street = address.street.clone();
        self.garbled(&mut street, self.rates.street_typo, Slip::StreetTypo, garble::typo);
        self.record.street = street;
        let mut addition = address.addition.to_owned();
        if !addition.is_empty() && self.slips(self.rates.addition_variant, Slip::AdditionVariant) {
            addition = self.other_addition(address.addition);
        }
        self.record.house_number = format!("{}{addition}", address.number);
        let mut postcode = address.postcode.clone();
        self.garbled(&mut postcode, self.rates.postcode_slip, Slip::PostcodeSlip, |draws, code| {
            let at = draws.below(4);
            let by = 1 + draws.below(8);
            let other = |(place, letter)| {
                if place == at && (place > 0 || letter != '9') { super::shifted(letter, by) } else { letter }
            };
            let code: String = code.chars().enumerate().map(other).collect();
            Some(if code.starts_with('0') { code.replacen('0', "1", 1) } else { code })
        });
        // With or without the blank, as the system has it.
        if self.draws.below(3) == 0 {
            postcode.retain(|letter| letter != ' ');
        }
        self.record.postcode = postcode;
        self.record.town.clone_from(&address.town);
    }

    fn other_addition(&mut self, addition: &str) -> String {
        let bare = addition.trim_start_matches(['-', ' ']);
        match self.draws.below(4) {
            0 => String::new(),
            1 => format!(" {bare}"),
            2 if !bare.starts_with(|letter: char| letter.is_ascii_digit()) => bare.to_ascii_lowercase(),
            _ => format!("-{bare}"),
        }
    }
}
