-- Every movement of money, for ever. A row is both of its entries: the amount leaves one account
-- and reaches another.
create table transfers (
    -- Made by whoever asks, so that asking twice is the same movement.
    id uuid primary key,
    seq bigint generated always as identity,
    -- Whose wallet it moves; 0 where no wallet is touched.
    user_id bigint not null,
    amount_minor bigint not null,
    -- What a refused charge had asked for: the row is its tombstone, so that a late duplicate stays
    -- refused.
    refused_minor bigint,
    -- Which member of staff did it, for adjustments.
    staff_id bigint,
    created_at timestamptz not null default now(),
    kind text not null check (
        kind in ('top_up', 'purchase', 'referral', 'adjustment', 'refund', 'suspense', 'refused',
                 'promo', 'reward', 'opening')
    ),
    currency text not null check (length(currency) = 3),
    -- 'wallet' is the person's; all other accounts are the shop's and are summed, never stored: a
    -- stored balance that every sale updates would make the sales queue for it.
    from_account text not null,
    to_account text not null,
    reference text not null,
    constraint transfers_move_between_accounts check (from_account <> to_account),
    constraint transfers_of_wallets_have_an_owner check (
        (user_id > 0) = (from_account = 'wallet' or to_account = 'wallet')
    ),
    constraint transfers_move_something_unless_refused check (
        case when kind = 'refused' then amount_minor = 0 and coalesce(refused_minor, 0) > 0
        else amount_minor > 0 and refused_minor is null end
    )
);

-- A person's history, newest first, and their totals.
create index transfers_by_person on transfers (user_id, seq);

-- The books are never corrected in place: a mistake is undone by another transfer. A statement
-- trigger costs an insert nothing, and it binds the table's owner too, whom a revoke would not.
create function refuse_to_change_transfers() returns trigger language plpgsql as $$
begin
    raise exception 'transfers are immutable: % refused', tg_op
        using errcode = 'restrict_violation';
end
$$;
create trigger transfers_are_immutable
    before update or delete or truncate on transfers
    for each statement execute function refuse_to_change_transfers();
