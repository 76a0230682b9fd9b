//! What happens in criminal cases beside charges and verdicts. Facts of intake.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::MergedNumbers;
use super::facts;
use crate::article::Article;
use crate::case_number::CaseNumber;
use crate::detention::Detention;
use crate::ids::{ChargeId, PartyId};
use crate::sealed::Sealed;
use crate::settlement::Settlement;
use crate::violence::particulars::ChargeParticulars;

facts! {
    /// Somebody became a suspect; no charge is brought yet.
    SuspicionRegistered {
        /// Who is suspected.
        suspect: PartyId,
        /// Against whom.
        victims: BTreeSet<PartyId>,
        /// Of what, by article.
        articles: Vec<Article>,
        /// Whether nobody outside the investigation may learn of it yet.
        embargo: bool,
        /// Since which day.
        on: Date,
    }
    /// Nobody outside the investigation may learn of this case for now.
    EmbargoImposed {
        /// Since which day.
        on: Date,
    }
    /// The embargo was lifted.
    EmbargoLifted {
        /// Since which day.
        on: Date,
    }
    /// The charge was amended; the new particulars replace the old ones.
    ChargeAmended {
        /// The charge.
        charge: ChargeId,
        /// What it says now.
        particulars: ChargeParticulars,
    }
    /// The prosecution service settled some or all charges itself.
    ProsecutionSettled {
        /// The charges it covers; none named means every charge of the case.
        charges: BTreeSet<ChargeId>,
        /// How.
        settlement: Settlement,
        /// The day.
        on: Date,
    }
    /// The court of appeal ordered that dropped charges are prosecuted after all (Sv 12).
    ProsecutionOrdered {
        /// The charges; none named means every charge of the case.
        charges: BTreeSet<ChargeId>,
        /// The day of the order.
        on: Date,
    }
    /// Whether and how a suspect is held changed.
    DetentionChanged {
        /// The suspect.
        suspect: PartyId,
        /// What it is now.
        status: Detention,
        /// Since which day.
        from: Date,
    }
    /// In this case the enforcement of an earlier suspended sentence is asked for. The earlier case is no second pending case.
    SuspendedSentenceCalledIn {
        /// The convicted person.
        suspect: PartyId,
        /// The parketnummer of the earlier case.
        earlier: CaseNumber,
        /// The day.
        on: Date,
    }
    /// Two numbers of the criminal chain turned out to be one person's.
    CriminalChainNumbersMerged {
        /// The number that goes on, and the one that ends.
        numbers: Sealed<MergedNumbers>,
    }
}
