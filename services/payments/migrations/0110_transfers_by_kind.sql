-- Statistics of money read this and not the transfers. A sale does not pay for it: purchases are most of the ledger, and
-- what they come to follows from all else.
create index transfers_by_kind
    on transfers (kind, created_at) include (from_account, to_account, currency, amount_minor)
    where kind <> 'purchase' and kind <> 'refused';
