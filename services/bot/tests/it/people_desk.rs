//! Staff look after people: the list over RPC, and the screens in the chat.

use contract::bot::{
    FindPersonRequest, GetPeopleStatsRequest, ListPeopleRequest, ListPeopleResponse, PeopleFilter,
    Person,
};
use contract::failure::Failure;
use kernel::clock::Clock;

use super::shop::{ANNA, OWNER, TestShop};

const ALL: u32 = 1_023;

/// Two came at each of thirteen moments but the last.
async fn crowd(shop: &TestShop) {
    shop.run(
        "insert into bot.people (person_id, first_name, username, registered_at, updated_at)
         select 100 + n, 'Person ' || n, 'name_' || n,
             now() - interval '30 days' + n / 2 * interval '1 second', now()
         from generate_series(1, 25) n",
    )
    .await;
}

async fn list(shop: &TestShop, asked: ListPeopleRequest) -> ListPeopleResponse {
    let request = shop.request_of(OWNER, ALL, asked);
    shop.people().list_people(request).await.unwrap().into_inner()
}

fn ids(people: &[Person]) -> Vec<i64> {
    people.iter().map(|person| person.person_id).collect()
}

#[tokio::test]
async fn adm_08_the_list_is_walked_to_its_end_and_back_without_a_gap() {
    let shop = TestShop::open().await;
    crowd(&shop).await;
    let mut seen = Vec::new();
    let mut page = list(&shop, ListPeopleRequest::default()).await;
    assert!(page.newer.is_empty());
    loop {
        seen.extend(ids(&page.people));
        if page.older.is_empty() {
            break;
        }
        let cursor = page.older.clone();
        page = list(&shop, ListPeopleRequest { cursor, ..ListPeopleRequest::default() }).await;
    }
    assert_eq!(seen, (101..=125).rev().collect::<Vec<_>>());
    let mut back = ids(&page.people);
    while !page.newer.is_empty() {
        let cursor = page.newer.clone();
        page = list(&shop, ListPeopleRequest { cursor, ..ListPeopleRequest::default() }).await;
        back = ids(&page.people);
        assert_eq!(back.len(), 10, "going back shows whole pages");
    }
    assert_eq!(back, (116..=125).rev().collect::<Vec<_>>());
    shop.close().await;
}

#[tokio::test]
async fn adm_08_the_list_can_be_cut_down_and_a_foreign_cursor_is_refused() {
    let shop = TestShop::open().await;
    crowd(&shop).await;
    shop.run(
        "update bot.people set blocked_at = now(), blocked_by = 7, blocked_reason = 'spam'
         where person_id % 10 = 1",
    )
    .await;
    shop.run("update bot.people set unreachable_at = now() where person_id = 110").await;
    shop.run("update bot.people set registered_at = now() where person_id = 105").await;
    let filter = async |filter: PeopleFilter| {
        let asked = ListPeopleRequest { filter: filter.into(), ..ListPeopleRequest::default() };
        ids(&list(&shop, asked).await.people)
    };
    assert_eq!(filter(PeopleFilter::Blocked).await, [121, 111, 101]);
    assert_eq!(filter(PeopleFilter::Unreachable).await, [110]);
    let mut yesterday = contract::convert::timestamp(Clock::System.now());
    yesterday.seconds -= 86_400;
    let registered_after = Some(yesterday);
    let asked = ListPeopleRequest { registered_after, ..ListPeopleRequest::default() };
    assert_eq!(ids(&list(&shop, asked).await.people), [105]);
    let asked = ListPeopleRequest { cursor: "²".into(), ..ListPeopleRequest::default() };
    let refused = shop.people().list_people(shop.request_of(OWNER, ALL, asked)).await;
    assert_eq!(Failure::from(refused.unwrap_err()).data("field"), Some("cursor"));
    shop.close().await;
}

#[tokio::test]
async fn bug_72_sec_16_people_are_found_by_id_and_by_name_whatever_its_case() {
    let shop = TestShop::open().await;
    crowd(&shop).await;
    let find = async |query: &str| {
        let asked = FindPersonRequest { query: query.into() };
        let answer = shop.people().find_person(shop.request_of(OWNER, ALL, asked)).await;
        answer.map(|answer| answer.into_inner().person.map(|person| person.person_id))
    };
    assert_eq!(find("105").await.unwrap(), Some(105));
    assert_eq!(find("@NAME_7").await.unwrap(), Some(107));
    for nobody in ["²", "1e2", "@nobody_here", "name_7'--", "9007199254740993"] {
        assert_eq!(find(nobody).await.unwrap(), None, "{nobody:?}");
    }
    // A name that changed hands is the last one's who wrote.
    shop.run(
        "update bot.people set username = 'name_7', updated_at = now() + interval '1 second'
         where person_id = 109",
    )
    .await;
    assert_eq!(find("name_7").await.unwrap(), Some(109));
    for wrong in ["", &"x".repeat(256)] {
        let refused = Failure::from(find(wrong).await.unwrap_err());
        assert_eq!(refused.data("field"), Some("query"));
    }
    shop.close().await;
}

#[tokio::test]
async fn adm_02_bug_69_people_are_counted_by_the_shops_own_days() {
    let shop = TestShop::open().await;
    crowd(&shop).await;
    shop.run("update bot.people set registered_at = now() where person_id <= 103").await;
    shop.run("update bot.people set unreachable_at = now() where person_id = 110").await;
    let request = |bits| shop.request_of(OWNER, bits, GetPeopleStatsRequest {});
    let stats = shop.people().get_people_stats(request(128)).await.unwrap().into_inner();
    assert_eq!((stats.people, stats.blocked, stats.unreachable), (25, 0, 1));
    assert_eq!((stats.new_today, stats.new_in_7_days), (3, 3));
    let refused = shop.people().get_people_stats(request(8)).await.unwrap_err();
    assert_eq!(Failure::from(refused).code(), "common.denied");
    shop.close().await;
}

#[tokio::test]
async fn adm_03_ux_08_the_owner_finds_blocks_and_unblocks_a_person_from_the_chat() {
    let shop = TestShop::open().await;
    shop.says(ANNA, "/start");
    shop.sees(ANNA, &["Hi, Anna"]).await;
    shop.says(OWNER, "/admin");
    shop.presses(OWNER, "People").await;
    shop.sees(OWNER, &["People, newest first"]).await;
    shop.presses(OWNER, "Find").await;
    shop.says(OWNER, "²");
    shop.sees(OWNER, &["Nobody by this id"]).await;
    shop.says(OWNER, "@Anna");
    shop.sees(OWNER, &["Anna", "ID: 1001", "Messages reach them"]).await;
    shop.presses(OWNER, "Block").await;
    shop.says(OWNER, "sells elsewhere");
    shop.sees(OWNER, &["Reason: sells elsewhere"]).await;
    shop.presses(OWNER, "Yes, block").await;
    shop.sees(OWNER, &["Anna is blocked", "Blocked since"]).await;
    let answer = shop.presses(ANNA, "Profile").await;
    assert!(answer.text.unwrap().contains("is blocked"));
    shop.presses(OWNER, "Unblock").await;
    shop.presses(OWNER, "Yes, unblock").await;
    shop.sees(OWNER, &["is let in again"]).await;
    shop.presses(ANNA, "Profile").await;
    shop.sees(ANNA, &["Balance:"]).await;
    shop.says(OWNER, "/admin");
    shop.presses(OWNER, "Statistics").await;
    shop.sees(OWNER, &["People: 2", "New today: 2"]).await;
    shop.close().await;
}
