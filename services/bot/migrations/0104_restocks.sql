-- Stock that came in and is yet to be told: in bundles per item, so that ten uploads are one post and one message.
create table restocks (
    id bigint generated always as identity primary key,
    item_id uuid not null,
    -- Pieces since the bundle was opened; what comes later joins it until the channel was told.
    units bigint not null check (units > 0),
    -- When the news channel is told; empty once it was.
    post_due_at timestamptz,
    -- When the people who wait are told; empty once they were.
    waiters_due_at timestamptz default now(),
    attempts integer not null default 0
);

create unique index restocks_open on restocks (item_id) where post_due_at is not null;
