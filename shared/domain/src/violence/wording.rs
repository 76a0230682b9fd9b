//! The words in which a judge is told: one sentence a line, set texts for everything else, in Dutch and in English.
//!
//! Invariants: a sentence is built from the set wording of the status and never says more than it; nobody is named; every
//! text exists in both languages. The tests at the foot read every text for words of guilt.

mod labels;
mod measures;

pub use measures::{children, conflict, contact, days, exceptions, killing, measure, order};

use super::assessment::{Assessment, DismissalLine, IndicatorLine, PersonLine, RoleLine, SignalKind};
use super::catalogue::{Catalogue, ModifierKind};
use super::status::{DismissalKind, Status};
use crate::lang::Lang;
use crate::role::{Capacity, Role};

/// One sentence for every indicator, or, towards a criminal judge, for every person.
pub fn summary(assessment: &Assessment, lang: Lang) -> Vec<String> {
    match assessment.kind {
        SignalKind::ViolenceIndication => {
            let indicators = assessment.indicators.iter().map(|line| indicator(line, lang));
            indicators.chain(assessment.orders.iter().map(|line| order(line, lang))).collect()
        }
        SignalKind::ParallelFamilyCase => {
            let persons = assessment.persons.iter().map(|line| parallel(line, lang));
            let orders = assessment.orders.iter().map(|line| order(line, lang));
            persons.chain(orders).chain(assessment.contact.iter().map(|line| contact(line, lang))).collect()
        }
        SignalKind::ConflictingOrder => assessment.conflicts.iter().map(|line| conflict(line, lang)).collect(),
        SignalKind::PartnerKilling => assessment.killing.iter().flat_map(|line| killing(line, lang)).collect(),
    }
}

/// One indicator in a sentence, such as "Tegen de verweerder (vader) loopt een strafzaak wegens mishandeling, met de
/// verzoekster (moeder) als genoemd slachtoffer: wordt vervolgd; niet veroordeeld."
pub fn indicator(line: &IndicatorLine, lang: Lang) -> String {
    let (suspect, offence, status) = (the(&line.suspect, lang), offence(line, lang), line.status.label(lang));
    let dropped = line.dismissal.map(|dismissal| {
        let on = dismissal.on.map(|on| on.to_string());
        ground(dismissal, lang).map(str::to_owned).into_iter().chain(on).collect::<Vec<_>>().join(", ")
    });
    let dropped = dropped.filter(|words| !words.is_empty()).map(|words| format!(" ({words})")).unwrap_or_default();
    let status = format!("{status}{dropped}");
    let named: Vec<String> = line.victims.iter().map(|victim| the(victim, lang)).collect();
    let part = match (line.indicator.is_of_witnesses(), lang) {
        (false, Lang::Nl) => "genoemd slachtoffer",
        (true, Lang::Nl) => "genoemde getuige",
        (false, Lang::En) => "victim",
        (true, Lang::En) => "witness",
    };
    let named = match (named.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Nl) => format!(", met {} als {part}", joined(&named, lang)),
        (false, Lang::En) => format!(", naming {} as {part}", joined(&named, lang)),
    };
    let is_over =
        matches!(line.status, Status::S36 | Status::S50 | Status::S55 | Status::X20 | Status::X30 | Status::X35);
    if matches!(line.status, Status::S20 | Status::S25) {
        return match lang {
            Lang::Nl => format!("Tegen {suspect} bestaat een verdenking van {offence}{named}: {status}."),
            Lang::En => format!("There is a suspicion against {suspect} of {offence}{named}: {status}."),
        };
    }
    match (lang, is_over) {
        (Lang::Nl, false) => format!("Tegen {suspect} loopt een strafzaak wegens {offence}{named}: {status}."),
        (Lang::Nl, true) => format!("Tegen {suspect} is een strafzaak gevoerd wegens {offence}{named}: {status}."),
        (Lang::En, false) => {
            format!("A criminal case is pending against {suspect} for {offence}{named}: {status}.")
        }
        (Lang::En, true) => format!("A criminal case was brought against {suspect} for {offence}{named}: {status}."),
    }
}

/// A person of a criminal case in a sentence, such as "De verdachte staat in een lopende familie- of jeugdzaak als
/// verweerder."
pub fn parallel(line: &PersonLine, lang: Lang) -> String {
    let roles: Vec<String> = line.parallel_roles.iter().map(|role| role.label(lang).to_owned()).collect();
    let roles = match (roles.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Nl) => format!(" als {}", joined(&roles, lang)),
        (false, Lang::En) => format!(" as {}", joined(&roles, lang)),
    };
    let person = capitalised(&the(&line.own, lang));
    match lang {
        Lang::Nl => format!("{person} staat in een lopende familie- of jeugdzaak{roles}."),
        Lang::En => format!("{person} stands in a pending family or youth case{roles}."),
    }
}

/// What is charged: the indicator, what the article says in that version of the law, and whether it was attempted.
pub fn offence(line: &IndicatorLine, lang: Lang) -> String {
    let catalogue = Catalogue::current();
    let facts = line.articles.iter().find_map(|article| catalogue.facts(article, line.law_version));
    let has = |kind| line.articles.iter().any(|article| catalogue.modifier(article) == Some(kind));
    let degree = match (has(ModifierKind::Attempt), has(ModifierKind::Preparation), lang) {
        (true, _, Lang::Nl) => Some("poging"),
        (true, _, Lang::En) => Some("attempt"),
        (_, true, Lang::Nl) => Some("voorbereiding"),
        (_, true, Lang::En) => Some("preparation"),
        _ => None,
    };
    let notes: Vec<&str> = facts.map(|facts| facts.in_lang(lang)).into_iter().chain(degree).collect();
    let label = line.indicator.label(lang);
    if notes.is_empty() { label.to_owned() } else { format!("{label} ({})", notes.join("; ")) }
}

/// The ground on which a charge was dropped, in words; nothing where the status says it already.
pub fn ground(line: DismissalLine, lang: Lang) -> Option<&'static str> {
    match (line.code.kind(), lang) {
        (DismissalKind::Policy, _) => None,
        (_, Lang::Nl) => Some(line.code.label(lang).unwrap_or("op een grond die hier niet bekend is")),
        (_, Lang::En) => Some(line.code.label(lang).unwrap_or("on a ground that is not known here")),
    }
}

/// A person by role, such as `verweerder (vader)` or `minderjarige 1`.
pub fn role(line: &RoleLine, lang: Lang) -> String {
    let first = Role::all().find(|role| line.roles.contains(role));
    let word = first.map_or(
        match lang {
            Lang::Nl => "betrokkene",
            Lang::En => "person concerned",
        },
        |role| gendered(role, line.capacity, lang),
    );
    match (line.ordinal, line.capacity) {
        (Some(ordinal), _) => format!("{word} {ordinal}"),
        (None, Some(capacity)) if !matches!(capacity, Capacity::Other) => format!("{word} ({})", capacity.label(lang)),
        _ => word.to_owned(),
    }
}

/// What the court's policy leaves out; nothing where it leaves nothing out.
pub fn left_out(assessment: &Assessment, lang: Lang) -> Option<String> {
    let labels: Vec<String> = assessment.left_out.iter().map(|one| one.label(lang).to_owned()).collect();
    if labels.is_empty() {
        return None;
    }
    let labels = joined(&labels, lang);
    Some(match lang {
        Lang::Nl => format!(
            "Volgens het beleid van uw gerecht wordt hier niet gemeld: {labels}. Of de andere zaak daarover gaat, is niet \
             gezegd."
        ),
        Lang::En => format!(
            "By the policy of your court this does not tell of: {labels}. Whether the other case is about that is not said."
        ),
    })
}

/// How serious an indicator is, in a word; without a tier, nothing is said of it.
pub const fn tier(tier: u8, lang: Lang) -> &'static str {
    match (tier, lang) {
        (1, Lang::Nl) => "zeer ernstig",
        (1, Lang::En) => "very serious",
        (2, Lang::Nl) => "ernstig",
        (2, Lang::En) => "serious",
        (3, Lang::Nl) => "matig",
        (3, Lang::En) => "moderate",
        _ => "context",
    }
}

/// What was not looked at: stands above every list, also above an empty one.
pub const fn coverage(lang: Lang) -> &'static str {
    match lang {
        Lang::Nl => {
            "Hier staat alleen wat aangesloten bronnen hebben gemeld; gegevens van Veilig Thuis en andere niet-aangesloten \
             bronnen ontbreken. Geen signaal betekent niet: geen geweld."
        }
        Lang::En => {
            "This shows only what connected sources have reported; data of Safe at Home and of other sources that are not \
             connected are missing. No signal does not mean: no violence."
        }
    }
}

/// What a judge is told beside a correction when the own case was decided meanwhile.
pub const fn late_correction(lang: Lang) -> &'static str {
    match lang {
        Lang::Nl => {
            "In deze zaak is beslist nadat het signaal was gegeven. Berust de beslissing op onjuiste of onvolledige gegevens, dan \
             kan zij op verzoek worden gewijzigd (art. 824 lid 2 Rv, art. 1:377e BW); of partijen worden ingelicht, beslist de \
             rechter."
        }
        Lang::En => {
            "This case was decided after the signal was given. Where a decision rests on incorrect or incomplete data it can be \
             changed on request (art. 824(2) Rv, art. 1:377e BW); whether the parties are told is for the judge to decide."
        }
    }
}

/// What stands in the place of a court that would tell where a shielded person lives.
pub const fn another_court(lang: Lang) -> &'static str {
    match lang {
        Lang::Nl => "ander gerecht",
        Lang::En => "another court",
    }
}

/// What a judge may do with a signal. No legal advice.
pub const fn next_steps(kind: SignalKind, lang: Lang) -> &'static [&'static str] {
    match (kind, lang) {
        (SignalKind::ViolenceIndication, Lang::Nl) => &[
            "Een signaal is geen processtuk en geen bewijs; partijen moeten zich erover kunnen uitlaten (art. 19 Rv).",
            "Stukken opvragen bij het openbaar ministerie.",
            "Onderzoek door de Raad voor de Kinderbescherming gelasten (art. 810 Rv).",
            "De griffie van de strafrechter vragen naar de stand van de zaak.",
        ],
        (SignalKind::ViolenceIndication, Lang::En) => &[
            "A signal is not part of the file and no evidence; the parties must be able to respond to it (art. 19 Rv).",
            "Request documents from the prosecution service.",
            "Order an investigation by the Child Protection Board (art. 810 Rv).",
            "Ask the registry of the criminal court how the case stands.",
        ],
        (SignalKind::ConflictingOrder, Lang::Nl) => &[
            "Een signaal is geen processtuk en geen bewijs; partijen moeten zich erover kunnen uitlaten (art. 19 Rv).",
            "Bij de andere rechter navragen wat de maatregel inhoudt en of daarin rekening is gehouden met de regeling.",
            "Een verbod kan ruimte laten die een regeling gebruikt; of zij tegenstrijdig zijn, beoordeelt de rechter.",
        ],
        (SignalKind::ConflictingOrder, Lang::En) => &[
            "A signal is not part of the file and no evidence; the parties must be able to respond to it (art. 19 Rv).",
            "Ask the other court what the measure contains and whether it took the arrangement into account.",
            "A ban may leave room that an arrangement uses; whether they contradict each other is for the judge to say.",
        ],
        (SignalKind::PartnerKilling, Lang::Nl) => &[
            "Een signaal is geen processtuk en geen bewijs; partijen moeten zich erover kunnen uitlaten (art. 19 Rv).",
            "Nagaan of de Raad voor de Kinderbescherming onderzoek doet en of voorlopige voogdij is verzocht.",
            "Nagaan of een bijzondere curator voor de kinderen is benoemd.",
            "Het geldende handelingsprotocol over omgang na partnerdoding raadplegen.",
        ],
        (SignalKind::PartnerKilling, Lang::En) => &[
            "A signal is not part of the file and no evidence; the parties must be able to respond to it (art. 19 Rv).",
            "Find out whether the Child Protection Board investigates and provisional guardianship was asked for.",
            "Find out whether a special guardian was appointed for the children.",
            "Consult the protocol in force on contact after the killing of a parent.",
        ],
        (SignalKind::ParallelFamilyCase, Lang::Nl) => &[
            "Een signaal staat buiten het strafdossier totdat de rechter het daarin opneemt.",
            "De griffie van de familie- of jeugdrechter vragen naar lopende regelingen en zittingen.",
            "Letten op regelingen over contact met kinderen bij het opleggen van voorwaarden of een verbod.",
        ],
        (SignalKind::ParallelFamilyCase, Lang::En) => &[
            "A signal stays outside the criminal file until the judge adds it.",
            "Ask the registry of the family or youth court for current arrangements and hearings.",
            "Mind arrangements on contact with children when imposing conditions or a prohibition.",
        ],
    }
}

/// What a judge who read a signal is told when it no longer stands.
pub const fn correction(lang: Lang) -> &'static str {
    match lang {
        Lang::Nl => "Het eerdere signaal is vervallen en wordt niet meer gebruikt.",
        Lang::En => "The earlier signal no longer stands and is not to be used any more.",
    }
}

/// Dutch has a word of its own for a woman in some roles.
fn gendered(role: Role, capacity: Option<Capacity>, lang: Lang) -> &'static str {
    match (lang, capacity, role.code()) {
        (Lang::Nl, Some(Capacity::Mother), "petitioner") => "verzoekster",
        (Lang::Nl, Some(Capacity::Mother), "respondent") => "verweerster",
        _ => role.label(lang),
    }
}

/// A person by role with the article; a numbered minor has none.
fn the(line: &RoleLine, lang: Lang) -> String {
    let word = role(line, lang);
    let neuter = ["slachtoffer", "kind"].iter().any(|noun| word.starts_with(noun));
    match lang {
        _ if line.ordinal.is_some() => word,
        Lang::Nl if neuter => format!("het {word}"),
        Lang::Nl => format!("de {word}"),
        Lang::En => format!("the {word}"),
    }
}

fn joined(words: &[String], lang: Lang) -> String {
    let and = match lang {
        Lang::Nl => " en ",
        Lang::En => " and ",
    };
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{}{and}{last}", rest.join(", ")),
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
