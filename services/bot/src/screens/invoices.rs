//! Invoices that still wait for money.

use contract::failure::Failure;
use kernel::page::PageRequest;
use serde::{Deserialize, Serialize};

use crate::peers::invoices::InvoiceState;
use crate::screen::{Cx, Key, Page, View};
use crate::screens::{Invoice, Profile, invoice, methods};

/// Invoices are short-lived: the open ones are among the latest.
const LATEST: u32 = 20;

/// The open invoices of whoever looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoices;

impl Page for Invoices {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let latest = cx.peers.list_invoices(PageRequest::clamped(0, LATEST)).await?;
        let open = latest
            .rows
            .into_iter()
            .filter(|invoice| matches!(invoice.state, InvoiceState::New | InvoiceState::Pending));
        let keys: Vec<Key> = open
            .map(|one| {
                let minutes = invoice::minutes_left(cx, one.expires_at);
                let method = methods::name(cx, &one.method);
                let amount = cx.format.money(one.amount);
                let label = cx.texts.key_invoice(amount, &*method, minutes);
                Key::to(label, Invoice::Show { invoice: one.id })
            })
            .collect();
        let title =
            if keys.is_empty() { cx.texts.invoices_empty() } else { cx.texts.invoices_title() };
        Ok(View::new(title).list(keys).row([Key::to(cx.texts.key_back(), Profile), cx.home_key()]))
    }
}
