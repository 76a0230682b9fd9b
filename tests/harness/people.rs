//! The people who use the house, over its real interfaces: a judge and a steward with a browserless client.

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};

/// An answer of the API.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The entity tag, if any.
    pub etag: Option<String>,
    /// The body; null when it is no JSON.
    pub body: Value,
}

/// A signed-in caller of an API.
#[derive(Clone)]
pub(crate) struct Caller {
    pub client: reqwest::Client,
    pub base: String,
    pub token: String,
}

impl Caller {
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.client.get(format!("{}/v1{path}", self.base))).await
    }

    pub async fn post(&self, path: &str, body: &Value, if_match: Option<&str>) -> Answer {
        let mut request = self.client.post(format!("{}/v1{path}", self.base)).json(body);
        if let Some(tag) = if_match {
            request = request.header("if-match", tag);
        }
        self.send(request).await
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let answer = request.bearer_auth(&self.token).send().await.expect("the service answers");
        let status = answer.status().as_u16();
        let etag = answer.headers().get("etag").and_then(|tag| tag.to_str().ok()).map(str::to_owned);
        Answer { status, etag, body: answer.json().await.unwrap_or(Value::Null) }
    }
}

/// A judge at the inbox.
#[derive(Clone)]
pub struct Judge(pub(crate) Caller);

impl Judge {
    /// The signals in the inbox that stand.
    pub async fn inbox(&self) -> Vec<Value> {
        self.list("/signals?standing=stands").await
    }

    /// The signals that were withdrawn.
    pub async fn withdrawn(&self) -> Vec<Value> {
        self.list("/signals?standing=withdrawn").await
    }

    async fn list(&self, path: &str) -> Vec<Value> {
        let answer = self.0.get(path).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.body["signals"].as_array().cloned().expect("a list of signals")
    }

    /// The token it signs in with.
    pub fn token(&self) -> String {
        self.0.token.clone()
    }

    /// Any address of the judge's API.
    pub async fn get(&self, path: &str) -> Answer {
        self.0.get(path).await
    }

    /// Sends something to any address of the judge's API.
    pub async fn sends(&self, path: &str, body: &Value) -> Answer {
        self.0.post(path, body, None).await
    }

    /// A page of the judge's, as its HTML.
    pub async fn page(&self, path: &str) -> (u16, String) {
        self.page_in("nl", path).await
    }

    /// The same in a language.
    pub async fn page_in(&self, lang: &str, path: &str) -> (u16, String) {
        let request = self.0.client.get(format!("{}{path}", self.0.base)).bearer_auth(&self.0.token);
        let request = request.header("accept-language", lang);
        let answer = request.send().await.expect("the service answers");
        let status = answer.status().as_u16();
        (status, answer.text().await.expect("a page"))
    }

    /// Opens a signal.
    pub async fn opens(&self, signal: &str) -> Answer {
        self.0.get(&format!("/signals/{signal}")).await
    }

    /// Confirms having taken note of a signal in the version it was seen in.
    pub async fn acknowledges(&self, signal: &str, version: u64) -> Answer {
        self.0.post(&format!("/signals/{signal}/acknowledgements"), &json!({ "version": version }), None).await
    }

    /// Records what was done with a signal.
    pub async fn handles(&self, signal: &str, handling: &Value) -> Answer {
        self.0.post(&format!("/signals/{signal}/handlings"), handling, None).await
    }

    /// Says whether a signal was of use.
    pub async fn rates(&self, signal: &str, rating: &Value) -> Answer {
        self.0.post(&format!("/signals/{signal}/ratings"), rating, None).await
    }

    /// Reports that the link a signal rests on looks wrong.
    pub async fn doubts(&self, signal: &str, doubt: &Value) -> Answer {
        self.0.post(&format!("/signals/{signal}/doubts"), doubt, None).await
    }

    /// Sends something to any address of the judge's API.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.0.post(path, body, None).await
    }
}

impl Judge {
    /// Listens to the judge's news; after `last`, the id of an event heard before.
    pub async fn events(&self, last: Option<&str>) -> News {
        let mut request = self.0.client.get(format!("{}/v1/signals/events", self.0.base)).bearer_auth(&self.0.token);
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let response = request.send().await.expect("the service answers");
        assert_eq!(response.status(), 200);
        News { response, text: String::new() }
    }
}

/// A stream of server-sent events.
pub struct News {
    response: reqwest::Response,
    text: String,
}

impl News {
    /// The next event: its id, and what it says.
    pub async fn next(&mut self) -> (String, String) {
        loop {
            if let Some(end) = self.text.find("\n\n") {
                let event: String = self.text.drain(..end + 2).collect();
                let field = |name: &str| -> Option<String> {
                    event.lines().find_map(|line| line.strip_prefix(name)).map(|value| value.trim().to_owned())
                };
                let found = field("data:").map(|data| (field("id:").unwrap_or_default(), data));
                if let Some(found) = found {
                    return found;
                }
                continue;
            }
            let chunk = tokio::time::timeout(std::time::Duration::from_secs(15), self.response.chunk());
            let chunk = chunk.await.expect("news within 15 s").expect("a stream").expect("the stream goes on");
            self.text.push_str(&String::from_utf8_lossy(&chunk));
        }
    }
}

/// An operator.
#[derive(Clone)]
pub struct Operator(pub(crate) Caller);

impl Operator {
    /// Where the service answers, and the token that is shown.
    pub fn address(&self) -> (&str, &str) {
        (&self.0.base, &self.0.token)
    }

    /// Any address of intake's API.
    pub async fn get(&self, path: &str) -> Answer {
        self.0.get(path).await
    }

    /// Something done at intake's API.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.0.post(path, body, None).await
    }
}

/// A court's system that publishes over HTTP.
#[derive(Clone)]
pub struct Publisher(pub(crate) Caller);

impl Publisher {
    /// Sends a body of a media type with more headers.
    pub async fn sends(&self, media_type: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        self.sends_text(media_type, headers, body.to_string()).await
    }

    /// Sends a body as it is written, which need not be JSON.
    pub async fn sends_text(&self, media_type: &str, headers: &[(&str, &str)], body: String) -> Answer {
        let mut request = self.0.client.post(format!("{}/v1/events", self.0.base)).header("content-type", media_type);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.0.send(request.body(body)).await
    }
}

/// A steward at the desk, with colleagues who can be asked to decide as well.
#[derive(Clone)]
pub struct Steward {
    pub(crate) caller: Caller,
    pub(crate) colleagues: Vec<Caller>,
}

impl Steward {
    /// The open questions.
    pub async fn queue(&self) -> Vec<Value> {
        let answer = self.get("/questions?status=open").await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.body["questions"].as_array().cloned().expect("a list of questions")
    }

    /// The token they sign in with.
    pub fn token(&self) -> String {
        self.caller.token.clone()
    }

    /// Any address of the desk's API.
    pub async fn get(&self, path: &str) -> Answer {
        self.caller.get(path).await
    }

    /// A question with both records side by side.
    pub async fn opens(&self, question: &str) -> Answer {
        self.get(&format!("/questions/{question}")).await
    }

    /// Sends something about a question, under a new name, as it stands now.
    pub async fn sends(&self, question: &str, what: &str, body: &Value) -> Answer {
        let tag = self.opens(question).await.etag.expect("a question has an entity tag");
        self.sends_as(&name(), Some(&tag), question, what, body).await
    }

    /// Sends something about a question, under a name and as it stood.
    pub async fn sends_as(&self, name: &str, tag: Option<&str>, question: &str, what: &str, body: &Value) -> Answer {
        let mut request = self.request(reqwest::Method::POST, question, what).json(body);
        request = request.header("idempotency-key", name);
        if let Some(tag) = tag {
            request = request.header("if-match", tag);
        }
        self.caller.send(request).await
    }

    /// Passes an unknown article on, under a new name.
    pub async fn passes_on(&self, article: &str, body: &Value) -> Answer {
        self.passes_on_as(&name(), article, body).await
    }

    /// Passes an unknown article on, under a name.
    pub async fn passes_on_as(&self, name: &str, article: &str, body: &Value) -> Answer {
        let url = format!("{}/v1/articles/{article}/proposals", self.caller.base);
        self.caller.send(self.caller.client.post(url).json(body).header("idempotency-key", name)).await
    }

    /// Does something about a question that has no body.
    pub async fn does(&self, method: reqwest::Method, question: &str, what: &str) -> Answer {
        self.caller.send(self.request(method, question, what)).await
    }

    /// A page of the desk in a language, as its HTML.
    pub async fn page(&self, lang: &str, path: &str) -> (u16, String) {
        let request = self.caller.client.get(format!("{}{path}", self.caller.base)).bearer_auth(&self.caller.token);
        let request = request.header("accept-language", lang);
        let answer = request.send().await.expect("the service answers");
        (answer.status().as_u16(), answer.text().await.expect("a page"))
    }

    /// Sends a form of a page. Answers the status, and where it leads to or the page that is shown.
    pub async fn fills_in(&self, path: &str, form: &[(&str, &str)]) -> (u16, String) {
        let request = self.caller.client.post(format!("{}{path}", self.caller.base)).form(form);
        let answer = request.bearer_auth(&self.caller.token).send().await.expect("the service answers");
        let status = answer.status().as_u16();
        let to = answer.headers().get("location").and_then(|to| to.to_str().ok()).map(str::to_owned);
        (
            status,
            match to {
                Some(to) => to,
                None => answer.text().await.expect("a page"),
            },
        )
    }

    /// Takes up the next question.
    pub async fn takes_up_the_next(&self) -> Answer {
        self.caller.post("/claims", &Value::Null, None).await
    }

    fn request(&self, method: reqwest::Method, question: &str, what: &str) -> reqwest::RequestBuilder {
        self.caller.client.request(method, format!("{}/v1/questions/{question}/{what}", self.caller.base))
    }

    /// Says alone whether two records are one person.
    pub async fn says(&self, question: &str, same: bool, reason: &str) -> Answer {
        let ruling = json!({ "same": same, "reason": reason, "note": "Looked at the court's own file." });
        self.sends(question, "rulings", &ruling).await
    }

    /// Rules on a question as it stands now; where two must agree, with colleagues who think the same.
    pub async fn rules(&self, question: &str, same: bool, reason: &str) -> Answer {
        let mut answer = self.says(question, same, reason).await;
        for colleague in &self.colleagues {
            if !matches!(answer.status, 202 | 409) {
                break;
            }
            let colleague = Self { caller: colleague.clone(), colleagues: Vec::new() };
            answer = colleague.says(question, same, reason).await;
        }
        answer
    }
}

/// A new name for a request.
fn name() -> String {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    format!("request-{}", NUMBER.fetch_add(1, Ordering::Relaxed))
}
