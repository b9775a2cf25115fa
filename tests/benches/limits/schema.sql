-- A shop as small as it can be, written by hand: what a database can do at most for the same purpose.
drop table if exists ledger, orders, stock, buyers;
create table buyers (
    id int primary key,
    balance bigint not null check (balance >= 0)
) with (fillfactor = 70);
create table stock (
    id bigint generated always as identity primary key,
    item int not null,
    state text not null default 'free',
    secret bytea not null,
    added_at timestamptz not null default now()
);
-- With the time in it no other index gives this order: by the key alone, all that was ever sold would be walked through.
create index stock_free on stock (item, added_at, id) where state = 'free';
create table orders (
    id bigint generated always as identity primary key,
    buyer int not null,
    unit bigint not null,
    price bigint not null,
    placed_at timestamptz not null default now()
);
create table ledger (
    id bigint generated always as identity primary key,
    order_id bigint not null,
    account text not null,
    amount bigint not null
);
insert into buyers select number, 1000000000 from generate_series(1, 1000) as number;
insert into stock (item, secret)
select 1, decode(repeat(md5(number::text), 4), 'hex') from generate_series(1, 200000) as number;
vacuum analyze buyers;
vacuum analyze stock;
