# What staff read and press, in English.

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
promo-bad-day = ⚠️ That is no day, or one that is over. Send it like <code>2026-12-31</code>.
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
plain-stock-no-value = no value yet
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
staff-price-too-high = ⚠️ The highest price is <b>{ $largest }</b>.
staff-price-free = 🎁 The price is <b>0</b>: buyers get it <b>free of charge</b>.
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
staff-value-set =
    ♾ <b>{ $item }</b>

    ✅ The value is set: every buyer gets it from now on.
staff-value-replaced =
    ♾ <b>{ $item }</b>

    ✅ The value was replaced: every buyer gets the new one from now on. Who bought before keeps the old one.
staff-value-unchanged =
    ♾ <b>{ $item }</b>

    ℹ️ This is the present value already. Nothing has changed.
staff-value-unusable =
    ♾ <b>{ $item }</b>

    ⚠️ A value has at most 16 KB of text. Nothing has changed.
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
statistics-sales-today = 🛒 <b>Sales today</b>
statistics-sales-ever = 🛒 <b>Sales in all</b>
statistics-revenue = { $amount }, orders: { $orders }
statistics-average = Average order: { $amount }
statistics-buyers = Buyers: { $buyers }, units sold: { $units }
statistics-shelves = 🗂 Categories: <b>{ $categories }</b>, items: <b>{ $items }</b>
statistics-free-units = Units in stock: { $units }
statistics-roles = 🛡 <b>Roles</b>
statistics-role = • { $role }: { $members }

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
staff-order-open = ⏳ Being processed
staff-order-released = ↩️ Undone, nothing was charged
staff-order-buyer = Buyer: <code>{ $id }</code>
staff-order-file = 📎 { $name }
staff-order-seen = The buyer saw the goods: { $time }
staff-order-unseen = The buyer has not seen the goods yet
staff-unit-free = 📦 In stock, nobody has it.
staff-unit-reserved = ⏳ Kept aside for order <code>{ $number }</code>.
staff-unit-sold = ✅ Sold with order <code>{ $number }</code>.
staff-unit-shared = ♾ Every buyer of the item gets it.
staff-unit-withdrawn = 🗄 Off sale; whoever bought it keeps it.

## Staff and money

key-proposals = 👀 Awaiting approval
key-money-stats = 📊 Money
key-recount = 🔄 Refresh
person-named = <b>{ $name }</b>, ID <code>{ $id }</code>
person-numbered = ID <code>{ $id }</code>
key-person-wallet = 👛 Wallet
key-person-referrals = 🤝 Referrals
person-wallet =
    👛 <b>Wallet</b>
    { $person }

    💰 Balance: <b>{ $balance }</b>
person-wallet-others =
    Earned by inviting: { $earned }
    Adjustments and gifts: { $other }
person-wallet-since = Wallet since { $time }
person-wallet-inviter = Invited by { $person }
person-referrals =
    🤝 <b>Referrals</b>
    { $person }
key-adjust = ± Adjust the balance
adjust-ask-amount =
    ± { $person }

    Send an amount in { $currency }: <code>+500</code> adds, <code>-500</code> takes.
adjust-bad-amount = ⚠️ That is not an amount. Send for example <code>+500</code> or <code>-99.50</code>.
adjust-ask-reason =
    ± <b>{ $amount }</b>

    Why? Send a reason, 3 to 200 characters. It is kept for ever.
adjust-bad-reason = ⚠️ A reason has 3 to 200 characters.
adjust-confirm = ± { $person }
adjust-change =
    Change: <b>{ $amount }</b>
    Balance: { $before } → <b>{ $after }</b>
adjust-reason = Reason: { $reason }
adjust-needs-approval = 👀 An amount this large is done when somebody else approves it.
key-adjust-make = ✅ Yes, { $amount }
adjust-done =
    ✅ <b>{ $amount }</b>, done.

    Balance now: <b>{ $balance }</b>
adjust-pending = ⏳ Nothing has moved yet: somebody else has to approve it.
adjust-too-little = ⚠️ The wallet has less than that. Nothing has moved.
proposals-title =
    👀 <b>Awaiting approval</b>

    { $count ->
        [one] { $count } adjustment waits for a second person.
       *[other] { $count } adjustments wait for a second person.
    }
proposals-none =
    👀 <b>Awaiting approval</b>

    Nothing waits.
key-proposal = { $amount } · { $person }
proposal-title = 👀 <b>{ $amount }</b>
proposal-person = For: { $person }
proposal-by = Proposed by: { $person }
proposal-waits = Waits for a second person until { $time }.
proposal-was-approved = ✅ It was approved.
proposal-was-rejected = ✖️ It was declined.
proposal-has-expired = ⌛️ Nobody decided in time.
key-approve = ✅ Approve
key-reject = ✖️ Decline
key-withdraw = ✖️ Take it back
proposal-approved =
    ✅ <b>Approved and done</b>

    Balance now: <b>{ $balance }</b>
proposal-rejected = ✖️ <b>Declined</b>, nothing has moved.
money-title = 📊 <b>Money</b>
money-today = <b>Top-ups today</b>
money-in-total = <b>Top-ups in all</b>
money-sum = { $amount }, payments: { $count }
money-method = • { $method }: { $amount }, { $count }
money-wallets =
    In wallets: <b>{ $amount }</b>
    Of that set aside: { $held }
money-referral-cost = Paid to inviters: { $amount }
money-suspense = 🔎 Payments to look at: { $count }
money-accounts = <b>Accounts</b>, what came in less what went out
money-account = <code>{ $account }</code>  { $balance }
alert-earning-missing = There is no such earning of yours.
alert-wallet-missing = Nobody with this ID has a wallet here.
alert-out-of-reach = You may not move money of this person: not your own, and not of whoever has as many rights as you.
alert-daily-limit = That is more than you may move in one day. Nothing has moved.
alert-proposal-missing = There is no such proposal.
alert-own-proposal = Somebody else has to approve what you proposed.
alert-proposal-decided = Somebody has decided this already.
alert-proposal-expired = Nobody decided in time. If it is still needed, it has to be proposed again.

## Roles, maintenance, log

key-staff-roles = 🛡 Roles
key-staff-journal = 📜 Log
key-staff-maintenance = 🚧 Maintenance
roles-title =
    🛡 <b>Roles</b>

    What each one allows and who has it. 🔒 marks those that you cannot change.
key-role = { $name } · { $members }
key-role-locked = 🔒 { $name } · { $members }
key-role-add = ➕ Role
role-title = 🛡 <b>{ $name }</b>
role-members =
    { $count ->
        [one] { $count } person has it.
       *[other] { $count } people have it.
    }
role-members-everybody = Everybody who was given no other role has it.
role-allows = It allows:
role-right = • { $right }
plain-may-use = use the shop
plain-may-broadcast = send messages to all
plain-may-settings = settings and maintenance
plain-may-users = people: look, block, history
plain-may-catalog = categories, items and stock
plain-may-admins = roles and who has them
plain-may-owner = what is the owner's
plain-may-stats = statistics and the log
plain-may-balance = balances: add and take
plain-may-promos = promo codes
key-role-rights = ✏️ Rights
key-role-rename = 🏷 Name
key-role-members = 👥 Who has it
key-role-delete = 🗑 Delete
key-role-delete-surely = 🗑 Yes, delete it
key-role-create = ✅ Create the role
key-role-save = ✅ Save
key-right-on = ✅ { $right }
key-right-off = ▫️ { $right }
role-ask-name = <b>New role.</b> Send its name, 1 to 64 characters.
role-ask-rename = Send the new name of the role <b>{ $name }</b>, 1 to 64 characters.
role-bad-name = ⚠️ A role's name has 1 to 64 characters, on one line.
role-ask-rights =
    🛡 <b>{ $name }</b>

    Tick what the role allows. You can give only what you have yourself.
role-created = ✅ Role <b>{ $name }</b> is there.
role-saved = ✅ Role <b>{ $name }</b> is saved; it holds at once.
role-ask-delete = 🗑 Delete the role <b>{ $name }</b>? It does not come back.
toast-role-deleted = The role is gone
members-title =
    👥 Who has <b>{ $role }</b>

    Choose a person to give them another role.
members-empty = 👥 Nobody has <b>{ $role }</b>.
plain-everybody = everybody
key-member = { $name } · { $id }
key-role-give = ➕ Give it to somebody
role-ask-person = Send the Telegram ID of the person who is to have <b>{ $role }</b>, for example <code>123456789</code>.
role-bad-person = ⚠️ That is not a Telegram ID.
assign-title =
    👤 { $who } (<code>{ $id }</code>) has the role <b>{ $role }</b>.

    Which one instead?
assign-ask = 👤 { $who } (<code>{ $id }</code>) has the role <b>{ $before }</b>. Give <b>{ $role }</b> instead?
key-person-role = 🛡 Role
key-assign = ✅ Give it
assign-done = ✅ { $who } (<code>{ $id }</code>) now has the role <b>{ $role }</b>.
maintenance-sign =
    🚧 <b>We are closed for a little while</b>

    Please come back soon. Payments that are under way reach your balance all the same.
maintenance-opened =
    🚧 <b>Maintenance</b>

    The shop is open for everybody.
maintenance-closed =
    🚧 <b>Maintenance</b>

    The shop is closed for everybody but staff. Payments are credited all the same.
maintenance-words = Your words for buyers:
maintenance-ask =
    🚧 Send a few words for buyers, up to 500 characters, and I close the shop for everybody but staff.

    Or close it without words.
maintenance-bad-notice = ⚠️ The words have 1 to 500 characters.
key-maintenance-close = 🚧 Close the shop
key-maintenance-silent = 🚧 Close without words
key-maintenance-open = ✅ Open the shop
key-maintenance-words = ✏️ Other words
journal-title = 📜 <b>What staff did</b>
journal-problems-title = ⚠️ <b>Worth a look</b>
journal-empty = Nothing.
journal-entry = { $time } <code>{ $action }</code>
journal-problem = ⚠️ { $time } <code>{ $action }</code>
journal-who = { $who } → <code>{ $subject }</code>
journal-shop-itself = the shop itself
journal-about = about { $who } (<code>{ $id }</code>)
journal-change = { $field }: { $before } → { $after }
journal-more-changes =
    { $count ->
        [one] and { $count } more change
       *[other] and { $count } more changes
    }
journal-reason = <i>{ $reason }</i>
key-journal-older = Older ›
key-journal-newest = « Newest
key-journal-problems = ⚠️ Only what is worth a look
key-journal-all = 📜 Everything
alert-maintenance = 🚧 We are closed for a little while, please come back soon.
alert-role-missing = There is no such role any more.
alert-role-name-taken = Another role has this name. Please send another one.
alert-built-in-role = Built-in roles stay as they are.
alert-role-in-use = Somebody has this role. Give them another one first.
alert-right-lacking = This role has a right that you lack, so it is not yours to give or to change.
alert-all-rights = All rights together are the owner's alone. Leave at least one out.
alert-own-role = Nobody gives a role to themselves.
alert-owner-role = Who the owner is, the settings say (OWNER_ID).
alert-outranked = You can act only on people with fewer rights than yours.
