-- Who was rewarded for joining which channel: a row is the one chance of a person and a channel.
create table channel_rewards (
    person_id bigint not null,
    -- As Telegram is asked about it: an id or an @name.
    channel text not null,
    -- Of the movement in payments, so that a repeated grant is the same one.
    transfer_id uuid not null,
    amount_minor bigint not null,
    currency text not null,
    created_at timestamptz not null default now(),
    granted_at timestamptz,
    -- When it was last asked whether they are still there.
    checked_at timestamptz not null default now(),
    -- Of the movement that takes it back; made before payments is asked.
    take_back_id uuid,
    taken_back_at timestamptz,
    primary key (person_id, channel)
);

-- Those that a crash left between the row and the money, and those that may be taken back.
create index channel_rewards_unfinished on channel_rewards (created_at) where granted_at is null;
create index channel_rewards_to_check on channel_rewards (checked_at)
    where granted_at is not null and taken_back_at is null;
