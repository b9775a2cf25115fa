-- What bounds adjustments by staff: how much each has moved in a day, and what waits for a second person.
create table adjustment_days (
    staff_id bigint not null,
    -- In the shop's time zone.
    day date not null,
    -- Added and taken alike. The row is what adjustments of one person at the same time wait for.
    moved_minor bigint not null check (moved_minor > 0),
    primary key (staff_id, day)
);

create table adjustment_proposals (
    -- The transfer id that the adjustment will have: it can be done once.
    id uuid primary key,
    person_id bigint not null,
    currency text not null check (length(currency) = 3),
    amount_minor bigint not null check (amount_minor <> 0),
    reason text not null,
    proposed_by bigint not null,
    proposed_at timestamptz not null default now(),
    expires_at timestamptz not null default now() + interval '24 hours',
    state text not null default 'pending' check (state in ('pending', 'approved', 'rejected')),
    decided_by bigint,
    decided_at timestamptz,
    constraint proposals_are_decided_by_somebody check ((state = 'pending') = (decided_by is null)),
    constraint nobody_approves_their_own check (state <> 'approved' or decided_by <> proposed_by)
);

-- What can still be decided, oldest first.
create index adjustment_proposals_waiting
    on adjustment_proposals (expires_at, id) where state = 'pending';
