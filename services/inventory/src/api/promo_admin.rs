//! Promo codes as RPCs for staff.

use chassis::guard;
use contract::convert::{self, invalid, timestamp};
use contract::failure::Failure;
use contract::inventory::promo_admin_service_server::PromoAdminService;
use contract::inventory::{
    self as wire, ArchivePromoRequest, ArchivePromoResponse, CreatePromoRequest,
    CreatePromoResponse, GetPromoRequest, GetPromoResponse, ListPromosRequest, ListPromosResponse,
    PromoKind, PromoState, SetPromoActiveRequest, SetPromoActiveResponse,
};
use kernel::money::Money;
use tonic::{Request, Response, Status};

use crate::domain::promo::{Binding, Code, Promo, PromoDraft, Worth};
use crate::operations::{Inventory, Shown, Switch};

/// More uses than this are no limit worth naming.
const USES_MAX: u32 = 1_000_000_000;

pub struct Api(pub Inventory);

#[tonic::async_trait]
impl PromoAdminService for Api {
    async fn create_promo(
        &self,
        request: Request<CreatePromoRequest>,
    ) -> Result<Response<CreatePromoResponse>, Status> {
        let staff = guard::actor(&request)?.person()?;
        let draft = self.decode_draft(request.into_inner()).await?;
        let promo = Some(encode(&self.0.create_promo(staff, &draft).await?));
        Ok(Response::new(CreatePromoResponse { promo }))
    }

    async fn set_promo_active(
        &self,
        request: Request<SetPromoActiveRequest>,
    ) -> Result<Response<SetPromoActiveResponse>, Status> {
        let staff = guard::actor(&request)?.person()?;
        let request = request.into_inner();
        let id = convert::id("promo_id", &request.promo_id)?;
        let switch = if request.active { Switch::On } else { Switch::Off };
        let promo = Some(encode(&self.0.set_promo_active(staff, id, switch).await?));
        Ok(Response::new(SetPromoActiveResponse { promo }))
    }

    async fn archive_promo(
        &self,
        request: Request<ArchivePromoRequest>,
    ) -> Result<Response<ArchivePromoResponse>, Status> {
        let staff = guard::actor(&request)?.person()?;
        let id = convert::id("promo_id", &request.into_inner().promo_id)?;
        let promo = Some(encode(&self.0.archive_promo(staff, id).await?));
        Ok(Response::new(ArchivePromoResponse { promo }))
    }

    async fn list_promos(
        &self,
        request: Request<ListPromosRequest>,
    ) -> Result<Response<ListPromosResponse>, Status> {
        let page = convert::page(request.into_inner().page);
        let found = self.0.list_promos(page).await?;
        let promos = found.rows.iter().map(encode).collect();
        Ok(Response::new(ListPromosResponse { promos, total: found.total }))
    }

    async fn get_promo(
        &self,
        request: Request<GetPromoRequest>,
    ) -> Result<Response<GetPromoResponse>, Status> {
        let id = convert::id("promo_id", &request.into_inner().promo_id)?;
        let (shown, statistics) = self.0.get_promo(id).await?;
        let money = |minor| Some(Money::new(minor, self.0.currency()).into());
        Ok(Response::new(GetPromoResponse {
            promo: Some(encode(&shown)),
            completed: statistics.completed,
            given: money(statistics.given_minor),
            earned: money(statistics.earned_minor),
            last_used_at: statistics.last_used_at.map(timestamp),
        }))
    }
}

impl Api {
    async fn decode_draft(&self, request: CreatePromoRequest) -> Result<PromoDraft, Failure> {
        let worth = self.decode_worth(&request)?;
        let binding = decode_binding(&request)?;
        if matches!(worth, Worth::Balance(_)) && binding != Binding::Anything {
            return Err(invalid("kind", "a balance code is bound to nothing"));
        }
        if request.max_uses > USES_MAX {
            return Err(invalid("max_uses", format_args!("must be 0 to {USES_MAX}")));
        }
        let expires_at = match request.last_day.as_str() {
            "" => None,
            day => Some(self.0.end_of_day(day).await?),
        };
        Ok(PromoDraft {
            id: convert::id("promo_id", &request.promo_id)?,
            code: Code::parse(&request.code).map_err(|why| invalid("code", why))?,
            worth,
            max_uses: request.max_uses,
            expires_at,
            binding,
        })
    }

    fn decode_worth(&self, request: &CreatePromoRequest) -> Result<Worth, Failure> {
        let amount = || {
            let amount = convert::money("amount", request.amount.clone())?;
            Worth::amount(amount, self.0.currency()).map_err(|why| invalid("amount", why))
        };
        match request.kind() {
            PromoKind::Percent => {
                Worth::percent(request.basis_points).map_err(|why| invalid("basis_points", why))
            }
            PromoKind::Fixed => amount().map(Worth::Fixed),
            PromoKind::Balance => amount().map(Worth::Balance),
            PromoKind::Unspecified => Err(invalid("kind", "is required")),
        }
    }
}

fn decode_binding(request: &CreatePromoRequest) -> Result<Binding, Failure> {
    match (request.category_id.as_str(), request.item_id.as_str()) {
        ("", "") => Ok(Binding::Anything),
        (category, "") => Ok(Binding::Category(convert::id("category_id", category)?)),
        ("", item) => Ok(Binding::Item(convert::id("item_id", item)?)),
        _ => Err(invalid("item_id", "a code is bound to a category or an item, not to both")),
    }
}

fn encode(shown: &Shown) -> wire::Promo {
    let promo = &shown.promo;
    let (kind, basis_points, amount) = match promo.worth {
        Worth::Percent(points) => (PromoKind::Percent, points, None),
        Worth::Fixed(amount) => (PromoKind::Fixed, 0, Some(amount.into())),
        Worth::Balance(amount) => (PromoKind::Balance, 0, Some(amount.into())),
    };
    let (category_id, item_id) = match promo.binding {
        Binding::Anything => (String::new(), String::new()),
        Binding::Category(category) => (category.to_string(), String::new()),
        Binding::Item(item) => (String::new(), item.to_string()),
    };
    wire::Promo {
        promo_id: promo.id.to_string(),
        code: promo.code.to_string(),
        kind: kind.into(),
        basis_points,
        amount,
        max_uses: promo.max_uses,
        uses: promo.uses,
        expires_at: promo.expires_at.map(timestamp),
        category_id,
        item_id,
        bound_name: shown.bound_name.clone().unwrap_or_default(),
        state: state(promo).into(),
    }
}

fn state(promo: &Promo) -> PromoState {
    if promo.is_archived {
        PromoState::Archived
    } else if !promo.is_active {
        PromoState::Inactive
    } else if promo.is_over {
        PromoState::Expired
    } else if promo.is_exhausted() {
        PromoState::Exhausted
    } else {
        PromoState::Active
    }
}
