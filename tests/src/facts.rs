//! What the database says, asked as its administrator: numbers, and waiting until a number is right.

use std::time::Duration;

use kernel::ids::PersonId;
use sqlx::PgConnection;
use tokio::time::{Instant, interval};

use crate::PATIENCE;

/// Between two looks at a number that is not right yet.
const LOOK_AGAIN: Duration = Duration::from_millis(10);

/// A connection that sees every schema.
pub struct Facts(pub(crate) PgConnection);

impl Facts {
    /// The one number that a question answers with.
    pub async fn count(&mut self, question: &'static str) -> i64 {
        let answer = sqlx::query_scalar(question).fetch_one(&mut self.0).await;
        answer.unwrap_or_else(|error| panic!("{question}: {error}"))
    }

    /// The same about one person, who is `$1`.
    pub async fn count_of(&mut self, question: &'static str, person: PersonId) -> i64 {
        let answer = sqlx::query_scalar(question).bind(person.0).fetch_one(&mut self.0).await;
        answer.unwrap_or_else(|error| panic!("{question}: {error}"))
    }

    /// Waits until the number is right.
    pub async fn until(&mut self, question: &'static str, is_right: impl Fn(i64) -> bool) -> i64 {
        let deadline = Instant::now() + PATIENCE;
        let mut tick = interval(LOOK_AGAIN);
        loop {
            let answer = self.count(question).await;
            if is_right(answer) {
                return answer;
            }
            assert!(Instant::now() < deadline, "{question}: it is {answer} for ever");
            tick.tick().await;
        }
    }

    /// Changes what no screen can change.
    pub async fn change(&mut self, statement: &'static str) {
        let done = sqlx::query(statement).execute(&mut self.0).await;
        done.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }

    /// What a person may spend, in minor units; 0 without a wallet.
    pub async fn balance(&mut self, person: PersonId) -> i64 {
        let question = "select coalesce(sum(balance_minor - held_minor), 0)::bigint \
                        from payments.wallets where user_id = $1";
        self.count_of(question, person).await
    }

    /// How many top-ups a person was credited.
    pub async fn top_ups(&mut self, person: PersonId) -> i64 {
        let question =
            "select count(*) from payments.transfers where user_id = $1 and kind = 'top_up'";
        self.count_of(question, person).await
    }

    /// How many orders of a person were delivered.
    pub async fn delivered(&mut self, person: PersonId) -> i64 {
        let question =
            "select count(*) from inventory.orders where buyer_id = $1 and state = 'delivered'";
        self.count_of(question, person).await
    }

    /// Puts whole roubles into the wallets of people who have started, as staff would by hand. How money really comes
    /// in has journeys of its own.
    pub async fn give(&mut self, people: &[PersonId], amount: i64) {
        let ids: Vec<i64> = people.iter().map(|person| person.0).collect();
        let given = sqlx::query(
            "with given as (
                insert into payments.transfers (id, user_id, amount_minor, kind, currency,
                    from_account, to_account, reference)
                select gen_random_uuid(), id, $2, 'adjustment', 'RUB',
                    'adjustment', 'wallet', 'given'
                from unnest($1::bigint[]) as people (id)
                returning user_id, amount_minor
            )
            update payments.wallets set balance_minor = balance_minor + given.amount_minor
            from given where wallets.user_id = given.user_id",
        )
        .bind(ids)
        .bind(amount * 100)
        .execute(&mut self.0)
        .await
        .expect("the wallets are there");
        assert_eq!(given.rows_affected(), people.len() as u64, "somebody has no wallet");
    }
}
