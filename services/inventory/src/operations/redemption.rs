//! Balance codes: the use is written first, then payments moves the money, then the redemption is done. A job finishes
//! what a crash or an outage left in between.

use std::time::Duration;

use chassis::sql;
use contract::convert;
use contract::failure::{Failure, Kind};
use contract::inventory::event::What;
use contract::inventory::{CodeRedeemed, Event};
use durable::saga::{Drive, Outcome, drive};
use futures_util::future;
use kernel::backoff::Backoff;
use kernel::ids::{PersonId, TransferId};
use tokio::time::Instant;
use uuid::Uuid;

use crate::domain::promo::{Code, Problem, Use};
use crate::domain::redemption::{Never, Progress, Redemption, Step};
use crate::operations::Inventory;
use crate::operations::promo::problem;
use crate::operations::purchase::Driver;
use crate::store;
use crate::store::promos::Named;

/// Redemptions taken up at once.
const BATCH: usize = 20;
/// For so long nobody else takes them up.
const LEASE_SECONDS: f64 = 15.0;
/// One try of a grant.
const GRANT_TIMEOUT: Duration = Duration::from_secs(3);
/// Between two tries while somebody waits.
const RETRY: Backoff =
    Backoff { first: Duration::from_millis(50), cap: Duration::from_millis(800) };

impl Inventory {
    /// How many redemptions one round of recovery takes up.
    pub(crate) const REDEEMED_AT_ONCE: usize = BATCH;

    /// Adds the worth of a code to a person's wallet, once. No new try begins after `until`.
    ///
    /// # Errors
    /// The first reason why the code does not count; `inventory.promo_too_many`; `inventory.redemption_conflict` where
    /// the id was used for something else; `inventory.redemption_unfinished` while payments does not answer.
    pub async fn redeem_code(
        &self,
        person: PersonId,
        id: Uuid,
        code: Code,
        until: Instant,
    ) -> Result<Redemption, Failure> {
        let pool = &self.0.pool;
        let known = store::redemptions::find(pool, id).await.map_err(sql::failure)?;
        let redemption = match known {
            Some(known) if known.person == person && known.code == code => known,
            Some(_) => return Err(conflict()),
            None => self.use_up(person, id, code).await?,
        };
        let mut machine = redemption.progress;
        let mut failures = 0;
        loop {
            machine = match self.drive(&redemption, machine, Driver::Buyer).await {
                Drive::Ended(_) => return Ok(redemption),
                Drive::Parked(parked) => parked,
            };
            failures += 1;
            let pause = RETRY.after(failures, id.as_u64_pair().1);
            if Instant::now() + pause >= until {
                return Err(Failure::new(Kind::Unavailable, "inventory.redemption_unfinished")
                    .because("the code is redeemed, the money comes by itself"));
            }
            tokio::time::sleep(pause).await;
        }
    }

    /// Takes up unfinished redemptions that are due and drives them on; how many were taken up.
    ///
    /// # Errors
    /// The database's.
    pub async fn recover_redemptions(&self) -> Result<usize, Failure> {
        let limit = i64::try_from(BATCH).expect("a small number");
        let claimed = store::redemptions::claim_due(&self.0.pool, limit, LEASE_SECONDS)
            .await
            .map_err(sql::failure)?;
        let runs = claimed.iter().map(|it| self.drive(it, it.progress, Driver::Recovery));
        for (redemption, run) in claimed.iter().zip(future::join_all(runs).await) {
            tracing::info!(redemption = %redemption.id, ?run, "unfinished redemption taken up");
        }
        Ok(claimed.len())
    }

    /// Writes the use of a code with its redemption. Whoever comes at the same time waits for the code's row.
    async fn use_up(&self, person: PersonId, id: Uuid, code: Code) -> Result<Redemption, Failure> {
        let (promo, _) = self.find_promo(person, &Named::Code(code)).await?;
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        let locked = store::promos::lock(&mut tx, &[promo.id]).await.map_err(sql::failure)?;
        let promo = locked.into_iter().next().ok_or_else(|| problem(Problem::Missing))?;
        let used = store::promo_uses::list_used(&mut *tx, person, &[promo.id]).await;
        let used = if used.map_err(sql::failure)?.is_empty() { Use::First } else { Use::Again };
        // The same request came twice at once: the other one has written it.
        if let Some(known) = store::redemptions::find(&mut *tx, id).await.map_err(sql::failure)? {
            return if known.person == person && known.promo_id == promo.id {
                Ok(known)
            } else {
                Err(conflict())
            };
        }
        let amount = promo.balance(used).map_err(problem)?;
        let redemption = Redemption {
            id,
            transfer_id: TransferId::fresh(&self.0.clock),
            promo_id: promo.id,
            code: promo.code,
            person,
            amount,
            progress: Progress::Pending,
        };
        let due = f64::from(self.0.config.reserve_seconds);
        let written = async {
            store::promo_uses::insert(&mut tx, person, &[promo.id], None).await?;
            store::redemptions::insert(&mut *tx, &redemption, due).await?;
            tx.commit().await
        };
        written.await.map_err(sql::failure)?;
        Ok(redemption)
    }

    async fn drive(
        &self,
        redemption: &Redemption,
        from: Progress,
        driver: Driver,
    ) -> Drive<Progress> {
        let perform = async |step| match step {
            Step::Grant => self.0.payments.grant(redemption, GRANT_TIMEOUT).await,
            Step::Finish => self.finish_redemption(redemption, driver).await,
        };
        drive(from, perform).await
    }

    async fn finish_redemption(&self, redemption: &Redemption, driver: Driver) -> Outcome<Never> {
        let finish = async {
            let mut tx = self.0.pool.begin().await?;
            let fresh = store::redemptions::finish(&mut *tx, redemption.id).await?;
            // Who waits for the answer needs no event.
            if fresh && driver == Driver::Recovery {
                let told = CodeRedeemed {
                    transfer_id: redemption.transfer_id.to_string(),
                    person_id: redemption.person.0,
                    amount: Some(redemption.amount.into()),
                };
                let event = Event { what: Some(What::CodeRedeemed(told)) };
                durable::outbox::write(&mut tx, &event).await?;
            }
            tx.commit().await
        };
        match finish.await {
            Ok(()) => {
                self.0.bell.ring();
                Outcome::Done
            }
            Err(error) => {
                let failure = sql::failure(error);
                tracing::warn!(redemption = %redemption.id, %failure, "redemption not finished");
                Outcome::Unknown
            }
        }
    }
}

fn conflict() -> Failure {
    Failure::new(Kind::Conflict, "inventory.redemption_conflict")
        .because("the same id was used for another code")
}

/// The id of a redemption, as its caller made it.
pub(crate) fn redemption_id(text: &str) -> Result<Uuid, Failure> {
    convert::id("redemption_id", text)
}
