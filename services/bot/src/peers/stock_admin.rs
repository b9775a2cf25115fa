//! What staff do with the stock of an item from the chat.

use contract::convert;
use contract::failure::Failure;
use contract::inventory as wire;
use contract::inventory::stock_admin_service_client::StockAdminServiceClient;
use jiff::Timestamp;
use kernel::ids::ItemId;

use crate::peers::catalog::Limits;
use crate::peers::{Peers, absent};

/// Values in a piece of an export.
const PIECE: u32 = 1_000;

/// One unit, without what is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// Its number.
    pub id: i64,
    /// How far it has come.
    pub state: wire::UnitState,
    /// When it came in.
    pub added_at: Timestamp,
}

/// A page of units.
#[derive(Debug, Clone)]
pub struct Units {
    /// Oldest first.
    pub rows: Vec<Unit>,
    /// Whether more come after them.
    pub more: bool,
}

/// What is in a unit.
pub enum Content {
    /// A text.
    Value(String),
    /// A file.
    File {
        /// With its extension.
        name: String,
        /// All of it.
        bytes: Vec<u8>,
    },
}

/// Rules of an item's stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StockRules {
    /// How many one may buy.
    pub limits: Limits,
    /// Staff are told when so many or fewer are left; 0 is never.
    pub low_at: u32,
    /// Units are files.
    pub sells_files: bool,
}

impl From<wire::Unit> for Unit {
    fn from(unit: wire::Unit) -> Self {
        let state = unit.state();
        Self { id: unit.unit_id, state, added_at: convert::instant(unit.added_at) }
    }
}

impl From<wire::StockRules> for StockRules {
    fn from(rules: wire::StockRules) -> Self {
        Self {
            limits: rules.limits.map(Limits::from).unwrap_or_default(),
            low_at: rules.low_at,
            sells_files: rules.sells_files,
        }
    }
}

impl Peers {
    /// Units of an item in one state after one of them.
    pub async fn list_units(
        &self,
        item: ItemId,
        state: wire::UnitState,
        after: i64,
    ) -> Result<Units, Failure> {
        let request = self.read(wire::ListUnitsRequest {
            item_id: item.to_string(),
            state: state.into(),
            after_unit_id: after,
            limit: 10,
        });
        let answer = self.stock_admin().list_units(request).await?.into_inner();
        let rows = answer.units.into_iter().map(Unit::from).collect();
        Ok(Units { rows, more: answer.more })
    }

    /// What is in a unit; the reason is kept.
    pub async fn reveal_unit(&self, unit: i64, reason: &str) -> Result<(Unit, Content), Failure> {
        let request =
            self.work(wire::RevealUnitRequest { unit_id: unit, reason: reason.to_owned() });
        let answer = self.stock_admin().reveal_unit(request).await?.into_inner();
        let unit = answer.unit.ok_or_else(|| absent("unit"))?.into();
        let value = answer.value.ok_or_else(|| absent("value"))?;
        Ok((
            unit,
            match value.file {
                Some(file) => Content::File { name: file.name, bytes: file.content },
                None => Content::Value(value.value),
            },
        ))
    }

    /// Takes a free unit out of the sale.
    pub async fn withdraw_unit(&self, unit: i64) -> Result<(), Failure> {
        let request = self.work(wire::WithdrawUnitRequest { unit_id: unit });
        self.stock_admin().withdraw_unit(request).await?;
        Ok(())
    }

    /// Unsold values of an item, oldest first, at most `most`; and whether there are more. The reason is kept.
    pub async fn export_units(
        &self,
        item: ItemId,
        reason: &str,
        most: usize,
    ) -> Result<(Vec<String>, bool), Failure> {
        let (mut values, mut after) = (Vec::new(), 0);
        loop {
            let left = u32::try_from(most - values.len()).unwrap_or(PIECE);
            let request = self.work(wire::ExportUnitsRequest {
                item_id: item.to_string(),
                reason: reason.to_owned(),
                after_unit_id: after,
                limit: left.min(PIECE),
            });
            let piece = self.stock_admin().export_units(request).await?.into_inner();
            after = piece.last_unit_id;
            let is_empty = piece.values.is_empty();
            values.extend(piece.values.into_iter().map(|unit| unit.value));
            if !piece.more || is_empty || values.len() >= most {
                return Ok((values, piece.more));
            }
        }
    }

    /// The rules of an item's stock.
    pub async fn get_stock_rules(&self, item: ItemId) -> Result<StockRules, Failure> {
        let request = self.read(wire::GetStockRulesRequest { item_id: item.to_string() });
        let answer = self.stock_admin().get_stock_rules(request).await?.into_inner();
        Ok(answer.rules.ok_or_else(|| absent("rules"))?.into())
    }

    /// Sets the rules of an item's stock.
    pub async fn set_stock_rules(
        &self,
        item: ItemId,
        rules: StockRules,
    ) -> Result<StockRules, Failure> {
        let request = self.work(wire::SetStockRulesRequest {
            rules: Some(wire::StockRules {
                item_id: item.to_string(),
                limits: Some(rules.limits.into()),
                low_at: rules.low_at,
                sells_files: rules.sells_files,
            }),
        });
        let answer = self.stock_admin().set_stock_rules(request).await?.into_inner();
        Ok(answer.rules.ok_or_else(|| absent("rules"))?.into())
    }

    fn stock_admin(&self) -> StockAdminServiceClient<contract::wire::Wire> {
        StockAdminServiceClient::new(self.wires.inventory.clone())
    }
}
