//! The trace id of the request at hand: 32 hexadecimal digits (W3C Trace Context), taken from `traceparent` or fresh.
//!
//! It lives in a task-local, so that a problem made deep inside a handler carries it. A task that a handler spawns does
//! not inherit it.

use axum::http::HeaderMap;

use crate::random;

tokio::task_local! {
    static TRACE_ID: String;
}

/// The trace id of the request that this task answers; none outside a request.
pub fn current() -> Option<String> {
    TRACE_ID.try_with(Clone::clone).ok()
}

/// Runs `work` under a trace id.
pub async fn scope<F: Future>(trace_id: String, work: F) -> F::Output {
    TRACE_ID.scope(trace_id, work).await
}

/// The caller's trace id when `traceparent` is well formed, else a fresh one.
pub(crate) fn of_request(headers: &HeaderMap) -> String {
    headers
        .get("traceparent")
        .and_then(|value| value.to_str().ok())
        .and_then(trace_id_in)
        .map_or_else(|| random::hex::<16>().unwrap_or_else(|_| "0".repeat(32)), str::to_owned)
}

/// Trace id of a `traceparent` value: `version-traceid-parentid-flags`, lower-case hexadecimal, not all zero.
fn trace_id_in(value: &str) -> Option<&str> {
    let hex = |part: &str, len: usize| {
        part.len() == len && part.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    };
    let mut parts = value.split('-');
    let (version, trace_id, parent, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let well_formed = hex(version, 2)
        && version != "ff"
        && (version != "00" || parts.next().is_none())
        && hex(trace_id, 32)
        && trace_id.bytes().any(|b| b != b'0')
        && hex(parent, 16)
        && parent.bytes().any(|b| b != b'0')
        && hex(flags, 2);
    well_formed.then_some(trace_id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_only_a_well_formed_traceparent() {
        let id = "0af7651916cd43dd8448eb211c80319c";
        assert_eq!(trace_id_in(&format!("00-{id}-b7ad6b7169203331-01")), Some(id));
        for bad in [
            "",
            "00",
            &format!("00-{id}-b7ad6b7169203331"),
            &format!("00-{id}-b7ad6b7169203331-01-x"),
            &format!("00-{}-b7ad6b7169203331-01", "0".repeat(32)),
            &format!("00-{id}-0000000000000000-01"),
            &format!("00-{}-b7ad6b7169203331-01", id.to_uppercase()),
            &format!("ff-{id}-b7ad6b7169203331-01"),
        ] {
            assert_eq!(trace_id_in(bad), None, "{bad}");
        }
    }

    #[test]
    fn makes_one_where_there_is_none() {
        let (a, b) = (of_request(&HeaderMap::new()), of_request(&HeaderMap::new()));
        assert_eq!(a.len(), 32);
        assert_ne!(a, b);
    }
}
