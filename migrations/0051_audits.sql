-- What the linker's audit found when it last looked, for operators. No fact: the next look tells it again.
create table operations.audits (
    is_last   boolean     primary key default true check (is_last),
    at        timestamptz not null,
    persons   bigint      not null,
    links     bigint      not null,
    questions bigint      not null,
    -- How many findings, by the code of the rule that does not hold.
    findings  jsonb       not null
);
grant usage on schema operations to linker;
grant select, insert, update on operations.audits to linker;
grant select on operations.audits to steward;
