//! The decisions of the house, one file each: what it rests on, how facts fold, what follows.

pub mod act_on_signal;
pub mod ask_source;
pub mod attest;
pub mod choose_model;
pub mod claim_task;
pub mod control;
pub mod disclose;
pub mod docket;
pub mod doubt_link;
pub mod escalate_signal;
pub mod form_matters;
pub mod in_force;
pub mod lapse_opinions;
pub mod link_cases;
pub mod matter;
pub mod note_articles;
pub mod part_group;
pub mod pass_on_article;
pub mod procedure_history;
pub mod raise_question;
pub mod raise_signal;
pub mod request_information;
pub mod reveal_identifier;
pub mod rule_on_pair;
pub mod shielding;
pub mod task;
