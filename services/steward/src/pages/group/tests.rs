//! The page of a group renders whole in both languages, with every record, and offers what may be done.

use std::sync::Arc;

use domain::decisions::docket::Told;
use domain::fact::LinkerFact;
use domain::fact::linker::PairEvidence;
use domain::ids::Pair;
use jiff::civil::date;

use super::*;
use crate::api::tests::FORBIDDEN;
use crate::desk::{Hand, Record};
use crate::record::tests::samira;
use crate::standing::Standing;
use crate::standing::tests::{fact, id, question};

fn party(number: usize) -> PartyId {
    PartyId::derived(&[&number.to_string()])
}

fn link(a: usize, b: usize, millibits: i32, ruled: bool) -> PairEvidence {
    let rule = if ruled { "ruling" } else { "number-birth-name" }.to_owned();
    let ruling = ruled.then(|| FactId::derived(&["ruling"]));
    PairEvidence { pair: Pair::of(party(a), party(b)), rule, fields: Vec::new(), ruling, millibits: Some(millibits) }
}

fn group(records: usize, weighed: bool) -> Group {
    let grouped = |number: usize| Grouped {
        party: party(number),
        record: Record {
            told: Told::default(),
            person: if number == 1 { Person::Erased } else { Person::Known(Box::new(samira())) },
            case: None,
            beside: vec![[domain::role::Role::parse("victim").expect("a role")].into()],
        },
    };
    let totals = [(Pair::of(party(0), party(1)), -1_200), (Pair::of(party(0), party(2)), 14_000)];
    Group {
        standing: Standing::of(id(), &[fact(1, LinkerFact::MatchPossible(question("split")))]).expect("it was asked"),
        records: (0..records).map(grouped).collect(),
        links: vec![link(0, 1, 7_000, false), link(1, 2, 19_000, true)],
        totals: weighed.then(|| totals.into()),
        at_weakest: Cut::of(&(0..records).map(party).collect(), &[party(0)].into()),
        version: "seen".to_owned(),
        hand: Hand::default(),
    }
}

fn page(lang: Lang, group: Group, form: Option<SplitForm>, fault: Option<&'static str>) -> String {
    let texts = Arc::new(crate::texts().expect("texts"));
    let page = Page::new(&texts, lang, "heading").at("/").signed_in(Vec::new());
    shown(page, "1".to_owned(), group, form, fault, date(2026, 3, 1)).render().expect("a page")
}

#[test]
fn every_record_is_shown_and_the_cut_at_the_weakest_link_is_marked_beforehand() {
    for (lang, words) in [
        (Lang::Nl, ["Gegeven 7", "zwakste schakel", "gewist", "slachtoffer", "nummer, geboortedatum en naam"]),
        (Lang::En, ["Record 7", "weakest link", "erased", "victim", "number, date of birth and name"]),
    ] {
        let page = page(lang, group(7, true), None, None);
        for word in words {
            assert!(page.contains(word), "{word} in {page}");
        }
        assert_eq!(page.matches("type=\"checkbox\"").count(), 7);
        assert_eq!(page.matches(" checked").count(), 1);
        assert!(page.contains("<mark>") && page.contains("••••••103") && !page.contains("999991103"));
        let lower = page.to_lowercase();
        for word in FORBIDDEN {
            assert!(!lower.contains(word), "{word}");
        }
    }
}

#[test]
fn what_cannot_be_done_is_not_offered() {
    let offered = |page: &str| page.contains("splits/preview");
    let mut held = group(3, false);
    assert!(offered(&page(Lang::En, group(3, false), None, None)));
    held.hand.is_anothers = true;
    assert!(!offered(&page(Lang::En, held, None, None)));
    let mut spoken = group(3, false);
    (spoken.hand.has_spoken, spoken.hand.spoken) = (true, 1);
    let spoken = page(Lang::En, spoken, None, None);
    assert!(!offered(&spoken) && spoken.contains("another&#39;s turn"));
    assert!(!offered(&page(Lang::En, group(2, false), None, None)), "of two it is said whether they are one");
    let unweighed = page(Lang::En, group(3, false), None, None);
    assert!(unweighed.contains("Weigh every two") && !unweighed.contains("id=\"matrix\""));
    let crowd = page(Lang::En, group(16, true), None, None);
    assert!(!crowd.contains("id=\"matrix\"") && crowd.contains("too many records"));
}

#[test]
fn what_was_filled_in_is_kept_and_what_is_wrong_is_said() {
    let moved = [(format!("moved-{}", party(2)), "on".to_owned()), ("other".to_owned(), "x".to_owned())];
    let form = |reason: &str| SplitForm {
        seen: "before".to_owned(),
        request: "1".to_owned(),
        reason: reason.to_owned(),
        note: "<b>two</b>".to_owned(),
        moved: moved.clone().into(),
    };
    let shown = page(Lang::En, group(3, false), Some(form("family-members")), Some("fault-moved"));
    assert!(shown.contains("&#60;b&#62;two") && shown.contains("value=\"family-members\" selected"), "{shown}");
    assert_eq!(shown.matches(" checked").count(), 1);
    assert!(shown.contains("role=\"alert\"") && shown.contains("changed"));
    assert!(matches!(form("").parting(), Err("fault-reason")));
    assert!(form("family-members").parting().is_ok_and(|parting| parting.moved == [party(2)].into()));
    let none = SplitForm { moved: BTreeMap::new(), ..form("family-members") };
    assert!(matches!(none.parting(), Err("fault-moved")));
}
