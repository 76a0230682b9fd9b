//! The two modes of an event: one JSON object, or attributes as headers.

use super::*;

#[test]
fn both_modes_say_the_same() {
    let event = party_added(&json!({ "surname": "Berg" }));
    let structured = Received::new(
        &[("content-type".to_owned(), "application/cloudevents+json".to_owned())],
        event.to_string().as_bytes(),
    );
    let mut headers: Vec<(String, String)> = event
        .as_object()
        .expect("an object")
        .iter()
        .filter_map(|(name, value)| Some((format!("CE-{name}"), value.as_str()?.to_owned())))
        .collect();
    headers.push(("Content-Type".to_owned(), "application/json; charset=utf-8".to_owned()));
    let binary = Received::new(&headers, event["data"].to_string().as_bytes());
    let read_as = |received: &Received| read(PARTIES, &received.event().expect("JSON")).expect("reads");
    assert_eq!(read_as(&structured), read_as(&binary));
    let canonical = |received: &Received| envelope::canonical(received.event().expect("JSON"));
    assert_eq!(canonical(&structured), canonical(&binary));
    for received in [structured, binary] {
        assert_eq!(read_as(&Received::from_bytes(&received.to_bytes())), read_as(&received));
    }
}

#[test]
fn no_content_type_is_thrown_away_unread() {
    let event = party_added(&json!({ "surname": "Berg" }));
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let told = |more: &[(String, String)]| {
        let mut headers: Vec<(String, String)> = event
            .as_object()
            .expect("an object")
            .iter()
            .filter(|(name, _)| *name != "datacontenttype")
            .filter_map(|(name, value)| Some((format!("ce-{name}"), value.as_str()?.to_owned())))
            .collect();
        headers.extend_from_slice(more);
        match Received::new(&headers, event["data"].to_string().as_bytes()).event() {
            Ok(event) => faults(&event).into_iter().map(|(_, code)| code).collect(),
            Err(reason) => vec![reason.code],
        }
    };
    let json = header("content-type", "application/json");
    assert_eq!(told(std::slice::from_ref(&json)), Vec::<String>::new());
    assert_eq!(told(&[json.clone(), header("ce-datacontenttype", "application/json")]), Vec::<String>::new());
    assert_eq!(told(&[json, header("ce-datacontenttype", "application/json; bsn=999991000")]), ["event.headers"]);
    assert_eq!(told(&[header("ce-datacontenttype", "application/json;x=y")]), ["datacontenttype.unknown"]);
    assert_eq!(told(&[header("content-type", "application/json; name=berg")]), ["datacontenttype.unknown"]);
}
