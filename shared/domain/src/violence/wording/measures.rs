//! Orders, arrangements and what the law attaches to a killing, in sentences.
//!
//! Invariants: no sentence says where an order holds, that somebody broke one, or that two measures contradict each other.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{capitalised, joined, the};
use crate::lang::Lang;
use crate::order_category::OrderCategory;
use crate::order_exception::OrderException;
use crate::order_kind::OrderKind;
use crate::violence::assessment::{
    ConflictLine, ConflictStanding, ContactLine, KillingLine, Measure, OrderLine, RoleLine,
};

/// An order in a sentence, such as "Een vrijheidsbeperkende maatregel (contactverbod) bindt de verweerder (vader) tegenover de
/// verzoekster (moeder): geldt van 2026-09-01 tot en met 2027-09-01; kinderen inbegrepen: onbekend."
pub fn order(line: &OrderLine, lang: Lang) -> String {
    let what = capitalised(&measure(Some(line.kind), &line.categories, lang));
    let (against, protects) = (everybody(&line.against, lang), everybody(&line.protects, lang));
    let whom = match (line.against.is_empty(), line.protects.is_empty(), lang) {
        (false, false, Lang::Nl) => format!("bindt {against} tegenover {protects}"),
        (false, false, Lang::En) => format!("binds {against} towards {protects}"),
        (false, true, Lang::Nl) => format!("bindt {against}"),
        (false, true, Lang::En) => format!("binds {against}"),
        (true, false, Lang::Nl) => format!("betreft {protects}"),
        (true, false, Lang::En) => format!("concerns {protects}"),
        (true, true, Lang::Nl) => "betreft een betrokkene".to_owned(),
        (true, true, Lang::En) => "concerns a person involved".to_owned(),
    };
    let mut notes = vec![format!("{} {}", line.state.label(lang), days(line.from, line.until, lang))];
    if line.against.is_empty() || line.tier.is_some() || line.children_included.is_some() {
        notes.push(children(line.children_included, lang).to_owned());
    }
    notes.extend(line.grounds.iter().map(|ground| ground.label(lang).to_owned()));
    notes.extend(exceptions(&line.exceptions, lang));
    if line.breach_reported {
        notes.push(
            match lang {
                Lang::Nl => "overtreding gemeld, niet vastgesteld",
                Lang::En => "a breach was reported, not established",
            }
            .to_owned(),
        );
    }
    format!("{what} {whom}: {}.", notes.join("; "))
}

/// What holds of contact in a sentence.
pub fn contact(line: &ContactLine, lang: Lang) -> String {
    let (with, days) = (the(&line.with, lang), days(line.from, line.until, lang));
    let children = match (line.children.is_empty(), lang) {
        (false, _) => everybody(&line.children, lang),
        (true, Lang::Nl) => "een of meer kinderen".to_owned(),
        (true, Lang::En) => "one or more children".to_owned(),
    };
    match (line.allowed, lang) {
        (true, Lang::Nl) => format!("Er geldt een omgangs- of zorgregeling tussen {with} en {children}, {days}."),
        (true, Lang::En) => format!("A contact or care arrangement holds between {with} and {children}, {days}."),
        (false, Lang::Nl) => format!("Omgang tussen {with} en {children} is ontzegd, {days}."),
        (false, Lang::En) => format!("Contact between {with} and {children} is denied, {days}."),
    }
}

/// Two measures that may contradict each other, in a sentence that does not say that they do.
pub fn conflict(line: &ConflictLine, lang: Lang) -> String {
    let who = the(&line.who, lang);
    let forbids = sided(&line.forbids, lang);
    let presumes = sided(&line.presumes, lang);
    let whom = match (line.whom.is_empty(), lang) {
        (false, _) => everybody(&line.whom, lang),
        (true, Lang::Nl) => "de kinderen".to_owned(),
        (true, Lang::En) => "the children".to_owned(),
    };
    let room = exceptions(&line.forbids.exceptions, lang).map(|room| format!(" ({room})")).unwrap_or_default();
    match (line.standing, lang) {
        (ConflictStanding::Possible, Lang::Nl) => format!(
            "Mogelijk tegenstrijdig: {forbids} verbiedt contact tussen {who} en {whom}, terwijl {presumes} van contact uitgaat."
        ),
        (ConflictStanding::Possible, Lang::En) => format!(
            "Possibly contradictory: {forbids} forbids contact between {who} and {whom}, while {presumes} counts on contact."
        ),
        (ConflictStanding::LeavesRoom, Lang::Nl) => format!(
            "Ter informatie: {forbids} verbiedt contact tussen {who} en {whom} maar laat ruimte{room}, en {presumes} gaat van \
             contact uit."
        ),
        (ConflictStanding::LeavesRoom, Lang::En) => format!(
            "For information: {forbids} forbids contact between {who} and {whom} but leaves room{room}, and {presumes} counts \
             on contact."
        ),
        (ConflictStanding::EndsBefore, Lang::Nl) => format!(
            "Ter informatie: {forbids}, over contact tussen {who} en {whom}, eindigt voordat {presumes} begint."
        ),
        (ConflictStanding::EndsBefore, Lang::En) => {
            format!("For information: {forbids}, on contact between {who} and {whom}, ends before {presumes} begins.")
        }
    }
}

/// What is known of the killing of a parent, and what the law attaches to it.
pub fn killing(line: &KillingLine, lang: Lang) -> Vec<String> {
    let (suspect, parent, status) = (the(&line.suspect, lang), the(&line.parent, lang), line.status.label(lang));
    let mut said = match lang {
        Lang::Nl => vec![
            format!("De strafzaak betreft het overlijden van {parent}; verdachte is {suspect}: {status}."),
            "De Raad voor de Kinderbescherming doet onderzoek en verzoekt over gezag en omgang (art. 1:242a BW); een bijzondere \
             curator wordt benoemd (art. 1:250 lid 2 BW); werkafspraak: voorlopige voogdij verzoeken binnen 24 uur."
                .to_owned(),
        ],
        Lang::En => vec![
            format!("The criminal case is about the death of {parent}; the suspect is {suspect}: {status}."),
            "The Child Protection Board investigates and makes a request on authority and contact (art. 1:242a BW); a special \
             guardian is appointed (art. 1:250(2) BW); working agreement: provisional guardianship asked for within 24 hours."
                .to_owned(),
        ],
    };
    said.push(match (line.request_from, lang) {
        (Some(day), Lang::Nl) => format!(
            "Omgang is voor twee jaar of langer ontzegd en die beslissing staat vast: een nieuw verzoek kan vanaf {day} \
             (art. 1:377e lid 3 BW)."
        ),
        (Some(day), Lang::En) => format!(
            "Contact was denied for two years or more and that is final: a new request can be made from {day} on \
             (art. 1:377e(3) BW)."
        ),
        (None, Lang::Nl) => {
            "Is omgang voor twee jaar of langer ontzegd, dan kan een nieuw verzoek pas twee jaar nadat die beslissing vaststaat \
             (art. 1:377e lid 3 BW)."
                .to_owned()
        }
        (None, Lang::En) => {
            "Where contact was denied for two years or more, a new request has to wait until two years after that became final \
             (art. 1:377e(3) BW)."
                .to_owned()
        }
    });
    if line.too_soon {
        said.push(
            match lang {
                Lang::Nl => "Dit verzoek is voor die dag ingediend: mogelijk te vroeg; dat beoordeelt de rechter.",
                Lang::En => "This request was made before that day: possibly too soon; that is for the judge to say.",
            }
            .to_owned(),
        );
    }
    said
}

/// An order or arrangement by its kind and what it says, such as `vrijheidsbeperkende maatregel (contactverbod)`.
pub fn measure(kind: Option<OrderKind>, categories: &BTreeSet<OrderCategory>, lang: Lang) -> String {
    let says: Vec<&str> = categories.iter().map(|category| category.label(lang)).collect();
    match kind {
        Some(kind) => format!("{} ({})", kind.label(lang), says.join(", ")),
        None => says.join(", "),
    }
}

/// What is told of whether children are included.
pub const fn children(included: Option<bool>, lang: Lang) -> &'static str {
    match (included, lang) {
        (Some(true), Lang::Nl) => "kinderen inbegrepen: ja",
        (Some(true), Lang::En) => "children included: yes",
        (Some(false), Lang::Nl) => "kinderen inbegrepen: nee",
        (Some(false), Lang::En) => "children included: no",
        (None, Lang::Nl) => "kinderen inbegrepen: onbekend",
        (None, Lang::En) => "children included: not known",
    }
}

/// What a ban leaves open, where that is told.
pub fn exceptions(exceptions: &BTreeSet<OrderException>, lang: Lang) -> Option<String> {
    let labels: Vec<&str> = exceptions.iter().map(|one| one.label(lang)).collect();
    (!labels.is_empty()).then(|| match lang {
        Lang::Nl => format!("uitzondering: {}", labels.join(", ")),
        Lang::En => format!("exception: {}", labels.join(", ")),
    })
}

/// The days on which something holds.
pub fn days(from: Date, until: Option<Date>, lang: Lang) -> String {
    match (until, lang) {
        (Some(until), Lang::Nl) => format!("van {from} tot en met {until}"),
        (Some(until), Lang::En) => format!("from {from} up to and including {until}"),
        (None, Lang::Nl) => format!("vanaf {from}, zonder einddatum"),
        (None, Lang::En) => format!("from {from}, without an end date"),
    }
}

/// One of two measures, and in which of the cases it is.
fn sided(one: &Measure, lang: Lang) -> String {
    let what = measure(one.kind, &one.categories, lang);
    let days = days(one.from, one.until, lang);
    match (one.own, lang) {
        (true, Lang::Nl) => format!("in deze zaak {what}, {days},"),
        (true, Lang::En) => format!("in this case {what}, {days},"),
        (false, Lang::Nl) => format!("in de andere zaak {what}, {days},"),
        (false, Lang::En) => format!("in the other case {what}, {days},"),
    }
}

fn everybody(lines: &[RoleLine], lang: Lang) -> String {
    joined(&lines.iter().map(|line| the(line, lang)).collect::<Vec<_>>(), lang)
}
