//! Kinds of proceeding: divorce, supervision order, prosecution of an adult and so on.
//!
//! Invariant: a [`ProceedingKind`] is in `code-lists/proceedings.toml`, which gives its jurisdiction, its Dutch legal term
//! and the articles it rests on. A huisverbod stands here as what the administrative judge hears, the mayor's ban itself is an
//! order. Deliberately absent: compulsory care (Wvggz, Wzd), which is about health.

use crate::code_list::coded;
use crate::jurisdiction::Jurisdiction;

coded! {
    /// A kind of proceeding.
    ProceedingKind(ProceedingRow) in "../code-lists/proceedings.toml" {
        jurisdiction: Jurisdiction,
        /// The Dutch term of the law or of daily practice.
        term: String,
    }
    ProceedingKindError, "proceeding.unknown",
    "not a kind of proceeding: use a code from the list of proceedings, such as `contact-arrangement`"
}

impl ProceedingKind {
    /// The jurisdiction it belongs to.
    pub fn jurisdiction(self) -> Jurisdiction {
        self.0.row().jurisdiction
    }

    /// The Dutch legal term, such as `ondertoezichtstelling`.
    pub fn term(self) -> &'static str {
        &self.0.row().term
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sound() {
        ProceedingKind::assert_sound();
        for kind in ProceedingKind::all() {
            assert!(!kind.term().trim().is_empty(), "{kind} has no Dutch term");
        }
    }

    #[test]
    fn every_jurisdiction_has_a_kind() {
        for jurisdiction in Jurisdiction::ALL {
            assert!(ProceedingKind::all().any(|kind| kind.jurisdiction() == jurisdiction), "{jurisdiction:?}");
        }
    }

    #[test]
    fn kinds_stand_in_their_jurisdiction() {
        for (code, jurisdiction, term) in [
            ("contact-arrangement", Jurisdiction::Family, "omgang"),
            ("divorce", Jurisdiction::Family, "echtscheiding"),
            ("supervision-order", Jurisdiction::Youth, "ondertoezichtstelling"),
            ("placement-in-care", Jurisdiction::Youth, "machtiging uithuisplaatsing"),
            ("adult-criminal", Jurisdiction::Criminal, "strafzaak meerderjarige"),
            ("youth-criminal", Jurisdiction::Criminal, "jeugdstrafzaak"),
            ("huisverbod-appeal", Jurisdiction::Huisverbod, "beroep huisverbod"),
            ("civil-contact-ban", Jurisdiction::CivilBan, "straat- of contactverbod in kort geding"),
        ] {
            let kind = ProceedingKind::parse(code).unwrap();
            assert_eq!((kind.jurisdiction(), kind.term()), (jurisdiction, term));
        }
    }

    #[test]
    fn what_is_not_in_the_list_is_refused() {
        for text in ["", "omgang", "Divorce", "best-huisverbod"] {
            assert_eq!(ProceedingKind::parse(text).unwrap_err().code(), "proceeding.unknown");
        }
        assert!(serde_json::from_str::<ProceedingKind>("\"omgang\"").is_err());
    }
}
