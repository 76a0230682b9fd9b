//! Choices out of closed lists, as a page offers them.

use domain::fact::alerts::{DoubtReason, Rating, RatingReason};
use web::Page;

use super::dates::{When, moment};
use crate::trail::Trail;

/// A choice.
pub struct Choice {
    /// The code that a form sends.
    pub code: &'static str,
    /// What people read.
    pub label: String,
    /// Whether it was chosen before.
    pub chosen: bool,
}

impl Choice {
    /// A choice that was not made yet.
    pub fn new(code: &'static str, label: impl Into<String>) -> Self {
        Self { code, label: label.into(), chosen: false }
    }
}

/// Choices that belong together.
pub struct Group {
    /// What they have in common.
    pub label: String,
    /// The choices.
    pub options: Vec<Choice>,
}

/// A report that a link looks wrong.
pub struct DoubtView {
    /// When it was reported.
    pub reported: When,
    /// Of which version.
    pub version: u32,
    /// What looks wrong.
    pub reason: String,
    /// What became of it.
    pub state: String,
}

/// Whether a signal was of use, as a page asks.
pub fn ratings(rating: Option<Rating>, page: &Page) -> Vec<Group> {
    [(true, "rate-useful"), (false, "rate-useless")]
        .map(|(useful, key)| Group {
            label: page.say(key),
            options: RatingReason::ALL
                .iter()
                .filter(|reason| reason.is_useful() == useful)
                .map(|reason| Choice {
                    code: reason.as_str(),
                    label: rated(*reason, page),
                    chosen: rating.is_some_and(|rating| rating.reason == Some(*reason)),
                })
                .collect(),
        })
        .into()
}

/// A reason in words.
pub fn rated(reason: RatingReason, page: &Page) -> String {
    page.say(&format!("rated-{}", reason.as_str()))
}

/// What may look wrong about a link, as a page asks.
pub fn doubt_reasons(page: &Page) -> Vec<Choice> {
    let offered = DoubtReason::ALL.iter().filter(|reason| **reason != DoubtReason::NotSaid);
    offered.map(|reason| Choice::new(reason.as_str(), page.say(&doubt_key(*reason)))).collect()
}

/// The reports so far.
pub fn doubts(trail: &Trail, page: &Page) -> Vec<DoubtView> {
    let view = |doubt: &crate::trail::Doubt| DoubtView {
        reported: moment(doubt.reported_at, page.lang()),
        version: doubt.version,
        reason: page.say(&doubt_key(doubt.reason)),
        state: page.say(&format!("doubt-is-{}", doubt.state.as_str())),
    };
    trail.doubts.iter().map(view).collect()
}

fn doubt_key(reason: DoubtReason) -> String {
    format!("doubt-{}", reason.as_str())
}
