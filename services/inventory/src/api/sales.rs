//! Figures of the shop as RPCs for staff.

use contract::inventory::sales_service_server::SalesService;
use contract::inventory::{GetSalesStatsRequest, GetSalesStatsResponse};
use kernel::currency::Currency;
use kernel::money::Money;
use tonic::{Request, Response, Status};

use crate::domain::sales::Sales;
use crate::operations::Inventory;

pub struct Api(pub Inventory);

#[tonic::async_trait]
impl SalesService for Api {
    async fn get_sales_stats(
        &self,
        _: Request<GetSalesStatsRequest>,
    ) -> Result<Response<GetSalesStatsResponse>, Status> {
        let figures = self.0.figures().await?;
        let currency = self.0.currency();
        Ok(Response::new(GetSalesStatsResponse {
            today: Some(encode(&figures.today, currency)),
            ever: Some(encode(&figures.ever, currency)),
            categories: figures.stock.categories,
            items: figures.stock.items,
            free_units: figures.stock.free_units,
        }))
    }
}

fn encode(sales: &Sales, currency: Currency) -> contract::inventory::Sales {
    contract::inventory::Sales {
        orders: sales.orders,
        revenue: Some(Money::new(sales.revenue_minor, currency).into()),
        average_order: Some(sales.average(currency).into()),
        buyers: sales.buyers,
        sold_units: sales.sold_units,
    }
}
