# What staff read about stock, in English.

## The stock in the hands of staff

notice-low =
    📉 <b>{ $item }</b> runs low

    Left: <b>{ $left }</b> (you wanted to hear at { $low })
notice-channel-forbidden =
    📣 <b>The news channel does not let the bot in</b>

    Channel <code>{ $channel }</code>: the bot is not a member, or was removed. Add it as an administrator who may post messages.
notice-channel-not-found =
    📣 <b>There is no such news channel</b>

    Telegram knows no channel <code>{ $channel }</code>. Check shop.channel_id (CHANNEL_ID), which begins with -100, or the name in shop.channel_url (CHANNEL_URL).
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
staff-rules-low = The owner is told at <b>{ $low }</b> left, or fewer
staff-rules-never-low = Nobody is told when it runs low
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
staff-ask-low-at = At how many left is the owner told? Send a number up to 1,000; 0 is never.
staff-rule-bad-number = ⚠️ Send a whole number.
staff-rule-refused = ⚠️ That does not go together with the other limits.
staff-ask-files =
    📎 <b>{ $item }</b>

    Send a document, up to 1 MB: each is one unit, exactly as you send it.

    I delete your message once the file is safe.
staff-stock-file-wanted = ⚠️ This item sells files. Send a document.
staff-stock-large-file = ⚠️ A file may have 1 MB at most. Nothing was added.
staff-stock-no-column = ⚠️ A CSV file has one column, or a header that names one of them <b>value</b>. Nothing was added.
staff-stock-not-json = ⚠️ A JSON file is a list of texts, or of objects with a text <b>value</b>. Nothing was added.
staff-stock-too-many = ⚠️ A list may have { $most } values at most. Nothing was added; please split it.
staff-stock-progress = ⏳ { $done } of { $total } …
