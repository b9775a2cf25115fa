//! The profile: who, how much, and the ways on from there.

use contract::failure::Failure;
use kernel::page::PageRequest;
use serde::{Deserialize, Serialize};

use crate::screen::{Cx, Key, Page, View};
use crate::screens::{Cart, Invoices, Operations, Purchases, Redeem, Referral, Reward, TopUp};

/// The profile of whoever looks at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile;

impl Page for Profile {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let (texts, format) = (cx.texts, &cx.format);
        // Only the total is wanted.
        let one = PageRequest::clamped(0, 1);
        let (wallet, orders, cart) = tokio::try_join!(
            cx.peers.get_wallet(),
            cx.peers.list_orders(one),
            cx.peers.get_cart()
        )?;
        let (id, balance) = (cx.person.id.0, format.money(wallet.available));
        let mut text = texts.profile(&cx.person.name, id, balance);
        if wallet.held.minor > 0 {
            text = text.line(texts.profile_held(format.money(wallet.held)));
        }
        let (topped_up, spent) = (format.money(wallet.topped_up), format.money(wallet.spent));
        text = text.paragraph(texts.profile_totals(topped_up, spent));
        if wallet.refunded.minor > 0 {
            text = text.line(texts.profile_refunded(format.money(wallet.refunded)));
        }
        text = text.line(texts.profile_purchases(orders.total));
        let purchases = (orders.total > 0)
            .then(|| Key::to(texts.key_purchases_count(orders.total), Purchases { page: 0 }));
        let invite = (cx.shop.referral_percent > 0).then(|| Key::to(texts.key_invite(), Referral));
        let reward = cx
            .shop
            .reward
            .map(|amount| Key::to(texts.key_reward(format.money(amount)), Reward::Show));
        Ok(View::new(text)
            .row([Key::to(texts.key_top_up(), TopUp).primary()])
            .row(purchases)
            .row([
                Key::to(texts.key_cart_count(cart.lines.len() as u64), Cart::Show),
                Key::to(texts.key_redeem(), Redeem),
            ])
            .row([
                Key::to(texts.key_history(), Operations { page: 0 }),
                Key::to(texts.key_invoices(), Invoices),
            ])
            .row(invite)
            .row(reward)
            .row([cx.home_key()]))
    }
}
