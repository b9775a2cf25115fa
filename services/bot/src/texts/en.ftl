# What the bot says in English. The build checks that every language has the same keys and values.
# Keys that begin with key-, toast-, alert-, command- or plain- are plain text; all others are Telegram's HTML.

## Main menu

home-welcome =
    Hi, <b>{ $name }</b>! 👋

    Pick something in the shop, and it arrives right here, seconds after you pay.

key-home = 🏠 Menu
key-shop = 🛍 Shop
key-profile = 👤 Profile
key-top-up = 💳 Top up
key-purchases = 📦 My purchases
key-rules = 📜 Rules
key-support = 💬 Support
key-channel = 📣 News
key-language = 🌐 Language
key-staff = 🛠 For staff
key-back = ‹ Back
key-cancel = ✖️ Cancel
key-again = 🔄 Try again
key-page = { $page } / { $pages }
key-earlier = ‹
key-later = ›
toast-page = Page { $page } of { $pages }
toast-old-button = This button is out of date, so here is the menu

command-start = Open the menu
command-shop = Browse the shop
command-profile = Balance and profile
command-topup = Top up the balance
command-purchases = What I bought
command-language = Change the language
command-help = Help and support

## Shop

shop-title =
    🛍 <b>Shop</b>

    What are you looking for?
shop-empty =
    🛍 <b>Shop</b>

    The shelves are empty right now. Look in a little later 🌱
category-title =
    📂 <b>{ $name }</b>

    { $count ->
        [one] { $count } item
       *[other] { $count } items
    }
category-empty =
    📂 <b>{ $name }</b>

    Nothing here yet. New items are on their way 🌱
key-item = { $name } · { $price }
key-item-gone = { $name } · sold out
key-item-not-yet = { $name } · coming soon
item-title = <b>{ $name }</b>
item-price = 💰 Price: <b>{ $price }</b>
item-left =
    📦 { $count ->
        [one] { $count } piece left
       *[other] { $count } pieces left
    }
item-plenty = 📦 In stock: more than { $count }
item-unlimited = ♾ Always in stock
item-gone = 😔 Sold out for now
item-not-yet = ⏳ Not on sale yet
key-buy = 🛒 Buy for { $price }

## Search and order of the shop

shop-search-hint = 🔎 Or send a word, and I look for it.
search-found =
    🔎 <b>{ $words }</b>

    { $count ->
        [one] Found: { $count } item
       *[other] Found: { $count } items
    }
search-nothing =
    🔎 <b>{ $words }</b>

    Nothing like that here. Try another word, or only its beginning.
key-category = 📂 { $name }
key-order-name = ↕️ By name
key-order-cheapest = ↕️ Cheapest first
key-order-dearest = ↕️ Dearest first
key-order-newest = ↕️ Newest first

## Buying

confirm-ask =
    🛒 <b>{ $item }</b>

    Price: <b>{ $price }</b>
    Your balance: { $balance }

    Shall we buy it?
key-pay = ✅ Yes, pay { $price }
receipt-thanks = ✅ <b>It is yours, thank you!</b>
receipt-again = 📦 <b>Your purchase</b>
receipt-item = <b>{ $item }</b>
receipt-price = Price: { $price } × { $quantity }
receipt-total = Total: <b>{ $total }</b>
receipt-order = Order: <code>{ $number }</code>
receipt-time = Time: { $time }
receipt-buyer = Buyer: { $buyer }
receipt-value =
    { $count ->
        [one] 🔑 Tap to copy:
       *[other] 🔑 Your { $count } values, tap to copy:
    }
receipt-file = 🔑 Your goods are in the file.
key-view-again = 📦 View again
key-to-shop = 🛍 Back to the shop
price-changed =
    ⚠️ The price has just changed: it was { $before }, now it is <b>{ $now }</b>.

    Nothing has been charged. Buy at the new price?
no-money =
    💳 <b>Not quite enough</b>

    Price: { $price }
    Your balance: { $balance }
    Missing: <b>{ $missing }</b>
no-money-come-back = Top up, and come back: it takes a minute.
no-money-buy-on = Top up, and the purchase finishes by itself as soon as the money is here.
no-money-least = ℹ️ The least top-up is { $min }; what is left over stays on your balance.
no-money-most = ℹ️ At most { $max } can be topped up at once: top up several times.
no-money-brief =
    💳 <b>Not quite enough on your balance</b>

    Nothing has been charged. Top up, and come back: it takes a minute.
key-top-up-missing = 💳 Top up { $amount }
key-buy-on = 💳 Top up { $amount } and buy
key-buy-on-cancel = ✖️ Do not buy by itself
buy-on-promised =
    🛒 When the money is here, <b>{ $item }</b> is bought for <b>{ $price }</b> by itself, and arrives right here.

    If the price changes or it is sold out, nothing is charged and the money stays on your balance. This holds until { $until }.
buy-on-promised-cart =
    🛒 When the money is here, everything in your cart is bought for <b>{ $price }</b> by itself, and arrives right here.

    If something in it changes, nothing is charged and the money stays on your balance. This holds until { $until }.
buy-on-goes-on = 🛒 If it is enough, your purchase finishes by itself in a moment.
buy-on-stopped = ⚠️ Money has come, but <b>{ $item }</b> was not bought.
buy-on-stopped-cart = ⚠️ Money has come, but your cart was not bought.
buy-on-late = It came after the time until which the purchase had waited.
buy-on-price = The price was { $before }, now it is <b>{ $now }</b>.
buy-on-money-stays = Nothing has been charged: all of it is on your balance.
buy-on-forgotten = ⚠️ Money has come, but what you wanted to buy was not bought. Nothing has been charged: all of it is on your balance.
alert-buy-on-busy = Money has just come, and your purchase is being finished. Look here again in a moment.
toast-buy-on-cancelled = Nothing is bought by itself now
key-to-item = ‹ Back to the item
sold-out =
    😔 <b>Somebody was faster</b>

    The last piece has just been sold. Nothing has been charged.
order-finishing =
    ⏳ <b>Your order is being finished</b>

    The connection hiccupped. There is no need to press again: either the goods arrive here by themselves in a minute, or nothing is charged.
order-undone =
    ↩️ <b>The order was cancelled</b>

    Nothing has been charged, and the item is back in the shop.
key-check-order = 🔄 Check the order

## Profile

profile =
    👤 <b>{ $name }</b>
    ID: <code>{ $id }</code>

    💰 Balance: <b>{ $balance }</b>
profile-held = 🔒 Set aside: { $held }
profile-totals =
    Topped up in all: { $topped }
    Spent in all: { $spent }
profile-refunded = Refunded in all: { $refunded }
profile-purchases = Purchases: { $count }
key-purchases-count = 📦 My purchases · { $count }
key-history = 🧾 History
key-invite = 🤝 Invite friends
key-invoices = ⏳ Open invoices

## Cart and promo codes

key-cart = 🛒 Cart
key-cart-count =
    { $count ->
        [one] 🛒 Cart · { $count } line
       *[other] 🛒 Cart · { $count } lines
    }
key-add-to-cart = ➕ Add to cart
key-apply-promo = 🎟 Promo code
key-remove-promo = ✖️ Without the code
key-redeem = 🎁 Redeem a code
command-cart = What is in my cart
cart-title = 🛒 <b>Cart</b>
cart-empty =
    🛒 <b>Cart</b>

    Nothing here yet. Put something in from its page in the shop.
cart-line = { $number }. <b>{ $item }</b>
cart-line-price = { $price } × { $quantity } = <b>{ $total }</b>
cart-line-price-cut = { $price } × { $quantity } = <s>{ $before }</s> <b>{ $total }</b>
cart-line-promo = 🎟 <code>{ $code }</code>
cart-line-promo-problem = ⚠️ 🎟 { $code } { $problem }
cart-line-gone = ⚠️ No longer in the shop. Take it out to go on.
cart-line-sold-out = ⚠️ Sold out for now.
cart-line-short =
    { $left ->
        [one] ⚠️ Only { $left } is left.
       *[other] ⚠️ Only { $left } are left.
    }
cart-total = 💰 Total: <b>{ $total }</b>
cart-saved = You save { $amount }.
cart-ask-clear = 🗑 Take everything out of the cart?
key-cart-less = ➖
key-cart-more = ➕
key-cart-remove = 🗑
key-cart-line = { $number } · ×{ $quantity }
key-cart-drop-promo = ✖️ 🎟 { $code }
key-cart-clear = 🗑 Clear
key-cart-clear-yes = 🗑 Yes, everything
key-check-out = ✅ Check out · { $total }
toast-cart-added = In your cart: { $quantity }
toast-cart-removed = Taken out
toast-cart-cleared = The cart is empty
toast-ask-again = Too much time has passed, please look at the cart once more
checkout-title =
    { $count ->
        [one] 🧾 <b>Your order, { $count } item</b>
       *[other] 🧾 <b>Your order, { $count } items</b>
    }
checkout-ask =
    Your balance: { $balance }

    Shall we buy it all?
checkout-not-whole = ⚠️ Something in the cart cannot be bought as it is. Change it or take it out, please.
checkout-changed = ⚠️ <b>Something has changed, nothing has been charged:</b>
checkout-price = • { $item }: the price was { $before }, now it is <b>{ $now }</b>
checkout-discount = • { $item }: the code took off { $before }, now <b>{ $now }</b>
checkout-what = • { $item }: { $what }
checkout-line-changed = it is different in the cart now
checkout-quantity = one order holds { $least } to { $most }
checkout-person-limit = one person may have { $max }, you can buy { $left } more
checkout-other-line = • Something else was put into the cart
item-price-cut = 💰 Price: <s>{ $before }</s> <b>{ $price }</b> 🎟 <code>{ $code }</code>
confirm-ask-discounted =
    🛒 <b>{ $item }</b>

    Price: <s>{ $before }</s> <b>{ $price }</b>
    Promo code: <code>{ $code }</code>
    Your balance: { $balance }

    Shall we buy it?
promo-ask = 🎟 Send the promo code.
redeem-ask =
    🎁 <b>Redeem a code</b>

    Send a code that adds money to the balance.
redeem-done = ✅ Code <code>{ $code }</code>: <b>{ $amount }</b> added to your balance.
redeem-later =
    ⏳ <b>The code is accepted</b>

    The money comes by itself in a minute; there is no need to send it again.
receipt-discount = 🎟 <code>{ $code }</code>: −{ $amount }
receipt-count = Pieces: { $count }
receipt-by-line = 🔑 Your goods are behind the buttons.
key-purchase-line = 🔑 { $item } × { $quantity }
history-promo = code { $code }
history-reward = reward { $reference }
history-opening = brought over from the earlier shop

## Topping up

top-up-ask =
    💳 <b>Top up</b>

    How much? Choose below or send an amount from <b>{ $min }</b> to <b>{ $max }</b>.
top-up-not-a-number = ⚠️ That does not look like an amount. Send digits, for example <code>{ $example }</code>.
amount-too-precise = ⚠️ Too many decimals for { $currency }. Try for example <code>{ $example }</code>.
top-up-out-of-bounds = ⚠️ The amount must be from <b>{ $min }</b> to <b>{ $max }</b>.
alert-no-methods = Topping up is switched off for now. Please look in later, or write to support.
methods-title =
    💳 <b>Top up { $amount }</b>

    How would you like to pay?
key-method-cryptopay = 💎 Crypto · @CryptoBot
key-method-stars = ⭐ Telegram Stars
invoice-open =
    🧾 <b>Top up { $amount }</b>

    { $minutes ->
        [one] The invoice is open for { $minutes } more minute.
       *[other] The invoice is open for { $minutes } more minutes.
    }
    Pay, and the money is here by itself. If it takes long, press “Check payment”.
key-pay-invoice = 💳 Pay { $amount }
key-check-payment = 🔄 Check payment
plain-invoice-title = Balance top-up
plain-invoice-description = { $amount } will be added to your balance in the shop.
plain-invoice-label = Top-up { $amount }
alert-invoice-waiting =
    { $minutes ->
        [one] No payment yet. The invoice is open for { $minutes } more minute; it may take a moment after you pay.
       *[other] No payment yet. The invoice is open for { $minutes } more minutes; it may take a moment after you pay.
    }
invoice-preparing = ⏳ The invoice for <b>{ $amount }</b> is being prepared. Press “Check payment” in a moment.
invoice-paid =
    ✅ <b>{ $amount } added</b>

    Your balance: <b>{ $balance }</b>
invoice-expired =
    ⌛️ <b>This invoice has expired</b>

    If you have already paid, write to support: the money is not lost.
invoice-review =
    🔎 <b>We are looking at this payment</b>

    Something did not match, so a person checks it. The money is safe; support knows more.
key-new-top-up = 💳 New top-up
invoices-title = ⏳ <b>Open invoices</b>
invoices-empty =
    ⏳ <b>Open invoices</b>

    There are none.
key-invoice = { $amount } · { $method } · { $minutes } min

## Purchases and history

purchases-title =
    📦 <b>My purchases</b>

    { $count ->
        [one] { $count } purchase, open it to see the goods again.
       *[other] { $count } purchases, open one to see the goods again.
    }
purchases-empty =
    📦 <b>My purchases</b>

    Nothing yet. The shop is one tap away 🙂
key-purchase = { $time } · { $item }
history-title = 🧾 <b>History</b>
history-empty =
    🧾 <b>History</b>

    Nothing has happened yet.
history-line = { $time }  <b>{ $amount }</b>  { $what }
history-top-up = top-up
history-purchase = purchase { $reference }
history-referral = for an invited friend
history-adjustment = adjusted by the shop
history-refund = refund
history-other = other

## Inviting

referral =
    🤝 <b>Invite friends</b>

    You get <b>{ $percent }%</b> of whatever your friends top up, for good.

    Your link:
    <code>{ $link }</code>
referral-totals =
    Invited: <b>{ $invited }</b>
    Earned: <b>{ $earned }</b>
referral-details =
    Topped up at least once: { $active }
    Their top-ups: { $topped }
    Credits: { $credits }
key-invited-people = 👥 Whom I invited
key-earnings = 💸 Earnings
key-invited-person = { $person } · { $earned }
invited-people =
    👥 <b>Invited friends</b>

    { $count ->
        [one] { $count } person; open them to see what they brought.
       *[other] { $count } people; open one to see what they brought.
    }
invited-nobody =
    👥 <b>Invited friends</b>

    Nobody yet.
earnings-title = 💸 <b>Earnings</b>
earnings-title-by = 💸 <b>Earnings from { $person }</b>
earnings-count =
    { $count ->
        [one] { $count } credit.
       *[other] { $count } credits.
    }
earnings-none = None yet.
key-earning = { $time } · { $amount }
key-earning-by = { $time } · { $amount } · { $person }
earning-title = 💸 <b>{ $amount }</b>
earning-from = From: { $person }
earning-top-up = Their top-up: { $amount }
earning-time = When: { $time }
referral-no-link = The link is not ready yet. Please open this page again in a minute.
key-share = 📨 Send to a friend
key-copy-link = 📋 Copy the link
plain-share = A shop right inside Telegram, delivery in seconds:

## Rules, support, language

rules-title = 📜 <b>Rules</b>
rules-none = The shop has not written its rules down yet.
support-contact =
    💬 <b>Support</b>

    Write to { $person }: a living human will answer.
support-none =
    💬 <b>Support</b>

    The shop has not named a contact yet.
support-hint =
    Please add your ID <code>{ $id }</code> and, if it is about an order or a payment, its number. That is the quickest way to help.
plain-support-person = our support
language-title = 🌐 <b>Language</b>
key-language-en = English
key-language-ru = Русский
key-language-chosen = ✓ { $language }
toast-language = From now on in English

## Messages that come by themselves

notice-goods = 📬 <b>Here is your order, thank you for waiting!</b>
notice-released =
    ↩️ <b>An order was cancelled</b>

    It could not be finished, so nothing has been charged. Please try again.
notice-paid =
    ✅ <b>{ $amount } added</b>

    Your balance: <b>{ $balance }</b>
notice-referral =
    🎉 <b>{ $amount } for you</b>

    A friend you invited has topped up. Thank you!
notice-added =
    💰 The shop has added <b>{ $amount }</b> to your balance.
notice-taken =
    💰 The shop has taken <b>{ $amount }</b> from your balance.
notice-suspense =
    🔎 <b>A payment needs a look</b>

    It matched no invoice or not as it should. Case: <code>{ $case }</code>
notice-suspense-person = Probably from: <code>{ $id }</code>

## How many, and waiting for what is sold out

confirm-ask-many =
    🛒 <b>{ $item }</b>

    Price: { $price } × { $quantity }
    Total: <b>{ $total }</b>
    Your balance: { $balance }

    Shall we buy it?
confirm-choose = How many? Choose, or send a number from { $least } to { $most }.
confirm-person-limit = One person may have { $most } at most.
confirm-bad-quantity = ⚠️ Send a number from <b>{ $least }</b> to <b>{ $most }</b>.
key-quantity = { $quantity }
key-quantity-chosen = ✓ { $quantity }
key-watch = 🔔 Tell me when it is in stock
key-unwatch = 🔕 Do not tell me
toast-watching = I will write to you when it is in stock
toast-not-watching = I will not write to you about it
receipt-files =
    { $count ->
        [one] 📎 Your file is in this chat.
       *[other] 📎 Your { $count } files are in this chat.
    }
notice-back =
    🔔 <b>{ $item }</b> is back in stock!
notice-back-and-gone =
    🔔 <b>{ $item }</b> was back for a short while and is sold out again. Press the bell to hear of it next time.
key-open-item = 🛍 Open
news-restock =
    🆕 <b>{ $item }</b>

    { $count ->
        [one] { $count } new piece in stock
       *[other] { $count } new pieces in stock
    }
news-unlimited =
    🆕 <b>{ $item }</b>

    ♾ Always in stock
key-news-open = 🛒 To the shop

## Channels to join

join-ask =
    📣 <b>One step first</b>

    Please join, then press “I have joined”.
key-join = 📣 { $channel }
key-join-numbered = 📣 Channel { $number }
key-joined = ✅ I have joined
key-ticket = ✍️ Write to us
ticket-title = 💬 <b>Your conversation with us</b>
ticket-none = Write what it is about: a text of up to 2,000 characters. A person reads it and answers here.
ticket-open = ⏳ We have your message and will answer here.
ticket-answered = You can answer with a text.
ticket-closed = This conversation is closed. A new text opens it again.
ticket-you = <b>You</b>, { $time }
ticket-us = <b>We</b>, { $time }
ticket-bad-text = ⚠️ I need a text of 1 to 2,000 characters.
key-ticket-close = ✅ It is settled
alert-ticket-full = Please wait for our answer before you write more.
key-reward = 🎁 { $amount } for joining
reward-title =
    🎁 <b>{ $amount } for each channel you join</b>

    Once per channel. Join, come back, and press the button.
plain-channel-numbered = Channel { $number }
reward-open = ▫️ { $channel }
reward-done = ✅ { $channel }
toast-rewarded = { $amount } on your balance
toast-not-joined = Telegram does not see you there yet.

## The channel of user data

plain-new-people = 🆕 New people

## What can go wrong

alert-try-again = Something is not reachable right now. Please try again in a moment.
alert-too-fast = A little slower, please. Try again in a minute.
alert-not-allowed = This is only for staff.
alert-unusable = That cannot be used. Please check it and send it again.
alert-out-of-stock = Sold out, somebody was faster. Nothing has been charged.
alert-item-missing = This item is no longer in the shop.
alert-category-missing = This category is no longer in the shop.
alert-order-missing = There is no such order of yours. Nothing was charged for it.
alert-category-too-deep = Categories lie in each other four levels deep at most.
alert-category-cycle = A category cannot be moved into itself or into what lies in it.
alert-category-not-empty = Something in this category has changed meanwhile. Please look once more.
alert-category-archived = The category above it is archived. Put that back first, please.
alert-order-not-delivered = Nothing was sold with this order.
alert-unit-missing = This value never was in the shop.
alert-name-taken = This name is taken. Please send another one.
alert-one-value = An unlimited item has exactly one value. Please send it in one message or file.
alert-value-known = This value belongs or belonged to another item, or is sold piece by piece, so it cannot be the one that everybody gets. Nothing has changed.
alert-quantity = One order of this item holds { $least } to { $most }. Nothing has been charged.
alert-person-limit = You already have { $most } of these, which is all that one person may have. Nothing has been charged.
alert-person-limit-left = One person may have { $most } of these: you can buy { $left } more. Nothing has been charged.
alert-unit-not-free = Somebody has this unit, or is about to buy it.
alert-item-has-stock = This item already had stock of the other kind. Make a new item for it.
alert-files-wanted = This item sells files. Please send a document.
alert-values-wanted = This item sells values. Please send text.
alert-file-missing = This file is not part of the order.
alert-price-changed = The price has just changed. Please open the item again.
alert-insufficient-funds = There is not enough on your balance.
alert-promo-missing = There is no such code. Please check it.
alert-promo-inactive = This code is switched off.
alert-promo-expired = This code is no longer valid, its last day is over.
alert-promo-exhausted = This code has been used up.
alert-promo-used = You have used this code already.
alert-promo-wrong-item = This code is for another item.
alert-promo-wrong-category = This code is for another category.
alert-promo-not-discount = This code adds money to the balance. Redeem it in your profile.
alert-promo-not-balance = This code is a discount. Apply it on an item's page.
alert-promo-too-many = Too many wrong codes. Please try again later.
alert-promo-taken = This code was made before. Please send another one.
alert-promo-binding-gone = What this code is for is no longer in the shop.
alert-cart-full = The cart is full: ten items at most. Check out or take something out first.
alert-cart-empty = The cart is empty.
alert-invoice-missing = There is no such invoice of yours.
alert-amount-refused = This amount cannot be topped up. Please choose another one.
alert-method-off = This way to pay is switched off. Please choose another one.
alert-provider-failed = The payment service does not answer. Please try again in a minute or choose another way to pay.
alert-too-many-invoices = You have too many open invoices. Please pay one or wait until they expire.
alert-unknown = Something went wrong on our side. If it happens again, tell support this: { $reference }
