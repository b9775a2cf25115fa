//! An HTTP/1 server on a listener of its own that can also hang up without answering.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::{SocketAddr, TcpListener as StdListener};
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::BoxError;
use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::response::Response;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tower::Service;

use crate::tasks::Tasks;

/// Where an emulator listens.
pub enum Bind {
    /// An address; port 0 lets the system choose.
    Address(SocketAddr),
    /// A listener bound before, so that others could be told its port in advance.
    Listener(StdListener),
}

impl Default for Bind {
    /// A free port of the loopback interface.
    fn default() -> Self {
        Self::Address(SocketAddr::from(([127, 0, 0, 1], 0)))
    }
}

impl Bind {
    pub(crate) async fn open(self) -> io::Result<TcpListener> {
        match self {
            Self::Address(address) => TcpListener::bind(address).await,
            Self::Listener(listener) => {
                listener.set_nonblocking(true)?;
                TcpListener::from_std(listener)
            }
        }
    }
}

/// Serves `router` until the tasks are stopped.
pub(crate) fn serve(listener: TcpListener, router: Router, tasks: &Tasks) {
    let owner = tasks.clone();
    tasks.spawn(async move {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => owner.spawn(connection(stream, Front(router.clone()))),
                Err(error) => {
                    tracing::warn!(%error, "accept failed");
                    tokio::task::yield_now().await;
                }
            }
        }
    });
}

async fn connection(stream: TcpStream, front: Front) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "no nodelay on a connection");
    }
    let server = Builder::new(TokioExecutor::new()).http1_only();
    let service = TowerToHyperService::new(front);
    if let Err(error) = server.serve_connection(TokioIo::new(stream), service).await {
        tracing::trace!(%error, "connection ended");
    }
}

/// An answer that is never sent: the connection closes instead.
pub(crate) fn hang_up() -> Response {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(HangUp);
    response
}

#[derive(Clone, Copy)]
struct HangUp;

#[derive(Debug, thiserror::Error)]
#[error("the emulator hung up on purpose")]
struct HungUp;

/// The router, with answers marked [`HangUp`] turned into a failure of the connection.
#[derive(Clone)]
struct Front(Router);

impl<B> Service<Request<B>> for Front
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response;
    type Error = HungUp;
    type Future = Pin<Box<dyn Future<Output = Result<Response, HungUp>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), HungUp>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let answer = self.0.call(request);
        Box::pin(async move {
            let Ok::<_, Infallible>(response) = answer.await;
            match response.extensions().get::<HangUp>() {
                Some(HangUp) => Err(HungUp),
                None => Ok(response),
            }
        })
    }
}
