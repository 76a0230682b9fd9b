//! Where somebody lives, and by which number they go, must be found nowhere that anybody outside the register reads.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use caseload::Family;
use domain::court::Court;
use domain::lang::Lang;

use super::cases::Case;

/// The addresses and numbers of everybody in a caseload: what was written down, and what is true.
#[derive(Debug, Default)]
pub struct Secrets(HashSet<String>);

/// A street of fewer letters might be a word of a page.
const STREET: usize = 7;

impl Secrets {
    pub fn note(&mut self, family: &Family) {
        let mut street = |name: &str| {
            let words = name.split_whitespace().filter(|word| word.chars().count() >= STREET);
            self.0.extend(words.map(str::to_lowercase));
        };
        family.records.iter().for_each(|record| street(&record.street));
        family.people.addresses.iter().for_each(|address| street(&address.street));
        let whole = |value: &str| value.replace(' ', "").to_lowercase();
        for record in &family.records {
            let values = [&record.postcode, &record.bsn, &record.skn, &record.v_number];
            self.0.extend(values.into_iter().filter(|value| value.len() > 5).map(|value| whole(value)));
        }
        self.0.extend(family.people.addresses.iter().map(|address| whole(&address.postcode)));
        let numbers = |person: &caseload::people::Person| {
            [person.bsn.clone(), Some(person.skn.clone()), person.second_skn.clone(), person.v_number.clone()]
        };
        let numbers = family.people.persons.iter().flat_map(numbers).flatten();
        self.0.extend(numbers.filter(|number| number.len() > 5).map(|number| whole(&number)));
    }

    /// What of it stands in a text, as a word of its own; a postcode also in two words. A hyphen joins, so that part of an opaque id
    /// is no word.
    pub fn found_in(&self, text: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut before = "";
        for word in text.split(|letter: char| !letter.is_alphanumeric() && letter != '-') {
            let two = format!("{before}{word}").to_lowercase();
            let one = word.to_lowercase();
            found.extend([one, two].into_iter().filter(|word| self.0.contains(word)));
            before = if word.len() == 4 { word } else { "" };
        }
        found
    }

    /// The files below a folder in which something of it stands.
    pub fn found_below(&self, folder: &Path) -> Vec<String> {
        let mut found = Vec::new();
        let mut waiting = vec![folder.to_owned()];
        while let Some(folder) = waiting.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    waiting.push(path);
                } else if let Ok(bytes) = std::fs::read(&path) {
                    let secrets = self.found_in(&String::from_utf8_lossy(&bytes));
                    found.extend(secrets.into_iter().map(|secret| format!("{secret} in {}", path.display())));
                }
            }
        }
        found
    }
}

/// What in a text would tell which court has a case: its code, its name in either language, the number of the case.
pub fn court_found_in(text: &str, case: &Case) -> Vec<String> {
    let court = Court::parse(&case.court).expect("a court");
    // The number as a page writes it has other marks between its parts: the longest part says which case it is.
    let parts = case.number.split(|letter: char| !letter.is_ascii_digit());
    let serial = parts.max_by_key(|part| part.len()).unwrap_or_default();
    let mut hints =
        vec![court.label(Lang::Nl).to_lowercase(), court.label(Lang::En).to_lowercase(), case.number.to_lowercase()];
    if serial.len() >= 6 {
        hints.push(serial.to_owned());
    }
    let lower = text.to_lowercase();
    let code = case.court.to_lowercase();
    let by_code = lower.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == code);
    hints.into_iter().filter(|hint| lower.contains(hint.as_str())).chain(by_code.then_some(code.clone())).collect()
}

#[test]
fn a_postcode_is_found_however_it_is_written_and_an_opaque_id_is_none() {
    let secrets = Secrets(["3099zz", "999991000", "verzonnenlaan"].map(str::to_owned).into());
    assert_eq!(secrets.found_in("te 3099 ZZ, of 3099zz").len(), 1);
    assert_eq!(secrets.found_in("\"bsn\":\"999991000\" Verzonnenlaan 12").len(), 2);
    assert!(secrets.found_in("999991000-7f3e-7c11-8d52-0242ac120002 3099 aan ZZ").is_empty());
}
