//! The words in which courts say what happens in a case: kinds of orders, hearings and decisions, phases, and so on.
//!
//! Invariant: every word is a row of a list in `code-lists/`, with both labels, its statutory source, how sure that is, and
//! the jurisdictions in which it occurs. To add a word: a row. To add a list: a file and a line at the foot of this one.

mod list;
mod term;

pub use list::WordError;
use list::vocabulary;
pub use term::{Term, TermUnit};

vocabulary! {
    /// A kind of protective order or child protection measure.
    OrderKind, "orders.toml", "order-kind", "temporary-restraining-order";
    /// What an order forbids or commands.
    OrderCategory, "order-categories.toml", "order-category", "contact-ban";
    /// What an order leaves room for.
    OrderException, "order-exceptions.toml", "order-exception", "supervised-contact";
    /// A kind of hearing.
    HearingKind, "hearing-kinds.toml", "hearing-kind", "oral-hearing";
    /// A kind of decision.
    DecisionKind, "decision-kinds.toml", "decision-kind", "final";
    /// What a decision says, by category.
    Dictum, "dicta.toml", "dictum", "granted";
    /// How the prosecution service settled a charge itself.
    Settlement, "settlements.toml", "settlement", "penalty-order";
    /// Whether and how a suspect is held.
    DetentionStatus, "detention-statuses.toml", "detention-status", "remand";
    /// Who has authority over a child (gezag).
    Authority, "authorities.toml", "authority", "joint-parental";
    /// A phase of a case.
    Phase, "phases.toml", "phase", "filed";
}

impl HearingKind {
    /// Whether the public may attend, where the law closes no door.
    pub fn is_public(self) -> bool {
        self.0.row().mark
    }
}

impl DecisionKind {
    /// Whether it ends the case at this court.
    pub fn is_final(self) -> bool {
        self.0.row().mark
    }
}

impl DetentionStatus {
    /// Whether the suspect is not free.
    pub fn is_held(self) -> bool {
        self.0.row().mark
    }
}

impl Phase {
    /// Whether the case counts as running.
    pub fn is_open(self) -> bool {
        self.0.row().mark
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_special_about_a_word_is_data() {
        assert!(!HearingKind::parse("child-interview").unwrap().is_public());
        assert!(DecisionKind::parse("final").unwrap().is_final());
        assert!(DetentionStatus::parse("remand").unwrap().is_held());
        assert!(!Phase::parse("final").unwrap().is_open());
    }
}
