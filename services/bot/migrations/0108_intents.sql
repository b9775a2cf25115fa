-- Purchases that wait for money: what somebody agreed to buy as soon as their balance suffices.
create table intents (
    -- Of the order that it will become. Made when the offer was shown: whatever is repeated is one purchase.
    order_id uuid primary key,
    person_id bigint not null,
    -- What was agreed to, as it was seen. No secrets.
    wish jsonb not null,
    -- waiting: for money; claimed: some came, the purchase is looked at; all others are ends.
    state text not null default 'waiting' check (state in
        ('waiting', 'claimed', 'bought', 'stopped', 'cancelled', 'replaced', 'expired')),
    -- Credits so far: one that comes while the wallet is being looked at must not be missed.
    credits integer not null default 0,
    -- Since when the order is asked for; from then on its answer alone decides.
    placed_at timestamptz,
    -- Money that comes later buys nothing.
    expires_at timestamptz not null,
    -- When a claimed one is taken up; taking it moves this on, which is the lease.
    due_at timestamptz not null default now(),
    attempts integer not null default 0,
    -- The trace that the latest credit belongs to; may be empty.
    traceparent text not null default '',
    created_at timestamptz not null default now(),
    ended_at timestamptz,
    constraint intents_ended check ((ended_at is null) = (state in ('waiting', 'claimed')))
);

-- One open per person.
create unique index intents_open on intents (person_id) where state in ('waiting', 'claimed');
create index intents_due on intents (due_at) where state = 'claimed';
create index intents_by_age on intents (expires_at);
