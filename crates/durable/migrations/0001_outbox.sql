-- Events of this schema's service, written in the transaction of the change that they tell of.
create table outbox (
    id bigint generated always as identity,
    -- Who commits late gets a higher place: readers go by (tx, id) below the oldest open transaction, and miss nothing.
    tx xid8 not null default pg_current_xact_id(),
    event bytea not null,
    traceparent text not null default '',
    at timestamptz not null default now(),
    primary key (tx, id)
);
