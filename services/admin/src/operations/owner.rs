//! The owner: whoever the settings name, whatever was before.

use contract::common::AuditEntry;
use kernel::ids::PersonId;

use super::Admin;
use super::member::give;
use crate::domain::role::BuiltIn;
use crate::store;

/// Nobody: the shop itself did it.
const NOBODY: PersonId = PersonId(0);

impl Admin {
    /// Sees to it that the person of `shop.owner_id`, known or not, has the owner's role and nobody else does; a former
    /// owner falls back to the default role. For every start.
    ///
    /// # Errors
    /// The database's.
    pub async fn reconcile_owner(&self) -> sqlx::Result<()> {
        let mut tx = self.0.pool.begin().await?;
        store::members::lock(&mut tx).await?;
        let owners = store::roles::get_built_in(&mut *tx, BuiltIn::Owner).await?;
        let default = store::roles::get_built_in(&mut *tx, BuiltIn::Default).await?;
        let present = store::members::list_all(&mut tx, owners.id).await?;
        let former = present.iter().filter(|person| Some(**person) != self.0.owner);
        let new = self.0.owner.filter(|owner| !present.contains(owner));
        let changes = former.map(|person| (*person, &default)).chain(new.map(|new| (new, &owners)));
        for (person, role) in changes {
            let before = store::members::get_role(&mut *tx, person).await?;
            give(&mut tx, person, role).await?;
            let entry = AuditEntry::new(NOBODY, "admin.role.assign", role.id)
                .about(person)
                .changed("role", before.name, &role.name)
                .changed("rights", before.bits, role.bits)
                .because("shop.owner_id");
            self.audit(&mut tx, entry).await?;
            // A new shop has its first owner; only a second one is news.
            if present.is_empty() {
                tracing::info!(?person, "the person of the settings is the owner");
            } else {
                tracing::warn!(?person, role = role.name, "the owner of the settings has changed");
            }
        }
        tx.commit().await?;
        self.0.bell.ring();
        Ok(())
    }
}
