//! The totals at the end: by the older shop's own sums, and by the sums of the new tables. What was read in between counts
//! for nothing here.

use super::Import;
use super::amounts::Hundredths;
use super::people::people_of;
use super::report::Total;
use crate::roles::Role;

impl Import {
    /// Compares what is there with what is here.
    pub(super) async fn reconcile(&mut self) -> anyhow::Result<()> {
        let there = self.older.sums().await?;
        let (mut people, mut blocked, mut minor, mut after) = (0, 0, 0_i128, i64::MIN);
        loop {
            let page = self.older.people_after(after).await?;
            let Some(last) = page.last() else { break };
            after = last.id;
            let ids = people_of(&page);
            let conn = self.target.as_role(Role::Bot).await?;
            let (known, shut_out) = bot::import::count(conn, &ids).await?;
            people += known;
            blocked += shut_out;
            let conn = self.target.as_role(Role::Payments).await?;
            minor += i128::from(payments::operations::import::sum_balances(conn, &ids).await?.1);
        }
        let (goods, conn) = self.target.goods().await?;
        let here = goods.totals(conn).await?;

        let currency = self.target.currency;
        let left = |table: &str| self.report.rows_left(table);
        let totals = [
            Total::count("people", there.people, left("users"), people),
            Total::count("blocked people", there.blocked, 0, blocked),
            Total {
                name: "balances",
                there: Hundredths::parse(&there.balances)?,
                left: self.left_balances,
                here: Hundredths::of(minor, currency),
                counts: false,
            },
            Total::count(
                "unsold units",
                there.unsold,
                left("item_values"),
                here.unsold + here.sold_here,
            ),
            Total::count("purchases", there.purchases, left("bought_goods"), here.orders),
            Total {
                name: "purchases, money",
                there: Hundredths::parse(&there.purchases_sum)?,
                left: self.left_sales,
                here: Hundredths::of(here.orders_minor.into(), currency),
                counts: false,
            },
            Total::count("promo uses", there.uses, left("promo_code_usages"), here.uses),
        ];
        for total in totals {
            self.report.total(total);
        }
        Ok(())
    }
}
