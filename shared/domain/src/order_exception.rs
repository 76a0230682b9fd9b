//! What a ban on contact leaves open: through a third party, for handing over the children, through a lawyer and so on.
//!
//! Invariant: an [`OrderException`] is in `code-lists/order-exceptions.toml`. That nothing is left open (`none`) is something
//! a publisher says; not to know is the absence of an exception.

use crate::code_list::coded;

coded! {
    /// What a ban on contact leaves open.
    OrderException(OrderExceptionRow) in "../code-lists/order-exceptions.toml" {
        leaves_room: bool,
    }
    OrderExceptionError, "order-exception.unknown",
    "not an exception: use a code from the list of exceptions, such as `children-exchange`"
}

impl OrderException {
    /// Whether an arrangement about the children can run beside the ban, so that the two do not conflict on their face.
    pub fn leaves_room(self) -> bool {
        self.0.row().leaves_room
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sound() {
        OrderException::assert_sound();
    }

    #[test]
    fn only_what_lets_the_children_pass_leaves_room() {
        let of = |code| OrderException::parse(code).unwrap().leaves_room();
        assert!(of("via-child-protection-worker") && of("children-exchange") && of("supervised-contact"));
        assert!(!of("none") && !of("via-lawyer") && !of("other"));
    }
}
