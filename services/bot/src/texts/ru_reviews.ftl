# Reviews, for buyers and for staff, in Russian.

## For buyers

item-rating =
    { $count ->
        [one] ⭐ { $average } · { $count } отзыв
        [few] ⭐ { $average } · { $count } отзыва
       *[many] ⭐ { $average } · { $count } отзывов
    }
plain-rating = { $whole },{ $tenths }
key-reviews = ⭐ Отзывы ({ $count })
key-all-reviews = ⭐ Все отзывы
key-own-review = ✍️ Мой отзыв
key-write-review = ⭐ Оставить отзыв
key-review-moderate = 🛠 { $number }
reviews-title = ⭐ <b>{ $item }</b>
reviews-none = Отзывов пока нет.
review-numbered = { $number }. { $review }
review-head = { $stars } · <b>{ $author }</b> · { $when }
plain-review-somebody = покупатель
review-title = ✍️ <b>{ $item }</b>
review-only-buyers = Отзыв могут оставить только те, кто это купил.
review-ask-stars = Как вам покупка?
review-ask-again = Передумали? Выберите звёзды заново: новый отзыв заменит этот.
review-ask-words =
    { $stars }

    Хотите добавить пару слов? Отправьте их, до 500 знаков: другие увидят их с вашим именем, без фамилии.
review-too-long =
    { $count ->
        [one] ⚠️ Здесь { $count } знак, а помещается 500.
        [few] ⚠️ Здесь { $count } знака, а помещается 500.
       *[many] ⚠️ Здесь { $count } знаков, а помещается 500.
    }
key-review-send = ✅ Отправить без слов
review-thanks = 🙏 <b>Спасибо!</b>
review-own = Ваш отзыв: { $stars }
review-waits = ⏳ Другие увидят его, когда мы его посмотрим.
review-is-shown = 👀 Его видят другие.
review-is-rejected = 🚫 Другие его не видят: { $reason }
review-is-removed = 🗑 Он удалён: { $reason }
key-review-take-back = 🗑 Удалить отзыв
review-ask-take-back = 🗑 Удалить отзыв? Его звёзды и слова исчезнут навсегда.
key-review-take-back-yes = 🗑 Да, забрать
review-taken-back = 🗑 Вашего отзыва больше нет.
alert-reviews-off = В этом магазине нет отзывов.
alert-not-purchased = Отзыв могут оставить только те, кто это купил.
alert-review-missing = Такого отзыва больше нет.
alert-review-changed = Автор только что написал отзыв заново. Посмотрите ещё раз.

## For staff

key-staff-reviews = ⭐ Отзывы
staff-reviews-title =
    ⭐ <b>Отзывы</b>

    { $count ->
        [one] Ждёт { $count } отзыв, сначала старые.
        [few] Ждут { $count } отзыва, сначала старые.
       *[many] Ждут { $count } отзывов, сначала старые.
    }
staff-reviews-none =
    ⭐ <b>Отзывы</b>

    Ничего не ждёт. Те, что видят покупатели, — за карточками товаров.
key-staff-review = { $stars } { $item }
staff-review-title = ⭐ <b>{ $item }</b>
staff-review-stars = <b>{ $stars }</b>
staff-review-by = Автор: { $person }
staff-review-at = Написан: { $time }
staff-review-waits = ⏳ Ждёт вашего решения.
staff-review-is-shown = 👀 Его видят покупатели.
staff-review-is-rejected = 🚫 Отклонён: { $reason }
staff-review-is-removed = 🗑 Удалён: { $reason }
key-staff-review-approve = ✅ Показать
key-staff-review-reject = 🚫 Отклонить
key-staff-review-remove = 🗑 Удалить
staff-review-why-reject = 🚫 Почему вы его отклоняете? Причину увидит автор. От 3 до 200 знаков.
staff-review-why-remove = 🗑 Почему удалить? Причину увидит автор. От 3 до 200 знаков.
staff-review-ask-reject =
    🚫 Отклонить отзыв?

    Причина: { $reason }
staff-review-ask-remove =
    🗑 Удалить отзыв? Его слова исчезнут навсегда.

    Причина: { $reason }
key-staff-review-reject-yes = 🚫 Да, отклонить
key-staff-review-remove-yes = 🗑 Да, удалить
staff-review-approved = ✅ Теперь его видят покупатели.
staff-review-rejected = 🚫 Отзыв отклонён.
staff-review-removed = 🗑 Отзыв удалён.
