//! The bot against a real database, the Telegram emulator, and fakes of its neighbours.

#[cfg(test)]
mod it {
    mod blocking;
    mod broadcasting;
    mod broadcasts;
    mod buying;
    mod buying_on;
    mod carts;
    mod catalogue;
    mod fakes;
    mod forged;
    mod outbound;
    mod people;
    mod people_desk;
    mod promos;
    mod replay;
    mod reviews;
    mod rewards;
    mod roles;
    mod shop;
    mod staff;
    mod stock;
    mod subscriptions;
    mod tickets;
    mod topping_up;
    mod user_data;
}
