-- What staff did and what is worth a look, of all services, for ever.
create table audit_entries (
    id bigint generated always as identity primary key,
    -- Who told it, and the id it has there: the same entry again changes nothing.
    service text not null,
    entry_id text not null,
    happened_at timestamptz not null,
    -- 1 somebody did something, 2 worth a look, 3 must be seen to.
    level smallint not null check (level between 1 and 3),
    -- 0: the shop itself.
    staff_id bigint not null,
    action text not null,
    subject text not null,
    -- 0: nobody.
    person_id bigint not null,
    -- Of objects with field, before, after.
    changes jsonb not null,
    reason text not null,
    constraint audit_entries_once unique (service, entry_id)
);

-- The list, and its two usual filters.
create index audit_entries_by_time on audit_entries (happened_at desc, id desc);
create index audit_entries_by_staff on audit_entries (staff_id, happened_at desc, id desc);
create index audit_entries_by_person on audit_entries (person_id, happened_at desc, id desc)
    where person_id > 0;

create function keep_audit_entries() returns trigger language plpgsql as $$
begin
    raise exception 'what was done stays written down';
end $$;

create trigger audit_entries_are_kept before update or delete or truncate on audit_entries
    for each statement execute function keep_audit_entries();
