//! Calls over the network to a server that gets no time to run.

use std::net::SocketAddr;
use std::sync::mpsc;
use std::time::Duration;

use chassis::guard::guarded;
use chassis::lifecycle::Lifecycle;
use chassis::serve::serve;
use contract::actor::{Actor, Caller};
use contract::inventory::order_service_client::OrderServiceClient;
use contract::inventory::order_service_server::{OrderService, OrderServiceServer};
use contract::inventory::{
    GetOrderRequest, GetOrderResponse, ListOrdersRequest, ListOrdersResponse, PlaceOrderRequest,
    PlaceOrderResponse,
};
use contract::wire::Wire;
use futures_util::future::join_all;
use kernel::ids::PersonId;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tonic::service::Routes;
use tonic::{Code, Request, Response, Status};

/// Callers that lose patience; more than h2 forgives a peer of whom it knows nothing.
const IMPATIENT: usize = 300;

struct Orders;

#[tonic::async_trait]
impl OrderService for Orders {
    async fn place_order(
        &self,
        _: Request<PlaceOrderRequest>,
    ) -> Result<Response<PlaceOrderResponse>, Status> {
        Err(Status::unimplemented("nobody asks"))
    }

    async fn get_order(
        &self,
        _: Request<GetOrderRequest>,
    ) -> Result<Response<GetOrderResponse>, Status> {
        Err(Status::unimplemented("nobody asks"))
    }

    async fn list_orders(
        &self,
        _: Request<ListOrdersRequest>,
    ) -> Result<Response<ListOrdersResponse>, Status> {
        Ok(Response::new(ListOrdersResponse::default()))
    }
}

/// A server on a thread of its own, which is all that it has.
struct Server {
    address: SocketAddr,
    pauses: UnboundedSender<Pause>,
}

/// Told when the server stands still, and until then it does.
struct Pause {
    begun: mpsc::Sender<()>,
    over: mpsc::Receiver<()>,
}

impl Server {
    fn start() -> Self {
        let (address, addresses) = mpsc::channel();
        let (pauses, mut asked) = unbounded_channel::<Pause>();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(async {
                let lifecycle = Lifecycle::new();
                let routes = Routes::new(OrderServiceServer::new(Orders));
                let routes = guarded(routes, testkit::keys(), lifecycle.clone());
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                address.send(serve(listener, routes, &lifecycle).await.unwrap()).unwrap();
                while let Some(pause) = asked.recv().await {
                    pause.begun.send(()).unwrap();
                    pause.over.recv().unwrap();
                }
            });
        });
        Self { address: addresses.recv().unwrap(), pauses }
    }

    /// Reads nothing from the network from now on, until something is sent through what it returns.
    fn stand_still(&self) -> mpsc::Sender<()> {
        let (begin, begun) = mpsc::channel();
        let (go_on, over) = mpsc::channel();
        self.pauses.send(Pause { begun: begin, over }).unwrap();
        begun.recv().unwrap();
        go_on
    }
}

#[tokio::test]
async fn in30_callers_that_give_up_on_a_starved_server_do_not_take_the_others_with_them() {
    let server = Server::start();
    let wire = Wire::remote(&format!("http://{}", server.address)).unwrap();
    let caller = testkit::keys().caller(&Actor::Person { id: PersonId(42), bits: 1 });
    let ask = |patience| list_orders(&wire, &caller, patience);
    ask(Duration::from_secs(30)).await.unwrap();

    let go_on = server.stand_still();
    let (patient, ()) = tokio::join!(ask(Duration::from_secs(30)), async {
        let impatient = (0..IMPATIENT).map(|_| ask(Duration::from_millis(100)));
        for answer in join_all(impatient).await {
            assert_eq!(answer.unwrap_err().code(), Code::DeadlineExceeded);
        }
        go_on.send(()).unwrap();
    });
    patient.unwrap();
}

async fn list_orders(wire: &Wire, caller: &Caller, patience: Duration) -> Result<(), Status> {
    let mut request = caller.request(ListOrdersRequest::default());
    request.set_timeout(patience);
    OrderServiceClient::new(wire.clone()).list_orders(request).await.map(|_| ())
}
