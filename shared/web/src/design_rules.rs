//! The NL GOV REST API Design Rules that can be read off the description of an API, as a check for the tests of every service.
//!
//! Invariant: each rule finds its own departure (held by a test that makes each of them).

use serde_json::Value;
use utoipa::openapi::OpenApi;

/// Where a document departs from the API Design Rules (NL GOV REST API Design Rules 2.2). Empty when it does not.
pub fn adr_violations(document: &OpenApi) -> Vec<String> {
    match serde_json::to_value(document) {
        Ok(document) => violations(&document),
        Err(error) => vec![format!("the document cannot be written: {error}")],
    }
}

fn violations(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    of_the_whole(document, &mut found);
    let by_default = is_filled(&document["security"]);
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        of_path(path, &mut found);
        let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
        for (method, operation) in methods.iter().filter_map(|m| Some((m, item.get(*m)?))) {
            let at = format!("{} {path}", method.to_uppercase());
            let secured = operation.get("security").map_or(by_default, is_filled);
            of_operation(&at, &item["parameters"], operation, secured, &mut found);
        }
    }
    found
}

fn is_filled(array: &Value) -> bool {
    array.as_array().is_some_and(|all| !all.is_empty())
}

/// Rules doc-openapi-contact, semver and uri-version.
fn of_the_whole(document: &Value, found: &mut Vec<String>) {
    for field in ["name", "email", "url"] {
        if !document["info"]["contact"][field].is_string() {
            found.push(format!("info.contact.{field} is missing"));
        }
    }
    if !is_semver(document["info"]["version"].as_str().unwrap_or_default()) {
        found.push("info.version is not semantic".into());
    }
    let has_major = |server: &Value| server["url"].as_str().is_some_and(|url| url.ends_with("/v1"));
    if !document["servers"].as_array().is_some_and(|all| !all.is_empty() && all.iter().all(has_major)) {
        found.push("servers do not end in /v1".into());
    }
}

/// Rules no-trailing-slash, path-segments-kebab-case and uri-version.
fn of_path(path: &str, found: &mut Vec<String>) {
    if path != "/" && path.ends_with('/') {
        found.push(format!("{path} ends in a slash"));
    }
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    if segments.clone().next() == Some("v1") {
        found.push(format!("{path} repeats the version"));
    }
    if !segments.all(is_kebab_case) {
        found.push(format!("{path} is not in kebab-case"));
    }
}

/// Rules query-keys-camel-case, version-header, error-handling and that every response says what it is.
fn of_operation(at: &str, shared: &Value, operation: &Value, secured: bool, found: &mut Vec<String>) {
    let parameters = [shared, &operation["parameters"]];
    let parameters: Vec<_> = parameters.into_iter().filter_map(Value::as_array).flatten().collect();
    let keys = parameters.iter().filter(|p| p["in"] == "query").filter_map(|p| p["name"].as_str());
    for key in keys.filter(|key| !is_camel_case(key)) {
        found.push(format!("{at}: query key {key} is not in camelCase"));
    }
    let none = serde_json::Map::new();
    let responses = operation["responses"].as_object().unwrap_or(&none);
    for (status, response) in responses.iter().filter(|(_, response)| response["$ref"].is_null()) {
        if response["description"].as_str().is_none_or(str::is_empty) {
            found.push(format!("{at}: {status} has no description"));
        }
        if status.starts_with('2') && response["headers"]["API-Version"].is_null() {
            found.push(format!("{at}: {status} does not document API-Version"));
        }
    }
    if !responses.keys().any(|status| status.starts_with('2')) {
        found.push(format!("{at}: no 2xx"));
    }
    let takes_input = !parameters.is_empty() || !operation["requestBody"].is_null();
    let demanded = [("400", takes_input), ("401", secured), ("403", secured)];
    for (status, _) in demanded.iter().filter(|(status, applies)| *applies && !responses.contains_key(*status)) {
        found.push(format!("{at}: {status} is missing"));
    }
}

/// Lower-case letters, digits and hyphens; a parameter in braces; `_operation` for an action.
fn is_kebab_case(segment: &str) -> bool {
    let word = segment.strip_prefix('_').unwrap_or(segment);
    let is_parameter = segment.starts_with('{') && segment.ends_with('}');
    is_parameter
        || (!word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'))
}

fn is_camel_case(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn is_semver(version: &str) -> bool {
    let core = version.split(['-', '+']).next().unwrap_or_default();
    let numbers: Vec<_> = core.split('.').collect();
    let is_number =
        |n: &&str| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()) && (*n == "0" || !n.starts_with('0'));
    numbers.len() == 3 && numbers.iter().all(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::openapi::document;
    use crate::openapi::tests::api;

    #[test]
    fn each_departure_is_found() {
        let good = serde_json::to_value(document(api())).unwrap();
        let expect = |change: &dyn Fn(&mut Value), complaint: &str| {
            let mut document = good.clone();
            change(&mut document);
            let found = violations(&document);
            assert!(found.iter().any(|violation| violation.contains(complaint)), "{complaint}: {found:?}");
        };
        let operation = "/paths/~1alerts~1{alertId}/get";
        let remove = |document: &mut Value, at: &str, name: &str| {
            document.pointer_mut(at).and_then(Value::as_object_mut).unwrap().remove(name).unwrap();
        };
        let rename = |document: &mut Value, name: &str| {
            let paths = document["paths"].as_object_mut().unwrap();
            let item = paths.remove("/alerts/{alertId}").unwrap();
            paths.insert(name.to_owned(), item);
        };
        for name in ["name", "url", "email"] {
            expect(&|d| remove(d, "/info/contact", name), &format!("contact.{name}"));
        }
        for version in ["1.0", "1", "01.0.0", "v1.0.0", ""] {
            expect(&|d| d["info"]["version"] = version.into(), "semantic");
        }
        expect(&|d| remove(d, "", "servers"), "servers");
        expect(&|d| d["servers"][0]["url"] = "/".into(), "servers");
        expect(&|d| rename(d, "/Alerts"), "kebab");
        expect(&|d| rename(d, "/my_alerts"), "kebab");
        expect(&|d| rename(d, "/alerts.json"), "kebab");
        expect(&|d| rename(d, "/alerts/"), "slash");
        expect(&|d| rename(d, "/v1/alerts"), "version");
        expect(&|d| d.pointer_mut(operation).unwrap()["parameters"][1]["name"] = "court_code".into(), "camelCase");
        for status in ["400", "401", "403"] {
            expect(&|d| remove(d, &format!("{operation}/responses"), status), &format!("{status} is missing"));
        }
        expect(&|d| remove(d, &format!("{operation}/responses"), "200"), "no 2xx");
        expect(&|d| remove(d, &format!("{operation}/responses/200"), "description"), "description");
        expect(&|d| remove(d, &format!("{operation}/responses/200"), "headers"), "API-Version");
    }
}
