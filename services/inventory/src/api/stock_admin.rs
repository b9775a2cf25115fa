//! The stock of items as RPCs for staff.

use chassis::guard;
use contract::convert::{self, invalid, timestamp};
use contract::failure::Failure;
use contract::inventory::stock_admin_service_server::StockAdminService;
use contract::inventory::{
    self as wire, ExportUnitsRequest, ExportUnitsResponse, GetStockRulesRequest,
    GetStockRulesResponse, ListUnitsRequest, ListUnitsResponse, RevealUnitRequest,
    RevealUnitResponse, SetStockRulesRequest, SetStockRulesResponse, WithdrawUnitRequest,
    WithdrawUnitResponse,
};
use kernel::ids::ItemId;
use tonic::{Request, Response, Status};

use crate::api::catalog::encode_limits;
use crate::api::order::encode_opened;
use crate::domain::reason::Reason;
use crate::domain::stock_rules::{Limits, StockRules};
use crate::domain::stocked_unit::{Aside, StockedUnit, UnitState};
use crate::operations::{Inventory, stretch};

/// Rows of a list of units.
const UNITS_MAX: u32 = 100;
/// Values in a piece of an export.
const EXPORTED_MAX: u32 = 1_000;

pub struct Api(pub Inventory);

#[tonic::async_trait]
impl StockAdminService for Api {
    async fn list_units(
        &self,
        request: Request<ListUnitsRequest>,
    ) -> Result<Response<ListUnitsResponse>, Status> {
        let request = request.into_inner();
        let aside = match request.state() {
            wire::UnitState::Unspecified | wire::UnitState::Free => None,
            wire::UnitState::Shared => Some(Aside::Shared),
            wire::UnitState::Withdrawn => Some(Aside::Withdrawn),
            wire::UnitState::Reserved | wire::UnitState::Sold => {
                return Err(invalid("state", "units of orders are found by their order").into());
            }
        };
        let item = convert::id("item_id", &request.item_id)?;
        let stretch = stretch(item, request.after_unit_id, request.limit, UNITS_MAX);
        let piece = self.0.list_units(stretch, aside).await?;
        let units = piece.rows.iter().map(encode_unit).collect();
        Ok(Response::new(ListUnitsResponse { units, more: piece.more }))
    }

    async fn reveal_unit(
        &self,
        request: Request<RevealUnitRequest>,
    ) -> Result<Response<RevealUnitResponse>, Status> {
        let staff = guard::actor(&request)?.person()?;
        let request = request.into_inner();
        let reason = decode_reason(&request.reason)?;
        let revealed = self.0.reveal_unit(staff, request.unit_id, &reason).await?;
        let mut value = encode_opened(&revealed.opened);
        if let (Some(file), Some(content)) = (&mut value.file, revealed.content) {
            file.content = content;
        }
        let unit = Some(encode_unit(&revealed.unit));
        Ok(Response::new(RevealUnitResponse { unit, value: Some(value) }))
    }

    async fn withdraw_unit(
        &self,
        request: Request<WithdrawUnitRequest>,
    ) -> Result<Response<WithdrawUnitResponse>, Status> {
        let staff = guard::actor(&request)?.person()?;
        let unit = self.0.withdraw_unit(staff, request.into_inner().unit_id).await?;
        Ok(Response::new(WithdrawUnitResponse { unit: Some(encode_unit(&unit)) }))
    }

    async fn export_units(
        &self,
        request: Request<ExportUnitsRequest>,
    ) -> Result<Response<ExportUnitsResponse>, Status> {
        let staff = guard::actor(&request)?.person()?;
        let request = request.into_inner();
        let reason = decode_reason(&request.reason)?;
        let item = convert::id("item_id", &request.item_id)?;
        let stretch = stretch(item, request.after_unit_id, request.limit, EXPORTED_MAX);
        let piece = self.0.export_units(staff, stretch, &reason).await?;
        Ok(Response::new(ExportUnitsResponse {
            last_unit_id: piece.rows.last().map_or(request.after_unit_id, |(id, _)| *id),
            values: piece.rows.iter().map(|(_, opened)| encode_opened(opened)).collect(),
            more: piece.more,
        }))
    }

    async fn get_stock_rules(
        &self,
        request: Request<GetStockRulesRequest>,
    ) -> Result<Response<GetStockRulesResponse>, Status> {
        let item = convert::id("item_id", &request.into_inner().item_id)?;
        let rules = self.0.get_stock_rules(item).await?;
        Ok(Response::new(GetStockRulesResponse { rules: Some(encode_rules(item, &rules)) }))
    }

    async fn set_stock_rules(
        &self,
        request: Request<SetStockRulesRequest>,
    ) -> Result<Response<SetStockRulesResponse>, Status> {
        let staff = guard::actor(&request)?.person()?;
        let (item, rules) = decode_rules(request.into_inner().rules)?;
        let rules = self.0.set_stock_rules(staff, item, rules).await?;
        Ok(Response::new(SetStockRulesResponse { rules: Some(encode_rules(item, &rules)) }))
    }
}

fn decode_reason(text: &str) -> Result<Reason, Failure> {
    Reason::parse(text).map_err(|why| invalid("reason", why))
}

fn decode_rules(rules: Option<wire::StockRules>) -> Result<(ItemId, StockRules), Failure> {
    let rules = rules.ok_or_else(|| invalid("rules", "is required"))?;
    let limits = rules.limits.ok_or_else(|| invalid("limits", "is required"))?;
    let item = convert::id("item_id", &rules.item_id)?;
    let limits = Limits {
        min_per_order: limits.min_per_order,
        max_per_order: limits.max_per_order,
        max_per_person: limits.max_per_person,
    };
    let rules = StockRules { limits, low_at: rules.low_at, sells_files: rules.sells_files };
    Ok((item, rules.checked().map_err(|why| invalid("rules", why))?))
}

fn encode_rules(item: ItemId, rules: &StockRules) -> wire::StockRules {
    wire::StockRules {
        item_id: item.to_string(),
        limits: Some(encode_limits(rules.limits)),
        low_at: rules.low_at,
        sells_files: rules.sells_files,
    }
}

fn encode_unit(unit: &StockedUnit) -> wire::Unit {
    let (state, order) = match unit.state {
        UnitState::Free => (wire::UnitState::Free, None),
        UnitState::Reserved(order) => (wire::UnitState::Reserved, Some(order)),
        UnitState::Sold(order) => (wire::UnitState::Sold, Some(order)),
        UnitState::Shared => (wire::UnitState::Shared, None),
        UnitState::Withdrawn => (wire::UnitState::Withdrawn, None),
    };
    wire::Unit {
        unit_id: unit.id,
        item_id: unit.item_id.to_string(),
        state: state.into(),
        added_at: Some(timestamp(unit.added_at)),
        order_id: order.map(|order| order.to_string()).unwrap_or_default(),
    }
}
