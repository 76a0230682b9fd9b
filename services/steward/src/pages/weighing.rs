//! How the odds were summed up: a picture, the same as a table, one sentence, and what it is worth.

use domain::fact::linker::FieldEvidence;
use matching::explain::{self, Language, gate_label, level_label};
use matching::field::Kind;
use web::text::Value;
use web::{Lang, Page};

use crate::desk::Comparison;
use crate::weighing::{Limits, Of, Weighing};

/// The picture's measures, in its own units.
const WIDTH: i64 = 720;
const LABELS: i64 = 250;
const ROW: i64 = 26;
const TOP: i64 = 44;
/// How many fields the sentence names on either side.
const NAMED: usize = 3;

pub(super) struct ShownWeighing {
    pub(super) sentence: String,
    pub(super) range: String,
    pub(super) steps: Vec<ShownStep>,
    pub(super) total: String,
    pub(super) gate: Option<String>,
    pub(super) limits: Vec<ShownLimit>,
    pub(super) width: i64,
    pub(super) height: i64,
    /// Where zero is.
    pub(super) zero: i64,
    pub(super) total_y: i64,
    pub(super) total_text_y: i64,
    pub(super) total_x: i64,
    pub(super) total_width: i64,
    pub(super) bottom: i64,
}

pub(super) struct ShownStep {
    pub(super) label: String,
    pub(super) level: Option<String>,
    pub(super) bits: String,
    pub(super) sum: String,
    /// `for`, `against` or `nothing`, which is drawn and named otherwise.
    pub(super) side: &'static str,
    pub(super) word: String,
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) text_y: i64,
    pub(super) bar: i64,
}

pub(super) struct ShownLimit {
    pub(super) label: String,
    pub(super) bits: String,
    pub(super) x: i64,
    pub(super) text_x: i64,
    pub(super) text_y: i64,
}

const fn language(page: &Page) -> Language {
    match page.lang() {
        Lang::Nl => Language::Dutch,
        Lang::En => Language::English,
    }
}

/// The kind of a field of the linker's schema, for the words of its levels.
fn kind(field: &str) -> Kind {
    match field {
        "given-names" => Kind::Given,
        "surname" => Kind::Surname,
        "birth-date" => Kind::Birth,
        "address" => Kind::Address,
        "birth-place" => Kind::Text,
        "sex" => Kind::Category,
        _ => Kind::Numbers,
    }
}

/// A level in the model's own words; nothing where it had none.
pub(super) fn level(page: &Page, evidence: &FieldEvidence) -> Option<String> {
    let detail = evidence.detail.as_deref()?;
    Some(level_label(kind(&evidence.field), detail, language(page)).to_owned())
}

/// What a level weighs, with its sign.
pub(super) fn bits(page: &Page, millibits: i32) -> String {
    let plain = explain::bits(millibits, language(page));
    if millibits > 0 { format!("+{plain}") } else { plain }
}

fn field(page: &Page, code: &str) -> String {
    page.say(&format!("field-{code}"))
}

fn label(page: &Page, of: &Of) -> String {
    match of {
        Of::Prior => page.say("step-prior"),
        Of::Field(evidence) => field(page, &evidence.field),
        Of::Rarity(code) => page.say_with("step-rarity", &[("field", field(page, code).as_str().into())]),
        Of::Household => page.say("step-household"),
        Of::Family => page.say("step-family"),
        Of::Rest => page.say("step-rest"),
    }
}

/// The sum of a question as its page shows it; nothing where the model that asked had no weights.
pub(super) fn shown(page: &Page, comparison: &Comparison) -> Option<ShownWeighing> {
    let weighing = Weighing::of(&comparison.standing.asked)?;
    let scale = Scale::of(&weighing);
    let mut before = 0;
    let mut y = TOP;
    let mut steps = Vec::new();
    for step in &weighing.steps {
        let (from, to) = (scale.x(before), scale.x(step.sum));
        let (side, word) = match step.bits {
            0 => ("nothing", "side-nothing"),
            bits if bits > 0 => ("for", "side-for"),
            _ => ("against", "side-against"),
        };
        let level = match &step.of {
            Of::Field(evidence) => level(page, evidence),
            _ => None,
        };
        steps.push(ShownStep {
            label: label(page, &step.of),
            level,
            bits: bits(page, step.bits),
            sum: bits(page, step.sum),
            side,
            word: page.say(word),
            x: from.min(to),
            y: y + 4,
            text_y: y + 18,
            bar: (to - from).abs().max(2),
        });
        before = step.sum;
        y += ROW;
    }
    let (zero, total) = (scale.x(0), scale.x(weighing.total));
    Some(ShownWeighing {
        sentence: sentence(page, &weighing),
        range: range(page, &weighing),
        total: bits(page, weighing.total),
        gate: weighing.limits.as_ref().and_then(|limits| gate(page, limits)),
        limits: weighing.limits.as_ref().map(|limits| limits_of(page, limits, &scale)).unwrap_or_default(),
        steps,
        width: WIDTH,
        height: y + ROW + 12,
        zero,
        total_y: y + 4,
        total_text_y: y + 18,
        total_x: zero.min(total),
        total_width: (total - zero).abs().max(2),
        bottom: y + ROW,
    })
}

fn gate(page: &Page, limits: &Limits) -> Option<String> {
    limits.gate.as_deref().map(|code| gate_label(code, language(page)).to_owned())
}

/// A rule of the gate, or that a steward ruled, in words.
pub(super) fn gate_words(page: &Page, rule: &str) -> String {
    if rule == "ruling" { page.say("rule-ruling") } else { gate_label(rule, language(page)).to_owned() }
}

fn limits_of(page: &Page, limits: &Limits, scale: &Scale) -> Vec<ShownLimit> {
    let shown = |key: &str, at: i32, text_y: i64| ShownLimit {
        label: page.say(key),
        bits: bits(page, at),
        x: scale.x(at),
        // Words stay within the picture.
        text_x: scale.x(at).min(WIDTH - 140),
        text_y,
    };
    vec![shown("limit-possible", limits.possible, 14), shown("limit-certain", limits.certain, 32)]
}

fn range(page: &Page, weighing: &Weighing) -> String {
    let (from, to) = weighing.in_hundred();
    let numbers = [("from", Value::from(i64::from(from))), ("to", Value::from(i64::from(to)))];
    let key = if from >= 99 {
        "range-most"
    } else if to <= 1 {
        "range-fewest"
    } else {
        "range-between"
    };
    page.say_with(key, &numbers)
}

/// What speaks for and against most, and what the sum was held against.
fn sentence(page: &Page, weighing: &Weighing) -> String {
    let named = |sign: i32| {
        let of_fields = weighing.steps.iter().filter_map(|step| match &step.of {
            Of::Field(evidence) if step.bits * sign > 0 && evidence.level != "missing" => {
                Some((step.bits * sign, evidence))
            }
            _ => None,
        });
        let mut strongest: Vec<(i32, &FieldEvidence)> = of_fields.collect();
        strongest.sort_by_key(|(bits, _)| std::cmp::Reverse(*bits));
        strongest.truncate(NAMED);
        let words = strongest.into_iter().map(|(_, evidence)| {
            let name = field(page, &evidence.field).to_lowercase();
            level(page, evidence).map_or_else(|| name.clone(), |level| format!("{name} ({level})"))
        });
        let words: Vec<String> = words.collect();
        if words.is_empty() { page.say("sentence-nothing") } else { words.join(", ") }
    };
    let (speaks_for, against) = (named(1), named(-1));
    let total = bits(page, weighing.total);
    page.say_with(
        "sentence",
        &[("for", speaks_for.as_str().into()), ("against", against.as_str().into()), ("total", total.as_str().into())],
    )
}

/// From bits to places in the picture.
struct Scale {
    least: i64,
    span: i64,
}

impl Scale {
    fn of(weighing: &Weighing) -> Self {
        let sums = weighing.steps.iter().map(|step| step.sum);
        let limits = weighing.limits.iter().flat_map(|limits| [limits.possible, limits.certain]);
        let all = || sums.clone().chain(limits.clone()).chain([0]).map(i64::from);
        let (least, most) = (all().min().unwrap_or(0), all().max().unwrap_or(0));
        Self { least, span: (most - least).max(1) }
    }

    fn x(&self, millibits: i32) -> i64 {
        // Room for the number behind the longest bar.
        LABELS + (i64::from(millibits) - self.least) * (WIDTH - LABELS - 60) / self.span
    }
}
