//! Inventory against a real PostgreSQL and a wallet that can be told to fail.

#[cfg(test)]
mod it {
    mod carts;
    mod catalog;
    mod checkouts;
    mod promos;
    mod purchases;
    mod redemptions;
    mod saga;
    mod selling;
    mod shop;
    mod stock;
    mod vault;
    mod wallet;
}
