//! Promo codes, as buyers use them.

use contract::convert;
use contract::failure::Failure;
use contract::inventory as wire;
use contract::inventory::check_promo_request::Promo as Named;
use contract::inventory::promo_service_client::PromoServiceClient;
use kernel::ids::{ItemId, PromoId};
use kernel::money::Money;
use uuid::Uuid;

use crate::peers::Peers;

/// What one piece of an item costs with a code.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Stands for the code.
    pub promo: PromoId,
    /// The code.
    pub code: String,
    /// Without it.
    pub unit_price: Money,
    /// What it takes off.
    pub discount: Money,
    /// With it.
    pub total: Money,
}

/// What was added to the balance.
#[derive(Debug, Clone)]
pub struct Redeemed {
    /// The code.
    pub code: String,
    /// How much.
    pub amount: Money,
}

impl Peers {
    /// Tries a code that somebody typed on an item.
    pub async fn try_code(&self, code: &str, item: ItemId) -> Result<Preview, Failure> {
        self.check_promo(Named::Code(code.to_owned()), item).await
    }

    /// Tries a code on an item again.
    pub async fn try_promo(&self, promo: PromoId, item: ItemId) -> Result<Preview, Failure> {
        self.check_promo(Named::PromoId(promo.to_string()), item).await
    }

    async fn check_promo(&self, named: Named, item: ItemId) -> Result<Preview, Failure> {
        let request = self.read(wire::CheckPromoRequest {
            promo: Some(named),
            item_id: item.to_string(),
            quantity: 1,
        });
        let answer = self.promos().check_promo(request).await?.into_inner();
        Ok(Preview {
            promo: convert::id("promo_id", &answer.promo_id)?,
            code: answer.code,
            unit_price: convert::money("unit_price", answer.unit_price)?,
            discount: convert::money("discount", answer.discount)?,
            total: convert::money("total", answer.total)?,
        })
    }

    /// Adds the worth of a balance code; the same id again adds nothing.
    pub async fn redeem_code(&self, id: Uuid, code: &str) -> Result<Redeemed, Failure> {
        let request = self
            .work(wire::RedeemCodeRequest { redemption_id: id.to_string(), code: code.to_owned() });
        let answer = self.promos().redeem_code(request).await?.into_inner();
        Ok(Redeemed { code: answer.code, amount: convert::money("amount", answer.amount)? })
    }

    fn promos(&self) -> PromoServiceClient<contract::wire::Wire> {
        PromoServiceClient::new(self.wires.inventory.clone())
    }
}
