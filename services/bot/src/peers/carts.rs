//! The person's cart.

use contract::convert;
use contract::failure::Failure;
use contract::inventory as wire;
use contract::inventory::cart_service_client::CartServiceClient;
use contract::inventory::checkout_cart_response::Outcome;
use contract::inventory::difference::What;
use kernel::ids::{ItemId, OrderId, PressId, PromoId};
use kernel::money::Money;
use serde::{Deserialize, Serialize};

use crate::peers::catalog::Stock;
use crate::peers::orders::Order;
use crate::peers::{GOODS_BYTES_MAX, Peers, absent};

/// What a person means to buy together.
#[derive(Debug, Clone)]
pub struct Cart {
    /// In the order in which they were put in.
    pub lines: Vec<Line>,
    /// What all lines take off.
    pub discount: Money,
    /// What all lines cost.
    pub total: Money,
}

/// One item of it.
#[derive(Debug, Clone)]
pub struct Line {
    /// Which.
    pub item: ItemId,
    /// Its name now.
    pub name: String,
    /// Of one, without a code.
    pub unit_price: Money,
    /// How many.
    pub quantity: u32,
    /// The code on it.
    pub promo: Option<(PromoId, String)>,
    /// Why that does not count now: a failure's code.
    pub promo_problem: Option<String>,
    /// Off the whole line.
    pub discount: Money,
    /// Of the whole line.
    pub total: Money,
    /// How many there are.
    pub stock: Stock,
    /// No longer in the shop.
    pub is_gone: bool,
}

impl Line {
    /// How many are left, where that is fewer than wanted.
    pub fn short(&self) -> Option<u32> {
        match self.stock {
            Stock::NoValue => Some(0),
            Stock::Left(left) if left < self.quantity => Some(left),
            Stock::Unlimited | Stock::Left(_) => None,
        }
    }

    /// Whether it can be bought as it is.
    pub fn is_whole(&self) -> bool {
        !self.is_gone && self.short().is_none() && self.promo_problem.is_none()
    }
}

/// A line as somebody saw it before they agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Which item.
    pub item: ItemId,
    /// Its name then.
    pub name: String,
    /// How many.
    pub quantity: u32,
    /// Of one, without a code.
    pub unit_price: Money,
    /// The code.
    pub promo: Option<PromoId>,
    /// Off the whole line.
    pub discount: Money,
}

impl From<&Line> for Seen {
    fn from(line: &Line) -> Self {
        Self {
            item: line.item,
            name: line.name.clone(),
            quantity: line.quantity,
            unit_price: line.unit_price,
            promo: line.promo.as_ref().map(|(promo, _)| *promo),
            discount: line.discount,
        }
    }
}

/// How a checkout ended.
#[derive(Debug, Clone)]
pub enum Checkout {
    /// An order.
    Ordered(Order),
    /// Nothing happened, for this is different: each with its item.
    Changed(Vec<(ItemId, Changed)>),
}

/// What is different now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Changed {
    /// One costs this.
    Price(Money),
    /// The code takes this off.
    Discount(Money),
    /// So many are left.
    Left(u32),
    /// One order may hold so many.
    Quantity {
        /// At least.
        least: u32,
        /// At most.
        most: u32,
    },
    /// The person may not have so many in all their orders.
    PersonLimit {
        /// All that they may have.
        max: u32,
        /// How many of these they do not have yet.
        left: u32,
    },
    /// It is no longer in the shop.
    Gone,
    /// The code does not count any more: a failure's code.
    Promo(String),
    /// The line is another one.
    Line,
}

impl Changed {
    /// Whether the cart has to change before anything can be bought.
    pub fn is_limit(&self) -> bool {
        matches!(self, Self::Quantity { .. } | Self::PersonLimit { .. })
    }
}

impl TryFrom<wire::Cart> for Cart {
    type Error = Failure;

    fn try_from(cart: wire::Cart) -> Result<Self, Failure> {
        Ok(Self {
            lines: cart.lines.into_iter().map(Line::try_from).collect::<Result<_, _>>()?,
            discount: convert::money("discount", cart.discount)?,
            total: convert::money("total", cart.total)?,
        })
    }
}

impl TryFrom<wire::CartLine> for Line {
    type Error = Failure;

    fn try_from(line: wire::CartLine) -> Result<Self, Failure> {
        let promo = match line.promo_id.as_str() {
            "" => None,
            id => Some((convert::id("promo_id", id)?, line.promo_code)),
        };
        Ok(Self {
            item: convert::id("item_id", &line.item_id)?,
            name: line.item_name,
            unit_price: convert::money("unit_price", line.unit_price)?,
            quantity: line.quantity,
            promo,
            promo_problem: Some(line.promo_problem).filter(|code| !code.is_empty()),
            discount: convert::money("discount", line.discount)?,
            total: convert::money("total", line.total)?,
            stock: match (line.unlimited, line.in_stock) {
                (true, 0) => Stock::NoValue,
                (true, _) => Stock::Unlimited,
                (false, count) => Stock::Left(count),
            },
            is_gone: line.gone,
        })
    }
}

fn changed(difference: wire::Difference) -> Result<(ItemId, Changed), Failure> {
    let what = match difference.what {
        Some(What::UnitPrice(now)) => Changed::Price(convert::money("unit_price", Some(now))?),
        Some(What::Discount(now)) => Changed::Discount(convert::money("discount", Some(now))?),
        Some(What::Left(left)) => Changed::Left(left),
        Some(What::Limits(limits)) => {
            Changed::Quantity { least: limits.min_per_order, most: limits.max_per_order }
        }
        Some(What::PersonLimit(limit)) => Changed::PersonLimit { max: limit.max, left: limit.left },
        Some(What::Gone(_)) => Changed::Gone,
        Some(What::PromoProblem(code)) => Changed::Promo(code),
        // What is newer than this version is a difference all the same.
        Some(What::Line(_)) | None => Changed::Line,
    };
    Ok((convert::id("item_id", &difference.item_id)?, what))
}

impl Peers {
    /// The cart at the prices of this moment.
    pub async fn get_cart(&self) -> Result<Cart, Failure> {
        let request = self.read(wire::GetCartRequest {});
        read(self.carts().get_cart(request).await?.into_inner().cart)
    }

    /// Puts one more of an item in; the same id again adds nothing.
    pub async fn add_to_cart(&self, add: PressId, item: ItemId) -> Result<Cart, Failure> {
        let request = self
            .work(wire::AddToCartRequest { item_id: item.to_string(), add_id: add.to_string() });
        read(self.carts().add_to_cart(request).await?.into_inner().cart)
    }

    /// Sets how many of an item are in the cart.
    pub async fn set_quantity(&self, item: ItemId, quantity: u32) -> Result<Cart, Failure> {
        self.set_line(item, quantity, None).await
    }

    /// Puts a code on an item's line, or takes it away; makes the line where there is none.
    pub async fn set_line_promo(
        &self,
        item: ItemId,
        promo: Option<PromoId>,
    ) -> Result<Cart, Failure> {
        let promo_id = promo.map(|promo| promo.to_string()).unwrap_or_default();
        self.set_line(item, 0, Some(promo_id)).await
    }

    async fn set_line(
        &self,
        item: ItemId,
        quantity: u32,
        promo_id: Option<String>,
    ) -> Result<Cart, Failure> {
        let item_id = item.to_string();
        let request = self.work(wire::SetLineRequest { item_id, quantity, promo_id });
        read(self.carts().set_line(request).await?.into_inner().cart)
    }

    /// Takes an item out.
    pub async fn remove_line(&self, item: ItemId) -> Result<Cart, Failure> {
        let request = self.work(wire::RemoveLineRequest { item_id: item.to_string() });
        read(self.carts().remove_line(request).await?.into_inner().cart)
    }

    /// Takes everything out.
    pub async fn clear_cart(&self) -> Result<Cart, Failure> {
        let request = self.work(wire::ClearCartRequest {});
        read(self.carts().clear_cart(request).await?.into_inner().cart)
    }

    /// Buys the whole cart as it was seen; the same id is the same order.
    pub async fn check_out(&self, id: OrderId, lines: &[Seen]) -> Result<Checkout, Failure> {
        let request = self.work(wire::CheckoutCartRequest {
            order_id: id.to_string(),
            lines: lines.iter().map(seen_line).collect(),
        });
        let answer = self.carts().checkout_cart(request).await?.into_inner();
        match answer.outcome.ok_or_else(|| absent("outcome"))? {
            Outcome::Order(order) => Ok(Checkout::Ordered(order.try_into()?)),
            Outcome::Changed(cart) => {
                let differences = cart.differences.into_iter().map(changed);
                Ok(Checkout::Changed(differences.collect::<Result<_, _>>()?))
            }
        }
    }

    fn carts(&self) -> CartServiceClient<contract::wire::Wire> {
        CartServiceClient::new(self.wires.inventory.clone())
            .max_decoding_message_size(GOODS_BYTES_MAX)
    }
}

fn read(cart: Option<wire::Cart>) -> Result<Cart, Failure> {
    cart.ok_or_else(|| absent("cart"))?.try_into()
}

fn seen_line(seen: &Seen) -> wire::SeenLine {
    wire::SeenLine {
        item_id: seen.item.to_string(),
        quantity: seen.quantity,
        unit_price: Some(seen.unit_price.into()),
        promo_id: seen.promo.map(|promo| promo.to_string()).unwrap_or_default(),
        discount: Some(seen.discount.into()),
    }
}
