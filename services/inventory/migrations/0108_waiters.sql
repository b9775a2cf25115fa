-- Who wants to hear when a sold-out item is back; forgotten once they were told.
create table waiters (
    item_id uuid not null references items,
    person_id bigint not null,
    since timestamptz not null default now(),
    primary key (item_id, person_id)
);
