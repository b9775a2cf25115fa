//! What is out of the shop, and the way back in.

use contract::failure::Failure;
use kernel::ids::{CategoryId, ItemId};
use serde::{Deserialize, Serialize};
use telegram::html::shorten;
use uuid::Uuid;

use crate::peers::catalog_admin::ArchivedKind;
use crate::screen::{Cx, Input, Key, Page, Reaction, View, page_or_first};
use crate::screens::StaffCategories;

/// Leaves room for the date on a button.
const NAME_MAX: usize = 40;

/// The list, and a press on one of its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Archived {
    /// One page of what was archived.
    List {
        /// What kind of thing.
        kind: ArchivedKind,
        /// Zero-based.
        page: u16,
    },
    /// Puts one back.
    Restore {
        /// What kind of thing.
        kind: ArchivedKind,
        /// Which.
        id: Uuid,
        /// The page that is shown again.
        page: u16,
    },
}

impl Page for Archived {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let (Self::List { kind, page } | Self::Restore { kind, page, .. }) = *self;
        let texts = cx.texts;
        let look = |page| cx.peers.list_archived(kind, page);
        let (shelf, archived) = page_or_first(page, look).await?;
        let title = match (archived.rows.is_empty(), kind) {
            (true, _) => texts.staff_archived_none(),
            (false, ArchivedKind::Item) => texts.staff_archived_items(),
            (false, ArchivedKind::Category) => texts.staff_archived_categories(),
        };
        let keys = archived.rows.iter().map(|one| {
            let time = cx.format.short_time(one.at);
            let label = texts.key_staff_restore(&*shorten(&one.name, NAME_MAX), time);
            Key::to(label, Self::Restore { kind, id: one.id, page: shelf.number })
        });
        let (label, other) = match kind {
            ArchivedKind::Item => (texts.key_staff_archived_categories(), ArchivedKind::Category),
            ArchivedKind::Category => (texts.key_staff_archived_items(), ArchivedKind::Item),
        };
        Ok(View::new(title)
            .list(keys)
            .arrows(cx, shelf, |page| Self::List { kind, page }.into())
            .row([Key::to(label, Self::List { kind: other, page: 0 })])
            .row([Key::to(texts.key_back(), StaffCategories { page: 0 }), cx.home_key()]))
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        let (Self::Restore { kind, id, .. }, Input::Press) = (self, input) else {
            return Ok(Reaction::Show(self.view(cx).await?));
        };
        match kind {
            ArchivedKind::Item => cx.peers.restore_item(ItemId(*id)).await?,
            ArchivedKind::Category => cx.peers.restore_category(CategoryId(*id)).await?,
        }
        Ok(Reaction::ShowSaying(self.view(cx).await?, cx.texts.toast_restored()))
    }
}
