# What staff read and press, in Russian.

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
promo-bad-day = ⚠️ Это не дата, или этот день уже прошёл. Пришлите, например, <code>2026-12-31</code>.
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
plain-stock-no-value = значение не задано
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
staff-price-too-high = ⚠️ Наибольшая цена — <b>{ $largest }</b>.
staff-price-free = 🎁 Цена <b>0</b>: покупатели получат товар <b>бесплатно</b>.
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
staff-value-set =
    ♾ <b>{ $item }</b>

    ✅ Значение задано: теперь его получит каждый покупатель.
staff-value-replaced =
    ♾ <b>{ $item }</b>

    ✅ Значение заменено: теперь каждый покупатель получит новое. У тех, кто купил раньше, остаётся прежнее.
staff-value-unchanged =
    ♾ <b>{ $item }</b>

    ℹ️ Это и есть нынешнее значение. Ничего не изменилось.
staff-value-unusable =
    ♾ <b>{ $item }</b>

    ⚠️ Значение — это текст не длиннее 16 КБ. Ничего не изменилось.
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

## People, for staff

key-people = 👥 Люди
people-title = 👥 <b>Люди</b>, сначала новые
people-title-new = 👥 <b>Люди за последние 7 дней</b>
people-title-blocked = 👥 <b>Заблокированные</b>
people-title-unreachable = 👥 <b>Те, до кого сообщения не доходят</b>
people-none = Здесь никого нет.
key-people-all = Все
key-people-new = 🆕 7 дней
key-people-blocked = 🚫 В блоке
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
statistics-sales-today = 🛒 <b>Продажи сегодня</b>
statistics-sales-ever = 🛒 <b>Продажи за всё время</b>
statistics-revenue = { $amount }, заказов: { $orders }
statistics-average = Средний заказ: { $amount }
statistics-buyers = Покупателей: { $buyers }, продано единиц: { $units }
statistics-shelves = 🗂 Категорий: <b>{ $categories }</b>, товаров: <b>{ $items }</b>
statistics-free-units = Единиц на складе: { $units }
statistics-roles = 🛡 <b>Роли</b>
statistics-role = • { $role }: { $members }

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

## Staff and money

key-proposals = 👀 Ждут подтверждения
key-money-stats = 📊 Деньги
key-recount = 🔄 Обновить
person-named = <b>{ $name }</b>, ID <code>{ $id }</code>
person-numbered = ID <code>{ $id }</code>
key-person-wallet = 👛 Кошелёк
key-person-referrals = 🤝 Рефералы
person-wallet =
    👛 <b>Кошелёк</b>
    { $person }

    💰 Баланс: <b>{ $balance }</b>
person-wallet-others =
    Заработано на приглашениях: { $earned }
    Корректировки и подарки: { $other }
person-wallet-since = Кошелёк открыт { $time }
person-wallet-inviter = Пригласил: { $person }
person-referrals =
    🤝 <b>Рефералы</b>
    { $person }
key-adjust = ± Изменить баланс
adjust-ask-amount =
    ± { $person }

    Отправьте сумму в { $currency }: <code>+500</code> прибавит, <code>-500</code> спишет.
adjust-bad-amount = ⚠️ Это не сумма. Отправьте, например, <code>+500</code> или <code>-99,50</code>.
adjust-ask-reason =
    ± <b>{ $amount }</b>

    Почему? Отправьте причину, от 3 до 200 символов. Она сохранится навсегда.
adjust-bad-reason = ⚠️ В причине должно быть от 3 до 200 символов.
adjust-confirm = ± { $person }
adjust-change =
    Изменение: <b>{ $amount }</b>
    Баланс: { $before } → <b>{ $after }</b>
adjust-reason = Причина: { $reason }
adjust-needs-approval = 👀 Такая крупная сумма пройдёт, когда её подтвердит кто-то ещё.
key-adjust-make = ✅ Да, { $amount }
adjust-done =
    ✅ <b>{ $amount }</b>, готово.

    Баланс теперь: <b>{ $balance }</b>
adjust-pending = ⏳ Деньги ещё не сдвинулись: это должен подтвердить кто-то другой.
adjust-too-little = ⚠️ В кошельке столько нет. Ничего не изменилось.
proposals-title =
    👀 <b>Ждут подтверждения</b>

    { $count ->
        [one] { $count } корректировка ждёт второго человека.
        [few] { $count } корректировки ждут второго человека.
       *[many] { $count } корректировок ждут второго человека.
    }
proposals-none =
    👀 <b>Ждут подтверждения</b>

    Ничего не ждёт.
key-proposal = { $amount } · { $person }
proposal-title = 👀 <b>{ $amount }</b>
proposal-person = Кому: { $person }
proposal-by = Кто предлагает: { $person }
proposal-waits = Ждёт второго человека до { $time }.
proposal-was-approved = ✅ Подтверждено.
proposal-was-rejected = ✖️ Отклонено.
proposal-has-expired = ⌛️ Никто не решил вовремя.
key-approve = ✅ Подтвердить
key-reject = ✖️ Отклонить
key-withdraw = ✖️ Отозвать
proposal-approved =
    ✅ <b>Подтверждено и выполнено</b>

    Баланс теперь: <b>{ $balance }</b>
proposal-rejected = ✖️ <b>Отклонено</b>, деньги не двигались.
money-title = 📊 <b>Деньги</b>
money-today = <b>Пополнения сегодня</b>
money-in-total = <b>Пополнения за всё время</b>
money-sum = { $amount }, платежей: { $count }
money-method = • { $method }: { $amount }, { $count }
money-wallets =
    В кошельках: <b>{ $amount }</b>
    Из них отложено: { $held }
money-referral-cost = Выплачено за приглашения: { $amount }
money-suspense = 🔎 Платежей на разбор: { $count }
money-accounts = <b>Счета</b>, поступило минус ушло
money-account = <code>{ $account }</code>  { $balance }
alert-earning-missing = Такого начисления у вас нет.
alert-wallet-missing = Ни у кого с таким ID нет кошелька.
alert-out-of-reach = Деньги этого человека вам менять нельзя: ни свои, ни тех, у кого прав не меньше вашего.
alert-daily-limit = Это больше, чем вам можно провести за день. Ничего не изменилось.
alert-proposal-missing = Такого предложения нет.
alert-own-proposal = Ваше предложение должен подтвердить кто-то другой.
alert-proposal-decided = По этому предложению уже решили.
alert-proposal-expired = Никто не решил вовремя. Если это ещё нужно, предложите заново.

## Roles, maintenance, log

key-staff-roles = 🛡 Роли
key-staff-journal = 📜 Журнал
key-staff-maintenance = 🚧 Обслуживание
roles-title =
    🛡 <b>Роли</b>

    Что разрешает каждая и у кого она есть. 🔒 — те, что вам не изменить.
key-role = { $name } · { $members }
key-role-locked = 🔒 { $name } · { $members }
key-role-add = ➕ Роль
role-title = 🛡 <b>{ $name }</b>
role-members =
    { $count ->
        [one] Есть у { $count } человека.
        [few] Есть у { $count } человек.
       *[many] Есть у { $count } человек.
    }
role-members-everybody = Есть у всех, кому не дали другую роль.
role-allows = Разрешает:
role-right = • { $right }
plain-may-use = пользоваться магазином
plain-may-broadcast = рассылки
plain-may-settings = настройки и обслуживание
plain-may-users = люди: карточки, блокировка, история
plain-may-catalog = категории, товары и склад
plain-may-admins = роли и кому они даны
plain-may-owner = то, что может владелец
plain-may-stats = статистика и журнал
plain-may-balance = балансы: пополнить и списать
plain-may-promos = промокоды
key-role-rights = ✏️ Права
key-role-rename = 🏷 Название
key-role-members = 👥 У кого она есть
key-role-delete = 🗑 Удалить
key-role-delete-surely = 🗑 Да, удалить
key-role-create = ✅ Создать роль
key-role-save = ✅ Сохранить
key-right-on = ✅ { $right }
key-right-off = ▫️ { $right }
role-ask-name = <b>Новая роль.</b> Отправьте название, от 1 до 64 символов.
role-ask-rename = Отправьте новое название роли <b>{ $name }</b>, от 1 до 64 символов.
role-bad-name = ⚠️ Название роли — от 1 до 64 символов, в одну строку.
role-ask-rights =
    🛡 <b>{ $name }</b>

    Отметьте, что разрешает роль. Дать можно только то, что есть у вас.
role-created = ✅ Роль <b>{ $name }</b> создана.
role-saved = ✅ Роль <b>{ $name }</b> сохранена и уже действует.
role-ask-delete = 🗑 Удалить роль <b>{ $name }</b>? Вернуть её будет нельзя.
toast-role-deleted = Роль удалена
members-title =
    👥 У кого есть <b>{ $role }</b>

    Выберите человека, чтобы дать ему другую роль.
members-empty = 👥 <b>{ $role }</b> нет ни у кого.
plain-everybody = все
key-member = { $name } · { $id }
key-role-give = ➕ Дать кому-нибудь
role-ask-person = Отправьте Telegram ID человека, который получит <b>{ $role }</b>, например <code>123456789</code>.
role-bad-person = ⚠️ Это не Telegram ID.
assign-title =
    👤 { $who } (<code>{ $id }</code>): роль <b>{ $role }</b>.

    Какую дать вместо неё?
assign-ask = 👤 { $who } (<code>{ $id }</code>): роль <b>{ $before }</b>. Дать вместо неё <b>{ $role }</b>?
key-person-role = 🛡 Роль
key-assign = ✅ Дать
assign-done = ✅ { $who } (<code>{ $id }</code>): теперь роль <b>{ $role }</b>.
maintenance-sign =
    🚧 <b>Мы ненадолго закрылись</b>

    Загляните чуть позже. Платежи, которые уже в пути, всё равно придут на баланс.
maintenance-opened =
    🚧 <b>Обслуживание</b>

    Магазин открыт для всех.
maintenance-closed =
    🚧 <b>Обслуживание</b>

    Магазин закрыт для всех, кроме сотрудников. Платежи всё равно зачисляются.
maintenance-words = Ваши слова для покупателей:
maintenance-ask =
    🚧 Отправьте несколько слов для покупателей, до 500 символов, и я закрою магазин для всех, кроме сотрудников.

    Или закройте его без слов.
maintenance-bad-notice = ⚠️ Нужно от 1 до 500 символов.
key-maintenance-close = 🚧 Закрыть магазин
key-maintenance-silent = 🚧 Закрыть без слов
key-maintenance-open = ✅ Открыть магазин
key-maintenance-words = ✏️ Другие слова
journal-title = 📜 <b>Что делали сотрудники</b>
journal-problems-title = ⚠️ <b>Стоит взглянуть</b>
journal-empty = Ничего.
journal-entry = { $time } <code>{ $action }</code>
journal-problem = ⚠️ { $time } <code>{ $action }</code>
journal-who = { $who } → <code>{ $subject }</code>
journal-shop-itself = сам магазин
journal-about = о человеке { $who } (<code>{ $id }</code>)
journal-change = { $field }: { $before } → { $after }
journal-more-changes =
    { $count ->
        [one] и ещё { $count } изменение
        [few] и ещё { $count } изменения
       *[many] и ещё { $count } изменений
    }
journal-reason = <i>{ $reason }</i>
key-journal-older = Раньше ›
key-journal-newest = « Новые
key-journal-problems = ⚠️ Только стоящее внимания
key-journal-all = 📜 Всё
alert-maintenance = 🚧 Мы ненадолго закрылись, загляните чуть позже.
alert-role-missing = Такой роли больше нет.
alert-role-name-taken = Так уже называется другая роль. Отправьте другое название.
alert-built-in-role = Встроенные роли не меняются.
alert-role-in-use = Эта роль у кого-то есть. Сначала дайте им другую.
alert-right-lacking = В этой роли есть право, которого нет у вас: дать или изменить её вы не можете.
alert-all-rights = Все права сразу есть только у владельца. Уберите хотя бы одно.
alert-own-role = Себе роль не даёт никто.
alert-owner-role = Кто владелец, говорят настройки (OWNER_ID).
alert-outranked = Вы можете действовать только на тех, у кого прав меньше, чем у вас.
