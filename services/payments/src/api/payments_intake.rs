//! `PaymentsIntakeService`: what comes in about money, raw.

use std::sync::Arc;

use contract::convert;
use contract::failure::Failure;
use contract::payments::payments_intake_service_server::PaymentsIntakeService;
use contract::payments::{
    Header, TakeCallbackRequest, TakeCallbackResponse, TakeUpdateRequest, TakeUpdateResponse,
};
use http::{HeaderMap, HeaderName, HeaderValue};
use tonic::{Request, Response, Status};

use crate::operations::{Payments, inbox};

/// The methods of the gateway.
pub struct PaymentsIntakeApi(pub Arc<Payments>);

#[tonic::async_trait]
impl PaymentsIntakeService for PaymentsIntakeApi {
    async fn take_update(
        &self,
        request: Request<TakeUpdateRequest>,
    ) -> Result<Response<TakeUpdateResponse>, Status> {
        inbox::take_update(&self.0, request.into_inner().update).await?;
        Ok(Response::new(TakeUpdateResponse {}))
    }

    async fn take_callback(
        &self,
        request: Request<TakeCallbackRequest>,
    ) -> Result<Response<TakeCallbackResponse>, Status> {
        let request = request.into_inner();
        let headers = headers(request.headers)?;
        inbox::take_callback(&self.0, &request.provider, &headers, request.body).await?;
        Ok(Response::new(TakeCallbackResponse {}))
    }
}

fn headers(headers: Vec<Header>) -> Result<HeaderMap, Failure> {
    let mut map = HeaderMap::with_capacity(headers.len());
    for Header { name, value } in headers {
        let name =
            HeaderName::try_from(name).map_err(|error| convert::invalid("headers", error))?;
        let value =
            HeaderValue::try_from(value).map_err(|error| convert::invalid("headers", error))?;
        map.append(name, value);
    }
    Ok(map)
}
