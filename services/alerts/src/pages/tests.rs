//! Every page in both languages.

use super::*;
use crate::samples;

fn all_texts() -> Arc<Texts> {
    Arc::new(texts().unwrap())
}

fn inbox_page(lang: Lang, rows: Vec<Row>, is_stale: bool) -> String {
    let texts = all_texts();
    let page = frame(&texts, lang, 3, texts.say(lang, "inbox-heading", &[]), "/");
    let shows = Show::EACH.iter().map(|(show, _, key)| Link::new(show.address(None), page.say(key)));
    InboxPage {
        coverage: wording::coverage(view::in_domain(lang)),
        unread: 3,
        shows: shows.collect(),
        rows,
        late: 2,
        older: Some(Show::Unread.address(Some("0"))),
        checked: Some(dates::moment("2026-09-01T10:00:00Z".parse().unwrap(), lang)),
        is_stale,
        page,
    }
    .render()
    .unwrap()
}

fn signal_page(lang: Lang, which: usize, notice: Option<Notice>) -> String {
    let texts = all_texts();
    let page = frame(&texts, lang, 0, texts.say(lang, "signal-heading", &[("numbers", "C/10".into())]), "/signals/x");
    let entry = &samples::entries()[which];
    let handled = if which == 1 { Vec::new() } else { samples::handlings() };
    let view = SignalView::of(entry, &handled, &page);
    let trail = if which == 1 { Trail::default() } else { samples::trail() };
    let today = jiff::civil::date(2026, 10, 1);
    let (requests, mut versions) =
        if which == 1 { (Vec::new(), Vec::new()) } else { (samples::requests(), samples::disclosures()) };
    for one in &mut versions {
        one.version.withdrawn = which == 2;
    }
    let between = (entry.own.jurisdiction, (which != 2).then_some(domain::jurisdiction::Jurisdiction::Criminal));
    let exchange = Exchange::of(&requests, &versions, &samples::recipients(), between, today, &page);
    SignalPage::of(page, view, (&trail, exchange), notice, "2026-09-01".to_owned()).render().unwrap()
}

/// The pages of cases and attestations, with and without anything on them.
fn case_pages(lang: Lang) -> Vec<String> {
    let texts = all_texts();
    let frame = |key: &str| frame(&texts, lang, 0, texts.say(lang, key, &[]), "/cases");
    let today = jiff::civil::date(2026, 11, 1);
    let rows = || samples::own_cases().iter().map(|own| cases::CaseRow::of(own, today, lang)).collect::<Vec<_>>();
    let signals: Vec<_> =
        samples::entries().into_iter().map(|entry| inbox::Entry { read: entry.version, ..entry }).collect();
    let row = || rows().remove(0);
    let attested = samples::attestations();
    let mut pages = vec![
        cases::CasesPage::of(frame("cases-heading"), rows(), Some("/cases?cursor=0".to_owned())).render().unwrap(),
        cases::CasesPage::of(frame("cases-heading"), Vec::new(), None).render().unwrap(),
        cases::CasePage::of(frame("cases-heading"), row(), &signals, &attested, None).render().unwrap(),
    ];
    for notice in cases::CaseNotice::ALL {
        let page = cases::CasePage::of(frame("cases-heading"), row(), &[], &[], Some(notice));
        pages.push(page.render().unwrap());
    }
    let all = samples::disclosures();
    pages.push(exchange::ChecksPage::of(frame("checks-heading"), &all, Some(Notice::Handled)).render().unwrap());
    pages.push(exchange::ChecksPage::of(frame("checks-heading"), &[], None).render().unwrap());
    let waiting = samples::waiting();
    let found = |waiting: &[_]| escalations::EscalationsPage::of(frame("escalations-heading"), waiting);
    pages.extend([found(&waiting).render().unwrap(), found(&[]).render().unwrap()]);
    let listed = samples::listed();
    let row = |listed| exchange::RequestRow::of(listed, today, lang);
    let list = exchange::RequestsPage { page: frame("requests-title"), rows: listed.iter().map(row).collect() };
    pages.push(list.render().unwrap());
    pages.push(exchange::RequestsPage { page: frame("requests-title"), rows: Vec::new() }.render().unwrap());
    let case = samples::own_case().id;
    let history = |found: &[_]| exchange::HistoryPage::of(frame("history-heading"), case, found).render().unwrap();
    pages.extend([history(&samples::proceedings()), history(&[])]);
    pages.extend(attested.iter().map(|one| cases::AttestationPage::of(frame("attest-title"), one).render().unwrap()));
    pages
}

#[test]
fn what_went_out_and_what_was_told_stands_on_the_signal() {
    let page = signal_page(Lang::Nl, 0, Some(Notice::Asked));
    for part in [
        "stand van zaken",
        "te laat",
        "nog te bevestigen door een jurist",
        "U staat als verdachte in een andere zaak",
        "Deze mededeling bevat geen gegevens over andere zaken",
        "/information-requests",
        "/party-versions",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    // Once it is withdrawn, only that it had been disclosed is shown, and nothing more can go out.
    let gone = signal_page(Lang::Nl, 2, None);
    assert!(gone.contains("was al medegedeeld") && !gone.contains("U staat als"), "{gone}");
    assert!(!gone.contains("name=\"information\"") && !gone.contains("name=\"recipient\""));
}

#[test]
fn an_attestation_says_that_it_was_looked_at_and_prints_nothing_of_what_was_found() {
    for (page, attested) in case_pages(Lang::Nl).iter().rev().zip(samples::attestations().iter().rev()) {
        assert!(page.contains("de koppelingsregistratie geraadpleegd"), "{page}");
        assert!(page.contains("hercontrole nodig na") || page.contains("niet meer geldig"), "{page}");
        let lower = page.to_lowercase();
        assert!(!lower.contains("geen geweld") && !lower.contains("judge-anna"), "{page}");
        // What is for the judge alone stands in a part that does not print.
        let finding = page.find("Geen koppeling gevonden in bronnen");
        assert_eq!(finding.is_some(), attested.said.found_nothing());
        let alone = page.find("<section class=\"panel actions\"");
        assert_eq!(alone.is_some(), finding.is_some());
        assert!(alone <= finding);
    }
}

#[test]
fn the_texts_are_complete_in_both_languages() {
    let texts = all_texts();
    assert_eq!(texts.differences(), Vec::<String>::new());
    let templates = [
        include_str!("../../templates/inbox.html"),
        include_str!("../../templates/signal.html"),
        include_str!("../../templates/handling.html"),
        include_str!("../../templates/cases.html"),
        include_str!("../../templates/case.html"),
        include_str!("../../templates/graph.html"),
        include_str!("../../templates/attestation.html"),
        include_str!("../../templates/exchange.html"),
        include_str!("../../templates/requests.html"),
        include_str!("../../templates/checks.html"),
        include_str!("../../templates/escalations.html"),
        include_str!("../../templates/history.html"),
    ];
    for template in templates {
        assert_eq!(texts.missing_in(template), Vec::<String>::new());
    }
    for (show, word, key) in Show::EACH {
        assert!(texts.has(key), "{key}");
        assert_eq!(serde_json::from_value::<Show>(word.into()).unwrap(), show);
    }
    for notice in cases::CaseNotice::ALL {
        assert!(texts.has(&format!("case-notice-{}", notice.word())), "{notice:?}");
        assert_eq!(serde_json::from_value::<cases::CaseNotice>(notice.word().into()).unwrap(), notice);
    }
    for notice in [
        Notice::Acknowledged,
        Notice::Handled,
        Notice::Rated,
        Notice::Doubted,
        Notice::Asked,
        Notice::TakenBack,
        Notice::Prepared,
        Notice::Revealed,
        Notice::Changed,
    ] {
        assert!(texts.has(notice.key()), "{notice:?}");
        assert_eq!(serde_json::from_value::<Notice>(notice.word().into()).unwrap(), notice);
    }
}

#[test]
fn every_page_renders_without_a_gap() {
    for lang in Lang::ALL {
        let rows = || samples::entries().iter().map(|entry| Row::of(entry, lang)).collect();
        let mut pages = vec![inbox_page(lang, rows(), false), inbox_page(lang, Vec::new(), true)];
        pages.extend(case_pages(lang));
        pages.extend((0..5).map(|which| signal_page(lang, which, Some(Notice::Changed))));
        for page in pages {
            assert!(page.contains(&format!("<html lang=\"{}\">", lang.tag())));
            assert_eq!(page.matches("<h1>").count(), 1);
            assert_eq!(page.matches("<table").count(), page.matches("<caption>").count());
            assert!(page.len() < 60 * 1024);
            for prefix in [
                "inbox-",
                "signal-",
                "handle-",
                "handled-",
                "column-",
                "tag-",
                "reason-",
                "persons-",
                "case-own",
                "rate-",
                "rated-",
                "doubt-",
                "trail-",
                "attest-",
                "cases-",
                "requests-",
                "parties-",
                "checks-",
                "check-",
                "escalations-",
                "nav-",
                "history-",
                "graph-",
            ] {
                let as_text = page.contains(&format!(">{prefix}")) || page.contains(&format!("\"{prefix}caption"));
                assert!(!as_text, "a text is missing: {prefix}");
            }
        }
    }
}

#[test]
fn the_inbox_tells_why_and_how_soon() {
    let rows = samples::entries().iter().map(|entry| Row::of(entry, Lang::Nl)).collect();
    let page = inbox_page(Lang::Nl, rows, false);
    for part in [
        "C/10/712345 / FA RK 26-812",
        "Tegen de verweerder (vader) loopt een strafzaak wegens",
        "HOOG",
        "14 september 2026",
        "rechtbank Rotterdam",
        "Een eerder signaal is vervallen.",
        "Signalen (3 nieuw)",
        "data-events=\"/v1/signals/events\"",
        "/?show=unread&#38;cursor=0",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let empty = inbox_page(Lang::Nl, Vec::new(), true);
    assert!(empty.contains("geen geruststelling") && empty.contains("1 september 2026, 12:00"));
    assert!(empty.contains("role=\"alert\""));
}

#[test]
fn a_signal_shows_status_disclaimer_and_coverage() {
    let page = signal_page(Lang::Nl, 0, None);
    for part in [
        "wordt vervolgd; niet veroordeeld",
        "Geen rechter heeft vastgesteld",
        "Geen signaal betekent niet: geen geweld",
        "10-123456-26",
        "verweerder (vader)",
        "maart 2026",
        "zoals geldend vanaf 1 juli 2024",
        "niemand uit uw zaak",
        "Eén feit noemt een artikel",
        "besproken op de zitting van 14 september 2026",
        "name=\"version\" value=\"2\"",
        "gewogen in een beslissing van 14 september 2026 (eindbeschikking)",
        "een gegevensbeheerder heeft opnieuw gekeken; de koppeling blijft",
        "Uw oordeel: het is nieuw voor mij",
        "Volgens het beleid van uw gerecht wordt hier niet gemeld:",
        "/acknowledgements",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
}

#[test]
fn a_withdrawn_signal_shows_the_correction_and_nothing_else() {
    for lang in Lang::ALL {
        let page = signal_page(lang, 2, None);
        assert!(page.contains(wording::correction(view::in_domain(lang))));
        assert!(!page.contains("10-123456-26") && !page.contains("Sr 300"));
        assert!(!page.contains("/handlings\""));
    }
}

#[test]
fn a_case_with_opened_signals_shows_who_of_it_stands_where_and_without_any_nothing_is_drawn() {
    for lang in [Lang::Nl, Lang::En] {
        let pages = case_pages(lang);
        let (with, without) = (&pages[2], &pages[3]);
        let (_, drawn) = with.split_once("<svg").unwrap();
        let (drawn, after) = drawn.split_once("</svg>").unwrap();
        let (table, _) = after.split_once("</table>").unwrap();
        let lines = drawn.matches("<line").count();
        assert!(lines >= 3, "{drawn}");
        assert_eq!(table.matches("<tr>").count(), lines + 1, "a row for each line, and the head");
        for number in 1..=lines {
            assert!(drawn.contains(&format!(">{number}</text>")) && table.contains(&format!(">{number}</th>")));
        }
        assert!(drawn.contains("<title ") && drawn.contains("<desc "));
        assert!(!without.contains("<svg"));
    }
}

#[test]
fn a_timeline_draws_what_its_table_says_and_is_gone_with_the_signal() {
    for lang in [Lang::Nl, Lang::En] {
        let page = signal_page(lang, 0, None);
        let (_, drawn) = page.split_once("<svg").unwrap();
        let (drawn, after) = drawn.split_once("</svg>").unwrap();
        let (table, _) = after.split_once("</table>").unwrap();
        let marks = drawn.matches("<rect").count();
        assert!(marks >= 3, "{drawn}");
        assert_eq!(table.matches("<tr>").count(), marks + 1, "a row for each mark, and the head");
        for number in 1..=marks {
            assert!(drawn.contains(&format!(">{number}</text>")) && table.contains(&format!(">{number}</th>")));
        }
        assert!(drawn.contains("<title ") && drawn.contains("<desc "));
        assert_eq!(page, signal_page(lang, 0, None), "the same signal, the same picture");
        assert!(!signal_page(lang, 2, None).contains("<svg"));
    }
}
