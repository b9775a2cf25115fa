//! Inventory against a real PostgreSQL and a wallet that can be told to fail.

#[cfg(test)]
mod it {
    mod catalog;
    mod plans;
    mod purchases;
    mod saga;
    mod shop;
    mod stock;
    mod vault;
    mod wallet;
}
