//! The set words for kinds, phases, states and reasons, in both languages.

use crate::lang::Lang;
use crate::violence::assessment::{ConflictStanding, OrderState, Phase, SignalKind, WithdrawalReason};
use crate::violence::view::LinkBasis;

impl SignalKind {
    /// What people read.
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::ViolenceIndication, Lang::Nl) => "geweldsindicatie",
            (Self::ViolenceIndication, Lang::En) => "indication of violence",
            (Self::ParallelFamilyCase, Lang::Nl) => "parallelle familie- of jeugdzaak",
            (Self::ParallelFamilyCase, Lang::En) => "parallel family or youth case",
            (Self::ConflictingOrder, Lang::Nl) => "mogelijk tegenstrijdige maatregel",
            (Self::ConflictingOrder, Lang::En) => "possibly contradictory measure",
            (Self::PartnerKilling, Lang::Nl) => "strafzaak over het overlijden van een ouder",
            (Self::PartnerKilling, Lang::En) => "criminal case about the death of a parent",
        }
    }
}

impl Phase {
    /// What people read.
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Pending, Lang::Nl) => "in behandeling",
            (Self::Pending, Lang::En) => "pending",
            (Self::HearingPlanned, Lang::Nl) => "zitting gepland",
            (Self::HearingPlanned, Lang::En) => "hearing planned",
            (Self::Suspected, Lang::Nl) => "verdenking; nog niet vervolgd",
            (Self::Suspected, Lang::En) => "suspicion; not yet prosecuted",
            (Self::Prosecuted, Lang::Nl) => "vervolging ingesteld",
            (Self::Prosecuted, Lang::En) => "prosecution brought",
            (Self::Judged, Lang::Nl) => "uitspraak in eerste aanleg",
            (Self::Judged, Lang::En) => "judgment at first instance",
            (Self::JudgedOnAppeal, Lang::Nl) => "uitspraak in hoger beroep",
            (Self::JudgedOnAppeal, Lang::En) => "judgment on appeal",
            (Self::Irrevocable, Lang::Nl) => "onherroepelijk",
            (Self::Irrevocable, Lang::En) => "final",
            (Self::Closed, Lang::Nl) => "gesloten",
            (Self::Closed, Lang::En) => "closed",
        }
    }
}

impl OrderState {
    /// What people read.
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::InForce, Lang::Nl) => "geldt",
            (Self::InForce, Lang::En) => "holds",
            (Self::NotYet, Lang::Nl) => "gaat gelden",
            (Self::NotYet, Lang::En) => "will hold",
            (Self::Suspended, Lang::Nl) => "geschorst; gegeven",
            (Self::Suspended, Lang::En) => "suspended; given",
            (Self::Over, Lang::Nl) => "geldt niet meer; gold",
            (Self::Over, Lang::En) => "over; held",
        }
    }
}

impl ConflictStanding {
    /// What people read.
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Possible, Lang::Nl) => "mogelijk tegenstrijdig",
            (Self::Possible, Lang::En) => "possibly contradictory",
            (Self::LeavesRoom, Lang::Nl) => "ter informatie: het verbod laat ruimte",
            (Self::LeavesRoom, Lang::En) => "for information: the ban leaves room",
            (Self::EndsBefore, Lang::Nl) => "ter informatie: het verbod eindigt eerder",
            (Self::EndsBefore, Lang::En) => "for information: the ban ends before",
        }
    }
}

impl LinkBasis {
    /// What people read.
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Hard, Lang::Nl) => "hard: nummer en naam stemmen overeen, en de geboortedatum voor zover bekend",
            (Self::Hard, Lang::En) => "hard: number and name agree, and the birth date as far as known",
            (Self::Soft, Lang::Nl) => "zacht: naam en geboorte stemmen overeen, een nummer ontbreekt",
            (Self::Soft, Lang::En) => "soft: names and birth agree, a number is missing",
            (Self::ConfirmedBySteward, Lang::Nl) => "bevestigd door een gegevensbeheerder",
            (Self::ConfirmedBySteward, Lang::En) => "confirmed by a data steward",
        }
    }
}

impl WithdrawalReason {
    /// What people read.
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::LinkWithdrawn, Lang::Nl) => "koppeling onjuist: de zaken betreffen niet dezelfde personen",
            (Self::LinkWithdrawn, Lang::En) => "link incorrect: the cases do not concern the same persons",
            (Self::OwnCaseClosed, Lang::Nl) => "deze zaak is gesloten",
            (Self::OwnCaseClosed, Lang::En) => "this case was closed",
            (Self::ParallelCaseClosed, Lang::Nl) => "de andere zaak is gesloten",
            (Self::ParallelCaseClosed, Lang::En) => "the other case was closed",
            (Self::DismissedWronglySuspected, Lang::Nl) => "geseponeerd: ten onrechte als verdachte aangemerkt",
            (Self::DismissedWronglySuspected, Lang::En) => "dismissed: wrongly regarded as a suspect",
            (Self::Dismissed, Lang::Nl) => "geseponeerd",
            (Self::Dismissed, Lang::En) => "dismissed by the prosecution",
            (Self::Acquitted, Lang::Nl) => "vrijgesproken",
            (Self::Acquitted, Lang::En) => "acquitted",
            (Self::ProsecutionEnded, Lang::Nl) => "vervolging geëindigd zonder inhoudelijk oordeel",
            (Self::ProsecutionEnded, Lang::En) => "prosecution ended without a decision on the merits",
            (Self::OrdersChanged, Lang::Nl) => "de maatregel is gewijzigd of geldt niet meer",
            (Self::OrdersChanged, Lang::En) => "the measure was changed or no longer holds",
            (Self::TooLongAgo, Lang::Nl) => "langer geleden onherroepelijk afgedaan dan waarover wordt bericht",
            (Self::TooLongAgo, Lang::En) => "became final longer ago than is told of",
            (Self::GoesOnElsewhere, Lang::Nl) => "voortgezet in een andere zaak, waarover apart wordt bericht",
            (Self::GoesOnElsewhere, Lang::En) => "goes on in another case, which is told of separately",
            (Self::NothingToTell, Lang::Nl) => "hierover is nu niets te melden; dat zegt niet dat er niets is",
            (Self::NothingToTell, Lang::En) => {
                "there is nothing to tell of this now; that does not mean that there is nothing"
            }
            (Self::ParticularsChanged, Lang::Nl) => "gegevens gewijzigd: betreft deze zaak niet meer",
            (Self::ParticularsChanged, Lang::En) => "particulars changed: does not concern this case any more",
        }
    }
}
