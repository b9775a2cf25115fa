//! Figures of the shop: what is told is what was sold.

use contract::inventory::{ArchiveItemRequest, GetSalesStatsRequest, GetSalesStatsResponse, Sales};
use futures_util::future::join_all;

use crate::it::shop::{Buy, PRICE, Shop, rub};

const STATS: u32 = 128;

async fn stats(shop: &Shop) -> GetSalesStatsResponse {
    let request = shop.with_bits(STATS, GetSalesStatsRequest {});
    shop.sales().get_sales_stats(request).await.unwrap().into_inner()
}

fn sales(orders: u64, buyers: u64, minor: i64, sold_units: u64) -> Sales {
    let average = if orders == 0 { 0 } else { minor / i64::try_from(orders).unwrap() };
    let (revenue, average_order) = (Some(rub(minor)), Some(rub(average)));
    Sales { orders, revenue, average_order, buyers, sold_units }
}

#[tokio::test]
async fn adm_02_a_new_shop_has_sold_nothing() {
    let shop = Shop::open().await;
    let told = stats(&shop).await;
    assert_eq!((told.today, told.ever), (Some(sales(0, 0, 0, 0)), Some(sales(0, 0, 0, 0))));
    assert_eq!((told.categories, told.items, told.free_units), (1, 0, 0));
    let denied = shop.as_person(1, GetSalesStatsRequest {});
    let denied = shop.sales().get_sales_stats(denied).await.unwrap_err();
    assert_eq!(denied.code(), tonic::Code::PermissionDenied);
}

#[tokio::test]
async fn adm_02_bug_69_sales_are_counted_today_and_ever_and_only_what_was_delivered() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 10).await;
    let guide = shop.create_item("guide", true).await.unwrap();
    shop.add_stock(guide, &["for all"]).await.unwrap();
    let gone = shop.item_with("gone", 5).await;
    let request = ArchiveItemRequest { item_id: gone.to_string() };
    shop.admin().archive_item(shop.staff(request)).await.unwrap();
    shop.wallets.top_up(1, 100_000);
    shop.wallets.top_up(2, 100_000);
    let old = shop.buy(&Buy { quantity: 3, ..Buy::one(1, item) }).await.unwrap();
    sqlx::query("update orders set delivered_at = now() - interval '2 days' where id = $1::uuid")
        .bind(&old.order_id)
        .execute(&shop.pool)
        .await
        .unwrap();
    shop.buy(&Buy::one(1, item)).await.unwrap();
    shop.buy(&Buy { quantity: 2, ..Buy::one(2, guide) }).await.unwrap();
    shop.buy(&Buy::one(3, item)).await.unwrap_err();

    // Looked at by many at once, it is counted once.
    for told in join_all((0..20).map(|_| stats(&shop))).await {
        assert_eq!(told.today, Some(sales(2, 2, 3 * PRICE, 3)));
        assert_eq!(told.ever, Some(sales(3, 2, 6 * PRICE, 6)));
        assert_eq!((told.categories, told.items, told.free_units), (1, 2, 6));
    }
}
