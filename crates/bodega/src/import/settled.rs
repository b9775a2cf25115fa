//! Payments: those that were credited are remembered by the provider's id, so that a late word about one moves nothing.

use payments::operations::import::{self as money, Settled};

use super::amounts::Hundredths;
use super::older::Payment;
use super::{Import, instant};
use crate::roles::Role;

impl Import {
    /// Takes over payments.
    pub(super) async fn settled(&mut self) -> anyhow::Result<()> {
        let mut after = i64::MIN;
        loop {
            let page = self.older.payments_after(after).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = last.id;
            let settled: Vec<Settled> =
                page.into_iter().filter_map(|row| self.payment(row)).collect();
            let conn = self.target.as_role(Role::Payments).await?;
            let new = money::remember_settled(conn, &settled).await?;
            self.report.taken("payments", new, settled.len() as u64 - new);
            self.target.batch_done().await?;
        }
    }

    fn payment(&mut self, row: Payment) -> Option<Settled> {
        let currency = self.target.currency;
        let why = match row.status.as_str() {
            "succeeded" if row.currency != currency.code() => {
                format!("it is in {}, and the shop in {currency}", row.currency)
            }
            "succeeded" => match Hundredths::parse(&row.amount) {
                Ok(amount) => {
                    return Some(Settled {
                        // The same words as here, `cryptopay` and `stars`; others are kept as they are.
                        provider: row.provider,
                        external_id: row.external_id,
                        amount: amount.money(currency).0,
                        at: instant(row.at),
                    });
                }
                Err(error) => error.to_string(),
            },
            "pending" => {
                "it is not paid; if it is paid yet, the money comes to suspense here".into()
            }
            status => format!("it is {status}, and credited nothing"),
        };
        self.report.left("payments", row.id, &why);
        None
    }
}
