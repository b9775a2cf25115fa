-- Requests to pay. The row is written before a provider hears of it, so that money always finds its
-- intent.
create table invoices (
    -- Made by the caller; also the payload that the provider gives back.
    id uuid primary key,
    user_id bigint not null check (user_id > 0),
    method text not null,
    state text not null check (state in ('new', 'pending', 'paid', 'expired', 'review')),
    -- What is credited: fixed here, whatever the rates do until it is paid.
    currency text not null,
    amount_minor bigint not null check (amount_minor > 0),
    -- What the provider is to collect for it: the same for Crypto Pay, whole stars for Stars.
    price_currency text not null,
    price_minor bigint not null check (price_minor > 0),
    -- The provider's id of the invoice, once it has answered.
    provider_ref text,
    pay_url text,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    paid_at timestamptz,
    -- Paid after it had expired: credited all the same.
    paid_late boolean not null default false,
    -- When the provider is asked next; null where asking is over or the method cannot be asked.
    next_check_at timestamptz,
    constraint invoices_by_provider_ref unique (method, provider_ref),
    constraint invoices_are_paid_at_a_time check ((state = 'paid') = (paid_at is not null))
);

create index invoices_by_person on invoices (user_id, created_at);
create index invoices_open on invoices (expires_at) where state in ('new', 'pending');
create index invoices_to_check on invoices (next_check_at) where next_check_at is not null;
