-- Every top-up of somebody who was invited, with their inviter's share of it: written with the credit, so that what
-- inviting brought is read without reading the ledger.
create table referral_top_ups (
    -- The transfer that credited the top-up.
    top_up_id uuid primary key,
    seq bigint generated always as identity,
    inviter_id bigint not null,
    invited_id bigint not null,
    topped_up_minor bigint not null check (topped_up_minor > 0),
    earned_minor bigint not null check (earned_minor >= 0),
    -- The transfer that credited the share; null where it came to nothing.
    earning_id uuid unique,
    happened_at timestamptz not null default now(),
    constraint nobody_earns_by_themselves check (inviter_id <> invited_id),
    constraint referral_shares_have_their_transfer check ((earning_id is null) = (earned_minor = 0))
);

-- An inviter's statistics without the table, and the earnings of one person they invited.
create index referral_top_ups_by_invited
    on referral_top_ups (inviter_id, invited_id, seq) include (topped_up_minor, earned_minor);
-- All earnings of an inviter, newest first.
create index referral_earnings_by_time
    on referral_top_ups (inviter_id, seq) where earning_id is not null;
