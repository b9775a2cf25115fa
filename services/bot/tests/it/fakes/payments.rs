//! Payments in memory: wallets, invoices that a test pays by hand, a history.

use contract::payments::invoice_service_server::InvoiceService;
use contract::payments::payments_feed_service_server::PaymentsFeedService;
use contract::payments::wallet_service_server::WalletService;
use contract::payments::*;

use super::*;

type Answer<T> = Result<tonic::Response<T>, Status>;

#[tonic::async_trait]
impl WalletService for Fakes {
    async fn open_wallet(&self, request: Request<OpenWalletRequest>) -> Answer<OpenWalletResponse> {
        self.enter("open_wallet", &request)?;
        let OpenWalletRequest { person_id, inviter_id } = request.into_inner();
        let new = super::Wallet { inviter: inviter_id, ..Default::default() };
        self.state().wallets.entry(person_id).or_insert(new);
        Ok(OpenWalletResponse {}.into())
    }

    async fn get_wallet(&self, request: Request<GetWalletRequest>) -> Answer<GetWalletResponse> {
        let person = self.enter("get_wallet", &request)?;
        let wallet = self.state().wallets.get(&person).copied().unwrap_or_default();
        Ok(encode(wallet).into())
    }

    async fn list_operations(
        &self,
        request: Request<ListOperationsRequest>,
    ) -> Answer<ListOperationsResponse> {
        self.enter("list_operations", &request)?;
        let state = self.state();
        let operations = page_of(&state.operations, request.into_inner().page);
        let total = state.operations.len() as u64;
        Ok(ListOperationsResponse { operations, total }.into())
    }

    async fn charge_wallet(&self, _: Request<ChargeWalletRequest>) -> Answer<ChargeWalletResponse> {
        Err(Status::unimplemented("the bot never charges"))
    }

    async fn grant_wallet(
        &self,
        request: Request<GrantWalletRequest>,
    ) -> Answer<GrantWalletResponse> {
        self.enter("grant_wallet", &request)?;
        let grant = request.into_inner();
        let mut state = self.state();
        if !state.grants.iter().any(|known| known.transfer_id == grant.transfer_id) {
            let minor = grant.amount.as_ref().map_or(0, |amount| amount.minor);
            state.wallets.entry(grant.person_id).or_default().available += minor;
            state.grants.push(grant.clone());
        }
        let available = state.wallets.entry(grant.person_id).or_default().available;
        Ok(GrantWalletResponse { available: Some(roubles(available)) }.into())
    }

    async fn take_back_grant(
        &self,
        request: Request<TakeBackGrantRequest>,
    ) -> Answer<TakeBackGrantResponse> {
        self.enter("take_back_grant", &request)?;
        let grant_id = request.into_inner().grant_id;
        let mut state = self.state();
        let found = state.grants.iter().find(|grant| grant.transfer_id == grant_id).cloned();
        let grant = found.ok_or_else(|| missing("payments.no_such_grant"))?;
        let given = grant.amount.map_or(0, |amount| amount.minor);
        let wallet = state.wallets.entry(grant.person_id).or_default();
        let taken = given.min(wallet.available);
        wallet.available -= taken;
        Ok(TakeBackGrantResponse { taken: Some(roubles(taken)) }.into())
    }
}

pub(super) fn encode(wallet: super::Wallet) -> GetWalletResponse {
    let others = wallet.available + wallet.held - wallet.topped_up + wallet.spent - wallet.earned;
    GetWalletResponse {
        available: Some(roubles(wallet.available)),
        held: Some(roubles(wallet.held)),
        topped_up: Some(roubles(wallet.topped_up)),
        spent: Some(roubles(wallet.spent)),
        earned: Some(roubles(wallet.earned)),
        invited: wallet.invited,
        refunded: Some(roubles(0)),
        other: Some(roubles(others)),
    }
}

#[tonic::async_trait]
impl InvoiceService for Fakes {
    async fn list_methods(
        &self,
        request: Request<ListMethodsRequest>,
    ) -> Answer<ListMethodsResponse> {
        self.enter("list_methods", &request)?;
        let methods =
            self.state().methods.iter().map(|slug| Method { slug: slug.clone() }).collect();
        let (min, max) = (Some(roubles(2_000)), Some(roubles(1_000_000)));
        Ok(ListMethodsResponse { methods, min, max }.into())
    }

    async fn open_invoice(
        &self,
        request: Request<OpenInvoiceRequest>,
    ) -> Answer<OpenInvoiceResponse> {
        let person = self.enter("open_invoice", &request)?;
        let OpenInvoiceRequest { invoice_id, method, amount } = request.into_inner();
        let mut state = self.state();
        let known = state.invoices.iter().find(|(_, one)| one.invoice_id == invoice_id);
        let invoice = match known {
            Some((_, invoice)) => invoice.clone(),
            None => {
                let invoice = opened(&state.clock, &invoice_id, &method, amount);
                state.invoices.push((person, invoice.clone()));
                invoice
            }
        };
        Ok(OpenInvoiceResponse { invoice: Some(invoice) }.into())
    }

    async fn get_invoice(&self, request: Request<GetInvoiceRequest>) -> Answer<GetInvoiceResponse> {
        let person = self.enter("get_invoice", &request)?;
        let invoice = find(&self.state(), person, &request.into_inner().invoice_id)?;
        Ok(GetInvoiceResponse { invoice: Some(invoice) }.into())
    }

    async fn check_invoice(
        &self,
        request: Request<CheckInvoiceRequest>,
    ) -> Answer<CheckInvoiceResponse> {
        let person = self.enter("check_invoice", &request)?;
        let invoice = find(&self.state(), person, &request.into_inner().invoice_id)?;
        Ok(CheckInvoiceResponse { invoice: Some(invoice) }.into())
    }

    async fn list_invoices(
        &self,
        request: Request<ListInvoicesRequest>,
    ) -> Answer<ListInvoicesResponse> {
        let person = self.enter("list_invoices", &request)?;
        let state = self.state();
        let own = state.invoices.iter().filter(|(whose, _)| *whose == person);
        let own: Vec<Invoice> = own.map(|(_, invoice)| invoice.clone()).collect();
        let invoices = page_of(&own, request.into_inner().page);
        Ok(ListInvoicesResponse { invoices, total: own.len() as u64 }.into())
    }
}

fn opened(clock: &Clock, invoice_id: &str, method: &str, amount: Option<common::Money>) -> Invoice {
    let pay = match method {
        "stars" => invoice::Pay::ChatInvoice(ChatInvoice {
            payload: invoice_id.to_owned(),
            price: Some(common::Money { minor: 91, currency: "XTR".into() }),
            provider_token: String::new(),
        }),
        _ => invoice::Pay::PayUrl(format!("https://pay.example/{invoice_id}")),
    };
    let expires_at = clock.now() + jiff::SignedDuration::from_mins(30);
    Invoice {
        invoice_id: invoice_id.to_owned(),
        method: method.to_owned(),
        state: InvoiceState::Pending.into(),
        amount,
        expires_at: Some(contract::convert::timestamp(expires_at)),
        pay: Some(pay),
    }
}

fn find(state: &State, person: i64, invoice_id: &str) -> Result<Invoice, Status> {
    let mut own = state.invoices.iter().filter(|(whose, _)| *whose == person);
    let found = own.find(|(_, one)| one.invoice_id == invoice_id);
    found.map(|(_, one)| one.clone()).ok_or_else(|| missing("payments.no_such_invoice"))
}

#[tonic::async_trait]
impl PaymentsFeedService for Fakes {
    async fn read_feed(&self, request: Request<ReadFeedRequest>) -> Answer<ReadFeedResponse> {
        self.enter("read_payments", &request)?;
        Ok(self.feed(request.into_inner(), |state| &state.payments_events).await.into())
    }
}
