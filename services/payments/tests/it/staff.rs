//! What staff read about a person's money: over the wire, with the permission it takes.

use contract::actor::Actor;
use contract::payments::payments_admin_service_client::PaymentsAdminServiceClient;
use contract::payments::referral_service_client::ReferralServiceClient;
use contract::payments::{
    AdjustBalanceRequest, ApproveAdjustmentRequest, GetEarningRequest, GetMoneyStatsRequest,
    GetPersonEarningRequest, GetPersonReferralStatsRequest, GetPersonWalletRequest,
    GetReferralStatsRequest, ListEarningsRequest, ListPersonEarningsRequest,
    ListPersonOperationsRequest, ListPersonReferralsRequest, ListProposalsRequest,
    ListReferralsRequest, OperationKind, PreviewAdjustmentRequest, RejectAdjustmentRequest,
};
use kernel::clock::Clock;
use kernel::ids::{PersonId, TransferId};
use payments::operations::wallet::{get_wallet, open_wallet};
use tonic::Code;

use super::api::{Door, door, roubles};
use super::shop::{ANNA, BORIS, Shop, a_charge, paid};

/// Boris has invited Anna, who topped up 100 roubles.
async fn shop() -> Shop {
    let shop = Shop::open_with("referral_percent = 10").await;
    open_wallet(&shop.payments, BORIS, None).await.unwrap();
    open_wallet(&shop.payments, ANNA, Some(BORIS)).await.unwrap();
    let invoice = shop.invoice("stars").await;
    shop.update(&paid(&invoice, "stx1", &[])).await.unwrap();
    shop
}

#[tokio::test]
async fn adm_03_ref_04_pay_26_staff_read_anybodys_wallet_and_referrals() {
    let shop = shop().await;
    let Door { wire, owner, .. } = door(&shop);
    let mut admin = PaymentsAdminServiceClient::new(wire);
    let ask = GetPersonWalletRequest { person_id: ANNA.0 };
    let card = admin.get_person_wallet(owner.request(ask)).await.unwrap().into_inner();
    assert_eq!((card.inviter_id, card.wallet.unwrap().topped_up), (BORIS.0, Some(roubles(10_000))));
    let ask = GetPersonWalletRequest { person_id: 999 };
    let missing = admin.get_person_wallet(owner.request(ask)).await.unwrap_err();
    assert_eq!(missing.code(), Code::NotFound);
    let ask = ListPersonOperationsRequest { person_id: BORIS.0, page: None };
    let moved = admin.list_person_operations(owner.request(ask)).await.unwrap().into_inner();
    assert_eq!(moved.operations[0].kind(), OperationKind::Referral);
    let ask = GetPersonReferralStatsRequest { person_id: BORIS.0 };
    let stats = admin.get_person_referral_stats(owner.request(ask)).await.unwrap().into_inner();
    let stats = stats.stats.unwrap();
    assert_eq!((stats.invited, stats.active, stats.earned), (1, 1, Some(roubles(1_000))));
    let ask = ListPersonReferralsRequest { person_id: BORIS.0, page: None };
    let people = admin.list_person_referrals(owner.request(ask)).await.unwrap().into_inner();
    assert_eq!((people.total, people.referrals[0].person_id), (1, ANNA.0));
    let ask = ListPersonEarningsRequest { person_id: BORIS.0, invited_id: ANNA.0, page: None };
    let earned = admin.list_person_earnings(owner.request(ask)).await.unwrap().into_inner();
    let earning_id = earned.earnings[0].earning_id.clone();
    let ask = GetPersonEarningRequest { person_id: BORIS.0, earning_id: earning_id.clone() };
    let one = admin.get_person_earning(owner.request(ask)).await.unwrap().into_inner();
    assert_eq!(one.earning, Some(earned.earnings[0].clone()));
    let ask = GetPersonEarningRequest { person_id: ANNA.0, earning_id };
    let others = admin.get_person_earning(owner.request(ask)).await.unwrap_err();
    assert_eq!(others.code(), Code::NotFound);
    let stats = admin.get_money_stats(owner.request(GetMoneyStatsRequest {})).await.unwrap();
    assert_eq!(stats.into_inner().in_total[0].amount, Some(roubles(10_000)));
}

#[tokio::test]
async fn bug_04_ref_03_whoever_asks_sees_their_own_referrals_only() {
    let shop = shop().await;
    let Door { wire, anna, .. } = door(&shop);
    let boris = shop.ground.keys.caller(&Actor::Person { id: BORIS, bits: 1 });
    let mut referrals = ReferralServiceClient::new(wire);
    let list = ListEarningsRequest { invited_id: 0, page: None };
    let earned = referrals.list_earnings(boris.request(list)).await.unwrap().into_inner();
    let ask = GetEarningRequest { earning_id: earned.earnings[0].earning_id.clone() };
    let own = referrals.get_earning(boris.request(ask.clone())).await.unwrap().into_inner();
    assert_eq!(own.earning.unwrap().topped_up, Some(roubles(10_000)));
    let refused = referrals.get_earning(anna.request(ask)).await.unwrap_err();
    assert_eq!(refused.code(), Code::NotFound);
    let people = ListReferralsRequest { page: None };
    let people = referrals.list_referrals(anna.request(people)).await.unwrap().into_inner();
    assert_eq!((people.total, people.referrals.len()), (0, 0));
    let stats = referrals.get_referral_stats(anna.request(GetReferralStatsRequest {})).await;
    assert_eq!(stats.unwrap().into_inner().stats.unwrap().invited, 0);
}

#[tokio::test]
async fn rbac_09_new_09_each_method_of_staff_wants_its_own_permission() {
    let shop = shop().await;
    let Door { wire, .. } = door(&shop);
    let with = |bits| shop.ground.keys.caller(&Actor::Person { id: PersonId(5), bits });
    // Everything but the one permission that it takes.
    let (no_users, no_stats, no_balance) = (with(1_023 - 8), with(1_023 - 128), with(1_023 - 256));
    let mut admin = PaymentsAdminServiceClient::new(wire);
    let person_id = ANNA.0;
    let wallet = no_users.request(GetPersonWalletRequest { person_id });
    let denied = admin.get_person_wallet(wallet).await.unwrap_err();
    assert_eq!(denied.code(), Code::PermissionDenied);
    let stats = no_users.request(GetPersonReferralStatsRequest { person_id });
    let denied = admin.get_person_referral_stats(stats).await.unwrap_err();
    assert_eq!(denied.code(), Code::PermissionDenied);
    let denied = admin.get_money_stats(no_stats.request(GetMoneyStatsRequest {})).await;
    assert_eq!(denied.unwrap_err().code(), Code::PermissionDenied);
    let id = TransferId::fresh(&Clock::System).to_string();
    let amount = Some(roubles(100));
    let adjust = AdjustBalanceRequest {
        transfer_id: id.clone(),
        person_id,
        amount: amount.clone(),
        reason: "a gift".into(),
    };
    let preview = no_balance.request(PreviewAdjustmentRequest { person_id, amount });
    let approve = no_balance.request(ApproveAdjustmentRequest { proposal_id: id.clone() });
    let reject = no_balance.request(RejectAdjustmentRequest { proposal_id: id });
    let list = no_balance.request(ListProposalsRequest { page: None });
    for denied in [
        admin.adjust_balance(no_balance.request(adjust)).await.map(|_| ()),
        admin.preview_adjustment(preview).await.map(|_| ()),
        admin.approve_adjustment(approve).await.map(|_| ()),
        admin.reject_adjustment(reject).await.map(|_| ()),
        admin.list_proposals(list).await.map(|_| ()),
    ] {
        assert_eq!(denied.unwrap_err().code(), Code::PermissionDenied);
    }
    assert_eq!(shop.available(ANNA).await, 10_000);
}

#[tokio::test]
async fn bug_54_pay_26_totals_and_history_make_up_the_balance() {
    let shop = shop().await;
    shop.adjust(ANNA, 700).await;
    shop.adjust(ANNA, -300).await;
    shop.charge(&a_charge(ANNA, 2_000)).await.unwrap();
    shop.charge(&a_charge(ANNA, 999_999)).await.unwrap();
    shop.execute(
        "with given as (
            insert into transfers (id, user_id, amount_minor, kind, currency, from_account,
                to_account, reference)
            values (gen_random_uuid(), 42, 50, 'refund', 'RUB', 'revenue', 'wallet', 'A-1001')
        )
        update wallets set balance_minor = balance_minor + 50 where user_id = 42",
    )
    .await;
    let totals = get_wallet(&shop.payments, ANNA).await.unwrap();
    assert_eq!((totals.refunded_minor, totals.other_minor), (50, 400));
    let sum = totals.topped_up_minor - totals.spent_minor
        + totals.earned_minor
        + totals.refunded_minor
        + totals.other_minor;
    assert_eq!((sum, totals.available_minor + totals.held_minor), (8_450, 8_450));
    let page = kernel::page::PageRequest::clamped(0, 100);
    let history =
        payments::operations::wallet::list_operations(&shop.payments, ANNA, page).await.unwrap();
    assert_eq!(history.rows.iter().map(|row| row.amount.minor).sum::<i64>(), 8_450);
    shop.books_are_zero().await;
}
