-- What buyers bought. An order's row is also the stored state of its purchase saga; see src/domain/purchase.rs.
-- Few checks, each of weight: PostgreSQL reads every one of them anew in every statement that writes a row.
create table orders (
    -- Made by the caller, so that a repeated request is the same order; also the id of the charge.
    id uuid primary key,
    number text not null constraint orders_number_key unique,
    buyer_id bigint not null,
    state text not null default 'reserved',
    total_minor bigint not null,
    currency text not null,
    -- Why it was released, and what the buyer had then: a repeated request gets the first answer again.
    release_reason text,
    available_minor bigint,
    placed_at timestamptz not null default now(),
    delivered_at timestamptz,
    -- When its values were first opened for the buyer.
    revealed_at timestamptz,
    -- When an unfinished order is taken up by recovery; claiming it moves this on, which is the lease.
    due_at timestamptz not null,
    attempts integer not null default 0,
    constraint orders_total check (total_minor >= 0),
    constraint orders_state check (case
        when state in ('reserved', 'charged') then
            delivered_at is null and revealed_at is null and release_reason is null
        when state = 'delivered' then delivered_at is not null and release_reason is null
        when state = 'released' then
            delivered_at is null and revealed_at is null and release_reason is not null
            and available_minor is not null
        else false
    end)
);

create index orders_unfinished on orders (due_at) where state in ('reserved', 'charged');
create index orders_of_buyer on orders (buyer_id, delivered_at desc, id desc)
    where state = 'delivered';

create table order_lines (
    order_id uuid not null references orders,
    line_no smallint not null,
    -- No foreign key: it would lock the item's row, which all sales of the item share. Items are never deleted.
    item_id uuid not null,
    -- As they were when it was bought.
    item_name text not null,
    unit_price_minor bigint not null,
    quantity integer not null,
    -- Of an unlimited item: the one value that all its buyers get.
    shared_unit_id bigint,
    primary key (order_id, line_no),
    constraint order_lines_amounts check (unit_price_minor >= 0 and quantity between 1 and 100)
);
