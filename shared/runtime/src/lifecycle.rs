//! How a process lives and ends: named tasks, one sign to stop, and a bounded time to finish.
//!
//! Invariants: a task that fails or panics stops the whole process, under its name, because half a service is worse than
//! a restart; nothing is cut off while time is left; the first failure is the one reported.

use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Why a process did not end well.
#[derive(Debug, thiserror::Error)]
pub enum Ended {
    /// A task failed.
    #[error("task {name} failed")]
    Failed {
        /// The task.
        name: &'static str,
        /// What it said.
        source: anyhow::Error,
    },
    /// A task panicked. The message of a panic is withheld: it could quote data.
    #[error("task {name} panicked")]
    Panicked {
        /// The task.
        name: &'static str,
    },
    /// Tasks were still at work when the time to finish was over.
    #[error("{left} tasks did not finish within {seconds} s")]
    Late {
        /// How many.
        left: usize,
        /// How long they were given.
        seconds: u64,
    },
}

/// The life of a process: clones share it.
#[derive(Clone, Default)]
pub struct Lifecycle {
    stopping: CancellationToken,
    tasks: TaskTracker,
    first: Arc<Mutex<Option<Ended>>>,
}

impl fmt::Debug for Lifecycle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lifecycle")
            .field("stopping", &self.stopping.is_cancelled())
            .field("tasks", &self.tasks.len())
            .finish_non_exhaustive()
    }
}

impl Lifecycle {
    /// A life that begins.
    pub fn new() -> Self {
        Self::default()
    }

    /// The sign to stop: cancelled when the process must end. A task that sees it takes nothing new, finishes what it has
    /// in hand and returns.
    pub fn stopping(&self) -> CancellationToken {
        self.stopping.clone()
    }

    /// Gives the sign to stop.
    pub fn stop(&self) {
        self.stopping.cancel();
    }

    /// Starts a task that the process waits for when it ends. If it fails or panics, everything stops.
    pub fn spawn<F, E>(&self, name: &'static str, task: F)
    where
        F: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<anyhow::Error> + Send + 'static,
    {
        let life = self.clone();
        let running = tokio::spawn(task);
        self.tasks.spawn(async move {
            match running.await {
                Ok(Err(error)) => life.fail(Ended::Failed { name, source: error.into() }),
                Err(error) if error.is_panic() => life.fail(Ended::Panicked { name }),
                // Done; or the runtime itself is being taken down, and nothing is left to stop.
                Ok(Ok(())) | Err(_) => {}
            }
        });
    }

    fn fail(&self, ended: Ended) {
        self.first.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(ended);
        self.stop();
    }

    /// Waits until the sign to stop is given or no task is left; then gives the tasks `patience` to finish.
    pub async fn finish(&self, patience: Duration) -> Result<(), Ended> {
        self.tasks.close();
        tokio::select! {
            () = self.stopping.cancelled() => {}
            () = self.tasks.wait() => {}
        }
        self.stop();
        let in_time = tokio::time::timeout(patience, self.tasks.wait()).await.is_ok();
        if let Some(first) = self.first.lock().unwrap_or_else(PoisonError::into_inner).take() {
            return Err(first);
        }
        if in_time { Ok(()) } else { Err(Ended::Late { left: self.tasks.len(), seconds: patience.as_secs() }) }
    }

    /// Gives the sign to stop at the first SIGTERM or Ctrl-C (SIGINT). Errors: the system refuses to report signals.
    pub fn stop_on_signal(&self) -> std::io::Result<()> {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let stopping = self.stopping();
        tokio::spawn(async move {
            let name = tokio::select! {
                _ = terminate.recv() => "SIGTERM",
                _ = interrupt.recv() => "SIGINT",
                () = stopping.cancelled() => return,
            };
            tracing::info!(signal = name, "stopping");
            stopping.cancel();
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_millis(200);

    #[tokio::test]
    async fn work_in_hand_is_finished_before_the_end() {
        let life = Lifecycle::new();
        let (done, finished) = tokio::sync::oneshot::channel();
        let stopping = life.stopping();
        life.spawn("worker", async move {
            stopping.cancelled().await;
            tokio::time::sleep(Duration::from_millis(20)).await;
            let _ = done.send(());
            Ok::<_, std::io::Error>(())
        });
        life.stop();
        life.finish(Duration::from_secs(5)).await.unwrap();
        finished.await.unwrap();
    }

    #[tokio::test]
    async fn a_failing_task_brings_the_others_down_under_its_name() {
        let life = Lifecycle::new();
        let stopping = life.stopping();
        life.spawn("listener", async move {
            stopping.cancelled().await;
            Err(std::io::Error::other("second"))
        });
        life.spawn("relay", async { Err(std::io::Error::other("first")) });
        let ended = life.finish(SOON).await.unwrap_err();
        assert_eq!(ended.to_string(), "task relay failed");
        assert_eq!(std::error::Error::source(&ended).unwrap().to_string(), "first");
    }

    #[tokio::test]
    async fn a_panic_is_a_failure_and_its_message_is_withheld() {
        let life = Lifecycle::new();
        life.spawn::<_, std::io::Error>("sweep", async { panic!("999990639") });
        let ended = life.finish(SOON).await.unwrap_err();
        assert!(matches!(ended, Ended::Panicked { name: "sweep" }));
        assert!(!format!("{ended:?}").contains("999990639"));
    }

    #[tokio::test]
    async fn a_task_that_ignores_the_sign_is_not_waited_for_for_ever() {
        let life = Lifecycle::new();
        life.spawn("deaf", async {
            std::future::pending::<()>().await;
            Ok::<_, std::io::Error>(())
        });
        life.stop();
        assert!(matches!(life.finish(SOON).await, Err(Ended::Late { left: 1, .. })));
    }

    #[tokio::test]
    async fn sigterm_is_the_sign_to_stop() {
        let life = Lifecycle::new();
        life.stop_on_signal().unwrap();
        let stopping = life.stopping();
        life.spawn("listener", async move {
            stopping.cancelled().await;
            Ok::<_, std::io::Error>(())
        });
        let pid = std::process::id().to_string();
        let sent = tokio::process::Command::new("sh").args(["-c", r#"kill -s TERM "$0""#, &pid]).status();
        assert!(sent.await.unwrap().success());
        tokio::time::timeout(Duration::from_secs(5), life.finish(SOON)).await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn ends_when_no_task_is_left() {
        let life = Lifecycle::new();
        life.spawn("once", async { Ok::<_, std::io::Error>(()) });
        tokio::time::timeout(Duration::from_secs(5), life.finish(SOON)).await.unwrap().unwrap();
    }
}
