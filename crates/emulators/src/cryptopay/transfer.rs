//! A payout to a person, once per spend id.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Serialize;

use super::amount;
use super::currency::find_asset;
use super::invoice::show_time;
use super::refusal::Refusal;
use crate::parameters::Parameters;

const SPEND_ID_CHARS_MAX: usize = 64;
const COMMENT_CHARS_MAX: usize = 1_024;

/// A completed transfer; the amount is a decimal string.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Transfer {
    pub transfer_id: i64,
    pub spend_id: String,
    pub user_id: i64,
    pub asset: String,
    pub amount: String,
    pub status: &'static str,
    pub completed_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// A transfer that is asked for.
pub(crate) struct TransferOrder {
    pub(crate) user_id: i64,
    pub(crate) asset: &'static str,
    pub(crate) amount: Decimal,
    pub(crate) spend_id: String,
    pub(crate) comment: Option<String>,
}

impl TransferOrder {
    pub(crate) fn parse(parameters: &Parameters) -> Result<Self, Refusal> {
        let text = |name: &str| parameters.text(name).map(std::borrow::Cow::into_owned);
        let spend_id = text("spend_id").unwrap_or_default();
        if !(1..=SPEND_ID_CHARS_MAX).contains(&spend_id.chars().count()) {
            return Err(Refusal::bad_request("SPEND_ID_INVALID"));
        }
        let user_id = parameters
            .integer("user_id")
            .filter(|id| *id > 0)
            .ok_or_else(|| Refusal::bad_request("USER_ID_INVALID"))?;
        let asset = find_asset(&text("asset").unwrap_or_default())
            .ok_or_else(|| Refusal::bad_request("UNSUPPORTED_ASSET"))?;
        let amount = amount::parse(&text("amount").unwrap_or_default())
            .filter(|amount| amount.normalize().scale() <= asset.decimals)
            .ok_or_else(|| Refusal::bad_request("AMOUNT_INVALID"))?;
        let comment = text("comment").filter(|comment| !comment.is_empty());
        if comment.as_ref().is_some_and(|text| text.chars().count() > COMMENT_CHARS_MAX) {
            return Err(Refusal::bad_request("COMMENT_INVALID"));
        }
        Ok(Self { user_id, asset: asset.code, amount, spend_id, comment })
    }

    pub(crate) fn complete(self, transfer_id: i64, now: Timestamp) -> Transfer {
        Transfer {
            transfer_id,
            spend_id: self.spend_id,
            user_id: self.user_id,
            asset: self.asset.to_owned(),
            amount: amount::show(self.amount),
            status: "completed",
            completed_at: show_time(now),
            comment: self.comment,
        }
    }
}
