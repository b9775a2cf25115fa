//! Crypto Pay's translation: signatures by the published vector, answers as they were recorded.

use http::HeaderValue;
use kernel::ids::{InvoiceId, PersonId};
use serde_json::Value;

use super::*;
use crate::domain::invoice::State;
use crate::domain::payment::{Outcome, Payment};

const TOKEN: &str = "12345:AAexampleTokenForDocsOnly000000000000";
const SIGNED: &str = "0390047cbba6ada19ade3611405b1d6bbc49d664f2193f8996565e16257d8024";
const BODY: &str = concat!(
    r#"{"update_id":7,"update_type":"invoice_paid","request_date":"2026-01-02T03:04:05.000Z","#,
    r#""payload":{"invoice_id":528890,"hash":"IVDoTcNBYEfk","currency_type":"crypto","#,
    r#""asset":"USDT","amount":"12.5","status":"paid","payload":"ord_01HZX"}}"#,
);

fn cryptopay() -> CryptoPay {
    let app = App {
        token: TOKEN.into(),
        previous_token: None,
        api_url: "http://localhost".into(),
        assets: vec!["TON".into(), "USDT".into()],
        poll_every: Duration::from_secs(30),
        bot_url: None,
    };
    CryptoPay { app, http: chassis::http::client().unwrap() }
}

fn headers(signature: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(SIGNATURE, HeaderValue::from_str(signature).unwrap());
    headers
}

#[test]
fn the_published_vector_verifies_in_either_case() {
    let provider = cryptopay();
    assert_eq!(BODY.len(), 234);
    for signature in [SIGNED.to_owned(), SIGNED.to_uppercase()] {
        assert_eq!(provider.verify_callback(&headers(&signature), BODY.as_bytes()), Ok(()));
    }
}

#[test]
fn pc01_what_is_not_the_signature_is_refused() {
    let provider = cryptopay();
    let (zeros, twice) = ("0".repeat(64), SIGNED.repeat(2));
    for signature in ["", "no hex", &SIGNED[..62], &SIGNED[..63], &zeros, &twice] {
        let verified = provider.verify_callback(&headers(signature), BODY.as_bytes());
        assert_eq!(verified, Err(BadSignature), "{signature:?}");
    }
    assert!(provider.verify_callback(&HeaderMap::new(), BODY.as_bytes()).is_err());
}

#[test]
fn pc02_pc03_only_the_raw_bytes_carry_the_signature() {
    let provider = cryptopay();
    let value: Value = serde_json::from_str(BODY).unwrap();
    let changed = BODY.replace("12.5", "13.5");
    for body in [changed, serde_json::to_string(&value).unwrap(), format!("{BODY}\n")] {
        assert!(provider.verify_callback(&headers(SIGNED), body.as_bytes()).is_err(), "{body}");
    }
}

#[test]
fn pc06_pc07_the_token_before_counts_while_it_is_named_and_others_never_do() {
    let mut provider = cryptopay();
    provider.app.token = "12345:AAnew".into();
    assert!(provider.verify_callback(&headers(SIGNED), BODY.as_bytes()).is_err());
    provider.app.previous_token = Some(TOKEN.into());
    assert_eq!(provider.verify_callback(&headers(SIGNED), BODY.as_bytes()), Ok(()));
}

/// The recorded invoice of the API's description, with changes.
fn report(changes: &[(&str, Value)]) -> Report {
    let mut invoice = json!({
        "invoice_id": 528_890, "hash": "IVDoTcNBYEfk", "currency_type": "fiat", "fiat": "USD",
        "amount": "12.5", "accepted_assets": ["USDT", "TON"],
        "bot_invoice_url": "https://t.me/CryptoBot?start=IVDoTcNBYEfk",
        "mini_app_invoice_url": "https://t.me/CryptoBot/app?startapp=invoice-IVDoTcNBYEfk",
        "status": "active", "created_at": "2026-01-02T03:00:00.000Z",
        "payload": InvoiceId::derived("i").to_string(),
    });
    for (key, value) in changes {
        invoice[*key] = value.clone();
    }
    let body = json!({"ok": true, "result": {"items": [invoice]}});
    let found: ProviderInvoices = wire::read_answer(200, body.to_string().as_bytes()).unwrap();
    found.reports().remove(0)
}

fn paid(changes: &[(&str, Value)]) -> Payment {
    let changes = [&[("status", json!("paid"))], changes].concat();
    match report(&changes).outcome {
        Outcome::Paid(payment) => payment,
        other => panic!("not paid: {other:?}"),
    }
}

#[test]
fn a_recorded_answer_reads() {
    let open = report(&[]);
    assert_eq!(open.reference, "528890");
    assert_eq!(open.url, "https://t.me/CryptoBot?start=IVDoTcNBYEfk");
    assert_eq!(open.invoice_id, Some(InvoiceId::derived("i")));
    assert_eq!(open.outcome, Outcome::Pending);
}

#[test]
fn pc15_the_coin_and_its_rate_are_kept_and_the_price_is_the_fiat_one() {
    let payment = paid(&[
        ("paid_asset", json!("TON")),
        ("paid_amount", json!("4.01")),
        ("paid_fiat_rate", json!("3.11")),
        ("fee_amount", json!(0.12)),
    ]);
    assert_eq!(payment.price, Some(Money::new(1_250, "USD".parse().unwrap())));
    assert_eq!(payment.details["paid_asset"], "TON");
    assert_eq!(payment.details["paid_fiat_rate"], "3.11");
    assert_eq!(payment.external_id, "528890");
}

#[test]
fn only_explicit_words_end_a_payment() {
    assert_eq!(report(&[("status", json!("expired"))]).outcome, Outcome::Expired);
    for word in ["active", "PAID", "refunding", ""] {
        assert_eq!(report(&[("status", json!(word))]).outcome, Outcome::Pending, "{word}");
    }
}

#[test]
fn pc17_amounts_that_are_not_plain_decimals_are_unreadable() {
    let texts = ["1e3", "NaN", "-5", "", "1,00", "0x10", " 1", "١٢", "12.505"];
    let mut strange: Vec<Value> = texts.iter().map(|text| json!(text)).collect();
    strange.extend([json!("9".repeat(40)), json!(12.5), json!(null)]);
    for amount in strange {
        assert_eq!(paid(&[("amount", amount.clone())]).price, None, "{amount}");
    }
}

#[test]
fn a_coin_invoice_is_never_read_as_fiat() {
    let mut reports = cryptopay().read_callback(BODY.as_bytes()).unwrap();
    let Outcome::Paid(payment) = reports.remove(0).outcome else { panic!("not paid") };
    assert_eq!((payment.price, payment.invoice_id), (None, None));
    assert_eq!(payment.details["currency"], "USDT");
}

#[test]
fn other_updates_say_nothing_and_broken_ones_are_kept_for_people() {
    let provider = cryptopay();
    for body in [
        r#"{"update_type":"new_thing"}"#,
        r#"{"update_type":"new_thing","payload":{"check_id":5}}"#,
        r#"{"update_type":"new_thing","payload":[1]}"#,
    ] {
        assert_eq!(provider.read_callback(body.as_bytes()), Ok(Vec::new()), "{body}");
    }
    for body in ["", "[]", "{", "{}", r#"{"update_type":"invoice_paid"}"#] {
        assert!(provider.read_callback(body.as_bytes()).is_err(), "{body}");
    }
}

#[test]
fn one_odd_invoice_in_an_answer_hides_no_other() {
    let items = json!([{"invoice_id": 1}, {"invoice_id": "two"}, null, {"invoice_id": 3}]);
    let body = json!({"ok": true, "result": {"items": items}});
    let found: ProviderInvoices = wire::read_answer(200, body.to_string().as_bytes()).unwrap();
    let references: Vec<_> = found.reports().into_iter().map(|report| report.reference).collect();
    assert_eq!(references, ["1", "3"]);
}

#[test]
fn pc28_bug_50_only_their_faults_count_against_them() {
    let refused: &[u8] = br#"{"ok":false,"error":{"code":400,"name":"EXPIRES_IN_INVALID"}}"#;
    let cases: [(u16, &[u8], &str); 9] = [
        (400, refused, "refused"),
        (200, refused, "refused"),
        (401, br#"{"ok":false,"error":{"code":401,"name":"UNAUTHORIZED"}}"#, "refused"),
        (404, b"<html>", "refused"),
        (429, b"", "busy"),
        (500, br#"{"ok":false,"error":{"code":500,"name":"APP_ERROR"}}"#, "faulty"),
        (502, b"<html>bad gateway</html>", "faulty"),
        (200, b"<html>", "faulty"),
        (200, br#"{"ok":true,"result":{"ite"#, "faulty"),
    ];
    for (status, body, label) in cases {
        let error = wire::read_answer::<ProviderInvoices>(status, body).err().unwrap();
        assert_eq!(error.label(), label, "{status} {}", String::from_utf8_lossy(body));
        assert_eq!(error.is_fault(), label == "faulty");
    }
}

#[test]
fn an_invoice_is_asked_for_in_the_shops_currency_with_our_id_as_payload() {
    let at = jiff::Timestamp::from_second(1_800_000_000).unwrap();
    let price = Money::new(10_050, "RUB".parse().unwrap());
    let invoice = Invoice {
        id: InvoiceId::derived("i"),
        person: PersonId(1),
        method: SLUG.into(),
        state: State::New,
        amount: price,
        price,
        reference: None,
        pay_url: None,
        created_at: at,
        expires_at: at + Duration::from_mins(30),
        is_overdue: false,
    };
    let mut provider = cryptopay();
    let request = provider.request(&invoice);
    assert_eq!(request["currency_type"], "fiat");
    assert_eq!((&request["fiat"], &request["amount"]), (&json!("RUB"), &json!("100.50")));
    assert_eq!(request["accepted_assets"], "TON,USDT");
    assert_eq!(request["payload"], invoice.id.to_string());
    assert_eq!(request["expires_in"], 1_800);
    assert_eq!(request.get("paid_btn_name"), None);
    provider.app.bot_url = Some("https://t.me/shop_bot".into());
    assert_eq!(provider.request(&invoice)["paid_btn_name"], "openBot");
}
