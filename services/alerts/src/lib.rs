//! Tells the judge: folds what the courts and the linker said into signals, and brings each signal to the judges of the case
//! it was raised in, on a page, by API, as server-sent events and on the bus. Writes `alerts.*`.
//!
//! Invariants:
//! - a signal speaks of roles, case numbers and statuses, never of a name, a birth date, an address or a citizen number:
//!   this service has no key file and its database role cannot read the key table;
//! - whichever fact comes last, the same signals stand in the end ([`signals`]);
//! - a judge sees the signals of the cases that are theirs; what is another's answers exactly like what does not exist;
//! - who opened, acknowledged or handled which version is a fact, and so is a refused request;
//! - what is withdrawn is told as withdrawn, and its content is gone from the read model.
//!
//! Deliberately absent: any judgement about identity (the linker's), any rule of when to tell whom (`domain`), any word of a
//! file or a ruling, notifications that leave the house with more than a case number, and any count of hidden signals.
//!
//! To add a field to what a judge sees: the assessment in `domain`, then `api/shape.rs` and the template.

mod act;
mod api;
mod articles;
mod attest;
mod cases;
mod changes;
mod daily;
mod deliver;
mod disclosures;
mod escalations;
mod events;
mod history;
mod inbox;
mod listen;
mod pages;
mod read_model;
mod requests;
#[cfg(test)]
mod samples;
mod signals;
mod sources;
mod trail;
mod webhooks;
mod wiring;
mod words;

pub use api::document;
pub use listen::KINDS;
pub use wiring::run;
