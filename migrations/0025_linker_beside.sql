-- The linker's read model is built anew beside the one in use, catches up with what is decided meanwhile, and takes its place in one
-- short transaction. Stop linkers of before this migration first: they note nothing while it is built.
create schema linker_next;
-- Where tables stand for the moment in which the two change places.
create schema linker_former;

-- The same tables with the same indexes under the same names, so that later migrations find either as they know it.
create table linker_next.records (
    party  uuid primary key,
    person uuid,
    "case" uuid not null,
    since  timestamptz not null,
    beside boolean not null,
    sealed jsonb
);
create index records_by_person on linker_next.records (person) where person is not null;
create index records_by_case on linker_next.records ("case");

create table linker_next.keys (
    key   bytea not null,
    party uuid not null references linker_next.records on delete cascade,
    primary key (key, party)
);
create index keys_by_party on linker_next.keys (party);

create table linker_next.doors (
    door    bytea not null,
    party   uuid not null references linker_next.records on delete cascade,
    surname bytea not null,
    primary key (door, party)
);
create index doors_by_party on linker_next.doors (party);

create table linker_next.ties (
    a          uuid not null,
    b          uuid not null,
    case_low   uuid not null,
    case_high  uuid not null,
    weight     integer not null,
    contradict boolean not null,
    primary key (a, b)
);
create index ties_by_b on linker_next.ties (b);
create index ties_by_cases on linker_next.ties (case_low, case_high);

create table linker_next.pairs (
    a uuid not null,
    b uuid not null,
    primary key (a, b)
);
create index pairs_by_b on linker_next.pairs (b);

create table linker_next.names (
    name   text not null,
    "case" uuid not null,
    own    boolean not null,
    primary key (name, "case", own)
);
create index names_by_case on linker_next.names ("case");

create table linker_next.merges (
    event    uuid primary key,
    "case"   uuid not null,
    ended    bytea not null,
    going_on bytea not null,
    sealed   jsonb not null
);
create index merges_by_case on linker_next.merges ("case");

create table linker_next.aliases (
    number bytea primary key,
    sealed jsonb not null
);

-- There is a row while a read model is built.
create table linker.building (
    one boolean primary key default true check (one)
);
-- What was decided since then, and which records were read anew for it.
create table linker.meanwhile (
    txid    xid8 not null default pg_current_xact_id(),
    cause   uuid not null,
    parties uuid[] not null
);

-- How often a model was put in force.
alter table linker.in_force add column turn bigint not null default 0;
-- A model that is to be put in force, or is and not all is decided by it yet: up to which record it is.
create table linker.activations (
    fact       uuid primary key,
    event_time timestamptz not null,
    upto       uuid not null default '00000000-0000-0000-0000-000000000000'
);

grant usage on schema linker_next to linker;
grant select, insert, update, delete on all tables in schema linker_next to linker;
grant select, insert, update, delete on linker.building, linker.meanwhile, linker.activations to linker;

-- What only the owner of tables may do, and the linker does here alone.

-- Empties what was built and not used.
create function linker_next.clear() returns void language plpgsql security definer
    set search_path = pg_catalog, pg_temp as $$
begin
    truncate linker_next.records, linker_next.keys, linker_next.doors, linker_next.ties, linker_next.pairs, linker_next.names,
        linker_next.merges, linker_next.aliases, linker.meanwhile;
end
$$;

-- Counts what was built, so that PostgreSQL plans for it as for what is in use.
create function linker_next.count() returns void language plpgsql security definer
    set search_path = pg_catalog, pg_temp as $$
begin
    analyze linker_next.records, linker_next.keys, linker_next.doors, linker_next.ties, linker_next.pairs, linker_next.names;
end
$$;

-- What was built and what is in use change places.
create function linker_next.switch_over() returns void language plpgsql security definer
    set search_path = pg_catalog, pg_temp as $$
declare
    part text;
begin
    foreach part in array array['keys', 'doors', 'records', 'ties', 'pairs', 'names', 'merges', 'aliases'] loop
        execute format('alter table linker.%I set schema linker_former', part);
        execute format('alter table linker_next.%I set schema linker', part);
        execute format('alter table linker_former.%I set schema linker_next', part);
    end loop;
end
$$;

revoke all on function linker_next.clear(), linker_next.count(), linker_next.switch_over() from public;
grant execute on function linker_next.clear(), linker_next.count(), linker_next.switch_over() to linker;
