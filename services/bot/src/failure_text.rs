//! What people are told when something fails: one text per stable code, in one place. Details stay in the log.

use contract::failure::{Failure, Kind};

use crate::html::Html;
use crate::operations::broadcasts::{BROADCAST_MISSING, BROADCAST_OVER, BROADCAST_TAKEN};
use crate::operations::people::PERSON_MISSING;
use crate::operations::tickets::TICKET_FULL;
use crate::screen::Cx;
use crate::staff::NOT_ABOVE;
use crate::texts::Label;

/// What to tell the person. What nobody foresaw gets a reference that leads support to the line in the log.
pub fn text(cx: &Cx, failure: &Failure) -> Label {
    let texts = cx.texts;
    match failure.code() {
        "inventory.out_of_stock" => texts.alert_out_of_stock(),
        "inventory.item_missing" => texts.alert_item_missing(),
        "inventory.category_missing" => texts.alert_category_missing(),
        "inventory.category_too_deep" => texts.alert_category_too_deep(),
        "inventory.category_cycle" => texts.alert_category_cycle(),
        "inventory.category_not_empty" => texts.alert_category_not_empty(),
        "inventory.category_archived" => texts.alert_category_archived(),
        "inventory.order_not_delivered" => texts.alert_order_not_delivered(),
        "inventory.unit_missing" => texts.alert_unit_missing(),
        "inventory.order_missing" => texts.alert_order_missing(),
        "inventory.name_taken" => texts.alert_name_taken(),
        "inventory.one_value_wanted" => texts.alert_one_value(),
        "inventory.value_known" => texts.alert_value_known(),
        "inventory.price_changed" => texts.alert_price_changed(),
        PERSON_MISSING => texts.alert_person_missing(),
        NOT_ABOVE => texts.alert_not_above(),
        BROADCAST_MISSING => texts.alert_broadcast_missing(),
        BROADCAST_OVER => texts.alert_broadcast_over(),
        TICKET_FULL => texts.alert_ticket_full(),
        BROADCAST_TAKEN => texts.alert_broadcast_taken(),
        "payments.insufficient_funds" => texts.alert_insufficient_funds(),
        "payments.no_such_invoice" => texts.alert_invoice_missing(),
        "payments.amount_out_of_bounds" | "payments.invalid_amount" => texts.alert_amount_refused(),
        "payments.no_such_method" => texts.alert_method_off(),
        "payments.provider_unavailable" | "payments.provider_refused" => {
            texts.alert_provider_failed()
        }
        "payments.too_many_open_invoices" => texts.alert_too_many_invoices(),
        "payments.no_such_earning" => texts.alert_earning_missing(),
        "payments.no_such_wallet" => texts.alert_wallet_missing(),
        "payments.person_out_of_reach" => texts.alert_out_of_reach(),
        "payments.daily_limit" => texts.alert_daily_limit(),
        "payments.no_such_proposal" => texts.alert_proposal_missing(),
        "payments.own_proposal" => texts.alert_own_proposal(),
        "payments.proposal_decided" => texts.alert_proposal_decided(),
        "payments.proposal_expired" => texts.alert_proposal_expired(),
        code => promo(cx, code)
            .or_else(|| role(cx, code))
            .or_else(|| stock(cx, failure))
            .unwrap_or_else(|| by_kind(cx, failure)),
    }
}

/// Of carts, promo codes and reviews.
fn promo(cx: &Cx, code: &str) -> Option<Label> {
    let texts = cx.texts;
    Some(match code {
        "inventory.promo_missing" => texts.alert_promo_missing(),
        "inventory.promo_inactive" => texts.alert_promo_inactive(),
        "inventory.promo_expired" => texts.alert_promo_expired(),
        "inventory.promo_exhausted" => texts.alert_promo_exhausted(),
        "inventory.promo_used" => texts.alert_promo_used(),
        "inventory.promo_wrong_item" => texts.alert_promo_wrong_item(),
        "inventory.promo_wrong_category" => texts.alert_promo_wrong_category(),
        "inventory.promo_not_discount" => texts.alert_promo_not_discount(),
        "inventory.promo_not_balance" => texts.alert_promo_not_balance(),
        "inventory.promo_too_many" => texts.alert_promo_too_many(),
        "inventory.promo_taken" => texts.alert_promo_taken(),
        "inventory.promo_binding_gone" => texts.alert_promo_binding_gone(),
        "inventory.reviews_off" => texts.alert_reviews_off(),
        "inventory.not_purchased" => texts.alert_not_purchased(),
        "inventory.review_missing" => texts.alert_review_missing(),
        "inventory.review_changed" => texts.alert_review_changed(),
        "inventory.cart_full" => texts.alert_cart_full(),
        "inventory.cart_empty" => texts.alert_cart_empty(),
        _ => return None,
    })
}

/// What can be wrong about a role; nothing for other codes.
fn role(cx: &Cx, code: &str) -> Option<Label> {
    let texts = cx.texts;
    Some(match code {
        "admin.role_missing" => texts.alert_role_missing(),
        "admin.role_name_taken" => texts.alert_role_name_taken(),
        "admin.built_in_role" => texts.alert_built_in_role(),
        "admin.role_in_use" => texts.alert_role_in_use(),
        "admin.right_lacking" => texts.alert_right_lacking(),
        "admin.all_rights" => texts.alert_all_rights(),
        "admin.own_role" => texts.alert_own_role(),
        "admin.owner_role" => texts.alert_owner_role(),
        "admin.outranked" => texts.alert_outranked(),
        _ => return None,
    })
}

/// Of limits and stock.
fn stock(cx: &Cx, failure: &Failure) -> Option<Label> {
    let texts = cx.texts;
    let count = |key| cx.format.count(number(failure, key));
    Some(match failure.code() {
        "inventory.quantity_not_allowed" => texts.alert_quantity(count("min"), count("max")),
        "inventory.person_limit" => match number(failure, "left") {
            0 => texts.alert_person_limit(count("max")),
            _ => texts.alert_person_limit_left(count("max"), count("left")),
        },
        "inventory.unit_not_free" => texts.alert_unit_not_free(),
        "inventory.item_has_stock" => texts.alert_item_has_stock(),
        "inventory.files_wanted" => texts.alert_files_wanted(),
        "inventory.values_wanted" => texts.alert_values_wanted(),
        "inventory.file_missing" => texts.alert_file_missing(),
        _ => return None,
    })
}

/// The same above a question that is asked again, for what a better answer may cure.
///
/// # Errors
/// The failure itself when no answer can cure it.
pub fn asking_again(cx: &Cx, failure: Failure) -> Result<Html, Failure> {
    match failure.kind() {
        Kind::Unauthenticated | Kind::Denied | Kind::Internal => Err(failure),
        _ => Ok(Html::text(&format!("⚠️ {}", text(cx, &failure)))),
    }
}

fn by_kind(cx: &Cx, failure: &Failure) -> Label {
    let texts = cx.texts;
    match failure.kind() {
        Kind::Unavailable => {
            tracing::warn!(person = ?cx.person.id, %failure, "a person could not be served now");
            texts.alert_try_again()
        }
        Kind::Exhausted => texts.alert_too_fast(),
        Kind::Denied => texts.alert_not_allowed(),
        Kind::Invalid => {
            tracing::info!(person = ?cx.person.id, %failure, "a request was refused as invalid");
            texts.alert_unusable()
        }
        Kind::Unauthenticated | Kind::Missing | Kind::Conflict | Kind::Internal => {
            let reference = reference(cx);
            tracing::error!(reference, person = ?cx.person.id, %failure, "a person was not served");
            texts.alert_unknown(&reference)
        }
    }
}

/// Short enough to be read out; the log has the rest.
fn reference(cx: &Cx) -> String {
    let id = kernel::ids::fresh(&cx.clock).simple().to_string();
    id[id.len() - 8..].to_uppercase()
}

/// A number that a failure tells; 0 from a service that does not.
fn number(failure: &Failure, key: &str) -> u64 {
    failure.data(key).and_then(|text| text.parse().ok()).unwrap_or_default()
}
