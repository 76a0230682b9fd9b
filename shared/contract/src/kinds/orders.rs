//! Protective orders and child protection measures, as objects with a life of their own. None of these has a place for an
//! address, a street or an area: such a thing must never travel.

use domain::article::Article;
use domain::decider::Decider;
use domain::fact::intake::{OrderTerms, Reason};
use domain::ids::OrderId;
use domain::jurisdiction::Jurisdiction;
use domain::order_category::OrderCategory;
use domain::order_exception::OrderException;
use domain::order_ground::OrderGround;
use domain::order_kind::{OrderGroup, OrderKind};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{At, EVERYWHERE, event, fact, none_of, not_in_force};
use crate::fault::fault;
use crate::value::{Is, OpaqueId};

/// What an order says. Never where: no place, street or address.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Terms {
    kind: Is<OrderKind>,
    /// The parties against whom it is.
    #[schemars(length(min = 1, max = 50))]
    against: Vec<Is<OpaqueId>>,
    /// The parties whom it protects.
    #[serde(default)]
    #[schemars(length(max = 50))]
    protects: Vec<Is<OpaqueId>>,
    /// What it forbids or commands.
    #[schemars(length(min = 1, max = 20))]
    categories: Vec<Is<OrderCategory>>,
    /// Whether children are included; left out when it is not known.
    children_included: Option<bool>,
    /// What it leaves room for.
    #[serde(default)]
    #[schemars(length(max = 20))]
    exceptions: Vec<Is<OrderException>>,
    /// The first day.
    from: Is<Date>,
    /// The last day; left out when no end was set.
    until: Option<Is<Date>>,
    /// Whether it can be enforced while an appeal lies.
    immediately_enforceable: bool,
    /// The article of law it rests on.
    legal_basis: Option<Is<Article>>,
    imposed_by: Option<Is<Decider>>,
    /// Why a child was placed under supervision, where the ruling states it; of measures of child protection only.
    #[serde(default)]
    #[schemars(length(max = 20))]
    grounds: Vec<Is<OrderGround>>,
}

impl Terms {
    fn read(self, at: &At) -> Result<OrderTerms, Vec<Reason>> {
        let (from, until) = (self.from.0, self.until.map(|until| until.0));
        let categories = self.categories.iter().enumerate();
        let categories =
            categories.map(|(place, Is(one))| (format!("/terms/categories/{place}"), one.is_valid_on(from)));
        let exceptions = self.exceptions.iter().enumerate();
        let exceptions =
            exceptions.map(|(place, Is(one))| (format!("/terms/exceptions/{place}"), one.is_valid_on(from)));
        let by = self.imposed_by.iter().map(|Is(by)| ("/terms/imposedBy".to_owned(), by.is_valid_on(from)));
        let kind = [("/terms/kind".to_owned(), self.kind.0.is_valid_on(from))];
        let grounds = self.grounds.iter().enumerate();
        let grounds = grounds.map(|(place, Is(one))| (format!("/terms/grounds/{place}"), one.is_valid_on(from)));
        let mut faults = not_in_force(categories.chain(exceptions).chain(grounds).chain(by).chain(kind));
        if !self.grounds.is_empty() && self.kind.0.group() != OrderGroup::ChildProtection {
            faults
                .push(fault("order-ground.kind", &"a ground is of a measure of child protection").at("/terms/grounds"));
        }
        if until.is_some_and(|until| until < from) {
            faults.push(fault("period.order", &"the last day lies before the first").at("/terms/until"));
        }
        none_of(faults)?;
        Ok(OrderTerms {
            kind: self.kind.0,
            against: at.parties(&self.against),
            protects: at.parties(&self.protects),
            categories: self.categories.into_iter().map(|category| category.0).collect(),
            children_included: self.children_included,
            exceptions: self.exceptions.into_iter().map(|exception| exception.0).collect(),
            from,
            until,
            immediately_enforceable: self.immediately_enforceable,
            legal_basis: self.legal_basis.map(|basis| basis.0),
            imposed_by: self.imposed_by.map(|by| by.0),
            grounds: self.grounds.into_iter().map(|ground| ground.0).collect(),
        })
    }
}

fn order(at: &At, id: &Is<OpaqueId>) -> OrderId {
    OrderId::derived(&at.within(id).each_ref().map(String::as_str))
}

fn terms_example(of: Jurisdiction) -> Value {
    let (kind, basis, by) = match of {
        Jurisdiction::Family => ("temporary-contact-ban", "BW 1:377a lid 3", "family-judge"),
        Jurisdiction::Youth => ("contact-arrangement-under-supervision", "BW 1:265g", "children-judge"),
        Jurisdiction::Criminal => ("behavioural-order", "Sv 509hh", "public-prosecutor"),
        Jurisdiction::Huisverbod => ("huisverbod", "Wth 2", "mayor"),
        Jurisdiction::CivilBan => ("civil-ban", "Rv 254", "provisional-relief-judge"),
    };
    json!({
        "kind": kind, "against": ["p1"], "protects": ["p2"], "categories": ["contact-ban"], "childrenIncluded": true,
        "exceptions": ["supervised-contact"], "from": "2026-11-02", "until": "2027-01-31", "immediatelyEnforceable": true,
        "legalBasis": basis, "imposedBy": by,
    })
}

event! {
    /// An order was imposed.
    OrderImposed = "order-imposed" in EVERYWHERE;
    {
        order_id: Is<OpaqueId>,
        terms: Terms,
    }
    event, at => fact!(at, orders::OrderImposed { order: order(at, &event.order_id), terms: event.terms.read(at)? });
    of => json!({ "orderId": "o1", "terms": terms_example(of) });
}

event! {
    /// An order was changed; the new terms replace the old ones.
    OrderChanged = "order-changed" in EVERYWHERE;
    {
        order_id: Is<OpaqueId>,
        terms: Terms,
    }
    event, at => fact!(at, orders::OrderChanged { order: order(at, &event.order_id), terms: event.terms.read(at)? });
    of => json!({ "orderId": "o1", "terms": terms_example(of) });
}

event! {
    /// An order is suspended.
    OrderSuspended = "order-suspended" in EVERYWHERE;
    {
        order_id: Is<OpaqueId>,
        /// Since which day.
        from: Is<Date>,
    }
    event, at => fact!(at, orders::OrderSuspended { order: order(at, &event.order_id), from: event.from.0 });
    _of => json!({ "orderId": "o1", "from": "2026-11-20" });
}

event! {
    /// An order ended before its time.
    OrderEnded = "order-ended" in EVERYWHERE;
    {
        order_id: Is<OpaqueId>,
        /// The last day on which it held.
        on: Is<Date>,
    }
    event, at => fact!(at, orders::OrderEnded { order: order(at, &event.order_id), on: event.on.0 });
    _of => json!({ "orderId": "o1", "on": "2026-12-01" });
}

event! {
    /// A breach of an order was reported; whether it is proven is another matter.
    OrderBreached = "order-breached" in EVERYWHERE;
    {
        order_id: Is<OpaqueId>,
        /// The day of the breach.
        on: Is<Date>,
    }
    event, at => fact!(at, orders::OrderBreached { order: order(at, &event.order_id), on: event.on.0 });
    _of => json!({ "orderId": "o1", "on": "2026-11-28" });
}
