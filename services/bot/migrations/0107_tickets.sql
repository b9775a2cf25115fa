-- Conversations between people and staff: one for each person, opened again when somebody writes.
create table tickets (
    person_id bigint primary key,
    -- open: nobody has answered yet; answered: it is the person's turn; waiting: they wrote again.
    state text not null check (state in ('open', 'answered', 'waiting', 'closed')),
    since timestamptz not null default now(),
    -- When staff were last reminded of this wait.
    reminded_at timestamptz
);

-- Staff's list, and what waits for too long.
create index tickets_by_wait on tickets ((state not in ('open', 'waiting')), since, person_id);

create table ticket_messages (
    -- Made by the caller, so that a repeated message is one.
    id uuid primary key,
    person_id bigint not null references tickets on delete cascade,
    -- Who of staff wrote it; null: the person.
    staff_id bigint,
    -- As it was typed; escaped where it is shown.
    body text not null check (char_length(body) between 1 and 2000),
    written_at timestamptz not null default clock_timestamp()
);

create index ticket_messages_of_person on ticket_messages (person_id, written_at desc, id desc);
