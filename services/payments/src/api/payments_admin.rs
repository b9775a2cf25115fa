//! `PaymentsAdminService`: decode, call, encode.

use std::sync::Arc;

use chassis::guard;
use contract::convert;
use contract::payments::payments_admin_service_server::PaymentsAdminService;
use contract::payments::{
    AdjustBalanceRequest, AdjustBalanceResponse, CheckBooksRequest, CheckBooksResponse,
    ListSuspenseRequest, ListSuspenseResponse, SuspenseCase,
};
use tonic::{Request, Response, Status};

use super::wallet::person;
use crate::operations::{Payments, adjustment, books, suspense};
use crate::postings::Adjustment;

/// The methods of staff.
pub struct PaymentsAdminApi(pub Arc<Payments>);

#[tonic::async_trait]
impl PaymentsAdminService for PaymentsAdminApi {
    async fn adjust_balance(
        &self,
        request: Request<AdjustBalanceRequest>,
    ) -> Result<Response<AdjustBalanceResponse>, Status> {
        let staff = guard::actor(&request)?.person()?;
        let request = request.into_inner();
        let asked = Adjustment {
            id: convert::id("transfer_id", &request.transfer_id)?,
            person: person("person_id", request.person_id)?,
            amount: convert::money("amount", request.amount)?,
            reason: request.reason,
            staff,
        };
        let available = adjustment::adjust_balance(&self.0, asked).await?;
        Ok(Response::new(AdjustBalanceResponse { available: Some(available.into()) }))
    }

    async fn list_suspense(
        &self,
        request: Request<ListSuspenseRequest>,
    ) -> Result<Response<ListSuspenseResponse>, Status> {
        let page = convert::page(request.into_inner().page);
        let found = suspense::list_suspense(&self.0, page).await?;
        let found = found.map(|(case, opened_at)| SuspenseCase {
            case_id: case.id.to_string(),
            provider: case.provider,
            external_id: case.external_id,
            reason: case.reason,
            amount: case.amount.map(Into::into),
            opened_at: Some(convert::timestamp(opened_at)),
        });
        Ok(Response::new(ListSuspenseResponse { cases: found.rows, total: found.total }))
    }

    async fn check_books(
        &self,
        _: Request<CheckBooksRequest>,
    ) -> Result<Response<CheckBooksResponse>, Status> {
        let books = books::check_books(&self.0).await?;
        Ok(Response::new(CheckBooksResponse {
            sum_minor: books.sum_minor,
            drifted_wallets: books.drifted_wallets,
            overdue_holds: books.overdue_holds,
            drifted_holds: books.drifted_holds,
        }))
    }
}
