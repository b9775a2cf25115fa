//! Promo codes as RPCs for buyers.

use chassis::guard;
use contract::convert::{self, invalid};
use contract::failure::Failure;
use contract::inventory::check_promo_request::Promo;
use contract::inventory::promo_service_server::PromoService;
use contract::inventory::{
    CheckPromoRequest, CheckPromoResponse, RedeemCodeRequest, RedeemCodeResponse,
};
use tonic::{Request, Response, Status};

use crate::api::order::last_try;
use crate::domain::order::Quantity;
use crate::operations::{Inventory, Named, Preview, Trial, redemption_id, typed};

pub struct Api(pub Inventory);

#[tonic::async_trait]
impl PromoService for Api {
    async fn check_promo(
        &self,
        request: Request<CheckPromoRequest>,
    ) -> Result<Response<CheckPromoResponse>, Status> {
        let person = guard::actor(&request)?.person()?;
        let request = request.into_inner();
        let trial = Trial {
            item: convert::id("item_id", &request.item_id)?,
            quantity: Quantity::new(request.quantity).map_err(|why| invalid("quantity", why))?,
        };
        let named = decode_named(request.promo)?;
        let preview = self.0.check_promo(person, &named, trial).await?;
        Ok(Response::new(encode(&preview)))
    }

    async fn redeem_code(
        &self,
        request: Request<RedeemCodeRequest>,
    ) -> Result<Response<RedeemCodeResponse>, Status> {
        let person = guard::actor(&request)?.person()?;
        let until = last_try(&request);
        let request = request.into_inner();
        let id = redemption_id(&request.redemption_id)?;
        let redeemed = self.0.redeem_code(person, id, typed(&request.code)?, until).await?;
        Ok(Response::new(RedeemCodeResponse {
            code: redeemed.code.to_string(),
            amount: Some(redeemed.amount.into()),
        }))
    }
}

fn decode_named(promo: Option<Promo>) -> Result<Named, Failure> {
    match promo {
        Some(Promo::Code(text)) => Ok(Named::Code(typed(&text)?)),
        Some(Promo::PromoId(id)) => Ok(Named::Id(convert::id("promo_id", &id)?)),
        None => Err(invalid("promo", "a code or an id is required")),
    }
}

fn encode(preview: &Preview) -> CheckPromoResponse {
    CheckPromoResponse {
        promo_id: preview.promo.id.to_string(),
        code: preview.promo.code.to_string(),
        unit_price: Some(preview.unit_price.into()),
        discount: Some(preview.discount.into()),
        total: Some(preview.total.into()),
    }
}
