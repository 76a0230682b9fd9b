//! How a number is spread: sizes of groups, candidates per record, questions by reason.

use std::collections::BTreeMap;

use super::chart::{logarithmic, percent, powers};
use super::texts::Texts;

/// How many things have a number between two bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The least.
    pub from: u64,
    /// The most.
    pub to: u64,
    /// How many.
    pub count: u64,
}

/// How a number is spread over things: each up to ten by itself, larger ones together with those of about their size.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spread {
    spans: BTreeMap<(u64, u64), u64>,
    count: u64,
    sum: u64,
    most: u64,
}

impl Spread {
    /// Counts so many things with a number.
    pub fn add(&mut self, number: u64, things: u64) {
        *self.spans.entry(bounds(number)).or_default() += things;
        self.count += things;
        self.sum = self.sum.saturating_add(number.saturating_mul(things));
        self.most = self.most.max(if things > 0 { number } else { 0 });
    }

    /// Adds what was counted elsewhere.
    pub fn merge(&mut self, other: &Self) {
        for (bounds, count) in &other.spans {
            *self.spans.entry(*bounds).or_default() += count;
        }
        self.count += other.count;
        self.sum = self.sum.saturating_add(other.sum);
        self.most = self.most.max(other.most);
    }

    /// The spans, from the smallest to the largest; those without things left out.
    pub fn spans(&self) -> impl Iterator<Item = Span> {
        let counted = self.spans.iter().filter(|(_, count)| **count > 0);
        counted.map(|((from, to), count)| Span { from: *from, to: *to, count: *count })
    }

    /// How many things there are.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The sum of their numbers.
    pub fn sum(&self) -> u64 {
        self.sum
    }

    /// The largest number.
    pub fn most(&self) -> u64 {
        self.most
    }
}

/// 0 to 10, 11 to 20, 21 to 50, 51 to 100, 101 to 200, and so on.
fn bounds(number: u64) -> (u64, u64) {
    if number <= 10 {
        return (number, number);
    }
    let (mut from, mut to) = (11_u64, 20_u64);
    for factor in [(5, 2), (2, 1), (2, 1)].into_iter().cycle() {
        if number <= to {
            break;
        }
        from = to.saturating_add(1);
        to = match to.checked_mul(factor.0) {
            Some(next) => next / factor.1,
            None => u64::MAX,
        };
    }
    (from, to)
}

/// A bar with its label and its count.
pub(super) struct Bar {
    pub label: String,
    pub count: String,
    pub width: String,
}

pub(super) struct Chart {
    /// What it is called in texts.
    pub name: &'static str,
    pub bars: Vec<Bar>,
}

impl Chart {
    pub fn of_spans(t: Texts, name: &'static str, spread: &Spread) -> Self {
        let label = |span: &Span| {
            if span.from == span.to {
                t.count(span.from)
            } else {
                format!("{}–{}", t.count(span.from), t.count(span.to))
            }
        };
        Self::of(t, name, spread.spans().map(|span| (label(&span), span.count)).collect())
    }

    pub fn of(t: Texts, name: &'static str, counts: Vec<(String, u64)>) -> Self {
        let powers = powers(counts.iter().map(|(_, count)| *count).max().unwrap_or(0));
        let bar = |(label, count): (String, u64)| Bar {
            label,
            count: t.count(count),
            width: percent(logarithmic(count, powers) * 100.0),
        };
        Self { name, bars: counts.into_iter().map(bar).collect() }
    }
}
