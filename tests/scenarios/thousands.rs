//! Many invented families, of whom the truth is known, through the whole house: of every two matters of which a judge should be
//! told there is a signal, and no other; where a match is too uncertain to tell of, a steward is asked; and where somebody hides
//! can be found nowhere. `FAMILIES=10000` for the long run.

mod cases;
mod searched;
mod should;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use bus::Outgoing;
use caseload::events::CaseEvent;
use caseload::rates::{EVERYTHING, Side};
use caseload::{Carriage, Caseload, Family, PartyRecord, Rate, Rates, Shares, Slip};
use domain::ids::{CaseId, PartyId, SignalId};
use futures::StreamExt;
use serde_json::{Value, json};
use sqlx::Connection as _;
use uuid::Uuid;
use verband_tests::{TODAY, World, rests};

use self::cases::{Case, read};
use self::searched::{Secrets, court_found_in};
use self::should::{Told, Who, told, with_somebody_who_hides};

/// In the first families of this caseload everything happens.
const SEED: u64 = 282;
/// How many families pass in a usual run.
const FAMILIES: u64 = 24;
/// How many signals are opened at most, by API and as a page.
const OPENED: usize = 1_500;
/// How many events are published before the house is waited for.
const AT_ONCE: usize = 20_000;

/// A caseload, and the truth about it.
struct Invented {
    events: Vec<CaseEvent>,
    cases: BTreeMap<String, Case>,
    truth: Who,
    /// What was written down of each party.
    written: BTreeMap<(String, String), PartyRecord>,
    secrets: Arc<Secrets>,
}

impl Invented {
    fn of(families: u64, carriage: Carriage) -> Self {
        // More often than at any court somebody hides: it is what is looked for.
        let shares = Shares { shelter: Rate::percent(20), hidden: Rate::percent(20), ..Shares::default() };
        Self::from(&Caseload::with(SEED, shares, Rates::default(), carriage), families)
    }

    fn from(caseload: &Caseload, families: u64) -> Self {
        let families: Vec<Family> = (0..families).map(|number| caseload.family(number)).collect();
        // Of every other family no case was closed yet: of what is over little is told.
        let told = |family: &Family| {
            let runs = family.number.is_multiple_of(2);
            let events = caseload.eventful(family).into_iter();
            events.filter(move |event| !(runs && event.subject.ends_with(".case-closed"))).collect::<Vec<_>>()
        };
        let events: Vec<CaseEvent> = families.iter().flat_map(told).collect();
        let (mut truth, mut written, mut secrets) = (Who::new(), BTreeMap::new(), Secrets::default());
        for family in &families {
            secrets.note(family);
            let who = family.records.iter().map(|record| {
                let (case, party) = record.record_id.split_once(':').expect("case and party");
                let key = (case.to_owned(), party.to_owned());
                written.insert(key.clone(), record.clone());
                (key, record.person_id.clone())
            });
            truth.extend(who);
        }
        Self { cases: read(&events), events, truth, written, secrets: Arc::new(secrets) }
    }

    /// Why a signal is missed, where somebody could be asked: a person who stands in both cases, by records that say enough.
    fn could_be_asked(&self, (own, parallel, kind): &Told, linked: &Linked) -> Option<String> {
        let of_case = |wanted: &String| {
            let wanted = wanted.clone();
            self.truth.range((wanted.clone(), String::new())..).take_while(move |((case, _), _)| *case == wanted)
        };
        let pairs = of_case(own).flat_map(|(here, person)| {
            of_case(parallel).filter(move |(_, other)| *other == person).map(move |(there, _)| (here, there))
        });
        let apart = pairs.filter(|(here, there)| linked.answered[*here] != linked.answered[*there]);
        let says_enough = |(here, there): &(&(String, String), &(String, String))| {
            [here, there].iter().all(|record| says_who(&self.written[**record]))
        };
        let found: Vec<_> = apart.filter(says_enough).collect();
        (!found.is_empty()).then(|| {
            let records = found.iter().map(|(here, there)| (&self.written[*here], &self.written[*there]));
            format!("{kind}: {:#?}", records.collect::<Vec<_>>())
        })
    }

    /// The id that the house gives a case.
    fn case_id(&self, case: &str) -> CaseId {
        let known = &self.cases[case];
        CaseId::derived(&[&known.jurisdiction, &known.court.to_lowercase(), &known.source, case])
    }
}

/// Whether a record says enough to ask about: a name, and a full birth date. Who is called `Baby`, or unknown, has no name; without a
/// birth date a name is that of many.
fn says_who(record: &PartyRecord) -> bool {
    let named = !record.slips.has(Slip::NamePlaceholder);
    let born = record.birth_date.len() >= 8 && !record.slips.has(Slip::DatePlaceholder);
    named && born && !(record.given_names.is_empty() && record.surname.is_empty())
}

/// Who is who by what the linker holds for certain, and by what it asks about.
struct Linked {
    certain: Who,
    /// Certain, and every open question answered by the truth.
    answered: Who,
    questions: usize,
}

impl Linked {
    async fn read(world: &World, invented: &Invented) -> Self {
        let mut records: BTreeMap<String, &(String, String)> = BTreeMap::new();
        for record in invented.truth.keys() {
            let case = invented.case_id(&record.0).to_string();
            records.insert(PartyId::derived(&[&case, &record.1]).to_string(), record);
        }
        let alone = |record: &(String, String)| format!("{}:{}", record.0, record.1);
        let mut certain: Who = invented.truth.keys().map(|record| (record.clone(), alone(record))).collect();
        let mut asked = Vec::new();
        for line in world.state().await {
            let (what, content) = line.split_once(' ').expect("what, and what it says");
            let content: Value = if what.starts_with("linker.") { content.parse().expect("JSON") } else { continue };
            let record = |party: &Value| records[party.as_str().expect("a record")].clone();
            match what {
                "linker.person-certain" => {
                    for member in content["members"].as_array().expect("members") {
                        certain.insert(record(&member["party"]), content["person"].to_string());
                    }
                }
                "linker.match-possible" | "linker.conflict-found" => {
                    asked.push((record(&content["pair"]["a"]), record(&content["pair"]["b"])));
                }
                _ => {}
            }
        }
        let mut leads_to: BTreeMap<String, String> = BTreeMap::new();
        let end = |leads_to: &BTreeMap<String, String>, record| {
            let mut person: &String = &certain[record];
            while let Some(next) = leads_to.get(person) {
                person = next;
            }
            person.clone()
        };
        for (one, other) in asked.iter().filter(|(one, other)| invented.truth[one] == invented.truth[other]) {
            let (from, to) = (end(&leads_to, one), end(&leads_to, other));
            if from != to {
                leads_to.insert(from, to);
            }
        }
        let answered = certain.keys().map(|record| (record.clone(), end(&leads_to, record))).collect();
        Self { answered, certain, questions: asked.len() }
    }
}

/// What is published on the bus for anybody but the courts that told of it.
struct Heard {
    listening: tokio::task::JoinHandle<(Vec<String>, Vec<Value>)>,
    stop: tokio_util::sync::CancellationToken,
}

impl Heard {
    async fn begin(world: &World, secrets: Arc<Secrets>) -> Self {
        let mut messages = world.bus.client().subscribe(">").await.expect("a subscription");
        let stop = tokio_util::sync::CancellationToken::new();
        let stopping = stop.clone();
        let listening = tokio::spawn(async move {
            let (mut found, mut news) = (Vec::new(), Vec::new());
            loop {
                let message = tokio::select! {
                    biased;
                    message = messages.next() => message.expect("the bus goes on"),
                    () = stopping.cancelled() => return (found, news),
                };
                // What a court itself published, and how a server hands that to intake.
                let subject = message.subject.as_str();
                if ["cases.v1.", "_INBOX.", "$JS."].iter().any(|channel| subject.starts_with(channel)) {
                    continue;
                }
                let said = format!("{subject} {:?} {}", message.headers, String::from_utf8_lossy(&message.payload));
                found.extend(secrets.found_in(&said).into_iter().map(|secret| format!("{secret} in {said}")));
                if subject.starts_with("alerts.v1.") {
                    let event: Value = serde_json::from_slice(&message.payload).expect("JSON");
                    news.push(json!({ "said": said, "signal": event["data"]["signal"] }));
                }
            }
        });
        Self { listening, stop }
    }

    async fn end(self) -> (Vec<String>, Vec<Value>) {
        self.stop.cancel();
        self.listening.await.expect("no panic")
    }
}

/// A signal that stands, by its id.
type Signals = BTreeMap<SignalId, Told>;

async fn signals(world: &World, invented: &Invented) -> Signals {
    let cases: BTreeMap<Uuid, &String> =
        invented.cases.keys().map(|case| (invented.case_id(case).uuid(), case)).collect();
    let mut sql = world.database.connect("postgres").await;
    let rows: Vec<(Uuid, Uuid, Uuid, String)> =
        sqlx::query_as("select signal, own_case, parallel_case, kind from alerts.signals where standing = 'stands'")
            .fetch_all(&mut sql)
            .await
            .expect("signals");
    sql.close().await.expect("closed");
    let kinds = [should::VIOLENCE, should::FAMILY, should::CONFLICT, should::KILLING];
    rows.into_iter()
        .map(|(signal, own, parallel, kind)| {
            let kind = kinds.into_iter().find(|known| **known == kind).expect("a kind");
            (SignalId::from_uuid(signal), (cases[&own].clone(), cases[&parallel].clone(), kind))
        })
        .collect()
}

/// Publishes everything, and waits until nothing is left to do.
async fn pass(world: &World, events: &[CaseEvent]) {
    for part in events.chunks(AT_ONCE) {
        for batch in part.chunks(500) {
            let message = |event: &CaseEvent| {
                let payload = event.body.to_string().into();
                Outgoing { subject: event.subject.clone(), id: None, headers: Vec::new(), payload }
            };
            world.bus.publish(batch.iter().map(message).collect()).await.expect("taken");
        }
        // To ask exactly what is left costs the database much while that is a lot.
        while events.len() > AT_ONCE && behind(world).await > 0 {
            tokio::time::sleep(Duration::from_secs(2)).await;
        }
    }
    rests(&world.database.url("postgres"), &world.bus, Duration::from_mins(30)).await;
}

async fn behind(world: &World) -> i64 {
    let context = async_nats::jetstream::new(world.bus.client().clone());
    let stream = context.get_stream("CASES").await.expect("a stream");
    let unheard = i64::try_from(stream.cached_info().state.messages).expect("a number");
    let mut sql = world.database.connect("postgres").await;
    let mut behind = unheard;
    for (consumer, kinds) in [("linker", linker::KINDS.to_vec()), ("alerts", alerts::KINDS.to_vec())] {
        let left: i64 = sqlx::query_scalar(
            "select (select count(*) from journal.facts where kind = any($1))
                  - (select count(*) from journal.inbox where consumer = $2)",
        )
        .bind(kinds.iter().map(|kind| (*kind).to_owned()).collect::<Vec<_>>())
        .bind(consumer)
        .fetch_one(&mut sql)
        .await
        .expect("a number");
        behind += left;
    }
    sql.close().await.expect("closed");
    behind
}

/// What is in the one and not in the other, with the cases, to be read by who looks into it.
fn beyond(one: &BTreeSet<Told>, other: &BTreeSet<Told>, invented: &Invented) -> Vec<String> {
    let describe = |(own, parallel, kind): &Told| {
        let (own, parallel) = (&invented.cases[own], &invented.cases[parallel]);
        format!("{kind}: {own:?}\n  of {parallel:?}")
    };
    one.difference(other).take(3).map(describe).collect()
}

/// Everything of the judges is read: every list, and of the signals as many as there is time for.
#[expect(clippy::print_stdout, reason = "the sums are what a long run is looked at for")]
async fn judges_find_no_hiding_place(world: &World, invented: &Invented, signals: &Signals, who: &Who) {
    let hides = with_somebody_who_hides(&invented.cases, who);
    let judges: BTreeSet<&str> = signals.values().map(|(own, ..)| invented.cases[own].judge.as_str()).collect();
    let every = signals.len() / OPENED + 1;
    let (mut listed, mut hidden, mut opened) = (BTreeSet::new(), 0, 0);
    let clean = |said: &str| assert_eq!(invented.secrets.found_in(said), BTreeSet::new(), "{said}");
    for judge in judges {
        let judge = world.judge(judge);
        let mut next = Some("/signals?standing=stands&limit=100".to_owned());
        while let Some(path) = next {
            let page = judge.get(&path).await.body;
            clean(&page.to_string());
            next = page["next"].as_str().map(|cursor| format!("/signals?standing=stands&limit=100&cursor={cursor}"));
            for entry in page["signals"].as_array().expect("signals") {
                let signal: SignalId =
                    entry["signal"].as_str().expect("an id").parse::<Uuid>().map(SignalId::from_uuid).expect("an id");
                let (own, parallel, _) = &signals[&signal];
                listed.insert(signal);
                let elsewhere = invented.cases[own].court != invented.cases[parallel].court;
                let is_hidden = elsewhere && (hides.contains(own) || hides.contains(parallel));
                hidden += usize::from(is_hidden);
                let mut said = vec![entry.to_string()];
                if listed.len() % every == 0 {
                    opened += 1;
                    said.push(judge.get(&format!("/signals/{signal}")).await.body.to_string());
                    said.push(judge.page(&format!("/signals/{signal}")).await.1);
                    said.push(judge.page(&format!("/cases/{}", invented.case_id(own))).await.1);
                }
                for said in &said {
                    clean(said);
                }
                // That it is found where it is told shows that it would be found.
                if let Some(answer) = said.get(1).filter(|_| !is_hidden) {
                    assert!(!court_found_in(answer, &invented.cases[parallel]).is_empty(), "{answer}");
                }
                // The page of the own case lists what is told of other cases too.
                for said in said.iter().take(3).filter(|_| is_hidden) {
                    assert_eq!(court_found_in(said, &invented.cases[parallel]), Vec::<String>::new(), "{said}");
                }
            }
        }
    }
    assert_eq!(listed, signals.keys().copied().collect(), "the judge of the case has it in the list");
    println!("{} signals in the lists, {hidden} with a court that is not named, {opened} opened", listed.len());
}

#[expect(clippy::print_stdout, reason = "the sums are what a long run is looked at for")]
async fn passes_as_it_should(policy: Option<&str>, carriage: Carriage) {
    #[expect(clippy::disallowed_methods, reason = "how long a test runs is for who runs it to say")]
    let families = std::env::var("FAMILIES").ok().and_then(|count| count.parse().ok()).unwrap_or(FAMILIES);
    let invented = Invented::of(families, carriage);
    let world = World::open().await;
    crate::logs();
    if let Some(policy) = policy {
        decides_by(&world, policy).await;
    }
    let heard = Heard::begin(&world, Arc::clone(&invented.secrets)).await;
    pass(&world, &invented.events).await;
    assert_eq!(world.facts("intake.event-quarantined").await, 0);
    assert_eq!(world.database.count("select count(*) from journal.parked").await, 0);

    let linked = Linked::read(&world, &invented).await;
    let signals = signals(&world, &invented).await;
    let stand: BTreeSet<Told> = signals.values().cloned().collect();
    assert_eq!(stand.len(), signals.len(), "one signal for each pair of matters and kind");

    // For every pair that should signal by who certainly is who, a signal; and no other.
    let should = told(&invented.cases, &linked.certain, TODAY);
    assert_eq!(beyond(&should, &stand, &invented), Vec::<String>::new(), "judges are not told of these");
    assert_eq!(beyond(&stand, &should, &invented), Vec::<String>::new(), "judges are told of these");
    // By the truth none of them is wrong, and what is missing waits for an answer of a steward.
    let truly = told(&invented.cases, &invented.truth, TODAY);
    assert_eq!(beyond(&stand, &truly, &invented), Vec::<String>::new(), "not the same persons");
    let after_answers = told(&invented.cases, &linked.answered, TODAY);
    let unasked = truly.difference(&after_answers).filter_map(|missed| invented.could_be_asked(missed, &linked));
    assert_eq!(unasked.take(3).collect::<Vec<_>>(), Vec::<String>::new(), "nobody is told or asked of these");
    println!(
        "{families} families, {} events, {} cases: {} of {} signals stand, {} wait for one of {} questions",
        invented.events.len(),
        invented.cases.len(),
        stand.len(),
        truly.len(),
        after_answers.difference(&stand).count(),
        linked.questions,
    );
    println!("  {} are of people of whom too little was written down", truly.difference(&after_answers).count());
    for kind in [should::VIOLENCE, should::FAMILY, should::CONFLICT, should::KILLING] {
        println!("  {kind}: {}", stand.iter().filter(|(.., told)| *told == kind).count());
    }

    judges_find_no_hiding_place(&world, &invented, &signals, &linked.certain).await;
    let (found, news) = heard.end().await;
    assert_eq!(found, Vec::<String>::new(), "on the bus");
    for message in news {
        let signal: Uuid = message["signal"].as_str().expect("an id").parse().expect("an id");
        // What was told and no longer stands was told of other cases, too.
        if let Some((own, parallel, _)) = signals.get(&SignalId::from_uuid(signal))
            && invented.cases[own].court != invented.cases[parallel].court
        {
            let said = message["said"].as_str().expect("text");
            assert_eq!(court_found_in(said, &invented.cases[parallel]), Vec::<String>::new(), "{said}");
        }
    }
    let secrets = &invented.secrets;
    assert_eq!(secrets.found_below(world.nats.folder()), Vec::<String>::new(), "in the stream store");
    assert_eq!(secrets.found_in(&crate::logged()), BTreeSet::new(), "in the log");
    for address in [world.addresses.intake, world.addresses.linker, world.addresses.alerts, world.addresses.steward] {
        let metrics = reqwest::get(format!("http://{address}/metrics")).await.unwrap().text().await.unwrap();
        assert_eq!(secrets.found_in(&metrics), BTreeSet::new(), "in metrics");
    }
    world.close().await;
}

/// Two operators put another policy in force, before there is anything to decide on.
async fn decides_by(world: &World, policy: &str) {
    let (femke, gerda) = (world.operator_of_models("operator-femke"), world.operator_of_models("operator-gerda"));
    let proposed = femke.post("/models", &json!({ "policy": policy })).await;
    assert_eq!(proposed.status, 201, "{proposed:?}");
    let proposal = proposed.body["proposals"][0]["id"].as_str().expect("an id");
    let approved = gerda.post(&format!("/models/{proposal}/approvals"), &json!({})).await;
    assert!(approved.status < 300, "{approved:?}");
    world.rests().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_every_two_matters_of_which_a_judge_should_be_told_there_is_a_signal_and_no_other() {
    // Courts write down all they know, numbers too.
    let all = Side::ALL.into_iter().fold(Carriage::default(), |carriage, side| carriage.with(side, EVERYTHING));
    passes_as_it_should(None, all).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn and_so_it_is_where_names_and_more_are_enough_without_a_number() {
    passes_as_it_should(Some("rules"), Carriage::default()).await;
}
