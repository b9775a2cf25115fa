//! Every screen in one list. A line makes its module, its variant, its way in from a button, and its place in the
//! dispatcher; the letter is its code in buttons and must stay its own for ever.
//!
//! A button carries the letter and then the screen's fields (postcard in base64url); 64 bytes is all that Telegram
//! gives. What is stale, cut or forged decodes to nothing, and the person sees the menu.
//!
//! A screen of staff names the permission that opens it; to all others it does not exist. The desk opens to everybody
//! who may do more than buy.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract::common::Permission;
use contract::failure::Failure;
use contract::press::Press;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::screen::{Cx, Input, Page, Reaction, View};

pub use staff::add_item::NewItemAnswers;
#[cfg(test)]
pub use staff::add_promo::{NewPromoAnswers, PromoKind};
#[cfg(test)]
pub use staff::block_person::BlockAnswers;
pub use staff::broadcasts::{broadcast_over, broadcast_progress};
#[cfg(test)]
pub use staff::compose::NewBroadcastAnswers;
#[cfg(test)]
pub use staff::people::Among;
#[cfg(test)]
pub use staff::reviews::{Refusal, RefusalAnswers};
#[cfg(test)]
pub use staff::shape_role::NewRoleAnswers;

pub mod agreed;
pub mod no_money;
pub mod permissions;
pub mod price_changed;
pub mod receipt;

/// Bytes in `callback_data`.
pub const CODE_MAX: usize = 64;

macro_rules! screens {
    (
        everybody { $($letter:literal $module:ident::$name:ident;)* }
        staff {
            $($staff_letter:literal $staff_module:ident::$staff_name:ident: $permission:ident;)*
        }
    ) => {
        $(pub mod $module; pub use $module::$name;)*
        mod staff { $(pub mod $staff_module;)* }
        $(pub use staff::$staff_module::$staff_name;)*

        /// Where a button leads.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Screen { $($name($name),)* $($staff_name($staff_name),)* }

        $(impl From<$name> for Screen {
            fn from(page: $name) -> Self { Self::$name(page) }
        })*
        $(impl From<$staff_name> for Screen {
            fn from(page: $staff_name) -> Self { Self::$staff_name(page) }
        })*

        impl Screen {
            /// Letters of all screens, in the order of the list.
            #[cfg(test)]
            pub const LETTERS: &[u8] = &[$($letter,)* $($staff_letter,)*];

            /// What a button that leads here carries.
            pub fn encode(&self) -> String {
                match self {
                    $(Self::$name(page) => encode($letter, page),)*
                    $(Self::$staff_name(page) => encode($staff_letter, page),)*
                }
            }

            /// The screen behind a button; nothing for what is not a code of ours.
            pub fn decode(code: &str) -> Option<Self> {
                let (letter, payload) = code.as_bytes().split_first()?;
                match *letter {
                    $($letter => decode(payload).map(Self::$name),)*
                    $($staff_letter => decode(payload).map(Self::$staff_name),)*
                    _ => None,
                }
            }

            /// What it is about: money, or not.
            fn press(&self) -> Press {
                let letter = match self {
                    $(Self::$name(_) => $letter,)*
                    $(Self::$staff_name(_) => $staff_letter,)*
                };
                contract::press::declared(letter).unwrap_or(Press::Buys)
            }

            fn dispatch_moves_money(&self) -> bool {
                match self {
                    $(Self::$name(page) => page.moves_money(),)*
                    $(Self::$staff_name(page) => page.moves_money(),)*
                }
            }

            /// What a person must be allowed to do to come here.
            fn permission(&self) -> Permission {
                match self {
                    $(Self::$name(_) => Permission::Use,)*
                    $(Self::$staff_name(_) => Permission::$permission,)*
                }
            }

            async fn dispatch_view(&self, cx: &Cx) -> Result<View, Failure> {
                match self {
                    $(Self::$name(page) => page.view(cx).await,)*
                    $(Self::$staff_name(page) => page.view(cx).await,)*
                }
            }

            async fn dispatch_react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
                match self {
                    $(Self::$name(page) => page.react(cx, input).await,)*
                    $(Self::$staff_name(page) => page.react(cx, input).await,)*
                }
            }
        }
    };
}

screens! {
    everybody {
        b'h' home::Home;
        b'n' mark::Mark;
        b's' shop::Shop;
        b'c' category::Category;
        b'i' item::Item;
        b'f' confirm::Confirm;
        b'b' buy::Buy;
        b'+' buy_on::BuyOn;
        b'#' reviews::Reviews;
        b'$' write_review::WriteReview;
        b'p' profile::Profile;
        b't' top_up::TopUp;
        b'm' methods::Methods;
        b'v' invoice::Invoice;
        b'w' invoices::Invoices;
        b'q' purchases::Purchases;
        b'r' purchase::Purchase;
        b'o' operations::Operations;
        b'e' referral::Referral;
        b'6' invited::Invited;
        b'u' rules::Rules;
        b'x' support::Support;
        b'l' language::Language;
        b'a' cart::Cart;
        b'g' checkout::Checkout;
        b'j' pay::Pay;
        b'k' discount::Discount;
        b'0' redeem::Redeem;
        b'1' purchase_line::PurchaseLine;
        b'J' join::Join;
        b'D' search::Search;
        b'(' reward::Reward;
        b')' ticket::Ticket;
        b'W' watch::Watch;
    }
    staff {
        b'S' console::Console: Use;
        b'C' categories::StaffCategories: Catalog;
        b'A' add_category::AddCategory: Catalog;
        b'L' items::StaffItems: Catalog;
        b'I' item::StaffItem: Catalog;
        b'N' add_item::AddItem: Catalog;
        b'K' add_stock::AddStock: Catalog;
        b'P' set_price::SetPrice: Catalog;
        b'%' reviews::StaffReviews: Catalog;
        b'd' promos::StaffPromos: Promos;
        b'2' add_promo::AddPromo: Promos;
        b'y' people::StaffPeople: Users;
        b'z' person::StaffPerson: Users;
        b'3' find_person::FindPerson: Users;
        b'4' block_person::BlockPerson: Users;
        b'5' statistics::Statistics: Stats;
        b'E' edit_item::EditItem: Catalog;
        b'F' edit_category::EditCategory: Catalog;
        b'M' move_to::MoveTo: Catalog;
        b'H' archive::Archive: Catalog;
        b'G' archived::Archived: Catalog;
        b'B' find_order::FindOrder: Stats;
        b'T' units::StaffUnits: Catalog;
        b'U' unit::StaffUnit: Catalog;
        b'V' stock_rules::ItemRules: Catalog;
        b'X' export_units::ExportUnits: Catalog;
        b'7' person_wallet::PersonWallet: Users;
        b'8' adjust::Adjust: Balance;
        b'9' proposals::Proposals: Balance;
        b'!' money_stats::MoneyStats: Stats;
        b'O' roles::Roles: Admins;
        b'Q' shape_role::ShapeRole: Admins;
        b'Y' assign_role::AssignRole: Admins;
        b'R' maintenance::Maintenance: Settings;
        b'Z' journal::Journal: Stats;
        b'&' broadcasts::Broadcasts: Broadcast;
        b'*' compose::Compose: Broadcast;
        b'=' tickets::StaffTickets: Users;
    }
}

impl Screen {
    /// What the person sees here; those whom it is not for see the menu.
    ///
    /// # Errors
    /// See [`Page::view`].
    pub async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        if self.is_hidden_from(cx) { Home.view(cx).await } else { self.dispatch_view(cx).await }
    }

    /// What happens here on an input; those whom it is not for see the menu.
    ///
    /// # Errors
    /// See [`Page::react`].
    pub async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        if self.is_hidden_from(cx) {
            return Ok(Reaction::Show(Home.view(cx).await?));
        }
        self.dispatch_react(cx, input).await
    }

    /// Whether a press that leads here moves money: then it must be on a message that is not old. So says the letter,
    /// and one that is not declared in `contract::press` says yes; the screen itself may except some of its states.
    pub fn moves_money(&self) -> bool {
        self.press().may_move_money() && self.dispatch_moves_money()
    }

    /// Services refuse anyway; this keeps staff's screens out of sight.
    fn is_hidden_from(&self, cx: &Cx) -> bool {
        let desk = matches!(self, Self::Console(_));
        if desk { !cx.staff.is_staff() } else { !cx.staff.may(self.permission()) }
    }
}

fn encode(letter: u8, page: &impl Serialize) -> String {
    let bytes = postcard::to_allocvec(page).expect("ids and numbers always serialise");
    let mut code = String::with_capacity(CODE_MAX);
    code.push(char::from(letter));
    URL_SAFE_NO_PAD.encode_string(bytes, &mut code);
    debug_assert!(code.len() <= CODE_MAX, "{code} does not fit a button");
    code
}

fn decode<T: DeserializeOwned>(payload: &[u8]) -> Option<T> {
    let bytes = URL_SAFE_NO_PAD.decode(payload).ok()?;
    let (page, rest) = postcard::take_from_bytes(&bytes).ok()?;
    rest.is_empty().then_some(page)
}

#[cfg(test)]
mod tests;
