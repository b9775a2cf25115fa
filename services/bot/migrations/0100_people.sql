-- Everybody who has ever written to the bot.
create table people (
    person_id bigint primary key,
    first_name text not null,
    username text,
    -- The language of their Telegram, where it is spoken here.
    client_locale text,
    -- The language that they chose here; it outranks the other.
    chosen_locale text,
    -- Since when messages do not reach them: they blocked the bot, or their account is gone.
    unreachable_at timestamptz,
    registered_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
