-- One row by its key.
\set buyer random(1, 1000)
select balance from buyers where id = :buyer;
