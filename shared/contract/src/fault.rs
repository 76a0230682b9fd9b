//! What is wrong with an event: every fault with its place, none of them quoting a value.

use domain::fact::intake::Reason;

/// How many faults of one event are told at once: the answer to the publisher must fit a message.
const MOST: usize = 50;

/// Why a single value was refused: a stable code, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Stable, for machines.
    pub code: String,
    /// For people; never quotes the value.
    pub text: String,
}

/// A fault out of a value's own error.
pub fn fault(code: &str, text: &impl std::fmt::Display) -> Fault {
    Fault { code: code.to_owned(), text: text.to_string() }
}

impl Fault {
    /// The fault at its place, a JSON pointer (RFC 6901).
    pub fn at(self, pointer: &str) -> Reason {
        Reason { pointer: pointer.to_owned(), code: self.code, text: self.text }
    }
}

/// Sorts reasons by place, drops repetitions, and tells at most fifty of them and how many more there are.
pub fn told(mut reasons: Vec<Reason>) -> Vec<Reason> {
    reasons.sort();
    reasons.dedup();
    let more = reasons.len().saturating_sub(MOST);
    if more > 0 {
        reasons.truncate(MOST);
        let text = format!("{more} more faults are not listed; mend these first");
        reasons.push(Reason { pointer: String::new(), code: "faults.more".to_owned(), text });
    }
    reasons
}
