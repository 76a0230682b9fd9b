//! Answers connections until told to stop, and then lets the answers under way finish.

use std::future::IntoFuture;
use std::io;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// How long answers under way may take after the call to stop. Streams of events do not end by themselves: whoever
/// opens one ends it at the same call, and what is left over after this time is cut off.
const DRAIN: Duration = Duration::from_secs(10);

/// Serves `router` until `shutdown`, then takes no new connections and drains for at most 10 seconds.
///
/// # Errors
/// When the listener fails.
pub async fn serve(listener: TcpListener, router: Router, shutdown: CancellationToken) -> io::Result<()> {
    let overdue = {
        let shutdown = shutdown.clone();
        async move {
            shutdown.cancelled().await;
            tokio::time::sleep(DRAIN).await;
        }
    };
    let served = axum::serve(listener, router).with_graceful_shutdown(shutdown.cancelled_owned());
    tokio::select! {
        result = served.into_future() => result,
        () = overdue => {
            tracing::warn!("answers under way were cut off after the drain time");
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::get;

    use super::*;

    #[tokio::test]
    async fn finishes_what_is_under_way_and_takes_nothing_new() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        let (begun, mut has_begun) = tokio::sync::mpsc::channel::<()>(1);
        let slow = get(move || async move {
            begun.send(()).await.unwrap();
            tokio::time::sleep(Duration::from_millis(200)).await;
            "done"
        });
        let server = tokio::spawn(serve(listener, Router::new().route("/slow", slow), stop.clone()));
        let client = crate::http::client(&format!("http://{address}").parse().unwrap()).unwrap();
        let answer = tokio::spawn(client.get(format!("http://{address}/slow")).send());
        has_begun.recv().await.unwrap();
        stop.cancel();
        assert_eq!(answer.await.unwrap().unwrap().text().await.unwrap(), "done");
        server.await.unwrap().unwrap();
        assert!(tokio::net::TcpStream::connect(address).await.is_err());
    }
}
