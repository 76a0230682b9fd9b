//! Violence indicators: what a judge is told of a parallel case, and in which words.
//!
//! Invariants: everything here is pure and free of order; what is told is particulars (that a case exists, which articles,
//! how far the law has come, who by their role) and never a name, a place or free text; a suspicion is never worded as guilt;
//! violence against a stranger is told only where the catalogue says so; nobody is given a score.
//!
//! Deliberately absent: how dangerous somebody is, whether an allegation is true, and a pattern that no source has named.
//!
//! To add an offence, see [`catalogue`]; to change a wording, [`wording`] and [`status`]; to tell of something else, a file here
//! and a kind of signal or a field of the [`assessment`].

pub mod assess;
pub mod assessment;
pub mod catalogue;
mod conflict;
pub mod dismissal;
pub mod elsewhere;
pub mod indicator;
mod killing;
mod lines;
mod orders;
pub mod particulars;
mod persons;
pub mod policy;
pub mod relation;
mod retention;
pub mod status;
pub mod tag;
pub mod urgency;
pub mod view;
pub mod wording;
pub mod working_days;
