//! Violence indicators: what a judge is told of a parallel case, and in which words.
//!
//! Invariants: everything here is pure and free of order; what is told is particulars (that a case exists, which articles,
//! how far the law has come, who by their role) and never a name, a place or free text; a suspicion is never worded as guilt;
//! violence against a stranger is told only where the catalogue says so; nobody is given a score.
//!
//! Deliberately absent: protective orders and their conflicts, the rule on killing a partner, embargoes, and how long a
//! status stays visible. Each becomes a file here, and a kind of signal or a field of the assessment.
//!
//! To add an offence, see [`catalogue`]; to change a wording, [`wording`] and [`status`].

pub mod assess;
pub mod assessment;
pub mod catalogue;
pub mod dismissal;
pub mod indicator;
mod lines;
pub mod particulars;
mod persons;
pub mod relation;
pub mod status;
pub mod tag;
pub mod urgency;
pub mod view;
pub mod wording;
pub mod working_days;
