-- What staff switch for the whole shop: one row.
create table shop_state (
    is_only boolean primary key default true check (is_only),
    maintenance boolean not null default false,
    notice text not null default '' check (char_length(notice) <= 500),
    changed_at timestamptz not null default now()
);

insert into shop_state default values;
