-- Roles, and who was given one. Everybody else has the default role and no row.
create table roles (
    -- Made by the caller, so that a repeated request is the same role.
    id uuid primary key,
    name text not null check (char_length(name) between 1 and 64),
    -- The name in lower case, made by the service: the database's own lower() depends on its locale.
    name_key text not null,
    -- Permission bits, one by one; USE is always among them.
    bits integer not null check (bits between 1 and 1023 and bits & 1 = 1),
    -- How the code knows a built-in role, whatever it is called; none for a role that staff made.
    built_in text constraint roles_built_in_key unique
        check (built_in in ('default', 'admin', 'owner')),
    -- Roles are not deleted: the log of what staff did tells of them.
    archived_at timestamptz,
    created_at timestamptz not null default now(),
    -- So that the owner is above everybody.
    constraint roles_all_bits check (bits < 1023 or built_in = 'owner'),
    constraint roles_built_in_stays check (built_in is null or archived_at is null)
);

-- A name may be used again once the role that had it is archived.
create unique index roles_name_key on roles (name_key) where archived_at is null;

insert into roles (id, name, name_key, bits, built_in) values
    ('00000000-0000-4000-8000-000000000001', 'USER', 'user', 1, 'default'),
    ('00000000-0000-4000-8000-000000000002', 'ADMIN', 'admin', 927, 'admin'),
    ('00000000-0000-4000-8000-000000000003', 'OWNER', 'owner', 1023, 'owner');

create function keep_built_in_roles() returns trigger language plpgsql as $$
begin
    raise exception 'built-in roles stay as they are, and no role becomes one or is deleted';
end $$;

create trigger built_in_roles_stay before update on roles
    for each row when (old.built_in is not null or new.built_in is not null)
    execute function keep_built_in_roles();
create trigger roles_are_kept before delete or truncate on roles
    for each statement execute function keep_built_in_roles();

create table members (
    person_id bigint primary key check (person_id > 0),
    role_id uuid not null references roles,
    given_at timestamptz not null default now()
);

create index members_of_role on members (role_id, given_at desc, person_id);
