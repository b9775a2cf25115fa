//! Conversations in both languages and from both sides, with nothing and with too much.

use contract::bot::{self as wire, TicketMessage, TicketState};
use kernel::ids::PersonId;

use super::stage::Stage;
use crate::fakes::now;
use crate::screens::*;

const ANNA: i64 = 42;

fn said(staff_id: i64, text: &str) -> TicketMessage {
    let (is_from_staff, text) = (staff_id > 0, text.to_owned());
    TicketMessage { staff_id, is_from_staff, text, written_at: Some(now()) }
}

fn ticket(person_id: i64, state: TicketState, messages: Vec<TicketMessage>) -> wire::Ticket {
    wire::Ticket { person_id, state: state.into(), since: Some(now()), messages }
}

#[tokio::test]
async fn peer_10_a_conversation_is_shown_as_it_was_typed_and_fits_however_long_it_is() {
    let stage = Stage::new();
    stage.anna_sees("ticket_none", Ticket::Show).await;
    stage.owner_presses("tickets_none", StaffTickets::List { page: 0 }, None).await;
    let nobody = StaffTickets::Card { person: PersonId(43) };
    stage.owner_presses("staff_ticket_none", nobody, None).await;
    for (id, name) in [(ANNA, "Анна <b>&\""), (43, "Boris"), (44, "Vera"), (7, "Olga")] {
        stage.bot.people.introduce(PersonId(id), name);
    }
    let words = "<b>&\" Где мой ключ? ".repeat(120);
    let many = (0..10).map(|number| said(if number % 2 == 1 { 7 } else { 0 }, &words));
    stage.booth.knows(ticket(ANNA, TicketState::Waiting, many.collect()));
    stage.booth.knows(ticket(43, TicketState::Answered, vec![said(7, "Here <&\"> it is")]));
    stage.booth.knows(ticket(44, TicketState::Closed, vec![said(0, "Thanks")]));
    stage.anna_sees("ticket_much", Ticket::Show).await;
    stage.anna_writes("ticket_bad_text", Ticket::Show, &"ж".repeat(2_001)).await;
    stage.owner_presses("tickets_list", StaffTickets::List { page: 0 }, None).await;
    for (name, person) in
        [("staff_ticket_much", ANNA), ("staff_ticket_answered", 43), ("staff_ticket_closed", 44)]
    {
        let card = StaffTickets::Card { person: PersonId(person) };
        stage.owner_presses(name, card, None).await;
    }
}

#[tokio::test]
async fn bug_34_peer_10_who_may_not_look_after_people_sees_no_conversations() {
    let stage = Stage::new();
    let others = 1_023 & !8;
    let card = StaffTickets::Card { person: PersonId(43) };
    stage.staff_sees("tickets_of_others", others, card).await;
}
