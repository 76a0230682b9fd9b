-- Records that could not be decided anew by a model that was put in force, so that all others are: each with why (the text of an
-- error, which holds no value), tried again until it succeeds or another model is put in force. Not part of the read model, so
-- that it has no twin in `linker_next`.
create table linker.set_aside (
    party      uuid        primary key,
    -- For what it was to be decided anew.
    turn       bigint      not null,
    event_time timestamptz not null,
    reason     text        not null,
    attempts   integer     not null default 1,
    since      timestamptz not null default clock_timestamp()
);
grant select, insert, update, delete on linker.set_aside to linker;

-- An operator sees them among all else that was set aside.
create or replace view operations.parked as
    select consumer, facts.kind, reason, count(*) as facts, min(parked_at) as since
    from journal.parked left join journal.facts on facts.id = parked.fact group by 1, 2, 3
    union all
    select 'linker', 'linker.model-activated', reason, count(*), min(since) from linker.set_aside group by reason;
