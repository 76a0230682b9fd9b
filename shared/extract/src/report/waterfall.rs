//! A pair of records, step by step from nothing to its total.

use matching::explain::{Explanation, Of, Rival, Step, Verdict, field_label, level_label, remark_label};
use matching::score::Millibits;

use super::chart::{percent, share};
use super::histogram::{Limit, limits};
use super::texts::Texts;

/// A step.
pub(super) struct Row {
    pub label: String,
    /// The level in words; empty where there is none.
    pub level: String,
    /// The remark on frequency; empty where there is none.
    pub remark: String,
    pub bits: String,
    /// `up`, `down`, `missing` or `total`.
    pub class: &'static str,
    pub x: String,
    pub width: String,
}

pub(super) struct Chart {
    pub records: [String; 2],
    pub verdict: &'static str,
    pub verdict_label: &'static str,
    pub sentence: String,
    pub gate: String,
    pub rival: &'static str,
    pub zero: String,
    pub rows: Vec<Row>,
    pub limits: Vec<Limit>,
}

impl Chart {
    pub fn of(t: Texts, pair: &Explanation) -> Self {
        let steps = pair.waterfall();
        let of_limits = [("certain", pair.limits.certain), ("possible", pair.limits.possible)];
        let reached = || steps.iter().map(|step| step.reached).chain(of_limits.map(|(_, weight)| weight)).chain([0]);
        let (least, most) = (reached().min().unwrap_or(0), reached().max().unwrap_or(0));
        let margin = (i64::from(most) - i64::from(least)).max(1_000) / 20;
        let ends = [i64::from(least) - margin, i64::from(most) + margin];
        let [from, to] = ends.map(|end| f64::from(Millibits::try_from(end).unwrap_or(0)));
        let at = |weight: Millibits| share(f64::from(weight), from, to) * 100.0;
        let bar = |one: Millibits, other: Millibits| {
            let (x, end) = (at(one.min(other)), at(one.max(other)));
            (percent(x), percent((end - x).max(0.4)))
        };
        let mut rows: Vec<Row> = steps
            .iter()
            .filter(|step| step.bits != 0 || matches!(step.of, Of::Prior | Of::Field(_)))
            .map(|step| {
                let missing = matches!(step.of, Of::Field(part) if part.missing);
                let (x, width) = bar(step.reached - step.bits, step.reached);
                Row {
                    label: label(t, step),
                    level: level(t, step),
                    remark: remark(t, step, pair.sums.against),
                    bits: if missing { "–".to_owned() } else { t.signed(step.bits) },
                    class: match step.bits {
                        _ if missing => "missing",
                        bits if bits < 0 => "down",
                        _ => "up",
                    },
                    x: if missing { percent(0.0) } else { x },
                    width: if missing { percent(100.0) } else { width },
                }
            })
            .collect();
        let (x, width) = bar(0, pair.sums.total);
        let bits = t.bits(pair.sums.total);
        let label = t.say("total").to_owned();
        rows.push(Row { label, level: String::new(), remark: String::new(), bits, class: "total", x, width });
        let verdict = match pair.verdict {
            Verdict::Certain => "certain",
            Verdict::Possible => "possible",
            Verdict::Ask => "ask",
            Verdict::Apart => "apart",
        };
        Self {
            records: pair.records.clone(),
            verdict,
            verdict_label: t.say(verdict),
            sentence: pair.sentence(t.language),
            gate: pair.gate(t.language),
            rival: match pair.sums.against {
                Rival::Stranger => t.say("against-strangers"),
                Rival::Household => t.say("against-household"),
            },
            zero: percent(at(0)),
            rows,
            limits: limits(t, &of_limits, from, to),
        }
    }
}

fn label(t: Texts, step: &Step<'_>) -> String {
    match step.of {
        Of::Prior => t.say("prior").to_owned(),
        Of::Field(part) => field_label(&part.field, part.kind, t.language).to_owned(),
        Of::Both => t.say("both").to_owned(),
        Of::Family => t.say("family").to_owned(),
    }
}

fn level(t: Texts, step: &Step<'_>) -> String {
    match step.of {
        Of::Field(part) => level_label(part.kind, &part.level, t.language).to_owned(),
        Of::Prior | Of::Both | Of::Family => String::new(),
    }
}

/// How rare the shared value is, and what that makes of the step.
fn remark(t: Texts, step: &Step<'_>, rival: Rival) -> String {
    let Of::Field(part) = step.of else { return String::new() };
    let weighing = part.frequency.filter(|frequency| frequency.bits.against(rival) != 0);
    weighing.map_or_else(String::new, |frequency| {
        let bits = t.signed(frequency.bits.against(rival));
        format!("{} {bits}", remark_label(frequency.remark, t.language))
    })
}
