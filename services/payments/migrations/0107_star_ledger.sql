-- How far Telegram's own ledgers of stars have been compared with ours.
create table star_ledger (
    -- Each bot has a ledger of its own: a shop that changes its bot begins at the first line again.
    bot_id bigint primary key,
    -- What is older belongs to a life of the bot before this shop. The hour allows for clocks that
    -- differ.
    began_at timestamptz not null default now() - interval '1 hour',
    -- Lines seen; the ledger is in order of time, so that this is where to go on.
    seen_lines bigint not null default 0
);
