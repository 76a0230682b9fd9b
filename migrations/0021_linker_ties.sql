-- The linker compares by a model: it keeps each record as its court last told of it, sealed, what it is found by, and every
-- pair that may be one person. All of it can be had again from the journal.
truncate linker.records, linker.keys, linker.pairs;

alter table linker.records
    add column "case" uuid not null,
    -- When its court first told of it.
    add column since timestamptz not null,
    -- Whether its roles are such that it may be a second record of somebody in its case.
    add column beside boolean not null,
    -- Which data key opens it, and the box itself; null where there is nothing to compare.
    add column sealed jsonb;

-- Who lives behind which door: where people of many surnames live the address tells nobody apart. Keyed hashes only.
create table linker.doors (
    door    bytea not null,
    party   uuid not null references linker.records on delete cascade,
    surname bytea not null,
    primary key (door, party)
);
create index doors_by_party on linker.doors (party);

-- Pairs that may be one person, or contradict each other.
create table linker.ties (
    a          uuid not null,
    b          uuid not null,
    -- Their two cases, the smaller first.
    case_low   uuid not null,
    case_high  uuid not null,
    -- Thousandths of a bit.
    weight     integer not null,
    contradict boolean not null,
    primary key (a, b)
);
create index ties_by_b on linker.ties (b);
create index ties_by_cases on linker.ties (case_low, case_high);

grant select, insert, update, delete on linker.doors, linker.ties to linker;
