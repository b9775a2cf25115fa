//! Conversations between people and staff: written, answered, closed, looked after.

use contract::bot::Event;
use contract::bot::event::What;
use contract::common::{AuditEntry, Permission};
use contract::convert;
use contract::failure::{Failure, Kind};
use kernel::ids::{MessageId, PersonId};
use kernel::page::{Page, PageRequest};
use sqlx::PgConnection;

use crate::bot::Bot;
use crate::operations::people::PERSON_MISSING;
use crate::outbound::Notice;
use crate::store::outbound::{self, Message};
use crate::store::{people, tickets as store};
use crate::ticket::{Author, SHOWN, State, TEXT_MAX, Ticket, UNANSWERED_MAX};

/// Too much of what a person wrote waits for an answer.
pub const TICKET_FULL: &str = "bot.ticket_full";
/// Members of staff who are told of one message.
const TOLD_MAX: usize = 20;

/// The conversation with a person, its newest messages last.
///
/// # Errors
/// The database cannot be asked now.
pub async fn get(bot: &Bot, person: PersonId) -> Result<Ticket, Failure> {
    let look = async {
        let head = store::find(&bot.pool, person).await?;
        let messages = store::list_messages(&bot.pool, person, SHOWN).await?;
        let since = head.map_or_else(|| bot.clock.now(), |head| head.since);
        sqlx::Result::Ok(Ticket { person, state: head.map(|head| head.state), since, messages })
    };
    look.await.map_err(chassis::sql::failure)
}

/// A page of all conversations, without their messages; those that wait for staff first.
///
/// # Errors
/// The database cannot be asked now.
pub async fn list(bot: &Bot, page: PageRequest) -> Result<Page<Ticket>, Failure> {
    let found = store::list(&bot.pool, page.limit(), page.offset()).await;
    let (heads, total) = found.map_err(chassis::sql::failure)?;
    let bare = |head: store::Head| Ticket {
        person: head.person,
        state: Some(head.state),
        since: head.since,
        messages: Vec::new(),
    };
    Ok(Page { rows: heads.into_iter().map(bare).collect(), total: total.unsigned_abs() })
}

/// Writes into the conversation with a person, once for each id, and opens it where it is closed. Whoever's turn it is
/// then is told.
///
/// # Errors
/// A text that is none, `bot.ticket_full`, `bot.person_missing`, or the database cannot be asked now.
pub async fn write(
    bot: &Bot,
    person: PersonId,
    author: Author,
    id: MessageId,
    text: &str,
) -> Result<Ticket, Failure> {
    let text = text.trim();
    if !(1..=TEXT_MAX).contains(&text.chars().count()) || text.contains('\0') {
        return Err(convert::invalid("text", "1 to 2,000 characters"));
    }
    let known = people::find(&bot.pool, person).await.map_err(chassis::sql::failure)?;
    if known.is_none() {
        return Err(Failure::new(Kind::Missing, PERSON_MISSING).because("they have never written"));
    }
    // Before the transaction: admin may have to be asked.
    let staff = match author {
        Author::Person => on_duty(bot).await,
        Author::Staff(_) => Vec::new(),
    };
    let mut tx = bot.pool.begin().await.map_err(chassis::sql::failure)?;
    let written = async {
        let before = store::lock(&mut tx, person).await?;
        if store::add(&mut tx, person, id, author, text).await? {
            // Counted after it, so that what was written before is no new message.
            let most = UNANSWERED_MAX + 1;
            if store::count_unanswered(&mut tx, person, most).await? == most {
                return Ok(false);
            }
            let after = State::after(before, author);
            store::set_state(&mut tx, person, after).await?;
            let is_news = !before.is_some_and(State::waits_for_staff);
            let told = match author {
                Author::Staff(staff) => {
                    let entry = AuditEntry::new(staff, "bot.ticket.answer", person).about(person);
                    tell(&mut tx, entry).await?;
                    vec![Notice::TicketAnswered { message: id }.row(person)]
                }
                Author::Person if is_news => {
                    rows(&staff, person, &Notice::TicketWritten { message: id, person })
                }
                Author::Person => Vec::new(),
            };
            if !told.is_empty() {
                outbound::insert(&mut tx, &told).await?;
            }
        }
        sqlx::Result::Ok(true)
    };
    if !written.await.map_err(chassis::sql::failure)? {
        return Err(Failure::new(Kind::Exhausted, TICKET_FULL)
            .because("twenty messages wait for an answer"));
    }
    tx.commit().await.map_err(chassis::sql::failure)?;
    bot.bell.ring();
    bot.queued.notify_one();
    get(bot, person).await
}

/// Closes the conversation with a person; one that is closed, or was never begun, stays as it is.
///
/// # Errors
/// The database cannot be asked now.
pub async fn close(bot: &Bot, person: PersonId, by: Author) -> Result<Ticket, Failure> {
    let mut tx = bot.pool.begin().await.map_err(chassis::sql::failure)?;
    let close = async {
        let Some(head) = store::find(&mut *tx, person).await? else { return Ok(()) };
        if head.state != State::Closed {
            store::set_state(&mut tx, person, State::Closed).await?;
            if let Author::Staff(staff) = by {
                let entry = AuditEntry::new(staff, "bot.ticket.close", person).about(person);
                let (from, to) = (head.state.name(), State::Closed.name());
                tell(&mut tx, entry.changed("state", from, to)).await?;
            }
        }
        sqlx::Result::Ok(())
    };
    close.await.map_err(chassis::sql::failure)?;
    tx.commit().await.map_err(chassis::sql::failure)?;
    bot.bell.ring();
    get(bot, person).await
}

/// Reminds staff of people who have waited for long, once of each wait.
///
/// # Errors
/// The database cannot be asked now: then nobody counts as reminded of.
pub async fn remind(bot: &Bot) -> Result<(), Failure> {
    let minutes = i32::try_from(bot.remind_minutes).unwrap_or(i32::MAX);
    if !store::has_overdue(&bot.pool, minutes).await.map_err(chassis::sql::failure)? {
        return Ok(());
    }
    let staff = on_duty(bot).await;
    let remind = async {
        let mut tx = bot.pool.begin().await?;
        for head in store::take_overdue(&mut tx, minutes).await? {
            let notice = Notice::TicketWaits { person: head.person, since: head.since };
            outbound::insert(&mut tx, &rows(&staff, head.person, &notice)).await?;
        }
        tx.commit().await
    };
    remind.await.map_err(chassis::sql::failure)?;
    bot.queued.notify_one();
    Ok(())
}

/// Forgets what was closed so many days ago; returns how many conversations.
///
/// # Errors
/// The database cannot be asked now.
pub async fn prune(bot: &Bot, days: i32) -> Result<u64, Failure> {
    store::prune(&bot.pool, days).await.map_err(chassis::sql::failure)
}

/// Who of staff looks after people.
async fn on_duty(bot: &Bot) -> Vec<PersonId> {
    let mut staff = Vec::new();
    for one in bot.rights.staff() {
        if bot.rights.of(one, || bot.own_peers()).await.may(Permission::Users) {
            staff.push(one);
        }
    }
    staff
}

/// The same for each of them, but not for whom it is about.
fn rows(staff: &[PersonId], person: PersonId, notice: &Notice) -> Vec<Message> {
    let others = staff.iter().filter(|one| **one != person).take(TOLD_MAX);
    others.map(|one| notice.row(*one)).collect()
}

async fn tell(conn: &mut PgConnection, entry: AuditEntry) -> sqlx::Result<()> {
    durable::outbox::write(conn, &Event { what: Some(What::Audited(entry)) }).await
}
