# Что сотрудники читают и нажимают в рассылках и переписках, по-русски.

key-broadcasts = 📣 Рассылки
broadcasts-title =
    📣 <b>Рассылки</b>

    📝 черновик · 🕒 запланирована · ▶️ идёт · ✅ завершена · ⏹ остановлена
broadcasts-empty =
    📣 <b>Рассылки</b>

    Пока ни одной. Напишите первую.
key-broadcast-new = ✍️ Новая рассылка
broadcast-ask-message =
    <b>Новая рассылка, 1 из 3.</b> Пришлите сообщение в том виде, в каком его увидят все: текст с оформлением до 4096 символов или фото с подписью до 1024.

    Пока никому ничего не отправлено.
broadcast-bad-message = ⚠️ Нужен текст или фото, отправленное как фото.
broadcast-too-long = ⚠️ Слишком длинно: не больше { $most } символов.
broadcast-ask-buttons =
    <b>Новая рассылка, 2 из 3.</b> Нужны ли кнопки под сообщением? Пришлите по одной на строке, не больше 10:

    <code>Надпись | https://example.com</code>
broadcast-bad-buttons = ⚠️ В каждой строке нужны надпись от 1 до 64 символов, знак | и адрес; не больше 10 строк.
key-broadcast-no-buttons = Без кнопок
broadcast-ask-audience = <b>Новая рассылка, 3 из 3.</b> Для кого она? Кто заблокировал бота или сам заблокирован, её не получит.
key-to-everybody = 👥 Для всех
key-to-buyers = 🛒 Покупатели
key-to-without-purchase = 🌱 Без покупок
key-to-inactive = 💤 Давно не заходили…
key-to-spent-over = 💰 Потратили больше…
key-to-bought = 📦 Купили товар…
key-to-speaking = 🌐 { $locale }
broadcast-ask-days = 💤 Сколько дней они не заходили? Пришлите число от 1 до 3650.
broadcast-bad-days = ⚠️ Это не число от 1 до 3650.
broadcast-ask-spent = 💰 Больше какой суммы должны были потратить всего? Пришлите сумму в { $currency }.
broadcast-ask-category = 📦 Что они купили? Выберите категорию.
broadcast-ask-item = 📦 Что они купили в категории <b>{ $category }</b>?
plain-to-everybody = все
plain-to-buyers = покупатели
plain-to-without-purchase = те, кто ничего не покупал
plain-to-inactive =
    { $days ->
        [one] не заходили больше { $days } дня
        [few] не заходили больше { $days } дней
       *[many] не заходили больше { $days } дней
    }
plain-to-spent-over = потратили больше { $amount }
plain-to-bought = купили «{ $item }»
plain-to-speaking = язык { $locale }
plain-at-least = { $people } или больше
plain-broadcast-draft = черновик
plain-broadcast-scheduled = запланирована
plain-broadcast-spreading = начинается
plain-broadcast-sending = идёт
plain-broadcast-done = завершена
plain-broadcast-cancelled = остановлена
broadcast-title = 📣 <b>Рассылка</b> · { $state }
broadcast-whom = Для кого: { $whom }
broadcast-people = Людей сейчас: <b>{ $people }</b>
broadcast-starts = Начало: <b>{ $time }</b>
broadcast-with-photo = 🖼 С фото
broadcast-with-buttons = 🔘 Кнопок: { $count }
key-broadcast-preview = 👁 Прислать мне
key-broadcast-send = 📣 Отправить
key-broadcast-later = 🕒 Позже
key-broadcast-discard = 🗑 Удалить
toast-broadcast-preview = Сейчас придёт
broadcast-ask-send =
    📣 Отправить это сейчас?

    Для кого: { $whom }
    Людей: <b>{ $people }</b>
key-broadcast-send-yes = 📣 Да, отправить
broadcast-ask-time =
    🕒 Когда начать? Пришлите время в поясе { $zone }, например <code>2026-12-31 18:00</code>.
broadcast-bad-time = ⚠️ Это не время в ближайшие 366 дней, как <code>2026-12-31 18:00</code>.
broadcast-ask-discard = 🗑 Удалить эту рассылку? Вернуть её нельзя.
broadcast-ask-stop = ⏹ Остановить рассылку? Её уже получили: { $sent }. Продолжить потом нельзя.
key-broadcast-stop = ⏹ Остановить
key-broadcast-stop-yes = ⏹ Да
key-broadcast-go-on = ← Нет
key-broadcast-open = 📣 Открыть
broadcast-sent = ✅ Отправлено: <b>{ $sent }</b> из { $people }
broadcast-unreachable = 🔕 Недоступны: { $count }
broadcast-failed = ✖️ Не удалось: { $count }
broadcast-in-doubt = ❔ Под вопросом: { $count }
broadcast-left = ⏹ Не отправлено: { $count }
broadcast-took = ⏱ { $minutes } мин { $seconds } с
notice-broadcast-over = 📣 <b>Ваша рассылка завершена</b>
alert-broadcast-missing = Такой рассылки больше нет.
alert-broadcast-over = Эта рассылка остановлена окончательно.
alert-broadcast-taken = Эта рассылка чужая или уже отправлена.

## Переписки

key-tickets = 💬 Переписки
key-ticket-open = 💬 Открыть
key-ticket-write = ✉️ Написать
tickets-title =
    💬 <b>Переписки</b>

    🔴 ждёт ответа · 🟢 отвечено · ⚪️ закрыта
tickets-empty =
    💬 <b>Переписки</b>

    Пока никто не писал.
staff-ticket-title = 💬 <b>{ $name }</b>, ID <code>{ $id }</code>
staff-ticket-none = Пока ничего не написано.
staff-ticket-since = { $state } с { $time }
plain-ticket-waits = ждёт ответа
plain-ticket-answered = отвечено
plain-ticket-closed = закрыта
staff-ticket-person = <b>{ $name }</b>, { $time }
staff-ticket-staff = 🛠 <b>{ $name }</b>, { $time }
staff-ticket-ask = Пришлите текст до 2000 символов, и бот его передаст.
notice-ticket-written = 💬 <b>{ $name }</b> пишет и ждёт ответа.
notice-ticket-waits = ⏰ <b>{ $name }</b> ждёт ответа с { $time }.
key-person = 👤 Карточка
