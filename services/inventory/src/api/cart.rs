//! Carts as RPCs for their person.

use chassis::guard;
use contract::convert::{self, invalid};
use contract::failure::Failure;
use contract::inventory::cart_service_server::CartService;
use contract::inventory::checkout_cart_response::Outcome;
use contract::inventory::difference::What;
use contract::inventory::{
    self as wire, AddToCartRequest, AddToCartResponse, CartChanged, CheckoutCartRequest,
    CheckoutCartResponse, ClearCartRequest, ClearCartResponse, GetCartRequest, GetCartResponse,
    RemoveLineRequest, RemoveLineResponse, SetLineRequest, SetLineResponse,
};
use kernel::ids::PersonId;
use tonic::{Request, Response, Status};

use crate::api::catalog::encode_limits;
use crate::api::order;
use crate::domain::basket::{Basket, Changed, Difference, Source};
use crate::domain::cart::{CartLine, Quote};
use crate::domain::order::Quantity;
use crate::domain::promo::Problem;
use crate::operations::{Bought, Cart, Inventory, LineChange, PromoChange};

pub struct Api(pub Inventory);

#[tonic::async_trait]
impl CartService for Api {
    async fn get_cart(
        &self,
        request: Request<GetCartRequest>,
    ) -> Result<Response<GetCartResponse>, Status> {
        let person = guard::actor(&request)?.person()?;
        let cart = Some(encode(&self.0.get_cart(person).await?));
        Ok(Response::new(GetCartResponse { cart }))
    }

    async fn add_to_cart(
        &self,
        request: Request<AddToCartRequest>,
    ) -> Result<Response<AddToCartResponse>, Status> {
        let person = guard::actor(&request)?.person()?;
        let request = request.into_inner();
        let item = convert::id("item_id", &request.item_id)?;
        let add_id = convert::id("add_id", &request.add_id)?;
        let cart = Some(encode(&self.0.add_to_cart(person, item, add_id).await?));
        Ok(Response::new(AddToCartResponse { cart }))
    }

    async fn set_line(
        &self,
        request: Request<SetLineRequest>,
    ) -> Result<Response<SetLineResponse>, Status> {
        let person = guard::actor(&request)?.person()?;
        let change = decode_change(&request.into_inner())?;
        let cart = Some(encode(&self.0.set_line(person, change).await?));
        Ok(Response::new(SetLineResponse { cart }))
    }

    async fn remove_line(
        &self,
        request: Request<RemoveLineRequest>,
    ) -> Result<Response<RemoveLineResponse>, Status> {
        let person = guard::actor(&request)?.person()?;
        let item = convert::id("item_id", &request.into_inner().item_id)?;
        let cart = Some(encode(&self.0.remove_line(person, item).await?));
        Ok(Response::new(RemoveLineResponse { cart }))
    }

    async fn clear_cart(
        &self,
        request: Request<ClearCartRequest>,
    ) -> Result<Response<ClearCartResponse>, Status> {
        let person = guard::actor(&request)?.person()?;
        let cart = Some(encode(&self.0.clear_cart(person).await?));
        Ok(Response::new(ClearCartResponse { cart }))
    }

    async fn checkout_cart(
        &self,
        request: Request<CheckoutCartRequest>,
    ) -> Result<Response<CheckoutCartResponse>, Status> {
        let buyer = guard::actor(&request)?.person()?;
        let until = order::last_try(&request);
        let basket = decode_basket(request.into_inner(), buyer)?;
        let outcome = match self.0.buy_basket(&basket, until).await? {
            Bought::Whole(receipt) => Outcome::Order(order::encode(&receipt)),
            Bought::Changed(differences) => Outcome::Changed(CartChanged {
                differences: differences.iter().map(encode_difference).collect(),
            }),
        };
        Ok(Response::new(CheckoutCartResponse { outcome: Some(outcome) }))
    }
}

fn decode_change(request: &SetLineRequest) -> Result<LineChange, Failure> {
    let quantity = match request.quantity {
        0 => None,
        count => Some(Quantity::new(count).map_err(|why| invalid("quantity", why))?),
    };
    let promo = match request.promo_id.as_deref() {
        None => None,
        Some("") => Some(PromoChange::Take),
        Some(id) => Some(PromoChange::Put(convert::id("promo_id", id)?)),
    };
    Ok(LineChange { item: convert::id("item_id", &request.item_id)?, quantity, promo })
}

fn decode_basket(request: CheckoutCartRequest, buyer: PersonId) -> Result<Basket, Failure> {
    let order_id = order::fresh_order_id(&request.order_id)?;
    let lines = request.lines.into_iter().map(order::decode_seen).collect::<Result<_, _>>()?;
    Basket::new(order_id, buyer, Source::Cart, lines).map_err(|why| invalid("lines", why))
}

fn encode(cart: &Cart) -> wire::Cart {
    wire::Cart {
        lines: cart.lines.iter().map(encode_line).collect(),
        discount: Some(cart.discount.into()),
        total: Some(cart.total.into()),
    }
}

fn encode_line((line, quote): &(CartLine, Quote)) -> wire::CartLine {
    let (promo_id, promo_code) = line
        .code()
        .map(|(id, code)| (id.to_string(), code.as_str().to_owned()))
        .unwrap_or_default();
    wire::CartLine {
        item_id: line.item_id.to_string(),
        item_name: line.item_name.clone(),
        unit_price: Some(line.unit_price.into()),
        quantity: line.quantity,
        promo_id,
        promo_code,
        promo_problem: quote.problem.map(Problem::code).unwrap_or_default().to_owned(),
        discount: Some(quote.discount.into()),
        total: Some(quote.total.into()),
        in_stock: line.in_stock,
        unlimited: line.unlimited,
        gone: line.is_gone,
    }
}

fn encode_difference(difference: &Difference) -> wire::Difference {
    let what = match difference.what {
        Changed::Gone => What::Gone(true),
        Changed::Price(now) => What::UnitPrice(now.into()),
        Changed::Left(left) => What::Left(left),
        Changed::QuantityNotAllowed(limits) => What::Limits(encode_limits(limits)),
        Changed::PersonLimit { max, left } => What::PersonLimit(wire::PersonLimit { max, left }),
        Changed::Promo(problem) => What::PromoProblem(problem.code().to_owned()),
        Changed::Discount(now) => What::Discount(now.into()),
        Changed::Line => What::Line(true),
    };
    wire::Difference { item_id: difference.item_id.to_string(), what: Some(what) }
}
