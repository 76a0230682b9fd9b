//! The words in which courts say what happens in a case.

use domain::authority::{Authority, AuthorityError};
use domain::case_phase::{CasePhase, CasePhaseError};
use domain::decider::{Decider, DeciderError};
use domain::decision_kind::{DecisionKind, DecisionKindError};
use domain::detention::{Detention, DetentionError};
use domain::dictum::{Dictum, DictumError};
use domain::hearing_kind::{HearingKind, HearingKindError};
use domain::jurisdiction::Jurisdiction;
use domain::order_category::{OrderCategory, OrderCategoryError};
use domain::order_exception::{OrderException, OrderExceptionError};
use domain::order_ground::{OrderGround, OrderGroundError};
use domain::order_kind::{OrderKind, OrderKindError};
use domain::settlement::{Settlement, SettlementError};
use serde_json::Value;

use super::{Wire, choice, coded, parsed};
use crate::fault::{Fault, fault};

/// A word of a list, in the jurisdictions where it occurs.
macro_rules! words {
    ($($word:ty, $error:ty, $name:literal, $description:literal;)*) => {
        $(impl Wire for $word {
            const NAME: &'static str = $name;

            fn read(value: &Value) -> Result<Self, Fault> {
                parsed(value, 80, Self::parse, <$error>::code)
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
    OrderKind, OrderKindError, "order-kind", "What kind of order.";
    HearingKind, HearingKindError, "hearing-kind", "What kind of hearing.";
    DecisionKind, DecisionKindError, "decision-kind", "What kind of decision.";
    Dictum, DictumError, "dictum", "What the decision says.";
    CasePhase, CasePhaseError, "phase", "The phase of the case.";
    Decider, DeciderError, "decider", "The office that imposed it; never the person in it.";
}

coded!(
    OrderCategory,
    OrderCategoryError,
    "order-category",
    "What the order forbids or commands.",
    OrderCategory::all().map(OrderCategory::code)
);
coded!(
    OrderException,
    OrderExceptionError,
    "order-exception",
    "What the order leaves room for.",
    OrderException::all().map(OrderException::code)
);
coded!(
    OrderGround,
    OrderGroundError,
    "order-ground",
    "Why a child was placed under supervision.",
    OrderGround::all().map(OrderGround::code)
);
coded!(
    Settlement,
    SettlementError,
    "settlement",
    "How the charge was settled.",
    Settlement::all().map(Settlement::code)
);
coded!(
    Detention,
    DetentionError,
    "detention",
    "Whether and how the suspect is held.",
    Detention::all().map(Detention::code)
);
coded!(
    Authority,
    AuthorityError,
    "authority",
    "What kind of authority over the child.",
    Authority::all().map(Authority::code)
);
