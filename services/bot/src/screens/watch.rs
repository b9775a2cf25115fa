//! The bell on a sold-out item: press it, and hear once when the item is back.

use contract::failure::Failure;
use kernel::ids::ItemId;
use serde::{Deserialize, Serialize};

use crate::screen::{Cx, Input, Page, Reaction, View};
use crate::screens::Item;
use crate::screens::item::Bell;

/// Waits for an item, or no longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watch {
    /// The card that the bell is on.
    pub item: ItemId,
    /// The page of its category that leads back.
    pub page: u16,
    /// The page of the shop that leads back from there.
    pub shop_page: u16,
    /// Whether to wait.
    pub on: bool,
}

impl Watch {
    fn card(&self) -> Item {
        Item { item: self.item, page: self.page, shop_page: self.shop_page }
    }
}

impl Page for Watch {
    /// Shows the card: a press waits, being shown never does.
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        self.card().view(cx).await
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        if !matches!(input, Input::Press) {
            return Ok(Reaction::Show(self.view(cx).await?));
        }
        let (toast, bell) = if self.on {
            cx.peers.watch_item(self.item).await?;
            (cx.texts.toast_watching(), Bell::Ringing)
        } else {
            cx.peers.unwatch_item(self.item).await?;
            (cx.texts.toast_not_watching(), Bell::Silent)
        };
        let item = cx.peers.get_item(self.item).await?;
        Ok(Reaction::ShowSaying(self.card().shown(cx, &item, bell), toast))
    }
}
