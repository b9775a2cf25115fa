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
key-staff-reveal = 👁 Show the value
key-staff-withdraw = 🗑 Withdraw
staff-unit-ask-reason =
    👁 <b>Unit №{ $unit }</b>

    Why do you need to see it? Send the reason, 3 to 200 characters. It is kept together with your name.
staff-bad-reason = ⚠️ A reason has 3 to 200 characters.
staff-unit-ask-withdraw =
    🗑 <b>Withdraw unit №{ $unit }?</b>

    It will never be sold, and the same value cannot be added again.
key-staff-withdraw-yes = 🗑 Yes, withdraw it
staff-unit-withdrawn = ✅ Unit №{ $unit } is withdrawn.
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
alert-unit-missing = There is no such unit.
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

## What can go wrong

alert-try-again = Something is not reachable right now. Please try again in a moment.
alert-too-fast = A little slower, please. Try again in a minute.
alert-not-allowed = This is only for staff.
alert-unusable = That cannot be used. Please check it and send it again.
alert-out-of-stock = Sold out, somebody was faster. Nothing has been charged.
alert-item-missing = This item is no longer in the shop.
alert-category-missing = This category is no longer in the shop.
alert-order-missing = There is no such order of yours. Nothing was charged for it.
alert-name-taken = This name is taken. Please send another one.
alert-one-value = An unlimited item has exactly one value. Please send it in one message or file.
alert-price-changed = The price has just changed. Please open the item again.
alert-insufficient-funds = There is not enough on your balance.
alert-invoice-missing = There is no such invoice of yours.
alert-amount-refused = This amount cannot be topped up. Please choose another one.
alert-method-off = This way to pay is switched off. Please choose another one.
alert-provider-failed = The payment service does not answer. Please try again in a minute or choose another way to pay.
alert-too-many-invoices = You have too many open invoices. Please pay one or wait until they expire.
alert-unknown = Something went wrong on our side. If it happens again, tell support this: { $reference }
