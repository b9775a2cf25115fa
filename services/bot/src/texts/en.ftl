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

    Top up, and come back: it takes a minute.
no-money-brief =
    💳 <b>Not quite enough on your balance</b>

    Nothing has been charged. Top up, and come back: it takes a minute.
key-top-up-missing = 💳 Top up { $amount }
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

## Promo codes for staff

key-promos = 🎟 Promo codes
promos-title =
    🎟 <b>Promo codes</b>

    🟢 on · ⚪️ off · ⌛️ over · 🔴 used up
promos-empty =
    🎟 <b>Promo codes</b>

    None yet. Make the first one.
key-promo = { $mark } { $code } · { $uses }
key-add-promo = ➕ Promo code
plain-promo-uses = { $uses } of { $most }
plain-promo-uses-unlimited = { $uses } of ∞
plain-promo-percent = −{ $percent }%
plain-promo-fixed = −{ $amount }
plain-promo-balance = +{ $amount } to the balance
plain-promo-unbound = everything
plain-promo-endless = no end
plain-promo-no-limit = no limit
promo-title = { $mark } <code>{ $code }</code>
promo-state-active = It is on.
promo-state-inactive = It is off.
promo-state-expired = Its last day is over.
promo-state-exhausted = It is used up.
promo-state-archived = It was taken away.
promo-worth = Worth: <b>{ $worth }</b>
promo-bound = For: { $what }
promo-ends = Ends: { $when }
promo-uses = Used: <b>{ $uses }</b>
promo-completed = Completed: { $count }, given { $amount }
promo-earned = Earned by those lines: { $amount }
promo-last-used = Last time: { $time }
promo-made = ✅ The code is there.
promo-archived = 🗄 The code is taken away. What it was used for stays.
promo-ask-archive =
    🗄 Take <code>{ $code }</code> away for good?

    It cannot come back, and nobody can make the same code again. What it was used for stays.
key-promo-on = ▶️ Switch on
key-promo-off = ⏸ Switch off
key-promo-archive = 🗄 Take away
key-promo-archive-yes = 🗄 Yes, take it away
promo-ask-code = <b>New promo code.</b> Send the code: 1 to 50 of A-Z, 0-9, - and _.
promo-bad-code = ⚠️ A code has 1 to 50 Latin letters, digits, - and _.
promo-ask-kind = What does <code>{ $code }</code> do?
key-promo-percent = ％ Percent off
key-promo-fixed = ➖ A fixed amount off
key-promo-balance = ➕ Money onto the balance
promo-ask-percent = How many percent? Send a number from 0.01 to 100.
promo-bad-percent = ⚠️ That is not a percentage from 0.01 to 100 with at most two decimals.
promo-ask-amount = How much, in { $currency }?
promo-ask-uses = How often may it be used in all? Everybody uses a code once. Send a number, or press the button.
promo-bad-uses = ⚠️ That is not a whole number.
key-promo-no-limit = ∞ No limit
promo-ask-day = Until which day, that day included? Send it like <code>2026-12-31</code>, or press the button.
promo-bad-day = ⚠️ That is not a day to come, like <code>2026-12-31</code>.
key-promo-no-end = ∞ No end
promo-ask-binding = What is it for?
key-promo-everything = 🛍 Everything
key-promo-choose = 📂 A category or an item
promo-ask-category = Choose a category.
promo-ask-item = All of <b>{ $category }</b>, or one item?
key-promo-whole-category = 📂 The whole category
promo-check =
    🎟 <code>{ $code }</code>

    Worth: <b>{ $worth }</b>
    Uses: { $uses }
    Last day: { $day }
    For: { $what }

    Make it?
key-promo-create = ✅ Make it

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
key-watch = 🔔 Tell me when it is back
key-unwatch = 🔕 Do not tell me
toast-watching = I will write to you when it is back
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

## The stock in the hands of staff

notice-low =
    📉 <b>{ $item }</b> runs low

    Left: <b>{ $left }</b> (you wanted to hear at { $low })
notice-channel-forbidden =
    📣 <b>The news channel does not let the bot in</b>

    Channel <code>{ $channel }</code>: the bot is not a member, or was removed. Add it as an administrator who may post messages.
notice-channel-not-found =
    📣 <b>There is no such news channel</b>

    Telegram knows no channel <code>{ $channel }</code>. Check shop.channel_id (CHANNEL_ID): it begins with -100.
notice-channel-refused =
    📣 <b>The news channel refuses posts</b>

    Channel <code>{ $channel }</code>: the bot is there and may not post. Make it an administrator with the right to post messages.
key-staff-units = 📦 Units
key-staff-rules = ⚖️ Limits
staff-units-title =
    📦 <b>{ $item }</b>: units for sale, oldest first
staff-units-withdrawn =
    🗃 <b>{ $item }</b>: withdrawn units
staff-units-none =
    📦 <b>{ $item }</b>

    No units here.
key-staff-unit = №{ $unit } · { $added }
key-staff-units-first = « First
key-staff-units-withdrawn = 🗃 Withdrawn
key-staff-units-sale = 📦 For sale
key-staff-export = 📤 Export
staff-unit-title =
    📦 <b>Unit №{ $unit }</b>

    What would you like to do with it?
key-staff-reveal-unit = 👁 Show the value
key-staff-withdraw = 🗑 Withdraw
staff-unit-ask-reason =
    👁 <b>Unit №{ $unit }</b>

    Why do you need to see it? Send the reason, 3 to 200 characters. It is kept together with your name.
staff-unit-ask-withdraw =
    🗑 <b>Withdraw unit №{ $unit }?</b>

    It will never be sold, and the same value cannot be added again.
key-staff-withdraw-yes = 🗑 Yes, withdraw it
staff-unit-now-withdrawn = ✅ Unit №{ $unit } is withdrawn.
staff-unit-revealed =
    👁 <b>Unit №{ $unit }</b> · { $state }
    In the shop since { $added }
plain-unit-free = for sale
plain-unit-reserved = being bought
plain-unit-sold = sold
plain-unit-shared = given to every buyer
plain-unit-withdrawn = withdrawn
staff-export-ask-reason =
    📤 <b>Export of unsold values</b>

    You get up to { $most } values as a file. Why do you need them? Send the reason, 3 to 200 characters. It is kept together with your name.
staff-export-none = 📤 There is nothing unsold.
staff-export-done = 📤 Unsold values: <b>{ $count }</b>
staff-export-more = There are more of them; these are the oldest.
staff-export-files = 📤 This item sells files. They are shown one by one, not as a list.
staff-rules-title =
    ⚖️ <b>{ $item }</b>
staff-rules-per-order = In one order: <b>{ $least }</b> to <b>{ $most }</b>
staff-rules-per-person = One person at most: <b>{ $most }</b>
staff-rules-any-per-person = One person: any number
staff-rules-low = I write to you at <b>{ $low }</b> left, or fewer
staff-rules-never-low = I do not write to you when it runs low
staff-rules-values = Sells values: texts, one per unit
staff-rules-files = Sells files: one document per unit
staff-rules-done = ✅ Done.
key-staff-rule-least = Least per order
key-staff-rule-most = Most per order
key-staff-rule-person = Most per person
key-staff-rule-low = Low stock
key-staff-sell-files = 📎 Sell files
key-staff-sell-values = 🔑 Sell values
staff-ask-least = Send the least that one order may hold, from 1.
staff-ask-most = Send the most that one order may hold, up to 100 (of files up to 10).
staff-ask-per-person = Send the most that one person may have in all their orders; 0 is no limit.
staff-ask-low-at = Send how many have to be left for me to write to you, up to 1,000; 0 is never.
staff-rule-bad-number = ⚠️ Send a whole number.
staff-rule-refused = ⚠️ That does not go together with the other limits.
staff-ask-files =
    📎 <b>{ $item }</b>

    Send a document, up to 1 MB: each is one unit, exactly as you send it.

    I delete your message once the file is safe.
staff-stock-file-wanted = ⚠️ This item sells files. Send a document.
staff-stock-large-file = ⚠️ A file may have 1 MB. Nothing was added.
staff-stock-no-column = ⚠️ A CSV file has one column, or a header that names one of them <b>value</b>. Nothing was added.
staff-stock-not-json = ⚠️ A JSON file is a list of texts, or of objects with a text <b>value</b>. Nothing was added.
staff-stock-too-many = ⚠️ A list may have { $most } values. Nothing was added; please split it.
staff-stock-progress = ⏳ { $done } of { $total } …
alert-quantity = One order of this item holds { $least } to { $most }. Nothing has been charged.
alert-person-limit = You already have { $most } of these, which is all that one person may have. Nothing has been charged.
alert-person-limit-left = One person may have { $most } of these: you can buy { $left } more. Nothing has been charged.
alert-unit-not-free = Somebody has this unit, or is about to buy it.
alert-item-has-stock = This item already had stock of the other kind. Make a new item for it.
alert-files-wanted = This item sells files. Please send a document.
alert-values-wanted = This item sells values. Please send text.
alert-file-missing = This file is not part of the order.

## For staff

console-title =
    🛠 <b>For staff</b>

    What would you like to do?
key-staff-goods = 🗂 Categories and items
key-staff-add-category = ➕ Category
key-staff-add-item = ➕ Item
key-staff-add-stock = ➕ Add stock
key-staff-set-value = ✏️ Set the value
key-staff-price = 🏷 Price
staff-categories-title =
    🗂 <b>Categories</b>

    Choose one to see its items.
staff-categories-empty =
    🗂 <b>Categories</b>

    None yet. Add the first one.
staff-items-title = 🗂 <b>{ $category }</b>
staff-items-empty =
    🗂 <b>{ $category }</b>

    No items here yet.
key-staff-item = { $name } · { $stock }
plain-stock-left = { $count } pcs
plain-stock-unlimited = ∞
staff-ask-category = Send the name of the new category, 1 to 100 characters.
staff-category-added = ✅ Category <b>{ $name }</b> is there.
staff-ask-name = <b>New item, 1 of 5.</b> Send its name, 1 to 100 characters.
staff-ask-description = <b>New item, 2 of 5.</b> Send the description that buyers will read, up to 2,000 characters.
staff-ask-price = <b>New item, 3 of 5.</b> Send the price in { $currency }, for example <code>{ $example }</code>.
staff-ask-item-category = <b>New item, 4 of 5.</b> Choose a category.
staff-ask-kind =
    <b>New item, 5 of 5.</b> How is <b>{ $name }</b> sold?

    <b>Piece by piece</b>: every value is sold once (keys, accounts).
    <b>Unlimited</b>: every buyer gets the same value (a link, a guide).
key-kind-limited = 🔢 Piece by piece
key-kind-unlimited = ♾ Unlimited
staff-item-added = ✅ Item <b>{ $name }</b> is in the shop. Now give it something to sell.
staff-bad-name = ⚠️ A name has 1 to 100 characters, on one line.
staff-bad-description = ⚠️ A description has 1 to 2,000 characters.
staff-bad-price = ⚠️ That is not a price. Send digits, for example <code>{ $example }</code>.
staff-ask-new-price =
    🏷 <b>{ $item }</b> costs { $price }.

    Send the new price in { $currency }.
staff-price-set = ✅ <b>{ $item }</b> now costs <b>{ $price }</b>.
staff-ask-stock =
    📦 <b>{ $item }</b>

    Send the values, one per line, as a message or as a file: <b>.txt</b>, <b>.csv</b> or <b>.json</b>, up to 100,000 values and 20 MB (a long list always as a file, Telegram cuts long messages).

    I delete your message once the values are safe.
staff-ask-value =
    ♾ <b>{ $item }</b>

    Send the one value that every buyer gets, as a message or as a <b>.txt</b> file. It replaces the present one.

    I delete your message once the value is safe.
staff-stock-result =
    📦 <b>{ $item }</b>

    Added: <b>{ $added }</b>
    Known already: { $known }
    Repeated in the list: { $repeated }
    Not usable: { $invalid }
staff-stock-more = Send more, or press “Done”.
key-done = ✅ Done
staff-stock-empty = ⚠️ There is not a single value in it.
staff-stock-long-message = ⚠️ A message this long may have been cut by Telegram in the middle of a value. Send the list as a .txt file, please. Nothing was added.
staff-stock-bad-file = ⚠️ I need a plain text file in UTF-8, up to 20 MB. Nothing was added.
staff-stock-partly = ⚠️ The list was added only in part; send the same list again, what is already there is not added twice.
staff-item-title = <b>{ $name }</b>
staff-item-stock = 📦 Stock: { $stock }
staff-no-items = Add a category first.
alert-draft-lost = This entry is too old, I have forgotten the first answers. Please begin again.

## Channels to join

join-ask =
    📣 <b>One step first</b>

    Please join, then press “I have joined”.
key-join = 📣 { $channel }
key-join-numbered = 📣 Channel { $number }
key-joined = ✅ I have joined
toast-not-joined = Telegram does not see you there yet.

## The channel of user data

plain-new-people = 🆕 New people

## People, for staff

key-people = 👥 People
people-title = 👥 <b>People</b>, newest first
people-title-new = 👥 <b>People of the last 7 days</b>
people-title-blocked = 👥 <b>Blocked people</b>
people-title-unreachable = 👥 <b>People whom messages do not reach</b>
people-none = Nobody here.
key-people-all = All
key-people-new = 🆕 7 days
key-people-blocked = 🚫 Blocked
key-people-unreachable = 🔕 Unreachable
key-people-newer = ‹ Newer
key-people-older = Older ›
key-person-blocked = 🚫 { $name }
key-person-unreachable = 🔕 { $name }
key-find-person = 🔎 Find
find-person-ask = 🔎 Send an id or a @username.
find-person-none = ⚠️ Nobody by this id or name has written to the bot.
person-title = 👤 <b>{ $name }</b>
person-id = ID: <code>{ $id }</code>
person-username = @{ $username }
person-language = Language: { $language }
person-registered = Here since { $time }
person-reachable = 🔔 Messages reach them
person-unreachable = 🔕 Messages have not reached them since { $time }
person-blocked = 🚫 <b>Blocked</b> since { $time } by <code>{ $staff }</code>
person-reason = Reason: { $reason }
key-block = 🚫 Block
key-unblock = ✅ Unblock
block-ask-why =
    🚫 <b>Block { $name }?</b>

    Send the reason, 3 to 200 characters; it is kept. They can do nothing here from then on, but what they have paid still arrives.
block-bad-reason = ⚠️ A reason has 3 to 200 characters.
block-ask =
    🚫 <b>Block { $name }?</b>

    Reason: { $reason }
key-block-yes = 🚫 Yes, block
block-done = 🚫 <b>{ $name }</b> is blocked.
unblock-ask = ✅ <b>Let { $name } in again?</b>
key-unblock-yes = ✅ Yes, unblock
unblock-done = ✅ <b>{ $name }</b> is let in again.
alert-person-missing = Nobody by this id has written to the bot.
alert-not-above = Nobody can do this to themselves or to somebody who may do as much or more.
alert-blocked = 🚫 Your access to this shop is blocked.
toast-outdated = This session is outdated. Here is the present state.
key-statistics = 📊 Statistics
key-refresh = 🔄 Refresh
statistics-title = 📊 <b>Statistics</b>
statistics-people = 👥 People: <b>{ $people }</b>
statistics-people-new = New today: { $today }, in 7 days: { $week }
statistics-people-blocked = Blocked: { $blocked }
statistics-people-unreachable = Unreachable: { $unreachable }

## The catalogue, for staff

key-staff-item-gone = 🔴 { $name } · { $stock }
key-staff-edit = ✏️ Edit
key-staff-edit-category = ✏️ This category
key-staff-name = ✏️ Name
key-staff-description = 📝 Description
key-staff-picture = 🖼 Picture
key-staff-no-picture = ✖️ Without a picture
key-staff-move = 📂 Move
key-staff-here = ✅ Here
key-staff-kind = 🔀 How it is sold
key-staff-archive = 🗄 Archive
key-staff-archived = 🗄 Archive
key-staff-archived-items = 🗄 Archived items
key-staff-archived-categories = 🗄 Archived categories
key-staff-restore = ↩️ { $name } · { $time }
key-staff-category-below = ➕ Category in it
staff-category-title = 📂 <b>{ $name }</b>
staff-sold-limited = 🔢 Sold piece by piece
staff-sold-unlimited = ♾ Everybody gets the same value
staff-item-changed = ✅ <b>{ $name }</b> is changed.
staff-category-changed = ✅ <b>{ $name }</b> is changed.
staff-ask-new-name =
    ✏️ <b>{ $name }</b>

    Send the new name, 1 to 100 characters.
staff-ask-new-description =
    📝 <b>{ $name }</b>

    Send the new description, up to 2,000 characters.
staff-ask-picture =
    🖼 <b>{ $name }</b>

    Send a picture, as a photo and not as a file. Under a description of more than a thousand characters Telegram has no room for one.
staff-bad-picture = ⚠️ I need a photo here, sent as a photo.
staff-ask-category-below =
    📂 <b>{ $name }</b>

    Send the name of the new category in it, 1 to 100 characters.
staff-ask-to-unlimited =
    🔀 Shall every buyer of <b>{ $name }</b> get the same value from now on?

    The pieces in stock stay aside and are for sale again when you switch back. Then I ask for the one value.
staff-ask-to-limited =
    🔀 Shall <b>{ $name }</b> be sold piece by piece from now on?

    The pieces that were in stock before are for sale again at once. The one value stays known.
staff-move-to-top =
    📂 <b>Where to?</b>

    This is the top of the shop.
staff-move-into =
    📂 <b>Where to?</b>

    This is <b>{ $name }</b>.
staff-ask-archive-item =
    🗄 Take <b>{ $name }</b> out of the shop?

    Nothing is deleted: it can come back with its stock, and buyers keep what they bought.
staff-ask-archive-category =
    🗄 Take the category <b>{ $name }</b> out of the shop?

    Nothing is deleted: it can come back.
staff-ask-archive-contents =
    🗄 The category <b>{ $name }</b> is not empty. With it go:

    categories: <b>{ $categories }</b>
    items: <b>{ $items }</b>

    Nothing is deleted: all of it comes back together.
staff-archived-items =
    🗄 <b>Archived items</b>

    Press one to put it back.
staff-archived-categories =
    🗄 <b>Archived categories</b>

    Press one to put it back with all that went along.
staff-archived-none =
    🗄 <b>Archive</b>

    Nothing here.
toast-archived = Out of the shop
toast-restored = Back in the shop

## Orders, for staff

key-staff-find-order = 🧾 Find an order
key-staff-by-value = 🔑 By a value
key-staff-by-number = 🧾 By its number
key-staff-reveal = 🔓 Show the goods
staff-ask-order-number = 🧾 Send the number of the order, as the receipt says it.
staff-ask-value-sold =
    🔑 Send a value, and I tell what became of it.

    I delete your message. That you asked is kept, the value is not.
staff-ask-reason =
    🔓 Why do you need to see these goods? Send the reason, 3 to 200 characters.

    It is kept together with your name.
staff-bad-reason = ⚠️ That cannot be used. A reason has 3 to 200 characters on one line.
staff-order-missing = ⚠️ There is no order with this number.
staff-order-title = 🧾 Order <code>{ $number }</code>
staff-order-delivered = ✅ Delivered
staff-order-open = ⏳ On its way
staff-order-released = ↩️ Undone, nothing was charged
staff-order-buyer = Buyer: <code>{ $id }</code>
staff-order-file = 📎 { $name }
staff-order-seen = The buyer saw the goods: { $time }
staff-order-unseen = The buyer has not seen the goods yet
staff-unit-free = 📦 In stock, nobody has it.
staff-unit-reserved = ⏳ Kept aside for order <code>{ $number }</code>.
staff-unit-sold = ✅ Sold with order <code>{ $number }</code>.
staff-unit-shared = ♾ Every buyer of the item gets it.
staff-unit-withdrawn = 🗄 Taken back; who bought it keeps it.

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
