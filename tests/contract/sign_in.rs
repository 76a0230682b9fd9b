//! Signing in to the pages as a browser does it: to the identity provider and back, and out again.

use std::collections::BTreeMap;

use reqwest::{Client, Response, redirect::Policy};
use verband_tests::World;

/// A browser without scripts: keeps cookies, follows links when told.
struct Browser {
    client: Client,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    fn new() -> Self {
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        Self { client, cookies: BTreeMap::new() }
    }

    async fn get(&mut self, url: &str) -> Response {
        let request = self.client.get(url).header("accept", "text/html");
        self.send(request).await
    }

    async fn post(&mut self, url: &str, form: &[(String, String)], site: &str) -> Response {
        let request = self.client.post(url).header("accept", "text/html").header("sec-fetch-site", site).form(form);
        self.send(request).await
    }

    async fn send(&mut self, request: reqwest::RequestBuilder) -> Response {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let response = request.header("cookie", cookies.join("; ")).send().await.unwrap();
        for cookie in response.headers().get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        response
    }

    /// Signs in as somebody, from a page that asks for it; answers the page that follows.
    async fn sign_in(&mut self, page: &str, subject: &str) -> Response {
        let refused = self.get(page).await;
        assert_eq!(refused.status(), 303, "without a session the page sends to sign-in");
        let base = page.split("//").nth(1).unwrap().split('/').next().unwrap();
        let to_sign_in = format!("http://{base}{}", location(&refused));
        let to_provider = location(&self.get(&to_sign_in).await);
        let form = self.client.get(&to_provider).send().await.unwrap().text().await.unwrap();
        assert!(form.contains(subject));
        let url = reqwest::Url::parse(&to_provider).unwrap();
        let mut fields: Vec<(String, String)> =
            url.query_pairs().into_owned().filter(|(name, _)| name != "response_type" && name != "scope").collect();
        fields.push(("subject".to_owned(), subject.to_owned()));
        let authorize = format!("{}/authorize", url.origin().ascii_serialization());
        let chosen = self.client.post(authorize).form(&fields).send().await.unwrap();
        let back = self.get(&location(&chosen)).await;
        assert!(back.status().is_redirection(), "{}", back.status());
        self.get(page).await
    }
}

fn location(response: &Response) -> String {
    response
        .headers()
        .get("location")
        .unwrap_or_else(|| panic!("leads nowhere: {}", response.status()))
        .to_str()
        .unwrap()
        .to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_judge_signs_in_reads_the_inbox_and_signs_out() {
    let world = World::open().await;
    let inbox = format!("http://{}/", world.addresses.alerts);
    let mut browser = Browser::new();
    let page = browser.sign_in(&inbox, "judge-anna").await;
    assert_eq!(page.status(), 200);
    let text = page.text().await.unwrap();
    assert!(text.contains("<html lang=\"nl\">"), "{text}");

    // Another site's form is refused; our own signs out, and the session is gone on the server.
    let sign_out = format!("{inbox}sign-out");
    assert_eq!(browser.post(&sign_out, &[], "cross-site").await.status(), 403);
    let kept = browser.cookies.clone();
    assert!(browser.post(&sign_out, &[], "same-origin").await.status().is_redirection());
    browser.cookies = kept;
    assert_eq!(browser.get(&inbox).await.status(), 303, "the old cookie opens nothing");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_judge_is_no_steward_and_a_steward_is_no_judge() {
    let world = World::open().await;
    let mut judge = Browser::new();
    let desk = format!("http://{}/", world.addresses.steward);
    assert_eq!(judge.sign_in(&desk, "judge-anna").await.status(), 403);
    let mut steward = Browser::new();
    let inbox = format!("http://{}/", world.addresses.alerts);
    assert_eq!(steward.sign_in(&inbox, "steward-dirk").await.status(), 403);
    assert_eq!(steward.sign_in_elsewhere(&desk).await, 200);
    world.close().await;
}

impl Browser {
    /// Signs the steward in at the desk.
    async fn sign_in_elsewhere(&mut self, desk: &str) -> u16 {
        self.cookies.clear();
        self.sign_in(desk, "steward-dirk").await.status().as_u16()
    }
}
