//! The desk of staff: what they may do from the chat.

use contract::common::Permission;
use contract::failure::Failure;
use serde::{Deserialize, Serialize};

use crate::screen::{Cx, Key, Page, View};
use crate::screens::{
    AddCategory, AddItem, Broadcasts, FindOrder, Journal, Maintenance, MoneyStats, Proposals,
    Roles, Screen, StaffCategories, StaffPeople, StaffPromos, StaffReviews, StaffTickets,
    Statistics,
};

/// The desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Console;

impl Page for Console {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let texts = cx.texts;
        let journal = Journal { problems: false, before: 0 };
        let doors = [
            (Permission::Catalog, texts.key_staff_goods(), StaffCategories { page: 0 }.into()),
            (Permission::Catalog, texts.key_staff_add_category(), AddCategory.into()),
            (Permission::Catalog, texts.key_staff_add_item(), AddItem::Name.into()),
            (Permission::Catalog, texts.key_staff_reviews(), StaffReviews::List { page: 0 }.into()),
            (Permission::Promos, texts.key_promos(), StaffPromos::List { page: 0 }.into()),
            (Permission::Broadcast, texts.key_broadcasts(), Broadcasts::List { page: 0 }.into()),
            (Permission::Users, texts.key_people(), StaffPeople::default().into()),
            (Permission::Users, texts.key_tickets(), StaffTickets::List { page: 0 }.into()),
            (Permission::Stats, texts.key_statistics(), Statistics.into()),
            (Permission::Stats, texts.key_staff_find_order(), FindOrder::Number.into()),
            (Permission::Balance, texts.key_proposals(), Proposals::List { page: 0 }.into()),
            (Permission::Stats, texts.key_money_stats(), MoneyStats.into()),
            (Permission::Admins, texts.key_staff_roles(), Roles::List { page: 0 }.into()),
            (Permission::Stats, texts.key_staff_journal(), journal.into()),
            (Permission::Settings, texts.key_staff_maintenance(), Maintenance::Show.into()),
        ];
        let open = doors.into_iter().filter(|(permission, _, _)| cx.staff.may(*permission));
        let keys = open.map(|(_, label, screen): (_, _, Screen)| Key::to(label, screen));
        Ok(View::new(texts.console_title()).grid(2, keys).row([cx.home_key()]))
    }
}
