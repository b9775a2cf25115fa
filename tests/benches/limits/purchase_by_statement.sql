-- A purchase as it is usually written: one statement after the other.
\set buyer random(1, 1000)
begin;
select balance from buyers where id = :buyer for update;
select id as unit from stock where item = 1 and state = 'free'
order by added_at, id limit 1 for update skip locked \gset
update stock set state = 'sold' where id = :unit;
update buyers set balance = balance - 100 where id = :buyer;
insert into orders (buyer, unit, price) values (:buyer, :unit, 100) returning id as bought \gset
insert into ledger (order_id, account, amount)
values (:bought, 'wallet', -100), (:bought, 'revenue', 100);
commit;
