-- Reserve, the first step of a purchase: units kept aside and the order written, or nothing at all. Always one row.
-- $1 order, $2 number, $3 buyer, $4 item, $5 and $6 the price seen, $7 quantity, $8 seconds until recovery,
-- $9 whether no other order of the buyer runs for this item. An item whose limits forbid the order is not found.
with prior as (
    select from inventory.orders where id = $1
), item as (
    select i.id, i.name, i.price_minor, i.currency, i.unlimited,
           i.price_minor = $5 and i.currency = $6 as as_seen
    from inventory.items i
    where i.id = $4 and i.archived_at is null and not exists (select from prior)
      and $7::bigint between i.min_per_order and i.max_per_order
      -- What a person has is counted only in their turn, and only where it matters.
      and case when i.max_per_person = 0 then true
               when $9 then inventory.bought($3, i.id) + $7 <= i.max_per_person else false end
), picked as (
    -- Locked by other buyers means as good as taken: go on to the next one.
    select u.id, u.sealed, u.key_id, u.fingerprint
    from inventory.units u
    where u.item_id = $4 and u.state = 'free'
      and exists (select from item where as_seen and not unlimited)
    order by u.added_at, u.id
    limit $7
    for update skip locked
), shared as (
    select u.id, u.sealed, u.key_id, u.fingerprint
    from inventory.units u
    where u.item_id = $4 and u.state = 'shared'
      and exists (select from item where as_seen and unlimited)
), chosen as (
    select * from picked union all select * from shared
), enough as (
    select count(chosen.id) = case when item.unlimited then 1 else $7 end as yes
    from item left join chosen on true group by item.unlimited
), placed as (
    insert into inventory.orders (id, number, buyer_id, total_minor, currency, due_at)
    select $1, $2, $3, item.price_minor * $7, item.currency, now() + make_interval(secs => $8)
    from item, enough
    where item.as_seen and enough.yes
    on conflict (id) do nothing
    returning placed_at
), line as (
    insert into inventory.order_lines
        (order_id, line_no, item_id, item_name, unit_price_minor, quantity, shared_unit_id)
    select $1, 1, item.id, item.name, item.price_minor, $7, (select id from shared)
    from item, placed
), kept as (
    update inventory.units u set state = 'reserved', order_id = $1
    from picked
    where u.id = picked.id and exists (select from placed)
)
select
    exists (select from prior) as "known!",
    item.name as "name?", item.price_minor as "price_minor?", item.currency as "currency?",
    item.as_seen as "as_seen?",
    coalesce((select yes from enough), false) as "enough!",
    placed.placed_at as "placed_at?",
    -- Asked only when short: are there free units that others hold locked?
    case when item.as_seen and not item.unlimited and not (select yes from enough) then
        (select count(*) from (
            select from inventory.units u
            where u.item_id = $4 and u.state = 'free' limit $7
        ) free) >= $7
    else false end as "contended!",
    -- All three in the order in which they were picked.
    array(select sealed from chosen) as "sealed!",
    array(select key_id from chosen) as "key_ids!",
    array(select fingerprint from chosen) as "fingerprints!"
from (values (1)) one (row) left join item on true left join placed on true
