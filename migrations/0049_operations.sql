-- What an operator sees of the flow: counts, times and codes, never what a fact says. Views and functions read with the rights of
-- their owner, so that the service that shows them needs no right on another's tables.
create schema operations;

-- Facts are found by when they were written.
create index facts_by_time on journal.facts using brin (recorded_at);

-- Facts of the last hour, by author and minute.
create view operations.flow as
    select split_part(kind, '.', 1) as author, date_trunc('minute', recorded_at) as minute, count(*) as facts
    from journal.facts where recorded_at > clock_timestamp() - interval '1 hour' group by 1, 2;

-- How far every reader of the journal is: how many facts lie before it, of which at most 10,000 are counted, and since when the
-- first of them has been there. One that never came to work lies before all.
create view operations.readers as
    with readers as (
        select kind || ':' || service as reader, service, coalesce(txid, '0') as txid, coalesce(position, 0) as position
        from (values ('relay'), ('sweep')) kinds (kind)
        cross join (values ('intake'), ('linker'), ('alerts'), ('steward')) services (service)
        left join journal.cursors on reader = kind || ':' || service
        -- Intake follows nobody.
        where kind <> 'sweep' or service <> 'intake')
    select reader, facts, since from readers, lateral (
        select count(*) as facts, min(recorded_at) as since from (
            select recorded_at from journal.facts
            where (facts.txid, facts.position) > (readers.txid, readers.position)
            order by facts.txid, facts.position limit 10000) ahead) before
    where reader like 'sweep:%'
    union all
    select reader, facts, since from readers, lateral (
        select count(*) as facts, min(recorded_at) as since from (
            select recorded_at from journal.facts
            where split_part(kind, '.', 1) = readers.service
              and (facts.txid, facts.position) > (readers.txid, readers.position)
            order by facts.txid, facts.position limit 10000) ahead) before
    where reader like 'relay:%';

-- What consumers set aside, by why; a reason is the text of an error and holds no value.
create view operations.parked as
    select consumer, facts.kind, reason, count(*) as facts, min(parked_at) as since
    from journal.parked left join journal.facts on facts.id = parked.fact group by 1, 2, 3;

-- Events in quarantine, by what is wrong with them; one that has several faults counts for each.
create view operations.quarantine as
    select fault ->> 'code' as code, count(distinct fact) as events, min(since) as since
    from intake.quarantine, lateral jsonb_array_elements(reasons) fault group by 1;

-- Events that wait for something that has not come, by what it is.
create view operations.waiting as
    select thing, count(distinct event) as events, min(since) as since from intake.waiting group by 1;

-- Of the newest thousand signals, how many milliseconds passed from the filing of the event that led to each.
create view operations.told as
    select milliseconds from (
        select extract(epoch from told.recorded_at
                       - case when split_part(cause.kind, '.', 1) = 'intake' then cause.recorded_at else root.recorded_at end)
               * 1000 as milliseconds
        from (select cause, recorded_at from journal.facts
              where split_part(kind, '.', 1) = 'alerts' and kind = 'alerts.signal-raised'
              order by txid desc, position desc limit 1000) told
        join journal.facts cause on cause.id = told.cause
        left join journal.facts root on root.id = cause.cause and split_part(root.kind, '.', 1) = 'intake') traced
    where milliseconds is not null;

-- By what the linker decides.
create view operations.decider as select engine, policy from linker.in_force;

-- How far the linker is with deciding all anew by another model, in ten thousandths: it goes by the ids of records, which are spread
-- evenly.
create view operations.deciding_anew as
    select (('x' || left(upto::text, 8))::bit(32)::bigint * 10000 / 4294967296)::integer as done
    from linker.activations;

-- How far a read model is that is built beside the one in use: nothing while none is. The two change places by name, which a view
-- would not notice and a function does.
create function operations.building() returns table (records bigint, built bigint)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    if exists (select from linker.building) then
        return query select (select count(*) from linker.records), (select count(*) from linker_next.records);
    end if;
end
$$;

revoke all on function operations.building() from public;
grant usage on schema operations to steward;
grant select on all tables in schema operations to steward;
grant execute on function operations.building() to steward;
