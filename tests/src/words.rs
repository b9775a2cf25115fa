//! What the bot says, in the few words that a journey looks for; written out here, as a person would read them.

/// The words of one language.
#[derive(Debug, PartialEq, Eq)]
pub struct Words {
    /// On the menu.
    pub menu: &'static str,
    /// Keys of the menu.
    pub shop: &'static str,
    pub profile: &'static str,
    pub top_up: &'static str,
    pub purchases: &'static str,
    /// On the list of categories.
    pub categories: &'static str,
    /// Keys of a purchase.
    pub buy: &'static str,
    pub pay: &'static str,
    /// How a purchase can end.
    pub thanks: &'static str,
    pub sold_out: &'static str,
    pub no_money: &'static str,
    pub price_changed: &'static str,
    pub finishing: &'static str,
    /// A receipt, looked up later or brought by itself.
    pub again: &'static str,
    pub brought: &'static str,
    /// The way back to a receipt.
    pub view_again: &'static str,
    /// Topping up.
    pub how_much: &'static str,
    pub methods: &'static str,
    pub crypto: &'static str,
    pub stars: &'static str,
    pub open_invoice: &'static str,
    pub check_payment: &'static str,
    /// Behind the amount of a credit, or in front of it.
    pub added: &'static str,
    /// The profile's numbers and the history.
    pub balance: &'static str,
    pub history: &'static str,
    /// When something cannot be reached now, on a press.
    pub try_again: &'static str,
    /// For a button that leads nowhere, and an order that is not theirs.
    pub old_button: &'static str,
    pub no_such_order: &'static str,
}

/// English.
pub static EN: Words = Words {
    menu: "Pick something in the shop",
    shop: "🛍 Shop",
    profile: "👤 Profile",
    top_up: "💳 Top up",
    purchases: "📦 My purchases",
    categories: "What are you looking for?",
    buy: "🛒 Buy for",
    pay: "✅ Yes, pay",
    thanks: "It is yours, thank you!",
    sold_out: "Somebody was faster",
    no_money: "Not quite enough",
    price_changed: "The price has just changed",
    finishing: "Your order is being finished",
    again: "Your purchase",
    brought: "Here is your order",
    view_again: "📦 View again",
    how_much: "How much?",
    methods: "How would you like to pay?",
    crypto: "@CryptoBot",
    stars: "Telegram Stars",
    open_invoice: "The invoice is open for",
    check_payment: "🔄 Check payment",
    added: "added",
    balance: "Balance:",
    history: "🧾 History",
    try_again: "Please try again in a moment",
    old_button: "This button is out of date",
    no_such_order: "There is no such order of yours",
};

/// Russian.
pub static RU: Words = Words {
    menu: "Выберите что-нибудь в магазине",
    shop: "🛍 Магазин",
    profile: "👤 Профиль",
    top_up: "💳 Пополнить",
    purchases: "📦 Мои покупки",
    categories: "Что ищете?",
    buy: "🛒 Купить за",
    pay: "✅ Да, оплатить",
    thanks: "Готово, спасибо за покупку!",
    sold_out: "Кто-то успел раньше",
    no_money: "Немного не хватает",
    price_changed: "Цена только что изменилась",
    finishing: "Заказ завершается",
    again: "Ваша покупка",
    brought: "Ваш заказ готов",
    view_again: "📦 Посмотреть ещё раз",
    how_much: "На сколько?",
    methods: "Как удобнее оплатить?",
    crypto: "@CryptoBot",
    stars: "Звёзды Telegram",
    open_invoice: "Счёт действует ещё",
    check_payment: "🔄 Проверить оплату",
    added: "Зачислено",
    balance: "Баланс:",
    history: "🧾 История",
    try_again: "Попробуйте ещё раз через минуту",
    old_button: "Эта кнопка устарела",
    no_such_order: "Такого заказа у вас нет",
};

impl Words {
    /// Those that the shop speaks with somebody whose Telegram is in `language`; a shop speaks Russian unless it is told
    /// otherwise.
    pub fn of(language: &str) -> &'static Self {
        if language.starts_with("en") { &EN } else { &RU }
    }
}

/// Whole roubles below a thousand as both languages write them; the space does not break.
pub fn roubles(amount: i64) -> String {
    format!("{amount}\u{a0}₽")
}
