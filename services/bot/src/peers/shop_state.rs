//! What staff switch for the whole shop.

use contract::admin as wire;
use contract::admin::shop_state_service_client::ShopStateServiceClient;
use contract::failure::Failure;

use crate::peers::{Peers, absent};

/// How the shop stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShopState {
    /// Closed for everybody but staff.
    pub maintenance: bool,
    /// What people read then besides the usual words.
    pub notice: String,
}

impl From<wire::ShopState> for ShopState {
    fn from(state: wire::ShopState) -> Self {
        Self { maintenance: state.maintenance, notice: state.notice }
    }
}

impl Peers {
    /// How the shop stands; for the bot itself.
    pub async fn get_shop_state(&self) -> Result<ShopState, Failure> {
        let request = self.read(wire::GetShopStateRequest {});
        let answer = self.shop_state().get_shop_state(request).await?.into_inner();
        Ok(answer.state.ok_or_else(|| absent("state"))?.into())
    }

    /// Closes the shop, or opens it.
    pub async fn set_maintenance(&self, state: ShopState) -> Result<ShopState, Failure> {
        let ShopState { maintenance, notice } = state;
        let request = self.work(wire::SetMaintenanceRequest { maintenance, notice });
        let answer = self.shop_state().set_maintenance(request).await?.into_inner();
        Ok(answer.state.ok_or_else(|| absent("state"))?.into())
    }

    fn shop_state(&self) -> ShopStateServiceClient<contract::wire::Wire> {
        ShopStateServiceClient::new(self.wires.admin.clone())
    }
}
