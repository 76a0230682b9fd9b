//! Why an order of child protection was made, as the court itself codes it.
//!
//! Invariant: an [`OrderGround`] is in `code-lists/order-grounds.toml`. Deliberately absent: a ground in a court's own words, which
//! could be about somebody.

use crate::code_list::coded;

coded! {
    /// Why an order of child protection was made.
    OrderGround(OrderGroundRow) in "../code-lists/order-grounds.toml" {
        tier: u8,
    }
    OrderGroundError, "order-ground.unknown",
    "not a ground: use a code from the list of grounds, such as `ots-ground-violence`"
}

impl OrderGround {
    /// How serious it is, towards the judge of a parallel case, that an order was made on it, 1 to 3.
    pub fn tier(self) -> u8 {
        self.0.row().tier
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sound() {
        OrderGround::assert_sound();
        assert!(OrderGround::all().all(|ground| (1..=3).contains(&ground.tier())));
    }
}
