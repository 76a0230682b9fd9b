//! The decisions of the house, one file each: what it rests on, how facts fold, what follows.

pub mod act_on_signal;
pub mod choose_model;
pub mod docket;
pub mod form_matters;
pub mod link_cases;
pub mod raise_signal;
pub mod rule_on_pair;
