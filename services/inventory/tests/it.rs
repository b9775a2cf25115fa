//! Inventory against a real PostgreSQL and a wallet that can be told to fail.

#[cfg(test)]
mod it {
    mod catalog;
    mod files;
    mod limits;
    mod low_stock;
    mod purchases;
    mod saga;
    mod shop;
    mod stock;
    mod units;
    mod vault;
    mod wallet;
}
