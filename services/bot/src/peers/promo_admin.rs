//! What staff do with promo codes from the chat.

use contract::convert;
use contract::failure::Failure;
use contract::inventory as wire;
pub use contract::inventory::PromoState;
use contract::inventory::promo_admin_service_client::PromoAdminServiceClient;
use jiff::Timestamp;
use kernel::ids::{CategoryId, ItemId, PromoId};
use kernel::money::Money;
use kernel::page::{Page, PageRequest};
use serde::{Deserialize, Serialize};

use crate::peers::{Peers, absent, page};

/// A code as staff see it.
#[derive(Debug, Clone)]
pub struct Promo {
    /// Stands for it.
    pub id: PromoId,
    /// What people type.
    pub code: String,
    /// What it is worth.
    pub worth: Worth,
    /// 0 for no limit.
    pub max_uses: u32,
    /// So far.
    pub uses: u32,
    /// The end of its last day.
    pub expires_at: Option<Timestamp>,
    /// The name of what it is bound to; empty for nothing.
    pub bound_name: String,
    /// Whether it counts.
    pub state: PromoState,
}

/// What a code is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Worth {
    /// So many hundredths of a percent less.
    Percent(u32),
    /// So much less.
    Fixed(Money),
    /// So much onto the balance.
    Balance(Money),
}

/// What a code is bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Binding {
    /// Nothing.
    #[default]
    Anything,
    /// The items of a category.
    Category(CategoryId),
    /// One item.
    Item(ItemId),
}

/// A code that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPromo {
    /// Made when the last question was shown.
    pub id: PromoId,
    /// What people will type.
    pub code: String,
    /// What it is worth.
    pub worth: Worth,
    /// 0 for no limit.
    pub max_uses: u32,
    /// YYYY-MM-DD; empty for no end.
    pub last_day: String,
    /// What it is bound to.
    pub binding: Binding,
}

/// A code with what came of it.
#[derive(Debug, Clone)]
pub struct Told {
    /// The code.
    pub promo: Promo,
    /// Delivered orders or redemptions.
    pub completed: u64,
    /// What it took off or gave.
    pub given: Money,
    /// What those lines were paid for.
    pub earned: Money,
    /// The latest.
    pub last_used_at: Option<Timestamp>,
}

impl TryFrom<wire::Promo> for Promo {
    type Error = Failure;

    fn try_from(promo: wire::Promo) -> Result<Self, Failure> {
        let state = promo.state();
        let worth = match promo.kind() {
            wire::PromoKind::Percent => Worth::Percent(promo.basis_points),
            wire::PromoKind::Balance => Worth::Balance(convert::money("amount", promo.amount)?),
            wire::PromoKind::Fixed | wire::PromoKind::Unspecified => {
                Worth::Fixed(convert::money("amount", promo.amount)?)
            }
        };
        Ok(Self {
            id: convert::id("promo_id", &promo.promo_id)?,
            code: promo.code,
            worth,
            max_uses: promo.max_uses,
            uses: promo.uses,
            expires_at: promo.expires_at.map(|at| convert::instant(Some(at))),
            bound_name: promo.bound_name,
            state,
        })
    }
}

impl Peers {
    /// Codes that are not archived, newest first.
    pub async fn list_promos(&self, at: PageRequest) -> Result<Page<Promo>, Failure> {
        let request = self.read(wire::ListPromosRequest { page: Some(page(at)) });
        let answer = self.promo_admin().list_promos(request).await?.into_inner();
        let rows = answer.promos.into_iter().map(Promo::try_from).collect::<Result<_, _>>()?;
        Ok(Page { rows, total: answer.total })
    }

    /// One code with what came of it.
    pub async fn get_promo(&self, promo: PromoId) -> Result<Told, Failure> {
        let request = self.read(wire::GetPromoRequest { promo_id: promo.to_string() });
        let answer = self.promo_admin().get_promo(request).await?.into_inner();
        Ok(Told {
            promo: answer.promo.ok_or_else(|| absent("promo"))?.try_into()?,
            completed: answer.completed,
            given: convert::money("given", answer.given)?,
            earned: convert::money("earned", answer.earned)?,
            last_used_at: answer.last_used_at.map(|at| convert::instant(Some(at))),
        })
    }

    /// Makes a code; the same id again is the same code.
    pub async fn create_promo(&self, new: &NewPromo) -> Result<(), Failure> {
        let (kind, basis_points, amount) = match new.worth {
            Worth::Percent(points) => (wire::PromoKind::Percent, points, None),
            Worth::Fixed(amount) => (wire::PromoKind::Fixed, 0, Some(amount.into())),
            Worth::Balance(amount) => (wire::PromoKind::Balance, 0, Some(amount.into())),
        };
        let (category_id, item_id) = match new.binding {
            Binding::Anything => (String::new(), String::new()),
            Binding::Category(category) => (category.to_string(), String::new()),
            Binding::Item(item) => (String::new(), item.to_string()),
        };
        let request = self.work(wire::CreatePromoRequest {
            promo_id: new.id.to_string(),
            code: new.code.clone(),
            kind: kind.into(),
            basis_points,
            amount,
            max_uses: new.max_uses,
            last_day: new.last_day.clone(),
            category_id,
            item_id,
        });
        self.promo_admin().create_promo(request).await?;
        Ok(())
    }

    /// Switches a code on.
    pub async fn switch_promo_on(&self, promo: PromoId) -> Result<(), Failure> {
        let promo_id = promo.to_string();
        let request = self.work(wire::SetPromoActiveRequest { promo_id, active: true });
        self.promo_admin().set_promo_active(request).await?;
        Ok(())
    }

    /// Switches a code off.
    pub async fn switch_promo_off(&self, promo: PromoId) -> Result<(), Failure> {
        let promo_id = promo.to_string();
        let request = self.work(wire::SetPromoActiveRequest { promo_id, active: false });
        self.promo_admin().set_promo_active(request).await?;
        Ok(())
    }

    /// Takes a code away for good.
    pub async fn archive_promo(&self, promo: PromoId) -> Result<(), Failure> {
        let request = self.work(wire::ArchivePromoRequest { promo_id: promo.to_string() });
        self.promo_admin().archive_promo(request).await?;
        Ok(())
    }

    fn promo_admin(&self) -> PromoAdminServiceClient<contract::wire::Wire> {
        PromoAdminServiceClient::new(self.wires.inventory.clone())
    }
}
