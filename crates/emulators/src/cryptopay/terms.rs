//! The parameters of createInvoice, checked.

use std::borrow::Cow;

use rust_decimal::Decimal;
use serde_json::Value;

use super::amount;
use super::currency::{ASSETS, SWAPS, find_asset, is_fiat};
use super::refusal::Refusal;
use crate::parameters::Parameters;

const EXPIRES_IN_S_MAX: i64 = 2_678_400;
const PAYLOAD_BYTES_MAX: usize = 4_096;

/// What an invoice is priced in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Price {
    Crypto { asset: &'static str },
    Fiat { fiat: String, accepted: Vec<String> },
}

/// An invoice that is asked for.
#[derive(Debug)]
pub(crate) struct Terms {
    pub(crate) price: Price,
    pub(crate) amount: Decimal,
    pub(crate) swap_to: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) hidden_message: Option<String>,
    pub(crate) paid_btn: Option<(String, String)>,
    pub(crate) payload: Option<String>,
    pub(crate) allow_comments: bool,
    pub(crate) allow_anonymous: bool,
    pub(crate) expires_in_s: Option<i64>,
}

impl Terms {
    pub(crate) fn parse(parameters: &Parameters) -> Result<Self, Refusal> {
        let price = Price::parse(parameters)?;
        // A number is accepted where a decimal string is meant, as long as it reads as one.
        let amount = parameters
            .text("amount")
            .and_then(|text| amount::parse(&text))
            .filter(|amount| price.admits(*amount))
            .ok_or_else(|| Refusal::bad_request("AMOUNT_INVALID"))?;
        let swap_to = text(parameters, "swap_to");
        if swap_to.as_ref().is_some_and(|asset| !SWAPS.contains(&asset.as_str())) {
            return Err(Refusal::bad_request("UNSUPPORTED_ASSET"));
        }
        let payload = text(parameters, "payload");
        if payload.as_ref().is_some_and(|payload| payload.len() > PAYLOAD_BYTES_MAX) {
            return Err(Refusal::bad_request("PAYLOAD_INVALID"));
        }
        Ok(Self {
            price,
            amount,
            swap_to,
            description: limited(parameters, "description", 1_024)?,
            hidden_message: limited(parameters, "hidden_message", 2_048)?,
            paid_btn: paid_button(parameters)?,
            payload,
            allow_comments: switch(parameters, "allow_comments"),
            allow_anonymous: switch(parameters, "allow_anonymous"),
            expires_in_s: expiry(parameters)?,
        })
    }
}

impl Price {
    fn parse(parameters: &Parameters) -> Result<Self, Refusal> {
        let kind = text(parameters, "currency_type").unwrap_or_else(|| "crypto".to_owned());
        match kind.as_str() {
            "crypto" => {
                let asset = text(parameters, "asset").unwrap_or_default();
                let asset =
                    find_asset(&asset).ok_or_else(|| Refusal::bad_request("UNSUPPORTED_ASSET"))?;
                Ok(Self::Crypto { asset: asset.code })
            }
            "fiat" => {
                let fiat = text(parameters, "fiat").unwrap_or_default();
                if !is_fiat(&fiat) {
                    return Err(Refusal::bad_request("UNSUPPORTED_FIAT"));
                }
                Ok(Self::Fiat { fiat, accepted: accepted_assets(parameters)? })
            }
            _ => Err(Refusal::bad_request("CURRENCY_TYPE_INVALID")),
        }
    }

    /// Whether the amount has no more decimals than the currency.
    fn admits(&self, amount: Decimal) -> bool {
        let decimals = match self {
            Self::Crypto { asset } => find_asset(asset).map_or(0, |asset| asset.decimals),
            Self::Fiat { .. } => 8,
        };
        amount.normalize().scale() <= decimals
    }
}

/// One string with commas; a JSON array makes the real service stumble.
fn accepted_assets(parameters: &Parameters) -> Result<Vec<String>, Refusal> {
    let all = || ASSETS.iter().map(|asset| asset.code.to_owned()).collect();
    match parameters.fields.get("accepted_assets") {
        None => Ok(all()),
        Some(Value::String(list)) if list.is_empty() => Ok(all()),
        Some(Value::String(list)) => list
            .split(',')
            .map(|code| match find_asset(code) {
                Some(asset) => Ok(asset.code.to_owned()),
                None => Err(Refusal {
                    allowed_assets: Some(ASSETS.iter().map(|asset| asset.code).collect()),
                    ..Refusal::bad_request("UNSUPPORTED_ACCEPTED_ASSET")
                }),
            })
            .collect(),
        Some(_) => Err(Refusal::new(500, "APP_ERROR")),
    }
}

fn text(parameters: &Parameters, name: &str) -> Option<String> {
    parameters.text(name).map(Cow::into_owned).filter(|text| !text.is_empty())
}

fn limited(
    parameters: &Parameters,
    name: &'static str,
    chars_max: usize,
) -> Result<Option<String>, Refusal> {
    let text = text(parameters, name);
    if text.as_ref().is_some_and(|text| text.chars().count() > chars_max) {
        return Err(Refusal::bad_request(&format!("{}_INVALID", name.to_ascii_uppercase())));
    }
    Ok(text)
}

fn paid_button(parameters: &Parameters) -> Result<Option<(String, String)>, Refusal> {
    let Some(name) = text(parameters, "paid_btn_name") else { return Ok(None) };
    if !["viewItem", "openChannel", "openBot", "callback"].contains(&name.as_str()) {
        return Err(Refusal::bad_request("PAID_BTN_NAME_INVALID"));
    }
    let url = text(parameters, "paid_btn_url")
        .filter(|url| url.starts_with("https://") || url.starts_with("http://"))
        .ok_or_else(|| Refusal::bad_request("PAID_BTN_URL_INVALID"))?;
    Ok(Some((name, url)))
}

/// On unless switched off.
fn switch(parameters: &Parameters, name: &str) -> bool {
    !parameters.fields.contains_key(name) || parameters.flag(name)
}

fn expiry(parameters: &Parameters) -> Result<Option<i64>, Refusal> {
    if !parameters.fields.contains_key("expires_in") {
        return Ok(None);
    }
    parameters
        .integer("expires_in")
        .filter(|seconds| (1..=EXPIRES_IN_S_MAX).contains(seconds))
        .map(Some)
        .ok_or_else(|| Refusal::bad_request("EXPIRES_IN_INVALID"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refusal(changes: Value) -> String {
        let mut fields = json!({
            "currency_type": "fiat",
            "fiat": "USD",
            "accepted_assets": "USDT,TON",
            "amount": "12.5",
            "payload": "pay_1",
            "expires_in": 1800,
        });
        for (name, value) in changes.as_object().unwrap() {
            fields[name] = value.clone();
        }
        let Value::Object(fields) = fields else { panic!("an object") };
        match Terms::parse(&Parameters::from_json(fields)) {
            Ok(_) => "accepted".to_owned(),
            Err(refusal) => refusal.name,
        }
    }

    #[test]
    fn what_the_service_refuses_is_refused_by_name() {
        for (changes, name) in [
            (json!({}), "accepted"),
            (json!({ "amount": "0" }), "AMOUNT_INVALID"),
            (json!({ "amount": "1e3" }), "AMOUNT_INVALID"),
            (json!({ "amount": "-1" }), "AMOUNT_INVALID"),
            (json!({ "fiat": "XXX" }), "UNSUPPORTED_FIAT"),
            (json!({ "currency_type": "shells" }), "CURRENCY_TYPE_INVALID"),
            (json!({ "currency_type": "crypto", "asset": "DOGE" }), "UNSUPPORTED_ASSET"),
            (json!({ "currency_type": "crypto", "asset": "USDT" }), "accepted"),
            (
                json!({ "currency_type": "crypto", "asset": "USDT", "amount": "1.0000001" }),
                "AMOUNT_INVALID",
            ),
            (json!({ "accepted_assets": ["USDT"] }), "APP_ERROR"),
            (json!({ "accepted_assets": "USDT,DOGE" }), "UNSUPPORTED_ACCEPTED_ASSET"),
            (json!({ "expires_in": 0 }), "EXPIRES_IN_INVALID"),
            (json!({ "expires_in": 2_678_401 }), "EXPIRES_IN_INVALID"),
            (json!({ "payload": "x".repeat(4_097) }), "PAYLOAD_INVALID"),
            (json!({ "description": "x".repeat(1_025) }), "DESCRIPTION_INVALID"),
            (json!({ "paid_btn_name": "openBot" }), "PAID_BTN_URL_INVALID"),
            (json!({ "paid_btn_name": "openBot", "paid_btn_url": "https://t.me/x" }), "accepted"),
        ] {
            assert_eq!(refusal(changes.clone()), name, "{changes}");
        }
    }
}
