//! How a service's settings are read: a flag, else an environment variable, else a default.
//!
//! Invariants: the environment is read here and nowhere else; a secret stands in a file or in a URL that prints as `…`;
//! the help text shows no value of the environment.
//!
//! To add a setting: a field with a sentence, a flag and a variable; then the variable in `docker-compose.yml`.

use std::convert::Infallible;
use std::ffi::OsString;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use crate::keys::{KeyError, Keys};

/// Text that may hold a password: printed as `…`.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretText(String);

impl SecretText {
    /// Takes over a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one who connects with it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl FromStr for SecretText {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::new(text))
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(…)")
    }
}

/// Everything a service is told from outside.
#[derive(Clone, Debug, clap::Args)]
pub struct Settings {
    /// The database.
    #[command(flatten)]
    pub database: Database,
    /// The broker.
    #[command(flatten)]
    pub nats: Nats,
    /// Where to answer HTTP.
    #[arg(long, env = "VERBAND_LISTEN", default_value = "127.0.0.1:8080", hide_env_values = true)]
    pub listen: SocketAddr,
    /// The file with the keys of the register; a service that unseals nothing has none.
    #[arg(long, env = "VERBAND_KEY_FILE", hide_env_values = true)]
    pub key_file: Option<PathBuf>,
    /// The list of the courts' systems that may publish; only intake has one.
    #[arg(long, env = "VERBAND_PUBLISHERS", hide_env_values = true)]
    pub publishers: Option<PathBuf>,
    /// The webhooks of courts; only alerts has any.
    #[arg(long, env = "VERBAND_WEBHOOKS", hide_env_values = true)]
    pub webhooks: Option<PathBuf>,
    /// What courts decided where the rules leave them a choice; where none is named, every court has the default.
    #[arg(long, env = "VERBAND_COURT_POLICIES", hide_env_values = true)]
    pub court_policies: Option<PathBuf>,
    /// Whose tokens count.
    #[command(flatten)]
    pub tokens: Tokens,
    /// Sign-in for pages; a service without pages has none.
    #[command(flatten)]
    pub sign_in: Option<SignIn>,
    /// Logs.
    #[command(flatten)]
    pub log: Log,
    /// Seconds that work in hand gets to finish after SIGTERM or Ctrl-C.
    #[arg(long, env = "VERBAND_DRAIN_SECONDS", default_value_t = 20, hide_env_values = true)]
    pub drain_seconds: u16,
}

/// The service has no key file.
#[derive(Debug, thiserror::Error)]
pub enum NoKeys {
    /// None was named.
    #[error("no key file: set VERBAND_KEY_FILE")]
    NotNamed,
    /// It was named, and cannot be used.
    #[error(transparent)]
    Unusable(#[from] KeyError),
}

impl Settings {
    /// Reads the keys from the key file, for a service that seals or unseals.
    pub fn keys(&self) -> Result<Keys, NoKeys> {
        let path = self.key_file.as_deref().ok_or(NoKeys::NotNamed)?;
        Ok(Keys::load(path)?)
    }

    /// How long work in hand gets to finish after the sign to stop.
    pub fn patience(&self) -> Duration {
        Duration::from_secs(self.drain_seconds.into())
    }
}

/// The database that a service uses, in its own role.
#[derive(Clone, Debug, clap::Args)]
pub struct Database {
    /// `postgres://role:password@host:port/database`. A password may also stand in the file that PGPASSFILE names.
    #[arg(id = "database-url", long = "database-url", env = "DATABASE_URL", hide_env_values = true)]
    pub url: SecretText,
}

/// The passwords that the services' database roles are to have, for the one who migrates the database. A role whose
/// password is not given here keeps the one it has.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct RolePasswords {
    /// Of the role `intake`.
    #[arg(long, env = "VERBAND_INTAKE_DB_PASSWORD", hide_env_values = true)]
    pub intake_db_password: Option<SecretText>,
    /// Of the role `linker`.
    #[arg(long, env = "VERBAND_LINKER_DB_PASSWORD", hide_env_values = true)]
    pub linker_db_password: Option<SecretText>,
    /// Of the role `alerts`.
    #[arg(long, env = "VERBAND_ALERTS_DB_PASSWORD", hide_env_values = true)]
    pub alerts_db_password: Option<SecretText>,
    /// Of the role `steward`.
    #[arg(long, env = "VERBAND_STEWARD_DB_PASSWORD", hide_env_values = true)]
    pub steward_db_password: Option<SecretText>,
}

impl RolePasswords {
    /// The roles whose password is given.
    pub fn given(&self) -> impl Iterator<Item = (&'static str, &SecretText)> {
        let all = [
            ("intake", &self.intake_db_password),
            ("linker", &self.linker_db_password),
            ("alerts", &self.alerts_db_password),
            ("steward", &self.steward_db_password),
        ];
        all.into_iter().filter_map(|(role, password)| password.as_ref().map(|password| (role, password)))
    }
}

/// The broker that a service uses.
#[derive(Clone, Debug, clap::Args)]
pub struct Nats {
    /// `nats://user:password@host:port`, or without user where one of the files below says who the service is.
    #[arg(id = "nats-url", long = "nats-url", env = "NATS_URL", hide_env_values = true)]
    pub url: SecretText,
    /// A credentials file (JWT and seed).
    #[arg(
        id = "nats-credentials",
        long = "nats-credentials",
        env = "NATS_CREDENTIALS_FILE",
        hide_env_values = true,
        conflicts_with = "nats-seed"
    )]
    pub credentials: Option<PathBuf>,
    /// A file with an nkey seed.
    #[arg(id = "nats-seed", long = "nats-seed", env = "NATS_SEED_FILE", hide_env_values = true)]
    pub seed: Option<PathBuf>,
}

/// Whose bearer tokens a service believes.
#[derive(Clone, Debug, clap::Args)]
pub struct Tokens {
    /// The issuer that a token must name (`iss`).
    #[arg(long, env = "VERBAND_ISSUER", hide_env_values = true)]
    pub issuer: String,
    /// The audience that a token must name (`aud`).
    #[arg(long, env = "VERBAND_AUDIENCE", default_value = "verband", hide_env_values = true)]
    pub audience: String,
    /// The issuer's public keys: the path of a JWKS file, or its `https://` address.
    #[arg(long, env = "VERBAND_JWKS", hide_env_values = true)]
    pub jwks: String,
}

/// Sign-in for pages by `OpenID` Connect's code flow, at the issuer of the tokens.
#[derive(Clone, Debug, clap::Args)]
pub struct SignIn {
    /// The address of this service as a browser sees it.
    #[arg(long, env = "VERBAND_PUBLIC_URL", required = false, hide_env_values = true)]
    pub public_url: String,
    /// What the provider calls this service.
    #[arg(long, env = "VERBAND_OIDC_CLIENT_ID", required = false, hide_env_values = true)]
    pub client_id: String,
    /// A file with the secret that the provider gave this service.
    #[arg(long, env = "VERBAND_OIDC_CLIENT_SECRET_FILE", hide_env_values = true)]
    pub client_secret_file: Option<PathBuf>,
}

/// What is logged, and where to.
#[derive(Clone, Debug, clap::Args)]
pub struct Log {
    /// What is logged, in the notation of tracing's `EnvFilter`. It governs the house's own lines; those of its libraries
    /// are capped (see [`crate::telemetry`]).
    #[arg(id = "log", long = "log", env = "VERBAND_LOG", default_value = "info", hide_env_values = true)]
    pub filter: String,
    /// A file to append to instead of standard error.
    #[arg(id = "log-file", long = "log-file", env = "VERBAND_LOG_FILE", hide_env_values = true)]
    pub file: Option<PathBuf>,
}

impl Default for Log {
    fn default() -> Self {
        Self { filter: "info".to_owned(), file: None }
    }
}

/// The folders that programs are looked for in (`PATH`).
pub(crate) fn program_folders() -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_else(|| OsString::from("/usr/local/bin:/usr/bin:/bin"));
    std::env::split_paths(&path).collect()
}

/// The nats-server to use instead of the one on the machine (`NATS_SERVER`).
pub(crate) fn nats_server() -> Option<PathBuf> {
    std::env::var_os("NATS_SERVER").filter(|path| !path.is_empty()).map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        settings: Settings,
    }

    fn read(more: &[&str]) -> Result<Settings, clap::Error> {
        let base = [
            "service",
            "--database-url=postgres://intake:hunter2@localhost/verband",
            "--nats-url=nats://intake:hunter2@localhost",
            "--issuer=https://login.example",
            "--jwks=/etc/verband/jwks.json",
        ];
        Line::try_parse_from(base.iter().chain(more)).map(|line| line.settings)
    }

    #[test]
    fn reads_settings_and_prints_no_secret_of_them() {
        let settings = read(&[]).unwrap();
        assert_eq!(settings.database.url.expose(), "postgres://intake:hunter2@localhost/verband");
        assert_eq!(settings.listen, "127.0.0.1:8080".parse().unwrap());
        assert_eq!(settings.log.filter, "info");
        assert_eq!(settings.patience(), Duration::from_secs(20));
        assert!(settings.sign_in.is_none());
        assert!(!format!("{settings:?}").contains("hunter2"));
    }

    #[test]
    fn sign_in_is_had_as_a_whole_or_not_at_all() {
        let whole = ["--public-url=https://desk.example", "--client-id=desk"];
        assert_eq!(read(&whole).unwrap().sign_in.unwrap().client_id, "desk");
        assert!(read(&whole[..1]).is_err());
    }

    #[test]
    fn only_passwords_that_are_given_are_set() {
        let passwords = RolePasswords { linker_db_password: Some(SecretText::new("hunter2")), ..Default::default() };
        let given: Vec<_> = passwords.given().map(|(role, password)| (role, password.expose())).collect();
        assert_eq!(given, [("linker", "hunter2")]);
    }

    #[test]
    fn a_service_without_key_file_says_which_variable_it_misses() {
        let refused = read(&[]).unwrap().keys().unwrap_err();
        assert!(refused.to_string().contains("VERBAND_KEY_FILE"));
    }

    #[test]
    fn one_way_to_say_who_the_service_is_to_the_broker() {
        assert!(read(&["--nats-seed=/a", "--nats-credentials=/b"]).is_err());
        assert_eq!(read(&["--nats-seed=/a"]).unwrap().nats.seed, Some(PathBuf::from("/a")));
    }

    #[test]
    fn every_setting_has_a_variable_and_hides_its_value() {
        use clap::CommandFactory as _;
        for arg in Line::command().get_arguments().filter(|arg| arg.get_id() != "help") {
            assert!(arg.get_env().is_some() && arg.is_hide_env_values_set(), "{}", arg.get_id());
        }
    }
}
