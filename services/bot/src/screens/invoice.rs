//! One invoice: opened by a press, paid behind a link or in the chat, asked after by a button.

use contract::failure::Failure;
use jiff::Timestamp;
use kernel::ids::InvoiceId;
use serde::{Deserialize, Serialize};

use crate::intents::Intent;
use crate::outbound::key;
use crate::peers::invoices::{self, InvoiceState, MethodSlug, Pay};
use crate::screen::{ChatInvoice, Cx, Input, Key, Page, Reaction, View};
use crate::screens::{Methods, Profile, Shop, Support, TopUp, buy_on};

/// What a button does with an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Invoice {
    /// Opens it; repeated, it is the same one.
    Open {
        /// Made when the methods were shown.
        invoice: InvoiceId,
        /// How it will be paid.
        method: MethodSlug,
        /// In the shop's currency.
        amount_minor: i64,
    },
    /// Shows it again.
    Show {
        /// Which.
        invoice: InvoiceId,
    },
    /// Asks the payment service now.
    Check {
        /// Which.
        invoice: InvoiceId,
    },
}

impl Page for Invoice {
    /// Asks how to pay again: a press opens, being shown never does.
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        match self {
            Self::Open { amount_minor, .. } => {
                Methods { amount_minor: *amount_minor }.view(cx).await
            }
            Self::Show { invoice } | Self::Check { invoice } => {
                shown(cx, cx.peers.get_invoice(*invoice).await?).await
            }
        }
    }

    fn moves_money(&self) -> bool {
        matches!(self, Self::Open { .. })
    }

    async fn react(&self, cx: &Cx, _: Input<'_>) -> Result<Reaction, Failure> {
        match self {
            Self::Open { invoice, method, amount_minor } => {
                let amount = cx.money(*amount_minor);
                let opened = cx.peers.open_invoice(*invoice, method, amount).await?;
                Ok(Reaction::Show(shown(cx, opened).await?))
            }
            Self::Show { .. } => Ok(Reaction::Show(self.view(cx).await?)),
            Self::Check { invoice } => {
                let invoice = cx.peers.check_invoice(*invoice).await?;
                if invoice.state == InvoiceState::Pending {
                    let minutes = minutes_left(cx, invoice.expires_at);
                    return Ok(Reaction::Alert(cx.texts.alert_invoice_waiting(minutes)));
                }
                Ok(Reaction::Show(shown(cx, invoice).await?))
            }
        }
    }
}

async fn shown(cx: &Cx, invoice: invoices::Invoice) -> Result<View, Failure> {
    Ok(match invoice.state {
        InvoiceState::New | InvoiceState::Pending => {
            let intent = cx.intents.mentioned(cx.person.id).await;
            open(cx, invoice, intent.as_ref())
        }
        InvoiceState::Paid => paid(cx, &invoice).await?,
        InvoiceState::Expired => View::new(cx.texts.invoice_expired())
            .row([Key::to(cx.texts.key_new_top_up(), TopUp)])
            .row([Key::to(cx.texts.key_support(), Support), cx.home_key()]),
        InvoiceState::Review => View::new(cx.texts.invoice_review())
            .row([Key::to(cx.texts.key_support(), Support), cx.home_key()]),
    })
}

async fn paid(cx: &Cx, invoice: &invoices::Invoice) -> Result<View, Failure> {
    let balance = cx.format.money(cx.peers.get_wallet().await?.available);
    let text = cx.texts.invoice_paid(cx.format.money(invoice.amount), balance);
    let text = match cx.intents.mentioned(cx.person.id).await {
        Some(_) => text.paragraph(cx.texts.buy_on_goes_on()),
        None => text,
    };
    Ok(View::new(text)
        .settling(key::paid(invoice.id))
        .row([Key::to(cx.texts.key_to_shop(), Shop { page: 0 }), cx.home_key()]))
}

fn open(cx: &Cx, invoice: invoices::Invoice, intent: Option<&Intent>) -> View {
    let amount = cx.format.money(invoice.amount);
    let check = Key::to(cx.texts.key_check_payment(), Invoice::Check { invoice: invoice.id });
    let back = Key::to(cx.texts.key_back(), Profile);
    let minutes = minutes_left(cx, invoice.expires_at);
    let text = cx.texts.invoice_open(&amount, minutes);
    let view = View::new(match intent {
        Some(intent) => text.paragraph(buy_on::promised(cx, intent)),
        None => text,
    });
    let alone =
        intent.map(|intent| Key::to(cx.texts.key_buy_on_cancel(), buy_on::back_out(intent)));
    match invoice.pay {
        Pay::Nowhere => {
            View::new(cx.texts.invoice_preparing(amount)).row([check]).row([back, cx.home_key()])
        }
        Pay::Link(url) => view
            .row([Key::url(cx.texts.key_pay_invoice(amount), url)])
            .row([check])
            .row(alone)
            .row([back, cx.home_key()]),
        Pay::Chat { payload, price, provider_token } => {
            let to_pay = cx.format.money(price);
            view.row([Key::pay(cx.texts.key_pay_invoice(to_pay))])
                .row([check])
                .row(alone)
                .row([back])
                .with_invoice(ChatInvoice {
                    title: cx.texts.plain_invoice_title(),
                    description: cx.texts.plain_invoice_description(&amount),
                    label: cx.texts.plain_invoice_label(&amount),
                    payload,
                    price,
                    provider_token,
                })
        }
    }
}

/// Whole minutes until the invoice ends, never less than one: an invoice that is shown as open is open.
pub fn minutes_left(cx: &Cx, expires_at: Timestamp) -> u64 {
    let seconds = expires_at.as_second().saturating_sub(cx.clock.now().as_second());
    u64::try_from(seconds).unwrap_or_default().div_ceil(60).max(1)
}
