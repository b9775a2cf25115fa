//! `InvoiceService`: decode, call, encode.

use std::sync::Arc;

use chassis::guard;
use contract::convert;
use contract::payments::invoice::Pay as WirePay;
use contract::payments::invoice_service_server::InvoiceService;
use contract::payments::{
    self as wire, ChatInvoice, CheckInvoiceRequest, CheckInvoiceResponse, GetInvoiceRequest,
    GetInvoiceResponse, InvoiceState, ListInvoicesRequest, ListInvoicesResponse,
    ListMethodsRequest, ListMethodsResponse, OpenInvoiceRequest, OpenInvoiceResponse,
};
use tonic::{Request, Response, Status};

use crate::domain::invoice::{Invoice, State};
use crate::operations::Payments;
use crate::operations::invoice::{self, OpenInvoice, Pay};

/// The methods about invoices.
pub struct InvoiceApi(pub Arc<Payments>);

#[tonic::async_trait]
impl InvoiceService for InvoiceApi {
    async fn list_methods(
        &self,
        _: Request<ListMethodsRequest>,
    ) -> Result<Response<ListMethodsResponse>, Status> {
        let methods = self.0.providers.iter().map(|desk| desk.about().slug.to_owned());
        Ok(Response::new(ListMethodsResponse {
            methods: methods.map(|slug| wire::Method { slug }).collect(),
            min: Some(self.0.terms.min.into()),
            max: Some(self.0.terms.max.into()),
        }))
    }

    async fn open_invoice(
        &self,
        request: Request<OpenInvoiceRequest>,
    ) -> Result<Response<OpenInvoiceResponse>, Status> {
        let person = guard::actor(&request)?.person()?;
        let request = request.into_inner();
        let asked = OpenInvoice {
            id: convert::id("invoice_id", &request.invoice_id)?,
            person,
            method: request.method,
            amount: convert::money("amount", request.amount)?,
        };
        let invoice = invoice::open_invoice(&self.0, asked).await?;
        Ok(Response::new(OpenInvoiceResponse { invoice: Some(self.encode(invoice)) }))
    }

    async fn get_invoice(
        &self,
        request: Request<GetInvoiceRequest>,
    ) -> Result<Response<GetInvoiceResponse>, Status> {
        let person = guard::actor(&request)?.person()?;
        let id = convert::id("invoice_id", &request.into_inner().invoice_id)?;
        let invoice = invoice::get_invoice(&self.0, person, id).await?;
        Ok(Response::new(GetInvoiceResponse { invoice: Some(self.encode(invoice)) }))
    }

    async fn check_invoice(
        &self,
        request: Request<CheckInvoiceRequest>,
    ) -> Result<Response<CheckInvoiceResponse>, Status> {
        let person = guard::actor(&request)?.person()?;
        let id = convert::id("invoice_id", &request.into_inner().invoice_id)?;
        let invoice = invoice::check_invoice(&self.0, person, id).await?;
        Ok(Response::new(CheckInvoiceResponse { invoice: Some(self.encode(invoice)) }))
    }

    async fn list_invoices(
        &self,
        request: Request<ListInvoicesRequest>,
    ) -> Result<Response<ListInvoicesResponse>, Status> {
        let person = guard::actor(&request)?.person()?;
        let page = convert::page(request.into_inner().page);
        let found = invoice::list_invoices(&self.0, person, page).await?;
        let found = found.map(|invoice| self.encode(invoice));
        Ok(Response::new(ListInvoicesResponse { invoices: found.rows, total: found.total }))
    }
}

impl InvoiceApi {
    fn encode(&self, invoice: Invoice) -> wire::Invoice {
        let state = match invoice.state {
            State::New => InvoiceState::New,
            State::Pending => InvoiceState::Pending,
            State::Paid => InvoiceState::Paid,
            State::Expired => InvoiceState::Expired,
            State::Review => InvoiceState::Review,
        };
        let pay = invoice::how_to_pay(&self.0, &invoice).map(|pay| match pay {
            Pay::Page(url) => WirePay::PayUrl(url),
            Pay::Chat { provider_token } => WirePay::ChatInvoice(ChatInvoice {
                payload: invoice.id.to_string(),
                price: Some(invoice.price.into()),
                provider_token,
            }),
        });
        wire::Invoice {
            invoice_id: invoice.id.to_string(),
            method: invoice.method,
            state: state.into(),
            amount: Some(invoice.amount.into()),
            expires_at: Some(convert::timestamp(invoice.expires_at)),
            pay,
        }
    }
}
