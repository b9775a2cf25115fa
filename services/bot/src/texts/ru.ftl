# What the bot says in Russian. The build checks that every language has the same keys and values.

## Main menu

home-welcome =
    Привет, <b>{ $name }</b>! 👋

    Выберите что-нибудь в магазине — товар придёт прямо сюда через пару секунд после оплаты.

key-home = 🏠 Меню
key-shop = 🛍 Магазин
key-profile = 👤 Профиль
key-top-up = 💳 Пополнить
key-purchases = 📦 Мои покупки
key-rules = 📜 Правила
key-support = 💬 Поддержка
key-channel = 📣 Новости
key-language = 🌐 Язык
key-staff = 🛠 Для сотрудников
key-back = ‹ Назад
key-cancel = ✖️ Отмена
key-again = 🔄 Повторить
key-page = { $page } / { $pages }
key-earlier = ‹
key-later = ›
toast-page = Страница { $page } из { $pages }
toast-old-button = Эта кнопка устарела, поэтому вот меню

command-start = Открыть меню
command-shop = Посмотреть товары
command-profile = Баланс и профиль
command-topup = Пополнить баланс
command-purchases = Мои покупки
command-language = Сменить язык
command-help = Помощь и поддержка

## Shop

shop-title =
    🛍 <b>Магазин</b>

    Что ищете?
shop-empty =
    🛍 <b>Магазин</b>

    Сейчас полки пусты. Загляните чуть позже 🌱
category-title =
    📂 <b>{ $name }</b>

    { $count ->
        [one] { $count } товар
        [few] { $count } товара
       *[many] { $count } товаров
    }
category-empty =
    📂 <b>{ $name }</b>

    Здесь пока ничего нет. Скоро появится 🌱
key-item = { $name } · { $price }
key-item-gone = { $name } · нет в наличии
item-title = <b>{ $name }</b>
item-price = 💰 Цена: <b>{ $price }</b>
item-left =
    📦 { $count ->
        [one] Осталась { $count } штука
        [few] Осталось { $count } штуки
       *[many] Осталось { $count } штук
    }
item-plenty = 📦 В наличии больше { $count }
item-unlimited = ♾ Всегда в наличии
item-gone = 😔 Пока распродано
key-buy = 🛒 Купить за { $price }

## Search and order of the shop

shop-search-hint = 🔎 Или отправьте слово, и я его поищу.
search-found =
    🔎 <b>{ $words }</b>

    { $count ->
        [one] Найден { $count } товар
        [few] Найдено { $count } товара
       *[many] Найдено { $count } товаров
    }
search-nothing =
    🔎 <b>{ $words }</b>

    Ничего похожего нет. Попробуйте другое слово или только его начало.
key-category = 📂 { $name }
key-order-name = ↕️ По названию
key-order-cheapest = ↕️ Сначала дешёвые
key-order-dearest = ↕️ Сначала дорогие
key-order-newest = ↕️ Сначала новые

## Buying

confirm-ask =
    🛒 <b>{ $item }</b>

    Цена: <b>{ $price }</b>
    На балансе: { $balance }

    Покупаем?
key-pay = ✅ Да, оплатить { $price }
receipt-thanks = ✅ <b>Готово, спасибо за покупку!</b>
receipt-again = 📦 <b>Ваша покупка</b>
receipt-item = <b>{ $item }</b>
receipt-price = Цена: { $price } × { $quantity }
receipt-total = Итого: <b>{ $total }</b>
receipt-order = Заказ: <code>{ $number }</code>
receipt-time = Время: { $time }
receipt-buyer = Покупатель: { $buyer }
receipt-value =
    { $count ->
        [one] 🔑 Нажмите, чтобы скопировать:
        [few] 🔑 Ваши { $count } значения, нажмите, чтобы скопировать:
       *[many] 🔑 Ваши { $count } значений, нажмите, чтобы скопировать:
    }
receipt-file = 🔑 Ваш товар — в файле.
key-view-again = 📦 Посмотреть ещё раз
key-to-shop = 🛍 В магазин
price-changed =
    ⚠️ Цена только что изменилась: была { $before }, стала <b>{ $now }</b>.

    Деньги не списаны. Купить по новой цене?
no-money =
    💳 <b>Немного не хватает</b>

    Цена: { $price }
    На балансе: { $balance }
    Не хватает: <b>{ $missing }</b>

    Пополните баланс и возвращайтесь: это займёт минуту.
no-money-brief =
    💳 <b>На балансе не хватает денег</b>

    Ничего не списано. Пополните баланс и возвращайтесь: это займёт минуту.
key-top-up-missing = 💳 Пополнить на { $amount }
key-to-item = ‹ К товару
sold-out =
    😔 <b>Кто-то успел раньше</b>

    Последний экземпляр только что купили. Деньги не списаны.
order-finishing =
    ⏳ <b>Заказ завершается</b>

    Связь на секунду пропала. Нажимать ещё раз не нужно: либо товар через минуту придёт сюда сам, либо деньги не спишутся.
order-undone =
    ↩️ <b>Заказ отменён</b>

    Деньги не списаны, товар вернулся в магазин.
key-check-order = 🔄 Проверить заказ

## Profile

profile =
    👤 <b>{ $name }</b>
    ID: <code>{ $id }</code>

    💰 Баланс: <b>{ $balance }</b>
profile-held = 🔒 Отложено: { $held }
profile-totals =
    Всего пополнено: { $topped }
    Всего потрачено: { $spent }
profile-purchases = Покупок: { $count }
key-purchases-count = 📦 Мои покупки · { $count }
key-history = 🧾 История
key-invite = 🤝 Пригласить друзей
key-invoices = ⏳ Открытые счета

## Cart and promo codes

key-cart = 🛒 Корзина
key-cart-count =
    { $count ->
        [one] 🛒 Корзина · { $count } строка
        [few] 🛒 Корзина · { $count } строки
       *[many] 🛒 Корзина · { $count } строк
    }
key-add-to-cart = ➕ В корзину
key-apply-promo = 🎟 Промокод
key-remove-promo = ✖️ Без промокода
key-redeem = 🎁 Активировать код
command-cart = Что в моей корзине
cart-title = 🛒 <b>Корзина</b>
cart-empty =
    🛒 <b>Корзина</b>

    Здесь пока пусто. Добавьте что-нибудь со страницы товара.
cart-line = { $number }. <b>{ $item }</b>
cart-line-price = { $price } × { $quantity } = <b>{ $total }</b>
cart-line-price-cut = { $price } × { $quantity } = <s>{ $before }</s> <b>{ $total }</b>
cart-line-promo = 🎟 <code>{ $code }</code>
cart-line-promo-problem = ⚠️ 🎟 { $code } { $problem }
cart-line-gone = ⚠️ Этого товара в магазине больше нет. Уберите его, чтобы продолжить.
cart-line-sold-out = ⚠️ Пока распродано.
cart-line-short =
    { $left ->
        [one] ⚠️ Осталась только { $left } штука.
        [few] ⚠️ Осталось только { $left } штуки.
       *[many] ⚠️ Осталось только { $left } штук.
    }
cart-total = 💰 Итого: <b>{ $total }</b>
cart-saved = Вы экономите { $amount }.
cart-ask-clear = 🗑 Убрать из корзины всё?
key-cart-less = ➖
key-cart-more = ➕
key-cart-remove = 🗑
key-cart-line = { $number } · ×{ $quantity }
key-cart-drop-promo = ✖️ 🎟 { $code }
key-cart-clear = 🗑 Очистить
key-cart-clear-yes = 🗑 Да, всё
key-check-out = ✅ Оформить · { $total }
toast-cart-added = В корзине: { $quantity }
toast-cart-removed = Убрано
toast-cart-cleared = Корзина пуста
toast-ask-again = Прошло много времени, взгляните на корзину ещё раз
checkout-title =
    { $count ->
        [one] 🧾 <b>Ваш заказ, { $count } товар</b>
        [few] 🧾 <b>Ваш заказ, { $count } товара</b>
       *[many] 🧾 <b>Ваш заказ, { $count } товаров</b>
    }
checkout-ask =
    На балансе: { $balance }

    Покупаем всё?
checkout-not-whole = ⚠️ Кое-что из корзины так купить нельзя. Измените или уберите это, пожалуйста.
checkout-changed = ⚠️ <b>Кое-что изменилось, деньги не списаны:</b>
checkout-price = • { $item }: цена была { $before }, стала <b>{ $now }</b>
checkout-discount = • { $item }: скидка была { $before }, стала <b>{ $now }</b>
checkout-what = • { $item }: { $what }
checkout-line-changed = в корзине теперь иначе
checkout-quantity = в одном заказе — от { $least } до { $most }
checkout-person-limit = одному человеку можно { $max }, вы можете купить ещё { $left }
checkout-other-line = • В корзину добавлено что-то ещё
item-price-cut = 💰 Цена: <s>{ $before }</s> <b>{ $price }</b> 🎟 <code>{ $code }</code>
confirm-ask-discounted =
    🛒 <b>{ $item }</b>

    Цена: <s>{ $before }</s> <b>{ $price }</b>
    Промокод: <code>{ $code }</code>
    На балансе: { $balance }

    Покупаем?
promo-ask = 🎟 Отправьте промокод.
redeem-ask =
    🎁 <b>Активировать код</b>

    Отправьте код, который пополняет баланс.
redeem-done = ✅ Код <code>{ $code }</code>: на баланс добавлено <b>{ $amount }</b>.
redeem-later =
    ⏳ <b>Код принят</b>

    Деньги придут сами в течение минуты; отправлять его ещё раз не нужно.
receipt-discount = 🎟 <code>{ $code }</code>: −{ $amount }
receipt-count = Штук: { $count }
receipt-by-line = 🔑 Ваши товары — под кнопками.
key-purchase-line = 🔑 { $item } × { $quantity }
history-promo = код { $code }
history-reward = награда { $reference }

## Promo codes for staff

key-promos = 🎟 Промокоды
promos-title =
    🎟 <b>Промокоды</b>

    🟢 включён · ⚪️ выключен · ⌛️ истёк · 🔴 исчерпан
promos-empty =
    🎟 <b>Промокоды</b>

    Пока ни одного. Создайте первый.
key-promo = { $mark } { $code } · { $uses }
key-add-promo = ➕ Промокод
plain-promo-uses = { $uses } из { $most }
plain-promo-uses-unlimited = { $uses } из ∞
plain-promo-percent = −{ $percent }%
plain-promo-fixed = −{ $amount }
plain-promo-balance = +{ $amount } на баланс
plain-promo-unbound = на всё
plain-promo-endless = без срока
plain-promo-no-limit = без ограничений
promo-title = { $mark } <code>{ $code }</code>
promo-state-active = Включён.
promo-state-inactive = Выключен.
promo-state-expired = Его последний день прошёл.
promo-state-exhausted = Исчерпан.
promo-state-archived = Убран навсегда.
promo-worth = Даёт: <b>{ $worth }</b>
promo-bound = Действует: { $what }
promo-ends = Заканчивается: { $when }
promo-uses = Использован: <b>{ $uses }</b>
promo-completed = Завершено: { $count }, отдано { $amount }
promo-earned = Получено за эти товары: { $amount }
promo-last-used = Последний раз: { $time }
promo-made = ✅ Промокод создан.
promo-archived = 🗄 Промокод убран. Всё, что по нему куплено, остаётся.
promo-ask-archive =
    🗄 Убрать <code>{ $code }</code> навсегда?

    Вернуть его нельзя, и создать такой же тоже. Всё, что по нему куплено, остаётся.
key-promo-on = ▶️ Включить
key-promo-off = ⏸ Выключить
key-promo-archive = 🗄 Убрать
key-promo-archive-yes = 🗄 Да, убрать
promo-ask-code = <b>Новый промокод.</b> Отправьте код: от 1 до 50 символов A-Z, 0-9, - и _.
promo-bad-code = ⚠️ В коде от 1 до 50 латинских букв, цифр, - и _.
promo-ask-kind = Что даёт <code>{ $code }</code>?
key-promo-percent = ％ Скидку в процентах
key-promo-fixed = ➖ Скидку суммой
key-promo-balance = ➕ Деньги на баланс
promo-ask-percent = Сколько процентов? Отправьте число от 0.01 до 100.
promo-bad-percent = ⚠️ Это не процент от 0.01 до 100, не больше двух знаков после запятой.
promo-ask-amount = Сколько, в { $currency }?
promo-ask-uses = Сколько раз его можно использовать всего? Каждый использует код один раз. Отправьте число или нажмите кнопку.
promo-bad-uses = ⚠️ Это не целое число.
key-promo-no-limit = ∞ Без ограничений
promo-ask-day = До какого дня включительно? Отправьте, например, <code>2026-12-31</code> или нажмите кнопку.
promo-bad-day = ⚠️ Это не будущий день, например <code>2026-12-31</code>.
key-promo-no-end = ∞ Без срока
promo-ask-binding = На что он действует?
key-promo-everything = 🛍 На всё
key-promo-choose = 📂 На категорию или товар
promo-ask-category = Выберите категорию.
promo-ask-item = Вся категория <b>{ $category }</b> или один товар?
key-promo-whole-category = 📂 Вся категория
promo-check =
    🎟 <code>{ $code }</code>

    Даёт: <b>{ $worth }</b>
    Использований: { $uses }
    Последний день: { $day }
    Действует: { $what }

    Создать?
key-promo-create = ✅ Создать

## Topping up

top-up-ask =
    💳 <b>Пополнение</b>

    На сколько? Выберите сумму или отправьте свою: от <b>{ $min }</b> до <b>{ $max }</b>.
top-up-not-a-number = ⚠️ Это не похоже на сумму. Отправьте число, например <code>{ $example }</code>.
amount-too-precise = ⚠️ Слишком много знаков после запятой для { $currency }. Попробуйте, например, <code>{ $example }</code>.
top-up-out-of-bounds = ⚠️ Сумма должна быть от <b>{ $min }</b> до <b>{ $max }</b>.
alert-no-methods = Пополнение сейчас отключено. Загляните позже или напишите в поддержку.
methods-title =
    💳 <b>Пополнение на { $amount }</b>

    Как удобнее оплатить?
key-method-cryptopay = 💎 Криптовалюта · @CryptoBot
key-method-stars = ⭐ Звёзды Telegram
invoice-open =
    🧾 <b>Пополнение на { $amount }</b>

    { $minutes ->
        [one] Счёт действует ещё { $minutes } минуту.
        [few] Счёт действует ещё { $minutes } минуты.
       *[many] Счёт действует ещё { $minutes } минут.
    }
    Оплатите — деньги придут сами. Если долго нет, нажмите «Проверить оплату».
key-pay-invoice = 💳 Оплатить { $amount }
key-check-payment = 🔄 Проверить оплату
plain-invoice-title = Пополнение баланса
plain-invoice-description = На ваш баланс в магазине поступит { $amount }.
plain-invoice-label = Пополнение { $amount }
alert-invoice-waiting =
    { $minutes ->
        [one] Оплаты пока нет. Счёт действует ещё { $minutes } минуту; после оплаты нужно чуть подождать.
        [few] Оплаты пока нет. Счёт действует ещё { $minutes } минуты; после оплаты нужно чуть подождать.
       *[many] Оплаты пока нет. Счёт действует ещё { $minutes } минут; после оплаты нужно чуть подождать.
    }
invoice-preparing = ⏳ Счёт на <b>{ $amount }</b> готовится. Через пару секунд нажмите «Проверить оплату».
invoice-paid =
    ✅ <b>Зачислено { $amount }</b>

    На балансе: <b>{ $balance }</b>
invoice-expired =
    ⌛️ <b>Срок счёта истёк</b>

    Если вы уже оплатили, напишите в поддержку: деньги не пропадут.
invoice-review =
    🔎 <b>Платёж на проверке</b>

    Что-то не сошлось, поэтому его смотрит человек. Деньги в сохранности, подробности — в поддержке.
key-new-top-up = 💳 Новое пополнение
invoices-title = ⏳ <b>Открытые счета</b>
invoices-empty =
    ⏳ <b>Открытые счета</b>

    Таких нет.
key-invoice = { $amount } · { $method } · { $minutes } мин

## Purchases and history

purchases-title =
    📦 <b>Мои покупки</b>

    { $count ->
        [one] { $count } покупка: откройте её, чтобы снова увидеть товар.
        [few] { $count } покупки: откройте любую, чтобы снова увидеть товар.
       *[many] { $count } покупок: откройте любую, чтобы снова увидеть товар.
    }
purchases-empty =
    📦 <b>Мои покупки</b>

    Пока пусто. До магазина — одно нажатие 🙂
key-purchase = { $time } · { $item }
history-title = 🧾 <b>История</b>
history-empty =
    🧾 <b>История</b>

    Пока ничего не происходило.
history-line = { $time }  <b>{ $amount }</b>  { $what }
history-top-up = пополнение
history-purchase = покупка { $reference }
history-referral = за приглашённого друга
history-adjustment = изменено магазином
history-refund = возврат
history-other = прочее

## Inviting

referral =
    🤝 <b>Пригласите друзей</b>

    Вам навсегда достаётся <b>{ $percent } %</b> от каждого их пополнения.

    Ваша ссылка:
    <code>{ $link }</code>
referral-totals =
    Приглашено: <b>{ $invited }</b>
    Заработано: <b>{ $earned }</b>
referral-no-link = Ссылка ещё не готова. Откройте эту страницу через минуту.
key-share = 📨 Отправить другу
key-copy-link = 📋 Скопировать ссылку
plain-share = Магазин прямо в Telegram, доставка за секунды:

## Rules, support, language

rules-title = 📜 <b>Правила</b>
rules-none = Магазин пока не написал свои правила.
support-contact =
    💬 <b>Поддержка</b>

    Напишите { $person }: ответит живой человек.
support-none =
    💬 <b>Поддержка</b>

    Магазин пока не указал контакт.
support-hint =
    Добавьте, пожалуйста, свой ID <code>{ $id }</code>, а если дело в заказе или платеже — его номер. Так мы поможем быстрее всего.
plain-support-person = в нашу поддержку
language-title = 🌐 <b>Язык</b>
key-language-en = English
key-language-ru = Русский
key-language-chosen = ✓ { $language }
toast-language = Теперь говорим по-русски

## Messages that come by themselves

notice-goods = 📬 <b>Ваш заказ готов, спасибо, что подождали!</b>
notice-released =
    ↩️ <b>Заказ отменён</b>

    Его не удалось завершить, поэтому деньги не списаны. Попробуйте ещё раз, пожалуйста.
notice-paid =
    ✅ <b>Зачислено { $amount }</b>

    На балансе: <b>{ $balance }</b>
notice-referral =
    🎉 <b>Вам { $amount }</b>

    Приглашённый вами друг пополнил баланс. Спасибо!
notice-added =
    💰 Магазин зачислил на ваш баланс <b>{ $amount }</b>.
notice-taken =
    💰 Магазин списал с вашего баланса <b>{ $amount }</b>.
notice-suspense =
    🔎 <b>Платёж требует внимания</b>

    Он не подошёл ни к одному счёту или не сошлись данные. Дело: <code>{ $case }</code>
notice-suspense-person = Вероятно, от: <code>{ $id }</code>

## Сколько, и ожидание того, что распродано

confirm-ask-many =
    🛒 <b>{ $item }</b>

    Цена: { $price } × { $quantity }
    Итого: <b>{ $total }</b>
    Ваш баланс: { $balance }

    Покупаем?
confirm-choose = Сколько? Выберите или пришлите число от { $least } до { $most }.
confirm-person-limit = В одни руки — не больше { $most }.
confirm-bad-quantity = ⚠️ Пришлите число от <b>{ $least }</b> до <b>{ $most }</b>.
key-quantity = { $quantity }
key-quantity-chosen = ✓ { $quantity }
key-watch = 🔔 Сообщить, когда появится
key-unwatch = 🔕 Не сообщать
toast-watching = Напишу вам, когда товар появится
toast-not-watching = Об этом товаре писать не буду
receipt-files =
    { $count ->
        [one] 📎 { $count } файл отправлен в этот чат.
        [few] 📎 { $count } файла отправлены в этот чат.
       *[many] 📎 { $count } файлов отправлены в этот чат.
    }
notice-back =
    🔔 <b>{ $item }</b> снова в наличии!
notice-back-and-gone =
    🔔 <b>{ $item }</b> ненадолго появлялся и снова распродан. Нажмите на колокольчик, чтобы узнать о следующем разе.
key-open-item = 🛍 Открыть
news-restock =
    🆕 <b>{ $item }</b>

    { $count ->
        [one] В наличии { $count } новая штука
        [few] В наличии { $count } новые штуки
       *[many] В наличии { $count } новых штук
    }
news-unlimited =
    🆕 <b>{ $item }</b>

    ♾ Всегда в наличии
key-news-open = 🛒 В магазин

## Запас в руках сотрудников

notice-low =
    📉 <b>{ $item }</b> заканчивается

    Осталось: <b>{ $left }</b> (вы просили сказать при { $low })
notice-channel-forbidden =
    📣 <b>Канал новостей не пускает бота</b>

    Канал <code>{ $channel }</code>: бот в нём не состоит или удалён. Добавьте его администратором с правом публиковать сообщения.
notice-channel-not-found =
    📣 <b>Такого канала новостей нет</b>

    Telegram не знает канала <code>{ $channel }</code>. Проверьте shop.channel_id (CHANNEL_ID): он начинается с -100.
notice-channel-refused =
    📣 <b>Канал новостей не принимает публикации</b>

    Канал <code>{ $channel }</code>: бот в нём есть, но публиковать не может. Сделайте его администратором с правом публиковать сообщения.
key-staff-units = 📦 Единицы
key-staff-rules = ⚖️ Лимиты
staff-units-title =
    📦 <b>{ $item }</b>: единицы в продаже, от старых к новым
staff-units-withdrawn =
    🗃 <b>{ $item }</b>: изъятые единицы
staff-units-none =
    📦 <b>{ $item }</b>

    Здесь единиц нет.
key-staff-unit = №{ $unit } · { $added }
key-staff-units-first = « В начало
key-staff-units-withdrawn = 🗃 Изъятые
key-staff-units-sale = 📦 В продаже
key-staff-export = 📤 Выгрузить
staff-unit-title =
    📦 <b>Единица №{ $unit }</b>

    Что с ней сделать?
key-staff-reveal-unit = 👁 Показать
key-staff-withdraw = 🗑 Изъять
staff-unit-ask-reason =
    👁 <b>Единица №{ $unit }</b>

    Зачем её показать? Пришлите причину, от 3 до 200 знаков. Она сохранится вместе с вашим именем.
staff-unit-ask-withdraw =
    🗑 <b>Изъять единицу №{ $unit }?</b>

    Она никогда не будет продана, а то же значение нельзя будет добавить снова.
key-staff-withdraw-yes = 🗑 Да, изъять
staff-unit-now-withdrawn = ✅ Единица №{ $unit } изъята.
staff-unit-revealed =
    👁 <b>Единица №{ $unit }</b> · { $state }
    В магазине с { $added }
plain-unit-free = в продаже
plain-unit-reserved = покупается
plain-unit-sold = продана
plain-unit-shared = выдаётся каждому покупателю
plain-unit-withdrawn = изъята
staff-export-ask-reason =
    📤 <b>Выгрузка непроданного</b>

    Вы получите файл, до { $most } значений. Зачем они нужны? Пришлите причину, от 3 до 200 знаков. Она сохранится вместе с вашим именем.
staff-export-none = 📤 Непроданного нет.
staff-export-done = 📤 Непроданных значений: <b>{ $count }</b>
staff-export-more = Есть и ещё; здесь самые старые.
staff-export-files = 📤 Этот товар продаёт файлы. Их можно посмотреть по одному, но не списком.
staff-rules-title =
    ⚖️ <b>{ $item }</b>
staff-rules-per-order = В одном заказе: от <b>{ $least }</b> до <b>{ $most }</b>
staff-rules-per-person = В одни руки: не больше <b>{ $most }</b>
staff-rules-any-per-person = В одни руки: сколько угодно
staff-rules-low = Напишу вам, когда останется <b>{ $low }</b> или меньше
staff-rules-never-low = Когда товар заканчивается, вам не пишу
staff-rules-values = Продаёт значения: один текст на единицу
staff-rules-files = Продаёт файлы: один документ на единицу
staff-rules-done = ✅ Готово.
key-staff-rule-least = Минимум в заказе
key-staff-rule-most = Максимум в заказе
key-staff-rule-person = В одни руки
key-staff-rule-low = Малый остаток
key-staff-sell-files = 📎 Продавать файлы
key-staff-sell-values = 🔑 Продавать значения
staff-ask-least = Пришлите, сколько единиц должно быть в заказе самое меньшее, от 1.
staff-ask-most = Пришлите, сколько единиц может быть в заказе самое большее, до 100 (файлов — до 10).
staff-ask-per-person = Пришлите, сколько единиц может быть у одного человека во всех заказах; 0 — без ограничения.
staff-ask-low-at = Пришлите, сколько единиц должно остаться, чтобы я вам написал, до 1 000; 0 — никогда.
staff-rule-bad-number = ⚠️ Пришлите целое число.
staff-rule-refused = ⚠️ Это не сочетается с остальными лимитами.
staff-ask-files =
    📎 <b>{ $item }</b>

    Пришлите документ, до 1 МБ: каждый — одна единица, ровно такая, какой вы её прислали.

    Ваше сообщение я удалю, как только файл будет сохранён.
staff-stock-file-wanted = ⚠️ Этот товар продаёт файлы. Пришлите документ.
staff-stock-large-file = ⚠️ Файл — до 1 МБ. Ничего не добавлено.
staff-stock-no-column = ⚠️ В CSV один столбец или заголовок, где один из них назван <b>value</b>. Ничего не добавлено.
staff-stock-not-json = ⚠️ JSON — это список текстов или объектов с текстом <b>value</b>. Ничего не добавлено.
staff-stock-too-many = ⚠️ В списке может быть { $most } значений. Ничего не добавлено; разделите его, пожалуйста.
staff-stock-progress = ⏳ { $done } из { $total } …
alert-quantity = В одном заказе этого товара — от { $least } до { $most }. Ничего не списано.
alert-person-limit = У вас уже { $most } — больше одному человеку нельзя. Ничего не списано.
alert-person-limit-left = Одному человеку можно { $most }: вы можете купить ещё { $left }. Ничего не списано.
alert-unit-not-free = Эта единица уже у кого-то или покупается.
alert-item-has-stock = У этого товара уже был запас другого вида. Создайте для него новый товар.
alert-files-wanted = Этот товар продаёт файлы. Пришлите документ.
alert-values-wanted = Этот товар продаёт значения. Пришлите текст.
alert-file-missing = Этого файла в заказе нет.

## For staff

console-title =
    🛠 <b>Для сотрудников</b>

    Что делаем?
key-staff-goods = 🗂 Категории и товары
key-staff-add-category = ➕ Категория
key-staff-add-item = ➕ Товар
key-staff-add-stock = ➕ Добавить на склад
key-staff-set-value = ✏️ Задать значение
key-staff-price = 🏷 Цена
staff-categories-title =
    🗂 <b>Категории</b>

    Выберите, чтобы увидеть товары.
staff-categories-empty =
    🗂 <b>Категории</b>

    Пока ни одной. Добавьте первую.
staff-items-title = 🗂 <b>{ $category }</b>
staff-items-empty =
    🗂 <b>{ $category }</b>

    Здесь пока нет товаров.
key-staff-item = { $name } · { $stock }
plain-stock-left = { $count } шт.
plain-stock-unlimited = ∞
staff-ask-category = Отправьте название новой категории, от 1 до 100 символов.
staff-category-added = ✅ Категория <b>{ $name }</b> добавлена.
staff-ask-name = <b>Новый товар, 1 из 5.</b> Отправьте название, от 1 до 100 символов.
staff-ask-description = <b>Новый товар, 2 из 5.</b> Отправьте описание для покупателей, до 2000 символов.
staff-ask-price = <b>Новый товар, 3 из 5.</b> Отправьте цену в { $currency }, например <code>{ $example }</code>.
staff-ask-item-category = <b>Новый товар, 4 из 5.</b> Выберите категорию.
staff-ask-kind =
    <b>Новый товар, 5 из 5.</b> Как продаётся <b>{ $name }</b>?

    <b>Поштучно</b>: каждое значение продаётся один раз (ключи, аккаунты).
    <b>Без ограничений</b>: все покупатели получают одно и то же (ссылка, инструкция).
key-kind-limited = 🔢 Поштучно
key-kind-unlimited = ♾ Без ограничений
staff-item-added = ✅ Товар <b>{ $name }</b> в магазине. Осталось дать ему, что продавать.
staff-bad-name = ⚠️ В названии от 1 до 100 символов, одной строкой.
staff-bad-description = ⚠️ В описании от 1 до 2000 символов.
staff-bad-price = ⚠️ Это не цена. Отправьте число, например <code>{ $example }</code>.
staff-ask-new-price =
    🏷 <b>{ $item }</b> стоит { $price }.

    Отправьте новую цену в { $currency }.
staff-price-set = ✅ <b>{ $item }</b> теперь стоит <b>{ $price }</b>.
staff-ask-stock =
    📦 <b>{ $item }</b>

    Отправьте значения, по одному в строке, сообщением или файлом: <b>.txt</b>, <b>.csv</b> или <b>.json</b>, до 100 000 значений и 20 МБ (длинный список — только файлом: длинные сообщения Telegram разрезает).

    Ваше сообщение я удалю, как только значения будут сохранены.
staff-ask-value =
    ♾ <b>{ $item }</b>

    Отправьте одно значение, которое получит каждый покупатель, сообщением или файлом <b>.txt</b>. Оно заменит нынешнее.

    Ваше сообщение я удалю, как только значение будет сохранено.
staff-stock-result =
    📦 <b>{ $item }</b>

    Добавлено: <b>{ $added }</b>
    Уже известны: { $known }
    Повторы в списке: { $repeated }
    Не подошли: { $invalid }
staff-stock-more = Отправьте ещё или нажмите «Готово».
key-done = ✅ Готово
staff-stock-empty = ⚠️ Здесь нет ни одного значения.
staff-stock-long-message = ⚠️ Такое длинное сообщение Telegram мог разрезать посреди значения. Отправьте список файлом .txt, пожалуйста. Ничего не добавлено.
staff-stock-bad-file = ⚠️ Нужен обычный текстовый файл в UTF-8, до 20 МБ. Ничего не добавлено.
staff-stock-partly = ⚠️ Список добавлен не весь; отправьте его ещё раз, уже добавленное не повторится.
staff-item-title = <b>{ $name }</b>
staff-item-stock = 📦 На складе: { $stock }
staff-no-items = Сначала добавьте категорию.
alert-draft-lost = Эта запись слишком старая, первые ответы я уже не помню. Начните, пожалуйста, заново.

## Channels to join

join-ask =
    📣 <b>Сначала один шаг</b>

    Подпишитесь и нажмите «Я подписался».
key-join = 📣 { $channel }
key-join-numbered = 📣 Канал { $number }
key-joined = ✅ Я подписался
toast-not-joined = Telegram пока не видит вас там.

## The channel of user data

plain-new-people = 🆕 Новые люди

## People, for staff

key-people = 👥 Люди
people-title = 👥 <b>Люди</b>, сначала новые
people-title-new = 👥 <b>Люди за последние 7 дней</b>
people-title-blocked = 👥 <b>Заблокированные</b>
people-title-unreachable = 👥 <b>Те, до кого сообщения не доходят</b>
people-none = Здесь никого нет.
key-people-all = Все
key-people-new = 🆕 7 дней
key-people-blocked = 🚫 Блок
key-people-unreachable = 🔕 Недоступны
key-people-newer = ‹ Новее
key-people-older = Раньше ›
key-person-blocked = 🚫 { $name }
key-person-unreachable = 🔕 { $name }
key-find-person = 🔎 Найти
find-person-ask = 🔎 Пришлите id или @username.
find-person-none = ⚠️ Никто с таким id или именем боту не писал.
person-title = 👤 <b>{ $name }</b>
person-id = ID: <code>{ $id }</code>
person-username = @{ $username }
person-language = Язык: { $language }
person-registered = В магазине с { $time }
person-reachable = 🔔 Сообщения доходят
person-unreachable = 🔕 Сообщения не доходят с { $time }
person-blocked = 🚫 <b>Доступ закрыт</b> с { $time }, кем: <code>{ $staff }</code>
person-reason = Причина: { $reason }
key-block = 🚫 Заблокировать
key-unblock = ✅ Разблокировать
block-ask-why =
    🚫 <b>Заблокировать { $name }?</b>

    Пришлите причину, от 3 до 200 символов; она сохранится. После этого человек ничего не сможет здесь сделать, но оплаченное всё равно придёт.
block-bad-reason = ⚠️ В причине должно быть от 3 до 200 символов.
block-ask =
    🚫 <b>Заблокировать { $name }?</b>

    Причина: { $reason }
key-block-yes = 🚫 Да, заблокировать
block-done = 🚫 Доступ закрыт: <b>{ $name }</b>.
unblock-ask = ✅ <b>Снова открыть доступ: { $name }?</b>
key-unblock-yes = ✅ Да, разблокировать
unblock-done = ✅ Доступ снова открыт: <b>{ $name }</b>.
alert-person-missing = Никто с таким id боту не писал.
alert-not-above = Нельзя сделать это с собой или с тем, у кого прав столько же или больше.
alert-blocked = 🚫 Ваш доступ к этому магазину закрыт.
toast-outdated = Сессия устарела. Показываю, как всё обстоит сейчас.
key-statistics = 📊 Статистика
key-refresh = 🔄 Обновить
statistics-title = 📊 <b>Статистика</b>
statistics-people = 👥 Людей: <b>{ $people }</b>
statistics-people-new = Новых сегодня: { $today }, за 7 дней: { $week }
statistics-people-blocked = Заблокировано: { $blocked }
statistics-people-unreachable = Недоступны: { $unreachable }

## The catalogue, for staff

key-staff-item-gone = 🔴 { $name } · { $stock }
key-staff-edit = ✏️ Изменить
key-staff-edit-category = ✏️ Эта категория
key-staff-name = ✏️ Название
key-staff-description = 📝 Описание
key-staff-picture = 🖼 Картинка
key-staff-no-picture = ✖️ Без картинки
key-staff-move = 📂 Переместить
key-staff-here = ✅ Сюда
key-staff-kind = 🔀 Как продаётся
key-staff-archive = 🗄 В архив
key-staff-archived = 🗄 Архив
key-staff-archived-items = 🗄 Товары в архиве
key-staff-archived-categories = 🗄 Категории в архиве
key-staff-restore = ↩️ { $name } · { $time }
key-staff-category-below = ➕ Категория внутри
staff-category-title = 📂 <b>{ $name }</b>
staff-sold-limited = 🔢 Продаётся поштучно
staff-sold-unlimited = ♾ Все получают одно и то же
staff-item-changed = ✅ Товар <b>{ $name }</b> изменён.
staff-category-changed = ✅ Категория <b>{ $name }</b> изменена.
staff-ask-new-name =
    ✏️ <b>{ $name }</b>

    Отправьте новое название, от 1 до 100 символов.
staff-ask-new-description =
    📝 <b>{ $name }</b>

    Отправьте новое описание, до 2000 символов.
staff-ask-picture =
    🖼 <b>{ $name }</b>

    Отправьте картинку, именно как фото, а не файлом. Если описание длиннее тысячи символов, Telegram не найдёт для картинки места.
staff-bad-picture = ⚠️ Здесь нужна картинка, отправленная как фото.
staff-ask-category-below =
    📂 <b>{ $name }</b>

    Отправьте название новой категории внутри неё, от 1 до 100 символов.
staff-ask-to-unlimited =
    🔀 Пусть теперь все покупатели товара <b>{ $name }</b> получают одно и то же?

    Штуки со склада останутся в стороне и снова будут продаваться, если вернуть как было. Потом я спрошу общее значение.
staff-ask-to-limited =
    🔀 Продавать теперь <b>{ $name }</b> поштучно?

    Штуки, что лежали на складе раньше, сразу снова продаются. Общее значение не забудется.
staff-move-to-top =
    📂 <b>Куда?</b>

    Это самый верх магазина.
staff-move-into =
    📂 <b>Куда?</b>

    Это <b>{ $name }</b>.
staff-ask-archive-item =
    🗄 Убрать <b>{ $name }</b> из магазина?

    Ничего не удаляется: товар можно вернуть вместе со складом, а покупатели сохранят купленное.
staff-ask-archive-category =
    🗄 Убрать категорию <b>{ $name }</b> из магазина?

    Ничего не удаляется: её можно вернуть.
staff-ask-archive-contents =
    🗄 Категория <b>{ $name }</b> не пуста. Вместе с ней уйдут:

    категории: <b>{ $categories }</b>
    товары: <b>{ $items }</b>

    Ничего не удаляется: всё вернётся вместе с ней.
staff-archived-items =
    🗄 <b>Товары в архиве</b>

    Нажмите на товар, чтобы вернуть его.
staff-archived-categories =
    🗄 <b>Категории в архиве</b>

    Нажмите на категорию, чтобы вернуть её со всем, что ушло с ней.
staff-archived-none =
    🗄 <b>Архив</b>

    Здесь пусто.
toast-archived = Убрано из магазина
toast-restored = Снова в магазине

## Orders, for staff

key-staff-find-order = 🧾 Найти заказ
key-staff-by-value = 🔑 По значению
key-staff-by-number = 🧾 По номеру
key-staff-reveal = 🔓 Показать товар
staff-ask-order-number = 🧾 Отправьте номер заказа, как он написан в чеке.
staff-ask-value-sold =
    🔑 Отправьте значение, и я скажу, что с ним стало.

    Ваше сообщение я удалю. Останется только запись, что вы спрашивали; самого значения в ней нет.
staff-ask-reason =
    🔓 Зачем вам нужно увидеть этот товар? Отправьте причину, от 3 до 200 символов.

    Она сохранится вместе с вашим именем.
staff-bad-reason = ⚠️ Это не подходит. В причине от 3 до 200 символов, одной строкой.
staff-order-missing = ⚠️ Заказа с таким номером нет.
staff-order-title = 🧾 Заказ <code>{ $number }</code>
staff-order-delivered = ✅ Выдан
staff-order-open = ⏳ Оформляется
staff-order-released = ↩️ Отменён, деньги не списаны
staff-order-buyer = Покупатель: <code>{ $id }</code>
staff-order-file = 📎 { $name }
staff-order-seen = Покупатель увидел товар: { $time }
staff-order-unseen = Покупатель товар ещё не видел
staff-unit-free = 📦 На складе, ни у кого его нет.
staff-unit-reserved = ⏳ Отложено для заказа <code>{ $number }</code>.
staff-unit-sold = ✅ Продано с заказом <code>{ $number }</code>.
staff-unit-shared = ♾ Его получает каждый покупатель товара.
staff-unit-withdrawn = 🗄 Снято с продажи; кто купил, у того осталось.

## What can go wrong

alert-try-again = Сейчас кое-что недоступно. Попробуйте ещё раз через минуту.
alert-too-fast = Чуть помедленнее, пожалуйста. Попробуйте через минуту.
alert-not-allowed = Это только для сотрудников.
alert-unusable = Это не подходит. Проверьте и отправьте ещё раз, пожалуйста.
alert-out-of-stock = Распродано: кто-то успел раньше. Деньги не списаны.
alert-item-missing = Этого товара в магазине больше нет.
alert-category-missing = Этой категории в магазине больше нет.
alert-order-missing = Такого заказа у вас нет. Деньги за него не списаны.
alert-category-too-deep = Категории вкладываются друг в друга не больше чем на четыре уровня.
alert-category-cycle = Категорию нельзя переместить в неё саму или в то, что в ней лежит.
alert-category-not-empty = В этой категории что-то изменилось. Посмотрите ещё раз, пожалуйста.
alert-category-archived = Категория, в которой это лежало, в архиве. Сначала верните её, пожалуйста.
alert-order-not-delivered = По этому заказу ничего не продано.
alert-unit-missing = Такого значения в магазине никогда не было.
alert-name-taken = Это название занято. Отправьте другое, пожалуйста.
alert-one-value = У товара без ограничений ровно одно значение. Отправьте его одним сообщением или файлом.
alert-price-changed = Цена только что изменилась. Откройте товар ещё раз, пожалуйста.
alert-insufficient-funds = На балансе не хватает денег.
alert-promo-missing = Такого кода нет. Проверьте его, пожалуйста.
alert-promo-inactive = Этот код выключен.
alert-promo-expired = Этот код больше не действует: его последний день прошёл.
alert-promo-exhausted = Этот код уже исчерпан.
alert-promo-used = Вы уже использовали этот код.
alert-promo-wrong-item = Этот код на другой товар.
alert-promo-wrong-category = Этот код на другую категорию.
alert-promo-not-discount = Этот код пополняет баланс. Активируйте его в профиле.
alert-promo-not-balance = Этот код даёт скидку. Примените его на странице товара.
alert-promo-too-many = Слишком много неверных кодов. Попробуйте позже.
alert-promo-taken = Такой код уже создавали. Отправьте другой, пожалуйста.
alert-promo-binding-gone = Того, на что действует этот код, в магазине больше нет.
alert-cart-full = Корзина полна: не больше десяти товаров. Оформите заказ или уберите что-нибудь.
alert-cart-empty = Корзина пуста.
alert-invoice-missing = Такого счёта у вас нет.
alert-amount-refused = На эту сумму пополнить нельзя. Выберите, пожалуйста, другую.
alert-method-off = Этот способ оплаты отключён. Выберите, пожалуйста, другой.
alert-provider-failed = Платёжный сервис не отвечает. Попробуйте через минуту или выберите другой способ.
alert-too-many-invoices = У вас слишком много открытых счетов. Оплатите один из них или дождитесь, пока истечёт их срок.
alert-unknown = На нашей стороне что-то сломалось. Если повторится, сообщите поддержке: { $reference }
