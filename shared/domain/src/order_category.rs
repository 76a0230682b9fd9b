//! What an order says, in a word: contact ban, location ban, duty to report and so on.
//!
//! Invariant: an [`OrderCategory`] is in `code-lists/order-categories.toml` and never says where it applies.

use serde::{Deserialize, Serialize};

use crate::code_list::coded;

coded! {
    /// What an order says.
    OrderCategory(OrderCategoryRow) in "../code-lists/order-categories.toml" {
        contact: ContactEffect,
    }
    OrderCategoryError, "order-category.unknown",
    "not a category of order: use a code from the list of categories, such as `contact-ban`"
}

/// What an order means for meetings between who is bound and the persons named in it.
///
/// One order that forbids beside another that presumes possibly conflicts with it; whether it does is for a judge to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContactEffect {
    /// They may not meet.
    Forbids,
    /// It counts on their meeting.
    Presumes,
    /// It says nothing of that by itself.
    Neither,
}

impl OrderCategory {
    /// What it means for contact.
    pub fn contact(self) -> ContactEffect {
        self.0.row().contact
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sound() {
        OrderCategory::assert_sound();
    }

    #[test]
    fn bans_on_contact_forbid_it_and_arrangements_presume_it() {
        let of = |code| OrderCategory::parse(code).unwrap().contact();
        assert_eq!([of("contact-ban"), of("access-ban")], [ContactEffect::Forbids; 2]);
        assert_eq!([of("access-arrangement"), of("supervised-access")], [ContactEffect::Presumes; 2]);
        assert_eq!([of("location-ban"), of("reporting-duty")], [ContactEffect::Neither; 2]);
    }
}
