-- How many of an item one may buy, when staff hear that it runs low, and what kind of units it sells.
alter table items
    add column min_per_order integer not null default 1,
    add column max_per_order integer not null default 100,
    -- In all orders of one person; 0 is no limit.
    add column max_per_person integer not null default 0,
    -- Staff are told when so many or fewer are left; 0 is never.
    add column low_at integer not null default 0 check (low_at between 0 and 1000),
    -- Since when they know; empty again once there are more.
    add column told_low_at timestamptz,
    add column sells_files boolean not null default false,
    add constraint items_limits check (
        min_per_order between 1 and max_per_order
        and max_per_order <= case when sells_files then 10 else 100 end
        and max_per_person between 0 and 1000000
        and (max_per_person = 0 or max_per_person >= min_per_order)
    );

-- Who of staff took the unit out of the sale, for good; nobody where another value replaced it for all buyers.
alter table units
    add column withdrawn_by bigint check (withdrawn_by is null or state = 'withdrawn');

-- Few items are watched; the job that watches them looks every few seconds.
create index items_watched on items (id) where low_at > 0 and archived_at is null;
-- Whether an item ever had stock.
create index stock_batches_of_item on stock_batches (item_id);
-- What staff look through besides the free units; sales touch neither state.
create index units_aside on units (item_id, added_at, id) where state in ('shared', 'withdrawn');

-- How many of an item a person has or is about to have. Asked only for items with a limit per person.
create function bought(person bigint, item uuid) returns bigint language sql stable as $$
    select coalesce(sum(l.quantity), 0) from (
        select o.id from inventory.orders o
        where o.buyer_id = person and o.state = 'delivered'
        union all
        select o.id from inventory.orders o
        where o.buyer_id = person and o.state in ('reserved', 'charged')
    ) mine
    join inventory.order_lines l on l.order_id = mine.id and l.item_id = item
$$;
