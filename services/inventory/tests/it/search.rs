//! Search: by the beginnings of words, in any language, whatever is typed.

use contract::common::PageRequest;
use contract::inventory::{CreateItemRequest, SearchItemsRequest, UpdateItemRequest};
use kernel::ids::ItemId;

use crate::it::shop::{Shop, rub};

async fn shop_with(items: &[(&str, &str)]) -> Shop {
    let shop = Shop::open().await;
    for (name, description) in items {
        let request = CreateItemRequest {
            item_id: ItemId::derived(name).to_string(),
            category_id: shop.category.to_string(),
            name: (*name).into(),
            description: (*description).into(),
            price: Some(rub(1)),
            unlimited: false,
        };
        shop.admin().create_item(shop.staff(request)).await.unwrap();
    }
    shop
}

async fn find(shop: &Shop, text: &str, number: u32) -> (Vec<String>, u64) {
    let page = Some(PageRequest { number, size: 2 });
    let request = shop.as_person(1, SearchItemsRequest { text: text.into(), page });
    let found = shop.catalog().search_items(request).await.unwrap().into_inner();
    (found.items.into_iter().map(|item| item.name).collect(), found.total)
}

#[tokio::test]
async fn peer_33_items_are_found_by_the_beginnings_of_words_in_names_and_descriptions() {
    let shop = shop_with(&[
        ("VPN-ключ на 30 дней", "Работает везде"),
        ("Proxy", "Faster than a VPN, ещё и дешевле"),
        ("Antivirus", "For home & office"),
    ])
    .await;
    let both = vec!["Proxy".to_owned(), "VPN-ключ на 30 дней".to_owned()];
    for (text, expected) in [
        ("vpn", both.clone()),
        ("  ВЕЗ  ", vec![both[1].clone()]),
        ("дне ключ", vec![both[1].clone()]),
        ("Еще", vec![both[0].clone()]),
        ("vpn home", vec![]),
        ("pn", vec![]),
        ("", vec![]),
        ("'\\ | & ! :*", vec![]),
        ("' | ''", vec![]),
    ] {
        let total = expected.len() as u64;
        assert_eq!(find(&shop, text, 0).await, (expected, total), "{text:?}");
    }
}

#[tokio::test]
async fn peer_33_found_items_come_by_name_page_by_page_and_follow_a_change() {
    let shop = shop_with(&[("key c", ""), ("key a", ""), ("key b", ""), ("lock", "")]).await;
    assert_eq!(find(&shop, "key", 0).await, (vec!["key a".into(), "key b".into()], 3));
    assert_eq!(find(&shop, "key", 1).await, (vec!["key c".into()], 3));
    assert_eq!(find(&shop, "key", 9).await, (vec![], 3));
    let name = Some("hook".into());
    let change = UpdateItemRequest { name, ..Default::default() };
    shop.update_item(ItemId::derived("key b"), change).await.unwrap();
    assert_eq!(find(&shop, "key", 0).await.1, 2);
    assert_eq!(find(&shop, "hook", 0).await, (vec!["hook".into()], 1));
}
