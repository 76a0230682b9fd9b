//! Set wordings of what goes beyond a signal, in Dutch and in English: attestations and what has to be done again.
//!
//! Invariant: none says what was found, that there was no violence, or anything that could reassure; the tests read them all.

use domain::decisions::request_information::RequestState;
use domain::fact::alerts::{SourceSeen, WhyRequestWithdrawn};
use domain::lang::Lang;
use domain::violence::wording;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::attest::Attested;
use crate::cases::Recheck;
use crate::disclosures::Disclosure;
use crate::pages::dates;

/// Where the courts keep their calendar.
const AMSTERDAM: TimeZone = jiff::tz::get!("Europe/Amsterdam");

/// The day of a moment, where the courts are.
pub fn day_of(at: Timestamp) -> Date {
    at.to_zoned(AMSTERDAM).date()
}

const fn on_pages(lang: Lang) -> web::Lang {
    match lang {
        Lang::Nl => web::Lang::Nl,
        Lang::En => web::Lang::En,
    }
}

fn day(date: Date, lang: Lang) -> String {
    dates::day(date, on_pages(lang)).text
}

/// What may stand in a decision: that the register was consulted, when, and until when that holds.
pub fn statement(attested: &Attested, lang: Lang) -> String {
    let said = &attested.said;
    let numbers: Vec<String> = said.numbers.iter().map(ToString::to_string).collect();
    let (numbers, court) = (numbers.join(", "), said.court.label(lang));
    let (on, until) = (day(said.on, lang), day(said.repeat_after, lang));
    match lang {
        Lang::Nl => format!(
            "De {court} heeft op {on} in de zaak {numbers} de koppelingsregistratie geraadpleegd. Na {until} moet opnieuw \
             worden geraadpleegd."
        ),
        Lang::En => format!(
            "On {on} the {court} consulted the register of linked cases in case {numbers}. After {until} it must be \
             consulted again."
        ),
    }
}

/// What a consultation never covers.
pub const fn not_consulted(lang: Lang) -> &'static str {
    match lang {
        Lang::Nl => "Niet geraadpleegd zijn gegevens van Veilig Thuis en van andere bronnen die niet zijn aangesloten.",
        Lang::En => "Data of Safe at Home and of other sources that are not connected were not consulted.",
    }
}

/// For the judge, where no signal stood: in which sources no link was found.
pub fn finding(sources: &[SourceSeen], lang: Lang) -> String {
    let named: Vec<String> = sources
        .iter()
        .filter(|source| source.current)
        .map(|source| format!("{} ({})", source.court.label(lang), source.jurisdiction.label(lang)))
        .collect();
    let named = named.join(", ");
    match (lang, named.is_empty()) {
        (Lang::Nl, false) => {
            format!("Geen koppeling gevonden in bronnen: {named}. Dit zegt niets over wat daarbuiten speelt.")
        }
        (Lang::Nl, true) => "Geen koppeling gevonden: er was op dat moment geen enkele bron aangesloten.".to_owned(),
        (Lang::En, false) => {
            format!("No link found in sources: {named}. This says nothing of what is going on beyond them.")
        }
        (Lang::En, true) => "No link found: no source at all was connected at the time.".to_owned(),
    }
}

/// Whether the register has to be consulted again.
pub fn recheck(recheck: Recheck, lang: Lang) -> String {
    match (recheck, lang) {
        (Recheck::Never, Lang::Nl) => "nog niet geraadpleegd".to_owned(),
        (Recheck::Never, Lang::En) => "not consulted yet".to_owned(),
        (Recheck::Unread, Lang::Nl) => "eerst ongelezen signalen openen".to_owned(),
        (Recheck::Unread, Lang::En) => "open unread signals first".to_owned(),
        (Recheck::Old { last }, Lang::Nl) => format!("hercontrole nodig: laatst bekeken op {}", day(last, lang)),
        (Recheck::Old { last }, Lang::En) => format!("consult again: last looked at on {}", day(last, lang)),
        (Recheck::Holds { until }, Lang::Nl) => format!("geraadpleegd; hercontrole nodig na {}", day(until, lang)),
        (Recheck::Holds { until }, Lang::En) => format!("consulted; consult again after {}", day(until, lang)),
    }
}

/// How a request for information stands.
pub fn request(state: RequestState, lang: Lang) -> String {
    match (state, lang) {
        (RequestState::Sent, Lang::Nl) => "verzonden".to_owned(),
        (RequestState::Sent, Lang::En) => "sent".to_owned(),
        (RequestState::Answered(answer), lang) => answer.label(lang).to_owned(),
        (RequestState::Withdrawn(WhyRequestWithdrawn::NotNeeded), Lang::Nl) => "ingetrokken".to_owned(),
        (RequestState::Withdrawn(WhyRequestWithdrawn::NotNeeded), Lang::En) => "taken back".to_owned(),
        (RequestState::Withdrawn(WhyRequestWithdrawn::SignalWithdrawn), Lang::Nl) => {
            "vervallen, omdat het signaal is vervallen".to_owned()
        }
        (RequestState::Withdrawn(WhyRequestWithdrawn::SignalWithdrawn), Lang::En) => {
            "ended, because the signal was withdrawn".to_owned()
        }
    }
}

/// What a party is told, a paragraph each, in Dutch and in English.
pub fn party_version(disclosure: &Disclosure) -> Vec<(String, String)> {
    let prepared = &disclosure.version.prepared;
    let numbers = disclosure.own.numbers.join(", ");
    let both = |say: &dyn Fn(Lang) -> String| (say(Lang::Nl), say(Lang::En));
    let mut text = vec![
        both(&|lang| {
            let (court, role) = (disclosure.own.court.label(lang), wording::role(&prepared.role, lang));
            match lang {
                Lang::Nl => format!("Mededeling van de {court} in de zaak {numbers}, voor: {role}."),
                Lang::En => format!("Notice of the {court} in case {numbers}, for: {role}."),
            }
        }),
        both(&|lang| match lang {
            Lang::Nl => format!("Op {} is in deze zaak de koppelingsregistratie geraadpleegd.", day(prepared.on, lang)),
            Lang::En => {
                format!("On {} the register of linked cases was consulted in this case.", day(prepared.on, lang))
            }
        }),
    ];
    for case in &prepared.cases {
        text.push(both(&|lang| {
            let roles: Vec<&str> = case.roles.iter().map(|role| role.label(lang)).collect();
            let case_numbers: Vec<String> = case.numbers.iter().map(ToString::to_string).collect();
            let (roles, numbers) = (roles.join(", "), case_numbers.join(", "));
            let (kind, court, phase) = (case.proceeding.label(lang), case.court.label(lang), case.phase.label(lang));
            match lang {
                Lang::Nl => {
                    format!("U staat als {roles} in een andere zaak: {kind}, {numbers}, {court}; stand: {phase}.")
                }
                Lang::En => {
                    format!("You stand as {roles} in another case: {kind}, {numbers}, {court}; state: {phase}.")
                }
            }
        }));
    }
    if prepared.cases.is_empty() {
        text.push(both(&|lang| {
            match lang {
                Lang::Nl => "Deze mededeling bevat geen gegevens over andere zaken.",
                Lang::En => "This notice holds no data of other cases.",
            }
            .to_owned()
        }));
    }
    text.push(both(&|lang| {
        match lang {
            Lang::Nl => "Dit is een feitelijke mededeling en geen oordeel. U kunt erop reageren, op de zitting of schriftelijk (art. 19 Rv).",
            Lang::En => "This is a statement of fact and no judgment. You may respond to it, at the hearing or in writing (art. 19 Rv).",
        }
        .to_owned()
    }));
    text
}

#[cfg(test)]
mod tests {
    use domain::court::Court;
    use domain::jurisdiction::Jurisdiction;
    use jiff::civil::date;

    use super::*;
    use crate::samples;

    #[test]
    fn no_wording_reassures_or_says_what_was_found() {
        let (court, today) = (Court::parse("RBROT").unwrap(), date(2026, 9, 14));
        let sources = [SourceSeen::heard(court, Jurisdiction::Criminal, today, today)];
        let attested = samples::attested();
        for lang in [Lang::Nl, Lang::En] {
            for text in [
                statement(&attested, lang),
                finding(&sources, lang),
                finding(&[], lang),
                not_consulted(lang).to_owned(),
            ] {
                let lower = text.to_lowercase();
                for word in ["geweld", "violence", "onveilig", "unsafe", "geen zaak", "no case", "schuld", "dader"] {
                    assert!(!lower.contains(word), "{word} in {text}");
                }
            }
            assert!(statement(&attested, lang).contains("C/10/712345 / FA RK 26-812"));
        }
        assert!(finding(&sources, Lang::Nl).starts_with("Geen koppeling gevonden in bronnen: rechtbank Rotterdam"));
    }
}
