-- What buyers say about what they bought, and the sums of it.
create table reviews (
    -- Derived from person and item.
    id uuid primary key,
    item_id uuid not null references items,
    person_id bigint not null,
    -- A first name, for others; may be empty.
    author text not null check (char_length(author) <= 32),
    stars smallint not null constraint reviews_stars check (stars between 1 and 5),
    body text not null check (char_length(body) <= 500),
    state text not null default 'pending' constraint reviews_state
        check (state in ('pending', 'approved', 'rejected', 'removed')),
    -- Why staff did not approve it.
    reason text not null default '',
    -- One more each time its author writes it anew: a decision is about the words that were seen.
    version integer not null default 1,
    written_at timestamptz not null default now(),
    -- One per person and item.
    constraint reviews_person_item_key unique (person_id, item_id),
    -- What staff took away is gone.
    constraint reviews_removed_are_empty check (state <> 'removed' or (body = '' and author = ''))
);

create index reviews_shown on reviews (item_id, written_at desc, id) where state = 'approved';
create index reviews_pending on reviews (written_at, id) where state = 'pending';

-- The approved ones of an item together. Written where staff decide or an author changes their mind, never by a sale: it
-- is not a part of the item's row, which all sales share.
create table item_ratings (
    item_id uuid primary key references items,
    reviews integer not null,
    stars bigint not null,
    constraint item_ratings_sums check (reviews >= 0 and stars between reviews and 5 * reviews)
);
