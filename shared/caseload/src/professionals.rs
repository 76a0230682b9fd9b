//! Those who are there for their work. Their roles never lead from one case to another, so that each record of one is alone
//! in its cluster, however often the same lawyer appears.

use crate::draws::{Draws, Purpose};
use crate::names::Origin;
use crate::places::Address;
use crate::record::PartyRecord;

/// Invented institutions.
const INSTITUTIONS: [&str; 12] = [
    "Raad voor de Kinderbescherming, locatie Denkbeeldstad",
    "Raad voor de Kinderbescherming, locatie Nevelburg",
    "Raad voor de Kinderbescherming, locatie Zilverhaven",
    "Stichting Jeugdbescherming De Kievit",
    "Stichting Jeugdbescherming Het Baken",
    "Stichting Jeugdbescherming Vlierdrecht",
    "Stichting Voogdij Het Anker",
    "Stichting Gezinszorg De Linde",
    "Stichting Jeugdzorg Reigerhoven",
    "Stichting Jeugdbescherming Otterveen",
    "Stichting Voogdij De Spiegel",
    "Stichting Gezinszorg Morgenrade",
];

/// A lawyer of a court: the same for the same number.
pub(crate) fn lawyer(seed: u64, court: &str, number: usize, mut record: PartyRecord) -> PartyRecord {
    let place = court.bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
    let number = u64::try_from(number).unwrap_or(0);
    let mut draws = Draws::new(seed, place.wrapping_mul(1_000).wrapping_add(number), Purpose::Professionals);
    let origin = if draws.below(10) < 8 { Origin::Dutch } else { Origin::Hindustani };
    let female = draws.below(2) == 0;
    let customs = origin.customs();
    let given = customs.draw_given(&mut draws, female, 1975);
    let surname = customs.draw_surname(&mut draws);
    let office = Address::anywhere(&mut draws);
    record.initials = crate::entry::initials(&given.join(" "), 0);
    record.full_name = format!("mr. {} {}", record.initials, surname.whole());
    record.prefix = surname.prefix;
    record.surname = surname.core;
    record.street = office.street;
    record.house_number = office.number.to_string();
    record.postcode = office.postcode;
    record.town = office.town;
    record.person_id.clone_from(&record.record_id);
    record
}

/// An institution, by number.
pub(crate) fn institution(number: usize, mut record: PartyRecord) -> PartyRecord {
    let name = INSTITUTIONS.get(number % INSTITUTIONS.len()).copied().unwrap_or_default();
    name.clone_into(&mut record.full_name);
    record.person_id.clone_from(&record.record_id);
    record
}
