//! Promo codes as staff make them. Every change is written down with who made it, in its own transaction.

use chassis::sql;
use contract::common::AuditEntry;
use contract::convert::invalid;
use contract::failure::{Failure, Kind};
use contract::inventory::Event;
use contract::inventory::event::What;
use jiff::Timestamp;
use jiff::civil::Date;
use kernel::ids::{PersonId, PromoId};
use kernel::page::{Page, PageRequest};
use sqlx::PgConnection;

use crate::domain::promo::{Binding, Problem, Promo, PromoDraft, Statistics, Worth};
use crate::operations::Inventory;
use crate::operations::promo::problem;
use crate::store;
use crate::store::promos::{Named, Switch};

/// A code as staff see it.
pub struct Shown {
    /// The code.
    pub promo: Promo,
    /// The name of what it is bound to.
    pub bound_name: Option<String>,
}

/// Nobody: staff look at codes without using them.
const NOBODY: PersonId = PersonId(0);

impl Inventory {
    /// The end of a day in the shop's time zone.
    ///
    /// # Errors
    /// A day that is over, or none at all.
    pub async fn end_of_day(&self, day: &str) -> Result<Timestamp, Failure> {
        let wrong = |why: &dyn std::fmt::Display| invalid("last_day", why);
        let day: Date = day.parse().map_err(|_| wrong(&"must be a day such as 2026-12-31"))?;
        let next = day.tomorrow().map_err(|error| wrong(&error))?;
        let end = next.to_zoned(self.0.config.zone.clone()).map_err(|error| wrong(&error))?;
        let end = end.timestamp();
        let now = store::promos::now(&self.0.pool).await.map_err(sql::failure)?;
        if end <= now { Err(wrong(&"that day is over")) } else { Ok(end) }
    }

    /// Makes a code; the same id again changes nothing.
    ///
    /// # Errors
    /// `inventory.promo_taken`; `inventory.promo_conflict` where the id is another code's; `inventory.item_missing`,
    /// `inventory.category_missing`.
    pub async fn create_promo(
        &self,
        staff: PersonId,
        draft: &PromoDraft,
    ) -> Result<Shown, Failure> {
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        let bound =
            store::promos::find_bound(&mut *tx, draft.binding).await.map_err(sql::failure)?;
        if draft.binding != Binding::Anything && !matches!(bound, Some((_, false))) {
            return Err(binding_missing(draft.binding));
        }
        let fresh = match store::promos::insert(&mut *tx, draft, self.currency()).await {
            Ok(fresh) => fresh,
            Err(error) if sql::is_violation(&error, store::promos::CODE_KEY) => {
                return Err(Failure::new(Kind::Conflict, "inventory.promo_taken")
                    .because("this code was made before, maybe long ago"));
            }
            Err(error) => return Err(sql::failure(error)),
        };
        if fresh {
            let entry = AuditEntry::new(staff, "inventory.promo.create", draft.id)
                .changed("code", "", &draft.code)
                .changed("worth", "", worth(draft.worth))
                .changed("max_uses", "", draft.max_uses)
                .changed(
                    "expires_at",
                    "",
                    draft.expires_at.map_or_else(String::new, |at| at.to_string()),
                )
                .changed("bound_to", "", bound_to(draft.binding));
            audit(&mut tx, entry).await?;
            tx.commit().await.map_err(sql::failure)?;
            self.0.bell.ring();
            tracing::info!(promo = ?draft.id, ?staff, "promo code made");
            return self.shown(draft.id).await;
        }
        drop(tx);
        let shown = self.shown(draft.id).await?;
        if draft.is_granted_by(&shown.promo) {
            return Ok(shown);
        }
        Err(Failure::new(Kind::Conflict, "inventory.promo_conflict")
            .because("the same id was used for another code"))
    }

    /// Switches a code on or off.
    ///
    /// # Errors
    /// `inventory.promo_missing`, also for an archived one; `inventory.promo_binding_gone`.
    pub async fn set_promo_active(
        &self,
        staff: PersonId,
        id: PromoId,
        switch: Switch,
    ) -> Result<Shown, Failure> {
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        let before = lock(&mut tx, id).await?;
        if before.is_archived {
            return Err(problem(Problem::Missing));
        }
        if switch == Switch::On {
            let bound =
                store::promos::find_bound(&mut *tx, before.binding).await.map_err(sql::failure)?;
            if bound.is_some_and(|(_, is_archived)| is_archived) {
                return Err(Failure::new(Kind::Conflict, "inventory.promo_binding_gone")
                    .because("what the code is bound to is archived"));
            }
        }
        store::promos::set_active(&mut *tx, id, switch).await.map_err(sql::failure)?;
        let entry = AuditEntry::new(staff, "inventory.promo.update", id).changed(
            "active",
            before.is_active,
            switch == Switch::On,
        );
        self.write_down(tx, entry).await?;
        self.shown(id).await
    }

    /// Takes a code away for good; its uses stay.
    ///
    /// # Errors
    /// `inventory.promo_missing`.
    pub async fn archive_promo(&self, staff: PersonId, id: PromoId) -> Result<Shown, Failure> {
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        let before = lock(&mut tx, id).await?;
        store::promos::archive(&mut *tx, id).await.map_err(sql::failure)?;
        let entry = AuditEntry::new(staff, "inventory.promo.archive", id)
            .changed("active", before.is_active, false)
            .changed("archived", before.is_archived, true);
        self.write_down(tx, entry).await?;
        self.shown(id).await
    }

    /// Codes that are not archived, newest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn list_promos(&self, page: PageRequest) -> Result<Page<Shown>, Failure> {
        let found = store::promos::list(&self.0.pool, page).await.map_err(sql::failure)?;
        Ok(found.map(|(promo, bound_name)| Shown { promo, bound_name }))
    }

    /// One code with what came of it.
    ///
    /// # Errors
    /// `inventory.promo_missing`.
    pub async fn get_promo(&self, id: PromoId) -> Result<(Shown, Statistics), Failure> {
        let shown = self.shown(id).await?;
        let statistics =
            store::promos::find_statistics(&self.0.pool, id).await.map_err(sql::failure)?;
        Ok((shown, statistics))
    }

    async fn shown(&self, id: PromoId) -> Result<Shown, Failure> {
        let pool = &self.0.pool;
        let found =
            store::promos::find(pool, &Named::Id(id), NOBODY).await.map_err(sql::failure)?;
        let (promo, _) = found.ok_or_else(|| problem(Problem::Missing))?;
        let bound = store::promos::find_bound(pool, promo.binding).await.map_err(sql::failure)?;
        Ok(Shown { promo, bound_name: bound.map(|(name, _)| name) })
    }

    /// Commits a change with its entry, where anything changed.
    async fn write_down(
        &self,
        mut tx: sqlx::Transaction<'_, sqlx::Postgres>,
        entry: AuditEntry,
    ) -> Result<(), Failure> {
        if entry.changes.is_empty() {
            return Ok(());
        }
        audit(&mut tx, entry).await?;
        tx.commit().await.map_err(sql::failure)?;
        self.0.bell.ring();
        Ok(())
    }
}

async fn lock(conn: &mut PgConnection, id: PromoId) -> Result<Promo, Failure> {
    let mut found = store::promos::lock(conn, &[id]).await.map_err(sql::failure)?;
    found.pop().ok_or_else(|| problem(Problem::Missing))
}

async fn audit(conn: &mut PgConnection, entry: AuditEntry) -> Result<(), Failure> {
    let event = Event { what: Some(What::Audited(entry)) };
    durable::outbox::write(conn, &event).await.map_err(sql::failure)
}

fn worth(worth: Worth) -> String {
    match worth {
        Worth::Percent(points) => format!("{}.{:02} %", points / 100, points % 100),
        Worth::Fixed(amount) => format!("{amount} less"),
        Worth::Balance(amount) => format!("{amount} into the wallet"),
    }
}

fn bound_to(binding: Binding) -> String {
    match binding {
        Binding::Anything => String::new(),
        Binding::Category(id) => format!("{id:?}"),
        Binding::Item(id) => format!("{id:?}"),
    }
}

fn binding_missing(binding: Binding) -> Failure {
    match binding {
        Binding::Item(_) => super::item::item_missing(),
        _ => super::category::missing(),
    }
}
