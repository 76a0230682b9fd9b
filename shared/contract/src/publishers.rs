//! Who may publish: each system of a court, for its own court and its own jurisdictions.
//!
//! Invariants: a source belongs to one publisher, and so does an inbox at the broker; a court and jurisdiction belong to one publisher; from the same list comes
//! what the broker permits (see [`Publishers::broker_users`]) and what intake accepts, so the two cannot differ.

mod nkey;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use domain::court::Court;
use domain::jurisdiction::Jurisdiction;
use serde::Deserialize;
use serde_json::Value;

use crate::channel::Channel;
use crate::fault::{Fault, fault};
use crate::value::{EventSource, Wire};

/// One system of one court.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publisher {
    /// Its name: what the identity provider calls it in tokens (`sub`), too.
    pub name: String,
    /// Its `source`, a URN.
    pub source: String,
    /// The court whose cases it tells of, by the code of its ECLI numbers.
    pub court: Court,
    /// The jurisdictions whose cases it tells of.
    pub jurisdictions: BTreeSet<Jurisdiction>,
    /// The public nkey (`U…`) with which it signs in at the broker; none for one that uses HTTP alone.
    #[serde(default)]
    pub nkey: Option<String>,
    /// More keys of the same publisher: of a second system that speaks with its source, or of the time in which one key takes
    /// the place of another.
    #[serde(default)]
    pub more_nkeys: BTreeSet<String>,
}

/// Every known publisher.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Publishers(Vec<Publisher>);

/// A list of publishers that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PublishersError {
    /// Not TOML of the expected form.
    #[error("not a list of publishers: write [[publisher]] tables with name, source, court, jurisdictions and nkey")]
    Format(#[from] toml::de::Error),
    /// A row breaks the rules.
    #[error("publisher {name:?}: {why}")]
    Row {
        /// Which.
        name: String,
        /// What is wrong.
        why: &'static str,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    publisher: Vec<Publisher>,
}

impl Publishers {
    /// Reads a list.
    ///
    /// # Errors
    /// When it is no TOML of the expected form, or two rows claim the same.
    pub fn parse(text: &str) -> Result<Self, PublishersError> {
        let File { publisher } = toml::from_str(text)?;
        Self::new(publisher)
    }

    /// A list of these.
    ///
    /// # Errors
    /// When one of them is malformed or two claim the same.
    pub fn new(publishers: Vec<Publisher>) -> Result<Self, PublishersError> {
        let (mut names, mut inboxes, mut sources, mut areas, mut keys) =
            (BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for publisher in &publishers {
            let refuse = |why| Err(PublishersError::Row { name: publisher.name.clone(), why });
            let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
            if !(1..=128).contains(&publisher.name.len()) || !publisher.name.bytes().all(plain) {
                return refuse("a name has letters, digits, dots, hyphens and underscores");
            }
            if EventSource::read(&Value::from(publisher.source.as_str())).is_err() {
                return refuse("a source is urn:nld:oin:<20 digits>:systeem:<name>");
            }
            if publisher.jurisdictions.is_empty() {
                return refuse("name at least one jurisdiction");
            }
            if !publisher.keys().all(nkey::is_user) {
                return refuse(
                    "an nkey is the public key of a user: U and 55 letters and digits, the last of which check it",
                );
            }
            if !names.insert(&publisher.name) {
                return refuse("the name stands twice");
            }
            if !inboxes.insert(publisher.inbox()) {
                return refuse("another publisher would have the same inbox: a dot and a hyphen count as one");
            }
            if !sources.insert(&publisher.source) {
                return refuse("the source stands twice");
            }
            if !publisher.keys().all(|key| keys.insert(key)) {
                return refuse("the nkey stands twice");
            }
            for jurisdiction in &publisher.jurisdictions {
                if !areas.insert((publisher.court, *jurisdiction)) {
                    return refuse("another publisher has this court and jurisdiction");
                }
            }
        }
        Ok(Self(publishers))
    }

    /// All of them.
    pub fn all(&self) -> &[Publisher] {
        &self.0
    }

    /// The publisher of a name.
    pub fn named(&self, name: &str) -> Option<&Publisher> {
        self.0.iter().find(|publisher| publisher.name == name)
    }

    /// Whether a source may speak on a channel.
    ///
    /// # Errors
    /// When the source is unknown, or the channel is another's.
    pub fn permit(&self, source: &str, channel: &Channel) -> Result<(), Fault> {
        let Some(publisher) = self.0.iter().find(|publisher| publisher.source == source) else {
            return Err(fault(
                "source.unknown",
                &"this source is not registered here: ask the operator to register it",
            ));
        };
        if publisher.may(channel) {
            Ok(())
        } else {
            let text = "this source may not speak for this court and jurisdiction: publish on its own subjects";
            Err(fault("source.channel", &text))
        }
    }

    /// The users of the broker's configuration (an `include` file of nats-server): each publisher may publish its own
    /// court's and jurisdictions' subjects, hear what was refused of them and what other courts and stewards ask, and nothing else.
    pub fn broker_users(&self) -> String {
        let mut text = String::from("# Made by `verband permissions`; change the list of publishers instead.\n");
        for publisher in &self.0 {
            let court = publisher.court.subject_token();
            let list = |form: &dyn Fn(&str) -> String| {
                let subjects: Vec<String> =
                    publisher.jurisdictions.iter().map(|one| format!("\"{}\"", form(one.as_str()))).collect();
                subjects.join(", ")
            };
            let publish = list(&|jurisdiction| format!("cases.v1.{jurisdiction}.{court}.*"));
            let refused = list(&|jurisdiction| format!("rejections.v1.{jurisdiction}.{court}"));
            let asked = list(&|jurisdiction| format!("requests.v1.{jurisdiction}.{court}.*"));
            let doubted = list(&|jurisdiction| format!("questions.v1.{jurisdiction}.{court}"));
            for nkey in publisher.keys() {
                // An inbox of its own: nobody hears the answers to another.
                let _ = write!(
                    text,
                    "{{ nkey: {nkey}, permissions: {{\n    publish: {{ allow: [{publish}] }}\n    subscribe: {{ allow: \
                     [{refused}, {asked}, {doubted}, \"_INBOX_{}.>\"] }}\n}} }}\n",
                    publisher.inbox()
                );
            }
        }
        text
    }
}

impl Publisher {
    /// Whether it may speak on a channel.
    pub fn may(&self, channel: &Channel) -> bool {
        self.court == channel.court && self.jurisdictions.contains(&channel.jurisdiction)
    }

    /// The public keys with which it signs in at the broker.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.nkey.iter().chain(&self.more_nkeys).map(String::as_str)
    }

    /// The part of its inbox prefix (`_INBOX_<this>`) that is its own.
    pub fn inbox(&self) -> String {
        self.name.replace('.', "-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = r#"
        [[publisher]]
        name = "rbrot-civiel"
        source = "urn:nld:oin:00000001823288444000:systeem:civiel-rbrot"
        court = "RBROT"
        jurisdictions = ["family", "youth"]
        nkey = "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4"

        [[publisher]]
        name = "rbrot-straf"
        source = "urn:nld:oin:00000001823288444000:systeem:straf-rbrot"
        court = "RBROT"
        jurisdictions = ["criminal"]
    "#;

    #[test]
    fn a_source_speaks_for_its_own_court_and_jurisdictions() {
        let publishers = Publishers::parse(TWO).unwrap();
        let code = |source: &str, subject: &str| {
            let channel = Channel::parse(subject).unwrap();
            publishers.permit(source, &channel).map_err(|fault| fault.code)
        };
        let civil = "urn:nld:oin:00000001823288444000:systeem:civiel-rbrot";
        assert_eq!(code(civil, "cases.v1.youth.rbrot.case-closed"), Ok(()));
        assert_eq!(code(civil, "cases.v1.criminal.rbrot.case-closed"), Err("source.channel".to_owned()));
        assert_eq!(code(civil, "cases.v1.family.rbams.case-closed"), Err("source.channel".to_owned()));
        assert_eq!(code("urn:nld:oin:1", "cases.v1.family.rbrot.case-closed"), Err("source.unknown".to_owned()));
    }

    #[test]
    fn the_broker_permits_no_more_than_that() {
        let text = Publishers::parse(TWO).unwrap().broker_users();
        assert!(
            text.contains(r#"publish: { allow: ["cases.v1.family.rbrot.*", "cases.v1.youth.rbrot.*"] }"#),
            "{text}"
        );
        assert!(text.contains(r#""rejections.v1.family.rbrot""#) && text.contains(r#""_INBOX_rbrot-civiel.>""#));
        assert!(text.contains(r#""requests.v1.youth.rbrot.*""#), "{text}");
        assert!(text.contains(r#""questions.v1.youth.rbrot""#), "{text}");
        assert!(!text.contains("criminal"), "one without an nkey has no place at the broker");
    }

    #[test]
    fn while_one_key_takes_the_place_of_another_both_are_let_in() {
        let (old, new) = (
            "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4",
            "UB5T4ITALZ5LQLEP3VMAQMBLOVGDILZ4RZK7VAQDARMAPUIK4I54LYIC",
        );
        let more = format!("nkey = \"{old}\"\nmore_nkeys = [\"{new}\"]");
        let text = TWO.replace(&format!("nkey = \"{old}\""), &more);
        let users = Publishers::parse(&text).unwrap().broker_users();
        for key in [old, new] {
            let user = users.split("{ nkey: ").find(|user| user.starts_with(key)).unwrap();
            assert!(user.contains(r#"allow: ["cases.v1.family.rbrot.*", "cases.v1.youth.rbrot.*"]"#), "{user}");
        }
        let twice = Publishers::parse(&text.replace(new, old)).unwrap_err();
        assert!(twice.to_string().contains("the nkey stands twice"), "{twice}");
    }

    #[test]
    fn nobody_claims_what_is_anothers() {
        for (from, to, why) in [
            ("rbrot-straf", "rbrot-civiel", "the name stands twice"),
            ("rbrot-straf", "rbrot.civiel", "the same inbox"),
            ("CNF4", "CNF5", "an nkey is"),
            ("straf-rbrot", "civiel-rbrot", "the source stands twice"),
            ("[\"criminal\"]", "[\"youth\"]", "another publisher has this court"),
            ("[\"criminal\"]", "[]", "at least one jurisdiction"),
            ("systeem:straf", "system:straf", "a source is"),
            ("UDXU", "SDXU", "an nkey is"),
        ] {
            let error = Publishers::parse(&TWO.replace(from, to)).unwrap_err();
            assert!(error.to_string().contains(why), "{error}");
        }
        assert!(Publishers::parse("publisher = 1").is_err());
        assert!(Publishers::parse(&TWO.replace("RBROT", "RBXXX")).is_err());
    }
}
