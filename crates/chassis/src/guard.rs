//! The one guard in front of every service: who may call what, by when, and what a panic may break.

use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use contract::access::{self, Rule};
use contract::actor::{Actor, ActorKeys};
use contract::failure::{Failure, Kind, UNAUTHENTICATED};
use contract::{trace, wire};
use tonic::Status;
use tonic::service::Routes;
use tracing::Instrument;

use crate::lifecycle::{CallLost, Lifecycle};

/// No call runs longer than this, whatever its caller asks for.
const DEADLINE_MAX: Duration = Duration::from_mins(1);

#[derive(Clone)]
struct Guard {
    keys: ActorKeys,
    lifecycle: Lifecycle,
}

/// Puts the guard in front of a service's routes: the rule of the method, the actor's token, the deadline, a task of
/// its own (a caller that hangs up does not drop half of the work) and a barrier for panics.
pub fn guarded(routes: Routes, keys: ActorKeys, lifecycle: Lifecycle) -> Routes {
    let guard = Guard { keys, lifecycle };
    let router = routes.into_axum_router().layer(from_fn_with_state(guard, check));
    Routes::from(router).prepare()
}

/// Who the guard found to be calling.
///
/// # Errors
/// `common.unauthenticated` where a handler runs without the guard.
pub fn actor<T>(request: &tonic::Request<T>) -> Result<Actor, Failure> {
    request.extensions().get::<Actor>().cloned().ok_or_else(|| {
        Failure::new(Kind::Unauthenticated, UNAUTHENTICATED)
            .because("the call did not pass the guard")
    })
}

async fn check(State(guard): State<Guard>, mut request: Request, next: Next) -> Response {
    let Some((path, rule)) = access::find(request.uri().path()) else {
        return Status::unimplemented("no such method").into_http();
    };
    let actor = match admit(&guard.keys, path, rule, &request) {
        Ok(actor) => actor,
        Err(failure) => return Status::from(failure).into_http(),
    };
    request.extensions_mut().insert(actor);

    let span = tracing::info_span!("rpc", method = path);
    trace::adopt(&span, request.headers());
    let deadline = wire::deadline_of(request.headers()).unwrap_or(wire::DEADLINE);
    let started = Instant::now();
    let call = guard.lifecycle.call(path, next.run(request)).instrument(span);
    let answer = match tokio::time::timeout(deadline.min(DEADLINE_MAX), call).await {
        Ok(Ok(answer)) => answer,
        // The work goes on; whoever repeats the call with the same ids learns how it ended.
        Err(_) => Status::deadline_exceeded("the call took too long").into_http(),
        Ok(Err(CallLost::Panicked(_))) => Status::internal("").into_http(),
        Ok(Err(CallLost::Aborted(_))) => Status::unavailable("stopping").into_http(),
    };
    metrics::histogram!("bodega_rpc_duration_seconds", "method" => path)
        .record(started.elapsed().as_secs_f64());
    answer
}

fn admit(
    keys: &ActorKeys,
    path: &'static str,
    rule: Rule,
    request: &Request,
) -> Result<Actor, Failure> {
    let actor = keys.verify(request.headers())?;
    if actor.may(rule) {
        return Ok(actor);
    }
    tracing::warn!(method = path, ?actor, "call denied");
    metrics::counter!("bodega_rpc_denied_total", "method" => path).increment(1);
    Err(Failure::new(Kind::Denied, "common.denied").because("you may not do this"))
}

#[cfg(test)]
mod tests {
    use contract::inventory::order_service_client::OrderServiceClient;
    use contract::inventory::order_service_server::{OrderService, OrderServiceServer};
    use contract::inventory::{
        GetOrderRequest, GetOrderResponse, ListOrdersRequest, ListOrdersResponse,
        PlaceOrderRequest, PlaceOrderResponse,
    };
    use contract::switchboard::Switchboard;
    use kernel::clock::Clock;
    use kernel::ids::PersonId;
    use tonic::Code;

    use super::*;

    struct Scripted;

    #[tonic::async_trait]
    impl OrderService for Scripted {
        async fn place_order(
            &self,
            _: tonic::Request<PlaceOrderRequest>,
        ) -> Result<tonic::Response<PlaceOrderResponse>, Status> {
            panic!("on purpose")
        }

        async fn get_order(
            &self,
            _: tonic::Request<GetOrderRequest>,
        ) -> Result<tonic::Response<GetOrderResponse>, Status> {
            std::future::pending().await
        }

        async fn list_orders(
            &self,
            request: tonic::Request<ListOrdersRequest>,
        ) -> Result<tonic::Response<ListOrdersResponse>, Status> {
            let id = actor(&request)?.person()?.0;
            Ok(tonic::Response::new(ListOrdersResponse {
                total: id.unsigned_abs(),
                ..Default::default()
            }))
        }
    }

    fn shop() -> (OrderServiceClient<wire::Wire>, ActorKeys) {
        let keys = ActorKeys::new(&[7; 32], Clock::System).unwrap();
        let board = Switchboard::default();
        let routes = Routes::new(OrderServiceServer::new(Scripted));
        board.connect(guarded(routes, keys.clone(), Lifecycle::new()));
        (OrderServiceClient::new(board.wire()), keys)
    }

    fn anna() -> Actor {
        Actor::Person { id: PersonId(42), bits: 1 }
    }

    #[tokio::test]
    async fn the_handler_learns_who_calls() {
        let (mut orders, keys) = shop();
        let request = keys.caller(&anna()).request(ListOrdersRequest::default());
        assert_eq!(orders.list_orders(request).await.unwrap().into_inner().total, 42);
    }

    #[tokio::test]
    async fn nobody_and_the_wrong_kind_of_caller_stay_outside() {
        let (mut orders, keys) = shop();
        let status = orders.list_orders(ListOrdersRequest::default()).await.unwrap_err();
        assert_eq!(status.code(), Code::Unauthenticated);
        let service = keys.caller(&Actor::Service("bot".into()));
        let status = orders.list_orders(service.request(ListOrdersRequest::default())).await;
        assert_eq!(status.unwrap_err().code(), Code::PermissionDenied);
    }

    #[tokio::test]
    async fn a_panic_stays_behind_the_guard() {
        let (mut orders, keys) = shop();
        let request = keys.caller(&anna()).request(PlaceOrderRequest::default());
        assert_eq!(orders.place_order(request).await.unwrap_err().code(), Code::Internal);
    }

    #[tokio::test(start_paused = true)]
    async fn a_deadline_ends_the_wait_in_process_too() {
        let (mut orders, keys) = shop();
        let mut request = keys.caller(&anna()).request(GetOrderRequest::default());
        request.set_timeout(Duration::from_millis(50));
        assert_eq!(orders.get_order(request).await.unwrap_err().code(), Code::DeadlineExceeded);
    }
}
