//! A party record prepared for comparison, and the keys under which its possible matches are found.

use std::collections::BTreeSet;
use std::fmt;

use domain::birth::BirthDate;
use domain::bsn::Bsn;
use domain::fact::linker::Member;
use domain::party::PartyDetails;
use jiff::Timestamp;

use crate::normalise;

/// A party record as the engine sees it. Personal: prints nothing but its member.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    /// Which record, in which case.
    pub member: Member,
    /// When its court first told of it: the oldest record gives a person its id.
    pub since: Timestamp,
    pub(crate) bsn: Option<Bsn>,
    pub(crate) surnames: BTreeSet<String>,
    pub(crate) given_names: BTreeSet<String>,
    pub(crate) initials: Vec<char>,
    pub(crate) birth: Option<BirthDate>,
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record").field("member", &self.member).finish_non_exhaustive()
    }
}

/// Under what a record can be found. The parts are personal: store them as keyed hashes only.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The kind of key, such as `bsn`.
    pub kind: &'static str,
    /// What two records must share.
    pub parts: Vec<String>,
}

impl Record {
    /// Prepares what is known of a party.
    pub fn prepare(member: Member, since: Timestamp, details: &PartyDetails) -> Self {
        let name = &details.name;
        let mut surnames = BTreeSet::new();
        for (surname, prefix) in [(&name.surname, &name.prefix), (&name.partner_surname, &name.partner_prefix)] {
            if let Some(surname) = surname {
                let prefix = prefix.as_ref().map_or("", |prefix| prefix.reveal());
                surnames.extend(normalise::surnames(surname.reveal()));
                surnames.extend(normalise::surnames(&format!("{prefix} {}", surname.reveal())));
            }
        }
        let written = name.given_names.as_ref().map_or("", |names| names.reveal());
        let letters = name.initials.as_ref().map_or(written, |letters| letters.reveal());
        Self {
            member,
            since,
            bsn: details.bsn.clone(),
            surnames,
            given_names: normalise::given_names(written),
            initials: normalise::initials(if written.is_empty() { letters } else { written }),
            birth: details.birth.clone(),
        }
    }

    /// Every key of the record. Two records that could be certain, possible or in conflict share at least one.
    pub fn keys(&self) -> BTreeSet<Key> {
        let mut keys = BTreeSet::new();
        if let Some(bsn) = &self.bsn {
            keys.insert(Key { kind: "bsn", parts: vec![bsn.digits().to_owned()] });
        }
        if let Some(birth) = self.birth.as_ref().filter(|birth| birth.is_full()) {
            for surname in &self.surnames {
                for given in &self.given_names {
                    keys.insert(Key {
                        kind: "name-birth",
                        parts: vec![surname.clone(), given.clone(), birth.canonical()],
                    });
                }
            }
        }
        keys
    }
}
