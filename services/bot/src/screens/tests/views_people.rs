//! Screens about people: those of staff, and the channels to join.

use contract::bot::{Block, Person};
use contract::inventory::GetSalesStatsResponse;
use kernel::ids::PersonId;
use telegram::ChatId;

use super::stage::{Stage, keep, picture};
use crate::dialogue::Draft;
use crate::fakes::admin_side::role_id;
use crate::fakes::now;
use crate::fakes::sales_side::sales;
use crate::screens::*;
use crate::subscriptions::Channel;

const ANNA: PersonId = PersonId(1_001);

fn person(id: i64, name: &str) -> Person {
    Person { person_id: id, name: name.into(), registered_at: Some(now()), ..Person::default() }
}

fn known(stage: &Stage) {
    let awkward: String = "<b>&Анна".chars().chain("я".repeat(100).chars()).take(64).collect();
    let username = "a".repeat(32);
    let block = Block { since: Some(now()), staff_id: 7, reason: "<spam> & ".repeat(22) };
    stage.desk.knows(Person { username, locale: "ru".into(), ..person(ANNA.0, &awkward) });
    stage.desk.knows(Person { block: Some(block), ..person(1_002, "Boris") });
    stage.desk.knows(Person { unreachable_since: Some(now()), ..person(1_003, "Gone") });
    stage.desk.knows(person(7, "Olga"));
}

#[tokio::test]
async fn adm_08_people_are_listed_with_what_is_the_matter_with_them() {
    let stage = Stage::new();
    let all = StaffPeople::default();
    stage.owner_presses("staff_people_none", all.clone(), None).await;
    known(&stage);
    stage.owner_presses("staff_people", all.clone(), None).await;
    let blocked = StaffPeople { among: Among::Blocked, ..all.clone() };
    stage.owner_presses("staff_people_blocked", blocked, None).await;
    for number in 0..10 {
        stage.desk.knows(person(2_000 + number, &format!("Человек {number}")));
    }
    let later = StaffPeople { cursor: "o1767323045000000.5".into(), ..all };
    stage.owner_presses("staff_people_many", later, None).await;
    stage.anna_presses("staff_people_of_nobody", StaffPeople::default()).await;
}

#[tokio::test]
async fn adm_03_a_persons_card_says_all_and_offers_what_may_be_done() {
    let stage = Stage::new();
    known(&stage);
    for (name, id) in [
        ("staff_person_awkward", ANNA.0),
        ("staff_person_blocked", 1_002),
        ("staff_person_unreachable", 1_003),
        ("staff_person_not_below", 7),
    ] {
        stage.owner_presses(name, StaffPerson { person: PersonId(id) }, None).await;
    }
    stage.owner_presses("find_person", FindPerson, None).await;
    stage.owner_writes("find_person_none", FindPerson, None, "²").await;
    stage.owner_writes("find_person_found", FindPerson, None, " 1003 ").await;
}

#[tokio::test]
async fn adm_03_blocking_asks_for_a_reason_and_then_whether() {
    let stage = Stage::new();
    known(&stage);
    let why = BlockPerson::AskWhy { person: ANNA };
    stage.owner_presses("block_why", why.clone(), None).await;
    stage.owner_writes("block_bad_reason", why.clone(), None, " x ").await;
    stage.owner_writes("block_whether", why, None, "<spam> &\n again").await;
    let reason = || Some(Draft::new(&BlockAnswers { reason: "spam & <scam>".into() }));
    stage.owner_presses("block_done", BlockPerson::Block { person: ANNA }, reason()).await;
    stage.owner_presses("block_done_before", BlockPerson::Block { person: ANNA }, None).await;
    let boris = PersonId(1_002);
    stage.owner_presses("unblock_ask", BlockPerson::AskToUnblock { person: boris }, None).await;
    stage.owner_presses("unblock_done", BlockPerson::Unblock { person: boris }, None).await;
}

#[tokio::test]
async fn adm_02_adm_18_statistics_show_people_sales_shelves_and_roles() {
    let stage = Stage::new();
    stage.owner_presses("statistics_new_shop", Statistics, None).await;
    {
        let mut state = stage.fakes.state();
        state.sales = GetSalesStatsResponse {
            today: Some(sales(1, 9_900)),
            ever: Some(sales(1_234_567, i64::MAX / 10_000)),
            categories: 1_000,
            items: 100_000,
            free_units: 5_000_000,
        };
        state.admin.members.push((7, role_id(927)));
    }
    stage.owner_presses("statistics", Statistics, None).await;
    stage.anna_presses("statistics_of_nobody", Statistics).await;
}

#[tokio::test]
async fn num_12_channels_to_join_are_shown_with_a_way_in() {
    let stage = Stage::new();
    let channels = [
        Channel { chat: ChatId::from("@news"), url: "https://t.me/news".into() },
        Channel { chat: ChatId::from(-100_777), url: "https://t.me/+abc".into() },
    ];
    let mut seen = String::new();
    for locale in kernel::locale::Locale::ALL {
        let missing: Vec<&Channel> = channels.iter().collect();
        seen.push_str(&picture(locale, &join::ask(&stage.anna(locale), &missing)));
    }
    keep("join", &seen);
}
