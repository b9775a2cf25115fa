-- A shop of some years: what is usual, and every oddity that its tables let in.
insert into roles (id, name, "default", permissions) values
    (1, 'USER', true, 1),
    (2, 'ADMIN', false, 927),
    (3, 'OWNER', false, 1023),
    (4, 'Склад <&">', false, 16),
    (5, 'BOSS', false, 1023),
    (6, 'admin', false, 129);

insert into users (telegram_id, role_id, balance, referral_id, registration_date, is_blocked) values
    (1000, 3, 0, null, '2024-01-01 10:00+03', false),          -- the owner
    (2001, 1, 150.50, null, '2024-01-02 10:00+03', false),     -- a buyer
    (2002, 2, 750.20, null, '2024-01-03 10:00+03', false),     -- staff who buys
    (2003, 4, 0, null, '2024-01-04 10:00+03', null),
    (2004, 3, 0, null, '2024-01-05 10:00+03', false),          -- a second owner
    (2005, 1, 3.00, null, '2024-01-06 10:00+03', true),        -- shut out
    (2006, 1, -5.00, null, '2024-01-07 10:00+03', false),      -- owes
    (2007, 1, 7.66, 2001, '2024-01-08 10:00+03', false),       -- invited
    (2008, 5, 0, null, '2024-01-09 10:00+03', false),
    (2009, null, 9999999999.99, null, '2024-01-10 10:00+03', false),
    (2010, 6, 0, 2007, '2024-01-11 10:00+03', false),
    (0, 1, 1.00, null, '2024-01-12 10:00+03', false),          -- nobody in Telegram
    (4503599627370496, 1, 0.01, null, '2024-01-13 10:00+03', false);

insert into categories (id, name) values
    (1, 'Игры'),
    (2, 'ИГРЫ'),
    (3, repeat('я', 100)),
    (4, '<&">');

insert into goods (id, name, price, description, category_id) values
    (1, 'Ключ <&">', 99.90, 'One key, <b>bold</b>', 1),
    (2, repeat('ж', 100), 10.00, '', 3),
    (3, 'VPN', 50.00, 'Everybody gets the same', 4),
    (4, 'vpn', 20.00, 'Small letters', 4),
    (5, 'Broken', -5.00, 'Below nothing', 2),
    (6, E'Line\nbreak', 0.00, repeat('long ', 500), 2);

insert into item_values (id, item_id, value, is_infinity) values
    (1, 1, 'KEY-FREE-1', false),
    (2, 1, 'KEY-FREE-2', false),
    (3, 1, 'KEY-SOLD-1', false),                               -- listed again after it was sold
    (4, 2, 'KEY-FREE-1', false),                               -- in stock of two items
    (5, 3, 'https://vpn.example/shared', true),
    (6, 3, 'a second value for everybody', true),
    (7, 4, E'  padded\n', false),
    (8, 5, 'of a broken item', false),
    (9, 1, '', false),
    (10, 1, null, false),
    (11, 6, 'FREE-GIFT', false);

insert into bought_goods (id, item_name, value, price, buyer_id, bought_datetime, unique_id) values
    (1, 'Ключ <&">', 'KEY-SOLD-1', 99.90, 2001, '2024-02-01 12:00+03', 4611686018427387904),
    (2, 'Ключ <&">', 'KEY-SOLD-2', 99.90, 2002, '2024-02-02 12:00+03', 1234567890),
    (3, 'VPN', 'https://vpn.example/shared', 50.00, 2001, '2024-02-03 12:00+03', 12345678903),
    (4, 'VPN', 'https://vpn.example/shared', 50.00, 2002, '2024-02-04 12:00+03', 12345678904),
    (5, 'Gone item', 'GONE-1', 30.00, null, '2024-02-05 12:00+03', 12345678905),
    (6, 'Gone item', 'KEY-SOLD-2', 12.34, 2007, '2024-02-06 12:00+03', 12345678906),
    (7, 'VPN', 'an older shared value', 40.00, 2001, '2024-02-07 12:00+03', 12345678907),
    (8, 'VPN', 'an older shared value', 40.00, 2007, '2024-02-08 12:00+03', 12345678908),
    (9, 'Ключ <&">', 'NEGATIVE', -1.00, 2001, '2024-02-09 12:00+03', 12345678909),
    (10, E'Line\nbreak', 'FREE-0', 0.00, 2001, '2024-02-10 12:00+03', 42),
    (11, 'Ключ <&">', 'KEY-SOLD-3', 1.00, 0, '2024-02-11 12:00+03', 12345678911),
    (12, 'Broken', 'BROKEN-1', 5.00, 2002, '2024-02-12 12:00+03', 12345678912);

insert into operations (id, user_id, operation_value, operation_time) values
    (1, 2001, 500.00, '2024-01-20 12:00+03'),
    (2, 2001, -20.00, '2024-01-21 12:00+03'),
    (3, 2001, 0.01, '2024-01-22 12:00+03'),
    (4, 2001, 0.00, '2024-01-23 12:00+03'),
    (5, 2002, 1000.00, '2024-01-24 12:00+03'),
    (6, 2007, 100.00, '2024-01-25 12:00+03'),
    (7, null, 5.00, '2024-01-26 12:00+03');

insert into referral_earnings
    (id, referrer_id, referral_id, amount, original_amount, created_at)
values
    (1, 2001, 2007, 10.00, 100.00, '2024-01-25 12:00:01+03'),
    (2, 2001, 2007, 0.00, 0.05, '2024-01-25 13:00+03'),
    (3, 2001, 2007, 1.00, 0.00, '2024-01-25 14:00+03');

insert into payments
    (id, provider, external_id, user_id, amount, currency, status, updated_at)
values
    (1, 'telegram', 'old-card', 2002, 3.00, 'USD', 'succeeded', '2023-01-01 12:00+03'),
    (2, 'cryptopay', '101', 2001, 500.00, 'RUB', 'succeeded', '2024-01-20 12:00+03'),
    (3, 'stars', 'charge-1', 2002, 1000.00, 'RUB', 'succeeded', '2024-01-24 12:00+03'),
    (4, 'cryptopay', '102', 2001, 70.00, 'RUB', 'pending', '2024-01-24 13:00+03'),
    (5, 'cryptopay', '103', 2001, 70.00, 'RUB', 'failed', '2024-01-24 14:00+03'),
    (6, 'cryptopay', '104', null, 5.00, 'RUB', 'succeeded', '2024-01-26 12:00+03');

insert into promo_codes
    (id, code, discount_type, discount_value, max_uses, current_uses, expires_at, category_id,
     item_id)
values
    (1, 'SALE10', 'percent', 10.00, 5, 3, null, null, null),
    (2, 'FIXED', 'fixed', 15.50, 0, 0, '2024-03-01 00:00+00', null, null),
    (3, 'GIFT', 'balance', 100.00, 1, 1, null, null, null),
    (4, 'СКИДКА', 'percent', 5.00, 0, 0, null, null, null),
    (5, 'sale10', 'percent', 20.00, 0, 0, null, null, null),
    (6, 'BOTH', 'percent', 12.50, 0, 0, null, 1, 1),
    (7, 'ZERO', 'percent', 0.00, 0, 0, null, null, null),
    (8, 'USEDUP', 'fixed', 5.00, 2, 2, null, null, null),
    (9, 'ODD', 'cashback', 5.00, 0, 0, null, null, null),
    (10, 'BROKEN', 'fixed', 5.00, 0, 0, null, null, 5);

insert into promo_code_usages (id, promo_id, user_id, used_at) values
    (1, 1, 2001, '2024-02-01 12:00+03'),
    (2, 1, 2002, '2024-02-02 12:00+03'),
    (3, 3, 2001, '2024-02-03 12:00+03'),
    (4, 4, 2007, '2024-02-04 12:00+03');

insert into cart_items (id, user_id, item_name, promo_code, added_at) values
    (1, 2001, 'VPN', 'BOTH', '2024-03-01 12:00+03'),
    (2, 2001, 'VPN', null, '2024-03-01 12:01+03'),
    (3, 2001, 'Ключ <&">', 'both', '2024-03-01 12:02+03'),
    (4, 2001, 'Gone item', null, '2024-03-01 12:03+03'),
    (5, 2002, 'vpn', 'NOSUCH', '2024-03-02 12:00+03');

insert into reviews (user_id, item_name, rating, text) values
    (2001, 'VPN', 5, 'Good <&">'),
    (2002, 'VPN', 1, null),
    (2007, 'Gone item', 3, 'so so');

insert into audit_log (action, details) values ('purchase', 'x'), ('block_user', 'y');

select setval(pg_get_serial_sequence(t, 'id'), 1000)
from unnest(array['roles', 'categories', 'goods', 'item_values', 'bought_goods', 'operations',
                  'payments', 'referral_earnings', 'promo_codes', 'promo_code_usages',
                  'cart_items']) as t;
