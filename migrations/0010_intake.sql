-- The list of quarantined events, for operators. The events themselves are facts, sealed.
create schema intake;

create table intake.quarantine (
    fact    uuid primary key,
    event   uuid not null,
    channel text not null,
    reasons jsonb not null,
    since   timestamptz not null default clock_timestamp()
);
create index quarantine_by_age on intake.quarantine (since, fact);

grant usage on schema intake to intake;
grant select, insert, delete on intake.quarantine to intake;
