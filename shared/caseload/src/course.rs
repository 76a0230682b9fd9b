//! What becomes of the cases: orders, arrangements about contact, embargoes, rulings that become final, hearings that move, cases
//! that are withdrawn, parties that leave. It serves to hold what judges are told against what should be told; matching needs
//! none of it.
//!
//! Invariants: drawn apart, so that people, records and what [`crate::events::events`] tells are the same with it and without; how
//! often what happens is made up, so that everything happens in a hundred families, and measured at no court.

use domain::jurisdiction::Jurisdiction;
use jiff::civil::Date;
use serde_json::json;

use crate::cases::Outcome;
use crate::draws::{Draws, Purpose, Rate};
use crate::events::Story;
use crate::people::later;

/// The stream of a family's draws.
pub(crate) fn draws(seed: u64, family: u64) -> Draws {
    Draws::new(seed, family, Purpose::Course)
}

/// Tells what becomes of a case.
pub(crate) fn tell(story: &mut Story<'_>, draws: &mut Draws) {
    let mut happens = |percent| draws.chance(Rate::percent(percent));
    let registered = story.case.registered;
    if happens(10) {
        let on = later(story.case.hearing, 14).to_string();
        story.event(later(registered, 9), "hearing-moved", &json!({ "hearingId": "h1", "on": on }));
    }
    let (leaves, withdrawn) = (happens(2), happens(2));
    match story.case.jurisdiction {
        Jurisdiction::Family => contact(story, draws),
        Jurisdiction::Youth => {
            contact(story, draws);
            supervision(story, draws);
        }
        Jurisdiction::Criminal => criminal(story, draws),
        Jurisdiction::Huisverbod => huisverbod(story, draws),
        // Its ban is told with its end.
        Jurisdiction::CivilBan => {}
    }
    if let Some(last) = story.case.parties.last().filter(|_| leaves) {
        story.event(later(registered, 12), "party-removed", &json!({ "partyId": last.id }));
    }
    if withdrawn {
        let on = later(registered, 13);
        story.event(on, "case-withdrawn", &json!({ "on": on.to_string() }));
    }
}

/// Children meet a parent, or may not.
fn contact(story: &mut Story<'_>, draws: &mut Draws) {
    let (arranged, denied) = (draws.chance(Rate::percent(65)), draws.chance(Rate::percent(40)));
    let children = story.with_role(&["minor"]);
    let parents = story.with_role(&["respondent", "parent-with-authority", "parent-without-authority"]);
    let Some(with) = parents.last().filter(|_| !children.is_empty()) else { return };
    let on = later(story.case.registered, 10);
    let from = later(on, 14).to_string();
    if arranged {
        story.event(on, "contact-arranged", &json!({ "children": children, "with": with, "from": from }));
    } else if denied {
        let until = later(on, 1_200).to_string();
        let data = json!({ "children": children, "with": with, "from": from, "until": until });
        story.event(on, "contact-denied", &data);
    }
}

fn supervision(story: &mut Story<'_>, draws: &mut Draws) {
    let children = story.with_role(&["minor"]);
    let parents = story.with_role(&["parent-with-authority"]);
    if draws.chance(Rate::percent(40)) && !children.is_empty() && !parents.is_empty() {
        let on = later(story.case.registered, 11);
        let terms = json!({
            "kind": "supervision-order", "against": parents, "protects": children, "categories": ["supervision"],
            "from": on.to_string(), "until": later(on, 365).to_string(), "immediatelyEnforceable": true,
        });
        story.event(on, "order-imposed", &json!({ "orderId": "o1", "terms": terms }));
    }
}

fn criminal(story: &mut Story<'_>, draws: &mut Draws) {
    let mut happens = |percent| draws.chance(Rate::percent(percent));
    let (killing, condition, embargo, lifted) = (happens(5), happens(50), happens(8), happens(50));
    let (with_children, last) = (happens(50), happens(50));
    let (open_end, ended) = (happens(60), happens(15));
    let exceptions = draws.word(&["none", "via-child-protection-worker", "none"]);
    let registered = story.case.registered;
    let suspect = story.with_role(&["suspect"]).first().copied();
    let victims = story.with_role(&["victim"]);
    let domestic = story.case.parties.iter().any(|party| party.capacity.is_some());
    if let Some(suspect) = suspect.filter(|_| domestic && !victims.is_empty()) {
        if killing {
            let charge = json!({
                "chargeId": "c2", "suspect": suspect, "victims": victims, "articles": ["Sr 287"],
                "period": { "from": story.case.offence.to_string() }, "tags": ["domestic-violence"],
            });
            story.event(later(registered, 2), "charge-brought", &charge);
        }
        if condition {
            let on = later(registered, 3);
            let mut terms = json!({
                "kind": "suspended-detention-condition", "against": [suspect], "protects": victims,
                "categories": ["contact-ban"], "childrenIncluded": with_children, "exceptions": [exceptions],
                "from": on.to_string(), "immediatelyEnforceable": true, "imposedBy": "examining-magistrate",
            });
            if !open_end && let Some(terms) = terms.as_object_mut() {
                terms.insert("until".to_owned(), json!(later(on, 500).to_string()));
            }
            story.event(on, "order-imposed", &json!({ "orderId": "o1", "terms": terms }));
            if ended {
                let on = later(on, 60);
                story.event(on, "order-ended", &json!({ "orderId": "o1", "on": on.to_string() }));
            }
        }
    }
    if embargo {
        story.event(registered, "embargo-imposed", &on(registered));
        if lifted {
            story.event(later(registered, 30), "embargo-lifted", &on(later(registered, 30)));
        }
    }
    if let Some(closed) = story.case.closed.filter(|_| last && story.case.outcome != Outcome::Dismissed) {
        story.event(later(closed, 15), "case-became-final", &on(later(closed, 15)));
    }
}

fn huisverbod(story: &mut Story<'_>, draws: &mut Draws) {
    let removed = story.with_role(&["removed-person"]);
    let protected = story.with_role(&["remaining-resident", "involved-minor"]);
    let from = later(story.case.registered, -2);
    let days = if draws.chance(Rate::percent(40)) { 28 } else { 10 };
    let terms = json!({
        "kind": "huisverbod", "against": removed, "protects": protected, "categories": ["residence-ban", "contact-ban"],
        "childrenIncluded": true, "exceptions": ["none"], "from": from.to_string(),
        "until": later(from, days).to_string(), "immediatelyEnforceable": true, "imposedBy": "mayor",
    });
    story.event(story.case.registered, "order-imposed", &json!({ "orderId": "o1", "terms": terms }));
}

fn on(day: Date) -> serde_json::Value {
    json!({ "on": day.to_string() })
}
