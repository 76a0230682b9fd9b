//! The words in which courts say what happens in a case.

use domain::jurisdiction::Jurisdiction;
use domain::vocabulary::{
    Authority, DecisionKind, DetentionStatus, Dictum, HearingKind, OrderCategory, OrderException, OrderKind, Phase,
    Settlement, WordError,
};
use serde_json::Value;

use super::{Wire, choice, parsed};
use crate::fault::{Fault, fault};

/// A word of a list, in the jurisdictions where it occurs.
macro_rules! words {
    ($($word:ty, $name:literal, $description:literal;)*) => {
        $(impl Wire for $word {
            const NAME: &'static str = $name;

            fn read(value: &Value) -> Result<Self, Fault> {
                parsed(value, 80, Self::parse, WordError::code)
            }

            fn describe(of: Jurisdiction) -> Value {
                let here = Self::all().filter(|word| word.jurisdictions().contains(&of));
                choice($description, here.map(Self::code))
            }

            fn belongs(&self, of: Jurisdiction) -> Result<(), Fault> {
                if self.jurisdictions().contains(&of) {
                    Ok(())
                } else {
                    Err(fault(concat!($name, ".jurisdiction"), &"this word is not used in cases of this jurisdiction"))
                }
            }
        })*
    };
}

words! {
    OrderKind, "order-kind", "What kind of order.";
    OrderCategory, "order-category", "What the order forbids or commands.";
    OrderException, "order-exception", "What the order leaves room for.";
    HearingKind, "hearing-kind", "What kind of hearing.";
    DecisionKind, "decision-kind", "What kind of decision.";
    Dictum, "dictum", "What the decision says.";
    Settlement, "settlement", "How the charge was settled.";
    DetentionStatus, "detention-status", "Whether and how the suspect is held.";
    Authority, "authority", "What kind of authority over the child.";
    Phase, "phase", "The phase of the case.";
}
