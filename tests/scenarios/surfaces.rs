//! Everything that the house says to anybody: what its services answer, the pages, the events on the bus, what rests in the
//! streams, the log and the metrics. What must never be told is looked for in all of it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures::StreamExt as _;
use serde_json::{Value, json};
use verband_tests::{Judge, World};

/// Listens to the bus from the beginning.
pub struct Watch {
    heard: Arc<Mutex<Vec<(String, String)>>>,
}

/// What was said, each with where.
#[derive(Debug, Default)]
pub struct Surfaces(Vec<(String, String)>);

impl Watch {
    pub async fn begin(world: &World) -> Self {
        let mut messages = world.bus.client().subscribe(">").await.expect("a subscription");
        let heard = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&heard);
        tokio::spawn(async move {
            while let Some(message) = messages.next().await {
                let said = format!("{:?} {}", message.headers, String::from_utf8_lossy(&message.payload));
                kept.lock().expect("no panic").push((message.subject.to_string(), said));
            }
        });
        Self { heard }
    }

    /// What was said on the bus so far by the house: not what a court told, nor how a server hands that to intake.
    pub async fn on_the_bus(&self, world: &World) -> Surfaces {
        world.bus.client().publish("marker", "".into()).await.expect("sent");
        let is_marker = |(subject, _): &(String, String)| subject == "marker";
        let begun = tokio::time::Instant::now();
        while !self.heard.lock().expect("no panic").iter().any(is_marker) {
            assert!(begun.elapsed() < Duration::from_secs(10), "the bus is silent");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let mut heard = self.heard.lock().expect("no panic");
        heard.retain(|message| !is_marker(message));
        let inward = ["cases.v1.", "_INBOX.", "$JS."];
        let outward = heard.iter().filter(|(subject, _)| !inward.iter().any(|one| subject.starts_with(one)));
        Surfaces(outward.map(|(subject, said)| (format!("bus {subject}"), format!("{subject} {said}"))).collect())
    }
}

impl Surfaces {
    /// Everything of the judges and clerks who are named, and of everybody else whose place in the house lets them see much.
    pub async fn of(world: &World, watch: &Watch, judges: &[&str], clerks: &[&str]) -> Self {
        let mut all = Self::default();
        for judge in judges {
            all.judge(judge, &world.judge(judge)).await;
        }
        world.rests().await;
        for clerk in clerks {
            all.pages_and_answers(clerk, &world.at_alerts(clerk, &["clerk"]), &["/party-versions", "/escalations"])
                .await;
        }
        // Nobody of the case, and everybody who is no judge.
        all.pages_and_answers("judge-carla", &world.judge("judge-carla"), &["/signals", "/cases"]).await;
        let operator = world.at_alerts("operator-femke", &["operator"]);
        all.keep("operator API /figures", operator.get("/figures").await.body.to_string());
        for path in ["/quarantined-events", "/waiting-events"] {
            all.keep(&format!("operator API {path}"), world.operator().get(path).await.body.to_string());
        }
        let at_desk = world.at_desk("operator-femke", &["operator"]);
        for path in ["/operations", "/quality"] {
            all.keep(&format!("operator API {path}"), at_desk.get(path).await.body.to_string());
            all.keep(&format!("operator page {path}"), at_desk.page("nl", path).await.1);
        }
        let dirk = world.at_desk("steward-dirk", &["steward"]);
        all.keep("steward API /questions", dirk.get("/questions").await.body.to_string());
        for lang in ["nl", "en"] {
            all.keep(&format!("steward page / in {lang}"), dirk.page(lang, "/").await.1);
        }
        let addresses =
            [world.addresses.intake, world.addresses.linker, world.addresses.alerts, world.addresses.steward];
        for address in addresses {
            for path in ["/metrics", "/healthz", "/readyz"] {
                let answer = reqwest::get(format!("http://{address}{path}")).await.expect("an answer");
                all.keep(path, answer.text().await.expect("a text"));
            }
        }
        all.0.extend(watch.on_the_bus(world).await.0);
        all.stream_store(world.nats.folder());
        all
    }

    /// What this process logged, where every test logs: to be looked for is only what no test may log.
    #[must_use]
    pub fn with_the_log(mut self) -> Self {
        self.keep("log", crate::logged());
        self
    }

    /// Only what a judge or a clerk is shown, for comparing what was shown before with what is shown after.
    pub fn shown(&self) -> Self {
        let shown = self.0.iter().filter(|(place, _)| place.starts_with("judge") || place.starts_with("clerk"));
        Self(shown.map(|(place, said)| (place.clone(), without_chance(said))).collect())
    }

    /// Only surfaces whose name begins with one of these.
    pub fn only(&self, begins: &[&str]) -> Self {
        let wanted = |place: &str| begins.iter().any(|begin| place.starts_with(begin));
        Self(self.0.iter().filter(|(place, _)| wanted(place)).cloned().collect())
    }

    /// All but what names every source that is connected, whoever is in which case.
    pub fn but_coverage(&self) -> Self {
        Self(self.0.iter().filter(|(place, _)| !place.contains("attestation")).cloned().collect())
    }

    /// Holds that none of these stands in anything that was said, as it is or in base64, in capitals or not.
    pub fn never_say(&self, secrets: &[&str]) {
        assert!(!self.0.is_empty(), "something was said");
        let mut found = Vec::new();
        for (place, said) in &self.0 {
            let said = legible(said).to_lowercase();
            let told = secrets.iter().filter(|secret| said.contains(&secret.to_lowercase()));
            found.extend(told.map(|secret| format!("{secret}: {place}: {}", around(&said, &secret.to_lowercase()))));
        }
        assert_eq!(found, Vec::<String>::new());
    }

    /// In how many places something is said.
    pub fn how_often(&self, what: &str) -> usize {
        self.0.iter().filter(|(_, said)| said.contains(what)).count()
    }

    /// Whether something is said at all: that a secret is found nowhere means little where nobody would be told anything.
    pub fn say(&self, what: &str) -> bool {
        self.0.iter().any(|(_, said)| said.contains(what))
    }

    /// Holds that the same is shown, word for word.
    pub fn same_as(&self, before: &Self) {
        let places = |all: &Self| all.0.iter().map(|(place, _)| place.clone()).collect::<Vec<_>>();
        assert_eq!(places(self), places(before));
        for ((place, now), (_, then)) in self.0.iter().zip(&before.0) {
            assert_eq!(now, then, "{place}");
        }
    }

    /// How many surfaces there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    fn keep(&mut self, place: &str, said: String) {
        self.0.push((place.to_owned(), said));
    }

    async fn pages_and_answers(&mut self, name: &str, who: &Judge, paths: &[&str]) {
        for path in paths {
            self.keep(&format!("{name} API {path}"), who.get(path).await.body.to_string());
            let page = if *path == "/signals" { "/" } else { path };
            for lang in ["nl", "en"] {
                self.keep(&format!("{name} page {page} in {lang}"), who.page_in(lang, page).await.1);
            }
        }
    }

    async fn judge(&mut self, name: &str, judge: &Judge) {
        // The signals first: opening them is what lets a judge attest.
        let listed = judge.get("/signals?limit=100").await.body;
        for entry in listed["signals"].as_array().expect("signals") {
            let signal = format!("/signals/{}", entry["signal"].as_str().expect("an id"));
            self.pages_and_answers(name, judge, &[&signal]).await;
            let of_signal =
                ["recipients", "information-requests", "party-versions"].map(|part| format!("{signal}/{part}"));
            for path in &of_signal {
                self.keep(&format!("{name} API {path}"), judge.get(path).await.body.to_string());
            }
        }
        self.pages_and_answers(name, judge, &["/signals", "/cases", "/information-requests"]).await;
        for show in ["unread", "standing", "withdrawn"] {
            self.keep(&format!("{name} page {show}"), judge.page(&format!("/?show={show}")).await.1);
        }
        for entry in judge.get("/cases").await.body["cases"].as_array().expect("cases") {
            let case = format!("/cases/{}", entry["id"].as_str().expect("an id"));
            self.pages_and_answers(name, judge, &[&case]).await;
            let asked = judge.post(&format!("{case}/procedure-histories"), &Value::Null).await;
            self.keep(&format!("{name} API history"), asked.body.to_string());
            self.keep(&format!("{name} page history"), judge.page(&format!("{case}/procedure-history")).await.1);
            let attested = judge.post(&format!("{case}/attestations"), &Value::Null).await;
            self.keep(&format!("{name} API attestation"), attested.body.to_string());
            if let Some(id) = attested.body["id"].as_str() {
                let path = format!("/attestations/{id}");
                self.keep(&format!("{name} page attestation"), judge.page(&path).await.1);
            }
            // From now on they say which sources are connected.
            self.pages_and_answers(&format!("{name} after attestation"), judge, &[&case]).await;
            self.keep(
                &format!("{name} API {case}/signals"),
                judge.get(&format!("{case}/signals")).await.body.to_string(),
            );
        }
    }

    fn stream_store(&mut self, folder: &std::path::Path) {
        let mut waiting = vec![folder.to_owned()];
        while let Some(folder) = waiting.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    waiting.push(path);
                } else if let Ok(bytes) = std::fs::read(&path) {
                    self.keep("stream store", String::from_utf8_lossy(&bytes).into_owned());
                }
            }
        }
    }
}

/// Has a party version prepared for everybody of a signal who may be told something, and asks the court for information.
pub async fn exchanges(judge: &Judge) {
    for entry in judge.inbox().await {
        let signal = entry["signal"].as_str().expect("an id");
        let version = &entry["version"];
        let recipients = judge.get(&format!("/signals/{signal}/recipients")).await.body;
        for recipient in recipients["recipients"].as_array().expect("recipients") {
            let asks = json!({ "version": version, "recipient": recipient["id"] });
            judge.post(&format!("/signals/{signal}/party-versions"), &asks).await;
        }
        let asks = json!({ "version": version, "information": "state-of-affairs", "basis": "wjsg-8-1" });
        judge.post(&format!("/signals/{signal}/information-requests"), &asks).await;
    }
}

/// What is as long as a sealed text and reads as base64 is read: it might hide a name.
fn legible(text: &str) -> String {
    let pieces = text.split('"').map(|piece| match STANDARD.decode(piece) {
        Ok(decoded) if piece.len() >= 40 => String::from_utf8(decoded).unwrap_or_default(),
        _ => piece.to_owned(),
    });
    pieces.collect::<Vec<_>>().join("\"")
}

/// A text without what differs between any two answers: the id of the trace.
fn without_chance(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once("\"traceId\":\"") {
        kept.push_str(before);
        rest = after.split_once('"').map_or("", |(_, after)| after);
    }
    kept + rest
}

fn around(said: &str, secret: &str) -> String {
    let place = said.find(secret).unwrap_or_default();
    let from = said[..place].char_indices().rev().nth(120).map_or(0, |(from, _)| from);
    said[from..].chars().take(300).collect()
}
