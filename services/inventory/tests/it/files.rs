//! Files as goods: sealed, counted once, sold like values, and read one by one by their buyer alone.

use contract::failure::{Failure, Kind};
use contract::inventory::goods_service_client::GoodsServiceClient;
use contract::inventory::{
    AddStockRequest, AddStockResponse, GetFileRequest, OrderLimits, StockRules, UnitFile, UnitValue,
};
use kernel::clock::Clock;
use kernel::ids::{ItemId, OrderId};

use crate::it::shop::{Buy, Shop};

const MIB: usize = 1 << 20;

impl Shop {
    /// An item that sells files, ten in one order.
    pub async fn files_item(&self, name: &str) -> ItemId {
        let item = self.create_item(name, false).await.unwrap();
        self.sell_files(item).await;
        item
    }

    async fn sell_files(&self, item: ItemId) {
        let limits = OrderLimits { min_per_order: 1, max_per_order: 10, max_per_person: 0 };
        let rules =
            StockRules { sells_files: true, limits: Some(limits), ..self.rules(item).await };
        self.set_rules(rules).await.unwrap();
    }

    pub async fn add_files(
        &self,
        item: ItemId,
        files: &[(&str, &[u8])],
    ) -> Result<AddStockResponse, Failure> {
        let unit = |(name, content): &(&str, &[u8])| {
            let file = UnitFile {
                name: (*name).to_owned(),
                content: content.to_vec(),
                ..UnitFile::default()
            };
            UnitValue { value: String::new(), file: Some(file) }
        };
        let request = AddStockRequest {
            batch_id: kernel::ids::fresh(&Clock::System).to_string(),
            item_id: item.to_string(),
            units: files.iter().map(unit).collect(),
        };
        Ok(self.admin().add_stock(self.staff(request)).await?.into_inner())
    }

    async fn file(&self, buyer: i64, order: OrderId, id: &str) -> Result<UnitFile, Failure> {
        let request = GetFileRequest { order_id: order.to_string(), file_id: id.to_owned() };
        let mut client = GoodsServiceClient::new(self.wire());
        Ok(client.get_file(self.as_person(buyer, request)).await?.into_inner().file.unwrap())
    }
}

#[tokio::test]
async fn peer_05_a_file_is_sold_once_and_read_by_its_buyer_alone() {
    let shop = Shop::open().await;
    let item = shop.files_item("config").await;
    let added = shop.add_files(item, &[("../a.ovpn", b"one"), ("b.zip", &[0, 159, 146])]).await;
    assert_eq!(added.unwrap().added, 2);
    shop.wallets.top_up(1, 10_000);
    let buy = Buy { quantity: 2, ..Buy::one(1, item) };
    let order = shop.buy(&buy).await.unwrap();
    let files: Vec<_> = order.lines[0].units.iter().map(|it| it.file.clone().unwrap()).collect();
    let told: Vec<_> = files.iter().map(|it| (&*it.name, it.size, it.content.len())).collect();
    assert_eq!(told, [("a.ovpn", 3, 0), ("b.zip", 3, 0)]);
    let read = shop.file(1, buy.order, &files[1].file_id).await.unwrap();
    assert_eq!((&*read.name, &*read.content), ("b.zip", &[0, 159, 146][..]));
    let again = shop.order(1, buy.order).await.unwrap();
    assert_eq!(again.lines[0].units, order.lines[0].units);
    for (buyer, order, file) in [
        (2, buy.order, files[0].file_id.as_str()),
        (1, OrderId::fresh(&Clock::System), &files[0].file_id),
        (1, buy.order, "no file"),
        (1, buy.order, "00ff"),
    ] {
        assert_eq!(shop.file(buyer, order, file).await.unwrap_err().kind(), Kind::Missing);
    }
    shop.check_books().await;
}

#[tokio::test]
async fn peer_05_ten_files_of_a_mebibyte_are_one_order_whose_answers_stay_small() {
    let shop = Shop::open().await;
    let item = shop.files_item("archive").await;
    let contents: Vec<Vec<u8>> = (0..10).map(|nth| vec![nth; MIB]).collect();
    let files: Vec<_> = contents.iter().map(|content| ("a.bin", content.as_slice())).collect();
    assert_eq!(shop.add_files(item, &files).await.unwrap().added, 10);
    shop.wallets.top_up(1, 100_000);
    let buy = Buy { quantity: 10, ..Buy::one(1, item) };
    let order = shop.buy(&buy).await.unwrap();
    for (unit, content) in order.lines[0].units.iter().zip(&contents) {
        let id = &unit.file.as_ref().unwrap().file_id;
        assert!(shop.file(1, buy.order, id).await.unwrap().content == *content);
    }
    let failure = shop.buy(&Buy { quantity: 11, ..Buy::one(1, item) }).await.unwrap_err();
    assert_eq!(failure.code(), "inventory.quantity_not_allowed");
    shop.check_books().await;
}

#[tokio::test]
async fn peer_05_bug_53_the_same_content_under_another_name_is_known_for_ever() {
    let shop = Shop::open().await;
    let item = shop.files_item("config").await;
    let large = vec![7; MIB + 1];
    let batch = [("a", &b"same"[..]), ("b", b"same"), ("c", b""), ("d", &large), ("e", b"other")];
    let answer = shop.add_files(item, &batch).await.unwrap();
    let counters = [answer.added, answer.known, answer.repeated_in_batch, answer.invalid];
    assert_eq!(counters, [2, 0, 1, 2]);
    shop.wallets.top_up(1, 10_000);
    shop.buy(&Buy::one(1, item)).await.unwrap();
    let again = shop.add_files(item, &[("new name", b"same")]).await.unwrap();
    assert_eq!((again.added, again.known), (0, 1));
    assert_eq!(shop.count("unit_files").await, 2);
    shop.check_books().await;
}

#[tokio::test]
async fn peer_05_an_item_sells_values_or_files_and_never_changes_what_it_sold() {
    let shop = Shop::open().await;
    let files = shop.files_item("config").await;
    let failure = shop.add_stock(files, &["a value"]).await.unwrap_err();
    assert_eq!(failure.code(), "inventory.files_wanted");
    let values = shop.item_with("vpn", 1).await;
    let failure = shop.add_files(values, &[("a", b"a")]).await.unwrap_err();
    assert_eq!(failure.code(), "inventory.values_wanted");
    let limits = OrderLimits { min_per_order: 1, max_per_order: 1, max_per_person: 0 };
    let rules = shop.rules(values).await;
    let rules = StockRules { sells_files: true, limits: Some(limits), ..rules };
    let failure = shop.set_rules(rules).await.unwrap_err();
    assert_eq!(failure.code(), "inventory.item_has_stock");
}

#[tokio::test]
async fn peer_05_every_buyer_of_an_unlimited_item_gets_the_same_file() {
    let shop = Shop::open().await;
    let item = shop.create_item("guide", true).await.unwrap();
    shop.sell_files(item).await;
    // The last of them is set back: its content is there already.
    for content in [&b"second edition"[..], b"first edition", b"second edition"] {
        assert_eq!(shop.add_files(item, &[("guide.pdf", content)]).await.unwrap().added, 1);
    }
    for buyer in [1, 2] {
        shop.wallets.top_up(buyer, 10_000);
        let buy = Buy { quantity: 2, ..Buy::one(buyer, item) };
        let order = shop.buy(&buy).await.unwrap();
        let [unit] = order.lines[0].units.as_slice() else { panic!("{order:?}") };
        let id = &unit.file.as_ref().unwrap().file_id;
        assert_eq!(shop.file(buyer, buy.order, id).await.unwrap().content, b"second edition");
    }
    shop.check_books().await;
}
