//! What tests of carts and codes do in a shop: the calls of buyers and of staff with the right to make codes.

use std::time::Duration;

use contract::actor::Actor;
use contract::failure::Failure;
use contract::inventory::cart_service_client::CartServiceClient;
use contract::inventory::check_promo_request::Promo as Asked;
use contract::inventory::checkout_cart_response::Outcome;
use contract::inventory::order_service_client::OrderServiceClient;
use contract::inventory::promo_admin_service_client::PromoAdminServiceClient;
use contract::inventory::promo_service_client::PromoServiceClient;
use contract::inventory::*;
use kernel::clock::Clock;
use kernel::ids::{ItemId, OrderId, PersonId, PromoId};
use tonic::Request;

use crate::it::shop::{PRICE, Shop, rub};

/// Staff who may make codes and do nothing else.
pub const PROMOTER: i64 = 8_000_000;

/// A percentage that holds for everything, for ever, for everybody.
pub fn percent(code: &str, basis_points: u32) -> CreatePromoRequest {
    CreatePromoRequest {
        promo_id: PromoId::fresh(&Clock::System).to_string(),
        code: code.into(),
        kind: PromoKind::Percent.into(),
        basis_points,
        ..CreatePromoRequest::default()
    }
}

pub fn fixed(code: &str, minor: i64) -> CreatePromoRequest {
    let kind = PromoKind::Fixed.into();
    CreatePromoRequest { kind, amount: Some(rub(minor)), ..percent(code, 0) }
}

pub fn balance(code: &str, minor: i64) -> CreatePromoRequest {
    let kind = PromoKind::Balance.into();
    CreatePromoRequest { kind, amount: Some(rub(minor)), ..percent(code, 0) }
}

/// A purchase of one with a code, as a buyer saw it.
#[derive(Debug, Clone)]
pub struct Discounted {
    pub buyer: i64,
    pub order: OrderId,
    pub item: ItemId,
    pub promo: String,
    pub discount: i64,
}

impl Discounted {
    pub fn new(buyer: i64, item: ItemId, promo: &Promo, discount: i64) -> Self {
        let order = OrderId::fresh(&Clock::System);
        Self { buyer, order, item, promo: promo.promo_id.clone(), discount }
    }
}

/// A checkout, as a buyer saw their cart.
#[derive(Debug, Clone)]
pub struct Checkout {
    pub buyer: i64,
    pub order: OrderId,
    pub lines: Vec<SeenLine>,
    pub timeout: Duration,
}

/// Everything as it is in the cart at this moment.
pub fn seen(cart: &Cart) -> Vec<SeenLine> {
    let line = |line: &CartLine| SeenLine {
        item_id: line.item_id.clone(),
        quantity: line.quantity,
        unit_price: line.unit_price.clone(),
        promo_id: line.promo_id.clone(),
        discount: line.discount.clone(),
    };
    cart.lines.iter().map(line).collect()
}

/// What a checkout ends with.
#[derive(Debug, Clone, PartialEq)]
pub enum Ended {
    Bought(Order),
    Changed(Vec<Difference>),
}

impl Ended {
    pub fn order(self) -> Order {
        match self {
            Self::Bought(order) => order,
            Self::Changed(differences) => panic!("changed: {differences:?}"),
        }
    }

    pub fn differences(self) -> Vec<(String, difference::What)> {
        match self {
            Self::Bought(order) => panic!("bought: {order:?}"),
            Self::Changed(differences) => {
                differences.into_iter().map(|it| (it.item_id, it.what.unwrap())).collect()
            }
        }
    }
}

impl Shop {
    pub fn promoter<T>(&self, message: T) -> Request<T> {
        let staff = Actor::Person { id: PersonId(PROMOTER), bits: 1 | 512 };
        self.ground.keys.caller(&staff).request(message)
    }

    pub fn promos(&self) -> PromoAdminServiceClient<contract::wire::Wire> {
        PromoAdminServiceClient::new(self.wire())
    }

    pub async fn try_promo(&self, promo: CreatePromoRequest) -> Result<Promo, Failure> {
        let request = self.promoter(promo);
        Ok(self.promos().create_promo(request).await?.into_inner().promo.unwrap())
    }

    pub async fn promo(&self, promo: CreatePromoRequest) -> Promo {
        self.try_promo(promo).await.unwrap()
    }

    pub async fn switch(&self, promo: &Promo, active: bool) -> Result<Promo, Failure> {
        let promo_id = promo.promo_id.clone();
        let request = self.promoter(SetPromoActiveRequest { promo_id, active });
        Ok(self.promos().set_promo_active(request).await?.into_inner().promo.unwrap())
    }

    pub async fn archive(&self, promo: &Promo) -> Result<Promo, Failure> {
        let request = self.promoter(ArchivePromoRequest { promo_id: promo.promo_id.clone() });
        Ok(self.promos().archive_promo(request).await?.into_inner().promo.unwrap())
    }

    pub async fn get_promo(&self, promo: &Promo) -> Result<GetPromoResponse, Failure> {
        let request = self.promoter(GetPromoRequest { promo_id: promo.promo_id.clone() });
        Ok(self.promos().get_promo(request).await?.into_inner())
    }

    pub async fn check(
        &self,
        person: i64,
        code: &str,
        item: ItemId,
        quantity: u32,
    ) -> Result<CheckPromoResponse, Failure> {
        self.check_as(person, Asked::Code(code.into()), item, quantity).await
    }

    pub async fn check_as(
        &self,
        person: i64,
        promo: Asked,
        item: ItemId,
        quantity: u32,
    ) -> Result<CheckPromoResponse, Failure> {
        let item_id = item.to_string();
        let request = CheckPromoRequest { promo: Some(promo), item_id, quantity };
        let mut promos = PromoServiceClient::new(self.wire());
        Ok(promos.check_promo(self.as_person(person, request)).await?.into_inner())
    }

    pub async fn redeem(
        &self,
        person: i64,
        id: uuid::Uuid,
        code: &str,
    ) -> Result<RedeemCodeResponse, Failure> {
        let request = RedeemCodeRequest { redemption_id: id.to_string(), code: code.into() };
        let mut request = self.as_person(person, request);
        request.set_timeout(Duration::from_millis(900));
        let mut promos = PromoServiceClient::new(self.wire());
        Ok(promos.redeem_code(request).await?.into_inner())
    }

    pub async fn buy_discounted(&self, buy: &Discounted) -> Result<Order, Failure> {
        let mut request = self.as_person(
            buy.buyer,
            PlaceOrderRequest {
                order_id: buy.order.to_string(),
                item_id: buy.item.to_string(),
                quantity: 1,
                unit_price_seen: Some(rub(PRICE)),
                promo_id: buy.promo.clone(),
                discount_seen: Some(rub(buy.discount)),
            },
        );
        request.set_timeout(Duration::from_secs(20));
        let mut orders = OrderServiceClient::new(self.wire());
        Ok(orders.place_order(request).await?.into_inner().order.unwrap())
    }

    pub fn carts(&self) -> CartServiceClient<contract::wire::Wire> {
        CartServiceClient::new(self.wire())
    }

    pub async fn cart(&self, person: i64) -> Cart {
        let request = self.as_person(person, GetCartRequest {});
        self.carts().get_cart(request).await.unwrap().into_inner().cart.unwrap()
    }

    pub async fn add(&self, person: i64, item: ItemId) -> Result<Cart, Failure> {
        self.add_as(person, item, kernel::ids::fresh(&Clock::System)).await
    }

    pub async fn add_as(
        &self,
        person: i64,
        item: ItemId,
        add: uuid::Uuid,
    ) -> Result<Cart, Failure> {
        let request = AddToCartRequest { item_id: item.to_string(), add_id: add.to_string() };
        let request = self.as_person(person, request);
        Ok(self.carts().add_to_cart(request).await?.into_inner().cart.unwrap())
    }

    pub async fn set_line(
        &self,
        person: i64,
        item: ItemId,
        quantity: u32,
        promo: Option<&str>,
    ) -> Result<Cart, Failure> {
        let promo_id = promo.map(str::to_owned);
        let request = SetLineRequest { item_id: item.to_string(), quantity, promo_id };
        let request = self.as_person(person, request);
        Ok(self.carts().set_line(request).await?.into_inner().cart.unwrap())
    }

    /// A checkout of the cart as it is now.
    pub async fn at_checkout(&self, buyer: i64) -> Checkout {
        let lines = seen(&self.cart(buyer).await);
        let timeout = Duration::from_secs(10);
        Checkout { buyer, order: OrderId::fresh(&Clock::System), lines, timeout }
    }

    pub async fn check_out(&self, checkout: &Checkout) -> Result<Ended, Failure> {
        let lines = checkout.lines.clone();
        let request = CheckoutCartRequest { order_id: checkout.order.to_string(), lines };
        let mut request = self.as_person(checkout.buyer, request);
        request.set_timeout(checkout.timeout);
        let answer = self.carts().checkout_cart(request).await?.into_inner();
        Ok(match answer.outcome.unwrap() {
            Outcome::Order(order) => Ended::Bought(order),
            Outcome::Changed(changed) => Ended::Changed(changed.differences),
        })
    }
}
