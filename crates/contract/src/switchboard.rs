//! Wires before routes: services of one process call each other in circles, so wires are handed out first and
//! connected once everything has started.

use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};

use futures_core::future::BoxFuture;
use tonic::body::Body;
use tonic::service::Routes;
use tonic::{Status, codegen::Service};
use tower::ServiceExt;

use crate::wire::{BoxError, Wire};

/// A local wire that answers Unavailable until it is connected.
#[derive(Clone, Default)]
pub struct Switchboard(Arc<OnceLock<Routes>>);

impl Switchboard {
    /// A wire through this switchboard; may be handed out before [`Self::connect`].
    pub fn wire(&self) -> Wire {
        Wire::new(self.clone())
    }

    /// Connects the wires to `routes`, once, at the end of start-up.
    pub fn connect(&self, routes: Routes) {
        assert!(self.0.set(routes).is_ok(), "a switchboard is connected once");
    }
}

impl Service<http::Request<Body>> for Switchboard {
    type Response = http::Response<Body>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Self::Response, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let routes = self.0.get().cloned();
        Box::pin(async move {
            let Some(routes) = routes else {
                // As a Status, or the client would see Unknown.
                return Err(Status::unavailable("the service is still starting").into());
            };
            ServiceExt::<http::Request<Body>>::oneshot(routes, request).await.map_err(Into::into)
        })
    }
}
