-- What each person has: the sum of their transfers, kept beside them so that spending locks one row
-- and no other.
create table wallets (
    user_id bigint primary key check (user_id > 0),
    currency text not null check (length(currency) = 3),
    balance_minor bigint not null default 0 check (balance_minor >= 0),
    -- Part of the balance that open holds have set aside.
    held_minor bigint not null default 0 check (held_minor >= 0),
    -- Written once, when the wallet is opened, and never after.
    inviter_id bigint check (inviter_id <> user_id),
    opened_at timestamptz not null default now(),
    constraint wallets_cover_their_holds check (balance_minor >= held_minor)
)
-- Balances change all the time and no index holds them: room on the page keeps those updates in
-- place.
with (fillfactor = 70);

-- Only people who were invited: how many somebody invited is counted from it.
create index wallets_by_inviter on wallets (inviter_id) where inviter_id is not null;
