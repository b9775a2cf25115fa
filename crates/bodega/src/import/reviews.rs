//! Reviews: of items that are listed, and of those that are only remembered because they were sold.

use inventory::import::Reviewed;

use super::catalogue::Names;
use super::{Import, instant, person};

impl Import {
    /// Takes over reviews.
    pub(super) async fn reviews(&mut self, names: &Names) -> anyhow::Result<()> {
        let mut after = i64::MIN;
        loop {
            let page = self.older.reviews_after(after).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = last.id;
            let (mut keys, mut rows) = (Vec::new(), Vec::new());
            for row in page {
                let Some(person) = person(row.person) else {
                    self.report.left("reviews", row.id, "it names nobody in Telegram");
                    continue;
                };
                keys.push(row.id);
                rows.push(Reviewed {
                    item: names.sold(&row.item_name),
                    person,
                    stars: u32::try_from(row.stars).unwrap_or_default(),
                    words: row.words,
                    at: instant(row.at),
                });
            }
            let (goods, conn) = self.target.goods().await?;
            let outcome = goods.take_reviews(conn, &rows).await?;
            self.report.note("reviews", &keys, &outcome);
            self.target.batch_done().await?;
        }
    }
}
