-- What the shop offers: categories and the items they list.
create table categories (
    id uuid primary key,
    name text not null check (char_length(name) between 1 and 100),
    -- The name in lower case, made by the service: the database's own lower() depends on its locale.
    name_key text not null constraint categories_name_key unique,
    created_at timestamptz not null default now()
);

create table items (
    id uuid primary key,
    category_id uuid not null constraint items_category_id_fkey references categories,
    name text not null check (char_length(name) between 1 and 100),
    name_key text not null,
    description text not null check (char_length(description) <= 2000),
    price_minor bigint not null check (price_minor between 0 and 1000000000000),
    currency text not null check (char_length(currency) = 3),
    -- Every buyer gets the same value; stock never ends.
    unlimited boolean not null,
    -- Items are never deleted: orders tell of them.
    archived_at timestamptz,
    created_at timestamptz not null default now()
);

-- A name may be used again once the item that had it is archived.
create unique index items_name_key on items (name_key) where archived_at is null;
create index items_of_category on items (category_id, name_key, id) where archived_at is null;
