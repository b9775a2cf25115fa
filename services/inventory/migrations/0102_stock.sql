-- The stock: units, each one sealed secret; the keys that seal them; the batches they came in.
create table data_keys (
    -- 1 makes fingerprints and never changes; 2 seals values.
    id integer primary key check (id > 0),
    purpose text not null check (purpose in ('fingerprints', 'values')),
    -- Useless without the key of the settings that it names.
    wrapped bytea not null,
    created_at timestamptz not null default now()
);

create table stock_batches (
    -- Made by the caller, so that a repeated request adds nothing twice.
    id uuid primary key,
    item_id uuid not null references items,
    -- A keyed hash of the values: the same id with other values is refused.
    content_hash bytea not null,
    added integer not null check (added >= 0),
    known integer not null check (known >= 0),
    repeated integer not null check (repeated >= 0),
    invalid integer not null check (invalid >= 0),
    added_at timestamptz not null default now()
);

create table units (
    id bigint generated always as identity primary key,
    item_id uuid not null references items,
    -- free -> reserved -> sold, or back to free; an unlimited item's value is shared, and withdrawn when replaced.
    state text not null default 'free',
    -- No foreign key: the one statement that sets it also writes the order, and checking it costs a tenth of a sale.
    order_id uuid,
    sealed bytea not null,
    key_id integer not null references data_keys,
    -- A keyed hash of the value, unique for ever: what was sold once cannot be listed again.
    fingerprint bytea not null constraint units_fingerprint_key unique,
    batch_id uuid not null,
    added_at timestamptz not null default now(),
    constraint units_state check (case
        when state in ('free', 'shared', 'withdrawn') then order_id is null
        when state in ('reserved', 'sold') then order_id is not null
        else false
    end)
);

-- Oldest first. It begins with the time so that no other index can serve this order: the planner would take the primary
-- key for `order by id limit 1` and walk through all that was ever sold.
create index units_free on units (item_id, added_at, id) where state = 'free';
create index units_of_order on units (order_id) where order_id is not null;
create unique index units_shared on units (item_id) where state = 'shared';

-- Sold units leave dead entries at the front of units_free, where the next buyer looks first.
alter table units set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
alter table orders set (autovacuum_vacuum_scale_factor = 0.05);

create function keep_units() returns trigger language plpgsql as $$
begin
    raise exception 'units are kept for ever: a value that was sold must stay known';
end $$;

create trigger units_are_kept before delete or truncate on units
    for each statement execute function keep_units();
