//! The methods as others call them: through the guard, over a wire, in the contract's words.

use chassis::guard;
use contract::actor::{Actor, Caller};
use contract::common::{Money, ReadFeedRequest};
use contract::payments::charge_wallet_response::Outcome;
use contract::payments::hold_service_client::HoldServiceClient;
use contract::payments::invoice::Pay;
use contract::payments::invoice_service_client::InvoiceServiceClient;
use contract::payments::payments_admin_service_client::PaymentsAdminServiceClient;
use contract::payments::payments_feed_service_client::PaymentsFeedServiceClient;
use contract::payments::payments_intake_service_client::PaymentsIntakeServiceClient;
use contract::payments::wallet_service_client::WalletServiceClient;
use contract::payments::{
    AdjustBalanceRequest, ChargeWalletRequest, CheckBooksRequest, GetWalletRequest, Header,
    HoldFundsRequest, HoldState, Invoice, InvoiceState, ListInvoicesRequest, ListMethodsRequest,
    ListOperationsRequest, ListSuspenseRequest, OpenInvoiceRequest, OpenWalletRequest, Operation,
    OperationKind, PostHoldRequest, TakeCallbackRequest, TakeUpdateRequest, VoidHoldRequest,
};
use contract::switchboard::Switchboard;
use contract::wire::Wire;
use kernel::clock::Clock;
use kernel::ids::{HoldId, InvoiceId, OrderId, PersonId, TransferId};
use serde_json::json;
use tonic::Code;

use super::shop::{ANNA, Shop, callback, message, signed};

pub struct Door {
    pub wire: Wire,
    pub service: Caller,
    pub anna: Caller,
    pub owner: Caller,
}

pub fn door(shop: &Shop) -> Door {
    let keys = &shop.ground.keys;
    let board = Switchboard::default();
    let routes = payments::routes(&shop.payments);
    board.connect(guard::guarded(routes, keys.clone(), shop.ground.lifecycle.clone()));
    Door {
        wire: board.wire(),
        service: keys.caller(&Actor::Service("bot".into())),
        anna: keys.caller(&Actor::Person { id: ANNA, bits: 1 }),
        owner: keys.caller(&Actor::Person { id: PersonId(1), bits: 1023 }),
    }
}

pub fn roubles(minor: i64) -> Money {
    Money { minor, currency: "RUB".into() }
}

fn adjust(minor: i64) -> AdjustBalanceRequest {
    AdjustBalanceRequest {
        transfer_id: TransferId::fresh(&Clock::System).to_string(),
        person_id: ANNA.0,
        amount: Some(roubles(minor)),
        reason: "a gift".into(),
    }
}

#[tokio::test]
async fn a_wallet_is_opened_filled_charged_and_read() {
    let shop = Shop::open().await;
    let Door { wire, service, anna, owner } = door(&shop);
    let mut wallets = WalletServiceClient::new(wire.clone());
    let open = OpenWalletRequest { person_id: ANNA.0, inviter_id: 0 };
    wallets.open_wallet(service.request(open)).await.unwrap();
    let mut admin = PaymentsAdminServiceClient::new(wire);
    let answer = admin.adjust_balance(owner.request(adjust(1_000))).await.unwrap().into_inner();
    assert_eq!(answer.available, Some(roubles(1_000)));
    let refused = admin.adjust_balance(anna.request(adjust(1_000))).await.unwrap_err();
    assert_eq!(refused.code(), Code::PermissionDenied);

    let charge = ChargeWalletRequest {
        transfer_id: OrderId::fresh(&Clock::System).to_string(),
        person_id: ANNA.0,
        amount: Some(roubles(300)),
        reference: "A-1".into(),
    };
    let charged = wallets.charge_wallet(service.request(charge.clone())).await.unwrap();
    let Some(Outcome::Charged(charged)) = charged.into_inner().outcome else { panic!("refused") };
    assert_eq!(charged.available, Some(roubles(700)));
    let dear = ChargeWalletRequest {
        transfer_id: OrderId::fresh(&Clock::System).to_string(),
        amount: Some(roubles(701)),
        ..charge
    };
    let refused = wallets.charge_wallet(service.request(dear)).await.unwrap().into_inner();
    assert!(matches!(refused.outcome, Some(Outcome::Refused(_))));

    let wallet = wallets.get_wallet(anna.request(GetWalletRequest {})).await.unwrap().into_inner();
    assert_eq!((wallet.available, wallet.spent), (Some(roubles(700)), Some(roubles(300))));
    let listed = wallets.list_operations(anna.request(ListOperationsRequest { page: None })).await;
    let kinds: Vec<_> =
        listed.unwrap().into_inner().operations.iter().map(Operation::kind).collect();
    assert_eq!(kinds, [OperationKind::Purchase, OperationKind::Adjustment]);
    let books = admin.check_books(owner.request(CheckBooksRequest {})).await.unwrap().into_inner();
    assert_eq!((books.sum_minor, books.drifted_wallets), (0, 0));
}

#[tokio::test]
async fn a_hold_is_taken_posted_and_voided() {
    let shop = Shop::open().await;
    shop.fund(ANNA, 1_000).await;
    let Door { wire, service, .. } = door(&shop);
    let mut holds = HoldServiceClient::new(wire);
    let hold_id = HoldId::fresh(&Clock::System).to_string();
    let hold = HoldFundsRequest {
        hold_id: hold_id.clone(),
        person_id: ANNA.0,
        amount: Some(roubles(400)),
        lasts_seconds: 60,
        reference: String::new(),
    };
    let held = holds.hold_funds(service.request(hold.clone())).await.unwrap().into_inner();
    assert_eq!(held.hold.unwrap().state(), HoldState::Pending);
    let post = PostHoldRequest { hold_id: hold_id.clone(), amount: Some(roubles(150)) };
    let posted = holds.post_hold(service.request(post)).await.unwrap().into_inner().hold.unwrap();
    assert_eq!((posted.state(), posted.posted), (HoldState::Posted, Some(roubles(150))));
    let void = holds.void_hold(service.request(VoidHoldRequest { hold_id })).await.unwrap_err();
    assert_eq!(void.code(), Code::FailedPrecondition);
    let long = HoldFundsRequest { lasts_seconds: u32::MAX, ..hold };
    let refused = holds.hold_funds(service.request(long)).await.unwrap_err();
    assert_eq!(refused.code(), Code::InvalidArgument);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn an_invoice_is_opened_paid_by_callback_and_told() {
    let shop = Shop::open().await;
    let Door { wire, service, anna, owner } = door(&shop);
    let mut invoices = InvoiceServiceClient::new(wire.clone());
    let methods = invoices.list_methods(anna.request(ListMethodsRequest {})).await.unwrap();
    let methods = methods.into_inner();
    let slugs: Vec<_> = methods.methods.iter().map(|method| method.slug.as_str()).collect();
    assert_eq!((slugs, methods.min), (vec!["cryptopay", "stars"], Some(roubles(2_000))));

    let id = InvoiceId::fresh(&Clock::System).to_string();
    let open = OpenInvoiceRequest {
        invoice_id: id.clone(),
        method: "cryptopay".into(),
        amount: Some(roubles(5_000)),
    };
    let opened = invoices.open_invoice(anna.request(open.clone())).await.unwrap().into_inner();
    assert!(matches!(opened.invoice.unwrap().pay, Some(Pay::PayUrl(_))));
    let in_stars = OpenInvoiceRequest {
        invoice_id: InvoiceId::fresh(&Clock::System).to_string(),
        method: "stars".into(),
        ..open
    };
    let opened = invoices.open_invoice(anna.request(in_stars)).await.unwrap().into_inner();
    let Some(Pay::ChatInvoice(chat)) = opened.invoice.unwrap().pay else { panic!("no chat") };
    assert_eq!(chat.price, Some(Money { minor: 46, currency: "XTR".into() }));

    let mut intake = PaymentsIntakeServiceClient::new(wire.clone());
    let body = callback(&shop.cryptopay.pay(0), 1);
    let headers = signed(&body);
    let headers = headers.iter().map(|(name, value)| Header {
        name: name.to_string(),
        value: value.to_str().unwrap().into(),
    });
    let call =
        TakeCallbackRequest { provider: "cryptopay".into(), headers: headers.collect(), body };
    intake.take_callback(service.request(call.clone())).await.unwrap();
    let unsigned = TakeCallbackRequest { headers: Vec::new(), ..call };
    let refused = intake.take_callback(service.request(unsigned)).await.unwrap_err();
    assert_eq!(refused.code(), Code::Unauthenticated);

    let listed = invoices.list_invoices(anna.request(ListInvoicesRequest { page: None })).await;
    let listed = listed.unwrap().into_inner();
    let states: Vec<_> = listed.invoices.iter().map(Invoice::state).collect();
    assert_eq!(states, [InvoiceState::Pending, InvoiceState::Paid]);
    let mut feed = PaymentsFeedServiceClient::new(wire.clone());
    // A transaction anywhere on the server, in another test as well, holds the feed up for a moment.
    let read = ReadFeedRequest { cursor: String::new(), limit: 10, wait_ms: 9_000 };
    let told = feed.read_feed(service.request(read)).await.unwrap().into_inner();
    assert_eq!(told.entries.len(), 1);

    let strange = json!({"currency": "XTR", "total_amount": 5, "invoice_payload": "x",
        "telegram_payment_charge_id": "stx9"});
    let update = message(ANNA, "successful_payment", &strange).to_string().into_bytes();
    intake.take_update(service.request(TakeUpdateRequest { update })).await.unwrap();
    let mut admin = PaymentsAdminServiceClient::new(wire);
    let cases = admin.list_suspense(owner.request(ListSuspenseRequest { page: None })).await;
    let cases = cases.unwrap().into_inner();
    assert_eq!((cases.total, cases.cases[0].reason.as_str()), (1, "unknown_invoice"));
    shop.books_are_zero().await;
}
