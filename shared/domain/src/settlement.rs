//! How the prosecution settles a case without a judge: penalty order, transaction, dismissal and so on.
//!
//! Invariant: a [`Settlement`] is in `code-lists/settlements.toml`. Only a penalty order holds that somebody is guilty; of who
//! has any other, nothing of the kind may be said. The grounds of a dismissal are in a list of their own
//! (`code-lists/dismissals.toml`).

use crate::code_list::coded;
use crate::violence::status::Status;

coded! {
    /// A settlement by the prosecution.
    Settlement(SettlementRow) in "../code-lists/settlements.toml" {
        ends_prosecution: bool,
        holds_guilt: bool,
        conditions: bool,
        #[serde(default)]
        status: Option<Status>,
    }
    SettlementError, "settlement.unknown",
    "not a settlement: use a code from the list of settlements, such as `penalty-order`"
}

impl Settlement {
    /// Whether nothing is pending after it, as long as nobody objects or complains and conditions are kept.
    pub fn ends_prosecution(self) -> bool {
        self.0.row().ends_prosecution
    }

    /// Whether the prosecution establishes guilt by it.
    pub fn holds_guilt(self) -> bool {
        self.0.row().holds_guilt
    }

    /// The rung of the status ladder on which a charge stands after it; nothing where the charge stays where it was.
    pub fn status(self) -> Option<Status> {
        self.0.row().status
    }

    /// Whether it may bind to conditions, among them a ban on contact.
    pub fn may_carry_conditions(self) -> bool {
        self.0.row().conditions
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sound() {
        Settlement::assert_sound();
    }

    #[test]
    fn only_a_penalty_order_holds_guilt() {
        let guilt: Vec<&str> = Settlement::all().filter(|one| one.holds_guilt()).map(Settlement::code).collect();
        assert_eq!(guilt, ["penalty-order"]);
        for settlement in Settlement::all() {
            let shown = settlement.status().is_some_and(|status| status.reaches(Status::S35));
            assert_eq!(shown, settlement.holds_guilt(), "{settlement}");
            assert_eq!(settlement.status().is_none(), settlement.code() == "mediation");
        }
    }

    #[test]
    fn a_conditional_dismissal_binds_and_stays_pending() {
        let conditional = Settlement::parse("conditional-dismissal").unwrap();
        assert!(conditional.may_carry_conditions() && !conditional.ends_prosecution());
        let technical = Settlement::parse("technical-dismissal").unwrap();
        assert!(!technical.may_carry_conditions() && technical.ends_prosecution());
    }
}
