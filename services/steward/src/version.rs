//! What a ruling rests on, in one short text: the entity tag of a question.
//!
//! Invariant: it changes whenever what the comparison shows of question or records changes, and says which of the three
//! did, so that a steward whose form was overtaken can be told what is different. It holds ids of facts and events only.

use std::fmt;

use domain::decisions::docket::Told;

use crate::standing::Standing;

/// The version of a question and of its two records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version([String; 3]);

/// What changed between two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// The question: asked anew, ruled on or withdrawn.
    Question,
    /// The first record, or its roles.
    RecordA,
    /// The second record, or its roles.
    RecordB,
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
        Self([standing.last.uuid().simple().to_string(), record(a), record(b)])
    }

    /// What differs from a version that was handed out before; everything when `seen` is none of ours.
    pub fn changed_since(&self, seen: &str) -> Vec<Changed> {
        let mut seen = seen.split('.');
        let all = [Changed::Question, Changed::RecordA, Changed::RecordB];
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
        assert_eq!(first.changed_since("").len(), 3);
        assert_eq!(first.changed_since("nonsense.untold.x"), [Changed::Question, Changed::RecordB]);
    }

    #[test]
    fn the_entity_tag_is_strong_and_quoted() {
        let told = Told::default();
        let tag = Version::of(&standing(), [(&told, false), (&told, false)]).entity_tag();
        assert!(tag.starts_with('"') && tag.ends_with(".untold.untold\""));
    }
}
