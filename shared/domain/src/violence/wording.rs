//! The words in which a judge is told: one sentence a line, set texts for everything else, in Dutch and in English.
//!
//! Invariants: a sentence is built from the set wording of the status and never says more than it; nobody is named; every
//! text exists in both languages. The tests at the foot read every text for words of guilt.

use super::assessment::{Assessment, IndicatorLine, PersonLine, Phase, RoleLine, SignalKind, WithdrawalReason};
use super::catalogue::{Catalogue, ModifierKind};
use super::status::Status;
use super::view::LinkBasis;
use crate::lang::Lang;
use crate::role::{Capacity, Role};

/// One sentence for every indicator, or, towards a criminal judge, for every person.
pub fn summary(assessment: &Assessment, lang: Lang) -> Vec<String> {
    match assessment.kind {
        SignalKind::ViolenceIndication => assessment.indicators.iter().map(|line| indicator(line, lang)).collect(),
        SignalKind::ParallelFamilyCase => assessment.persons.iter().map(|line| parallel(line, lang)).collect(),
    }
}

/// One indicator in a sentence, such as "Tegen de verweerder (vader) loopt een strafzaak wegens mishandeling, met de
/// verzoekster (moeder) als genoemd slachtoffer: wordt vervolgd; niet veroordeeld."
pub fn indicator(line: &IndicatorLine, lang: Lang) -> String {
    let (suspect, offence, status) = (the(&line.suspect, lang), offence(line, lang), line.status.label(lang));
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
    let is_over = matches!(line.status, Status::S36 | Status::S50 | Status::S55 | Status::X30);
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

impl SignalKind {
    /// What people read.
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::ViolenceIndication, Lang::Nl) => "geweldsindicatie",
            (Self::ViolenceIndication, Lang::En) => "indication of violence",
            (Self::ParallelFamilyCase, Lang::Nl) => "parallelle familie- of jeugdzaak",
            (Self::ParallelFamilyCase, Lang::En) => "parallel family or youth case",
        }
    }
}

impl Phase {
    /// What people read.
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Pending, Lang::Nl) => "in behandeling",
            (Self::Pending, Lang::En) => "pending",
            (Self::HearingPlanned, Lang::Nl) => "zitting gepland",
            (Self::HearingPlanned, Lang::En) => "hearing planned",
            (Self::Prosecuted, Lang::Nl) => "vervolging ingesteld",
            (Self::Prosecuted, Lang::En) => "prosecution brought",
            (Self::Judged, Lang::Nl) => "uitspraak in eerste aanleg",
            (Self::Judged, Lang::En) => "judgment at first instance",
            (Self::JudgedOnAppeal, Lang::Nl) => "uitspraak in hoger beroep",
            (Self::JudgedOnAppeal, Lang::En) => "judgment on appeal",
            (Self::Irrevocable, Lang::Nl) => "onherroepelijk",
            (Self::Irrevocable, Lang::En) => "final",
            (Self::Closed, Lang::Nl) => "gesloten",
            (Self::Closed, Lang::En) => "closed",
        }
    }
}

impl LinkBasis {
    /// What people read.
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Hard, Lang::Nl) => "hard: nummer en naam stemmen overeen, en de geboortedatum voor zover bekend",
            (Self::Hard, Lang::En) => "hard: number and name agree, and the birth date as far as known",
            (Self::Soft, Lang::Nl) => "zacht: naam en geboorte stemmen overeen, een nummer ontbreekt",
            (Self::Soft, Lang::En) => "soft: names and birth agree, a number is missing",
            (Self::ConfirmedBySteward, Lang::Nl) => "bevestigd door een gegevensbeheerder",
            (Self::ConfirmedBySteward, Lang::En) => "confirmed by a data steward",
        }
    }
}

impl WithdrawalReason {
    /// What people read.
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::LinkWithdrawn, Lang::Nl) => "koppeling onjuist: de zaken betreffen niet dezelfde personen",
            (Self::LinkWithdrawn, Lang::En) => "link incorrect: the cases do not concern the same persons",
            (Self::OwnCaseClosed, Lang::Nl) => "deze zaak is gesloten",
            (Self::OwnCaseClosed, Lang::En) => "this case was closed",
            (Self::ParallelCaseClosed, Lang::Nl) => "de andere zaak is gesloten",
            (Self::ParallelCaseClosed, Lang::En) => "the other case was closed",
            (Self::DismissedWronglySuspected, Lang::Nl) => "geseponeerd: ten onrechte als verdachte aangemerkt",
            (Self::DismissedWronglySuspected, Lang::En) => "dismissed: wrongly regarded as a suspect",
            (Self::Dismissed, Lang::Nl) => "geseponeerd",
            (Self::Dismissed, Lang::En) => "dismissed by the prosecution",
            (Self::Acquitted, Lang::Nl) => "vrijgesproken",
            (Self::Acquitted, Lang::En) => "acquitted",
            (Self::ProsecutionEnded, Lang::Nl) => "vervolging geëindigd zonder inhoudelijk oordeel",
            (Self::ProsecutionEnded, Lang::En) => "prosecution ended without a decision on the merits",
            (Self::GoesOnElsewhere, Lang::Nl) => "voortgezet in een andere zaak, waarover apart wordt bericht",
            (Self::GoesOnElsewhere, Lang::En) => "goes on in another case, which is told of separately",
            (Self::ParticularsChanged, Lang::Nl) => "gegevens gewijzigd: betreft deze zaak niet meer",
            (Self::ParticularsChanged, Lang::En) => "particulars changed: does not concern this case any more",
        }
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
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::article::Article;
    use crate::ids::ChargeId;
    use crate::violence::catalogue::{Indicator, LawVersion, Tag};
    use crate::violence::dismissal::DismissalCode;
    use crate::violence::relation::Relation;
    use crate::violence::urgency::Urgency;

    const LANGS: [Lang; 2] = [Lang::Nl, Lang::En];
    /// Words that say or suggest that somebody did it.
    const GUILT: [&str; 9] =
        ["dader", "pleger", "schuldig", "boef", "perpetrator", "offender", "guilty", "culprit", "abuser"];

    fn person(code: &str, capacity: Option<Capacity>, ordinal: Option<u32>) -> RoleLine {
        RoleLine { roles: BTreeSet::from([Role::parse(code).unwrap()]), capacity, ordinal }
    }

    fn line(indicator: &str, articles: &str, status: Status) -> IndicatorLine {
        IndicatorLine {
            charge: ChargeId::derived(&["charge"]),
            indicator: Indicator::parse(indicator).unwrap(),
            tier: Some(2),
            articles: Article::parse_list(articles).unwrap(),
            law_version: LawVersion::default(),
            period: "2026-03".to_owned(),
            status,
            relation: Relation::Partner,
            suspect: person("respondent", Some(Capacity::Father), None),
            victims: vec![person("petitioner", Some(Capacity::Mother), None)],
        }
    }

    #[test]
    fn a_sentence_as_a_judge_reads_it() {
        let pending = line("assault-simple", "300/304", Status::S30);
        assert_eq!(
            indicator(&pending, Lang::Nl),
            "Tegen de verweerder (vader) loopt een strafzaak wegens mishandeling, met de verzoekster (moeder) als genoemd \
             slachtoffer: wordt vervolgd; niet veroordeeld."
        );
        assert_eq!(
            indicator(&pending, Lang::En),
            "A criminal case is pending against the respondent (father) for assault, naming the petitioner (mother) as \
             victim: prosecuted; not convicted."
        );
    }

    #[test]
    fn attempts_children_and_final_rulings_have_their_own_words() {
        let mut attempt = line("assault-grievous", "45/302", Status::S50);
        attempt.victims = vec![person("minor", None, Some(1)), person("minor", None, Some(2))];
        assert_eq!(
            indicator(&attempt, Lang::Nl),
            "Tegen de verweerder (vader) is een strafzaak gevoerd wegens zware mishandeling (poging), met minderjarige 1 en \
             minderjarige 2 als genoemd slachtoffer: onherroepelijk veroordeeld."
        );
        let witness = IndicatorLine { victims: attempt.victims, ..line("child-witness", "300", Status::S30) };
        assert!(indicator(&witness, Lang::Nl).contains("als genoemde getuige"));
    }

    #[test]
    fn nobody_is_mentioned_where_nobody_of_the_case_was_harmed() {
        let alone = IndicatorLine { victims: Vec::new(), ..line("csam", "252", Status::S30) };
        assert_eq!(
            indicator(&alone, Lang::Nl),
            "Tegen de verweerder (vader) loopt een strafzaak wegens kinderpornografie: wordt vervolgd; niet veroordeeld."
        );
    }

    #[test]
    fn a_criminal_judge_reads_roles_only() {
        let line = PersonLine {
            own: person("victim", None, None),
            parallel_roles: BTreeSet::from([Role::parse("minor").unwrap()]),
        };
        assert_eq!(
            parallel(&line, Lang::Nl),
            "Het slachtoffer staat in een lopende familie- of jeugdzaak als minderjarige."
        );
    }

    /// Every text that this module and its neighbours can show.
    fn every_text() -> Vec<String> {
        let mut texts: Vec<String> = Vec::new();
        for lang in LANGS {
            let mut add = |text: &str| texts.push(text.to_owned());
            add(coverage(lang));
            add(correction(lang));
            (1..=4).for_each(|one| add(tier(one, lang)));
            for kind in [SignalKind::ViolenceIndication, SignalKind::ParallelFamilyCase] {
                add(kind.label(lang));
                for step in next_steps(kind, lang) {
                    add(step);
                }
            }
            for urgency in Urgency::ALL {
                add(urgency.label(lang));
            }
            for relation in Relation::ALL {
                add(relation.label(lang));
            }
            Tag::all().for_each(|one| add(one.label(lang)));
            Indicator::all().for_each(|one| add(one.label(lang)));
            for phase in [
                Phase::Pending,
                Phase::HearingPlanned,
                Phase::Prosecuted,
                Phase::Judged,
                Phase::JudgedOnAppeal,
                Phase::Irrevocable,
                Phase::Closed,
            ] {
                add(phase.label(lang));
            }
            for reason in [
                WithdrawalReason::LinkWithdrawn,
                WithdrawalReason::OwnCaseClosed,
                WithdrawalReason::ParallelCaseClosed,
                WithdrawalReason::DismissedWronglySuspected,
                WithdrawalReason::Dismissed,
                WithdrawalReason::Acquitted,
                WithdrawalReason::ProsecutionEnded,
                WithdrawalReason::GoesOnElsewhere,
                WithdrawalReason::ParticularsChanged,
            ] {
                add(reason.label(lang));
            }
            (0..100)
                .filter_map(|code| DismissalCode::parse(&format!("{code:02}")).ok()?.label(lang))
                .for_each(&mut add);
            for status in Status::ALL {
                add(status.label(lang));
                add(status.disclaimer(lang));
                for one in Indicator::all() {
                    add(&indicator(&line(one.code(), "45/242/300", status), lang));
                }
            }
        }
        texts
    }

    #[test]
    fn no_text_calls_a_suspicion_guilt() {
        for text in every_text() {
            assert!(!text.trim().is_empty());
            let lower = text.to_lowercase();
            for word in GUILT {
                assert!(!lower.contains(word), "{word:?} in {text:?}");
            }
        }
    }

    #[test]
    fn only_a_conviction_is_called_one() {
        for status in Status::ALL.into_iter().filter(|status| !status.reaches(Status::S40)) {
            let (nl, en) = (status.label(Lang::Nl), status.label(Lang::En));
            assert!(!nl.replace("niet veroordeeld", "").contains("veroordeeld"), "{nl}");
            assert!(!en.replace("not convicted", "").contains("convicted"), "{en}");
        }
        for status in [Status::X40, Status::X50] {
            for lang in LANGS {
                let text = status.disclaimer(lang);
                assert!(!text.contains("bewijs") && !text.contains("evidence"), "doubt about an acquittal: {text}");
            }
        }
    }
}
