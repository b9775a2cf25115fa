//! The purchase saga on the real database, stopped at every step, under every pair of faults.

use contract::failure::Kind;
use contract::inventory::OrderState;
use contract::inventory::event::What;
use futures_util::future::join_all;
use inventory::{Moment, Step};

use crate::it::shop::{Buy, PRICE, Shop, values};
use crate::it::wallet;

const STEPS: [Step; 4] = [Step::Reserve, Step::Charge, Step::Deliver, Step::Release];

/// What happens to one run of a purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    /// The process dies there.
    Stop(Moment),
    /// Something is lost between inventory and payments.
    Wallet(wallet::Fault),
}

/// Who drives an order on after its first run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Buyer,
    Recovery,
}

fn faults() -> Vec<Fault> {
    let stops = STEPS.map(|step| [Moment::Before(step), Moment::After(step)]);
    let stops = stops.into_iter().flatten().map(Fault::Stop);
    let lost = [wallet::Fault::LostBefore, wallet::Fault::LostAfter].map(Fault::Wallet);
    [Fault::None].into_iter().chain(stops).chain(lost).collect()
}

fn arm(shop: &Shop, fault: Fault) {
    shop.never_stop();
    shop.wallets.forget_script();
    match fault {
        Fault::None => {}
        Fault::Stop(moment) => shop.stop_at(moment),
        Fault::Wallet(fault) => shop.wallets.script([fault]),
    }
}

/// One purchase of one unit: two runs with faults, then peace. All tell the same story in the end.
async fn live_through(shop: &Shop, buy: &Buy, first: Fault, second: (Next, Fault)) {
    let context = format!("{first:?}, then {second:?}");
    arm(shop, first);
    let one = shop.buy(buy).await;
    arm(shop, second.1);
    shop.make_due().await;
    match second.0 {
        // Whatever they answer now, the end decides.
        Next::Buyer => drop(shop.buy(buy).await),
        Next::Recovery => drop(shop.recover().await),
    }
    arm(shop, Fault::None);
    shop.recover_all().await;

    let end = shop.buy(buy).await;
    let rich = shop.wallets.transfer(&buy.order.to_string()).is_some_and(|t| t.charged);
    match &end {
        Ok(order) => {
            assert!(rich, "{context}");
            assert_eq!(order.state(), OrderState::Delivered, "{context}");
            assert_eq!(values(order).len(), 1, "{context}");
            let seen = shop.order(buy.buyer, buy.order).await.unwrap();
            assert_eq!(&seen, order, "{context}");
        }
        Err(failure) => {
            assert!(!rich, "{context}");
            assert_eq!(failure.code(), "payments.insufficient_funds", "{context}");
        }
    }
    // An explicit first answer was already the last one.
    match one {
        Ok(order) => assert_eq!(Ok(order), end, "{context}"),
        Err(failure) if failure.kind() == Kind::Conflict => assert_eq!(Err(failure), end),
        Err(failure) => {
            assert!(matches!(failure.kind(), Kind::Unavailable | Kind::Internal), "{context}");
        }
    }
}

#[tokio::test]
async fn ps02_to_ps11_every_pair_of_faults_ends_in_a_whole_order_or_in_none() {
    let shop = Shop::open().await;
    let runs = 2 * faults().len() * 2 * faults().len();
    let item = shop.item_with("vpn", runs).await;
    let mut buyer = 0;
    let mut delivered = 0;
    for balance in [PRICE, PRICE - 1] {
        for first in faults() {
            for second in [Next::Buyer, Next::Recovery] {
                for fault in faults() {
                    buyer += 1;
                    shop.wallets.top_up(buyer, balance);
                    let buy = Buy::one(buyer, item).in_a_hurry();
                    live_through(&shop, &buy, first, (second, fault)).await;
                    let left = shop.wallets.balance(buyer);
                    delivered += i64::from(left < balance);
                    assert!(left == balance || left == balance - PRICE);
                }
            }
        }
    }
    assert_eq!(shop.count("units where state = 'sold'").await, delivered);
    assert_eq!(shop.count("orders where state = 'delivered'").await, delivered);
    shop.check_books().await;
}

#[tokio::test]
async fn ps38_buyers_and_two_recoveries_may_drive_the_same_orders_at_once() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 100).await;
    let buys: Vec<_> = (1..=80).map(|buyer| Buy::one(buyer, item)).collect();
    // Every second one cannot pay, so that deliveries and releases are both raced for.
    for buy in buys.iter().step_by(2) {
        shop.wallets.top_up(buy.buyer, PRICE);
    }
    let recovery = async {
        for _ in 0..40 {
            shop.make_due().await;
            shop.recover().await.unwrap();
        }
    };
    let placing = join_all(buys.iter().map(|buy| shop.buy(buy)));
    let repeating = join_all(buys.iter().map(|buy| shop.buy(buy)));
    let (answers, again, (), ()) =
        tokio::join!(placing, repeating, recovery, async { shop.recover_all().await });
    for (place, (answer, again)) in answers.iter().zip(&again).enumerate() {
        assert_eq!(answer.is_ok(), place % 2 == 0, "{answer:?}");
        assert_eq!(answer.as_ref().map(values), again.as_ref().map(values));
    }
    assert_eq!(shop.count("orders where state = 'delivered'").await, 40);
    assert_eq!(shop.count("units where state = 'free'").await, 60);
    shop.check_books().await;
}

#[tokio::test]
async fn an_order_that_a_crash_interrupted_and_recovery_undid_is_told() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 2).await;
    shop.stop_at(Moment::Before(Step::Charge));
    let interrupted = Buy::one(1, item);
    assert!(shop.buy(&interrupted).await.unwrap_err().is_unknown_outcome());
    shop.recover_all().await;
    shop.buy(&Buy::one(2, item)).await.unwrap_err();

    let released: Vec<_> = shop
        .events()
        .await
        .into_iter()
        .filter_map(|event| match event {
            What::OrderReleased(told) => Some((told.order_id, told.buyer_id)),
            _ => None,
        })
        .collect();
    let expected = (interrupted.order.to_string(), 1);
    assert_eq!(released, [expected], "who waits for the answer needs no event");
    shop.check_books().await;
}

#[tokio::test]
async fn an_order_put_off_after_its_charge_is_kept_as_charged() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    shop.wallets.top_up(1, PRICE);
    let buy = Buy::one(1, item).in_a_hurry();
    shop.stop_at(Moment::Before(Step::Charge));
    shop.buy(&buy).await.unwrap_err();

    // The outbox refuses, so that nothing can be delivered.
    let refuse = "alter table outbox add constraint closed check (false) not valid";
    sqlx::query(refuse).execute(&shop.pool).await.unwrap();
    shop.recover().await.unwrap();
    assert_eq!(shop.order(1, buy.order).await.unwrap().state(), OrderState::Charged);
    let calls = shop.wallets.calls();

    let open = "alter table outbox drop constraint closed";
    sqlx::query(open).execute(&shop.pool).await.unwrap();
    shop.recover_all().await;
    assert_eq!(shop.wallets.calls(), calls, "a stored charge is not asked again");
    assert_eq!(shop.order(1, buy.order).await.unwrap().state(), OrderState::Delivered);
    shop.check_books().await;
}

#[tokio::test]
async fn ps08_the_job_of_the_next_process_finishes_what_the_last_one_left() {
    let shop = Shop::open().await;
    let item = shop.item_with("vpn", 1).await;
    shop.wallets.top_up(1, PRICE);
    let buy = Buy::one(1, item);
    shop.stop_at(Moment::After(Step::Charge));
    assert!(shop.buy(&buy).await.unwrap_err().is_unknown_outcome());

    let next = shop.served_by(inventory::start(&shop.ground).await.unwrap());
    let is_delivered = |event: &What| matches!(event, What::OrderDelivered(_));
    next.events_until(|events| events.iter().any(is_delivered)).await;
    let order = next.order(1, buy.order).await.unwrap();
    assert_eq!((order.state(), values(&order)), (OrderState::Delivered, vec!["vpn-1".to_owned()]));
    assert!(shop.ground.lifecycle.stop(std::time::Duration::from_secs(5)).await.is_empty());
    shop.served_by(inventory::routes(&shop.inventory)).check_books().await;
}
