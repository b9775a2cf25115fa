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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures_util::stream;
    use tonic::transport::Endpoint;
    use tonic_health::pb::HealthCheckRequest;
    use tonic_health::pb::health_client::HealthClient;
    use tonic_reflection::pb::v1::ServerReflectionRequest;
    use tonic_reflection::pb::v1::server_reflection_client::ServerReflectionClient;
    use tonic_reflection::pb::v1::server_reflection_request::MessageRequest;
    use tonic_reflection::pb::v1::server_reflection_response::MessageResponse;

    use super::*;

    #[tokio::test]
    async fn a_role_that_runs_apart_tells_what_it_serves_and_how_it_is() {
        let lifecycle = Lifecycle::new();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = serve(listener, Routes::default(), &lifecycle).await.unwrap();
        let endpoint = Endpoint::from_shared(format!("http://{address}")).unwrap();
        let channel = endpoint.connect().await.unwrap();

        let mut reflection = ServerReflectionClient::new(channel.clone());
        let mut ask = async |message| {
            let request = ServerReflectionRequest {
                message_request: Some(message),
                ..ServerReflectionRequest::default()
            };
            let answers = reflection.server_reflection_info(stream::iter([request])).await.unwrap();
            answers.into_inner().message().await.unwrap().unwrap().message_response.unwrap()
        };
        let MessageResponse::ListServicesResponse(list) =
            ask(MessageRequest::ListServices(String::new())).await
        else {
            panic!("no list")
        };
        let names: Vec<_> = list.service.into_iter().map(|service| service.name).collect();
        for name in ["bodega.payments.v1.WalletService", "grpc.health.v1.Health"] {
            assert!(names.iter().any(|listed| listed == name), "{name} is not in {names:?}");
        }
        let symbol = "bodega.inventory.v1.OrderService".to_owned();
        let found = ask(MessageRequest::FileContainingSymbol(symbol)).await;
        assert!(matches!(found, MessageResponse::FileDescriptorResponse(_)), "{found:?}");

        let mut health = HealthClient::new(channel);
        let status = health.check(HealthCheckRequest::default()).await.unwrap().into_inner();
        assert_eq!(
            status.status(),
            tonic_health::pb::health_check_response::ServingStatus::Serving
        );
        drop((reflection, health));
        assert!(lifecycle.stop(Duration::from_secs(5)).await.is_empty());
    }
}
