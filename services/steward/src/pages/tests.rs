//! Pages render whole in both languages, say everything in words, and nothing about offences.

use std::sync::Arc;

use domain::court::Court;
use domain::decisions::ask_source::AskState;
use domain::decisions::docket::Told;
use domain::decisions::task::WhyTwo;
use domain::fact::linker::{ConsequencesForeseen, LinkBecomes, LinkForeseen, Member, Notices, Weighed, WhyWithdrawn};
use domain::fact::steward::{AskedField, Identifier, RevealReason, RulingReason};
use domain::fact::{LinkerFact, StewardFact};
use domain::ids::{CaseId, FactId, LinkId, Pair, PartyId, PersonId};
use domain::jurisdiction::Jurisdiction;
use domain::party::PartyDetails;
use domain::personal::Personal;
use domain::proceeding::ProceedingKind;
use domain::role::Role;
use jiff::civil::date;
use web::Texts;

use super::preview::PreviewPage;
use super::question::{Beside, NOTICES, changes, shown};
use super::*;
use crate::api::tests::FORBIDDEN;
use crate::desk::{Comparison, Hand, Other, Record, Ruled};
use crate::queue::{CaseCard, CaseFile};
use crate::record::tests::samira;
use crate::record::{Field, Person};
use crate::standing::tests::{fact, id, question as asked, ruling};
use crate::standing::{Standing, because};
use crate::version::Version;

const TEMPLATES: [&str; 7] = [
    include_str!("../../templates/articles.html"),
    include_str!("../../templates/operations.html"),
    include_str!("../../templates/quality.html"),
    include_str!("../../templates/queue.html"),
    include_str!("../../templates/question.html"),
    include_str!("../../templates/preview.html"),
    include_str!("../../templates/group.html"),
];

pub(super) fn texts() -> Arc<Texts> {
    Arc::new(crate::texts().expect("texts"))
}

fn card() -> CaseCard {
    CaseCard {
        court: Court::parse("RBROT").expect("a court"),
        jurisdiction: Jurisdiction::Family,
        kind: ProceedingKind::parse("contact-arrangement").expect("a kind"),
        hearing: Some(date(2026, 3, 14)),
    }
}

fn comparison(history: usize, other: Person) -> Comparison {
    let facts = [fact(1, LinkerFact::MatchPossible(asked("name-birth"))), fact(2, StewardFact::PairRejected(ruling()))];
    let standing = Standing::of(id(), &facts[..history]).expect("it was asked");
    let told = Told::default();
    let case = CaseFile { card: card(), numbers: vec!["C/10/712345 / FA RK 26-812".to_owned()] };
    Comparison {
        version: Version::of(&standing, [(&told, true), (&told, true)]),
        rulings: standing
            .rulings
            .iter()
            .map(|given| Ruled { given: given.clone(), note: Some("<b>asked</b>".to_owned()) })
            .collect(),
        records: [
            Record {
                told: told.clone(),
                person: Person::Known(Box::new(samira())),
                case: Some(case.clone()),
                beside: vec![[Role::parse("victim").expect("a role")].into()],
            },
            Record { told, person: other, case: None, beside: Vec::new() },
        ],
        asks: Vec::new(),
        others: [
            vec![Other { roles: [Role::parse("petitioner").expect("a role")].into(), case: Some(case) }],
            Vec::new(),
        ],
        hand: Hand::default(),
        standing,
    }
}

fn question_page(lang: Lang, comparison: &Comparison, beside: Beside) -> String {
    let page = Page::new(&texts(), lang, "heading").at("/questions/1").signed_in(Vec::new());
    shown(page, "1".to_owned(), comparison, beside, date(2026, 3, 1)).render().expect("a page")
}

#[test]
fn the_texts_are_complete() {
    let texts = texts();
    assert_eq!(texts.differences(), Vec::<String>::new());
    for template in TEMPLATES {
        assert_eq!(texts.missing_in(template), Vec::<String>::new());
    }
    let mut keys: Vec<String> = Vec::new();
    let mut add = |prefix: &str, codes: &[&str]| keys.extend(codes.iter().map(|code| format!("{prefix}-{code}")));
    add("fault", &["reason", "note", "erased", "note-missing", "claimed", "spoken", "moved", "too-many"]);
    add("mark", &["mine", "another", "spoken", "second", "waits", "late", "answered"]);
    add("notice", &[super::hand::NONE_LEFT]);
    add("two", &WhyTwo::ALL.map(WhyTwo::as_str));
    add("link", &["linked", "changed", "unlinked"]);
    add("changed", &["groups"]);
    let counted = ["person", "ended", "asked", "withdrawn", "notices-sent", "notices-updated", "notices-withdrawn"];
    add("preview", &counted);
    add("aside", &["hours"]);
    add("hand", &["spoken", "mine"]);
    add("field", &["address"]);
    add("reveal", &RevealReason::ALL.map(RevealReason::as_str));
    add("reveal", &["fault", "refused"]);
    add("field", &Identifier::ALL.map(Identifier::as_str));
    add("step", &["prior", "rarity", "household", "family", "rest"]);
    add("side", &["for", "against", "nothing"]);
    add("limit", &["possible", "certain"]);
    add("range", &["between", "most", "fewest"]);
    add("rarity", &["rarer", "commoner"]);
    add("sentence", &["nothing"]);
    add("difference", &["nothing"]);
    add("since", &["level"]);
    add("question", &["doubted"]);
    add("ask", &["asked"]);
    add("ask", &AskState::ALL.map(AskState::as_str));
    add("field", &AskedField::ALL.map(AskedField::as_str));
    add("group", &["of", "record"]);
    add("split", &["decision", "closed", "two"]);
    add("notice", &NOTICES);
    add("rule", &words::RULES);
    add("rule", &["other", "ruling"]);
    add("kind", &["all"]);
    add("why", &["doubted"]);
    add("kind", &Kind::ALL.map(Kind::as_str));
    add("status", &Status::ALL.map(Status::as_str));
    add("changed-question", &Status::ALL.map(Status::as_str));
    add("changed-record", &["a", "b"]);
    add("field", &Field::ALL.map(Field::code));
    add("level", &words::LEVELS.map(|(code, _)| code));
    add("level", &["other", "none"]);
    add("value", &["absent", "erased", "untold"]);
    add("sex", &["female", "male", "other"]);
    add("reason", &RulingReason::ALL.map(RulingReason::as_str));
    add(
        "withdrawn",
        &[WhyWithdrawn::Ruled, WhyWithdrawn::EvidenceChanged, WhyWithdrawn::Superseded, WhyWithdrawn::Joined]
            .map(because),
    );
    let missing: Vec<_> = keys.iter().filter(|key| !texts.has(key)).collect();
    assert_eq!(missing, Vec::<&String>::new());
}

#[test]
fn a_question_renders_in_both_languages() {
    for (lang, erased, different, button) in
        [(Lang::Nl, "gewist", "verschillend", "Niet te zeggen"), (Lang::En, "erased", "different", "Cannot tell")]
    {
        let body = question_page(lang, &comparison(1, Person::Erased), Beside::default());
        for part in ["••••••103", "Jansen-El Amrani", "C/10/712345", "RK 26-812", "≠", erased, different, button]
        {
            assert!(body.contains(part), "{part} in {body}");
        }
        assert!(!body.contains("999991103") && !body.contains("Rotterdam\""), "a number is masked");
        assert_eq!(body.matches("<h1>").count(), 1);
        assert_eq!(body.matches("name=\"same\"").count(), 2);
    }
}

#[test]
fn missing_is_drawn_otherwise_than_different() {
    let body = question_page(Lang::En, &comparison(1, Person::Erased), Beside::default());
    assert!(body.contains(r#"<span class="absent"><span aria-hidden="true">–</span> missing</span>"#));
    assert!(body.contains(r#"<span class="tag is-urgent"><span aria-hidden="true">≠</span> different</span>"#));
}

#[test]
fn what_differs_is_marked_and_said_in_words_and_masked_numbers_are_not_compared() {
    let mut other: PartyDetails = samira();
    other.birth = domain::birth::BirthDate::parse("1990-04-13").expect("a date");
    other.bsn = Some(domain::bsn::Bsn::parse("999991036").expect("a test number"));
    let body = question_page(Lang::En, &comparison(1, Person::Known(Box::new(other))), Beside::default());
    assert!(body.contains("<mark>"), "{body}");
    assert!(body.contains("differs: “"), "in words too");
    assert!(body.contains("<bdi>••••••036</bdi>"), "a masked number is whole");
    assert!(body.contains("JANSEN"), "the form in which a name is looked up");
}

#[test]
fn a_weighing_is_drawn_said_and_tabled_for_and_against_alike() {
    let mut weighed = comparison(1, Person::Known(Box::new(samira())));
    let asked = &mut weighed.standing.asked;
    for (field, bits) in asked.evidence.fields.iter_mut().zip([0, 12_000, -7_300, 4_000]) {
        field.millibits = Some(bits);
    }
    asked.evidence.millibits = Some(-11_400);
    asked.weighed = Some(Weighed {
        prior: -20_000,
        rarity: [("birth-date".to_owned(), -100)].into(),
        certain: 6_000,
        possible: -3_000,
        gate: Some("policy".to_owned()),
        ..Weighed::default()
    });
    for (lang, parts) in [
        (Lang::Nl, ["zonder nummer beslist een mens", "zeker vanaf", "Kans vooraf", "−7,3", "tegen één persoon"]),
        (
            Lang::En,
            ["without a number a person decides", "certain from", "Odds beforehand", "−7.3", "against one person"],
        ),
    ] {
        let body = question_page(lang, &weighed, Beside::default());
        for part in parts {
            assert!(body.contains(part), "{part} in {body}");
        }
        // The same in the picture and in the table: two for, three against, one that says nothing.
        for (class, many) in [("for", 2), ("against", 3), ("nothing", 1)] {
            assert_eq!(body.matches(&format!("height=\"18\" class=\"{class}\"")).count(), many, "{class}");
        }
        assert_eq!(body.matches("class=\"limit\"").count(), 2);
        assert!(body.contains("<title id=\"weighing-title\">") && body.contains("<desc id=\"weighing-desc\">"));
    }
    let without = question_page(Lang::En, &comparison(1, Person::Erased), Beside::default());
    assert!(!without.contains("<svg"), "what was not weighed is not drawn");
}

#[test]
fn a_number_is_whole_only_where_it_was_just_asked_for() {
    let known = || comparison(1, Person::Known(Box::new(samira())));
    let before = question_page(Lang::En, &known(), Beside::default());
    assert!(before.contains("value=\"0-bsn\"") && before.contains("value=\"1-bsn\""));
    assert!(!before.contains("999991103"));
    let value = Personal::new("999991103".to_owned());
    let after = Beside { revealed: Some((1, Identifier::Bsn, value)), ..Beside::default() };
    let after = question_page(Lang::En, &known(), after);
    assert_eq!(after.matches("999991103").count(), 1);
    assert!(after.contains("Second: Citizen service number") && after.contains("is written down"));
    let anothers = Comparison { hand: Hand { is_anothers: true, ..Hand::default() }, ..known() };
    assert!(!question_page(Lang::En, &anothers, Beside::default()).contains("/reveals"));
}

#[test]
fn an_overtaken_form_says_what_changed_and_keeps_what_was_typed() {
    let (before, now) = (comparison(1, Person::Untold), comparison(2, Person::Untold));
    assert_eq!(changes(&now, &now.version.to_string()), Vec::<String>::new());
    let beside = Beside {
        changes: changes(&now, &before.version.to_string()),
        reason: "source-confirmed".to_owned(),
        note: "telephoned </textarea>".to_owned(),
        ..Beside::default()
    };
    assert_eq!(beside.changes, ["changed-question-ruled"]);
    let body = question_page(Lang::En, &now, beside);
    assert!(body.contains("was ruled on in the meantime"));
    assert!(body.contains(r#"<option value="source-confirmed" selected>"#));
    assert!(body.contains("telephoned &#60;/textarea&#62;") && !body.contains("<b>asked</b>"));
    assert!(body.contains(&format!("value=\"{}\"", now.version)));
}

#[test]
fn the_queue_renders_in_both_languages() {
    let entry = Entry {
        question: id(),
        kind: Kind::Conflict,
        status: Status::Open,
        rule: "bsn-contradicted".to_owned(),
        fields: Vec::new(),
        withdrawn: None,
        cases: [Some(card()), None],
        hearing: Some(date(2026, 3, 14)),
        opened_at: "2026-02-27T09:00:00Z".parse().expect("a moment"),
        concerned: 3,
        claimed_by: Some("steward-2".to_owned()),
        spoken: vec!["steward-1".to_owned()],
        why_two: Vec::new(),
        waits_until: None,
        answered: false,
    };
    let today = date(2026, 3, 1);
    for (lang, parts) in [
        (
            Lang::Nl,
            [
                "Tegenspraak",
                "14-03-2026",
                "over 13 dagen",
                "2 dagen",
                "nog niet geregistreerd",
                "3 zaken",
                "bij een ander",
                "wacht op",
            ],
        ),
        (
            Lang::En,
            [
                "Contradiction",
                "14 March 2026",
                "in 13 days",
                "2 days",
                "not registered yet",
                "3 cases",
                "another",
                "waits for",
            ],
        ),
    ] {
        let page = Page::new(&texts(), lang, "heading").at("/").signed_in(Vec::new());
        let body = QueuePage {
            statuses: statuses(&page, Chosen { status: Status::Open, kind: None, pool: None }),
            kinds: kinds(&page, Chosen { status: Status::Open, kind: None, pool: None }),
            notice: None,
            rows: vec![row(&page, &entry, &ruling().by, today)],
            first: None,
            next: Some(Chosen { status: Status::Open, kind: Some(Kind::Conflict), pool: None }.address(Some("abc"))),
            status: "open",
            kind: None,
            pools: vec![
                ("RBROT/family".to_owned(), "one".to_owned(), false),
                ("RBAMS/criminal".to_owned(), "other".to_owned(), true),
            ],
            page,
        }
        .render()
        .expect("a page");
        for part in parts {
            assert!(body.contains(part), "{part} in {body}");
        }
        assert!(body.contains(&format!("/questions/{}", id())));
        assert!(body.contains("/?status=open&#38;kind=conflict&#38;cursor=abc"));
    }
}

#[test]
fn who_has_spoken_or_finds_it_in_anothers_hand_is_offered_no_decision() {
    let page = |hand: Hand| {
        let comparison = Comparison { hand, ..comparison(1, Person::Untold) };
        question_page(Lang::En, &comparison, Beside::default())
    };
    let offered = |body: &str| body.contains("name=\"same\"");
    let two = Hand { why_two: [WhyTwo::Veto].into(), spoken: 1, ..Hand::default() };
    let body = page(two.clone());
    assert!(
        offered(&body) && body.contains("Two stewards decide") && body.contains("One steward has given an opinion")
    );
    let anothers = page(Hand { is_anothers: true, ..Hand::default() });
    assert!(!offered(&anothers) && anothers.contains("Another steward has this question in hand"));
    let spoken = page(Hand { has_spoken: true, ..two });
    assert!(!offered(&spoken) && spoken.contains("another&#39;s turn"));
    let ruling = fact(2, StewardFact::PairRejected(ruling())).id;
    let undo = page(Hand { may_undo: Some(ruling), ..Hand::default() });
    assert!(undo.contains(&format!("name=\"ruling\" value=\"{ruling}\"")));
    assert!(!page(Hand::default()).contains("/withdrawals"));
}

#[test]
fn a_preview_says_how_much_and_never_what() {
    let (one, other) = (CaseId::derived(&["1"]), CaseId::derived(&["2"]));
    let members = [("a", one), ("b", other), ("c", other)];
    let members = members.map(|(party, case)| Member { party: PartyId::derived(&[party]), case });
    let cases = Pair::of(one, other);
    let becomes = LinkBecomes::Unlinked;
    let foreseen = ConsequencesForeseen {
        proposal: FactId::derived(&["p"]),
        question: id(),
        persons: [(PersonId::derived(&["p"]), members.into())].into(),
        ended: [PersonId::derived(&["q"])].into(),
        links: [(LinkId::between(cases), LinkForeseen { cases, becomes })].into(),
        asked: [id()].into(),
        withdrawn: [].into(),
        notices: Notices { sent: 2, updated: 0, withdrawn: 1 },
        model: "test".to_owned(),
    };
    let cards = [(one, card())].into();
    for (lang, parts) in [
        (
            Lang::Nl,
            [
                "Eén persoon met 3 gegevens in 2 zaken.",
                "1 persoon gaat op",
                "wordt losgemaakt",
                "2 berichten",
                "nog niet",
            ],
        ),
        (
            Lang::En,
            ["One person with 3 records in 2 cases.", "1 person becomes", "is unlinked", "2 notices", "not registered"],
        ),
    ] {
        let page = Page::new(&texts(), lang, "heading").at("/").signed_in(Vec::new());
        let shown = super::preview::shown(&page, &foreseen, &cards);
        let body = PreviewPage {
            back: "/questions/1".to_owned(),
            commit: "/questions/1/rulings".to_owned(),
            again: "/questions/1/preview".to_owned(),
            decision: String::new(),
            reason_label: String::new(),
            note: "</textarea>".to_owned(),
            hidden: vec![("note".to_owned(), "</textarea>".to_owned())],
            why_two: vec!["why".to_owned()],
            foreseen: Some(shown),
            page,
        };
        let body = body.render().expect("a page");
        for part in parts {
            assert!(body.contains(part), "{part} in {body}");
        }
        assert!(body.contains(r#"name="note" value="&#60;/textarea&#62;""#) && !body.contains("/preview\""));
    }
}

#[test]
fn no_template_speaks_of_offences() {
    for template in TEMPLATES {
        let template = template.to_lowercase();
        for word in FORBIDDEN {
            assert!(!template.contains(word), "{word}");
        }
    }
}
