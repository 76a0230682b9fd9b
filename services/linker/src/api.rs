//! What operators see and decide about the model: proposed by one, approved by another.

use axum::Router;
use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use domain::decisions::choose_model::{ChooseModel, Known, Proposal, Refusal};
use domain::fact::{Actor, Subject};
use domain::ids::ProposalId;
use journal::DecideError;
use runtime::Clock;
use serde::{Deserialize, Serialize};
use service::{Service, problem};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Auth, FieldError, Json, Path, Principal, Problem, Role};

use crate::listen::Linker;
use crate::{models, scores};

#[derive(Clone)]
pub(crate) struct Api {
    pub(crate) linker: Linker,
    clock: Clock,
    auth: Auth,
}

impl FromRef<Api> for Auth {
    fn from_ref(api: &Api) -> Self {
        api.auth.clone()
    }
}

/// The routes of this service.
///
/// # Errors
/// When whose tokens count cannot be told from the settings.
pub fn routes(service: &Service, linker: Linker) -> anyhow::Result<Router> {
    let auth = service.auth()?;
    let (router, _) = web::openapi::mount(api(), &auth);
    Ok(router.with_state(Api { linker, clock: service.clock.clone(), auth }))
}

fn api() -> OpenApiRouter<Api> {
    let described = web::openapi::describe(
        "Verband linker",
        "Shows operators by which model who is who is decided, and changes it; tells what two records weigh.",
    );
    OpenApiRouter::with_openapi(described)
        .routes(routes!(list_models, propose_model))
        .routes(routes!(approve_model))
        .routes(routes!(reject_model))
        .routes(routes!(scores::score))
}

/// The description of this service's API.
pub fn document() -> utoipa::openapi::OpenApi {
    web::openapi::document(api())
}

/// By which models it is, was or may be decided.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Models {
    /// The ids of the model and the policy that come with the programme: in force while no other is.
    built_in: String,
    /// The ids of the model and the policy in force.
    in_force: String,
    /// Whether part of the register is still to be decided anew, since another was put in force.
    deciding_anew: bool,
    /// Every proposal.
    proposals: Vec<ModelProposal>,
}

/// A proposal.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ModelProposal {
    /// The proposal.
    id: uuid::Uuid,
    /// The ids of model and policy, as they stand with every decision taken by them.
    model: String,
    /// `proposed`, `approved` or `rejected`.
    status: String,
    /// Who proposed it.
    proposed_by: String,
    /// Who approved or rejected it.
    settled_by: Option<String>,
}

/// What is proposed.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewProposal {
    /// A model as `verband train` writes it; that of courts where none is given.
    model: Option<String>,
    /// What is taken for certain without asking anybody: `numbers`, only what rests on a number; `rules`, whatever a rule lets
    /// pass.
    policy: String,
}

/// Lists the models.
#[utoipa::path(get, path = "/models", responses((status = 200, description = "By which models it is, was or may be decided.", body = Models)))]
async fn list_models(State(api): State<Api>, principal: Principal) -> Result<Json<Models>, Problem> {
    principal.require(Role::Operator)?;
    let known = api.linker.proposals().await.map_err(problem)?;
    api.models(&known).await
}

/// Proposes a model. Nothing changes until another operator approves it; `verband simulate` says what would.
#[utoipa::path(post, path = "/models", request_body = NewProposal, responses((status = 201, description = "It waits for another operator.", body = Models)))]
async fn propose_model(
    State(api): State<Api>,
    principal: Principal,
    Json(proposal): Json<NewProposal>,
) -> Result<(StatusCode, Json<Models>), Problem> {
    let by = operator(&principal)?;
    let NewProposal { model, policy } = proposal;
    let engine = models::engine(model.as_deref(), &policy).map_err(|error| {
        let place = if policy.parse::<matching::gate::Policy>().is_err() { "/policy" } else { "/model" };
        Problem::malformed(vec![FieldError::body(place, "invalid", error)])
    })?;
    let model = api.linker.sealed(&engine).map_err(problem)?;
    let wish = ChooseModel::Propose { engine: engine.id().to_owned(), policy, model, by };
    Ok((StatusCode::CREATED, api.choose(&wish, &principal).await?))
}

/// Approves what another operator proposed: from now on it is decided by it, and the whole register is decided anew.
#[utoipa::path(post, path = "/models/{id}/approvals", params(("id" = uuid::Uuid, Path, description = "The proposal.")), responses((status = 200, description = "It is approved.", body = Models)))]
async fn approve_model(
    State(api): State<Api>,
    principal: Principal,
    Path(id): Path<uuid::Uuid>,
) -> Result<Json<Models>, Problem> {
    let wish = ChooseModel::Approve { proposal: ProposalId::from_uuid(id), by: operator(&principal)? };
    api.choose(&wish, &principal).await
}

/// Rejects a proposal, or takes back one's own.
#[utoipa::path(post, path = "/models/{id}/rejections", params(("id" = uuid::Uuid, Path, description = "The proposal.")), responses((status = 200, description = "It is rejected.", body = Models)))]
async fn reject_model(
    State(api): State<Api>,
    principal: Principal,
    Path(id): Path<uuid::Uuid>,
) -> Result<Json<Models>, Problem> {
    let wish = ChooseModel::Reject { proposal: ProposalId::from_uuid(id), by: operator(&principal)? };
    api.choose(&wish, &principal).await
}

impl Api {
    async fn choose(&self, wish: &ChooseModel, principal: &Principal) -> Result<Json<Models>, Problem> {
        let actor = Actor::user(&operator(principal)?);
        let known = self.linker.choose(wish, actor, self.clock.now()).await.map_err(|error| match error {
            DecideError::Refused(Refusal::Unknown) => Problem::not_found(),
            DecideError::Refused(refusal) => Problem::conflict(refusal.to_string()),
            DecideError::Journal(error) => problem(error),
        })?;
        self.models(&known).await
    }

    async fn models(&self, known: &Known) -> Result<Json<Models>, Problem> {
        let in_force = known.in_force.and_then(|proposal| known.proposals.get(&proposal));
        let built_in = self.linker.engine.id().to_owned();
        let deciding_anew = self.linker.is_deciding_anew().await.map_err(problem)?;
        Ok(Json(Models {
            in_force: in_force.map_or_else(|| built_in.clone(), |proposal| proposal.proposed.engine.clone()),
            built_in,
            deciding_anew,
            proposals: known.proposals.iter().map(|(id, proposal)| ModelProposal::of(*id, proposal)).collect(),
        }))
    }
}

impl ModelProposal {
    fn of(id: ProposalId, proposal: &Proposal) -> Self {
        let settled = proposal.approved_by.as_ref().or(proposal.rejected_by.as_ref());
        let status = match (&proposal.approved_by, &proposal.rejected_by) {
            (Some(_), _) => "approved",
            (None, Some(_)) => "rejected",
            (None, None) => "proposed",
        };
        Self {
            id: id.uuid(),
            model: proposal.proposed.engine.clone(),
            status: status.to_owned(),
            proposed_by: proposal.proposed.by.as_str().to_owned(),
            settled_by: settled.map(|by| by.as_str().to_owned()),
        }
    }
}

/// Who decides about models: an operator, by a name that can stand in the journal.
fn operator(principal: &Principal) -> Result<Subject, Problem> {
    service::acting(principal, Role::Operator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_follows_the_api_design_rules() {
        assert_eq!(web::adr_violations(&document()), Vec::<String>::new());
    }

    #[test]
    fn the_description_is_the_committed_one() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
        assert_eq!(web::openapi::committed(&document(), path), Ok(()));
    }
}
