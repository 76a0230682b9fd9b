//! How good the decisions are, as a page: tables of shares, each with its interval.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::quality::{CertainRight, Drift, Estimate, Report, Share};
use web::text::Value;
use web::{Lang, Page, Principal, Problem, Role};

use super::menu_for;
use super::words::{self, domain_lang};
use crate::App;
use crate::record::Field;

#[derive(Template)]
#[template(path = "quality.html")]
pub(super) struct QualityPage {
    page: Page,
    /// How many, how long: in sentences.
    sentences: Vec<String>,
    shares: Vec<ShownShare>,
    by_rule: Vec<ShownShare>,
    /// Of what the linker is certain by itself: how often it is right.
    certain: Vec<ShownShare>,
    /// What follows from that for all pairs, in sentences.
    estimates: Vec<String>,
    /// What changed by more than chance explains.
    drift: Vec<ShownDrift>,
    /// How many fields of courts were compared.
    compared: String,
}

/// A share in words.
struct ShownShare {
    what: String,
    /// `97 of 100`.
    count: String,
    share: String,
    between: String,
}

struct ShownDrift {
    court: String,
    field: String,
    level: String,
    before: String,
    now: String,
}

pub(super) async fn show(State(app): State<App>, principal: Principal, lang: Lang) -> Result<Response, Problem> {
    principal.require_any(&[Role::Steward, Role::Operator])?;
    let report = app.desk.quality().await.map_err(service::problem)?;
    let page = Page::new(&app.texts, lang, app.texts.say(lang, "quality-heading", &[]))
        .at("/quality")
        .signed_in(menu_for(&app, lang, &principal.roles, "/quality"));
    web::page::html(&shown(page, &report))
}

/// The page of a report.
pub(super) fn shown(page: Page, report: &Report) -> QualityPage {
    let number =
        |key: &str, value: Option<i64>| value.map(|value| page.say_with(key, &[("count", Value::from(value))]));
    let ruled = report.ruled.and_then(|ruled| i64::try_from(ruled).ok());
    let told = [
        number("quality-ruled", ruled),
        number("quality-median", report.minutes_median),
        number("quality-p90", report.minutes_p90),
    ];
    let named = [
        ("agreement", report.agreement),
        ("undone", report.undone),
        ("overturned", report.overturned),
        ("doubts", report.doubts_right),
        ("reviewed", report.reviewed),
        ("known", report.known),
    ];
    let estimates = [("precision", report.precision), ("recall", report.recall)];
    let estimates = estimates.into_iter().filter_map(|(key, estimate)| Some(shown_estimate(&page, key, estimate?)));
    let share = |(key, share): (&str, Option<Share>)| {
        share.map(|share| shown_share(&page, page.say(&format!("quality-{key}")), &share))
    };
    let changed: Vec<&Drift> = report.drift.iter().filter(|drift| drift.is_real()).collect();
    let compared = i64::try_from(report.drift.len()).unwrap_or(i64::MAX);
    QualityPage {
        sentences: told.into_iter().flatten().collect(),
        estimates: estimates.collect(),
        certain: report.certain.iter().map(|row| shown_certain(&page, row)).collect(),
        shares: named.into_iter().filter_map(share).collect(),
        by_rule: report
            .by_rule
            .iter()
            .map(|row| shown_share(&page, words::rule(&page, &row.rule), &row.same))
            .collect(),
        drift: changed.into_iter().map(|drift| shown_drift(&page, drift)).collect(),
        compared: page.say_with("quality-compared", &[("count", Value::from(compared))]),
        page,
    }
}

fn shown_share(page: &Page, what: String, share: &Share) -> ShownShare {
    let number = |count: usize| Value::from(i64::try_from(count).unwrap_or(i64::MAX));
    let (low, high) = (percent(page, share.low), percent(page, share.high));
    ShownShare {
        what,
        count: page.say_with("quality-count", &[("hits", number(share.hits)), ("of", number(share.of))]),
        share: percent(page, share.in_10000()),
        between: page.say_with("quality-between", &[("low", low.as_str().into()), ("high", high.as_str().into())]),
    }
}

fn shown_certain(page: &Page, row: &CertainRight) -> ShownShare {
    let pairs = Value::from(i64::try_from(row.pairs).unwrap_or(i64::MAX));
    shown_share(page, page.say_with(&format!("quality-{}", row.stratum.as_str()), &[("pairs", pairs)]), &row.right)
}

fn shown_estimate(page: &Page, key: &str, estimate: Estimate) -> String {
    let [likely, low, high] = [estimate.likely, estimate.low, estimate.high].map(|share| percent(page, share));
    let words = [("share", likely.as_str().into()), ("low", low.as_str().into()), ("high", high.as_str().into())];
    page.say_with(&format!("quality-{key}"), &words)
}

fn shown_drift(page: &Page, drift: &Drift) -> ShownDrift {
    let share = |share: &Share| {
        let shown = shown_share(page, String::new(), share);
        format!("{} ({})", shown.share, shown.count)
    };
    ShownDrift {
        court: drift.court.label(domain_lang(page.lang())).to_owned(),
        field: Field::ALL
            .into_iter()
            .find(|field| field.code() == drift.field)
            .map_or_else(|| drift.field.clone(), |field| page.say(&format!("field-{}", field.code()))),
        level: page.say(&format!("level-{}", drift.level)),
        before: share(&drift.before),
        now: share(&drift.now),
    }
}

/// Ten thousandths as a percentage with one decimal, as the language of the page writes it.
fn percent(page: &Page, in_10000: u16) -> String {
    let tenths = (u32::from(in_10000) + 5) / 10;
    let comma = if page.lang() == Lang::Nl { ',' } else { '.' };
    format!("{}{comma}{}\u{a0}%", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use domain::court::Court;
    use domain::fact::steward::Stratum;
    use domain::quality::ByRule;

    use super::super::tests::texts;
    use super::*;

    #[test]
    fn every_text_is_there() {
        let named =
            ["heading", "ruled", "median", "p90", "agreement", "undone", "overturned", "doubts", "reviewed", "known"];
        let certain = ["certain-by-number", "certain-otherwise", "precision", "recall"];
        for key in named.into_iter().chain(certain).chain(["count", "between", "compared"]) {
            assert!(texts().has(&format!("quality-{key}")), "{key}");
        }
    }

    #[test]
    fn quality_is_told_with_its_intervals_and_of_few_it_says_that_there_are_few() {
        let share = |hits, of| Share::of(hits, of);
        let page = |lang: Lang| Page::new(&texts(), lang, "heading").at("/quality").signed_in(Vec::new());
        let report = Report {
            ruled: Some(1_200),
            minutes_median: Some(42),
            agreement: share(97, 100),
            reviewed: share(45, 50),
            certain: vec![CertainRight {
                stratum: Stratum::CertainOtherwise,
                pairs: 1_234,
                right: share(59, 60).expect("enough"),
            }],
            precision: Some(Estimate { low: 9_611, likely: 9_875, high: 9_969 }),
            recall: Some(Estimate { low: 7_000, likely: 7_980, high: 8_500 }),
            by_rule: vec![ByRule { rule: "possible".to_owned(), same: share(30, 40).expect("enough") }],
            drift: vec![Drift {
                court: Court::parse("RBROT").expect("a court"),
                field: "birth-date".to_owned(),
                level: "missing",
                before: share(2, 100).expect("enough"),
                now: share(60, 100).expect("enough"),
            }],
            ..Report::default()
        };
        for (lang, parts) in [
            (
                Lang::Nl,
                [
                    ["97,0\u{a0}%", "97 van 100", "91,5\u{a0}%", "Rotterdam", "Geboortedatum", "60,0\u{a0}%"],
                    ["45 van 50", "59 van 60", "1234", "98,8\u{a0}%", "99,7\u{a0}%", "79,8\u{a0}%"],
                ],
            ),
            (
                Lang::En,
                [
                    ["97.0\u{a0}%", "97 of 100", "91.5\u{a0}%", "Rotterdam", "Date of birth", "60.0\u{a0}%"],
                    ["45 of 50", "59 of 60", "1234", "98.8\u{a0}%", "99.7\u{a0}%", "79.8\u{a0}%"],
                ],
            ),
        ] {
            let body = shown(page(lang), &report).render().expect("a page");
            for part in parts.as_flattened() {
                assert!(body.contains(*part), "{part} in {body}");
            }
            let few = shown(page(lang), &Report::default()).render().expect("a page");
            assert!(few.contains("class=\"notice\"") && !few.contains("<table"), "{few}");
        }
    }
}
