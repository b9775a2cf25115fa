-- The same purchase as one statement.
\set buyer random(1, 1000)
with paid as (
    update buyers set balance = balance - 100 where id = :buyer and balance >= 100 returning id
), picked as (
    select id from stock where item = 1 and state = 'free' and exists (select from paid)
    order by added_at, id limit 1 for update skip locked
), sold as (
    update stock set state = 'sold' from picked where stock.id = picked.id returning stock.id
), bought as (
    insert into orders (buyer, unit, price)
    select paid.id, sold.id, 100 from paid, sold returning id
)
insert into ledger (order_id, account, amount)
select bought.id, entry.account, entry.amount
from bought, (values ('wallet', -100), ('revenue', 100)) as entry (account, amount);
