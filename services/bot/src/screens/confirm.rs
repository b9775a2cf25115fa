//! The question before money is spent. Its button carries a fresh order id and the price on the screen: pressed twice
//! it is one order, and another price is asked about again, never charged.

use contract::failure::Failure;
use kernel::ids::{ItemId, OrderId};
use serde::{Deserialize, Serialize};

use crate::peers::catalog::Stock;
use crate::screen::{Cx, Key, Page, View};
use crate::screens::no_money::Gap;
use crate::screens::{Buy, BuyOn, Item, no_money};

/// Shall we buy it?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirm {
    /// What is about to be bought.
    pub item: ItemId,
    /// The page of its category that leads back.
    pub page: u16,
    /// The page of the shop that leads back from there.
    pub shop_page: u16,
}

impl Page for Confirm {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let (item, wallet) = tokio::try_join!(cx.peers.get_item(self.item), cx.peers.get_wallet())?;
        let back = Item { item: self.item, page: self.page, shop_page: self.shop_page };
        if item.stock == Stock::NoValue {
            // An old button: the card says how things stand.
            return back.view(cx).await;
        }
        if wallet.available.minor < item.price.minor {
            let gap = Gap { total: item.price, available: wallet.available };
            let order = OrderId::fresh(&cx.clock);
            let price_minor = item.price.minor;
            let go_on = BuyOn::Item { order, item: item.id, price_minor, quantity: 1 };
            return Ok(no_money::view(cx, gap, back, go_on).await);
        }
        let price = cx.format.money(item.price);
        let buy =
            Buy { order: OrderId::fresh(&cx.clock), item: item.id, price_minor: item.price.minor };
        let balance = cx.format.money(wallet.available);
        Ok(View::new(cx.texts.confirm_ask(&item.name, &price, balance))
            .row([Key::to(cx.texts.key_pay(price), buy).success()])
            .row([Key::to(cx.texts.key_cancel(), back)]))
    }
}
