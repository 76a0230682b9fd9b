//! A masked identifier shown whole, on the page of its question and nowhere else: never in an address.

use axum::extract::State;
use axum::response::Response;
use domain::decisions::reveal_identifier::Refusal;
use domain::fact::steward::{Identifier, RevealReason};
use domain::ids::MatchId;
use serde::Deserialize;
use uuid::Uuid;
use web::{Form, Lang, Path, Principal, Problem};

use super::question::{Beside, of, open};
use crate::App;
use crate::api::steward_of;
use crate::reveals::{RevealError, Side, Wish};

/// What a steward wants to see, and what for.
#[derive(Deserialize)]
pub(super) struct RevealForm {
    /// `0-bsn`: which record and which identifier.
    #[serde(default)]
    what: String,
    #[serde(default)]
    why: String,
}

impl RevealForm {
    fn wish(&self) -> Option<(usize, Wish)> {
        let (side, code) = self.what.split_once('-')?;
        let (place, side) = match side {
            "0" => (0, Side::First),
            "1" => (1, Side::Second),
            _ => return None,
        };
        let identifier = Identifier::ALL.into_iter().find(|identifier| identifier.as_str() == code)?;
        let reason = RevealReason::ALL.into_iter().find(|reason| reason.as_str() == self.why)?;
        Some((place, Wish { side, identifier, reason }))
    }
}

pub(super) async fn show(
    State(app): State<App>,
    principal: Principal,
    lang: Lang,
    Path(id): Path<Uuid>,
    Form(form): Form<RevealForm>,
) -> Result<Response, Problem> {
    let by = steward_of(&app, &principal, id).await?;
    let mut beside = Beside::default();
    match form.wish() {
        None => beside.not_revealed = Some("reveal-fault"),
        Some((place, wish)) => match app.desk.reveal(MatchId::from_uuid(id), &by, wish).await {
            Ok(revealed) => beside.revealed = Some((place, wish.identifier, revealed.value)),
            Err(RevealError::Nothing | RevealError::Refused(Refusal::NotOpen | Refusal::Claimed)) => {
                beside.not_revealed = Some("reveal-refused");
            }
            Err(error) => return Err(error.into()),
        },
    }
    web::page::html(&of(&app, lang, &open(&app, id, &by).await?, beside))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_names_a_record_an_identifier_and_a_reason() {
        let wish = |what: &str, why: &str| RevealForm { what: what.to_owned(), why: why.to_owned() }.wish();
        let (place, wished) = wish("1-unusable-bsn", "compare-digits").expect("a wish");
        assert_eq!((place, wished.side, wished.identifier), (1, Side::Second, Identifier::UnusableBsn));
        for (what, why) in [("", ""), ("2-bsn", "compare-digits"), ("0-address", "compare-digits"), ("0-bsn", "")] {
            assert!(wish(what, why).is_none(), "{what} {why}");
        }
    }
}
