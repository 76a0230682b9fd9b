//! What came of matching an extract, as one HTML page.
//!
//! The page needs nothing beside it: no script, no font, no image, no request. Every chart has its numbers in a table.
//! Records are named by their ids; nothing that a record says is in it. The same report gives the same bytes.

mod chart;
mod histogram;
mod quality;
mod spread;
mod texts;
mod waterfall;

#[cfg(test)]
mod tests;

use askama::Template;
use matching::explain::{Explanation, Language};
use matching::field::Kind;
use matching::model::Thresholds;
use matching::resolve::Reason;
use matching::score::Millibits;

pub use histogram::{Bin, Scores};
pub use quality::{Point, Quality, Rate, Tally, Truth};
pub use spread::{Span, Spread};
use texts::Texts;

/// What came of matching an extract. Built by who matched it.
#[derive(Debug, Clone)]
pub struct Report {
    /// The language of the page.
    pub language: Language,
    /// What was matched, such as the names of the files.
    pub title: String,
    /// How many records there are.
    pub records: u64,
    /// How many of each source, in the order in which they are to stand. Empty where sources play no part.
    pub sources: Vec<(String, u64)>,
    /// Whether only records of different sources were compared.
    pub link_only: bool,
    /// How many pairs were compared.
    pub candidate_pairs: u64,
    /// How many other records each record was compared with.
    pub candidates: Spread,
    /// What the model is and where it comes from.
    pub model: Provenance,
    /// What the compared pairs weigh, by what follows for each pair by itself.
    pub scores: Scores,
    /// How many records the groups of certainly one person have; single records are groups of one.
    pub certain: Spread,
    /// The same of the groups of possibly one person.
    pub possible: Spread,
    /// How many questions there are, by reason, in the order in which they are to stand.
    pub questions: Vec<(Reason, u64)>,
    /// Pairs to be shown with all that they are made of.
    pub pairs: Vec<Explanation>,
    /// How right it is, where that is known.
    pub truth: Option<Truth>,
}

/// What a model is and where it comes from.
#[derive(Debug, Clone)]
pub struct Provenance {
    /// Where it comes from in one line, such as `trained on this extract` or the name of a file.
    pub origin: String,
    /// The hash of the model, by which a decision names it; `None` where it has none.
    pub hash: Option<String>,
    /// The fields that are compared, with their kinds.
    pub fields: Vec<(String, Kind)>,
    /// The odds of one person against two strangers before anything is compared.
    pub stranger: Millibits,
    /// The same against two of one household.
    pub household: Millibits,
    /// From which odds on something follows.
    pub thresholds: Thresholds,
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'r> {
    t: Texts,
    report: &'r Report,
    figures: Vec<Row>,
    card: Vec<Row>,
    sources: Vec<Row>,
    fields: Vec<Row>,
    scores: histogram::Chart,
    pairs: Vec<waterfall::Chart>,
    spreads: Vec<spread::Chart>,
    questions: spread::Chart,
    truth: Option<quality::Chart>,
}

/// A line of a table of two columns.
#[derive(Clone)]
struct Row {
    label: String,
    value: String,
}

/// The report as one page.
pub fn html(report: &Report) -> String {
    let t = Texts::of(report.language);
    let counted = |(label, count): &(String, u64)| Row { label: label.clone(), value: t.count(*count) };
    let questions = report.questions.iter().map(|(reason, count)| (t.reason(*reason), *count)).collect();
    let page = Page {
        figures: figures(t, report),
        card: card(t, &report.model),
        sources: report.sources.iter().map(counted).collect(),
        fields: report
            .model
            .fields
            .iter()
            .map(|(name, kind)| Row { label: name.clone(), value: t.kind(*kind).to_owned() })
            .collect(),
        scores: histogram::Chart::of(t, &report.scores, report.model.thresholds),
        pairs: report.pairs.iter().map(|pair| waterfall::Chart::of(t, pair)).collect(),
        spreads: vec![
            spread::Chart::of_spans(t, "sizes-certain", &report.certain),
            spread::Chart::of_spans(t, "sizes-possible", &report.possible),
            spread::Chart::of_spans(t, "candidates", &report.candidates),
        ],
        questions: spread::Chart::of(t, "reasons", questions),
        truth: report.truth.as_ref().map(|truth| quality::Chart::of(t, truth, report.model.thresholds)),
        t,
        report,
    };
    // Writing to a text does not fail; if it did, the page says so rather than being empty.
    page.render().unwrap_or_else(|error| format!("<!doctype html><title>Verband</title><p>{error}</p>"))
}

fn figures(t: Texts, report: &Report) -> Vec<Row> {
    let figures = [
        ("records", report.records),
        ("candidate-pairs", report.candidate_pairs),
        ("certain-groups", report.certain.count()),
        ("possible-groups", report.possible.count()),
        ("largest-certain", report.certain.most()),
        ("largest-possible", report.possible.most()),
    ];
    figures.map(|(key, count)| Row { label: t.say(key).to_owned(), value: t.count(count) }).into()
}

fn card(t: Texts, model: &Provenance) -> Vec<Row> {
    let bits = |millibits| format!("{} bits", t.bits(millibits));
    let lines = [
        ("origin", model.origin.clone()),
        ("hash", model.hash.clone().unwrap_or_else(|| t.say("none").to_owned())),
        ("threshold-certain", format!("{} {}", bits(model.thresholds.certain), t.say("through-gate"))),
        ("threshold-possible", bits(model.thresholds.possible)),
        ("threshold-loose", bits(model.thresholds.loose)),
        ("prior-stranger", bits(model.stranger)),
        ("prior-household", bits(model.household)),
    ];
    lines.map(|(key, value)| Row { label: t.say(key).to_owned(), value }).into()
}
