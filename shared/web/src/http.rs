//! The client with which this crate asks an identity provider for its keys, its description and tokens.
//!
//! Invariants: no redirects, no proxy from the environment, a deadline, a limit on the size of an answer, and no plain
//! HTTP except to the same machine.

use std::net::IpAddr;
use std::time::Duration;

use reqwest::{Client, RequestBuilder, Url};

/// How long an identity provider may take to answer.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Largest answer that is read, in bytes.
pub(crate) const MAX_ANSWER: usize = 256 * 1024;

/// Asking the identity provider did not work.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// The address is not a URL.
    #[error("not an address")]
    Address,
    /// Plain HTTP is taken only to a loopback address, for development.
    #[error("an identity provider is asked over https only")]
    PlainHttp,
    /// No client could be made, or the request did not get through.
    #[error("request to the identity provider")]
    Request(#[source] reqwest::Error),
    /// An answer other than 200.
    #[error("the identity provider answered {0}")]
    Status(u16),
    /// An answer larger than 256 KiB.
    #[error("the answer of the identity provider is too large")]
    TooLarge,
    /// An answer that is not the JSON that was asked for.
    #[error("answer of the identity provider")]
    Json(#[source] serde_json::Error),
}

/// Checks an address of the identity provider: https, or http to the same machine.
pub(crate) fn address(text: &str) -> Result<Url, HttpError> {
    let url = Url::parse(text).map_err(|_| HttpError::Address)?;
    let host = url.host_str().ok_or(HttpError::Address)?.trim_matches(['[', ']']);
    let loopback = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    match url.scheme() {
        "https" => Ok(url),
        "http" if loopback => Ok(url),
        "http" => Err(HttpError::PlainHttp),
        _ => Err(HttpError::Address),
    }
}

/// A client for this address. Certificates come from the system's store, which a machine that only ever asks itself
/// over plain HTTP need not have.
pub(crate) fn client(url: &Url) -> Result<Client, HttpError> {
    let builder = Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().timeout(TIMEOUT);
    let builder = if url.scheme() == "http" { builder.tls_certs_only([]) } else { builder };
    builder.build().map_err(|error| HttpError::Request(error.without_url()))
}

/// Sends a request and reads the JSON of a 200 answer.
pub(crate) async fn json<T: serde::de::DeserializeOwned>(request: RequestBuilder) -> Result<T, HttpError> {
    let failed = |error: reqwest::Error| HttpError::Request(error.without_url());
    let mut response = request.send().await.map_err(failed)?;
    if response.status() != reqwest::StatusCode::OK {
        return Err(HttpError::Status(response.status().as_u16()));
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        if body.len() + chunk.len() > MAX_ANSWER {
            return Err(HttpError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    serde_json::from_slice(&body).map_err(HttpError::Json)
}

/// Percent-encodes a value as a form does (`application/x-www-form-urlencoded`).
pub(crate) fn form_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' => {
                encoded.push(char::from(byte));
            }
            b' ' => encoded.push('+'),
            byte => encoded.extend(['%', hex_digit(byte >> 4), hex_digit(byte & 15)]),
        }
    }
    encoded
}

/// Upper-case hexadecimal digit of a number below 16.
fn hex_digit(number: u8) -> char {
    char::from_digit(u32::from(number), 16).unwrap_or_default().to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_only_to_this_machine() {
        for good in ["https://idp.example/x", "http://127.0.0.1:8080", "http://[::1]/", "http://localhost:1/a"] {
            assert!(address(good).is_ok(), "{good}");
        }
        for bad in
            ["http://idp.example", "http://127.0.0.1.example/", "ftp://localhost", "idp.example", "http://10.0.0.1"]
        {
            assert!(address(bad).is_err(), "{bad}");
        }
        assert!(client(&address("http://127.0.0.1:1").unwrap()).is_ok());
    }

    #[test]
    fn secrets_are_form_encoded() {
        assert_eq!(form_encoded("a b:c&d=é"), "a+b%3Ac%26d%3D%C3%A9");
        assert_eq!(form_encoded(""), "");
    }
}
