-- Money that came and matched no invoice, or not as it should, and refunds: for people to look at.
create table suspense_cases (
    id uuid primary key,
    provider text not null,
    external_id text not null,
    -- The invoice that the payment names, even where it is not one of ours.
    invoice_id uuid,
    -- Who seems to have paid; null when unknown.
    person_id bigint,
    -- Stable code of what did not match.
    reason text not null,
    -- Null where the amount could not be read.
    currency text,
    amount_minor bigint,
    opened_at timestamptz not null default now(),
    constraint suspense_cases_are_unique unique (provider, external_id)
);

create index suspense_cases_by_time on suspense_cases (opened_at);
