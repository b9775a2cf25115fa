//! A role on a port of its own: guarded routes, gRPC health and reflection, graceful stop.

use std::io;
use std::net::SocketAddr;

use tokio::net::TcpListener;
use tonic::service::Routes;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic_health::ServingStatus;

use crate::lifecycle::Lifecycle;

/// Calls that a connection may bring and take back before the server has looked at them. A caller that gives up takes
/// its call back; where the process got no time to run, many have given up when it looks again, and one more than this
/// ends the connection for everybody on it. h2 allows 20, for strangers who do it on purpose; here only roles call.
const TAKEN_BACK_MAX: usize = 16_384;

/// Serves routes that were made with [`crate::guard::guarded`] until the process stops; returns the address in use.
///
/// # Errors
/// The listener has no address, or the contract's descriptors cannot be read.
pub async fn serve(
    listener: TcpListener,
    routes: Routes,
    lifecycle: &Lifecycle,
) -> io::Result<SocketAddr> {
    let address = listener.local_addr()?;
    let (health, health_server) = tonic_health::server::health_reporter();
    health.set_service_status("", ServingStatus::Serving).await;
    let reflection = tonic_reflection::server::Builder::configure()
        .register_encoded_file_descriptor_set(contract::DESCRIPTORS)
        .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
        .build_v1()
        .map_err(io::Error::other)?;

    let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
    let stopping = lifecycle.clone();
    let serving = Server::builder()
        .http2_max_pending_accept_reset_streams(Some(TAKEN_BACK_MAX))
        .add_routes(routes)
        .add_service(health_server)
        .add_service(reflection)
        .serve_with_incoming_shutdown(incoming, async move {
            stopping.stopping().await;
            health.set_service_status("", ServingStatus::NotServing).await;
        });
    lifecycle.spawn("grpc server", async move {
        if let Err(error) = serving.await {
            tracing::error!(%error, "grpc server failed");
        }
    });
    Ok(address)
}
