//! The stock of inventory in memory: units by number, rules, files, people who wait.

use contract::failure::{Failure, Kind};
use contract::inventory::goods_service_server::GoodsService;
use contract::inventory::stock_admin_service_server::StockAdminService;
use contract::inventory::waiting_service_server::WaitingService;
use contract::inventory::*;

use super::*;

type Answer<T> = Result<tonic::Response<T>, Status>;

/// What is in the stock, for staff.
#[derive(Default)]
pub struct StockRoom {
    /// Units with what is in them.
    pub units: Vec<(Unit, UnitValue)>,
    /// Rules that were set.
    pub rules: HashMap<String, StockRules>,
    /// Contents of files by their ids.
    pub files: HashMap<String, UnitFile>,
    /// Who waits for what.
    pub waiters: Vec<(String, i64)>,
    /// Reasons that staff gave.
    pub reasons: Vec<String>,
}

impl Fakes {
    /// Changes the rules of an item, as buyers see them too.
    pub fn rule(&self, item: ItemId, limits: [u32; 3], sells_files: bool) {
        let [min_per_order, max_per_order, max_per_person] = limits;
        let limits = OrderLimits { min_per_order, max_per_order, max_per_person };
        let rules =
            StockRules { item_id: item.to_string(), limits: Some(limits), low_at: 0, sells_files };
        set(&mut self.state(), rules);
    }
}

fn set(state: &mut State, rules: StockRules) {
    if let Some(item) = state.items.iter_mut().find(|item| item.item_id == rules.item_id) {
        item.limits = rules.limits;
        item.sells_files = rules.sells_files;
    }
    state.stock.rules.insert(rules.item_id.clone(), rules);
}

fn reason(text: &str) -> Result<(), Status> {
    if text.trim().chars().count() < 3 {
        return Err(contract::convert::invalid("reason", "too short").into());
    }
    Ok(())
}

#[tonic::async_trait]
impl StockAdminService for Fakes {
    async fn list_units(&self, request: Request<ListUnitsRequest>) -> Answer<ListUnitsResponse> {
        self.enter("list_units", &request)?;
        let request = request.into_inner();
        let state = self.state();
        let wanted = |unit: &&Unit| {
            unit.item_id == request.item_id
                && unit.state == request.state
                && unit.unit_id > request.after_unit_id
        };
        let units = state.stock.units.iter().map(|(unit, _)| unit).filter(wanted);
        let mut units: Vec<Unit> = units.take(11).cloned().collect();
        let more = units.len() > 10;
        units.truncate(10);
        Ok(ListUnitsResponse { units, more }.into())
    }

    async fn reveal_unit(&self, request: Request<RevealUnitRequest>) -> Answer<RevealUnitResponse> {
        self.enter("reveal_unit", &request)?;
        let request = request.into_inner();
        reason(&request.reason)?;
        let mut state = self.state();
        let found = state.stock.units.iter().find(|(unit, _)| unit.unit_id == request.unit_id);
        let (unit, value) = found.cloned().ok_or_else(|| missing("inventory.unit_missing"))?;
        state.stock.reasons.push(request.reason);
        Ok(RevealUnitResponse { unit: Some(unit), value: Some(value) }.into())
    }

    async fn withdraw_unit(
        &self,
        request: Request<WithdrawUnitRequest>,
    ) -> Answer<WithdrawUnitResponse> {
        self.enter("withdraw_unit", &request)?;
        let id = request.into_inner().unit_id;
        let mut state = self.state();
        let found = state.stock.units.iter_mut().find(|(unit, _)| unit.unit_id == id);
        let (unit, _) = found.ok_or_else(|| missing("inventory.unit_missing"))?;
        if unit.state() == UnitState::Sold {
            return Err(Failure::new(Kind::Conflict, "inventory.unit_not_free").into());
        }
        unit.state = UnitState::Withdrawn.into();
        Ok(WithdrawUnitResponse { unit: Some(unit.clone()) }.into())
    }

    async fn export_units(
        &self,
        request: Request<ExportUnitsRequest>,
    ) -> Answer<ExportUnitsResponse> {
        self.enter("export_units", &request)?;
        let request = request.into_inner();
        reason(&request.reason)?;
        let mut state = self.state();
        state.stock.reasons.push(request.reason);
        let wanted = |unit: &Unit| {
            unit.item_id == request.item_id
                && unit.state() == UnitState::Free
                && unit.unit_id > request.after_unit_id
        };
        let units = state.stock.units.iter().filter(|(unit, _)| wanted(unit));
        let units: Vec<_> = units.take(request.limit as usize + 1).cloned().collect();
        let more = units.len() > request.limit as usize;
        let units = &units[..units.len().min(request.limit as usize)];
        let last_unit_id = units.last().map_or(request.after_unit_id, |(unit, _)| unit.unit_id);
        let values = units.iter().map(|(_, value)| value.clone()).collect();
        Ok(ExportUnitsResponse { values, last_unit_id, more }.into())
    }

    async fn get_stock_rules(
        &self,
        request: Request<GetStockRulesRequest>,
    ) -> Answer<GetStockRulesResponse> {
        self.enter("get_stock_rules", &request)?;
        let item_id = request.into_inner().item_id;
        let limits = OrderLimits { min_per_order: 1, max_per_order: 100, max_per_person: 0 };
        let usual = StockRules {
            item_id: item_id.clone(),
            limits: Some(limits),
            low_at: 0,
            sells_files: false,
        };
        let rules = self.state().stock.rules.get(&item_id).cloned().unwrap_or(usual);
        Ok(GetStockRulesResponse { rules: Some(rules) }.into())
    }

    async fn set_stock_rules(
        &self,
        request: Request<SetStockRulesRequest>,
    ) -> Answer<SetStockRulesResponse> {
        self.enter("set_stock_rules", &request)?;
        let rules = request.into_inner().rules.unwrap_or_default();
        let limits = rules.limits.unwrap_or_default();
        if limits.min_per_order == 0 || limits.min_per_order > limits.max_per_order {
            return Err(contract::convert::invalid("rules", "do not go together").into());
        }
        set(&mut self.state(), rules.clone());
        Ok(SetStockRulesResponse { rules: Some(rules) }.into())
    }
}

#[tonic::async_trait]
impl GoodsService for Fakes {
    async fn get_file(&self, request: Request<GetFileRequest>) -> Answer<GetFileResponse> {
        self.enter("get_file", &request)?;
        let id = request.into_inner().file_id;
        let file = self.state().stock.files.get(&id).cloned();
        Ok(GetFileResponse { file: Some(file.ok_or_else(|| missing("inventory.file_missing"))?) }
            .into())
    }
}

#[tonic::async_trait]
impl WaitingService for Fakes {
    async fn watch_item(&self, request: Request<WatchItemRequest>) -> Answer<WatchItemResponse> {
        let person = self.enter("watch_item", &request)?;
        let waiter = (request.into_inner().item_id, person);
        let mut state = self.state();
        if !state.stock.waiters.contains(&waiter) {
            state.stock.waiters.push(waiter);
        }
        Ok(WatchItemResponse {}.into())
    }

    async fn unwatch_item(
        &self,
        request: Request<UnwatchItemRequest>,
    ) -> Answer<UnwatchItemResponse> {
        let person = self.enter("unwatch_item", &request)?;
        let waiter = (request.into_inner().item_id, person);
        self.state().stock.waiters.retain(|known| *known != waiter);
        Ok(UnwatchItemResponse {}.into())
    }

    async fn list_waiters(
        &self,
        request: Request<ListWaitersRequest>,
    ) -> Answer<ListWaitersResponse> {
        self.enter("list_waiters", &request)?;
        let item = request.into_inner().item_id;
        let state = self.state();
        let waiters = state.stock.waiters.iter().filter(|(wanted, _)| *wanted == item);
        Ok(ListWaitersResponse { person_ids: waiters.map(|(_, person)| *person).collect() }.into())
    }

    async fn drop_waiters(
        &self,
        request: Request<DropWaitersRequest>,
    ) -> Answer<DropWaitersResponse> {
        self.enter("drop_waiters", &request)?;
        let DropWaitersRequest { item_id, person_ids } = request.into_inner();
        let told = |(item, person): &(String, i64)| *item == item_id && person_ids.contains(person);
        self.state().stock.waiters.retain(|waiter| !told(waiter));
        Ok(DropWaitersResponse {}.into())
    }
}
