//! What becomes of an update, whichever way it came: whose it is, whether its sender may, and what
//! if it fails.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chassis::ground::Ground;
use chassis::lifecycle::CallLost;
use contract::bot::bot_intake_service_client::BotIntakeServiceClient;
use contract::failure::{Failure, Kind as FailureKind};
use contract::payments::payments_intake_service_client::PaymentsIntakeServiceClient;
use contract::{bot, payments};
use kernel::ids::PersonId;
use telegram::{ChatKind, Head, Kind};
use tokio::time::Instant;

use crate::limits::{Limits, Verdict};
use crate::meters;
use crate::notices::Notices;
use crate::retries::{FAILURES_MAX, Retries};

/// For a whole update: Telegram hangs up after a minute.
const DEADLINE: Duration = Duration::from_secs(50);
/// For a pre-checkout: the payer's payment is cancelled after ten seconds.
const PRE_CHECKOUT_DEADLINE: Duration = Duration::from_secs(9);
/// For setting an update aside, on top of the deadline above.
const PARK_DEADLINE: Duration = Duration::from_secs(5);
/// More of a parked update is not kept.
const PARKED_BYTES_MAX: usize = 64 * 1024;

/// Where an update stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Finished, stored or set aside: it must not come again.
    Done,
    /// Its service cannot now: it must come again.
    Later,
    /// It failed: it may come again a few times.
    Failed,
}

/// Takes updates in; one for the whole gateway.
pub struct Intake {
    ground: Ground,
    limits: Limits,
    notices: Notices,
    retries: Retries,
}

impl Intake {
    /// Hands updates to the services of this ground.
    pub fn new(ground: &Ground, limits: Limits, notices: Notices) -> Self {
        Self { ground: ground.clone(), limits, notices, retries: Retries::default() }
    }

    /// Brings one update as far as it goes now. Whoever waits for the answer may leave: the work
    /// goes on.
    pub async fn take(self: &Arc<Self>, update: Bytes) -> Answer {
        let intake = Arc::clone(self);
        let work = async move { intake.handle(&update).await };
        match self.ground.lifecycle.call("update", work).await {
            Ok(answer) => answer,
            Err(CallLost::Panicked(_)) => Answer::Failed,
            Err(CallLost::Aborted(_)) => Answer::Later,
        }
    }

    async fn handle(&self, update: &Bytes) -> Answer {
        let started = Instant::now();
        let head = match Head::parse(update) {
            Ok(head) => head,
            Err(malformed) => {
                tracing::warn!(%malformed, bytes = update.len(), "an update cannot be understood");
                return self.park(update, "malformed").await;
            }
        };
        let result = match head.kind {
            Kind::Other => Ok(()),
            Kind::PreCheckoutQuery => self.tell_payments(update, PRE_CHECKOUT_DEADLINE).await,
            _ if head.is_payment() => self.tell_payments(update, DEADLINE).await,
            _ if self.is_beyond_limit(&head).await => Ok(()),
            _ => self.tell_bot(update).await,
        };
        let answer = self.settle(&head, update, result).await;
        meters::update(head.kind.name(), started.elapsed());
        answer
    }

    /// Counts the update against its sender; true means that it is dropped, and whoever should know
    /// has been told.
    async fn is_beyond_limit(&self, head: &Head<'_>) -> bool {
        let counts = match head.kind {
            Kind::CallbackQuery => true,
            // Talk in groups is not with the shop; who blocks the bot must be known.
            Kind::Message | Kind::EditedMessage => {
                head.chat.is_some_and(|chat| chat.kind == ChatKind::Private)
            }
            _ => false,
        };
        let person = head.user_id().and_then(|id| PersonId::new(id).ok());
        let Some(person) = person.filter(|_| counts) else { return false };
        // It was counted when it came for the first time: an outage must not use up anybody's
        // limit.
        if self.retries.knows(head.update_id) {
            return false;
        }
        let press = head.callback.as_ref().and_then(|press| press.data.as_deref());
        match self.limits.check(person, press).await {
            Verdict::Pass => false,
            Verdict::Drop(dropped) => {
                meters::limited(dropped.reached.name());
                self.notices.send(head, dropped);
                true
            }
        }
    }

    async fn tell_payments(&self, update: &Bytes, deadline: Duration) -> Result<(), Failure> {
        let mut payments = PaymentsIntakeServiceClient::new(self.ground.wires.payments.clone());
        let update = payments::TakeUpdateRequest { update: update.to_vec() };
        payments.take_update(self.request(update, deadline)).await?;
        Ok(())
    }

    async fn tell_bot(&self, update: &Bytes) -> Result<(), Failure> {
        let mut bot = BotIntakeServiceClient::new(self.ground.wires.bot.clone());
        let update = bot::TakeUpdateRequest { update: update.to_vec() };
        bot.take_update(self.request(update, DEADLINE)).await?;
        Ok(())
    }

    async fn settle(&self, head: &Head<'_>, update: &Bytes, result: Result<(), Failure>) -> Answer {
        let id = head.update_id;
        let Err(failure) = result else {
            self.retries.forget(id);
            return Answer::Done;
        };
        match failure.kind() {
            FailureKind::Unavailable => {
                tracing::warn!(update = id, %failure, "an update has to wait");
            }
            // Only payments may take money off Telegram's hands, which keep it for a day.
            _ if head.is_payment() => {
                tracing::error!(update = id, %failure, "a payment update failed");
                meters::payment_failed();
            }
            // About the gateway or the moment: any update would fare the same.
            FailureKind::Unauthenticated | FailureKind::Denied | FailureKind::Exhausted => {
                tracing::error!(update = id, %failure, "an update is not let in");
            }
            _ => return self.fail(id, update, &failure).await,
        }
        self.retries.postpone(id);
        postponed()
    }

    /// Counts a failure of the update itself; one too many, and it is parked.
    async fn fail(&self, id: i64, update: &Bytes, failure: &Failure) -> Answer {
        let failures = self.retries.fail(id);
        tracing::error!(update = id, failures, %failure, "an update failed");
        if failures < FAILURES_MAX {
            return Answer::Failed;
        }
        let answer = self.park(update, "poison").await;
        if answer == Answer::Done {
            self.retries.forget(id);
        }
        answer
    }

    /// Sets an update aside with the bot, so that it does not block its chat.
    async fn park(&self, update: &Bytes, reason: &'static str) -> Answer {
        let kept = &update[..update.len().min(PARKED_BYTES_MAX)];
        let parked = bot::ParkUpdateRequest { update: kept.to_vec(), reason: reason.to_owned() };
        let mut bot = BotIntakeServiceClient::new(self.ground.wires.bot.clone());
        match bot.park_update(self.request(parked, PARK_DEADLINE)).await.map_err(Failure::from) {
            Ok(_) => {
                tracing::error!(reason, "an update was parked");
                meters::parked(reason);
                Answer::Done
            }
            Err(failure) => {
                tracing::error!(reason, %failure, "an update could not be parked");
                postponed()
            }
        }
    }

    fn request<T>(&self, message: T, deadline: Duration) -> tonic::Request<T> {
        let mut request = self.ground.caller_for_service("gateway").request(message);
        request.set_timeout(deadline);
        request
    }
}

fn postponed() -> Answer {
    meters::postponed();
    Answer::Later
}
