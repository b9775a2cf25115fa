//! The bot and payments as the gateway sees them: they note what comes and answer as the test says.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use contract::bot::bot_intake_service_server::{BotIntakeService, BotIntakeServiceServer};
use contract::bot::{ParkUpdateRequest, ParkUpdateResponse};
use contract::failure::{Failure, Kind};
use contract::payments::payments_intake_service_server::{
    PaymentsIntakeService, PaymentsIntakeServiceServer,
};
use contract::payments::{TakeCallbackRequest, TakeCallbackResponse};
use contract::{bot, payments};
use tokio::sync::{Semaphore, watch};
use tonic::service::Routes;
use tonic::{Request, Response, Status};

/// Nothing here takes this long; a test that waits for it has failed.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a method does with its next call.
#[derive(Clone)]
pub enum Reply {
    Done,
    Fail(Kind, &'static str),
    Panic,
    /// Done once a permit is added.
    Hold(Arc<Semaphore>),
    /// Broken once a permit is added.
    HoldAndBreak(Arc<Semaphore>),
}

/// One method: what came in, what is done with, and what to answer.
pub struct Method<T> {
    seen: watch::Sender<Vec<T>>,
    next: Mutex<VecDeque<Reply>>,
    otherwise: Mutex<Reply>,
}

impl<T> Default for Method<T> {
    fn default() -> Self {
        Self {
            seen: watch::Sender::new(Vec::new()),
            next: Mutex::default(),
            otherwise: Mutex::new(Reply::Done),
        }
    }
}

impl<T: Clone> Method<T> {
    /// Answers the next calls like this, one each.
    pub fn then(&self, replies: impl IntoIterator<Item = Reply>) {
        self.next.lock().unwrap().extend(replies);
    }

    /// Answers every other call like this.
    pub fn always(&self, reply: Reply) {
        *self.otherwise.lock().unwrap() = reply;
    }

    /// Everything that came in.
    pub fn seen(&self) -> Vec<T> {
        self.seen.borrow().clone()
    }

    /// Waits until so many calls came in.
    pub async fn sees(&self, count: usize) -> Vec<T> {
        let mut seen = self.seen.subscribe();
        let enough = seen.wait_for(|seen| seen.len() >= count);
        let enough = tokio::time::timeout(PATIENCE, enough).await;
        enough.expect("the calls do not come").unwrap().clone()
    }

    async fn play(&self, call: T) -> Result<(), Status> {
        self.seen.send_modify(|seen| seen.push(call));
        let next = self.next.lock().unwrap().pop_front();
        match next.unwrap_or_else(|| self.otherwise.lock().unwrap().clone()) {
            Reply::Done => {}
            Reply::Fail(kind, code) => return Err(Failure::new(kind, code).into()),
            Reply::Panic => panic!("on purpose"),
            Reply::Hold(gate) => gate.acquire().await.unwrap().forget(),
            Reply::HoldAndBreak(gate) => {
                gate.acquire().await.unwrap().forget();
                return Err(Failure::new(Kind::Internal, "bot.broken").into());
            }
        }
        Ok(())
    }
}

/// The bot.
#[derive(Clone, Default)]
pub struct Bot {
    pub updates: Arc<Method<String>>,
    /// What was parked, and why.
    pub parked: Arc<Method<(Vec<u8>, String)>>,
}

/// Payments.
#[derive(Clone, Default)]
pub struct Payments {
    pub updates: Arc<Method<String>>,
    pub callbacks: Arc<Method<TakeCallbackRequest>>,
}

impl Bot {
    pub fn routes(&self) -> Routes {
        Routes::new(BotIntakeServiceServer::new(self.clone()))
    }
}

impl Payments {
    pub fn routes(&self) -> Routes {
        Routes::new(PaymentsIntakeServiceServer::new(self.clone()))
    }
}

#[tonic::async_trait]
impl BotIntakeService for Bot {
    async fn take_update(
        &self,
        request: Request<bot::TakeUpdateRequest>,
    ) -> Result<Response<bot::TakeUpdateResponse>, Status> {
        self.updates.play(text(&request.into_inner().update)).await?;
        Ok(Response::new(bot::TakeUpdateResponse {}))
    }

    async fn park_update(
        &self,
        request: Request<ParkUpdateRequest>,
    ) -> Result<Response<ParkUpdateResponse>, Status> {
        let ParkUpdateRequest { update, reason } = request.into_inner();
        self.parked.play((update, reason)).await?;
        Ok(Response::new(ParkUpdateResponse {}))
    }
}

#[tonic::async_trait]
impl PaymentsIntakeService for Payments {
    async fn take_update(
        &self,
        request: Request<payments::TakeUpdateRequest>,
    ) -> Result<Response<payments::TakeUpdateResponse>, Status> {
        self.updates.play(text(&request.into_inner().update)).await?;
        Ok(Response::new(payments::TakeUpdateResponse {}))
    }

    async fn take_callback(
        &self,
        request: Request<TakeCallbackRequest>,
    ) -> Result<Response<TakeCallbackResponse>, Status> {
        self.callbacks.play(request.into_inner()).await?;
        Ok(Response::new(TakeCallbackResponse {}))
    }
}

fn text(update: &[u8]) -> String {
    String::from_utf8(update.to_vec()).expect("what reaches a service is text")
}
