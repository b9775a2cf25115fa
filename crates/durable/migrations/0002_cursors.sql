-- How far this schema's service has followed the feeds of others; moves in the transaction of the effect.
create table cursors (
    name text primary key,
    cursor text not null default '',
    moved_at timestamptz not null default now()
);

-- Entries that failed again and again: set aside for people, so that later entries go on.
create table parked_entries (
    id bigint generated always as identity primary key,
    name text not null,
    entry_id text not null,
    event bytea not null,
    reason text not null,
    parked_at timestamptz not null default now(),
    unique (name, entry_id)
);
