-- What came in about money, raw, before anything was made of it. Kept for ever: it is the proof and
-- the second chance.
create table inbox (
    -- Which door: 'telegram-payment', 'telegram-refund', 'telegram-unreadable', 'star-ledger' or a
    -- provider's slug.
    source text not null,
    -- The same for every delivery of the same thing.
    external_id text not null,
    -- As bytes: JSON of others may hold what PostgreSQL's own JSON refuses.
    body bytea not null,
    received_at timestamptz not null default now(),
    handled_at timestamptz,
    attempts integer not null default 0,
    -- The job leaves a row alone until then: first to its own handler, later as back-off.
    not_before timestamptz not null,
    -- Given up on; people look at it.
    parked_at timestamptz,
    last_error text,
    primary key (source, external_id)
);

create index inbox_unhandled on inbox (not_before) where handled_at is null and parked_at is null;
