//! The bot against a real database, the Telegram emulator, and fakes of its neighbours.

#[cfg(test)]
mod it {
    mod buying;
    mod carts;
    mod fakes;
    mod forged;
    mod outbound;
    mod people;
    mod promos;
    mod roles;
    mod shop;
    mod staff;
    mod topping_up;
}
