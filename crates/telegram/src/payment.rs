//! What updates say about money; amounts are in the currency's smallest units.

use std::borrow::Cow;

use serde::Deserialize;

use crate::borrowed;
use crate::user::User;

/// The last question before the user is charged; it must be answered within ten seconds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PreCheckoutQuery<'a> {
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    /// Who is about to pay, who need not be whom the invoice was made for.
    #[serde(borrow)]
    pub from: User<'a>,
    #[serde(borrow)]
    pub currency: Cow<'a, str>,
    pub total_amount: i64,
    #[serde(borrow)]
    pub invoice_payload: Cow<'a, str>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ShippingQuery<'a> {
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    #[serde(borrow)]
    pub from: User<'a>,
    #[serde(borrow)]
    pub invoice_payload: Cow<'a, str>,
}

/// The money has moved. Delivered at least once: the charge id tells repeats apart.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SuccessfulPayment<'a> {
    #[serde(borrow)]
    pub currency: Cow<'a, str>,
    pub total_amount: i64,
    #[serde(borrow)]
    pub invoice_payload: Cow<'a, str>,
    /// Opaque.
    #[serde(borrow)]
    pub telegram_payment_charge_id: Cow<'a, str>,
    #[serde(default, borrow)]
    pub provider_payment_charge_id: Cow<'a, str>,
    /// Unix seconds.
    pub subscription_expiration_date: Option<i64>,
    #[serde(default)]
    pub is_recurring: bool,
    #[serde(default)]
    pub is_first_recurring: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RefundedPayment<'a> {
    #[serde(borrow)]
    pub currency: Cow<'a, str>,
    pub total_amount: i64,
    #[serde(borrow)]
    pub invoice_payload: Cow<'a, str>,
    /// That of the payment refunded.
    #[serde(borrow)]
    pub telegram_payment_charge_id: Cow<'a, str>,
    #[serde(default, borrow, deserialize_with = "borrowed::text")]
    pub provider_payment_charge_id: Option<Cow<'a, str>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PaidMedia<'a> {
    #[serde(borrow)]
    pub from: User<'a>,
    #[serde(default, borrow)]
    pub paid_media_payload: Cow<'a, str>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Subscription<'a> {
    #[serde(borrow)]
    pub user: User<'a>,
    #[serde(borrow)]
    pub invoice_payload: Cow<'a, str>,
    #[serde(default)]
    pub state: SubscriptionState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SubscriptionState {
    Canceled,
    Active,
    Failed,
    #[default]
    #[serde(other)]
    Other,
}
