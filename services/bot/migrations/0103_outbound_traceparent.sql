-- Messages know the trace of their cause, so that one trace leads from a payment's webhook to the notice of it.
alter table outbound add column traceparent text not null default '';
