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
    SignalPage {
        coverage: wording::coverage(view::in_domain(lang)),
        correction: wording::correction(view::in_domain(lang)),
        notice: notice.map(|notice| page.say(notice.key())),
        signal: SignalView::of(entry, &handled, &page),
        today: "2026-09-01".to_owned(),
        page,
    }
    .render()
    .unwrap()
}

#[test]
fn the_texts_are_complete_in_both_languages() {
    let texts = all_texts();
    assert_eq!(texts.differences(), Vec::<String>::new());
    for template in [include_str!("../../templates/inbox.html"), include_str!("../../templates/signal.html")] {
        assert_eq!(texts.missing_in(template), Vec::<String>::new());
    }
    for (show, word, key) in Show::EACH {
        assert!(texts.has(key), "{key}");
        assert_eq!(serde_json::from_value::<Show>(word.into()).unwrap(), show);
    }
    for notice in [Notice::Acknowledged, Notice::Handled, Notice::Revealed, Notice::Changed] {
        assert!(texts.has(notice.key()), "{notice:?}");
        assert_eq!(serde_json::from_value::<Notice>(notice.word().into()).unwrap(), notice);
    }
}

#[test]
fn every_page_renders_without_a_gap() {
    for lang in Lang::ALL {
        let rows = || samples::entries().iter().map(|entry| Row::of(entry, lang)).collect();
        let mut pages = vec![inbox_page(lang, rows(), false), inbox_page(lang, Vec::new(), true)];
        pages.extend((0..5).map(|which| signal_page(lang, which, Some(Notice::Changed))));
        for page in pages {
            assert!(page.contains(&format!("<html lang=\"{}\">", lang.tag())));
            assert_eq!(page.matches("<h1>").count(), 1);
            assert_eq!(page.matches("<table").count(), page.matches("<caption>").count());
            assert!(page.len() < 60 * 1024);
            for prefix in
                ["inbox-", "signal-", "handle-", "handled-", "column-", "tag-", "reason-", "persons-", "case-own"]
            {
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
