//! Many events of every kind, of which three in a hundred are broken, in forty ways and ten kinds: each is a fact or in
//! quarantine with the right reason, and the sum is exact. Every other one comes in binary mode. `EVENTS=100000` for the long
//! run.

use std::collections::BTreeMap;
use std::time::Duration;

use bus::Outgoing;
use contract::files;
use contract::kinds::{KINDS, Kind};
use domain::jurisdiction::Jurisdiction;
use serde_json::{Value, json};
use sqlx::Connection as _;
use verband_tests::World;

/// A way to break an event, and the code of the reason it must be given.
type Way = (fn(&mut Value, &mut String), &'static str);

/// Sets a field of the event itself.
macro_rules! set {
    ($($field:literal),+ => $($value:tt)+) => {
        |event: &mut Value, _: &mut String| event$([$field])+ = json!($($value)+)
    };
}

/// Thirty ways, each applied to the addition of a party to a family case.
const WAYS: [Way; 30] = [
    (set!("specversion" => "0.3"), "specversion.unknown"),
    (set!("specversion" => null), "field.missing"),
    (set!("source" => "urn:nld:oin:12"), "source.format"),
    (set!("source" => "urn:nld:oin:00000001823288444000:systeem:nobody"), "source.unknown"),
    (set!("source" => "urn:nld:oin:00000001823288444000:systeem:straf-rbrot"), "source.channel"),
    (set!("type" => "party-added"), "type.format"),
    (set!("type" => "nl.family-cases.party-added.v9"), "type.version"),
    (set!("type" => "nl.tax-cases.party-added.v1"), "type.jurisdiction"),
    (set!("type" => "nl.family-cases.party-sung.v1"), "type.unknown"),
    (set!("type" => "nl.family-cases.verdict-given.v1"), "type.jurisdiction"),
    (set!("subject" => "C/10/712345"), "id.format"),
    (set!("subject" => "999991000"), "id.personal"),
    (set!("time" => "yesterday"), "time.format"),
    (set!("sequence" => "seven"), "sequence.format"),
    (set!("traceparent" => "none"), "traceparent.format"),
    (set!("datacontenttype" => "text/xml"), "datacontenttype.unknown"),
    (set!("remark" => "urgent"), "field.unknown"),
    (set!("data" => []), "object.expected"),
    (set!("data", "partyId" => "p 1"), "id.format"),
    (set!("data", "roles" => []), "list.empty"),
    (set!("data", "roles" => ["wizard"]), "role.unknown"),
    (set!("data", "roles" => ["suspect"]), "role.jurisdiction"),
    (set!("data", "capacity" => "uncle"), "capacity.unknown"),
    (set!("data", "religion" => "x"), "field.unknown"),
    (set!("data", "person", "bsn" => "999991001"), "bsn.eleven-test"),
    (set!("data", "person", "birthDate" => "31-02-1987"), "birth-date.calendar"),
    (set!("data", "person", "sex" => "x"), "sex.unknown"),
    (set!("data", "person", "surname" => "B\u{0}g"), "name.control-character"),
    (|_, subject| "cases.v1.family.atlantis.party-added".clone_into(subject), "channel.court"),
    (|_, subject| "cases.v1.criminal.rbrot.party-added".clone_into(subject), "channel.mismatch"),
];

/// More ways, each in a kind of its own: kind, jurisdiction, what is broken, the code.
type InKind = (&'static str, Jurisdiction, fn(&mut Value, &mut String), &'static str);

const IN_KINDS: [InKind; 10] = [
    ("hearing-planned", Jurisdiction::Youth, set!("data", "on" => "soon"), "date.format"),
    ("charge-brought", Jurisdiction::Criminal, set!("data", "articles" => ["the law"]), "article.format"),
    ("verdict-given", Jurisdiction::Criminal, set!("data", "outcomes" => []), "list.empty"),
    ("order-imposed", Jurisdiction::Huisverbod, set!("data", "terms", "until" => "2020-01-01"), "period.order"),
    ("order-changed", Jurisdiction::CivilBan, set!("data", "terms", "street" => "x"), "field.unknown"),
    (
        "case-registered",
        Jurisdiction::Criminal,
        set!("data", "numbers" => "PL1300-2024123456"),
        "case-number.police-file",
    ),
    ("case-registered", Jurisdiction::Huisverbod, set!("data", "registeredOn" => "2008-12-31"), "code.not-valid-on"),
    ("case-joined", Jurisdiction::Family, set!("data", "into" => {}), "case-reference.parts"),
    ("appeal-lodged", Jurisdiction::Family, set!("data", "instance" => "first"), "instance.appeal"),
    ("event-retracted", Jurisdiction::Criminal, set!("data", "eventId" => "Berg"), "id.words"),
];

/// How the `place`-th event is broken, if it is: in what kind, how, and the code.
fn broken(place: usize) -> Option<InKind> {
    if place % 33 != 7 {
        return None;
    }
    let turn = place / 33 % (WAYS.len() + IN_KINDS.len());
    Some(WAYS.get(turn).map_or_else(
        || IN_KINDS[turn - WAYS.len()],
        |(breaks, code)| ("party-added", Jurisdiction::Family, *breaks, *code),
    ))
}

/// The `place`-th event: its subject, the event, and the code it must be refused with.
fn event(place: usize) -> (String, Value, Option<&'static str>) {
    let way = broken(place);
    let kinds: Vec<_> = KINDS.iter().flat_map(|kind| kind.of.iter().map(move |of| (kind, *of))).collect();
    let (kind, of) = match way {
        Some((name, of, ..)) => {
            let kind = |known: &&Kind| known.name == name && known.of.contains(&of);
            (KINDS.iter().find(kind).expect("a kind"), of)
        }
        None => kinds[place % kinds.len()],
    };
    let mut event = files::example(kind, of);
    let mut subject = files::example_subject(kind, of);
    event["id"] = json!(format!("event-{place}"));
    event["sequence"] = json!(place.to_string());
    event["subject"] = json!(format!("case-{}", place / 400));
    if let Some(person) = event["data"].get_mut("person").filter(|person| person.is_object()) {
        // Nobody is anybody else: this is about intake.
        *person = json!({ "surname": format!("Proefpersoon{place}") });
    }
    if let Some((_, _, breaks, _)) = way {
        breaks(&mut event, &mut subject);
    }
    (subject, event, way.map(|(.., code)| code))
}

/// The attributes that events of this test have, as headers of the binary mode.
const HEADERS: [(&str, &str); 9] = [
    ("specversion", "ce-specversion"),
    ("id", "ce-id"),
    ("source", "ce-source"),
    ("type", "ce-type"),
    ("subject", "ce-subject"),
    ("time", "ce-time"),
    ("sequence", "ce-sequence"),
    ("traceparent", "ce-traceparent"),
    ("remark", "ce-remark"),
];

/// An event as a message: every other one in binary mode.
fn message(place: usize, subject: String, event: &Value) -> Outgoing {
    if place.is_multiple_of(2) {
        return Outgoing { subject, id: None, headers: Vec::new(), payload: event.to_string().into() };
    }
    let text = |name: &str| event.get(name).and_then(Value::as_str).map(str::to_owned);
    let mut headers: Vec<(&'static str, String)> =
        HEADERS.iter().filter_map(|(name, header)| Some((*header, text(name)?))).collect();
    headers.extend(text("datacontenttype").map(|content| ("content-type", content)));
    Outgoing { subject, id: None, headers, payload: event["data"].to_string().into() }
}

#[expect(clippy::disallowed_methods, reason = "how long a test runs is for who runs it to say")]
#[tokio::test(flavor = "multi_thread")]
async fn every_event_is_a_fact_or_in_quarantine_with_the_right_reason() {
    let count: usize = std::env::var("EVENTS").ok().and_then(|count| count.parse().ok()).unwrap_or(2_000);
    let world = World::open().await;
    let (mut facts, mut refused) = (0_i64, BTreeMap::<String, &str>::new());
    let mut messages = Vec::new();
    for place in 0..count {
        let (subject, event, code) = event(place);
        match code {
            Some(code) => drop(refused.insert(format!("event-{place}"), code)),
            None => facts += 1,
        }
        messages.push(message(place, subject, &event));
    }
    let mut messages = messages.into_iter().peekable();
    while messages.peek().is_some() {
        world.bus.publish(messages.by_ref().take(500).collect()).await.expect("taken");
    }
    let context = async_nats::jetstream::new(world.bus.client().clone());
    let begun = tokio::time::Instant::now();
    while context.get_stream("CASES").await.expect("a stream").cached_info().state.messages > 0 {
        assert!(begun.elapsed() < Duration::from_mins(20), "intake does not come to an end");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }

    let mut sql = world.database.connect("postgres").await;
    let filed: i64 = sqlx::query_scalar(
        "select count(*) from journal.facts where kind like 'intake.%' and kind <> 'intake.event-quarantined'",
    )
    .fetch_one(&mut sql)
    .await
    .expect("a count");
    let kept: Vec<(Option<String>, Vec<String>)> = sqlx::query_as(
        "select data ->> 'sent_id', array(select reason ->> 'code' from jsonb_array_elements(data -> 'reasons') reason)
         from journal.facts where kind = 'intake.event-quarantined'",
    )
    .fetch_all(&mut sql)
    .await
    .expect("reasons");
    sql.close().await.expect("closed");
    assert_eq!(filed, facts, "{kept:?}");
    assert_eq!(kept.len(), refused.len());
    for (id, codes) in kept {
        let code =
            id.as_ref().and_then(|id| refused.remove(id)).unwrap_or_else(|| panic!("{id:?} was good: {codes:?}"));
        // An event may have more wrong with it than the way it was broken.
        assert!(codes.iter().any(|told| told == code), "{id:?} is told {codes:?} and not {code}");
    }
    world.close().await;
}
