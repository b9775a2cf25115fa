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
    -- Since when staff have shut them out, who did and why.
    blocked_at timestamptz,
    blocked_by bigint,
    blocked_reason text,
    registered_at timestamptz not null default now(),
    -- When the channel of user data was told of them; null where there is none.
    reported_at timestamptz,
    updated_at timestamptz not null default now(),
    check ((blocked_at is null) = (blocked_by is null)),
    check ((blocked_at is null) = (blocked_reason is null))
);

-- Staff's list, whole and filtered, and their search.
create index people_registered on people (registered_at, person_id);
create index people_blocked on people (registered_at, person_id) where blocked_at is not null;
create index people_unreachable on people (registered_at, person_id)
    where unreachable_at is not null;
create index people_username on people (lower(username)) where username is not null;
