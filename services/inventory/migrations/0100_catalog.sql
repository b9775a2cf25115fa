-- What the shop offers: categories, one within another, and the items they list.
create table categories (
    id uuid primary key,
    -- Where it is listed; null at the top of the shop. The service keeps the tree free of cycles and four levels deep.
    parent_id uuid constraint categories_parent_id_fkey references categories,
    name text not null check (char_length(name) between 1 and 100),
    -- The name in lower case, made by the service: the database's own lower() depends on its locale.
    name_key text not null,
    -- Telegram's id of a photo.
    picture text check (char_length(picture) between 1 and 200),
    -- Categories are never deleted: items, promo codes and the audit name them.
    archived_at timestamptz,
    -- The category whose archiving took this one along, or itself: they come back together.
    archived_with uuid,
    created_at timestamptz not null default now(),
    constraint categories_archived check ((archived_at is null) = (archived_with is null))
);

-- A name is used once in one place. Also the order in which a place lists its categories; null cannot be looked
-- for.
create unique index categories_name_key on categories
    (coalesce(parent_id, '00000000-0000-0000-0000-000000000000'::uuid), name_key)
    where archived_at is null;
create index categories_archived_first on categories (archived_at desc, id)
    where archived_with = id;
create index categories_archived_along on categories (archived_with)
    where archived_at is not null;

create table items (
    id uuid primary key,
    category_id uuid not null constraint items_category_id_fkey references categories,
    name text not null check (char_length(name) between 1 and 100),
    name_key text not null,
    description text not null check (char_length(description) <= 2000),
    -- The words of name and description, made by the service, for search.
    words tsvector not null,
    price_minor bigint not null check (price_minor between 0 and 1000000000000),
    currency text not null check (char_length(currency) = 3),
    -- Every buyer gets the same value; stock never ends.
    unlimited boolean not null,
    -- Telegram's id of a photo.
    picture text check (char_length(picture) between 1 and 200),
    -- Items are never deleted: orders tell of them.
    archived_at timestamptz,
    -- The category whose archiving took it along; null where it was archived by itself.
    archived_with uuid,
    created_at timestamptz not null default now()
);

-- A name may be used again once the item that had it is archived.
create unique index items_name_key on items (name_key) where archived_at is null;
-- One index for each order in which a category can be looked at, or a large one would be sorted at every look.
create index items_of_category on items (category_id, name_key, id) where archived_at is null;
create index items_by_price on items (category_id, price_minor, name_key, id)
    where archived_at is null;
create index items_by_age on items (category_id, created_at desc, id) where archived_at is null;
create index items_words on items using gin (words) where archived_at is null;
create index items_archived_first on items (archived_at desc, id)
    where archived_at is not null and archived_with is null;
create index items_archived_along on items (archived_with) where archived_with is not null;

create function keep_catalogue() returns trigger language plpgsql as $$
begin
    raise exception
        'categories and items are archived, never deleted: what is bound to one must not widen';
end $$;

create trigger categories_are_kept before delete or truncate on categories
    for each statement execute function keep_catalogue();
create trigger items_are_kept before delete or truncate on items
    for each statement execute function keep_catalogue();
