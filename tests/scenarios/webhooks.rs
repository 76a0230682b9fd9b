//! A court without a connection to the bus is told by its webhook.

use std::collections::BTreeMap;

use runtime::dev::Scratch;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use verband_tests::World;

use crate::{assault_case, contact_case, id};

/// What came in: the headers, and the body.
type Call = (BTreeMap<String, String>, Value);

/// A court's own system: answers 500 to the first calls, then 204, and passes on what came.
async fn court(failures: u32) -> (String, mpsc::UnboundedReceiver<Call>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/hook", listener.local_addr().unwrap());
    let (heard, calls) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        for number in 0.. {
            let (stream, _) = listener.accept().await.unwrap();
            let status = if number < failures { "500 Internal Server Error" } else { "204 No Content" };
            let _ = heard.send(answers(stream, status).await);
        }
    });
    (address, calls)
}

async fn answers(mut stream: TcpStream, status: &str) -> Call {
    let (mut read, mut part) = (Vec::new(), [0; 4096]);
    loop {
        let count = stream.read(&mut part).await.unwrap();
        read.extend_from_slice(&part[..count]);
        let text = String::from_utf8_lossy(&read).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let headers: BTreeMap<String, String> = head
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        if body.len() < headers["content-length"].parse().unwrap() {
            continue;
        }
        let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        stream.write_all(answer.as_bytes()).await.unwrap();
        return (headers, serde_json::from_str(body).unwrap());
    }
}

async fn next(calls: &mut mpsc::UnboundedReceiver<Call>) -> Call {
    tokio::time::timeout(std::time::Duration::from_secs(20), calls.recv()).await.expect("a call").expect("a call")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_court_is_told_by_webhook_again_until_it_takes_it_and_of_nobody() {
    let (address, mut calls) = court(1).await;
    let folder = Scratch::new("webhooks").unwrap();
    let (list, secret) = (folder.path().join("webhooks.toml"), folder.path().join("secret"));
    std::fs::write(&secret, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n").unwrap();
    let row = format!("[[row]]\ncourt = \"RBROT\"\nurl = \"{address}\"\nsecret_file = \"{}\"\n", secret.display());
    std::fs::write(&list, row).unwrap();
    let world = World::open_calling(&list).await;
    let ((mut contact, told), (_, events)) = (contact_case(), assault_case());
    world.hears(told.into_iter().chain(events)).await;

    // Both judges sit at Rotterdam: two messages. The first is refused, and then nothing is sent for a while.
    let (_, refused) = next(&mut calls).await;
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    assert!(calls.try_recv().is_err(), "whoever does not take it is left in peace for a while");
    world.clock.advance(jiff::SignedDuration::from_secs(6));
    let two = [next(&mut calls).await, next(&mut calls).await];
    assert!(two.iter().any(|(_, event)| event["id"] == refused["id"]), "the same message again");
    let signals: Vec<String> = two.iter().map(|(_, event)| event["subject"].as_str().unwrap().to_owned()).collect();
    assert!(signals.contains(&id(&world.judge("judge-anna").inbox().await[0])), "{signals:?}");
    for (headers, event) in &two {
        assert_eq!(event["type"], "nl.signals.signal-raised.v1");
        assert_eq!(headers["content-type"], "application/cloudevents+json");
        assert_eq!(headers["webhook-id"], event["id"].as_str().unwrap());
        assert_eq!(headers["webhook-timestamp"].parse::<i64>().unwrap(), world.clock.now().as_second());
        assert!(headers["webhook-signature"].starts_with("v1,") && headers["webhook-signature"].len() == 47);
        for value in courthouse::dev::demo::personal_values() {
            assert!(!event.to_string().contains(value), "{value} is told");
        }
    }

    // What changes for both judges is told as well, once.
    world.hears([contact.hearing("h2", verband_tests::TODAY)]).await;
    for _ in 0..2 {
        assert_eq!(next(&mut calls).await.1["type"], "nl.signals.signal-updated.v1");
    }
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    assert!(calls.try_recv().is_err());
    world.close().await;
}
