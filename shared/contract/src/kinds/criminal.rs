//! Criminal cases beside charges and verdicts: suspicion, embargo, detention, and who is who in the criminal chain.

use domain::article::Article;
use domain::case_number::CaseNumber;
use domain::detention::Detention;
use domain::skn::Skn;
use jiff::civil::Date;
use serde_json::json;

use super::{CRIMINAL, Draft, event, fact, none_of, not_in_force};
use crate::fault::fault as wrong;
use crate::value::{Is, OpaqueId};

event! {
    /// Somebody became a suspect; no charge is brought yet.
    SuspicionRegistered = "suspicion-registered" in CRIMINAL;
    {
        suspect: Is<OpaqueId>,
        /// Against whom.
        #[serde(default)]
        #[schemars(length(max = 500))]
        victims: Vec<Is<OpaqueId>>,
        /// Of what, by article.
        #[serde(default)]
        #[schemars(length(max = 500))]
        articles: Vec<Is<Article>>,
        /// Whether nobody outside the investigation may learn of it yet.
        embargo: bool,
        /// Since which day.
        on: Is<Date>,
    }
    event, at => fact!(at, criminal::SuspicionRegistered {
        suspect: at.party(&event.suspect),
        victims: at.parties(&event.victims),
        articles: event.articles.into_iter().map(|article| article.0).collect(),
        embargo: event.embargo,
        on: event.on.0,
    });
    _of => json!({ "suspect": "p1", "victims": ["p2"], "articles": ["Sr 285"], "embargo": true, "on": "2026-09-20" });
}

event! {
    /// Nobody outside the investigation may learn of this case for now.
    EmbargoImposed = "embargo-imposed" in CRIMINAL;
    {
        /// Since which day.
        on: Is<Date>,
    }
    event, at => fact!(at, criminal::EmbargoImposed { on: event.on.0 });
    _of => json!({ "on": "2026-09-20" });
}

event! {
    /// The embargo was lifted.
    EmbargoLifted = "embargo-lifted" in CRIMINAL;
    {
        /// Since which day.
        on: Is<Date>,
    }
    event, at => fact!(at, criminal::EmbargoLifted { on: event.on.0 });
    _of => json!({ "on": "2026-10-20" });
}

event! {
    /// Whether and how a suspect is held changed.
    DetentionChanged = "detention-changed" in CRIMINAL;
    {
        suspect: Is<OpaqueId>,
        status: Is<Detention>,
        /// Since which day.
        from: Is<Date>,
    }
    event, at => {
        none_of(not_in_force([("/status".to_owned(), event.status.0.is_valid_on(event.from.0))]))?;
        fact!(at, criminal::DetentionChanged {
            suspect: at.party(&event.suspect),
            status: event.status.0,
            from: event.from.0,
        })
    };
    _of => json!({ "suspect": "p1", "status": "suspended-with-conditions", "from": "2026-10-01" });
}

event! {
    /// In this case the enforcement of an earlier suspended sentence is asked for (TUL). The earlier case is no second pending case.
    SuspendedSentenceCalledIn = "suspended-sentence-called-in" in CRIMINAL;
    {
        suspect: Is<OpaqueId>,
        /// The parketnummer of the earlier case.
        earlier: Is<CaseNumber>,
        /// The day.
        on: Is<Date>,
    }
    event, at => fact!(at, criminal::SuspendedSentenceCalledIn {
        suspect: at.party(&event.suspect),
        earlier: event.earlier.0,
        on: event.on.0,
    });
    _of => json!({ "suspect": "p1", "earlier": "10-654321-24", "on": "2026-11-02" });
}

event! {
    /// Two numbers of the criminal chain turned out to be one person's. They are sealed on arrival.
    CriminalChainNumbersMerged = "criminal-chain-numbers-merged" in CRIMINAL;
    {
        /// The number that goes on.
        going_on: Is<Skn>,
        /// The number that ends.
        ended: Is<Skn>,
    }
    event, at => {
        if event.going_on.0 == event.ended.0 {
            return Err(vec![wrong("skn.same", &"the two numbers are one and the same").at("/ended")]);
        }
        let _ = at;
        Ok(Draft::Merged { going_on: event.going_on.0, ended: event.ended.0 })
    };
    _of => json!({ "goingOn": "1234567", "ended": "7654321" });
}
