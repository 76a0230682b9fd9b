use super::*;
use matching::explain::Verdict;
use matching::gate::Conflict;

const BOTH: [Language; 2] = [Language::Dutch, Language::English];
const HOSTILE: &str = "<script>alert(\"1\")</script>&'";

fn pair(verdict: &str, records: [&str; 2]) -> Explanation {
    let certain = verdict == "certain";
    let bits =
        |stranger: Millibits, household: Millibits| serde_json::json!({"stranger": stranger, "household": household});
    let part = |field: &str, kind: &str, level: &str, weight: (Millibits, Millibits), more: Option<Millibits>| {
        serde_json::json!({
            "field": field,
            "kind": kind,
            "level": level,
            "missing": level == "missing",
            "weight": bits(weight.0, weight.1),
            "frequency": more.map(|more| serde_json::json!({
                "remark": if more > 0 { "rarer" } else { "commoner" },
                "bits": bits(more, more),
            })),
        })
    };
    let birth = if certain { ("equal", 13_500) } else { ("missing", 0) };
    let parts = [
        part("given_names", "given", "equal", (9_000, 8_200), None),
        part("surname", "surname", "equal", (8_000, 7_000), Some(-2_100)),
        part("birth_date", "birth", birth.0, (birth.1, birth.1), None),
        part("address", "address", "different", (-3_400, -3_900), None),
        part("bsn", "numbers", "missing", (0, 0), None),
        part(HOSTILE, "text", "equal", (3_000, 3_000), Some(1_700)),
    ];
    let stranger = -14_000 + 9_000 + 8_000 - 2_100 + birth.1 - 3_400 + 3_000 + 1_700;
    let household = 2_000 + 8_200 + 7_000 - 2_100 + birth.1 - 3_900 + 3_000 + 1_700;
    serde_json::from_value(serde_json::json!({
        "version": 1,
        "records": records,
        "prior": bits(-14_000, 2_000),
        "parts": parts,
        "sums": {
            "stranger": stranger,
            "household": household,
            "against": "stranger",
            "both": 0,
            "family": 1_200,
            "total": stranger + 1_200,
        },
        "gate": {
            "rule": certain.then_some("name-birth"),
            "veto": null,
            "conflict": null,
            "why_not": (!certain).then_some("birth-missing"),
        },
        "ruled": null,
        "limits": {"certain": 6_000, "possible": 0, "loose": -4_000},
        "verdict": verdict,
    }))
    .unwrap()
}

fn sample(language: Language) -> Report {
    let mut scores = Scores::default();
    for bits in -20..45_i32 {
        let many = u64::from(bits.unsigned_abs());
        scores.add(bits * 1_000 + 250, Verdict::Apart, if bits < 0 { 1 + many.pow(4) } else { 0 });
        scores.add(bits * 1_000, Verdict::Possible, if bits >= 0 { 900 / (many + 1) } else { 0 });
        scores.add(bits * 1_000, Verdict::Certain, if bits >= 6 { 40 * many } else { 0 });
    }
    let spread = |numbers: &[(u64, u64)]| {
        let mut spread = Spread::default();
        for (number, things) in numbers {
            spread.add(*number, *things);
        }
        spread
    };
    let tally = |right, wrong, missed| Tally { right, wrong, missed };
    let quality =
        |wrong, missed| Quality { pairs: tally(9_400, wrong, missed), groups: tally(4_100, wrong, missed / 2) };
    let point = |bits: i32| {
        let bits_up = u64::from(bits.unsigned_abs());
        let lost = if bits > 0 { bits_up * bits_up * 6 } else { 0 };
        let wrong = if bits < 6 { 3 * u64::from((6 - bits).unsigned_abs()).pow(3) } else { 0 };
        Point { threshold: bits * 1_000, pairs: tally(9_900 - lost, wrong, 100 + lost) }
    };
    Report {
        language,
        title: format!("strafzaken.csv {HOSTILE}"),
        records: 8_912,
        sources: vec![("strafrecht".into(), 6_001), (HOSTILE.into(), 2_911)],
        link_only: false,
        candidate_pairs: 1_234_567,
        candidates: spread(&[(0, 12), (1, 40), (3, 500), (9, 2_000), (14, 3_000), (60, 300), (450, 3)]),
        model: Provenance {
            origin: format!("geleerd op dit uittreksel {HOSTILE}"),
            hash: Some("b7c1f3a09d".repeat(6)),
            fields: vec![("given_names".into(), Kind::Given), (HOSTILE.into(), Kind::Text)],
            stranger: -14_000,
            household: 2_000,
            thresholds: Thresholds { certain: 6_000, possible: 0, loose: -4_000 },
        },
        scores,
        certain: spread(&[(1, 2_600), (2, 1_000), (3, 310), (4, 90), (7, 12), (23, 1)]),
        possible: spread(&[(1, 2_300), (2, 1_100), (3, 380), (31, 2)]),
        questions: vec![
            (Reason::Conflict(Conflict::NumberContradicted), 7),
            (Reason::Twins, 21),
            (Reason::Possible, 702),
            (Reason::TooMany, 1),
        ],
        pairs: vec![pair("certain", ["crime:1", "civil:88"]), pair("possible", ["crime:2", HOSTILE])],
        truth: Some(Truth {
            certain: quality(2, 2_300),
            possible: quality(140, 300),
            curve: (-20..30).map(point).collect(),
            false_certain: vec![
                Rate { label: "alle".into(), wrong: 2, of: 9_402 },
                Rate { label: HOSTILE.into(), wrong: 0, of: 0 },
            ],
        }),
    }
}

/// The names of the elements, opened and closed one within another. Fails where they are not.
fn elements(page: &str) -> Vec<String> {
    let mut open: Vec<&str> = Vec::new();
    let mut all = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once('<') {
        let (tag, after_tag) = after.split_once('>').unwrap();
        rest = after_tag;
        let name = tag.split([' ', '\n', '/']).find(|name| !name.is_empty()).unwrap();
        if tag.starts_with('!') {
            continue;
        }
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "closed");
            continue;
        }
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        all.push(name.to_owned());
        if !tag.ends_with('/') && !["meta"].contains(&name) {
            open.push(name);
        }
        if name == "style" {
            rest = rest.split_once("</style>").unwrap().1;
            open.pop();
        }
    }
    assert_eq!(open, Vec::<&str>::new());
    all
}

#[test]
fn the_page_is_well_formed_whatever_is_in_it() {
    for language in BOTH {
        let page = html(&sample(language));
        let elements = elements(&page);
        assert_eq!(elements.iter().filter(|name| *name == "h1").count(), 1);
        assert_eq!(elements.iter().filter(|name| *name == "article").count(), 2);
        for banned in ["script", "link", "img", "image", "use", "iframe", "object", "foreignObject"] {
            assert!(!elements.iter().any(|name| name == banned), "{banned}");
        }
        assert!(!page.contains("<script") && !page.contains("alert(\""));
        assert!(page.contains("&#60;script&#62;alert("));
        // Nothing is fetched: no address at all, and the only url() names a pattern of the page.
        assert!(!page.contains("http://") && !page.contains("https://") && !page.contains("@import"));
        assert!(!page.contains("src=") && page.matches("url(").count() == page.matches("url(#hatch-").count());
        assert!(page.len() < 120_000, "{}", page.len());
    }
}

#[test]
fn ids_are_there_once_and_what_points_to_them_finds_them() {
    let page = html(&sample(Language::Dutch));
    let named = |attribute: &str| -> Vec<String> {
        let parts = page.split(attribute).skip(1);
        parts.map(|part| part.split('"').next().unwrap().to_owned()).collect()
    };
    let ids = named(" id=\"");
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len());
    let wanted = [named("aria-labelledby=\""), named("href=\"#")].concat();
    assert!(wanted.len() > 10);
    for id in wanted {
        assert!(ids.contains(&id), "{id}");
    }
}

#[test]
fn it_speaks_both_languages() {
    let [dutch, english] = BOTH.map(|language| html(&sample(language)));
    for said in [
        "<html lang=\"nl\">",
        "1.234.567",
        "Zeker één persoon: ",
        "niet zeker, want geboortedatum ontbreekt.",
        "veelvoorkomend −2,1",
        "zeldzaam +1,7",
        "zeker 6,0",
        "Poort: namen en geboortedatum (name-birth).",
        "0,9997",
    ] {
        assert!(dutch.contains(said), "{said}");
    }
    for said in ["<html lang=\"en\">", "1,234,567", "Certainly one person: ", "common −2.1", "certain 6.0", "0.9997"]
    {
        assert!(english.contains(said), "{said}");
    }
}

/// Every key that the page or its code asks for is in the list.
#[test]
fn no_text_is_missing() {
    let template = include_str!("../../templates/report.html");
    let code = [
        include_str!("../report.rs"),
        include_str!("quality.rs"),
        include_str!("waterfall.rs"),
        include_str!("histogram.rs"),
        include_str!("texts.rs"),
    ]
    .concat();
    let mut keys: Vec<String> = Vec::new();
    for source in [template, code.as_str()] {
        let asked = source.split(".say(\"").skip(1);
        keys.extend(asked.map(|rest| rest.split('"').next().unwrap().to_owned()));
    }
    assert!(keys.len() > 50);
    for spread in ["sizes-certain", "sizes-possible", "candidates", "reasons"] {
        keys.extend(["", "-label", "-count"].map(|end| format!("{spread}{end}")));
    }
    keys.extend(
        ["up", "down", "missing", "total", "certain", "possible", "apart"].map(|class| format!("legend-{class}")),
    );
    let conflicts = [Conflict::NumberContradicted, Conflict::NumberSlip, Conflict::NumberTwiceInCase];
    let reasons =
        [Reason::RulingsContradict, Reason::Twins, Reason::Possible, Reason::Bridge, Reason::Split, Reason::TooMany];
    let reasons = reasons.into_iter().chain(conflicts.map(Reason::Conflict));
    keys.extend(reasons.map(|reason| format!("reason-{}", reason.code())));
    for row in [
        figures(Texts::of(Language::Dutch), &sample(Language::Dutch)),
        card(Texts::of(Language::Dutch), &sample(Language::Dutch).model),
    ]
    .concat()
    {
        assert!(row.label.chars().next().is_some_and(char::is_uppercase), "{}", row.label);
    }
    for key in keys {
        for language in BOTH {
            assert!(Texts::of(language).has(&key), "{key}");
        }
    }
}

#[test]
fn an_empty_report_is_a_page_too() {
    let mut report = sample(Language::English);
    report.scores = Scores::default();
    report.pairs = Vec::new();
    report.questions = Vec::new();
    report.sources = Vec::new();
    (report.certain, report.possible, report.candidates) = Default::default();
    report.truth = Some(Truth::default());
    let elements = elements(&html(&report));
    assert!(!elements.iter().any(|name| name == "article"));
    report.truth = None;
    let page = html(&report);
    assert!(!page.contains("id=\"truth\""));
    assert!(!page.contains("NaN") && !page.contains("inf%"));
}

#[test]
fn spreads_and_scores_add_up_in_parts() {
    let mut whole = Spread::default();
    let (mut one, mut other) = (Spread::default(), Spread::default());
    for number in [0, 1, 10, 11, 20, 21, 50, 51, 100, 101, 200, 201, 5_000, u64::MAX] {
        whole.add(number, 3);
        if number % 2 == 0 { &mut one } else { &mut other }.add(number, 3);
        let span = whole.spans().find(|span| span.from <= number && number <= span.to);
        assert!(span.is_some_and(|span| span.count >= 3), "{number}");
    }
    one.merge(&other);
    assert_eq!(one.spans().collect::<Vec<_>>(), whole.spans().collect::<Vec<_>>());
    assert_eq!((one.count(), one.most()), (42, u64::MAX));
    assert_eq!(whole.spans().map(|span| span.count).sum::<u64>(), whole.count());
    let spans: Vec<Span> = whole.spans().collect();
    assert!(spans.windows(2).all(|two| two[0].to < two[1].from));

    let mut scores = Scores::default();
    scores.add(-1, Verdict::Apart, 2);
    scores.add(999, Verdict::Ask, 1);
    scores.add(Millibits::MAX, Verdict::Certain, 5);
    let mut more = Scores::default();
    more.add(-1_000, Verdict::Apart, 4);
    more.merge(&scores);
    let bins: Vec<(Millibits, Bin)> = more.bins().collect();
    assert_eq!(bins[0], (-1, Bin { apart: 6, ..Bin::default() }));
    assert_eq!(bins[1], (0, Bin { possible: 1, ..Bin::default() }));
    assert_eq!(bins[2], (59, Bin { certain: 5, ..Bin::default() }));
}

#[test]
fn measures_are_those_of_the_literature() {
    let tally = Tally { right: 8, wrong: 2, missed: 8 };
    assert_eq!((tally.precision(), tally.recall()), (Some(0.8), Some(0.5)));
    assert!((tally.f1().unwrap() - 2.0 * 0.8 * 0.5 / 1.3).abs() < 1e-12);
    assert_eq!(Tally::default().precision().or(Tally::default().recall()).or(Tally::default().f1()), None);
    let t = Texts::of(Language::Dutch);
    assert_eq!(t.ratio(Some(0.99999)), "0,9999", "never rounded up to all");
    assert_eq!(
        (t.ratio(Some(1.0)), t.ratio(Some(0.57)), t.ratio(None)),
        ("1,0000".into(), "0,5700".into(), "–".into())
    );
}

/// The contrast of two colours as WCAG 2 defines it.
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |colour: &str| {
        let digits = colour.trim_start_matches('#');
        let long: String =
            if digits.len() == 3 { digits.chars().flat_map(|c| [c, c]).collect() } else { digits.into() };
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&long[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
    };
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Text on white at 4.5 to 1, lines and areas at 3 to 1.
#[test]
fn colours_can_be_told_from_the_page() {
    let css = include_str!("../../templates/report.css");
    let colour = |name: &str| {
        let after = css.split(&format!("--{name}: ")).nth(1).unwrap();
        after.split(';').next().unwrap().split('}').next().unwrap().trim()
    };
    for name in ["ink", "dim", "certain", "possible", "ask"] {
        assert!(contrast(colour(name), "#fff") >= 4.5, "{name}");
    }
    for name in ["line", "apart", "good", "bad"] {
        assert!(contrast(colour(name), "#fff") >= 3.0, "{name}");
    }
}
