//! A role on a port of its own: guarded routes, gRPC health and reflection, graceful stop.

use std::io;
use std::net::SocketAddr;

use tokio::net::TcpListener;
use tonic::service::Routes;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic_health::ServingStatus;

use crate::lifecycle::Lifecycle;

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
