-- Messages that are not an answer to a press: written with their cause, sent by a worker. No secrets: `refs` holds ids
-- and amounts, what they name is read when the message is sent.
create table outbound (
    id bigint generated always as identity primary key,
    -- The cause, for example `goods:<order id>`: the same cause is one message.
    key text not null unique,
    person_id bigint not null,
    kind text not null,
    refs jsonb not null default '{}',
    -- Smaller goes first: 0 goods, 1 notices, 2 bulk.
    priority smallint not null default 1,
    -- sent: it was shown; failed: it can never be shown; dead: given up after long trying.
    state text not null default 'pending' check (state in ('pending', 'sent', 'failed', 'dead')),
    -- Not before this time. A claim moves it forward, so that a crash gives the row back.
    due_at timestamptz not null default now(),
    attempts integer not null default 0,
    last_error text not null default '',
    created_at timestamptz not null default now(),
    finished_at timestamptz
);

create index outbound_pending on outbound (priority, due_at) where state = 'pending';
-- One chat's messages go in order.
create index outbound_pending_person on outbound (person_id, id) where state = 'pending';
create index outbound_finished on outbound (finished_at) where state <> 'pending';
