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
key-staff-reveal = 👁 Показать
key-staff-withdraw = 🗑 Изъять
staff-unit-ask-reason =
    👁 <b>Единица №{ $unit }</b>

    Зачем её показать? Пришлите причину, от 3 до 200 знаков. Она сохранится вместе с вашим именем.
staff-bad-reason = ⚠️ В причине от 3 до 200 знаков.
staff-unit-ask-withdraw =
    🗑 <b>Изъять единицу №{ $unit }?</b>

    Она никогда не будет продана, а то же значение нельзя будет добавить снова.
key-staff-withdraw-yes = 🗑 Да, изъять
staff-unit-withdrawn = ✅ Единица №{ $unit } изъята.
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
alert-unit-missing = Такой единицы нет.
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

## What can go wrong

alert-try-again = Сейчас кое-что недоступно. Попробуйте ещё раз через минуту.
alert-too-fast = Чуть помедленнее, пожалуйста. Попробуйте через минуту.
alert-not-allowed = Это только для сотрудников.
alert-unusable = Это не подходит. Проверьте и отправьте ещё раз, пожалуйста.
alert-out-of-stock = Распродано: кто-то успел раньше. Деньги не списаны.
alert-item-missing = Этого товара в магазине больше нет.
alert-category-missing = Этой категории в магазине больше нет.
alert-order-missing = Такого заказа у вас нет. Деньги за него не списаны.
alert-name-taken = Это название занято. Отправьте другое, пожалуйста.
alert-one-value = У товара без ограничений ровно одно значение. Отправьте его одним сообщением или файлом.
alert-price-changed = Цена только что изменилась. Откройте товар ещё раз, пожалуйста.
alert-insufficient-funds = На балансе не хватает денег.
alert-invoice-missing = Такого счёта у вас нет.
alert-amount-refused = На эту сумму пополнить нельзя. Выберите, пожалуйста, другую.
alert-method-off = Этот способ оплаты отключён. Выберите, пожалуйста, другой.
alert-provider-failed = Платёжный сервис не отвечает. Попробуйте через минуту или выберите другой способ.
alert-too-many-invoices = У вас слишком много открытых счетов. Оплатите один из них или дождитесь, пока истечёт их срок.
alert-unknown = На нашей стороне что-то сломалось. Если повторится, сообщите поддержке: { $reference }
