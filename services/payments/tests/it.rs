//! The service against a real database: money is moved once, or not at all, whatever comes twice,
//! late or wrong.

#[cfg(test)]
mod it {
    mod adjustment;
    mod api;
    mod books;
    mod callback;
    mod checkout;
    mod fakes;
    mod grant;
    mod hold;
    mod invoice;
    mod money_stats;
    mod proposal;
    mod referral;
    mod shop;
    mod staff;
    mod stars;
    mod start;
    mod wallet;
}
