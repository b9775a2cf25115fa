-- Updates that could not be handled: set aside for people, so that their chats go on.
create table parked_updates (
    id bigint generated always as identity primary key,
    -- Who handed it over.
    source text not null,
    sha256 bytea not null,
    reason text not null,
    -- As it came, at most 64 KiB.
    update bytea not null,
    parked_at timestamptz not null default now(),
    unique (source, sha256)
);
