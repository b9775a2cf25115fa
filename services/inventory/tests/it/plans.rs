//! What a sale reads, however large the stock is: PostgreSQL's own plans, on a server as it comes and on ours.

use sqlx::{AssertSqlSafe, Row};

use crate::it::shop::{Buy, PRICE, Shop};

const RESERVE_ONE: &str = include_str!("../../src/store/reserve_one.sql");
const TYPES: &str = "uuid, text, bigint, uuid, bigint, text, float8";

/// One item that is nearly all of the stock, half of it sold.
async fn fill(shop: &Shop) -> Buy {
    let item = shop.item_with("vpn", 1).await;
    for statement in [
        "insert into units (item_id, sealed, key_id, fingerprint, batch_id)
         select item_id, sealed, key_id, sha256(n::text::bytea), batch_id
         from units, generate_series(1, 20000) n",
        "update units set state = 'sold', order_id = item_id where id <= 10000",
        "analyze units",
    ] {
        sqlx::query(statement).execute(&shop.pool).await.unwrap();
    }
    Buy::one(101, item)
}

#[tokio::test]
async fn a_sale_of_one_is_planned_once_and_never_reads_the_whole_stock() {
    let shop = Shop::open().await;
    let item = fill(&shop).await.item.0;
    for random_page_cost in ["1.1", "4"] {
        let mut tx = shop.pool.begin().await.unwrap();
        let prepare = format!(
            "set local random_page_cost = {random_page_cost};
             prepare sale ({TYPES}) as {RESERVE_ONE}"
        );
        sqlx::raw_sql(AssertSqlSafe(prepare)).execute(&mut *tx).await.unwrap();
        let sale = |number: u32| {
            format!(
                "execute sale ('00000000-0000-7000-8000-{number:012}', 'n{number}', 101, '{item}',
                 {PRICE}, 'RUB', 60)"
            )
        };
        // The first five are always planned anew; what PostgreSQL does after them is its choice.
        for number in 1..=8 {
            let sold = sqlx::raw_sql(AssertSqlSafe(sale(number))).fetch_all(&mut *tx).await;
            assert_eq!(sold.unwrap().len(), 1, "a unit is reserved");
        }
        let kept: i64 = sqlx::query_scalar(
            "select generic_plans from pg_prepared_statements where name = 'sale'",
        )
        .fetch_one(&mut *tx)
        .await
        .unwrap();
        assert_eq!(kept, 3, "with random_page_cost {random_page_cost} every sale is planned anew");

        let explain = format!("explain {}", sale(9));
        let lines = sqlx::raw_sql(AssertSqlSafe(explain)).fetch_all(&mut *tx).await.unwrap();
        let plan: Vec<String> = lines.iter().map(|line| line.get(0)).collect();
        let plan = plan.join("\n");
        for index in ["Index Scan using units_free", "Index Scan using units_pkey"] {
            assert!(plan.contains(index), "random_page_cost {random_page_cost}:\n{plan}");
        }
        for whole in ["Seq Scan on units", "Merge Join", "Hash Join", "Sort"] {
            assert!(!plan.contains(whole), "random_page_cost {random_page_cost}:\n{plan}");
        }
        sqlx::raw_sql("deallocate sale").execute(&mut *tx).await.unwrap();
        tx.rollback().await.unwrap();
    }
}
