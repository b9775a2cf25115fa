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
key-item-not-yet = { $name } · скоро
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
item-not-yet = ⏳ Пока не продаётся
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
no-money-come-back = Пополните баланс и возвращайтесь: это займёт минуту.
no-money-buy-on = Пополните баланс — и покупка завершится сама, как только придут деньги.
no-money-least = ℹ️ Наименьшее пополнение — { $min }; что останется, будет на вашем балансе.
no-money-most = ℹ️ За один раз можно пополнить не больше чем на { $max }: пополните несколько раз.
no-money-brief =
    💳 <b>На балансе не хватает денег</b>

    Ничего не списано. Пополните баланс и возвращайтесь: это займёт минуту.
key-top-up-missing = 💳 Пополнить на { $amount }
key-buy-on = 💳 Пополнить на { $amount } и купить
key-buy-on-cancel = ✖️ Не покупать автоматически
buy-on-promised =
    🛒 Как только придут деньги, товар <b>{ $item }</b> купится автоматически за <b>{ $price }</b> и придёт прямо сюда.

    Если цена изменится или товар закончится, ничего не спишется, деньги останутся на балансе. Так будет до { $until }.
buy-on-promised-cart =
    🛒 Как только придут деньги, вся корзина купится автоматически за <b>{ $price }</b> и придёт прямо сюда.

    Если в ней что-то изменится, ничего не спишется, деньги останутся на балансе. Так будет до { $until }.
buy-on-goes-on = 🛒 Если этого хватает, покупка через мгновение завершится сама.
buy-on-stopped = ⚠️ Деньги пришли, но товар <b>{ $item }</b> не куплен.
buy-on-stopped-cart = ⚠️ Деньги пришли, но корзина не куплена.
buy-on-late = Они пришли позже, чем покупка их ждала.
buy-on-price = Цена была { $before }, стала <b>{ $now }</b>.
buy-on-money-stays = Ничего не списано: все деньги на вашем балансе.
buy-on-forgotten = ⚠️ Деньги пришли, но то, что вы хотели купить, не куплено. Ничего не списано: все деньги на вашем балансе.
alert-buy-on-busy = Деньги только что пришли, покупка завершается. Загляните сюда через мгновение.
toast-buy-on-cancelled = Автоматически ничего не купится
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
profile-refunded = Всего возвращено: { $refunded }
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
history-opening = перенесено из прежнего магазина

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
referral-details =
    Пополнили хотя бы раз: { $active }
    Сумма их пополнений: { $topped }
    Начислений: { $credits }
key-invited-people = 👥 Кого пригласили
key-earnings = 💸 Начисления
key-invited-person = { $person } · { $earned }
invited-people =
    👥 <b>Приглашённые друзья</b>

    { $count ->
        [one] { $count } человек: откройте, чтобы увидеть начисления.
        [few] { $count } человека: откройте любого, чтобы увидеть начисления.
       *[many] { $count } человек: откройте любого, чтобы увидеть начисления.
    }
invited-nobody =
    👥 <b>Приглашённые друзья</b>

    Пока никого.
earnings-title = 💸 <b>Начисления</b>
earnings-title-by = 💸 <b>Начисления: { $person }</b>
earnings-count =
    { $count ->
        [one] { $count } начисление.
        [few] { $count } начисления.
       *[many] { $count } начислений.
    }
earnings-none = Пока ничего.
key-earning = { $time } · { $amount }
key-earning-by = { $time } · { $amount } · { $person }
earning-title = 💸 <b>{ $amount }</b>
earning-from = От: { $person }
earning-top-up = Пополнение друга: { $amount }
earning-time = Когда: { $time }
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

## How many, and waiting for what is sold out

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

## Channels to join

join-ask =
    📣 <b>Сначала один шаг</b>

    Подпишитесь и нажмите «Я подписался».
key-join = 📣 { $channel }
key-join-numbered = 📣 Канал { $number }
key-joined = ✅ Я подписался
key-ticket = ✍️ Написать нам
ticket-title = 💬 <b>Ваша переписка с нами</b>
ticket-none = Напишите, в чём дело: текст до 2000 символов. Его прочитает человек и ответит здесь.
ticket-open = ⏳ Мы получили сообщение и ответим здесь.
ticket-answered = Можно ответить текстом.
ticket-closed = Переписка закрыта. Новый текст откроет её снова.
ticket-you = <b>Вы</b>, { $time }
ticket-us = <b>Мы</b>, { $time }
ticket-bad-text = ⚠️ Нужен текст от 1 до 2000 символов.
key-ticket-close = ✅ Вопрос решён
alert-ticket-full = Подождите, пожалуйста, нашего ответа, прежде чем писать ещё.
key-reward = 🎁 { $amount } за подписку
reward-title =
    🎁 <b>{ $amount } за подписку на каждый канал</b>

    За каждый канал один раз. Подпишитесь, вернитесь и нажмите кнопку.
plain-channel-numbered = Канал { $number }
reward-open = ▫️ { $channel }
reward-done = ✅ { $channel }
toast-rewarded = { $amount } на балансе
toast-not-joined = Telegram пока не видит вас там.

## The channel of user data

plain-new-people = 🆕 Новые люди

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
alert-value-known = Это значение есть или было у другого товара либо продаётся поштучно, поэтому выдавать его всем нельзя. Ничего не изменилось.
alert-quantity = В одном заказе этого товара — от { $least } до { $most }. Ничего не списано.
alert-person-limit = У вас уже { $most } — больше одному человеку нельзя. Ничего не списано.
alert-person-limit-left = Одному человеку можно { $most }: вы можете купить ещё { $left }. Ничего не списано.
alert-unit-not-free = Эта единица уже у кого-то или покупается.
alert-item-has-stock = У этого товара уже был запас другого вида. Создайте для него новый товар.
alert-files-wanted = Этот товар продаёт файлы. Пришлите документ.
alert-values-wanted = Этот товар продаёт значения. Пришлите текст.
alert-file-missing = Этого файла в заказе нет.
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
