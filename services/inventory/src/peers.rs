//! What inventory asks of other services.

use std::time::Duration;

use contract::actor::{Actor, ActorKeys};
use contract::convert;
use contract::failure::Failure;
use contract::payments::charge_wallet_response::Outcome as Answer;
use contract::payments::wallet_service_client::WalletServiceClient;
use contract::payments::{ChargeWalletRequest, GrantKind, GrantWalletRequest, Refused};
use contract::wire::Wire;
use durable::saga::Outcome;
use kernel::money::Money;

use crate::domain::order::Order;
use crate::domain::purchase::Refusal;
use crate::domain::redemption::{Never, Redemption};

/// Payments, as inventory sees it.
#[derive(Clone)]
pub struct Payments {
    client: WalletServiceClient<Wire>,
    keys: ActorKeys,
}

impl Payments {
    /// Payments at the end of `wire`.
    pub fn new(wire: Wire, keys: ActorKeys) -> Self {
        Self { client: WalletServiceClient::new(wire), keys }
    }

    /// Takes the price of an order from its buyer's wallet, once, however often it is asked.
    ///
    /// Only an explicit answer counts. A failure of any kind is `Unknown`, also one that looks final: it leaves no
    /// tombstone in payments, so that a late duplicate of the request might still be charged.
    pub async fn charge(&self, order: &Order, timeout: Duration) -> Outcome<Refusal> {
        if order.total.minor == 0 {
            return Outcome::Done;
        }
        let caller = self.keys.caller(&Actor::Service("inventory".to_owned()));
        let mut request = caller.request(ChargeWalletRequest {
            transfer_id: order.id.to_string(),
            person_id: order.buyer.0,
            amount: Some(order.total.into()),
            reference: order.number.as_str().to_owned(),
        });
        request.set_timeout(timeout);
        let answer = match self.client.clone().charge_wallet(request).await {
            Ok(answer) => answer.into_inner().outcome,
            Err(status) => {
                let failure = Failure::from(status);
                tracing::warn!(order = ?order.id, %failure, "outcome of a charge is unknown");
                return Outcome::Unknown;
            }
        };
        match answer {
            Some(Answer::Charged(_)) => Outcome::Done,
            Some(Answer::Refused(Refused { available })) => {
                let available = convert::money("available", available)
                    .unwrap_or(Money::zero(order.total.currency));
                Outcome::Refused(Refusal::InsufficientFunds(available))
            }
            None => {
                tracing::warn!(order = ?order.id, "payments answered a charge with nothing");
                Outcome::Unknown
            }
        }
    }

    /// Gives a person the worth of a balance code, once, however often it is asked. Payments refuses no grant, so that
    /// whatever is not an answer is `Unknown`.
    pub async fn grant(&self, redemption: &Redemption, timeout: Duration) -> Outcome<Never> {
        let caller = self.keys.caller(&Actor::Service("inventory".to_owned()));
        let mut request = caller.request(GrantWalletRequest {
            transfer_id: redemption.transfer_id.to_string(),
            person_id: redemption.person.0,
            amount: Some(redemption.amount.into()),
            kind: GrantKind::Promo.into(),
            reference: redemption.code.to_string(),
        });
        request.set_timeout(timeout);
        match self.client.clone().grant_wallet(request).await {
            Ok(_) => Outcome::Done,
            Err(status) => {
                let failure = Failure::from(status);
                tracing::warn!(redemption = %redemption.id, %failure, "a grant is unknown");
                Outcome::Unknown
            }
        }
    }
}
