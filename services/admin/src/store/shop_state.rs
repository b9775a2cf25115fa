//! The one row of what staff switch for the whole shop.

use sqlx::{PgConnection, PgExecutor};

use crate::domain::shop_state::ShopState;

/// As it is now.
pub async fn get(conn: impl PgExecutor<'_>) -> sqlx::Result<ShopState> {
    sqlx::query_as!(ShopState, "select maintenance, notice from admin.shop_state")
        .fetch_one(conn)
        .await
}

/// The same, and nobody else changes it until the transaction ends.
pub async fn get_for_update(conn: &mut PgConnection) -> sqlx::Result<ShopState> {
    sqlx::query_as!(ShopState, "select maintenance, notice from admin.shop_state for update")
        .fetch_one(conn)
        .await
}

/// Changes it.
pub async fn save(conn: &mut PgConnection, state: &ShopState) -> sqlx::Result<()> {
    sqlx::query!(
        "update admin.shop_state set maintenance = $1, notice = $2, changed_at = now()",
        state.maintenance,
        state.notice,
    )
    .execute(conn)
    .await?;
    Ok(())
}
