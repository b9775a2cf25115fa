//! What the shop has sold, in numbers, for staff.

use contract::convert;
use contract::failure::Failure;
use contract::inventory as wire;
use contract::inventory::sales_service_client::SalesServiceClient;
use kernel::money::Money;

use crate::peers::{Peers, absent};

/// Delivered orders of some time.
#[derive(Debug, Clone, Copy)]
pub struct Sales {
    /// How many.
    pub orders: u64,
    /// What buyers paid.
    pub revenue: Money,
    /// Of one order.
    pub average: Money,
    /// Different people.
    pub buyers: u64,
    /// Pieces.
    pub units: u64,
}

/// Sales, and what there is to sell.
#[derive(Debug, Clone, Copy)]
pub struct Figures {
    /// Since midnight in the shop's time zone.
    pub today: Sales,
    /// Since the shop opened.
    pub ever: Sales,
    /// Not archived.
    pub categories: u64,
    /// Not archived.
    pub items: u64,
    /// Units that can be bought now.
    pub free_units: u64,
}

impl Peers {
    /// The numbers as they are now.
    pub async fn sales_figures(&self) -> Result<Figures, Failure> {
        let mut sales = SalesServiceClient::new(self.wires.inventory.clone());
        let request = self.read(wire::GetSalesStatsRequest {});
        let answer = sales.get_sales_stats(request).await?.into_inner();
        Ok(Figures {
            today: decode(answer.today)?,
            ever: decode(answer.ever)?,
            categories: answer.categories,
            items: answer.items,
            free_units: answer.free_units,
        })
    }
}

fn decode(sales: Option<wire::Sales>) -> Result<Sales, Failure> {
    let sales = sales.ok_or_else(|| absent("sales"))?;
    Ok(Sales {
        orders: sales.orders,
        revenue: convert::money("revenue", sales.revenue)?,
        average: convert::money("average_order", sales.average_order)?,
        buyers: sales.buyers,
        units: sales.sold_units,
    })
}
