-- Promo codes: what they are worth, who used them, and the redemptions of balance codes that are under way.
create table promos (
    -- Made by the caller; stands for the code in orders and carts.
    id uuid primary key,
    -- In upper case, and taken for ever: what was printed once must not come to mean something else.
    code text not null constraint promos_code_key unique
        constraint promos_code check (code ~ '^[A-Z0-9_-]{1,50}$'),
    kind text not null,
    -- Hundredths of a percent, or minor units.
    value bigint not null,
    currency text not null check (char_length(currency) = 3),
    -- 0 for no limit.
    max_uses integer not null check (max_uses >= 0),
    -- Rows of promo_uses, counted where whoever takes the last one holds this row.
    uses integer not null default 0,
    -- The end of its last day.
    expires_at timestamptz,
    category_id uuid references categories,
    item_id uuid references items,
    active boolean not null default true,
    -- Codes are never deleted: orders tell of them.
    archived_at timestamptz,
    created_at timestamptz not null default now(),
    constraint promos_worth check (case kind
        when 'percent' then value between 1 and 10000
        when 'fixed' then value between 1 and 1000000000000
        when 'balance' then
            value between 1 and 1000000000000 and num_nonnulls(category_id, item_id) = 0
        else false
    end),
    constraint promos_bound_once check (num_nonnulls(category_id, item_id) <= 1),
    constraint promos_never_used_too_often check (uses >= 0 and (max_uses = 0 or uses <= max_uses)),
    constraint promos_archived_are_off check (archived_at is null or not active)
);

create index promos_listed on promos (created_at desc, id) where archived_at is null;
-- What the trigger below looks for.
create index promos_of_item on promos (item_id) where item_id is not null;
create index promos_of_category on promos (category_id) where category_id is not null;

create table promo_uses (
    promo_id uuid not null references promos,
    person_id bigint not null,
    -- The order it was used in; null for a balance code. Deleted when the order is released.
    order_id uuid,
    used_at timestamptz not null default now(),
    -- Once per person.
    primary key (promo_id, person_id)
);

create index promo_uses_of_order on promo_uses (order_id) where order_id is not null;

-- A balance code on its way into a wallet: written with its use, done when payments has answered.
create table redemptions (
    -- Made by the caller, so that a repeated request is the same redemption.
    id uuid primary key,
    -- Under this id payments moves the money, once.
    transfer_id uuid not null unique,
    promo_id uuid not null references promos,
    person_id bigint not null,
    amount_minor bigint not null check (amount_minor > 0),
    currency text not null,
    created_at timestamptz not null default now(),
    done_at timestamptz,
    -- When an unfinished one is taken up by recovery; claiming it moves this on, which is the lease.
    due_at timestamptz not null,
    attempts integer not null default 0
);

create index redemptions_unfinished on redemptions (due_at) where done_at is null;
create index redemptions_of_promo on redemptions (promo_id);

-- What a code took off a line, the whole of it. Here and not in 0101: lines without a code do not mention it.
alter table order_lines
    add column promo_id uuid references promos,
    add column discount_minor bigint not null default 0,
    add constraint order_lines_discount check (
        discount_minor between 0 and unit_price_minor * quantity
    );
create index order_lines_of_promo on order_lines (promo_id) where promo_id is not null;

-- A code that is bound to something dies with it: it must never come to hold for everything.
create function switch_off_promos() returns trigger language plpgsql as $$
begin
    if tg_table_name = 'items' then
        update promos set active = false where item_id = new.id and active;
    else
        update promos set active = false where category_id = new.id and active;
    end if;
    return null;
end $$;

create trigger promos_die_with_their_item after update of archived_at on items
    for each row when (old.archived_at is null and new.archived_at is not null)
    execute function switch_off_promos();

create trigger promos_die_with_their_category after update of archived_at on categories
    for each row when (old.archived_at is null and new.archived_at is not null)
    execute function switch_off_promos();
