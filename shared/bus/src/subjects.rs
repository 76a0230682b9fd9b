//! Subjects: the addresses on the bus. None holds anything personal; they show in monitoring.

/// Where courts publish case events: `cases.v1.<jurisdiction>.<court>.<event>`.
pub const CASES: &str = "cases.v1";
/// Where a service's settled facts are announced: `facts.v1.<author>.<kind>`.
pub const FACTS: &str = "facts.v1";
/// Where a court's own systems hear of signals: `alerts.v1.<court>.<what>`.
pub const ALERTS: &str = "alerts.v1";
/// Where a publisher hears of what was refused: `rejections.v1.<jurisdiction>.<court>`.
pub const REJECTIONS: &str = "rejections.v1";

/// Where a court's systems hear what judges of other courts ask: `requests.v1.<jurisdiction>.<court>.<what>`.
pub const REQUESTS: &str = "requests.v1";

/// Where a court's systems hear what stewards doubt of what it told: `questions.v1.<jurisdiction>.<court>`.
pub const QUESTIONS: &str = "questions.v1";

/// The subject on which a case event is published.
pub fn case_event(jurisdiction: &str, court: &str, event: &str) -> String {
    format!("{CASES}.{jurisdiction}.{court}.{event}")
}

/// The subject on which a fact is announced; `kind` is `<author>.<what-happened>`.
pub fn fact(kind: &str) -> String {
    format!("{FACTS}.{kind}")
}

/// The subject on which a court hears of a signal.
pub fn alert(court: &str, what: &str) -> String {
    format!("{ALERTS}.{court}.{what}")
}

/// The subject on which a court hears what a judge of another court asks about one of its cases.
pub fn request(jurisdiction: &str, court: &str, what: &str) -> String {
    format!("{REQUESTS}.{jurisdiction}.{court}.{what}")
}

/// The subject on which a court hears what a steward doubts of what it told.
pub fn question(jurisdiction: &str, court: &str) -> String {
    format!("{QUESTIONS}.{jurisdiction}.{court}")
}

/// The subject on which the publisher of a refused event hears why: that of its own court, as far as `channel` (the subject
/// the event came in on) names one.
pub fn rejection(channel: &str) -> String {
    let mut parts = channel.strip_prefix(CASES).unwrap_or_default().split('.').filter(|part| !part.is_empty());
    match (parts.next(), parts.next()) {
        (Some(jurisdiction), Some(court)) => format!("{REJECTIONS}.{jurisdiction}.{court}"),
        _ => format!("{REJECTIONS}.unknown.unknown"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rejection_goes_to_the_court_that_published() {
        assert_eq!(rejection("cases.v1.family.rbrot.party-added"), "rejections.v1.family.rbrot");
        assert_eq!(rejection("POST /v1/events"), "rejections.v1.unknown.unknown");
    }
}
