//! Carts and promo codes in memory: enough of their rules for what the bot shows.

use contract::failure::{Failure, Kind};
use contract::inventory::cart_service_server::CartService;
use contract::inventory::check_promo_request::Promo as Named;
use contract::inventory::checkout_cart_response::Outcome;
use contract::inventory::difference::What;
use contract::inventory::promo_admin_service_server::PromoAdminService;
use contract::inventory::promo_service_server::PromoService;
use contract::inventory::*;
use kernel::ids::{ItemId, OrderId, PromoId};

use super::*;

type Answer<T> = Result<tonic::Response<T>, Status>;

/// A line of somebody's cart.
#[derive(Debug, Clone, Default)]
pub struct InCart {
    pub item_id: String,
    pub quantity: u32,
    pub promo_id: String,
    pub add_id: String,
}

impl Fakes {
    /// Makes a code of so many hundredths of a percent.
    pub fn promo(&self, code: &str, basis_points: u32) -> PromoId {
        let id = PromoId::derived(code);
        self.state().promos.push(Promo {
            promo_id: id.to_string(),
            code: code.to_owned(),
            kind: PromoKind::Percent.into(),
            basis_points,
            state: PromoState::Active.into(),
            ..Promo::default()
        });
        id
    }

    /// Puts an item into somebody's cart.
    pub fn put_in_cart(&self, person: i64, item: ItemId, quantity: u32, promo: Option<PromoId>) {
        let promo_id = promo.map(|promo| promo.to_string()).unwrap_or_default();
        let line = InCart { item_id: item.to_string(), quantity, promo_id, ..InCart::default() };
        self.state().carts.entry(person).or_default().push(line);
    }
}

fn conflict(code: &str) -> Status {
    Failure::new(Kind::Conflict, code).into()
}

fn minor(money: Option<&common::Money>) -> i64 {
    money.map_or(0, |money| money.minor)
}

/// What a code takes off, or why it does not.
fn off(promo: &Promo, before: i64) -> Result<i64, &'static str> {
    match (promo.state(), promo.kind()) {
        (PromoState::Active, PromoKind::Balance) => Err("inventory.promo_not_discount"),
        (PromoState::Active, PromoKind::Fixed) => Ok(minor(promo.amount.as_ref()).min(before)),
        (PromoState::Active, _) => Ok(before * i64::from(promo.basis_points) / 10_000),
        (PromoState::Expired, _) => Err("inventory.promo_expired"),
        (PromoState::Exhausted, _) => Err("inventory.promo_exhausted"),
        (PromoState::Archived, _) => Err("inventory.promo_missing"),
        _ => Err("inventory.promo_inactive"),
    }
}

fn told(state: &State, person: i64) -> Cart {
    let lines: Vec<_> = state
        .carts
        .get(&person)
        .into_iter()
        .flatten()
        .map(|line| {
            let item = state.items.iter().find(|item| item.item_id == line.item_id);
            let promo = state.promos.iter().find(|promo| promo.promo_id == line.promo_id);
            let price = item.map_or(0, |item| minor(item.price.as_ref()));
            let before = price * i64::from(line.quantity);
            let (discount, problem) = match promo.map(|promo| off(promo, before)) {
                Some(Ok(discount)) => (discount, ""),
                Some(Err(problem)) => (0, problem),
                None => (0, ""),
            };
            CartLine {
                item_id: line.item_id.clone(),
                item_name: item.map_or("Gone", |item| &item.name).to_owned(),
                unit_price: Some(roubles(price)),
                quantity: line.quantity,
                promo_id: line.promo_id.clone(),
                promo_code: promo.map(|promo| promo.code.clone()).unwrap_or_default(),
                promo_problem: problem.to_owned(),
                discount: Some(roubles(discount)),
                total: Some(roubles(before - discount)),
                in_stock: item.map_or(0, |item| item.in_stock.min(100)),
                unlimited: item.is_some_and(|item| item.unlimited),
                gone: item.is_none(),
            }
        })
        .collect();
    let sum = |of: fn(&CartLine) -> i64| Some(roubles(lines.iter().map(of).sum()));
    Cart {
        discount: sum(|line| minor(line.discount.as_ref())),
        total: sum(|line| minor(line.total.as_ref())),
        lines,
    }
}

fn put(state: &mut State, person: i64, item_id: &str) -> Result<usize, Status> {
    if !state.items.iter().any(|item| item.item_id == item_id) {
        return Err(missing("inventory.item_missing"));
    }
    let lines = state.carts.entry(person).or_default();
    if let Some(at) = lines.iter().position(|line| line.item_id == item_id) {
        return Ok(at);
    }
    if lines.len() == 10 {
        return Err(conflict("inventory.cart_full"));
    }
    lines.push(InCart { item_id: item_id.to_owned(), ..InCart::default() });
    Ok(lines.len() - 1)
}

#[tonic::async_trait]
impl CartService for Fakes {
    async fn get_cart(&self, request: Request<GetCartRequest>) -> Answer<GetCartResponse> {
        let person = self.enter("get_cart", &request)?;
        Ok(GetCartResponse { cart: Some(told(&self.state(), person)) }.into())
    }

    async fn add_to_cart(&self, request: Request<AddToCartRequest>) -> Answer<AddToCartResponse> {
        let person = self.enter("add_to_cart", &request)?;
        let AddToCartRequest { item_id, add_id } = request.into_inner();
        let mut state = self.state();
        let at = put(&mut state, person, &item_id)?;
        let line = &mut state.carts.get_mut(&person).unwrap()[at];
        if line.add_id != add_id {
            line.quantity += 1;
            line.add_id = add_id;
        }
        Ok(AddToCartResponse { cart: Some(told(&state, person)) }.into())
    }

    async fn set_line(&self, request: Request<SetLineRequest>) -> Answer<SetLineResponse> {
        let person = self.enter("set_line", &request)?;
        let SetLineRequest { item_id, quantity, promo_id } = request.into_inner();
        let mut state = self.state();
        let at = put(&mut state, person, &item_id)?;
        let line = &mut state.carts.get_mut(&person).unwrap()[at];
        line.quantity = if quantity == 0 { line.quantity.max(1) } else { quantity };
        if let Some(promo_id) = promo_id {
            line.promo_id = promo_id;
        }
        Ok(SetLineResponse { cart: Some(told(&state, person)) }.into())
    }

    async fn remove_line(&self, request: Request<RemoveLineRequest>) -> Answer<RemoveLineResponse> {
        let person = self.enter("remove_line", &request)?;
        let item_id = request.into_inner().item_id;
        let mut state = self.state();
        state.carts.entry(person).or_default().retain(|line| line.item_id != item_id);
        Ok(RemoveLineResponse { cart: Some(told(&state, person)) }.into())
    }

    async fn clear_cart(&self, request: Request<ClearCartRequest>) -> Answer<ClearCartResponse> {
        let person = self.enter("clear_cart", &request)?;
        self.state().carts.remove(&person);
        Ok(ClearCartResponse { cart: Some(told(&self.state(), person)) }.into())
    }

    async fn checkout_cart(
        &self,
        request: Request<CheckoutCartRequest>,
    ) -> Answer<CheckoutCartResponse> {
        let buyer = self.enter("checkout_cart", &request)?;
        let CheckoutCartRequest { order_id, lines: seen } = request.into_inner();
        let id: OrderId = contract::convert::id("order_id", &order_id)?;
        let mut state = self.state();
        if let Some((_, known)) = state.orders.iter().find(|(_, order)| order.order_id == order_id)
        {
            let outcome = Some(Outcome::Order(known.clone()));
            return Ok(CheckoutCartResponse { outcome }.into());
        }
        let cart = told(&state, buyer);
        let differences: Vec<_> =
            cart.lines.iter().filter_map(|line| differs(line, &seen)).collect();
        if !differences.is_empty() {
            let outcome = Some(Outcome::Changed(CartChanged { differences }));
            return Ok(CheckoutCartResponse { outcome }.into());
        }
        let total = minor(cart.total.as_ref());
        let wallet = state.wallets.entry(buyer).or_default();
        if wallet.available < total {
            let failure = Failure::new(Kind::Conflict, "payments.insufficient_funds")
                .with("available_minor", wallet.available);
            return Err(failure.into());
        }
        wallet.available -= total;
        let mut order = delivered(id, "", total, "");
        order.lines = cart.lines.iter().map(bought).collect();
        state.carts.remove(&buyer);
        state.orders.push((buyer, order.clone()));
        Ok(CheckoutCartResponse { outcome: Some(Outcome::Order(order)) }.into())
    }
}

fn differs(line: &CartLine, seen: &[SeenLine]) -> Option<Difference> {
    let was = seen.iter().find(|seen| seen.item_id == line.item_id);
    let what = match was {
        None => What::Line(true),
        Some(_) if line.gone => What::Gone(true),
        Some(was) if was.unit_price != line.unit_price => What::UnitPrice(line.unit_price.clone()?),
        Some(_) if !line.promo_problem.is_empty() => What::PromoProblem(line.promo_problem.clone()),
        Some(was) if minor(was.discount.as_ref()) != minor(line.discount.as_ref()) => {
            What::Discount(line.discount.clone()?)
        }
        Some(_) if !line.unlimited && line.in_stock < line.quantity => What::Left(line.in_stock),
        Some(_) => return None,
    };
    Some(Difference { item_id: line.item_id.clone(), what: Some(what) })
}

fn bought(line: &CartLine) -> OrderLine {
    let value = |nth| format!("{} {nth}", line.item_name);
    let units = (1..=line.quantity).map(|nth| UnitValue { value: value(nth), file: None });
    OrderLine {
        item_id: line.item_id.clone(),
        item_name: line.item_name.clone(),
        unit_price: line.unit_price.clone(),
        quantity: line.quantity,
        units: units.collect(),
        discount: line.discount.clone(),
        promo_code: line.promo_code.clone(),
    }
}

/// One piece of an item with a code, as `PlaceOrder` reads it.
pub fn discounted(state: &State, wish: &PlaceOrderRequest) -> Result<(i64, String), Status> {
    let promo = state.promos.iter().find(|promo| promo.promo_id == wish.promo_id);
    let promo = promo.ok_or_else(|| missing("inventory.promo_missing"))?;
    let before = minor(wish.unit_price_seen.as_ref());
    let discount = off(promo, before).map_err(conflict)?;
    Ok((discount, promo.code.clone()))
}

#[tonic::async_trait]
impl PromoService for Fakes {
    async fn check_promo(&self, request: Request<CheckPromoRequest>) -> Answer<CheckPromoResponse> {
        self.enter("check_promo", &request)?;
        let CheckPromoRequest { promo, item_id, .. } = request.into_inner();
        let state = self.state();
        let found = state.promos.iter().find(|known| match &promo {
            Some(Named::Code(code)) => known.code.eq_ignore_ascii_case(code.trim()),
            Some(Named::PromoId(id)) => known.promo_id == *id,
            None => false,
        });
        let found = found.ok_or_else(|| missing("inventory.promo_missing"))?;
        let item = state.items.iter().find(|item| item.item_id == item_id);
        let item = item.ok_or_else(|| missing("inventory.item_missing"))?;
        if !found.item_id.is_empty() && found.item_id != item_id {
            return Err(conflict("inventory.promo_wrong_item"));
        }
        let price = minor(item.price.as_ref());
        let discount = off(found, price).map_err(conflict)?;
        Ok(CheckPromoResponse {
            promo_id: found.promo_id.clone(),
            code: found.code.clone(),
            unit_price: Some(roubles(price)),
            discount: Some(roubles(discount)),
            total: Some(roubles(price - discount)),
        }
        .into())
    }

    async fn redeem_code(&self, request: Request<RedeemCodeRequest>) -> Answer<RedeemCodeResponse> {
        let person = self.enter("redeem_code", &request)?;
        let code = request.into_inner().code.trim().to_ascii_uppercase();
        let mut state = self.state();
        let found = state.promos.iter().find(|known| known.code == code).cloned();
        let found = found.ok_or_else(|| missing("inventory.promo_missing"))?;
        if found.kind() != PromoKind::Balance {
            return Err(conflict("inventory.promo_not_balance"));
        }
        let amount = minor(found.amount.as_ref());
        state.wallets.entry(person).or_default().available += amount;
        Ok(RedeemCodeResponse { code, amount: Some(roubles(amount)) }.into())
    }
}

#[tonic::async_trait]
impl PromoAdminService for Fakes {
    async fn create_promo(
        &self,
        request: Request<CreatePromoRequest>,
    ) -> Answer<CreatePromoResponse> {
        self.enter("create_promo", &request)?;
        let new = request.into_inner();
        let mut state = self.state();
        if state.promos.iter().any(|it| it.code == new.code && it.promo_id != new.promo_id) {
            return Err(conflict("inventory.promo_taken"));
        }
        let item = state.items.iter().find(|item| item.item_id == new.item_id);
        let category = state.categories.iter().find(|it| it.category_id == new.category_id);
        let bound_name = item.map(|item| item.name.clone()).or(category.map(|it| it.name.clone()));
        let day: Option<jiff::civil::Date> = new.last_day.parse().ok();
        let expires_at = day.map(|day| {
            let end = day.tomorrow().unwrap().to_zoned(jiff::tz::TimeZone::UTC).unwrap();
            contract::convert::timestamp(end.timestamp())
        });
        let promo = Promo {
            promo_id: new.promo_id,
            code: new.code,
            kind: new.kind,
            basis_points: new.basis_points,
            amount: new.amount,
            max_uses: new.max_uses,
            uses: 0,
            expires_at,
            category_id: new.category_id,
            item_id: new.item_id,
            bound_name: bound_name.unwrap_or_default(),
            state: PromoState::Active.into(),
        };
        if !state.promos.iter().any(|known| known.promo_id == promo.promo_id) {
            state.promos.push(promo.clone());
        }
        Ok(CreatePromoResponse { promo: Some(promo) }.into())
    }

    async fn set_promo_active(
        &self,
        request: Request<SetPromoActiveRequest>,
    ) -> Answer<SetPromoActiveResponse> {
        self.enter("set_promo_active", &request)?;
        let SetPromoActiveRequest { promo_id, active } = request.into_inner();
        let state = if active { PromoState::Active } else { PromoState::Inactive };
        let promo = Some(set_state(&mut self.state(), &promo_id, state)?);
        Ok(SetPromoActiveResponse { promo }.into())
    }

    async fn archive_promo(
        &self,
        request: Request<ArchivePromoRequest>,
    ) -> Answer<ArchivePromoResponse> {
        self.enter("archive_promo", &request)?;
        let id = request.into_inner().promo_id;
        let promo = Some(set_state(&mut self.state(), &id, PromoState::Archived)?);
        Ok(ArchivePromoResponse { promo }.into())
    }

    async fn list_promos(&self, request: Request<ListPromosRequest>) -> Answer<ListPromosResponse> {
        self.enter("list_promos", &request)?;
        let state = self.state();
        let shown = state.promos.iter().filter(|promo| promo.state() != PromoState::Archived);
        let shown: Vec<Promo> = shown.cloned().collect();
        let promos = page_of(&shown, request.into_inner().page);
        Ok(ListPromosResponse { promos, total: shown.len() as u64 }.into())
    }

    async fn get_promo(&self, request: Request<GetPromoRequest>) -> Answer<GetPromoResponse> {
        self.enter("get_promo", &request)?;
        let id = request.into_inner().promo_id;
        let state = self.state();
        let promo = state.promos.iter().find(|promo| promo.promo_id == id).cloned();
        let promo = promo.ok_or_else(|| missing("inventory.promo_missing"))?;
        Ok(GetPromoResponse {
            completed: promo.uses.into(),
            given: Some(roubles(i64::from(promo.uses) * 100)),
            earned: Some(roubles(i64::from(promo.uses) * 900)),
            last_used_at: (promo.uses > 0).then(now),
            promo: Some(promo),
        }
        .into())
    }
}

fn set_state(state: &mut State, id: &str, to: PromoState) -> Result<Promo, Status> {
    let promo = state.promos.iter_mut().find(|promo| promo.promo_id == id);
    let promo = promo.ok_or_else(|| missing("inventory.promo_missing"))?;
    promo.state = to.into();
    Ok(promo.clone())
}
