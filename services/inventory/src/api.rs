//! The RPCs: decode, call one operation, encode.

mod buyers;
mod cart;
mod catalog;
mod catalog_admin;
mod feed;
mod goods;
mod order;
mod order_admin;
mod promo;
mod promo_admin;
mod review;
mod review_admin;
mod sales;
mod stock_admin;
mod waiting;

use contract::inventory::buyer_service_server::BuyerServiceServer;
use contract::inventory::cart_service_server::CartServiceServer;
use contract::inventory::catalog_admin_service_server::CatalogAdminServiceServer;
use contract::inventory::catalog_service_server::CatalogServiceServer;
use contract::inventory::goods_service_server::GoodsServiceServer;
use contract::inventory::inventory_feed_service_server::InventoryFeedServiceServer;
use contract::inventory::order_admin_service_server::OrderAdminServiceServer;
use contract::inventory::order_service_server::OrderServiceServer;
use contract::inventory::promo_admin_service_server::PromoAdminServiceServer;
use contract::inventory::promo_service_server::PromoServiceServer;
use contract::inventory::review_admin_service_server::ReviewAdminServiceServer;
use contract::inventory::review_service_server::ReviewServiceServer;
use contract::inventory::sales_service_server::SalesServiceServer;
use contract::inventory::stock_admin_service_server::StockAdminServiceServer;
use contract::inventory::waiting_service_server::WaitingServiceServer;
use tonic::service::Routes;

use crate::operations::Inventory;

/// A batch of 10,000 keys is a megabyte or two; tonic's own limit is four.
const BATCH_BYTES_MAX: usize = 32 * 1024 * 1024;

/// All routes of the service; whoever serves them puts the guard in front.
pub fn routes(inventory: &Inventory) -> Routes {
    let admin = catalog_admin::Api(inventory.clone());
    let admin = CatalogAdminServiceServer::new(admin).max_decoding_message_size(BATCH_BYTES_MAX);
    Routes::new(CatalogServiceServer::new(catalog::Api(inventory.clone())))
        .add_service(OrderServiceServer::new(order::Api(inventory.clone())))
        .add_service(OrderAdminServiceServer::new(order_admin::Api(inventory.clone())))
        .add_service(SalesServiceServer::new(sales::Api(inventory.clone())))
        .add_service(BuyerServiceServer::new(buyers::Api(inventory.clone())))
        .add_service(GoodsServiceServer::new(goods::Api(inventory.clone())))
        .add_service(WaitingServiceServer::new(waiting::Api(inventory.clone())))
        .add_service(admin)
        .add_service(CartServiceServer::new(cart::Api(inventory.clone())))
        .add_service(PromoServiceServer::new(promo::Api(inventory.clone())))
        .add_service(PromoAdminServiceServer::new(promo_admin::Api(inventory.clone())))
        .add_service(ReviewServiceServer::new(review::Api(inventory.clone())))
        .add_service(ReviewAdminServiceServer::new(review_admin::Api(inventory.clone())))
        .add_service(StockAdminServiceServer::new(stock_admin::Api(inventory.clone())))
        .add_service(InventoryFeedServiceServer::new(feed::Api(inventory.clone())))
}
