//! What two records weigh, for whoever asks: how far they agree, how the odds are summed up, what the gate says. Nothing is decided,
//! looked up or kept.
//!
//! Invariant: the records are the caller's own words and are read nowhere else; nothing of them stands in the answer, the log or an
//! address.

use std::collections::BTreeSet;

use axum::extract::State;
use domain::birth::BirthDate;
use domain::bsn::Bsn;
use domain::fact::linker::{FieldEvidence, Member, PairWeighed};
use domain::ids::{CaseId, PartyId};
use domain::name::{NameParts, PersonName};
use domain::party::{PartyDetails, Sex};
use domain::personal::Personal;
use domain::skn::Skn;
use domain::v_number::VNumber;
use jiff::Timestamp;
use matching::record::Record;
use serde::{Deserialize, Serialize};
use service::problem;
use utoipa::ToSchema;
use web::{FieldError, Json, Principal, Problem, Role};

use crate::api::Api;

/// A record as it is compared. What is left out is not known.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct GivenRecord {
    /// The surname, without its prefix.
    #[schema(example = "Berg", max_length = 200)]
    surname: Option<String>,
    /// What stands before it.
    #[schema(example = "van den", max_length = 200)]
    prefix: Option<String>,
    /// The surname of a partner.
    #[schema(max_length = 200)]
    partner_surname: Option<String>,
    /// What stands before that.
    #[schema(max_length = 200)]
    partner_prefix: Option<String>,
    /// All given names.
    #[schema(example = "Pieter", max_length = 200)]
    given_names: Option<String>,
    /// Initials, where no more is known.
    #[schema(max_length = 200)]
    initials: Option<String>,
    /// The citizen service number.
    #[schema(example = "999991036")]
    bsn: Option<String>,
    /// The number in the criminal chain.
    skn: Option<String>,
    /// The number of a foreign national.
    v_number: Option<String>,
    /// The date of birth; a year or a month where no more is known.
    #[schema(example = "1987-11-02")]
    birth_date: Option<String>,
    /// The place of birth.
    #[schema(max_length = 200)]
    birth_place: Option<String>,
    /// `female`, `male` or `other`.
    #[schema(example = "male")]
    sex: Option<String>,
}

/// Two records to be weighed.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ScoreRequest {
    /// The first.
    a: GivenRecord,
    /// The second.
    b: GivenRecord,
    /// Whether both stand in one case, where two records are seldom of one person.
    #[serde(default)]
    same_case: bool,
}

/// What two records weigh. Nothing is decided by it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Score {
    /// The odds that they are of one person, in thousandths of a bit.
    #[schema(example = 14200)]
    millibits: i32,
    /// The odds before anything is compared.
    #[schema(example = -20000)]
    prior: i32,
    /// Field by field how far they agree.
    fields: Vec<ScoredField>,
    /// What it takes off that two of one household would agree as well.
    household: i32,
    /// From here on a steward is asked.
    #[schema(example = 2000)]
    possible: i32,
    /// From here on they are certainly one, through the gate.
    #[schema(example = 12000)]
    certain: i32,
    /// What speaks at the gate: the code of a rule that lets the two pass, of a veto, of a contradiction, or of what is lacking.
    #[schema(example = "policy")]
    #[serde(skip_serializing_if = "Option::is_none")]
    gate: Option<String>,
    /// The ids of the model and the policy in force.
    model: String,
}

/// How far two records agree in one field.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ScoredField {
    /// The field.
    #[schema(example = "birth-date")]
    field: String,
    /// `equal`, `compatible`, `different` or `missing`.
    #[schema(example = "equal")]
    level: String,
    /// The level in the model's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// What the level weighs against two strangers.
    #[schema(example = 7400)]
    millibits: i32,
    /// What the frequency of a shared value adds or takes off.
    #[serde(skip_serializing_if = "Option::is_none")]
    rarity: Option<i32>,
}

impl GivenRecord {
    fn read(self, which: &str) -> Result<PartyDetails, Vec<FieldError>> {
        let mut wrong = Vec::new();
        let mut fault = |field: &str, message: String| {
            wrong.push(FieldError::body(format!("{which}.{field}"), "invalid", message));
        };
        let parts = NameParts {
            surname: self.surname.as_deref(),
            prefix: self.prefix.as_deref(),
            partner_surname: self.partner_surname.as_deref(),
            partner_prefix: self.partner_prefix.as_deref(),
            given_names: self.given_names.as_deref(),
            initials: self.initials.as_deref(),
        };
        let name = PersonName::parse(&parts).map_err(|errors| {
            for error in errors {
                fault("surname", error.to_string());
            }
        });
        let bsn = self.bsn.map(|text| Bsn::parse(&text)).transpose();
        let bsn = bsn.map_err(|error| fault("bsn", error.to_string()));
        let skn = self.skn.map(|text| Skn::parse(&text)).transpose();
        let skn = skn.map_err(|error| fault("skn", error.to_string()));
        let v_number = self.v_number.map(|text| VNumber::parse(&text)).transpose();
        let v_number = v_number.map_err(|error| fault("vNumber", error.to_string()));
        let birth = self.birth_date.map(|text| BirthDate::parse(&text)).transpose();
        let birth = birth.map_err(|error| fault("birthDate", error.to_string()));
        let sex = self.sex.map(|code| Sex::from_code(&code).ok_or(())).transpose();
        let sex = sex.map_err(|()| fault("sex", "is female, male or other".to_owned()));
        match (name, bsn, skn, v_number, birth, sex) {
            (Ok(name), Ok(bsn), Ok(skn), Ok(v_number), Ok(birth), Ok(sex)) => Ok(PartyDetails {
                bsn,
                skn,
                v_number,
                name,
                birth: birth.flatten(),
                birth_place: self.birth_place.map(Personal::new),
                sex,
                ..PartyDetails::default()
            }),
            _ => Err(wrong),
        }
    }
}

impl Score {
    fn of(pair: PairWeighed, model: String) -> Self {
        let PairWeighed { evidence, weighed } = pair;
        let field = |FieldEvidence { field, level, detail, millibits }| {
            let rarity = weighed.rarity.get(&field).copied();
            ScoredField { field, level, detail, millibits: millibits.unwrap_or(0), rarity }
        };
        Self {
            millibits: evidence.millibits.unwrap_or(0),
            prior: weighed.prior,
            fields: evidence.fields.into_iter().map(field).collect(),
            household: weighed.household,
            possible: weighed.possible,
            certain: weighed.certain,
            gate: weighed.gate,
            model,
        }
    }
}

/// Weighs two records that the caller gives, by the model in force: how far they agree, what that sums up to and what the gate says.
/// Nothing is decided by it, looked up or kept.
#[utoipa::path(post, path = "/scores", request_body = ScoreRequest,
    responses((status = 200, description = "What they weigh.", body = Score)))]
pub(crate) async fn score(
    State(api): State<Api>,
    principal: Principal,
    Json(request): Json<ScoreRequest>,
) -> Result<Json<Score>, Problem> {
    principal.require_any(&[Role::Operator, Role::Steward])?;
    let (a, b) = (request.a.read("a"), request.b.read("b"));
    let (a, b) = match (a, b) {
        (Ok(a), Ok(b)) => (a, b),
        (a, b) => {
            let wrong = a.err().into_iter().chain(b.err()).flatten();
            return Err(Problem::malformed(wrong.collect()));
        }
    };
    let mut transaction = api.linker.journal.begin().await.map_err(problem)?;
    let engine = api.linker.in_force(&mut transaction).await.map_err(problem)?.0.engine;
    drop(transaction);
    let record = |name: &str, case: &str, details: &PartyDetails| {
        let member = Member { party: PartyId::derived(&["scored", name]), case: CaseId::derived(&["scored", case]) };
        Record::prepare(member, Timestamp::UNIX_EPOCH, false, details)
    };
    let second = if request.same_case { "a" } else { "b" };
    let records = [record("a", "a", &a), record("b", second, &b)];
    let both = records.iter().map(|record| record.member.party).collect();
    let weighed = engine.weighed(&records, &BTreeSet::new(), &both).ok_or_else(Problem::not_found)?;
    Ok(Json(Score::of(weighed, engine.id().to_owned())))
}
