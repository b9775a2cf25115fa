-- Carts: what people mean to buy together. Being in a cart reserves nothing and fixes no price.
create table cart_lines (
    person_id bigint not null,
    -- One of ten, so that eleven lines cannot be, whoever adds them at the same time.
    place smallint not null constraint cart_lines_are_ten_at_most check (place between 1 and 10),
    item_id uuid not null references items,
    quantity integer not null constraint cart_lines_quantity check (quantity between 1 and 100),
    promo_id uuid references promos,
    -- The last press that added one, so that it adds one only once.
    add_id uuid,
    added_at timestamptz not null default now(),
    primary key (person_id, item_id),
    constraint cart_lines_place_key unique (person_id, place),
    -- A code is used once per person, so that it can be on one line only.
    constraint cart_lines_promo_key unique (person_id, promo_id)
);

-- An order that emptied the cart fills it again when it is released.
alter table orders add column from_cart boolean not null default false;
