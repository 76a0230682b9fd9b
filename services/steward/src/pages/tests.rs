//! Pages render whole in both languages, say everything in words, and nothing about offences.

use std::sync::Arc;

use domain::court::Court;
use domain::decisions::docket::Told;
use domain::fact::linker::WhyWithdrawn;
use domain::fact::steward::RulingReason;
use domain::fact::{LinkerFact, StewardFact};
use domain::jurisdiction::Jurisdiction;
use domain::proceeding::ProceedingKind;
use jiff::civil::date;
use web::Texts;

use super::question::{Beside, NOTICES, changes, shown};
use super::*;
use crate::api::tests::FORBIDDEN;
use crate::desk::{Comparison, Record, Ruled};
use crate::queue::{CaseCard, CaseFile};
use crate::record::tests::samira;
use crate::record::{Field, Person};
use crate::standing::tests::{fact, id, question as asked, ruling};
use crate::standing::{Standing, because};
use crate::version::Version;

const TEMPLATES: [&str; 2] =
    [include_str!("../../templates/queue.html"), include_str!("../../templates/question.html")];

fn texts() -> Arc<Texts> {
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
            Record { told: told.clone(), person: Person::Known(Box::new(samira())), case: Some(case) },
            Record { told, person: other, case: None },
        ],
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
    add("fault", &["reason", "note", "erased"]);
    add("notice", &NOTICES);
    add("rule", &words::RULES);
    add("rule", &["other"]);
    add("kind", &["all"]);
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
        [(Lang::Nl, "gewist", "verschillend", "Bevestigen"), (Lang::En, "erased", "different", "Confirm")]
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
        opened_at: "2026-02-27T09:00:00Z".parse().expect("a moment"),
    };
    let today = date(2026, 3, 1);
    for (lang, parts) in [
        (Lang::Nl, ["Tegenspraak", "14-03-2026", "over 13 dagen", "2 dagen", "nog niet geregistreerd"]),
        (Lang::En, ["Contradiction", "14 March 2026", "in 13 days", "2 days", "not registered yet"]),
    ] {
        let page = Page::new(&texts(), lang, "heading").at("/").signed_in(Vec::new());
        let body = QueuePage {
            statuses: statuses(&page, Status::Open, None),
            kinds: kinds(&page, Status::Open, None),
            rows: vec![row(&page, &entry, today)],
            first: None,
            next: Some(address(Status::Open, Some(Kind::Conflict), Some("abc"))),
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
fn no_template_speaks_of_offences() {
    for template in TEMPLATES {
        let template = template.to_lowercase();
        for word in FORBIDDEN {
            assert!(!template.contains(word), "{word}");
        }
    }
}
