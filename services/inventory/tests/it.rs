//! Inventory against a real PostgreSQL and a wallet that can be told to fail.

#[cfg(test)]
mod it {
    mod archive;
    mod catalog;
    mod item_changes;
    mod order_admin;
    mod purchases;
    mod saga;
    mod sales;
    mod search;
    mod shop;
    mod stock;
    mod tree;
    mod vault;
    mod wallet;
}
