//! Reviews: from the receipt over the desk of staff to the card that everybody sees.

use journeys::shop::Shop;

use crate::values;

#[tokio::test]
async fn rev_01_rev_03_rev_05_a_review_is_written_approved_and_read_by_others() {
    let shop = Shop::open().await;
    let ware = shop.sells("Licence", 100, &values("KEY", 2)).await;
    let anna = shop.person(1, "Anna", "en");
    anna.starts().await;
    anna.tops_up_by_stars(100).await;
    let receipt = anna.buys(&ware).await;
    anna.insists_on(&receipt, "Leave a review").await;
    anna.goes("★★★★☆", "few words").await;
    anna.tells("Works at once", "once we have looked at it").await;

    let owner = shop.owner();
    owner.says("/admin");
    owner.goes("⭐ Reviews", "1 waits for you").await;
    owner.goes("★★★★☆ Licence", "Works at once").await;
    owner.goes("Show it", "Buyers see it now").await;

    let boris = shop.person(2, "Boris", "en");
    boris.starts().await;
    boris.opens_until(&ware, "⭐ 4.0 · 1 review").await;
    let read = boris.goes("Reviews (1)", "Works at once").await;
    assert!(read.words().contains("★★★★☆ · Anna"), "{}", read.words());
    assert!(!read.words().contains("@person_1"), "{}", read.words());
    boris.goes("My review", "Only those who bought it").await;
    shop.close().await;
}
