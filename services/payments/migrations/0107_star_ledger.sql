-- How far Telegram's own ledger of stars has been compared with ours.
create table star_ledger (
    only_row boolean primary key default true check (only_row),
    -- What is older belongs to a life of the bot before this shop. The hour allows for clocks that
    -- differ.
    began_at timestamptz not null default now() - interval '1 hour',
    -- Lines seen; the ledger is in order of time, so that this is where to go on.
    seen_lines bigint not null default 0
);
