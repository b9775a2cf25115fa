//! A small shop to look at: categories, items, stock and a promo code, put in through the same calls that staff make.

use chassis::ground::Ground;
use contract::actor::{Actor, Caller};
use contract::failure::Failure;
use contract::inventory::catalog_admin_service_client::CatalogAdminServiceClient;
use contract::inventory::promo_admin_service_client::PromoAdminServiceClient;
use contract::inventory::{
    AddStockRequest, CreateCategoryRequest, CreateItemRequest, CreatePromoRequest, PromoKind,
    UnitValue,
};
use contract::wire::Wire;
use kernel::ids::{CategoryId, ItemId, PersonId, PromoId, derived};
use kernel::money::Money;

/// Takes a tenth off, for everybody.
pub const PROMO_CODE: &str = "WELCOME10";
/// A tenth, in hundredths of a percent.
const PROMO_BASIS_POINTS: u32 = 1_000;

struct Goods {
    category: &'static str,
    name: &'static str,
    description: &'static str,
    price: &'static str,
    stock: Stock,
}

enum Stock {
    /// This many licence keys, made up.
    Keys(u32),
    /// One value for everybody.
    Unlimited(&'static str),
    Nothing,
}

const CATEGORIES: [&str; 3] = ["Games", "Software", "Guides"];

const GOODS: [Goods; 6] = [
    Goods {
        category: "Games",
        name: "Star Courier",
        description: "Licence key for the full game. Works worldwide, never expires.",
        price: "299",
        stock: Stock::Keys(25),
    },
    Goods {
        category: "Games",
        name: "Deep Garden — Deluxe <b>Edition</b> & Soundtrack",
        description: "Key for the deluxe edition with its soundtrack.",
        price: "549.90",
        stock: Stock::Keys(3),
    },
    Goods {
        category: "Games",
        name: "Tiny Trains",
        description: "Sold out at the moment: this is how that looks.",
        price: "99",
        stock: Stock::Nothing,
    },
    Goods {
        category: "Software",
        name: "Fjord VPN, 30 days",
        description: "One account for five devices, thirty days from the first sign-in.",
        price: "180",
        stock: Stock::Keys(50),
    },
    Goods {
        category: "Software",
        name: "Notebook Pro",
        description: "Lifetime licence for one person.",
        price: "1200",
        stock: Stock::Keys(10),
    },
    Goods {
        category: "Guides",
        name: "Start a shop in an evening",
        description: "A short guide. Everyone gets the same link, so it never runs out.",
        price: "50",
        stock: Stock::Unlimited("https://example.com/guides/start-a-shop.pdf"),
    },
];

/// Puts the goods in; repeating it changes nothing, since every id is made from a name.
pub async fn seed(ground: &Ground, owner: PersonId) -> anyhow::Result<()> {
    let currency = ground.settings.section::<Currency>("shop")?.currency;
    let actor = Actor::Person { id: owner, bits: u32::MAX };
    let mut staff = Staff {
        caller: ground.keys.caller(&actor),
        catalog: CatalogAdminServiceClient::new(ground.wires.inventory.clone()),
    };
    for category in CATEGORIES {
        staff.category(category).await?;
    }
    for goods in &GOODS {
        staff.item(goods, Money::parse(goods.price, currency)?).await?;
        staff.stock(goods).await?;
    }
    staff.promo(PromoAdminServiceClient::new(ground.wires.inventory.clone())).await?;
    Ok(())
}

#[derive(serde::Deserialize)]
struct Currency {
    currency: kernel::currency::Currency,
}

struct Staff {
    caller: Caller,
    catalog: CatalogAdminServiceClient<Wire>,
}

impl Staff {
    async fn category(&mut self, name: &str) -> Result<(), Failure> {
        let request = CreateCategoryRequest {
            category_id: CategoryId::derived(name).to_string(),
            name: name.to_owned(),
            parent_id: String::new(),
        };
        self.catalog.create_category(self.caller.request(request)).await?;
        Ok(())
    }

    async fn item(&mut self, goods: &Goods, price: Money) -> Result<(), Failure> {
        let request = CreateItemRequest {
            item_id: ItemId::derived(goods.name).to_string(),
            category_id: CategoryId::derived(goods.category).to_string(),
            name: goods.name.to_owned(),
            description: goods.description.to_owned(),
            price: Some(price.into()),
            unlimited: matches!(goods.stock, Stock::Unlimited(_)),
        };
        self.catalog.create_item(self.caller.request(request)).await?;
        Ok(())
    }

    async fn stock(&mut self, goods: &Goods) -> Result<(), Failure> {
        let values = match goods.stock {
            Stock::Nothing => return Ok(()),
            Stock::Unlimited(value) => vec![value.to_owned()],
            Stock::Keys(count) => (0..count).map(|number| licence(goods.name, number)).collect(),
        };
        let request = AddStockRequest {
            batch_id: derived("demo batch", goods.name).to_string(),
            item_id: ItemId::derived(goods.name).to_string(),
            units: values.into_iter().map(|value| UnitValue { value, file: None }).collect(),
        };
        self.catalog.add_stock(self.caller.request(request)).await?;
        Ok(())
    }

    async fn promo(&self, mut promos: PromoAdminServiceClient<Wire>) -> Result<(), Failure> {
        let request = CreatePromoRequest {
            promo_id: PromoId::derived(PROMO_CODE).to_string(),
            code: PROMO_CODE.to_owned(),
            kind: PromoKind::Percent.into(),
            basis_points: PROMO_BASIS_POINTS,
            ..CreatePromoRequest::default()
        };
        match promos.create_promo(self.caller.request(request)).await.map_err(Failure::from) {
            // Somebody played the owner and made one of the same name.
            Err(failure) if failure.code() == "inventory.promo_taken" => Ok(()),
            made => made.map(drop),
        }
    }
}

/// A key that looks like one: `3F2A9-C01DE-...`.
fn licence(name: &str, number: u32) -> String {
    let digits = derived("demo licence", &format!("{name} {number}")).simple().to_string();
    let groups: Vec<_> =
        (0..5).map(|group| digits[group * 5..group * 5 + 5].to_uppercase()).collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_look_like_licences_and_differ() {
        let first = licence("Star Courier", 1);
        assert_eq!(first.len(), 29);
        assert_ne!(first, licence("Star Courier", 2));
    }
}
