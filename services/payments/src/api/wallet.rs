//! `WalletService`: decode, call, encode.

use std::sync::Arc;

use chassis::guard;
use contract::convert;
use contract::failure::Failure;
use contract::payments::charge_wallet_response::Outcome;
use contract::payments::wallet_service_server::WalletService;
use contract::payments::{
    self as wire, ChargeWalletRequest, ChargeWalletResponse, GetWalletRequest, GetWalletResponse,
    GrantWalletRequest, GrantWalletResponse, ListOperationsRequest, ListOperationsResponse,
    OpenWalletRequest, OpenWalletResponse, OperationKind, TakeBackGrantRequest,
    TakeBackGrantResponse,
};
use kernel::currency::Currency;
use kernel::ids::PersonId;
use kernel::money::Money;
use tonic::{Request, Response, Status};

use crate::domain::ledger;
use crate::operations::Payments;
use crate::operations::grant;
use crate::operations::wallet::{self, Charged};
use crate::postings::{Charge, Grant, GrantKind};

/// The methods about wallets.
pub struct WalletApi(pub Arc<Payments>);

#[tonic::async_trait]
impl WalletService for WalletApi {
    async fn open_wallet(
        &self,
        request: Request<OpenWalletRequest>,
    ) -> Result<Response<OpenWalletResponse>, Status> {
        let request = request.into_inner();
        let person = person("person_id", request.person_id)?;
        // What is not a person invited nobody.
        let inviter = PersonId::new(request.inviter_id).ok();
        wallet::open_wallet(&self.0, person, inviter).await?;
        Ok(Response::new(OpenWalletResponse {}))
    }

    async fn get_wallet(
        &self,
        request: Request<GetWalletRequest>,
    ) -> Result<Response<GetWalletResponse>, Status> {
        let person = guard::actor(&request)?.person()?;
        let totals = wallet::get_wallet(&self.0, person).await?;
        Ok(Response::new(encode(totals, self.0.terms.currency())))
    }

    async fn list_operations(
        &self,
        request: Request<ListOperationsRequest>,
    ) -> Result<Response<ListOperationsResponse>, Status> {
        let person = guard::actor(&request)?.person()?;
        let page = convert::page(request.into_inner().page);
        let found = wallet::list_operations(&self.0, person, page).await?.map(operation);
        Ok(Response::new(ListOperationsResponse { operations: found.rows, total: found.total }))
    }

    async fn charge_wallet(
        &self,
        request: Request<ChargeWalletRequest>,
    ) -> Result<Response<ChargeWalletResponse>, Status> {
        let request = request.into_inner();
        let charge = Charge {
            id: convert::id("transfer_id", &request.transfer_id)?,
            person: person("person_id", request.person_id)?,
            amount: convert::money("amount", request.amount)?,
            reference: request.reference,
        };
        let outcome = match wallet::charge_wallet(&self.0, charge).await? {
            Charged::Charged { available } => {
                Outcome::Charged(wire::Charged { available: Some(available.into()) })
            }
            Charged::Refused { available } => {
                Outcome::Refused(wire::Refused { available: Some(available.into()) })
            }
        };
        Ok(Response::new(ChargeWalletResponse { outcome: Some(outcome) }))
    }

    async fn grant_wallet(
        &self,
        request: Request<GrantWalletRequest>,
    ) -> Result<Response<GrantWalletResponse>, Status> {
        let request = request.into_inner();
        let grant = Grant {
            id: convert::id("transfer_id", &request.transfer_id)?,
            person: person("person_id", request.person_id)?,
            kind: grant_kind(request.kind())?,
            amount: convert::money("amount", request.amount)?,
            reference: request.reference,
        };
        let available = grant::grant_wallet(&self.0, grant).await?;
        Ok(Response::new(GrantWalletResponse { available: Some(available.into()) }))
    }

    async fn take_back_grant(
        &self,
        request: Request<TakeBackGrantRequest>,
    ) -> Result<Response<TakeBackGrantResponse>, Status> {
        let request = request.into_inner();
        let id = convert::id("transfer_id", &request.transfer_id)?;
        let grant = convert::id("grant_id", &request.grant_id)?;
        let taken = grant::take_back_grant(&self.0, id, grant).await?;
        Ok(Response::new(TakeBackGrantResponse { taken: Some(taken.into()) }))
    }
}

fn grant_kind(kind: wire::GrantKind) -> Result<GrantKind, Failure> {
    match kind {
        wire::GrantKind::Promo => Ok(GrantKind::Promo),
        wire::GrantKind::Reward => Ok(GrantKind::Reward),
        wire::GrantKind::Unspecified => Err(convert::invalid("kind", "is required")),
    }
}

/// The person in a required field.
pub(super) fn person(field: &str, id: i64) -> Result<PersonId, Failure> {
    PersonId::new(id).map_err(|error| convert::invalid(field, error))
}

/// A wallet in the contract's words.
pub(super) fn encode(totals: ledger::Totals, currency: Currency) -> GetWalletResponse {
    let money = |minor| Some(Money::new(minor, currency).into());
    GetWalletResponse {
        available: money(totals.available_minor),
        held: money(totals.held_minor),
        topped_up: money(totals.topped_up_minor),
        spent: money(totals.spent_minor),
        earned: money(totals.earned_minor),
        invited: totals.invited,
        refunded: money(totals.refunded_minor),
        other: money(totals.other_minor),
    }
}

/// A movement in the contract's words.
pub(super) fn operation(operation: ledger::Operation) -> wire::Operation {
    let kind = match operation.kind {
        ledger::Kind::TopUp => OperationKind::TopUp,
        ledger::Kind::Purchase => OperationKind::Purchase,
        ledger::Kind::Referral => OperationKind::Referral,
        ledger::Kind::Adjustment => OperationKind::Adjustment,
        ledger::Kind::Refund => OperationKind::Refund,
        ledger::Kind::Promo => OperationKind::Promo,
        ledger::Kind::Reward => OperationKind::Reward,
        ledger::Kind::Opening => OperationKind::Opening,
        ledger::Kind::Suspense | ledger::Kind::Refused => OperationKind::Unspecified,
    };
    wire::Operation {
        transfer_id: operation.id.to_string(),
        kind: kind.into(),
        amount: Some(operation.amount.into()),
        happened_at: Some(convert::timestamp(operation.happened_at)),
        reference: operation.reference,
    }
}
