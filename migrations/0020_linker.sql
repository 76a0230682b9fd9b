-- Where the linker finds the records that may be of one person. Values stand here as keyed hashes only.
create schema linker;

create table linker.records (
    party  uuid primary key,
    -- The person the record is part of, if it is one of several.
    person uuid
);
create index records_by_person on linker.records (person) where person is not null;

create table linker.keys (
    key   bytea not null,
    party uuid not null references linker.records on delete cascade,
    primary key (key, party)
);
create index keys_by_party on linker.keys (party);

-- Records that hang together because somebody asked or ruled about them, whatever their keys are now.
create table linker.pairs (
    a uuid not null,
    b uuid not null,
    primary key (a, b)
);
create index pairs_by_b on linker.pairs (b);

grant usage on schema linker to linker;
grant select, insert, update, delete on linker.records, linker.keys, linker.pairs to linker;
