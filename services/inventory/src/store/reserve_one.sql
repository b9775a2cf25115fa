-- Reserve one unit of limited stock, which nearly all orders ask for. A row where it is done; none, and nothing written,
-- where anything stands against it: reserve.sql says what. Whatever forbids an order there must forbid it here.
-- The constant limit is why it is apart: `limit $n` counts as a tenth of the stock, so that PostgreSQL would plan every
-- call anew, which costs as much as the sale.
-- $1 order, $2 number, $3 buyer, $4 item, $5 and $6 the price seen, $7 seconds until recovery.
with item as (
    select i.id, i.name, i.price_minor, i.currency
    from inventory.items i
    where i.id = $4 and i.archived_at is null and not i.unlimited
      and i.price_minor = $5 and i.currency = $6
      -- Of an item with a limit per person the other statement counts what the buyer has.
      and i.min_per_order = 1 and i.max_per_person = 0
      and not exists (select from inventory.orders where id = $1)
), picked as (
    -- Locked by other buyers means as good as taken: go on to the next one.
    select u.id, u.sealed, u.key_id, u.fingerprint
    from inventory.units u
    where u.item_id = (select id from item) and u.state = 'free'
    order by u.added_at, u.id
    limit 1
    for update skip locked
), placed as (
    insert into inventory.orders (id, number, buyer_id, total_minor, currency, due_at)
    select $1, $2, $3, item.price_minor, item.currency, now() + make_interval(secs => $7)
    from item, picked
    on conflict (id) do nothing
    returning placed_at
), line as (
    insert into inventory.order_lines
        (order_id, line_no, item_id, item_name, unit_price_minor, quantity)
    select $1, 1, item.id, item.name, item.price_minor, 1
    from item, placed
), kept as (
    update inventory.units u set state = 'reserved', order_id = $1
    from placed, picked
    where u.id = picked.id
)
select placed.placed_at, item.name, picked.sealed, picked.key_id, picked.fingerprint
from placed, item, picked
