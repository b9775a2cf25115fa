//! Inventory against a real PostgreSQL and a wallet that can be told to fail.

#[cfg(test)]
mod it {
    mod archive;
    mod buyers;
    mod carts;
    mod catalog;
    mod checkouts;
    mod files;
    mod item_changes;
    mod large_catalogue;
    mod limits;
    mod low_stock;
    mod order_admin;
    mod plans;
    mod promos;
    mod purchases;
    mod redemptions;
    mod reviews;
    mod saga;
    mod sales;
    mod search;
    mod selling;
    mod shop;
    mod stock;
    mod tree;
    mod units;
    mod vault;
    mod wallet;
}
