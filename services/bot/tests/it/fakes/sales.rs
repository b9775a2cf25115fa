//! Figures of sales, as a test wants them.

use contract::inventory::sales_service_server::SalesService;
use contract::inventory::*;

use super::*;

#[tonic::async_trait]
impl SalesService for Fakes {
    async fn get_sales_stats(
        &self,
        request: Request<GetSalesStatsRequest>,
    ) -> Result<tonic::Response<GetSalesStatsResponse>, Status> {
        self.enter("get_sales_stats", &request)?;
        let mut told = self.state().sales.clone();
        told.today.get_or_insert_with(|| sales(0, 0));
        told.ever.get_or_insert_with(|| sales(0, 0));
        Ok(told.into())
    }
}

/// So many orders of one unit each, of different people, that brought so much.
pub fn sales(orders: u64, minor: i64) -> Sales {
    Sales {
        orders,
        revenue: Some(roubles(minor)),
        average_order: Some(roubles(minor.checked_div(orders.cast_signed()).unwrap_or_default())),
        buyers: orders,
        sold_units: orders,
    }
}
