//! Starting: what the settings offer is offered, and what makes no sense is refused.

use kernel::locale::Locale;
use payments::compose;

use super::shop::{ANNA, Shop, wires};

fn offered(settings: &str) -> Result<Vec<&'static str>, String> {
    let ground = testkit::ground_without_database(settings, wires());
    let pool = ground.database.pool("payments", 1);
    let payments = compose(&ground, pool).map_err(|error| error.to_string())?;
    Ok(payments.providers.iter().map(|desk| desk.about().slug).collect())
}

const BOT: &str = "[telegram]\ntoken = \"7:abc\"\n";

#[tokio::test]
async fn methods_that_are_not_configured_are_not_offered() {
    assert_eq!(offered(""), Ok(vec![]));
    assert_eq!(offered(BOT), Ok(vec!["stars"]));
    let free = format!("{BOT}[payments.stars]\nstars_per_value = \"0\"");
    assert_eq!(offered(&free), Ok(vec![]));
    let both = format!("{BOT}[payments.cryptopay]\ntoken = \"1:a\"");
    assert_eq!(offered(&both), Ok(vec!["cryptopay", "stars"]));
}

#[tokio::test]
async fn a_currency_that_crypto_pay_does_not_know_is_refused_at_the_start() {
    let refused = offered("[shop]\ncurrency = \"JPY\"\n[payments.cryptopay]\ntoken = \"1:a\"");
    assert!(refused.unwrap_err().contains("payments.cryptopay.token"));
    let refused = offered("[payments]\nmin_amount = \"50\"\nmax_amount = \"49\"");
    assert!(refused.unwrap_err().contains("payments.min_amount"));
}

#[tokio::test]
async fn the_currency_cannot_change_once_there_are_wallets() {
    let shop = Shop::open().await;
    payments::start(&shop.ground).await.unwrap();
    shop.fund(ANNA, 0).await;
    payments::start(&shop.ground).await.unwrap();
    shop.execute("update wallets set currency = 'EUR'").await;
    let refused = payments::start(&shop.ground).await.err().unwrap().to_string();
    assert!(refused.contains("set it back to EUR"), "{refused}");
    assert_eq!(shop.payments.locale, Locale::Ru);
    shop.ground.lifecycle.stop(super::fakes::SOON).await;
}
