//! Floor 1: what every HTTP surface has in common.
//!
//! A service builds its routes with the extractors of [`extract`], asks who calls with [`auth`], answers errors with
//! [`problem::Problem`], describes its API with [`openapi`], frames its pages with [`page`] and [`text`], and hands the
//! whole to [`layers::house`] and [`serve::serve`]. What it tells other systems by HTTP goes through [`webhook`].
//!
//! Invariants: every error is a problem document; nothing personal stands in an error, a log line, a metric or an
//! address; every answer carries the version and the security headers.
//!
//! Deliberately absent: rules of the register, SQL of a service, the meaning of roles beyond their names. To add
//! something: it belongs here when two services need it and it speaks of HTTP, not of cases.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic, clippy::missing_panics_doc))]

pub mod auth;
pub mod deprecation;
pub mod design_rules;
pub mod extract;
pub mod health;
mod http;
mod keys;
pub mod layers;
pub mod oidc;
pub mod openapi;
pub mod page;
pub mod principal;
pub mod problem;
mod random;
pub mod serve;
pub mod session;
#[cfg(test)]
mod testing;
pub mod text;
mod token;
pub mod trace;
pub mod webhook;

pub use auth::{Auth, AuthConfig};
pub use design_rules::adr_violations;
pub use extract::{Form, Json, Path, Query};
pub use http::HttpError;
pub use keys::{JwksSource, KeysError};
pub use layers::{BODY_LIMIT, Settings, house};
pub use oidc::{Oidc, OidcConfig};
pub use page::{Link, Page};
pub use principal::{Principal, Role, Subject};
pub use problem::{FieldError, Problem};
pub use random::NoRandomness;
pub use serve::serve;
pub use session::Sessions;
pub use text::{Lang, Texts};
pub use webhook::{Webhook, WebhookError};
