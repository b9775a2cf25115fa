-- What is in units that are files. The unit itself seals only the name and the size, so that a sale never reads a file.
create table unit_files (
    unit_id bigint primary key references units,
    -- By the key and for the place of its unit.
    sealed bytea not null
);
