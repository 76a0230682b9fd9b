//! Cases as their events tell them, read here by themselves: nothing of the house is asked what an event means.

use std::collections::{BTreeMap, BTreeSet};

use caseload::events::CaseEvent;
use jiff::civil::Date;
use serde_json::Value;

/// A case after all its events.
#[derive(Debug, Default)]
pub struct Case {
    /// Family, youth, criminal, huisverbod or civil-ban.
    pub jurisdiction: String,
    /// Its court, by code.
    pub court: String,
    /// The publisher.
    pub source: String,
    pub proceeding: String,
    pub number: String,
    /// Its judge.
    pub judge: String,
    pub parties: BTreeMap<String, Party>,
    pub charges: BTreeMap<String, Charge>,
    pub orders: BTreeMap<String, Order>,
    /// What was last decided about contact, by child and adult.
    pub contact: BTreeMap<(String, String), Contact>,
    /// Parties whose address is hidden.
    pub shielded: BTreeSet<String>,
    pub closed: bool,
    pub withdrawn: bool,
    pub embargo: bool,
    pub final_on: Option<Date>,
}

/// A party, without who it is.
#[derive(Debug)]
pub struct Party {
    pub roles: BTreeSet<String>,
    pub capacity: Option<String>,
}

#[derive(Debug)]
pub struct Charge {
    pub suspect: String,
    pub victims: Vec<String>,
    pub articles: String,
    pub from: Date,
    pub tags: Vec<String>,
    /// What a court said of it, if one did.
    pub verdict: Option<String>,
    pub dismissed: bool,
}

#[derive(Debug)]
pub struct Order {
    pub kind: String,
    pub against: BTreeSet<String>,
    pub protects: BTreeSet<String>,
    pub bans_contact: bool,
    pub with_children: bool,
    pub from: Date,
    /// The last day, by its terms or because it was ended.
    pub last: Option<Date>,
}

#[derive(Debug, Clone, Copy)]
pub struct Contact {
    pub allowed: bool,
    pub from: Date,
    pub until: Option<Date>,
}

/// Every case that these events tell of, by the id that its publisher gave it.
pub fn read<'e>(events: impl IntoIterator<Item = &'e CaseEvent>) -> BTreeMap<String, Case> {
    let mut cases: BTreeMap<String, Case> = BTreeMap::new();
    for event in events {
        let body = &event.body;
        let case = cases.entry(text(&body["subject"])).or_default();
        case.source = text(&body["source"]);
        let [_, _, jurisdiction, court, what] = event.subject.split('.').collect::<Vec<_>>()[..] else {
            panic!("{} is no channel", event.subject)
        };
        (case.jurisdiction, case.court) = (jurisdiction.to_owned(), court.to_uppercase());
        case.hear(what, &body["data"]);
    }
    cases
}

impl Case {
    fn hear(&mut self, what: &str, data: &Value) {
        match what {
            "case-registered" => {
                (self.proceeding, self.number) = (text(&data["proceeding"]), text(&data["numbers"]));
            }
            "judge-assigned" => self.judge = text(&data["judges"][0]),
            "party-added" => {
                let capacity = data["capacity"].as_str().map(str::to_owned);
                let party = Party { roles: texts(&data["roles"]).into_iter().collect(), capacity };
                self.parties.insert(text(&data["partyId"]), party);
            }
            "party-removed" => drop(self.parties.remove(&text(&data["partyId"]))),
            "shielding-changed" => drop(self.shielded.insert(text(&data["partyId"]))),
            "charge-brought" => {
                let charge = Charge {
                    suspect: text(&data["suspect"]),
                    victims: texts(&data["victims"]),
                    articles: texts(&data["articles"]).join("/"),
                    from: day(&data["period"]["from"]).expect("a day"),
                    tags: texts(&data["tags"]),
                    verdict: None,
                    dismissed: false,
                };
                self.charges.insert(text(&data["chargeId"]), charge);
            }
            "verdict-given" => {
                for outcome in data["outcomes"].as_array().expect("outcomes") {
                    let charge = self.charges.get_mut(&text(&outcome["chargeId"])).expect("a charge");
                    charge.verdict = Some(text(&outcome["outcome"]));
                }
            }
            "prosecution-dismissed" => {
                assert_eq!(data["code"], "02", "a ground that is withdrawn");
                for charge in texts(&data["charges"]) {
                    self.charges.get_mut(&charge).expect("a charge").dismissed = true;
                }
            }
            "case-closed" => self.closed = true,
            "case-withdrawn" => (self.closed, self.withdrawn) = (true, true),
            "case-became-final" => self.final_on = day(&data["on"]),
            "embargo-imposed" => self.embargo = true,
            "embargo-lifted" => self.embargo = false,
            "order-imposed" => self.order(data),
            "order-ended" => {
                let order = self.orders.get_mut(&text(&data["orderId"])).expect("an order");
                order.last = [order.last, day(&data["on"])].into_iter().flatten().min();
            }
            "contact-arranged" | "contact-denied" => {
                let allowed = what == "contact-arranged";
                let contact = Contact { allowed, from: day(&data["from"]).expect("a day"), until: day(&data["until"]) };
                for child in texts(&data["children"]) {
                    self.contact.insert((child, text(&data["with"])), contact);
                }
            }
            // How soon a signal should be seen is not looked at here.
            "hearing-planned" | "hearing-moved" => {}
            other => panic!("what does {other} mean for who is told of what?"),
        }
    }

    fn order(&mut self, data: &Value) {
        let terms = &data["terms"];
        let order = Order {
            kind: text(&terms["kind"]),
            against: texts(&terms["against"]).into_iter().collect(),
            protects: texts(&terms["protects"]).into_iter().collect(),
            bans_contact: texts(&terms["categories"]).iter().any(|category| category == "contact-ban"),
            with_children: terms["childrenIncluded"] == true,
            from: day(&terms["from"]).expect("a day"),
            last: day(&terms["until"]),
        };
        self.orders.insert(text(&data["orderId"]), order);
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(text).collect()
}

fn day(value: &Value) -> Option<Date> {
    value.as_str().map(|day| day.parse().expect("a day"))
}
