-- Every payment that a provider ever told us of, once, for ever: whoever inserts the row books the
-- money, and whoever meets it leaves the books alone.
create table receipts (
    provider text not null,
    -- The provider's id of the payment.
    external_id text not null check (external_id <> ''),
    -- The invoice that the payment names; null where it names none of ours.
    invoice_id uuid,
    -- The transfer that booked it; null where the amount could not be read.
    transfer_id uuid,
    -- What the provider said it collected; null where that could not be read.
    price_currency text,
    price_minor bigint,
    -- What else the provider said, for reconciliation: the coin paid, rate, fee.
    details jsonb not null,
    received_at timestamptz not null default now(),
    constraint receipts_are_unique primary key (provider, external_id)
);

create index receipts_by_invoice on receipts (invoice_id);
