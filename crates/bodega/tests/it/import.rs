//! Taking a Telegram-shop over: what it says, what it refuses, and that it can be repeated.

use std::time::Duration;

use crate::it::stage::{Stage, complaint, connect, execute, fill, one, said};

/// What the new shop is made of, without what differs from one installation to the next.
const PICTURE: [&str; 12] = [
    "select person_id, first_name, registered_at, blocked_at is null, blocked_by, blocked_reason
     from bot.people order by 1",
    "select user_id, currency, balance_minor, held_minor, inviter_id, opened_at
     from payments.wallets order by 1",
    "select id, user_id, amount_minor, kind, currency, from_account, to_account, reference,
         case when kind <> 'opening' then created_at end
     from payments.transfers order by 1",
    "select top_up_id, inviter_id, invited_id, topped_up_minor, earned_minor, earning_id,
         happened_at from payments.referral_top_ups order by 1",
    "select provider, external_id, price_currency, price_minor, received_at
     from payments.receipts order by 1, 2",
    "select id, parent_id, name, archived_at is null from inventory.categories order by 1",
    "select id, category_id, name, description, price_minor, unlimited, archived_at is null
     from inventory.items order by 1",
    "select o.id, number, buyer_id, state, total_minor, placed_at, item_id, item_name,
         shared_unit_id is null
     from inventory.orders o join inventory.order_lines l on l.order_id = o.id order by 1",
    "select item_id, state, order_id, batch_id from inventory.units order by 1, 2, 3, 4",
    "select p.id, code, kind, value, max_uses, uses, expires_at, category_id, item_id, active,
         (select count(*) from inventory.promo_uses u where u.promo_id = p.id)
     from inventory.promos p order by 1",
    "select person_id, place, item_id, quantity, promo_id, added_at
     from inventory.cart_lines order by 1, 2",
    "select id, item_id, person_id, author, stars, body, state, written_at
     from inventory.reviews order by 1",
];

async fn picture(stage: &Stage) -> String {
    let mut sql = connect(&stage.new).await;
    let mut picture = String::new();
    for statement in PICTURE {
        let rows = format!("select coalesce(string_agg(t::text, E'\\n'), '') from ({statement}) t");
        let rows = sqlx::AssertSqlSafe(rows);
        let rows: String = sqlx::query_scalar(rows).fetch_one(&mut sql).await.unwrap();
        assert!(!rows.is_empty(), "{statement}");
        picture += &rows;
    }
    picture
}

#[tokio::test]
async fn a_rehearsal_says_what_would_come_over_and_keeps_nothing() {
    let stage = Stage::set().await;
    let told = said(&stage.import(&["--dry-run"], &[]).await);
    assert!(told.contains("this was a rehearsal, and nothing of it was kept"), "{told}");
    let everything = stage.everything().await;
    let filled: Vec<&str> = everything
        .lines()
        .filter(|line| line.starts_with('('))
        .filter(|line| !line.contains("USER") && !line.contains("ADMIN"))
        .filter(|line| !line.contains("OWNER") && !line.starts_with("(t,f,"))
        .collect();
    assert_eq!(filled, [""; 0], "only the built-in roles and the open shop are there");

    let real = stage.imports().await;
    let body = |text: &str| text.rsplit_once("\n\n").unwrap().0.to_owned();
    assert_eq!(body(&told), body(&real), "the rehearsal said what happens");
}

#[tokio::test]
async fn every_row_that_does_not_come_over_is_named_with_its_reason() {
    let stage = Stage::set().await;
    let told = stage.imports().await;
    for line in [
        "left     users 0: it is no person's number in Telegram",
        "changed  users 2006: their balance is -5.00: here it is 0, nobody owes",
        "changed  members 2004: there is one owner here, who is set by OWNER_ID: they are ADMIN",
        "changed  roles 5: all rights are the owner's alone: it has all but that of the owner",
        "changed  roles 6: its name is taken here: it is “admin (2)”",
        "changed  categories 2: its name is taken here: it is “ИГРЫ (2)”",
        "changed  goods 4: its name is taken here: it is “vpn (2)”",
        "left     goods 5: its price must be between 0 and",
        "changed  goods 6: its name must not contain line breaks",
        "changed  goods 6: its description must have at most 2000 characters",
        "left     item_values 3: its value was sold already",
        "left     item_values 4: its value is in stock already",
        "left     item_values 6: its item has a value for all buyers already, another one",
        "left     item_values 8: its item was left",
        "left     item_values 9: its value is empty",
        "left     item_values 10: its value is empty",
        "left     bought_goods 9: its price must be between 0 and",
        "left     operations 4: it moved nothing",
        "left     operations 7: its person is gone",
        "left     referral_earnings 3: it is no share of a top-up",
        "left     payments 1: it is in USD, and the shop in RUB",
        "left     payments 4: it is not paid; if it is paid yet, the money comes to suspense here",
        "left     payments 5: it is failed, and credited nothing",
        "changed  promo_codes 1: its limit is 4 and not 5",
        "left     promo_codes 4: the code must be 1 to 50 of A-Z",
        "left     promo_codes 5: there is such a code here already",
        "changed  promo_codes 6: it was bound to an item and a category: here to the item alone",
        "left     promo_codes 7: its worth must be 1 to 10000 hundredths of a percent",
        "changed  promo_codes 8: people who are gone used it up: it is off",
        "left     promo_codes 9: codes of type cashback are not known here",
        "left     promo_codes 10: the item that it is for was left",
        "left     promo_code_usages 4: its code was left",
        "changed  cart_items 3: its code was left, or is on another line: here it has none",
        "left     cart_items 4: no item has its name any more",
        "changed  cart_items 5: its code was left, or is on another line: here it has none",
        "left     audit_log, all 2 rows: it is about the older shop; keep its database",
    ] {
        assert!(told.contains(&format!("  {line}")), "{line}\n{told}");
    }
    let remarks = told.lines().filter(|l| l.starts_with("  left ") || l.starts_with("  changed "));
    assert_eq!(remarks.count(), 36, "{told}");
    for secret in ["KEY-", "NEGATIVE", "GONE-1", "padded", "vpn.example", "of a broken item"] {
        assert!(!told.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn the_totals_of_both_shops_agree_line_by_line() {
    let stage = Stage::set().await;
    let told = stage.imports().await;
    for (name, there, left, here) in [
        ("people", "13", "1", "12"),
        ("blocked people", "1", "0", "1"),
        ("balances", "10000000907.36", "-4.00", "10000000911.36"),
        ("unsold units", "11", "6", "5"),
        ("purchases", "12", "1", "11"),
        ("purchases, money", "427.14", "-1.00", "428.14"),
        ("promo uses", "4", "1", "3"),
    ] {
        let line = format!("{name:<20} {there:>16} {left:>12} {here:>16}  agrees");
        assert!(told.contains(&line), "{line}\n{told}");
    }
    assert!(told.ends_with("everything agrees; the shop can open\n"), "{told}");
}

#[tokio::test]
async fn a_repeated_import_changes_nothing() {
    let stage = Stage::set().await;
    stage.imports().await;
    let before = stage.everything().await;
    let told = stage.imports().await;
    assert_eq!(stage.everything().await, before);
    for line in told.lines().take_while(|line| !line.is_empty()).skip(1) {
        let taken = line.split_whitespace().nth_back(2).unwrap();
        assert_eq!(taken, "0", "{line}");
    }
}

#[tokio::test]
async fn the_log_of_the_shop_tells_of_the_import_once() {
    let stage = Stage::set().await;
    stage.imports().await;
    stage.imports().await;
    let told: String = one(
        &stage.new,
        "select string_agg(staff_id || ' ' || subject || ' ' || (changes @> '[{\"field\": \"users\",
             \"before\": \"\", \"after\": \"12\"}]'), ',')
         from admin.audit_entries where action = 'admin.import'",
    )
    .await;
    assert_eq!(told, "1000 telegram-shop true");
}

#[tokio::test]
async fn an_import_that_is_killed_between_batches_goes_on_where_it_was() {
    let stage = Stage::set().await;
    let whole = Stage::beside(&stage).await;
    whole.imports().await;
    for table in ["inventory.units", "payments.transfers", "payments.receipts", "inventory.promos"]
    {
        // Its tables are there from the first round on.
        said(&stage.import(&["--dry-run"], &[]).await);
        let mut lock = connect(&stage.new).await;
        let statement = format!("begin; lock table {table} in access exclusive mode");
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut lock).await.unwrap();
        let mut import = stage.begins();
        waits_for_a_lock(&stage).await;
        import.kill().await.unwrap();
        sqlx::raw_sql("rollback").execute(&mut lock).await.unwrap();
        is_alone(&stage).await;
    }
    stage.imports().await;
    assert_eq!(picture(&stage).await, picture(&whole).await);
}

async fn waits_for_a_lock(stage: &Stage) {
    let waiting = "select count(*) from pg_stat_activity
                   where datname = current_database() and wait_event_type = 'Lock'";
    until(stage, waiting, 1).await;
}

async fn is_alone(stage: &Stage) {
    let others = "select count(*) from pg_stat_activity
                  where datname = current_database() and pid <> pg_backend_pid()
                      and backend_type = 'client backend' and state <> 'idle'";
    until(stage, others, 0).await;
}

async fn until(stage: &Stage, statement: &'static str, wanted: i64) {
    let mut tick = tokio::time::interval(Duration::from_millis(20));
    let reached = async {
        while one::<i64>(&stage.new, statement).await != wanted {
            tick.tick().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), reached).await.expect("it gets there");
}

#[tokio::test]
async fn what_the_older_shop_sold_since_comes_over_by_another_run() {
    let stage = Stage::set().await;
    stage.imports().await;
    execute(
        &stage.older,
        "delete from item_values where value = 'KEY-FREE-1' and item_id = 1;
         insert into bought_goods (item_name, value, price, buyer_id, unique_id)
             values ('Ключ <&\">', 'KEY-FREE-1', 99.90, 2002, 777777777777);
         update users set balance = balance - 99.90 where telegram_id = 2002;
         insert into users (telegram_id, role_id, balance) values (2011, 1, 12.00);
         insert into operations (user_id, operation_value) values (2011, 12.00);
         insert into item_values (item_id, value, is_infinity) values (1, 'KEY-FREE-3', false);
         delete from item_values where value = 'KEY-FREE-2';
         update users set balance = balance + 1 where telegram_id = 2005",
    )
    .await;
    let told = stage.imports().await;
    assert!(!told.contains("DIFFERS"), "{told}");
    let opened: i64 = one(
        &stage.new,
        "select count(*) from payments.transfers where kind = 'opening' and user_id = 2005",
    )
    .await;
    assert_eq!(opened, 2, "the rouble that nothing explains is an opening of its own");
    let sold: String = one(
        &stage.new,
        "select string_agg(u.state || ' ' || o.number, ',') from inventory.units u
         join inventory.orders o on o.id = u.order_id where o.number = '777777777777'",
    )
    .await;
    assert_eq!(sold, "sold 777777777777", "the unit that was free here is the buyer's");
    let counted: String = one(
        &stage.new,
        "select string_agg(state || ' ' || n, ', ' order by state) from (
             select state, count(*) n from inventory.units group by state) s",
    )
    .await;
    assert_eq!(
        counted, "free 3, shared 1, sold 8, withdrawn 2",
        "one was taken out of stock there"
    );
}

#[tokio::test]
async fn money_without_cents_loses_only_what_is_told() {
    let stage = Stage::set().await;
    execute(&stage.older, "update payments set currency = 'JPY' where currency = 'RUB'").await;
    let told = said(&stage.import(&[], &[("PAY_CURRENCY", "JPY")]).await);
    for line in [
        "changed  users 2001: their balance is 150 JPY, 0.50 less than there",
        "changed  goods 1: its price is 99 JPY, 0.90 less than there",
        "changed  bought_goods 1: it cost 99 JPY, 0.90 less than there",
        "changed  promo_codes 2: it is worth 0.50 less than there",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    assert!(told.contains("everything agrees"), "{told}");
}

#[tokio::test]
async fn rev_01_rev_03_reviews_come_over_and_count() {
    let stage = Stage::set().await;
    stage.imports().await;
    stage.imports().await;
    let rated: String = one(
        &stage.new,
        "select string_agg(name || ' ' || reviews || ' ' || stars, ', ' order by name collate \"C\")
         from inventory.item_ratings r join inventory.items i on i.id = r.item_id",
    )
    .await;
    assert_eq!(rated, "Gone item 1 3, VPN 2 6");
    let words: String = one(
        &stage.new,
        "select string_agg(body, '|' order by person_id) from inventory.reviews
         where state = 'approved' and author = ''",
    )
    .await;
    assert_eq!(words, "Good <&\">||so so");
}

#[tokio::test]
async fn who_has_met_the_bot_here_already_keeps_their_name_and_gets_their_balance() {
    let stage = Stage::set().await;
    said(&stage.import(&["--dry-run"], &[]).await);
    execute(
        &stage.new,
        "insert into bot.people (person_id, first_name) values (2007, 'Vera');
         insert into payments.wallets (user_id, currency) values (2007, 'RUB')",
    )
    .await;
    stage.imports().await;
    let vera: String = one(
        &stage.new,
        "select first_name || ' ' || balance_minor || ' ' || inviter_id || ' '
             || (registered_at at time zone 'UTC')
         from bot.people join payments.wallets on user_id = person_id where person_id = 2007",
    )
    .await;
    assert_eq!(vera, "Vera 766 2001 2024-01-08 07:00:00");
}

#[tokio::test]
async fn another_currency_and_people_who_trade_here_stop_it_before_anything_is_taken() {
    let stage = Stage::set().await;
    let told = complaint(&stage.import(&[], &[("PAY_CURRENCY", "USD")]).await);
    assert!(told.contains("the older shop's money is RUB, and shop.currency is USD"), "{told}");

    stage.imports().await;
    execute(
        &stage.new,
        "insert into payments.transfers
             (id, user_id, amount_minor, kind, currency, from_account, to_account, reference)
         values (gen_random_uuid(), 2001, 5, 'adjustment', 'RUB', 'adjustment', 'wallet', 'x');
         update payments.wallets set balance_minor = balance_minor + 5 where user_id = 2001",
    )
    .await;
    execute(&stage.older, "update users set balance = 1 where telegram_id = 2007").await;
    let before = stage.everything().await;
    let told = complaint(&stage.import(&[], &[]).await);
    assert!(told.contains("1 people of the older shop have paid or bought here already (2001)"));
    assert_eq!(stage.everything().await, before);
}

#[tokio::test]
async fn the_older_shop_may_live_in_the_same_database() {
    let stage = Stage::set().await;
    fill(&stage.new).await;
    let told = said(&stage.import_from_own(&[]).await);
    assert!(told.contains("everything agrees"), "{told}");
}

#[tokio::test]
async fn what_is_no_older_shop_is_refused_by_what_it_lacks() {
    let stage = Stage::set().await;
    execute(&stage.older, "drop table cart_items; alter table users drop column is_blocked").await;
    let told = complaint(&stage.import(&[], &[]).await);
    assert!(told.contains("users.is_blocked cart_items.id"), "{told}");
    assert!(told.contains("alembic upgrade head"), "{told}");
}
