//! People are chosen by what they bought.

use contract::failure::Failure;
use contract::inventory::SelectBuyersRequest;
use contract::inventory::buyer_service_client::BuyerServiceClient;
use contract::inventory::select_buyers_request::Condition;

use crate::it::shop::{Buy, PRICE, Shop, rub};

async fn select(
    shop: &Shop,
    person_ids: Vec<i64>,
    condition: Option<Condition>,
) -> Result<Vec<i64>, Failure> {
    let caller = shop.ground.caller_for_service("bot");
    let request = caller.request(SelectBuyersRequest { person_ids, condition });
    let answer = BuyerServiceClient::new(shop.wire()).select_buyers(request).await;
    answer.map(|answer| answer.into_inner().person_ids).map_err(Failure::from)
}

#[tokio::test]
async fn peer_15_people_are_chosen_by_delivered_orders_alone() {
    let shop = Shop::open().await;
    let vpn = shop.item_with("vpn", 10).await;
    let key = shop.item_with("key", 10).await;
    for person in 1..=4 {
        shop.wallets.top_up(person, 3 * PRICE);
    }
    shop.buy(&Buy::one(1, vpn)).await.unwrap();
    shop.buy(&Buy { quantity: 2, ..Buy::one(1, key) }).await.unwrap();
    shop.buy(&Buy::one(2, key)).await.unwrap();
    shop.buy(&Buy { quantity: 9, ..Buy::one(3, key) }).await.unwrap_err();

    let everybody = || vec![5, 3, 2, 1, 4];
    assert_eq!(select(&shop, everybody(), None).await, Ok(vec![1, 2]));
    assert_eq!(select(&shop, vec![2, 4], None).await, Ok(vec![2]));
    let over = |minor| Some(Condition::SpentOver(rub(minor)));
    assert_eq!(select(&shop, everybody(), over(PRICE - 1)).await, Ok(vec![1, 2]));
    assert_eq!(select(&shop, everybody(), over(PRICE)).await, Ok(vec![1]));
    assert_eq!(select(&shop, everybody(), over(3 * PRICE)).await, Ok(vec![]));
    let bought = |item: kernel::ids::ItemId| Some(Condition::ItemId(item.to_string()));
    assert_eq!(select(&shop, everybody(), bought(vpn)).await, Ok(vec![1]));
    assert_eq!(select(&shop, everybody(), bought(key)).await, Ok(vec![1, 2]));
    assert_eq!(select(&shop, vec![], bought(key)).await, Ok(vec![]));
}

#[tokio::test]
async fn peer_15_a_question_about_people_is_bounded_and_for_services_only() {
    let shop = Shop::open().await;
    let too_many = select(&shop, (1..=5_001).collect(), None).await.unwrap_err();
    assert_eq!(too_many.data("field"), Some("person_ids"));
    let euro = contract::common::Money { minor: 1, currency: "EUR".into() };
    let foreign = select(&shop, vec![1], Some(Condition::SpentOver(euro))).await.unwrap_err();
    assert_eq!(foreign.data("field"), Some("spent_over"));
    let request = shop.with_bits(1_023, SelectBuyersRequest::default());
    let denied = BuyerServiceClient::new(shop.wire()).select_buyers(request).await.unwrap_err();
    assert_eq!(Failure::from(denied).code(), "common.denied");
}
