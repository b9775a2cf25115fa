//! Reviews: by buyers only, one each, seen by others once staff have approved them, and counted exactly.

use contract::actor::Actor;
use contract::common::PageRequest;
use contract::failure::{Failure, Kind};
use contract::inventory::review_admin_service_client::ReviewAdminServiceClient;
use contract::inventory::review_service_client::ReviewServiceClient;
use contract::inventory::*;
use contract::wire::Wire;
use kernel::ids::{ItemId, PersonId};
use tokio::task::JoinSet;

use crate::it::shop::{Buy, Shop};

const ANNA: i64 = 101;
const BORIS: i64 = 102;
const MODERATOR: i64 = 8_500_000;
const CATALOG: u32 = 16;

/// What happened to a review, as staff's log has it: action, whose, before, after, why.
type Told = (String, i64, String, String, String);

impl Shop {
    fn reviews(&self) -> ReviewServiceClient<Wire> {
        ReviewServiceClient::new(self.wire())
    }

    fn review_desk(&self) -> ReviewAdminServiceClient<Wire> {
        ReviewAdminServiceClient::new(self.wire())
    }

    fn person<T>(&self, person: i64, message: T) -> tonic::Request<T> {
        self.acting(person, 1, message)
    }

    fn moderator<T>(&self, message: T) -> tonic::Request<T> {
        self.acting(MODERATOR, 1 | CATALOG, message)
    }

    fn acting<T>(&self, person: i64, bits: u32, message: T) -> tonic::Request<T> {
        self.ground.keys.caller(&Actor::Person { id: PersonId(person), bits }).request(message)
    }

    async fn has_bought(&self, person: i64, item: ItemId) {
        self.wallets.top_up(person, 1_000);
        self.buy(&Buy::one(person, item)).await.unwrap();
    }

    async fn write(
        &self,
        person: i64,
        item: ItemId,
        stars: u32,
        text: &str,
    ) -> Result<OwnReview, Failure> {
        let request = WriteReviewRequest {
            item_id: item.to_string(),
            stars,
            text: text.into(),
            author: "Анна Петрова".into(),
        };
        let answer = self.reviews().write_review(self.person(person, request)).await?;
        Ok(answer.into_inner().review.unwrap())
    }

    async fn own(&self, person: i64, item: ItemId) -> GetOwnReviewResponse {
        let request = GetOwnReviewRequest { item_id: item.to_string() };
        self.reviews().get_own_review(self.person(person, request)).await.unwrap().into_inner()
    }

    async fn shown(&self, item: ItemId, page: PageRequest) -> ListReviewsResponse {
        let request = ListReviewsRequest { item_id: item.to_string(), page: Some(page) };
        self.reviews().list_reviews(self.person(BORIS, request)).await.unwrap().into_inner()
    }

    async fn pending(&self) -> Vec<StaffReview> {
        let request = self.moderator(ListPendingReviewsRequest::default());
        let found = self.review_desk().list_pending_reviews(request).await.unwrap().into_inner();
        assert_eq!(found.total, found.reviews.len() as u64);
        found.reviews
    }

    async fn approve(&self, review_id: &str, version: u32) -> Result<StaffReview, Failure> {
        let request = ApproveReviewRequest { review_id: review_id.into(), version };
        let answer = self.review_desk().approve_review(self.moderator(request)).await?;
        Ok(answer.into_inner().review.unwrap())
    }

    async fn reject(&self, review_id: &str, version: u32, reason: &str) -> Result<(), Failure> {
        let (review_id, reason) = (review_id.into(), reason.into());
        let request = RejectReviewRequest { review_id, version, reason };
        self.review_desk().reject_review(self.moderator(request)).await?;
        Ok(())
    }

    async fn remove(&self, review_id: &str, version: u32, reason: &str) -> Result<(), Failure> {
        let (review_id, reason) = (review_id.into(), reason.into());
        let request = RemoveReviewRequest { review_id, version, reason };
        self.review_desk().remove_review(self.moderator(request)).await?;
        Ok(())
    }

    async fn take_back(&self, person: i64, item: ItemId) {
        let request = TakeReviewBackRequest { item_id: item.to_string() };
        self.reviews().take_review_back(self.person(person, request)).await.unwrap();
    }

    /// Reviews and stars on the card.
    async fn rating(&self, item: ItemId) -> (u32, u64) {
        let rating = self.item(item).await.unwrap().rating.unwrap();
        (rating.reviews, rating.stars)
    }

    /// The sums are those of the rows.
    async fn check_ratings(&self) {
        let wrong = "item_ratings r where r.reviews <> (
            select count(*) from reviews v where v.item_id = r.item_id and v.state = 'approved')
            or r.stars <> (select coalesce(sum(v.stars), 0) from reviews v
            where v.item_id = r.item_id and v.state = 'approved')";
        assert_eq!(self.count(wrong).await, 0);
        let uncounted = "reviews v where v.state = 'approved' and not exists
            (select from item_ratings r where r.item_id = v.item_id)";
        assert_eq!(self.count(uncounted).await, 0);
    }

    async fn told_of_reviews(&self) -> Vec<Told> {
        let entries = self.audited().await.into_iter();
        let of_reviews = entries.filter(|entry| entry.action.starts_with("inventory.review."));
        let told = of_reviews.map(|entry| {
            assert_eq!((entry.staff_id, entry.changes.len()), (MODERATOR, 1));
            let change = &entry.changes[0];
            let (before, after) = (change.before.clone(), change.after.clone());
            (entry.action.clone(), entry.person_id, before, after, entry.reason.clone())
        });
        told.collect()
    }
}

fn code<T: std::fmt::Debug>(answer: Result<T, Failure>) -> String {
    answer.unwrap_err().code().to_owned()
}

#[tokio::test]
async fn rev_01_only_who_bought_an_item_may_review_it() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 2).await;
    let other = shop.item_with("proxy", 1).await;
    assert!(!shop.own(ANNA, item).await.may_write);
    assert_eq!(code(shop.write(ANNA, item, 5, "Great").await), "inventory.not_purchased");
    shop.has_bought(ANNA, item).await;
    let own = shop.own(ANNA, item).await;
    assert!(own.may_write && own.review.is_none() && own.item_name == "vpn");
    assert_eq!(code(shop.write(ANNA, other, 5, "").await), "inventory.not_purchased");
    assert_eq!(code(shop.write(BORIS, item, 5, "").await), "inventory.not_purchased");
    for (stars, text) in [(0, ""), (6, ""), (5, &*"я".repeat(501)), (5, "a\0b")] {
        let failure = shop.write(ANNA, item, stars, text).await.unwrap_err();
        assert_eq!(failure.kind(), Kind::Invalid);
    }
    let review = shop.write(ANNA, item, 4, "  Works\r\n\n fine ").await.unwrap();
    assert_eq!((review.stars, &*review.text), (4, "Works\nfine"));
    assert_eq!(review.state(), ReviewState::Pending);
    assert_eq!(shop.count("reviews").await, 1);
}

#[tokio::test]
async fn rev_01_an_order_that_was_undone_is_no_purchase() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    let refused = shop.buy(&Buy::one(ANNA, item)).await;
    assert_eq!(code(refused), "payments.insufficient_funds");
    assert_eq!(code(shop.write(ANNA, item, 1, "No money").await), "inventory.not_purchased");
}

#[tokio::test]
async fn rev_02_a_person_has_one_review_of_an_item_and_a_new_one_waits_for_staff_again() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    shop.has_bought(ANNA, item).await;
    let first = shop.write(ANNA, item, 5, "Great").await.unwrap();
    assert_eq!(shop.write(ANNA, item, 5, "Great").await.unwrap(), first, "said again");
    shop.approve(&first.review_id, 1).await.unwrap();
    assert_eq!(shop.rating(item).await, (1, 5));
    assert_eq!(shop.write(ANNA, item, 5, "Great").await.unwrap().state(), ReviewState::Approved);
    let second = shop.write(ANNA, item, 1, "It broke").await.unwrap();
    assert_eq!(second.review_id, first.review_id);
    assert_eq!(second.state(), ReviewState::Pending);
    assert_eq!(shop.rating(item).await, (0, 0), "the old one is gone, the new one waits");
    assert_eq!(code(shop.approve(&first.review_id, 1).await), "inventory.review_changed");
    shop.approve(&first.review_id, 2).await.unwrap();
    assert_eq!((shop.rating(item).await, shop.count("reviews").await), ((1, 1), 1));
    shop.check_ratings().await;
}

#[tokio::test]
async fn rev_02_twenty_first_reviews_at_once_are_one() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    shop.has_bought(ANNA, item).await;
    let mut writes = JoinSet::new();
    for at in 0..20 {
        let mut reviews = shop.reviews();
        let request = WriteReviewRequest {
            item_id: item.to_string(),
            stars: 1 + at % 5,
            ..WriteReviewRequest::default()
        };
        let request = shop.person(ANNA, request);
        writes.spawn(async move { reviews.write_review(request).await });
    }
    for written in writes.join_all().await {
        written.unwrap();
    }
    assert_eq!(shop.count("reviews").await, 1);
    let twice = sqlx::query(
        "insert into reviews (id, item_id, person_id, author, stars, body)
         select gen_random_uuid(), item_id, person_id, '', 1, '' from reviews",
    );
    assert!(twice.execute(&shop.pool).await.is_err(), "the database knows it too");
    shop.check_ratings().await;
}

#[tokio::test]
async fn rev_03_the_card_adds_up_and_the_list_tells_a_first_name_and_nothing_more() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 7).await;
    assert_eq!(shop.rating(item).await, (0, 0));
    for (at, person) in (ANNA..ANNA + 7).enumerate() {
        shop.has_bought(person, item).await;
        let stars = 1 + u32::try_from(at).unwrap() % 5;
        let review = shop.write(person, item, stars, &format!("No {at}")).await.unwrap();
        if at < 6 {
            shop.approve(&review.review_id, 1).await.unwrap();
        }
    }
    assert_eq!(shop.rating(item).await, (6, 16));
    let page = |number| PageRequest { number, size: 5 };
    let first = shop.shown(item, page(0)).await;
    let texts: Vec<_> = first.reviews.iter().map(|review| &*review.text).collect();
    assert_eq!(texts, ["No 5", "No 4", "No 3", "No 2", "No 1"]);
    assert!(first.reviews.iter().all(|review| review.author == "Анна"));
    assert_eq!((first.total, first.item_name), (6, "vpn".to_owned()));
    assert_eq!(first.rating, Some(Rating { reviews: 6, stars: 16 }));
    assert_eq!(shop.shown(item, page(1)).await.reviews.len(), 1);
    shop.check_ratings().await;
}

#[tokio::test]
async fn rev_03_browsing_reads_no_statement_more_than_without_reviews() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    shop.has_bought(ANNA, item).await;
    let review = shop.write(ANNA, item, 5, "").await.unwrap();
    shop.approve(&review.review_id, 1).await.unwrap();
    shop.item(item).await.unwrap();
    // What the card says is remembered with it: for a second nobody looks into the database.
    sqlx::query("delete from item_ratings").execute(&shop.pool).await.unwrap();
    assert_eq!(shop.rating(item).await, (1, 5));
}

#[tokio::test]
async fn rev_04_a_shop_without_reviews_takes_and_shows_none() {
    let shop = Shop::open_with("[reviews]\nenabled = false\n").await;
    let item = shop.item_with("vpn", 1).await;
    shop.has_bought(ANNA, item).await;
    assert_eq!(code(shop.write(ANNA, item, 5, "Great").await), "inventory.reviews_off");
    assert!(!shop.own(ANNA, item).await.may_write);
    let request = ListReviewsRequest { item_id: item.to_string(), page: None };
    let refused = shop.reviews().list_reviews(shop.person(ANNA, request)).await;
    assert_eq!(Failure::from(refused.unwrap_err()).code(), "inventory.reviews_off");
}

#[tokio::test]
async fn rev_05_staff_approve_reject_and_remove_and_every_decision_is_written_down() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 2).await;
    for person in [ANNA, BORIS] {
        shop.has_bought(person, item).await;
        shop.write(person, item, 5, "Words").await.unwrap();
    }
    let waiting = shop.pending().await;
    assert_eq!(waiting.iter().map(|it| it.person_id).collect::<Vec<_>>(), [ANNA, BORIS]);
    let (first, second) = (&waiting[0].review_id, &waiting[1].review_id);
    for reason in ["", "no", "two\nlines"] {
        assert_eq!(shop.reject(first, 1, reason).await.unwrap_err().kind(), Kind::Invalid);
    }
    for _ in 0..2 {
        shop.approve(first, 1).await.unwrap();
        shop.reject(second, 1, "rude words").await.unwrap();
    }
    assert_eq!((shop.rating(item).await, shop.pending().await.len()), ((1, 5), 0));
    let own = shop.own(BORIS, item).await.review.unwrap();
    assert_eq!((own.state(), &*own.reason), (ReviewState::Rejected, "rude words"));
    for _ in 0..2 {
        shop.remove(first, 1, "not about the item").await.unwrap();
    }
    let own = shop.own(ANNA, item).await.review.unwrap();
    assert_eq!((own.state(), &*own.text), (ReviewState::Removed, ""), "its words are gone");
    assert_eq!(code(shop.approve(first, 1).await), "inventory.review_missing");
    assert_eq!(shop.rating(item).await, (0, 0));
    let told = |action: &str, person, before: &str, after: &str, why: &str| {
        (format!("inventory.review.{action}"), person, before.into(), after.into(), why.into())
    };
    let expected: Vec<Told> = vec![
        told("approve", ANNA, "pending", "approved", ""),
        told("reject", BORIS, "pending", "rejected", "rude words"),
        told("remove", ANNA, "approved", "removed", "not about the item"),
    ];
    assert_eq!(shop.told_of_reviews().await, expected);
    shop.check_ratings().await;
}

#[tokio::test]
async fn rev_05_sec_13_who_may_not_keep_the_catalogue_decides_nothing() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    shop.has_bought(ANNA, item).await;
    let review_id = shop.write(ANNA, item, 5, "").await.unwrap().review_id;
    for bits in [1, 1_023 - CATALOG] {
        let request = ApproveReviewRequest { review_id: review_id.clone(), version: 1 };
        let refused = shop.review_desk().approve_review(shop.acting(ANNA, bits, request)).await;
        assert_eq!(Failure::from(refused.unwrap_err()).kind(), Kind::Denied);
        let request = shop.acting(ANNA, bits, ListPendingReviewsRequest::default());
        let refused = shop.review_desk().list_pending_reviews(request).await;
        assert_eq!(Failure::from(refused.unwrap_err()).kind(), Kind::Denied);
    }
    assert_eq!(shop.rating(item).await, (0, 0));
}

#[tokio::test]
async fn rev_01_its_author_takes_a_review_back_and_nothing_of_it_is_left() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    shop.has_bought(ANNA, item).await;
    let review = shop.write(ANNA, item, 5, "My own words").await.unwrap();
    shop.approve(&review.review_id, 1).await.unwrap();
    for _ in 0..2 {
        shop.take_back(ANNA, item).await;
    }
    assert_eq!((shop.count("reviews").await, shop.rating(item).await), (0, (0, 0)));
    assert!(shop.own(ANNA, item).await.review.is_none());
    shop.check_ratings().await;
}

#[tokio::test]
async fn rev_03_fifty_decisions_at_once_add_up() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 25).await;
    let mut ids = Vec::new();
    for person in ANNA..ANNA + 25 {
        shop.has_bought(person, item).await;
        ids.push(shop.write(person, item, 4, "").await.unwrap().review_id);
    }
    let mut decisions = JoinSet::new();
    for (at, review_id) in ids.into_iter().enumerate() {
        for _ in 0..2 {
            let (mut desk, review_id) = (shop.review_desk(), review_id.clone());
            let request = shop.moderator(ApproveReviewRequest { review_id, version: 1 });
            decisions.spawn(async move { desk.approve_review(request).await.map(|_| ()) });
        }
        if at % 5 == 0 {
            let person = ANNA + i64::try_from(at).unwrap();
            let mut reviews = shop.reviews();
            let item_id = item.to_string();
            let request = shop.person(person, TakeReviewBackRequest { item_id });
            decisions.spawn(async move { reviews.take_review_back(request).await.map(|_| ()) });
        }
    }
    decisions.join_all().await;
    shop.check_ratings().await;
    assert_eq!(shop.rating(item).await, (20, 80));
}
