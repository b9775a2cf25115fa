//! The ways to pay that are switched on. Each button carries a fresh invoice id, so that a repeated press is the same
//! invoice.

use contract::failure::Failure;
use kernel::ids::InvoiceId;
use kernel::money::Money;
use serde::{Deserialize, Serialize};

use crate::peers::invoices::{MethodSlug, Methods as Offer};
use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::screens::{Invoice, TopUp, top_up};
use crate::texts::Label;

/// How to pay a top-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Methods {
    /// In the shop's currency.
    pub amount_minor: i64,
}

impl Page for Methods {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let offer = cx.peers.list_methods().await?;
        let mut amount = cx.money(self.amount_minor);
        // What is missing for a purchase may be less than the least top-up.
        if amount.minor > 0 && amount.minor < offer.min.minor {
            amount = offer.min;
        }
        if let Some(problem) = top_up::bounds_problem(cx, &offer, amount) {
            return Ok(top_up::ask(cx, &offer, Some(problem)));
        }
        Ok(View::new(cx.texts.methods_title(cx.format.money(amount)))
            .list(keys(cx, offer, amount))
            .row([Key::to(cx.texts.key_back(), TopUp), cx.home_key()]))
    }

    async fn react(&self, cx: &Cx, _: Input<'_>) -> Result<Reaction, Failure> {
        if cx.peers.list_methods().await?.methods.is_empty() {
            return Ok(Reaction::Alert(cx.texts.alert_no_methods()));
        }
        Ok(Reaction::Show(self.view(cx).await?))
    }
}

/// A button for each way to pay so much.
pub fn keys(cx: &Cx, offer: Offer, amount: Money) -> impl Iterator<Item = Key> {
    offer.methods.into_iter().map(move |method| {
        let label = name(cx, &method);
        let invoice = InvoiceId::fresh(&cx.clock);
        Key::to(label, Invoice::Open { invoice, method, amount_minor: amount.minor })
    })
}

/// What people call a method.
pub fn name(cx: &Cx, method: &MethodSlug) -> Label {
    match method.as_str() {
        "cryptopay" => cx.texts.key_method_cryptopay(),
        "stars" => cx.texts.key_method_stars(),
        other => other.to_owned().into(),
    }
}
