//! What inventory does, one file per noun: the only places that open transactions and ring the bell.

mod archive;
mod basket;
mod buyers;
mod cart;
mod catalog_cache;
mod category;
mod finishing;
mod goods;
pub mod import;
mod item;
mod limits;
mod order;
mod order_admin;
mod promo;
mod promo_admin;
mod purchase;
mod recovery;
mod redemption;
mod review;
mod review_admin;
mod sales;
mod stock;
mod stock_rules;
mod stocked_units;
mod vault;
mod waiting;

use std::sync::Arc;

use chassis::ground::{Ground, StartError};
use chassis::kv::Kv;
use chassis::seal::Seal;
use contract::common::{AuditEntry, ReadFeedRequest, ReadFeedResponse};
use contract::failure::{Failure, Kind};
use durable::feed::{self, Bell};
use kernel::clock::Clock;
use kernel::currency::Currency;
use prost::Message;
use sqlx::{PgConnection, PgPool};

use crate::config::Config;
use crate::domain::purchase::Refusal;
use crate::faults::Faults;
use crate::operations::catalog_cache::CatalogCache;
use crate::operations::sales::FiguresCache;
use crate::operations::vault::Vault;
use crate::peers::Payments;

pub(crate) use basket::{Bought, first_failure};
pub(crate) use cart::{Cart, LineChange, PromoChange};
pub use order_admin::order_missing;
pub(crate) use promo::{Preview, Trial, typed};
pub(crate) use promo_admin::Shown;
pub(crate) use redemption::redemption_id;
pub use stock::{Batch, Load};
pub use stocked_units::stretch;

pub(crate) use crate::store::promos::{Named, Switch};

/// The service, composed. Cheap to clone.
#[derive(Clone)]
pub struct Inventory(Arc<Parts>);

struct Parts {
    pool: PgPool,
    clock: Clock,
    config: Config,
    vault: Vault,
    payments: Payments,
    cache: CatalogCache,
    figures: FiguresCache,
    bell: Bell,
    kv: Kv,
    faults: Faults,
}

impl Inventory {
    /// Composes the service on its ground; runs nothing by itself.
    ///
    /// # Errors
    /// A setting is unusable, the database cannot be reached, or the stock cannot be opened with the keys of the
    /// settings.
    pub async fn open(ground: &Ground) -> Result<Self, StartError> {
        let config = Config::read(&ground.settings)?;
        let faults = config.crash_after.map_or_else(Faults::default, Faults::crash_after);
        Self::compose(ground, config, faults).await
    }

    /// The same with rehearsed faults.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_with(ground: &Ground, faults: Faults) -> Result<Self, StartError> {
        Self::compose(ground, Config::read(&ground.settings)?, faults).await
    }

    async fn compose(ground: &Ground, config: Config, faults: Faults) -> Result<Self, StartError> {
        let pool = ground.database.pool("inventory", config.pool_size);
        let vault = Vault::open(&pool, &Seal::open(&ground.settings)?).await?;
        Ok(Self(Arc::new(Parts {
            pool,
            clock: ground.clock.clone(),
            config,
            vault,
            payments: Payments::new(ground.wires.payments.clone(), ground.keys.clone()),
            cache: CatalogCache::default(),
            figures: FiguresCache::default(),
            bell: Bell::new(&ground.lifecycle),
            kv: ground.kv.clone(),
            faults,
        })))
    }

    /// The one currency of the shop.
    pub(crate) fn currency(&self) -> Currency {
        self.0.config.currency
    }

    /// Events after a cursor.
    pub(crate) async fn read_feed(
        &self,
        request: ReadFeedRequest,
    ) -> Result<ReadFeedResponse, Failure> {
        feed::read(&self.0.pool, &self.0.bell, request).await
    }

    /// For what works on the tables by itself.
    pub(crate) fn pool(&self) -> &PgPool {
        &self.0.pool
    }
}

/// Tells what staff did, in the transaction of the change.
async fn audit(conn: &mut PgConnection, entry: AuditEntry) -> sqlx::Result<()> {
    let what = contract::inventory::event::What::Audited(entry);
    durable::outbox::write(conn, &contract::inventory::Event { what: Some(what) }).await
}

/// An event as it is stored.
fn encoded(what: contract::inventory::event::What) -> Vec<u8> {
    contract::inventory::Event { what: Some(what) }.encode_to_vec()
}

/// What a buyer is told; `total` is what the order would have cost.
fn failure_of(refusal: &Refusal, total: kernel::money::Money) -> Failure {
    let code = refusal.code();
    match refusal {
        Refusal::ItemMissing => {
            Failure::new(Kind::Missing, code).because("there is no such item any more")
        }
        Refusal::PriceChanged(now) => Failure::new(Kind::Conflict, code)
            .because("the item costs another price now; confirm it again")
            .with("price_minor", now.minor)
            .with("currency", now.currency),
        Refusal::OutOfStock => {
            Failure::new(Kind::Conflict, code).because("there are not so many left")
        }
        Refusal::QuantityNotAllowed(limits) => Failure::new(Kind::Conflict, code)
            .because("one order may not hold so many")
            .with("min", limits.min_per_order)
            .with("max", limits.max_per_order),
        Refusal::PersonLimit { max, left } => Failure::new(Kind::Conflict, code)
            .because("one person may not have so many")
            .with("max", max)
            .with("left", left),
        Refusal::InsufficientFunds(available) => Failure::new(Kind::Conflict, code)
            .because("the balance does not cover the order")
            .with("missing_minor", total.minor.saturating_sub(available.minor))
            .with("available_minor", available.minor)
            .with("currency", total.currency),
    }
}
