//! What a ruling rests on, in one short text: the entity tag of a question.
//!
//! Invariant: it changes whenever what the comparison shows of question, records or the persons they are part of changes, and
//! says which of the four did, so that a steward whose form was overtaken can be told what is different. It holds ids of facts and events only.

use std::fmt;

use domain::decisions::docket::Told;
use domain::fact::linker::PersonCertain;
use domain::ids::FactId;

use crate::standing::Standing;

/// The version of a question, of its two records, and of what these are part of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version([String; 4]);

/// What changed between two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// The question: asked anew, ruled on or withdrawn.
    Question,
    /// The first record, or its roles.
    RecordA,
    /// The second record, or its roles.
    RecordB,
    /// Which other records are of the same persons.
    Groups,
}

impl Changed {
    /// The code of what changed.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::RecordA => "record-a",
            Self::RecordB => "record-b",
            Self::Groups => "groups",
        }
    }
}

impl Version {
    /// The version of a question as it stands, with what was told of each record and whether that can still be read.
    pub fn of(standing: &Standing, records: [(&Told, bool); 2]) -> Self {
        let record = |(told, readable): (&Told, bool)| match (told.words(), readable) {
            (Some(words), true) => words.uuid().simple().to_string(),
            (Some(_), false) => "erased".to_owned(),
            (None, _) => "untold".to_owned(),
        };
        let [a, b] = records;
        Self([standing.last.uuid().simple().to_string(), record(a), record(b), groups(standing)])
    }

    /// What differs from a version that was handed out before; everything when `seen` is none of ours.
    pub fn changed_since(&self, seen: &str) -> Vec<Changed> {
        let mut seen = seen.split('.');
        let all = [Changed::Question, Changed::RecordA, Changed::RecordB, Changed::Groups];
        self.0
            .iter()
            .zip(all)
            .filter(|(now, _)| seen.next() != Some(now.as_str()))
            .map(|(_, changed)| changed)
            .collect()
    }

    /// Whether `seen` is this version.
    pub fn is(&self, seen: &str) -> bool {
        self.to_string() == seen
    }

    /// As a strong entity tag (RFC 9110 §8.8.3), quotes included.
    pub fn entity_tag(&self) -> String {
        format!("\"{self}\"")
    }
}

/// The persons of the two records in one word: `none` where both stand alone.
fn groups(standing: &Standing) -> String {
    let pair = standing.asked.pair;
    let groups = [pair.a, pair.b].map(|party| standing.task.group(party));
    if groups.iter().all(Option::is_none) {
        return "none".to_owned();
    }
    let member = |person: &PersonCertain| {
        let members = person.members.iter().map(|member| member.party.to_string()).collect::<Vec<_>>();
        members.join(" ")
    };
    let words = groups.map(|group| group.map(member).unwrap_or_default());
    FactId::derived(&["groups", &words[0], &words[1]]).uuid().simple().to_string()
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("."))
    }
}

#[cfg(test)]
mod tests {
    use domain::fact::{LinkerFact, StewardFact};

    use super::*;
    use crate::desk::tests::standing;
    use crate::standing::tests::{fact, id, question, ruling};

    #[test]
    fn it_says_which_part_changed() {
        let told = Told::default();
        let first = Version::of(&standing(), [(&told, false), (&told, false)]);
        assert!(first.is(&first.to_string()));
        assert_eq!(first.changed_since(&first.to_string()), []);
        let facts =
            [fact(1, LinkerFact::MatchPossible(question("name-birth"))), fact(2, StewardFact::PairRejected(ruling()))];
        let later = Standing::of(id(), &facts).expect("it was asked");
        let later = Version::of(&later, [(&told, false), (&told, false)]);
        assert_eq!(later.changed_since(&first.to_string()), [Changed::Question]);
        assert_eq!(first.changed_since("").len(), 4);
        assert_eq!(first.changed_since("nonsense.untold.x.none"), [Changed::Question, Changed::RecordB]);
    }

    #[test]
    fn the_entity_tag_is_strong_and_quoted() {
        let told = Told::default();
        let tag = Version::of(&standing(), [(&told, false), (&told, false)]).entity_tag();
        assert!(tag.starts_with('"') && tag.ends_with(".untold.untold.none\""));
    }
}
