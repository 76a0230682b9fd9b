//! Floor 0: the values, facts, decisions and law of the house.
//!
//! Invariants: nothing here reads a clock, a file, a socket, the environment or a random number; nothing here is
//! asynchronous; no map or set whose order is left to chance decides anything. A value has one constructor, which refuses
//! what is malformed; what says something about a person prints redacted.
//!
//! Deliberately absent: how facts are stored (`journal`), how they travel (`bus`), how they look to a client (`web` and the
//! services), and how strongly two persons agree (`matching`).
//!
//! To add a kind of fact: a variant in `fact/<author>.rs`, its tags there, and a frozen sample in `fixtures/`.

pub mod a_number;
pub mod administrative_number;
pub mod article;
pub mod authority;
pub mod birth;
pub mod bsn;
pub mod case_number;
pub mod case_phase;
pub mod code_list;
pub mod court;
pub mod decider;
pub mod decision;
pub mod decision_kind;
pub mod decisions;
pub mod detention;
pub mod dictum;
pub mod ecli;
pub mod fact;
pub mod figures;
pub mod hearing_kind;
pub mod house_number;
pub mod ids;
pub mod information;
pub mod jurisdiction;
pub mod lang;
pub mod length;
pub mod name;
pub mod order_category;
pub mod order_exception;
pub mod order_ground;
pub mod order_kind;
pub mod organisation;
pub mod parketnummer;
pub mod party;
pub mod personal;
pub mod postcode;
pub mod proceeding;
pub mod quality;
pub mod role;
pub mod sealed;
pub mod settlement;
pub mod skn;
pub mod term;
pub mod v_number;
pub mod violence;
