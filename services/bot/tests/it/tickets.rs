//! Conversations between people and staff in the chat.

use contract::bot::ticket_admin_service_client::TicketAdminServiceClient;
use contract::bot::ticket_service_client::TicketServiceClient;
use contract::bot::{
    AnswerTicketRequest, GetMyTicketRequest, ListTicketsRequest, TicketState, WriteTicketRequest,
};
use contract::failure::Failure;
use kernel::ids::{MessageId, PersonId};

use super::broadcasts::with_people;
use super::shop::{ANNA, BORIS, OWNER, TestShop};

const USERS: u32 = 8;

async fn write(shop: &TestShop, person: PersonId, id: &str, text: &str) -> Result<(), Failure> {
    let message_id = MessageId::derived(id).to_string();
    let message = WriteTicketRequest { message_id, text: text.into() };
    let request = shop.request_of(person, 1, message);
    TicketServiceClient::new(shop.wire()).write_ticket(request).await?;
    Ok(())
}

async fn answer(shop: &TestShop, bits: u32, person: PersonId) -> Result<(), Failure> {
    let message_id = MessageId::derived("answer").to_string();
    let message = AnswerTicketRequest { person_id: person.0, message_id, text: "Done".into() };
    let request = shop.request_of(OWNER, bits, message);
    TicketAdminServiceClient::new(shop.wire()).answer_ticket(request).await?;
    Ok(())
}

const MESSAGES: &str = "select count(*) from bot.ticket_messages";

#[tokio::test]
async fn peer_10_peer_14_a_person_writes_staff_answer_and_it_is_settled() {
    let shop = with_people().await;
    shop.says(ANNA, "/paysupport");
    shop.presses(ANNA, "Write to us").await;
    shop.sees(ANNA, &["Write what it is about"]).await;
    shop.says(ANNA, "Where is <b>my</b> key & why?");
    shop.sees(ANNA, &["You,", "Where is <b>my</b> key & why?", "We have your message"]).await;
    shop.sees(OWNER, &["Anna", "waits for an answer"]).await;
    shop.presses(OWNER, "Open it").await;
    shop.sees(OWNER, &["Anna", "waits for staff", "Where is <b>my</b> key & why?"]).await;
    shop.says(OWNER, "It is <here>");
    shop.sees(OWNER, &["answered", "Olga", "It is <here>"]).await;
    shop.sees(ANNA, &["We,", "It is <here>", "You can answer"]).await;
    // The question of the notice is no open one: she opens it, and writes again.
    shop.says(ANNA, "/support");
    shop.presses(ANNA, "Write to us").await;
    shop.sees(ANNA, &["You can answer with a text"]).await;
    shop.says(ANNA, "Thank you");
    shop.sees(ANNA, &["Thank you", "We have your message"]).await;
    shop.counts("select count(*) from bot.tickets where state = 'waiting'", 1).await;
    shop.presses(ANNA, "It is settled").await;
    shop.sees(ANNA, &["This conversation is closed"]).await;
    shop.counts("select count(*) from bot.tickets where state = 'closed'", 1).await;
    let audited = "select count(*) from bot.outbox where event::text like '%' || \
        encode('bot.ticket.answer', 'hex') || '%'";
    shop.counts(audited, 1).await;
    shop.close().await;
}

#[tokio::test]
async fn peer_10_staff_write_to_a_person_first_and_the_bot_brings_it() {
    let shop = with_people().await;
    shop.says(OWNER, "/admin");
    shop.presses(OWNER, "People").await;
    shop.sees(OWNER, &["People, newest first"]).await;
    shop.presses(OWNER, "Find").await;
    shop.sees(OWNER, &["Send an id"]).await;
    shop.says(OWNER, &BORIS.to_string());
    shop.presses(OWNER, "✉️ Write").await;
    shop.sees(OWNER, &["Nothing was written yet"]).await;
    shop.says(OWNER, "Your order is ready");
    shop.sees(BORIS, &["Мы,", "Your order is ready"]).await;
    shop.presses(OWNER, "It is settled").await;
    shop.sees(OWNER, &["closed since"]).await;
    shop.close().await;
}

#[tokio::test]
async fn peer_10_a_repeated_message_is_one_and_nobody_writes_without_end() {
    let shop = with_people().await;
    for _ in 0..3 {
        write(&shop, ANNA, "first", "Hello").await.unwrap();
    }
    shop.counts(MESSAGES, 1).await;
    for number in 2..=20 {
        write(&shop, ANNA, &number.to_string(), "Hello?").await.unwrap();
    }
    let full = write(&shop, ANNA, "21", "Hello!").await.unwrap_err();
    assert_eq!(full.code(), "bot.ticket_full");
    // Staff were told once of all of them.
    shop.counts("select count(*) from bot.outbound where kind = 'ticket_written'", 1).await;
    answer(&shop, 1_023, ANNA).await.unwrap();
    write(&shop, ANNA, "21", "Hello!").await.unwrap();
    for text in ["", " ", &"ж".repeat(2_001)] {
        let refused = write(&shop, ANNA, "wrong", text).await.unwrap_err();
        assert_eq!(refused.data("field"), Some("text"));
    }
    shop.counts(MESSAGES, 22).await;
    shop.close().await;
}

#[tokio::test]
async fn peer_10_a_conversation_is_its_persons_and_of_staff_who_may() {
    let shop = with_people().await;
    write(&shop, ANNA, "first", "Secret").await.unwrap();
    let mine = TicketServiceClient::new(shop.wire())
        .get_my_ticket(shop.request_of(BORIS, 1, GetMyTicketRequest {}))
        .await
        .unwrap();
    let mine = mine.into_inner().ticket.unwrap();
    assert_eq!((mine.state(), mine.messages.len()), (TicketState::Unspecified, 0));
    let list = |bits| shop.request_of(OWNER, bits, ListTicketsRequest::default());
    let mut rpc = TicketAdminServiceClient::new(shop.wire());
    let denied = rpc.list_tickets(list(1_023 & !USERS)).await.unwrap_err();
    assert_eq!(Failure::from(denied).code(), "common.denied");
    let listed = rpc.list_tickets(list(USERS)).await.unwrap().into_inner();
    assert_eq!((listed.total, listed.tickets[0].state()), (1, TicketState::Open));
    // Nobody writes to themselves as staff, or to who may as much.
    assert_eq!(answer(&shop, 1_023, OWNER).await.unwrap_err().code(), "bot.not_above");
    let stranger = answer(&shop, 1_023, PersonId(999_999)).await.unwrap_err();
    assert_eq!(stranger.code(), "bot.person_missing");
    shop.close().await;
}

#[tokio::test]
async fn peer_10_staff_are_reminded_once_of_a_long_wait_and_what_was_closed_long_ago_is_forgotten()
{
    let mut shop = with_people().await;
    write(&shop, ANNA, "first", "Hello").await.unwrap();
    write(&shop, BORIS, "second", "Привет").await.unwrap();
    shop.run("update bot.tickets set since = now() - interval '61 minutes' where person_id = 1001")
        .await;
    shop.run(
        "update bot.tickets set state = 'closed', since = now() - interval '181 days' \
         where person_id = 1002",
    )
    .await;
    // Both jobs look when they begin.
    shop.dies_and_comes_back().await;
    shop.sees(OWNER, &["Anna", "has been waiting"]).await;
    shop.counts("select count(*) from bot.tickets", 1).await;
    shop.counts(MESSAGES, 1).await;
    shop.dies_and_comes_back().await;
    shop.sees(OWNER, &["has been waiting"]).await;
    shop.counts("select count(*) from bot.outbound where kind = 'ticket_waits'", 1).await;
    shop.close().await;
}

#[tokio::test]
async fn peer_10_closed_conversations_are_forgotten_in_their_time_and_open_ones_never() {
    let mut shop = with_people().await;
    for (person, id) in [(ANNA, "1"), (BORIS, "2")] {
        write(&shop, person, id, "Hello").await.unwrap();
    }
    shop.run("update bot.tickets set since = now() - interval '181 days'").await;
    shop.run("update bot.tickets set state = 'closed' where person_id = 1001").await;
    shop.dies_and_comes_back().await;
    shop.counts("select count(*) from bot.tickets where state = 'closed'", 0).await;
    shop.counts("select count(*) from bot.tickets where state = 'open'", 1).await;
    shop.counts(MESSAGES, 1).await;
    shop.close().await;
}
