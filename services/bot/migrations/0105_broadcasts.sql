-- One message to many people: what it says, whom it is for, and what became of it for each of them.
create table broadcasts (
    -- Made by the caller, so that a repeated request is the same broadcast.
    id uuid primary key,
    author_id bigint not null,
    -- Telegram's HTML.
    html text not null,
    -- Telegram's id of the picture; null for none.
    photo text,
    -- Of objects with label and url.
    buttons jsonb not null,
    audience jsonb not null,
    -- spreading: it goes out while it is still being found out to whom.
    state text not null default 'draft' constraint broadcasts_state
        check (state in ('draft', 'scheduled', 'spreading', 'sending', 'done', 'cancelled')),
    starts_at timestamptz,
    -- Everybody up to this person was looked at.
    spread_to bigint not null default 0,
    -- Counted by the statements that change the people's rows.
    people integer not null default 0,
    sent integer not null default 0,
    unreachable integer not null default 0,
    failed integer not null default 0,
    in_doubt integer not null default 0,
    -- The message that shows its author how far it is: null before there is one, 0 once it was taken away.
    progress_message_id bigint,
    progress_at timestamptz not null default now(),
    -- That message shows how it ended.
    is_told boolean not null default false,
    created_at timestamptz not null default now(),
    started_at timestamptz,
    finished_at timestamptz,
    check ((state = 'scheduled') <= (starts_at is not null)),
    check ((state in ('spreading', 'sending', 'done')) <= (started_at is not null)),
    check ((state in ('done', 'cancelled')) = (finished_at is not null))
);

create index broadcasts_by_time on broadcasts (created_at desc, id desc);
-- Looked at every second: only what is not over yet.
create index broadcasts_open on broadcasts (state, starts_at)
    where state in ('scheduled', 'spreading', 'sending');
create index broadcasts_untold on broadcasts (progress_at)
    where started_at is not null and not is_told;

create table broadcast_people (
    broadcast_id uuid not null references broadcasts on delete cascade,
    person_id bigint not null,
    -- sending: handed to Telegram, or about to be; in_doubt: whoever did so never told how it ended.
    state text not null default 'waiting' check
        (state in ('waiting', 'sending', 'sent', 'unreachable', 'failed', 'in_doubt')),
    -- Of one that waits: not before this time. Of one that is being sent: in doubt after it.
    due_at timestamptz not null default now(),
    error text not null default '',
    primary key (broadcast_id, person_id)
);

-- The next ones, whatever waits behind them.
create index broadcast_people_waiting on broadcast_people (broadcast_id, due_at, person_id)
    where state = 'waiting';
create index broadcast_people_sending on broadcast_people (due_at) where state = 'sending';

-- When somebody was last seen, to the day: a person costs one statement a day, not one a press.
alter table people add column seen_on date not null default current_date;
