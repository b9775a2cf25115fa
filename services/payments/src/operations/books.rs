//! The books: everything added up, at one instant.

use chassis::sql;
use contract::failure::Failure;

use super::Payments;
use crate::domain::ledger::Books;
use crate::store;

/// Adds the books up; an alarm where something is not zero.
///
/// # Errors
/// The database's.
pub async fn check_books(payments: &Payments) -> Result<Books, Failure> {
    let added = async {
        let mut tx = payments.pool.begin().await?;
        let books = store::books::add_up(&mut tx).await?;
        tx.rollback().await?;
        sqlx::Result::Ok(books)
    };
    let books = added.await.map_err(sql::failure)?;
    let wrong = books.drifted_wallets
        + books.drifted_holds
        + books.overdue_holds
        + u64::from(books.sum_minor != 0);
    let wrong = u32::try_from(wrong).unwrap_or(u32::MAX);
    metrics::gauge!("bodega_payments_wrong_books_count").set(f64::from(wrong));
    if !books.are_zero() {
        tracing::error!(?books, "the books do not add up");
    }
    Ok(books)
}
