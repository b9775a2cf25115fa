//! What staff switch for the whole shop, as RPCs.

use chassis::guard;
use contract::admin::shop_state_service_server::ShopStateService;
use contract::admin::{
    self, GetShopStateRequest, GetShopStateResponse, SetMaintenanceRequest, SetMaintenanceResponse,
};
use contract::convert;
use tonic::{Request, Response, Status};

use crate::domain::shop_state::ShopState;
use crate::operations::Admin;

pub struct Api(pub Admin);

#[tonic::async_trait]
impl ShopStateService for Api {
    async fn get_shop_state(
        &self,
        _: Request<GetShopStateRequest>,
    ) -> Result<Response<GetShopStateResponse>, Status> {
        let state = Some(encode(self.0.get_shop_state().await?));
        Ok(Response::new(GetShopStateResponse { state }))
    }

    async fn set_maintenance(
        &self,
        request: Request<SetMaintenanceRequest>,
    ) -> Result<Response<SetMaintenanceResponse>, Status> {
        let staff = guard::actor(&request)?.person()?;
        let SetMaintenanceRequest { maintenance, notice } = request.into_inner();
        let state = if maintenance {
            ShopState::closed(&notice).map_err(|why| convert::invalid("notice", why))?
        } else {
            ShopState::open()
        };
        self.0.set_maintenance(staff, &state).await?;
        Ok(Response::new(SetMaintenanceResponse { state: Some(encode(state)) }))
    }
}

fn encode(state: ShopState) -> admin::ShopState {
    let ShopState { maintenance, notice } = state;
    admin::ShopState { maintenance, notice }
}
