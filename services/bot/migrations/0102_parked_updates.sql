-- Updates that could not be handled: set aside for people, so that their chats go on; and the key that seals them.
create table data_keys (
    -- There is one; an update names none.
    id integer primary key default 1 check (id = 1),
    -- Useless without the key of the settings that it names.
    wrapped bytea not null,
    created_at timestamptz not null default now()
);

create table parked_updates (
    id bigint generated always as identity primary key,
    -- Who handed it over.
    source text not null,
    sha256 bytea not null,
    reason text not null,
    -- What could be read of it; null where nothing could.
    update_id bigint,
    kind text,
    person_id bigint,
    -- Bytes that were handed over.
    size bigint not null,
    -- The first 64 KiB, sealed: staff paste goods into their chats. Null where the settings have no key to seal with.
    sealed bytea,
    parked_at timestamptz not null default now(),
    unique (source, sha256)
);
