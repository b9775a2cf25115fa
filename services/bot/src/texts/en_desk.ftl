# What staff read and press about broadcasts and conversations, in English.

key-broadcasts = 📣 Broadcasts
broadcasts-title =
    📣 <b>Broadcasts</b>

    📝 draft · 🕒 scheduled · ▶️ under way · ✅ done · ⏹ stopped
broadcasts-empty =
    📣 <b>Broadcasts</b>

    None yet. Write the first one.
key-broadcast-new = ✍️ New broadcast
broadcast-ask-message =
    <b>New broadcast, 1 of 3.</b> Send the message as everybody shall see it: a text with its formatting, up to 4,096 characters, or a photo with a caption of up to 1,024.

    Nothing is sent to anybody yet.
broadcast-bad-message = ⚠️ I need a text, or a photo sent as a photo.
broadcast-too-long = ⚠️ That is too long: { $most } characters at most.
broadcast-ask-buttons =
    <b>New broadcast, 2 of 3.</b> Shall there be buttons under it? Send one per line, 10 at most:

    <code>Label | https://example.com</code>
broadcast-bad-buttons = ⚠️ Each line needs a label of 1 to 64 characters, a | and an address; 10 lines at most.
key-broadcast-no-buttons = No buttons
broadcast-ask-audience = <b>New broadcast, 3 of 3.</b> Whom is it for? Whoever has blocked the bot or is blocked is left out.
key-to-everybody = 👥 Everybody
key-to-buyers = 🛒 Buyers
key-to-without-purchase = 🌱 Never bought
key-to-inactive = 💤 Not seen for …
key-to-spent-over = 💰 Spent over …
key-to-bought = 📦 Bought an item …
key-to-speaking = 🌐 { $locale }
broadcast-ask-days = 💤 For how many days were they not seen? Send a number from 1 to 3650.
broadcast-bad-days = ⚠️ That is not a number from 1 to 3650.
broadcast-ask-spent = 💰 More than how much have they spent in all? Send an amount in { $currency }.
broadcast-ask-category = 📦 What did they buy? Choose a category.
broadcast-ask-item = 📦 What did they buy in <b>{ $category }</b>?
plain-to-everybody = everybody
plain-to-buyers = buyers
plain-to-without-purchase = people who never bought
plain-to-inactive =
    { $days ->
        [one] not seen for more than { $days } day
       *[other] not seen for more than { $days } days
    }
plain-to-spent-over = spent over { $amount }
plain-to-bought = bought “{ $item }”
plain-to-speaking = language { $locale }
plain-at-least = { $people } or more
plain-broadcast-draft = draft
plain-broadcast-scheduled = scheduled
plain-broadcast-spreading = it begins
plain-broadcast-sending = under way
plain-broadcast-done = done
plain-broadcast-cancelled = stopped
broadcast-title = 📣 <b>Broadcast</b> · { $state }
broadcast-whom = For: { $whom }
broadcast-people = People now: <b>{ $people }</b>
broadcast-starts = Begins: <b>{ $time }</b>
broadcast-with-photo = 🖼 With a photo
broadcast-with-buttons = 🔘 Buttons: { $count }
key-broadcast-preview = 👁 Send it to me
key-broadcast-send = 📣 Send now
key-broadcast-later = 🕒 Later
key-broadcast-discard = 🗑 Discard
toast-broadcast-preview = It comes in a moment
broadcast-ask-send =
    📣 Send this now?

    For: { $whom }
    People: <b>{ $people }</b>
key-broadcast-send-yes = 📣 Yes, send it
broadcast-ask-time =
    🕒 When shall it begin? Send a time of { $zone }, for example <code>2026-12-31 18:00</code>.
broadcast-bad-time = ⚠️ That is not a time within the next 366 days, like <code>2026-12-31 18:00</code>.
broadcast-ask-discard = 🗑 Discard this broadcast? It does not come back.
broadcast-ask-stop = ⏹ Stop this broadcast? It has reached { $sent } people. It cannot go on later.
key-broadcast-stop = ⏹ Stop
key-broadcast-stop-yes = ⏹ Yes
key-broadcast-go-on = ← No
key-broadcast-open = 📣 Open it
broadcast-sent = ✅ Sent: <b>{ $sent }</b> of { $people }
broadcast-unreachable = 🔕 Unreachable: { $count }
broadcast-failed = ✖️ Failed: { $count }
broadcast-in-doubt = ❔ In doubt: { $count }
broadcast-left = ⏹ Not sent: { $count }
broadcast-took = ⏱ { $minutes } min { $seconds } s
notice-broadcast-over = 📣 <b>Your broadcast has gone out</b>
alert-broadcast-missing = There is no such broadcast any more.
alert-broadcast-over = This broadcast was stopped for good.
alert-broadcast-taken = This broadcast is somebody else's, or it was sent already.

## Conversations

key-tickets = 💬 Conversations
key-ticket-open = 💬 Open it
key-ticket-write = ✉️ Write
tickets-title =
    💬 <b>Conversations</b>

    🔴 waits for staff · 🟢 answered · ⚪️ closed
tickets-empty =
    💬 <b>Conversations</b>

    Nobody has written yet.
staff-ticket-title = 💬 <b>{ $name }</b>, ID <code>{ $id }</code>
staff-ticket-none = Nothing was written yet.
staff-ticket-since = { $state } since { $time }
plain-ticket-waits = waits for staff
plain-ticket-answered = answered
plain-ticket-closed = closed
staff-ticket-person = <b>{ $name }</b>, { $time }
staff-ticket-staff = 🛠 <b>{ $name }</b>, { $time }
staff-ticket-ask = Send a text of up to 2,000 characters, and the bot brings it to them.
notice-ticket-written = 💬 <b>{ $name }</b> has written and waits for an answer.
notice-ticket-waits = ⏰ <b>{ $name }</b> has been waiting for an answer since { $time }.
key-person = 👤 Card
