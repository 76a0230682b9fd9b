//! Sessions of pages: a random cookie at the browser, a row in `web.sessions` at the server.
//!
//! Invariants: the row holds only the hash of the cookie; a session ends after 15 minutes without use, after 8 hours in
//! any case, and at once when its person signs out; signing in always makes a new one. Times are those of the database.

use axum::http::{HeaderMap, HeaderValue, header};
use sqlx::PgPool;

use crate::principal::{Principal, Subject};
use crate::problem::Problem;
use crate::random;

/// Where sessions are kept, and how their cookie looks. Cheap to clone.
#[derive(Clone)]
pub struct Sessions {
    pool: PgPool,
    cookies: Cookies,
}

impl Sessions {
    /// Sessions in the schema `web` of this database. `secure_cookies` is false only for development over plain HTTP on
    /// one machine.
    pub fn new(pool: PgPool, secure_cookies: bool) -> Self {
        Self { pool, cookies: Cookies { secure: secure_cookies } }
    }

    /// How the cookies of this site are written.
    pub(crate) const fn cookies(&self) -> Cookies {
        self.cookies
    }

    pub(crate) const fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// The session cookie among these headers.
    pub(crate) fn cookie_in(&self, headers: &HeaderMap) -> Option<String> {
        self.cookies.read(headers, SESSION)
    }

    /// Starts a session for someone whose identity has been proved, ends the one these request headers carry, and gives
    /// the `Set-Cookie` value for the answer.
    pub async fn start(&self, principal: &Principal, headers: &HeaderMap) -> Result<HeaderValue, Problem> {
        let secret = random::secret().map_err(|error| Problem::internal(&error))?;
        let roles = principal.role_names();
        let former = self.cookie_in(headers).map(|cookie| random::sha256(&cookie));
        sqlx::query!(
            "delete from web.sessions
             where id_hash = $1 or expires_at <= now() or last_seen_at <= now() - interval '15 minutes'",
            former
        )
        .execute(&self.pool)
        .await?;
        sqlx::query!(
            "insert into web.sessions (id_hash, subject, roles, expires_at)
             values ($1, $2, $3, now() + interval '8 hours')",
            random::sha256(&secret),
            principal.subject.as_str(),
            &roles
        )
        .execute(&self.pool)
        .await?;
        self.cookies.write(SESSION, &secret, None)
    }

    /// Ends the session of these request headers, if there is one, and gives the `Set-Cookie` value that removes it.
    pub async fn end(&self, headers: &HeaderMap) -> Result<HeaderValue, Problem> {
        if let Some(cookie) = self.cookie_in(headers) {
            sqlx::query!("delete from web.sessions where id_hash = $1", random::sha256(&cookie))
                .execute(&self.pool)
                .await?;
        }
        self.cookies.write(SESSION, "", Some(0))
    }

    /// Whose session this is; it counts as used now.
    pub(crate) async fn resume(&self, cookie: &str) -> Result<Option<Principal>, Problem> {
        let row = sqlx::query!(
            "update web.sessions set last_seen_at = now()
             where id_hash = $1 and expires_at > now() and last_seen_at > now() - interval '15 minutes'
             returning subject, roles",
            random::sha256(cookie)
        )
        .fetch_optional(&self.pool)
        .await?;
        row.map(|row| principal(&row.subject, &row.roles)).transpose()
    }

    /// Whose session this is, without its counting as used.
    pub(crate) async fn peek(&self, cookie: &str) -> Result<Option<Principal>, Problem> {
        let row = sqlx::query!(
            "select subject, roles from web.sessions
             where id_hash = $1 and expires_at > now() and last_seen_at > now() - interval '15 minutes'",
            random::sha256(cookie)
        )
        .fetch_optional(&self.pool)
        .await?;
        row.map(|row| principal(&row.subject, &row.roles)).transpose()
    }
}

fn principal(subject: &str, roles: &[String]) -> Result<Principal, Problem> {
    let subject = Subject::parse(subject).map_err(|error| Problem::internal(&error))?;
    Ok(Principal::new(subject, roles))
}

/// Base name of the session cookie.
pub(crate) const SESSION: &str = "verband";

/// How the cookies of this site are named and written: with `Secure` and the prefix `__Host-`, which keeps other hosts
/// from setting them, or without both for plain HTTP on one machine.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cookies {
    pub(crate) secure: bool,
}

impl Cookies {
    fn name(self, base: &str) -> String {
        if self.secure { format!("__Host-{base}") } else { base.to_owned() }
    }

    /// Value of the cookie with this base name. Empty counts as absent.
    pub(crate) fn read(self, headers: &HeaderMap, base: &str) -> Option<String> {
        let name = self.name(base);
        let pairs = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut named = pairs.flat_map(|pairs| pairs.split(';')).filter_map(|pair| pair.trim().split_once('='));
        named.find(|(n, value)| *n == name && !value.is_empty()).map(|(_, value)| value.to_owned())
    }

    /// `Set-Cookie` value. `max_age` in seconds; without it the cookie goes with the browser window.
    pub(crate) fn write(self, base: &str, value: &str, max_age: Option<u32>) -> Result<HeaderValue, Problem> {
        let age = max_age.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
        let secure = if self.secure { "; Secure" } else { "" };
        let text = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", self.name(base));
        HeaderValue::try_from(text).map_err(|error| Problem::internal(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_bound_to_its_host_unless_in_development() {
        let secure = Cookies { secure: true }.write(SESSION, "abc", None).unwrap();
        assert_eq!(secure, "__Host-verband=abc; Path=/; HttpOnly; SameSite=Lax; Secure");
        let plain = Cookies { secure: false }.write(SESSION, "", Some(0)).unwrap();
        assert_eq!(plain, "verband=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    }

    #[test]
    fn reads_only_its_own_cookie() {
        let mut headers = HeaderMap::new();
        headers.append("cookie", "verband=plain; x__Host-verband=no; other=1".parse().unwrap());
        headers.append("cookie", "__Host-verband=secret".parse().unwrap());
        assert_eq!(Cookies { secure: true }.read(&headers, SESSION).as_deref(), Some("secret"));
        assert_eq!(Cookies { secure: false }.read(&headers, SESSION).as_deref(), Some("plain"));
        assert_eq!(Cookies { secure: true }.read(&headers, "lang"), None);
        headers.clear();
        headers.insert("cookie", "verband=".parse().unwrap());
        assert_eq!(Cookies { secure: false }.read(&headers, SESSION), None);
    }
}
