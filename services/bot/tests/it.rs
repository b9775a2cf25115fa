//! The bot against a real database, the Telegram emulator, and fakes of its neighbours.

#[cfg(test)]
mod it {
    mod buying;
    mod fakes;
    mod forged;
    mod outbound;
    mod people;
    mod shop;
    mod staff;
    mod stock;
    mod topping_up;
}
