# What staff read about stock, in Russian.

## The stock in the hands of staff

notice-low =
    📉 <b>{ $item }</b> заканчивается

    Осталось: <b>{ $left }</b> (вы просили сказать при { $low })
notice-channel-forbidden =
    📣 <b>Канал новостей не пускает бота</b>

    Канал <code>{ $channel }</code>: бот в нём не состоит или удалён. Добавьте его администратором с правом публиковать сообщения.
notice-channel-not-found =
    📣 <b>Такого канала новостей нет</b>

    Telegram не знает канала <code>{ $channel }</code>. Проверьте shop.channel_id (CHANNEL_ID) — он начинается с -100 — или имя в shop.channel_url (CHANNEL_URL).
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
staff-rules-low = Владелец узнает, когда останется <b>{ $low }</b> или меньше
staff-rules-never-low = О том, что товар кончается, никто не узнает
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
staff-ask-low-at = При каком остатке сообщить владельцу? Отправьте число до 1 000; 0 — никогда.
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
