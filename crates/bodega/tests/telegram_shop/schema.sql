-- The tables of a Telegram-shop of its last release, as far as its data is concerned.
create table roles (
    id serial primary key,
    name varchar(64) unique,
    "default" boolean,
    permissions integer
);
create table users (
    telegram_id bigint primary key,
    role_id integer references roles on delete restrict,
    balance numeric(12, 2) not null default 0,
    referral_id bigint references users on delete set null check (referral_id <> telegram_id),
    registration_date timestamptz not null default now(),
    is_blocked boolean
);
create table categories (
    id serial primary key,
    name varchar(100) not null unique
);
create table goods (
    id serial primary key,
    name varchar(100) not null unique,
    price numeric(12, 2) not null,
    description text not null,
    category_id integer not null references categories on delete cascade
);
create table item_values (
    id serial primary key,
    item_id integer not null references goods on delete cascade,
    value text,
    is_infinity boolean not null,
    unique (item_id, value)
);
create table bought_goods (
    id serial primary key,
    item_name varchar(100) not null,
    value text not null,
    price numeric(12, 2) not null,
    buyer_id bigint references users on delete set null,
    bought_datetime timestamptz not null default now(),
    unique_id bigint not null unique
);
create table operations (
    id serial primary key,
    user_id bigint references users on delete set null,
    operation_value numeric(12, 2) not null,
    operation_time timestamptz not null default now()
);
create table payments (
    id serial primary key,
    provider varchar(32) not null,
    external_id varchar(128) not null,
    user_id bigint references users on delete set null,
    amount numeric(12, 2) not null,
    currency varchar(8) not null,
    status varchar(16) not null default 'pending',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (provider, external_id)
);
create table referral_earnings (
    id serial primary key,
    referrer_id bigint not null references users on delete cascade,
    referral_id bigint not null references users on delete cascade,
    amount numeric(12, 2) not null,
    original_amount numeric(12, 2) not null,
    created_at timestamptz not null default now(),
    check (referrer_id <> referral_id)
);
create table promo_codes (
    id serial primary key,
    code varchar(50) not null unique,
    discount_type varchar(10) not null,
    discount_value numeric(12, 2) not null,
    max_uses integer not null default 0,
    current_uses integer not null default 0,
    expires_at timestamptz,
    category_id integer references categories on delete set null,
    item_id integer references goods on delete set null,
    is_active boolean not null default true,
    created_at timestamptz not null default now()
);
create table promo_code_usages (
    id serial primary key,
    promo_id integer not null references promo_codes on delete cascade,
    user_id bigint not null references users on delete cascade,
    used_at timestamptz not null default now(),
    unique (promo_id, user_id)
);
create table cart_items (
    id serial primary key,
    user_id bigint not null references users on delete cascade,
    item_name varchar(100) not null,
    promo_code varchar(50),
    added_at timestamptz not null default now()
);
create table reviews (
    id serial primary key,
    user_id bigint not null references users on delete cascade,
    item_name varchar(100) not null,
    rating integer not null check (rating between 1 and 5),
    text text,
    created_at timestamptz not null default now(),
    unique (user_id, item_name)
);
create table audit_log (
    id serial primary key,
    "timestamp" timestamptz not null default now(),
    level varchar(8) not null default 'INFO',
    user_id bigint,
    action varchar(64) not null,
    resource_type varchar(32),
    resource_id varchar(128),
    details text,
    ip_address varchar(45)
);
