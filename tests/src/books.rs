//! What must hold at the end of every journey, asked of the database itself.

use std::time::Duration;

use sqlx::PgConnection;
use tokio::time::{Instant, interval};

use crate::PATIENCE;

/// Each counts rows that must not be there.
const INVARIANTS: [(&str, &str); 23] = [
    (
        "I1: a wallet's balance is the sum of its transfers",
        "select count(*) from payments.wallets w where w.balance_minor <> coalesce((\
         select sum(case t.to_account when 'wallet' then t.amount_minor else -t.amount_minor end) \
         from payments.transfers t where t.user_id = w.user_id), 0)",
    ),
    (
        // The shop's own accounts are sums of transfers; wallets are what is stored.
        "I1: all accounts together are zero, in every currency",
        "select count(*) from (select sum(minor) from (\
         select currency, balance_minor as minor from payments.wallets union all \
         select currency, -amount_minor from payments.transfers where from_account <> 'wallet' \
         union all \
         select currency, amount_minor from payments.transfers where to_account <> 'wallet') \
         accounts group by currency having sum(minor) <> 0) unbalanced",
    ),
    (
        "I1: a transfer of a wallet has its wallet, in the same currency",
        "select count(*) from payments.transfers t where t.user_id > 0 and not exists (select \
         from payments.wallets w where w.user_id = t.user_id and w.currency = t.currency)",
    ),
    (
        "I2: nothing is held without an open hold",
        "select count(*) from payments.wallets w where w.held_minor <> coalesce((select \
         sum(h.amount_minor) from payments.holds h where h.user_id = w.user_id \
         and h.state = 'pending'), 0)",
    ),
    (
        "I1: a share of a top-up has its transfer, of the same sum to the same person",
        "select count(*) from payments.referral_top_ups r where r.earned_minor > 0 and not exists \
         (select from payments.transfers t where t.id = r.earning_id and t.kind = 'referral' \
         and t.user_id = r.inviter_id and t.amount_minor = r.earned_minor)",
    ),
    ("no hold is open", "select count(*) from payments.holds where state = 'pending'"),
    (
        "I4: every stored payment was handled",
        "select count(*) from payments.inbox where handled_at is null",
    ),
    (
        "I3: a paid invoice was credited exactly once",
        "select count(*) from payments.invoices i where i.state = 'paid' and 1 <> (select count(*) \
         from payments.transfers t where t.kind = 'top_up' and t.user_id = i.user_id \
         and t.id in (select r.transfer_id from payments.receipts r where r.invoice_id = i.id))",
    ),
    (
        "I7: every order is delivered or released",
        "select count(*) from inventory.orders where state not in ('delivered', 'released')",
    ),
    (
        "I7: an order is delivered if and only if it was charged",
        "select count(*) from inventory.orders o where o.total_minor > 0 \
         and (o.state = 'delivered') <> exists (select from payments.transfers t where t.id = o.id \
         and t.kind = 'purchase' and t.amount_minor = o.total_minor and t.user_id = o.buyer_id)",
    ),
    (
        "I1: every charge is of an order",
        "select count(*) from payments.transfers t where t.kind = 'purchase' \
         and not exists (select from inventory.orders o where o.id = t.id)",
    ),
    (
        "I5: a delivered order has as many units as were bought, another has none",
        "select count(*) from inventory.orders o join inventory.order_lines l on l.order_id = o.id \
         where l.shared_unit_id is null and (select count(*) from inventory.units u \
         where u.order_id = o.id and u.item_id = l.item_id and u.state = 'sold') <> case \
         when o.state = 'delivered' then l.quantity else 0 end",
    ),
    (
        "I7: an order costs what its lines cost, less what their codes take off",
        "select count(*) from inventory.orders o where o.total_minor <> (select \
         sum(l.unit_price_minor * l.quantity - l.discount_minor) from inventory.order_lines l \
         where l.order_id = o.id)",
    ),
    (
        "a code was used as often as it is counted, and no more than it may be",
        "select count(*) from inventory.promos p where p.uses <> (select count(*) \
         from inventory.promo_uses u where u.promo_id = p.id) \
         or (p.max_uses > 0 and p.uses > p.max_uses)",
    ),
    (
        "every redemption is done, and was granted with its worth",
        "select count(*) from inventory.redemptions r where r.done_at is null or not exists (\
         select from payments.transfers t where t.id = r.transfer_id and t.kind = 'promo' \
         and t.user_id = r.person_id and t.amount_minor = r.amount_minor)",
    ),
    (
        "a broadcast counts everybody once, as what became of them",
        "select count(*) from bot.broadcasts b where row(b.people, b.sent, b.unreachable, \
         b.failed, b.in_doubt) is distinct from (select row(count(*)::int, \
         (count(*) filter (where state = 'sent'))::int, \
         (count(*) filter (where state = 'unreachable'))::int, \
         (count(*) filter (where state = 'failed'))::int, \
         (count(*) filter (where state = 'in_doubt'))::int) \
         from bot.broadcast_people p where p.broadcast_id = b.id)",
    ),
    (
        "nobody is being written to for ever",
        "select count(*) from bot.broadcast_people where state = 'sending'",
    ),
    ("I5: no unit stays reserved", "select count(*) from inventory.units where state = 'reserved'"),
    (
        "I10: nobody waits for a message",
        "select count(*) from bot.outbound where state = 'pending'",
    ),
    (
        "I7: a purchase that waited for money is bought if and only if its order is delivered",
        "select count(*) from bot.intents i where (i.state = 'bought') <> exists (select \
         from inventory.orders o where o.id = i.order_id and o.state = 'delivered')",
    ),
    (
        "an item's rating is that of its approved reviews",
        "select count(*) from inventory.item_ratings r full join (select item_id, \
         count(*) as reviews, sum(stars) as stars from inventory.reviews \
         where state = 'approved' group by item_id) v using (item_id) \
         where (coalesce(r.reviews, 0), coalesce(r.stars, 0)) \
         is distinct from (coalesce(v.reviews, 0), coalesce(v.stars, 0))",
    ),
    ("I10: no message was given up", "select count(*) from bot.outbound where state = 'dead'"),
    (
        "I10: no event was set aside",
        "select (select count(*) from bot.parked_entries) \
         + (select count(*) from admin.parked_entries)",
    ),
];

/// Messages and orders that are under way, payments that nobody has handled yet, and events that the bot has not followed
/// yet: what settles by itself within moments.
const UNSETTLED: &str = "with followed as (
        select name, split_part(cursor, '-', 1)::xid8 as tx,
            split_part(cursor, '-', 2)::bigint as id
        from bot.cursors where cursor <> ''
        union all
        select 'admin:' || name, split_part(cursor, '-', 1)::xid8,
            split_part(cursor, '-', 2)::bigint
        from admin.cursors where cursor <> ''
    )
    select (select count(*) from bot.outbound where state = 'pending')
        + (select count(*) from bot.intents where state = 'claimed')
        + (select count(*) from inventory.orders where state in ('reserved', 'charged'))
        + (select count(*) from bot.broadcasts where state in ('spreading', 'sending'))
        + (select count(*) from inventory.redemptions where done_at is null)
        + (select count(*) from payments.inbox where handled_at is null)
        + (select count(*) from inventory.outbox o where not exists (select from followed f
            where f.name = 'on_inventory_events' and (f.tx, f.id) >= (o.tx, o.id)))
        + (select count(*) from payments.outbox o where not exists (select from followed f
            where f.name = 'on_payments_events' and (f.tx, f.id) >= (o.tx, o.id)))
        + (select count(*) from bot.outbox o where not exists (select from followed f
            where f.name = 'admin:on_bot_events' and (f.tx, f.id) >= (o.tx, o.id)))
        + (select count(*) from inventory.outbox o where not exists (select from followed f
            where f.name = 'admin:on_inventory_events' and (f.tx, f.id) >= (o.tx, o.id)))
        + (select count(*) from payments.outbox o where not exists (select from followed f
            where f.name = 'admin:on_payments_events' and (f.tx, f.id) >= (o.tx, o.id)))";

/// Waits until the feeds are followed to their end and all messages are sent.
pub async fn settle(sql: &mut PgConnection) {
    let deadline = Instant::now() + PATIENCE;
    let mut tick = interval(Duration::from_millis(50));
    loop {
        let left: i64 =
            sqlx::query_scalar(UNSETTLED).fetch_one(&mut *sql).await.expect("the tables are there");
        if left == 0 {
            return;
        }
        assert!(Instant::now() < deadline, "{left} things have not settled in time");
        tick.tick().await;
    }
}

/// Panics with the name of each invariant that does not hold.
pub async fn check(sql: &mut PgConnection) {
    let mut broken = Vec::new();
    for (name, statement) in INVARIANTS {
        let wrong: i64 =
            sqlx::query_scalar(statement).fetch_one(&mut *sql).await.expect("the tables are there");
        if wrong != 0 {
            broken.push(format!("{name}: {wrong} rows do not"));
        }
    }
    assert!(broken.is_empty(), "the books are broken:\n{}", broken.join("\n"));
}

/// Panics unless every payment that a provider took is in our books, once: credited or in suspense.
pub async fn check_payments(sql: &mut PgConnection, provider: &str, taken: &[String]) {
    for external_id in taken {
        let booked: i64 = sqlx::query_scalar(
            "select count(*) from payments.receipts where provider = $1 and external_id = $2",
        )
        .bind(provider)
        .bind(external_id)
        .fetch_one(&mut *sql)
        .await
        .expect("the tables are there");
        assert_eq!(booked, 1, "I4: payment {external_id} of {provider} was lost");
    }
}
