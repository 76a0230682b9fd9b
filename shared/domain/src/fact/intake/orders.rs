//! Protective orders and child protection measures, as objects with a life of their own. Facts of intake. No place and no
//! address is part of any of them.

use jiff::civil::Date;

use super::OrderTerms;
use super::facts;
use crate::ids::OrderId;

facts! {
    /// An order was imposed.
    OrderImposed {
        /// The order.
        order: OrderId,
        /// What it says.
        terms: OrderTerms,
    }
    /// An order was changed; the new terms replace the old ones.
    OrderChanged {
        /// The order.
        order: OrderId,
        /// What it says now.
        terms: OrderTerms,
    }
    /// An order is suspended.
    OrderSuspended {
        /// The order.
        order: OrderId,
        /// Since which day.
        from: Date,
    }
    /// An order ended before its time.
    OrderEnded {
        /// The order.
        order: OrderId,
        /// The last day on which it held.
        on: Date,
    }
    /// A breach of an order was reported; whether it is proven is another matter.
    OrderBreached {
        /// The order.
        order: OrderId,
        /// The day of the breach.
        on: Date,
    }
}
