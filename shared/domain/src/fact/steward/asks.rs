//! A steward asks the court that told of a record about it. Nothing personal is in it: which fields are asked about, never what they say.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::court::Court;
use crate::fact::Subject;
use crate::ids::{CaseId, EventId, MatchId, PartyId, RequestId};
use crate::jurisdiction::Jurisdiction;
use crate::role::Role;

/// See [`super::StewardFact::SourceAsked`]. Says all that the court is told, so that it can be told from this alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceAsked {
    /// What is asked, by an id of its own: it stands in the answer.
    pub request: RequestId,
    /// The question of the desk.
    pub question: MatchId,
    /// The record: one of the question's pair.
    pub party: PartyId,
    /// Its case.
    pub case: CaseId,
    /// The court that told of it.
    pub court: Court,
    /// Of which jurisdiction the case is.
    pub jurisdiction: Jurisdiction,
    /// What the case is called there.
    pub numbers: Vec<String>,
    /// The roles that the party has in it.
    pub roles: BTreeSet<Role>,
    /// What is doubted.
    pub fields: BTreeSet<AskedField>,
    /// What counted of the record when it was asked: something else since is an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<EventId>,
    /// Who asks. The court is not told.
    pub by: Subject,
    /// On which day.
    pub on: Date,
    /// The last day on which an answer is in time.
    pub answer_by: Date,
}

/// What of a record a court is asked to look up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AskedField {
    /// The citizen service number.
    Bsn,
    /// The number in the criminal chain.
    Skn,
    /// The number of a foreign national.
    VNumber,
    /// The names.
    Names,
    /// The date of birth.
    BirthDate,
    /// The place of birth.
    BirthPlace,
    /// The registered sex.
    Sex,
}

impl AskedField {
    /// Every field, in the order in which a desk offers them.
    pub const ALL: [Self; 7] =
        [Self::Bsn, Self::Names, Self::BirthDate, Self::BirthPlace, Self::Sex, Self::Skn, Self::VNumber];

    /// The field's code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bsn => "bsn",
            Self::Skn => "skn",
            Self::VNumber => "v-number",
            Self::Names => "names",
            Self::BirthDate => "birth-date",
            Self::BirthPlace => "birth-place",
            Self::Sex => "sex",
        }
    }
}
