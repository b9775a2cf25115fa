//! Files that were bought, as an RPC for their buyers.

use chassis::guard;
use contract::convert;
use contract::inventory::goods_service_server::GoodsService;
use contract::inventory::{GetFileRequest, GetFileResponse};
use tonic::{Request, Response, Status};

use crate::api::order::encode_opened;
use crate::operations::Inventory;

pub struct Api(pub Inventory);

#[tonic::async_trait]
impl GoodsService for Api {
    async fn get_file(
        &self,
        request: Request<GetFileRequest>,
    ) -> Result<Response<GetFileResponse>, Status> {
        let buyer = guard::actor(&request)?.person()?;
        let request = request.into_inner();
        let order = convert::id("order_id", &request.order_id)?;
        let (opened, content) = self.0.get_file(buyer, order, &request.file_id).await?;
        let file = encode_opened(&opened)
            .file
            .map(|file| contract::inventory::UnitFile { content, ..file });
        Ok(Response::new(GetFileResponse { file }))
    }
}
