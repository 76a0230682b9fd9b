-- Where the linker finds what it said last: of each person the fact, of each pair the question that is open and the newest ruling. Without
-- it every decision would read all that was ever said about its records. Empties the read model, which can be had again from
-- the journal: stop every linker before, and run `verband rebuild` after.
truncate linker.records, linker.keys, linker.doors, linker.ties, linker.pairs, linker.names, linker.merges, linker.aliases;

create table linker.persons (
    person uuid primary key,
    -- The fact that says who is part of it.
    fact   uuid not null
);
create table linker_next.persons (
    person uuid primary key,
    fact   uuid not null
);

alter table linker.pairs
    -- The fact that asks, while it is asked.
    add column asked uuid,
    -- The newest ruling.
    add column ruled uuid,
    add constraint pairs_hang_together check (asked is not null or ruled is not null);
alter table linker_next.pairs
    add column asked uuid,
    add column ruled uuid,
    add constraint pairs_hang_together check (asked is not null or ruled is not null);

grant select, insert, update, delete on linker.persons, linker_next.persons to linker;

create or replace function linker_next.clear() returns void language plpgsql security definer
    set search_path = pg_catalog, pg_temp as $$
begin
    truncate linker_next.records, linker_next.keys, linker_next.doors, linker_next.ties, linker_next.pairs, linker_next.names,
        linker_next.merges, linker_next.aliases, linker_next.persons, linker.meanwhile;
end
$$;

create or replace function linker_next.count() returns void language plpgsql security definer
    set search_path = pg_catalog, pg_temp as $$
begin
    analyze linker_next.records, linker_next.keys, linker_next.doors, linker_next.ties, linker_next.pairs, linker_next.names,
        linker_next.persons;
end
$$;

create or replace function linker_next.switch_over() returns void language plpgsql security definer
    set search_path = pg_catalog, pg_temp as $$
declare
    part text;
begin
    foreach part in array array['keys', 'doors', 'records', 'ties', 'pairs', 'names', 'merges', 'aliases', 'persons'] loop
        execute format('alter table linker.%I set schema linker_former', part);
        execute format('alter table linker_next.%I set schema linker', part);
        execute format('alter table linker_former.%I set schema linker_next', part);
    end loop;
end
$$;
