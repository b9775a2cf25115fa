# Reviews, for buyers and for staff, in English.

## For buyers

item-rating =
    { $count ->
        [one] ⭐ { $average } · { $count } review
       *[other] ⭐ { $average } · { $count } reviews
    }
plain-rating = { $whole }.{ $tenths }
key-reviews = ⭐ Reviews ({ $count })
key-all-reviews = ⭐ All reviews
key-own-review = ✍️ My review
key-write-review = ⭐ Leave a review
key-review-moderate = 🛠 { $number }
reviews-title = ⭐ <b>{ $item }</b>
reviews-none = Nobody has said anything yet.
review-numbered = { $number }. { $review }
review-head = { $stars } · <b>{ $author }</b> · { $when }
plain-review-somebody = a buyer
review-title = ✍️ <b>{ $item }</b>
review-only-buyers = Only those who bought it may review it.
review-ask-stars = How do you like it?
review-ask-again = Changed your mind? Choose stars anew: the new review takes the place of this one.
review-ask-words =
    { $stars }

    Would you like to add a few words? Send them, up to 500 characters: others will see them with your first name.
review-too-long =
    { $count ->
        [one] ⚠️ This is { $count } character, and 500 fit.
       *[other] ⚠️ These are { $count } characters, and 500 fit.
    }
key-review-send = ✅ Send without words
review-thanks = 🙏 <b>Thank you!</b>
review-own = Your review: { $stars }
review-waits = ⏳ Others will see it once we have looked at it.
review-is-shown = 👀 Others see it.
review-is-rejected = 🚫 Others do not see it: { $reason }
review-is-removed = 🗑 It was taken away: { $reason }
key-review-take-back = 🗑 Take my review back
review-ask-take-back = 🗑 Take your review back? Its stars and words will be gone for good.
key-review-take-back-yes = 🗑 Yes, take it back
review-taken-back = 🗑 Your review is gone.
alert-reviews-off = There are no reviews in this shop.
alert-not-purchased = Only those who bought it may review it.
alert-review-missing = There is no such review any more.
alert-review-changed = Its author has just written it anew. Please look at it again.

## For staff

key-staff-reviews = ⭐ Reviews
staff-reviews-title =
    ⭐ <b>Reviews</b>

    { $count ->
        [one] { $count } waits for you, the oldest first.
       *[other] { $count } wait for you, the oldest first.
    }
staff-reviews-none =
    ⭐ <b>Reviews</b>

    Nothing waits. Those that buyers see are behind the cards of items.
key-staff-review = { $stars } { $item }
staff-review-title = ⭐ <b>{ $item }</b>
staff-review-stars = <b>{ $stars }</b>
staff-review-by = By: { $person }
staff-review-at = Written: { $time }
staff-review-waits = ⏳ It waits for you.
staff-review-is-shown = 👀 Buyers see it.
staff-review-is-rejected = 🚫 Rejected: { $reason }
staff-review-is-removed = 🗑 Removed: { $reason }
key-staff-review-approve = ✅ Show it
key-staff-review-reject = 🚫 Reject
key-staff-review-remove = 🗑 Remove
staff-review-why-reject = 🚫 Why do you reject it? Its author sees the reason. 3 to 200 characters.
staff-review-why-remove = 🗑 Why remove it? Its author sees the reason. 3 to 200 characters.
staff-review-ask-reject =
    🚫 Reject the review?

    Reason: { $reason }
staff-review-ask-remove =
    🗑 Remove the review? Its words will be gone for good.

    Reason: { $reason }
key-staff-review-reject-yes = 🚫 Yes, reject it
key-staff-review-remove-yes = 🗑 Yes, remove it
staff-review-approved = ✅ Buyers see it now.
staff-review-rejected = 🚫 It is rejected.
staff-review-removed = 🗑 It is removed.
