-- For the figures of a day: a few bytes per megabyte of orders, which a sale does not pay for.
create index orders_by_delivery on orders using brin (delivered_at) with (autosummarize = on);
