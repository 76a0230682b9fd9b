//! A judge's word about a signal, as JSON and as the fields of a form: whether it was of use, and that its link looks wrong.
//!
//! Invariant: words of closed lists only; there is no free text, because nothing here could seal it.

use axum::extract::State;
use axum::response::Response;
use domain::decisions::act_on_signal::Act;
use domain::fact::alerts::{DoubtReason, Rating, RatingReason};
use domain::ids::SignalId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::schema::Object;
use uuid::Uuid;
use web::openapi::{word, word_or_nothing};
use web::{FieldError, Json, Path, Principal, Problem};

use super::shape::SignalDetail;
use super::{Api, detail, judge, or_absent};
use crate::act::act;
use crate::trail::{Doubt, Trail};

/// A signal, opened, with what became of it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenedSignal {
    /// What it tells.
    #[serde(flatten)]
    detail: SignalDetail,
    /// The caller's newest word about its use.
    #[serde(skip_serializing_if = "Option::is_none")]
    rating: Option<RatingRecord>,
    /// Reports that its link looks wrong, oldest first, by any judge of the case.
    doubts: Vec<DoubtRecord>,
}

impl OpenedSignal {
    /// The signal with its trail.
    pub fn of(detail: SignalDetail, trail: &Trail) -> Self {
        Self {
            detail,
            rating: trail
                .rating
                .map(|rating| RatingRecord { useful: rating.useful, reason: rating.reason.map(RatingReason::as_str) }),
            doubts: trail.doubts.iter().map(DoubtRecord::of).collect(),
        }
    }
}

/// Whether a signal was of use.
#[derive(Serialize, ToSchema)]
struct RatingRecord {
    /// Whether it was.
    useful: bool,
    /// Why, where said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "new-to-me")]
    reason: Option<&'static str>,
}

/// A report that a link looks wrong.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DoubtRecord {
    /// When it was reported.
    reported_at: Timestamp,
    /// Which version was before the judge.
    version: u32,
    /// What looks wrong.
    #[schema(value_type = String, example = "other-person")]
    reason: &'static str,
    /// `waiting`: a steward is to look again; `confirmed`: one did, and the link stays; `corrected`: it was undone.
    #[schema(value_type = String, example = "waiting")]
    state: &'static str,
}

impl DoubtRecord {
    fn of(doubt: &Doubt) -> Self {
        Self {
            reported_at: doubt.reported_at,
            version: doubt.version,
            reason: doubt.reason.as_str(),
            state: doubt.state.as_str(),
        }
    }
}

/// Whether the signal was of use to the caller. A newer word replaces an older one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RatingRequest {
    /// The version that the caller had before them.
    #[serde(deserialize_with = "web::extract::whole")]
    version: u32,
    /// Whether it was of use.
    useful: bool,
    /// Why.
    #[schema(schema_with = rating_reasons)]
    reason: Option<RatingReason>,
}

fn rating_reasons() -> Object {
    let words = RatingReason::ALL.iter().map(|reason| reason.as_str());
    word_or_nothing(
        "Why: `new-to-me`, `led-to-questions`, `led-to-request` or `bore-on-decision` where it was; another word where it was not.",
        words,
    )
}

fn doubt_reasons() -> Object {
    let said = [DoubtReason::OtherPerson, DoubtReason::WrongRole, DoubtReason::WrongCase];
    word("What looks wrong.", said.iter().map(|reason| reason.as_str()))
}

/// The same from a form, where the reason says whether it was of use.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RatingForm {
    /// The version that the judge had before them.
    #[serde(deserialize_with = "web::extract::whole")]
    pub version: u32,
    /// Why.
    pub reason: RatingReason,
}

impl RatingForm {
    /// What was said.
    pub const fn rating(&self) -> Rating {
        Rating { useful: self.reason.is_useful(), reason: Some(self.reason) }
    }
}

/// That the link a signal rests on looks wrong to the caller.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DoubtRequest {
    /// The version that the caller had before them.
    #[serde(deserialize_with = "web::extract::whole")]
    pub version: u32,
    /// What looks wrong.
    #[schema(schema_with = doubt_reasons)]
    reason: DoubtReason,
}

impl DoubtRequest {
    /// What looks wrong. `place` is where the field stood, for the error.
    ///
    /// # Errors
    /// 400 when nothing was said.
    pub fn read(&self, place: &'static str) -> Result<DoubtReason, Problem> {
        if self.reason == DoubtReason::NotSaid {
            let unknown = FieldError::at(place, "reason", "unknown", "is other-person, wrong-role or wrong-case");
            return Err(Problem::malformed(vec![unknown]));
        }
        Ok(self.reason)
    }
}

/// Says whether a signal was of use. Saying the same of the same version again changes nothing.
#[utoipa::path(post, path = "/signals/{signalId}/ratings",
    params(("signalId" = Uuid, Path, description = "The signal.")), request_body = RatingRequest,
    responses((status = 200, description = "The signal.", body = OpenedSignal),
              (status = 404, description = "There is no such signal, or its case is not the caller's.", body = Problem, content_type = "application/problem+json"),
              (status = 409, description = "The signal has changed; `detail` names its version.", body = Problem, content_type = "application/problem+json")))]
pub async fn rate_signal(
    State(api): State<Api>,
    principal: Principal,
    Path(signal): Path<Uuid>,
    Json(request): Json<RatingRequest>,
) -> Result<Response, Problem> {
    let judge = judge(&principal)?;
    let signal = SignalId::from_uuid(signal);
    let rating = Rating::of(request.useful, request.reason).ok_or_else(|| {
        Problem::malformed(vec![FieldError::at("body", "reason", "unknown", "is no reason for this answer")])
    });
    let rating = or_absent(&api, &judge, signal, rating).await?;
    act(&api.service, &judge, signal, Act::Rate(rating), Some(request.version)).await?;
    detail(&api, &judge, signal).await
}

/// Reports that the link a signal rests on looks wrong: a steward is to look again. The signal stands until then. Reporting the
/// same of the same version again changes nothing.
#[utoipa::path(post, path = "/signals/{signalId}/doubts",
    params(("signalId" = Uuid, Path, description = "The signal.")), request_body = DoubtRequest,
    responses((status = 200, description = "The signal.", body = OpenedSignal),
              (status = 404, description = "There is no such signal, or its case is not the caller's.", body = Problem, content_type = "application/problem+json"),
              (status = 409, description = "The signal has changed, or was withdrawn; `detail` says which.", body = Problem, content_type = "application/problem+json")))]
pub async fn doubt_signal(
    State(api): State<Api>,
    principal: Principal,
    Path(signal): Path<Uuid>,
    Json(request): Json<DoubtRequest>,
) -> Result<Response, Problem> {
    let judge = judge(&principal)?;
    let signal = SignalId::from_uuid(signal);
    let reason = request.read("body")?;
    act(&api.service, &judge, signal, Act::Doubt(reason), Some(request.version)).await?;
    detail(&api, &judge, signal).await
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn words_outside_the_lists_are_refused() {
        let doubt = |reason: &str| {
            let read = serde_json::from_value::<DoubtRequest>(json!({ "version": 1, "reason": reason }));
            read.ok().and_then(|request| request.read("body").ok())
        };
        assert_eq!(doubt("wrong-case"), Some(DoubtReason::WrongCase));
        assert_eq!(doubt("not-said"), None);
        assert_eq!(doubt("he lives elsewhere"), None);
        for reason in RatingReason::ALL {
            let form: RatingForm = serde_json::from_value(json!({ "version": 1, "reason": reason.as_str() })).unwrap();
            assert_eq!(form.rating(), Rating::of(reason.is_useful(), Some(*reason)).unwrap());
            assert_eq!(Rating::of(!reason.is_useful(), Some(*reason)), None);
        }
    }
}
