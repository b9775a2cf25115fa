-- Money set aside for something that may still fail. A hold moves nothing: it narrows what may be
-- spent until it is posted (then one transfer pays the shop), voided, or expires.
create table holds (
    -- Made by whoever asks. The row stays for ever: it is the answer to every repetition.
    id uuid primary key,
    -- 0 in the tombstone of a void that came before its hold.
    user_id bigint not null check (user_id >= 0),
    state text not null check (state in ('pending', 'posted', 'voided', 'expired', 'refused')),
    currency text not null,
    amount_minor bigint not null check (amount_minor >= 0),
    posted_minor bigint not null default 0,
    reference text not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    ended_at timestamptz,
    constraint holds_post_what_they_hold check (
        case when state = 'posted' then posted_minor between 1 and amount_minor
        else posted_minor = 0 end
    ),
    constraint holds_end_once check ((state = 'pending') = (ended_at is null))
);

-- What the expiry job claims, and what a wallet's held amount is checked against.
create index holds_pending on holds (expires_at) where state = 'pending';
