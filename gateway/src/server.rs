//! Connections from outside: accepted up to a cap, dropped when they do not speak, finished when
//! the process stops.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use chassis::lifecycle::Lifecycle;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// Connections open at a time; more wait in the system's queue.
const CONNECTIONS_MAX: usize = 4_096;
/// Longest head of a request; a longer one is answered 431.
const HEAD_BYTES_MAX: u16 = 8_192;
/// Between two tries to accept when the system has no descriptors left.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// What every connection is served with.
#[derive(Clone)]
pub struct Server {
    /// Answers requests.
    pub router: Router,
    /// Owns the connections.
    pub lifecycle: Lifecycle,
    /// How long the head of a request may take.
    pub head_timeout: Duration,
}

/// Serves what connects to `listener` until the process stops.
pub fn serve(listener: TcpListener, server: Server) {
    let owner = server.lifecycle.clone();
    owner.clone().spawn("gateway listener", async move {
        let slots = Arc::new(Semaphore::new(CONNECTIONS_MAX));
        let stop = owner.token();
        loop {
            let next = async {
                let slot = Arc::clone(&slots).acquire_owned().await;
                (slot, listener.accept().await)
            };
            let Some((slot, accepted)) = stop.run_until_cancelled(next).await else { return };
            match accepted {
                Ok((stream, _)) => {
                    let served = connection(stream, server.clone());
                    owner.spawn_errand("gateway connection", async move {
                        served.await;
                        drop(slot);
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    owner.pause(ACCEPT_PAUSE).await;
                }
            }
        }
    });
}

async fn connection(stream: TcpStream, server: Server) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "no nodelay on a connection");
    }
    let protocol = protocol(server.head_timeout);
    let routes = TowerToHyperService::new(server.router);
    let mut serving = pin!(protocol.serve_connection(TokioIo::new(stream), routes));
    let ended = tokio::select! {
        ended = serving.as_mut() => ended,
        () = server.lifecycle.stopping() => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = ended {
        tracing::trace!(error, "connection ended");
    }
}

/// HTTP/1 alone: whoever asks nothing in time is gone, while HTTP/2 would let one who only answers
/// pings stay for ever.
fn protocol(head_timeout: Duration) -> Builder<TokioExecutor> {
    let mut protocol = Builder::new(TokioExecutor::new()).http1_only();
    protocol
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(head_timeout)
        .max_buf_size(HEAD_BYTES_MAX.into());
    protocol
}
