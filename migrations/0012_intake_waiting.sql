-- What has come (cases, parties, charges, hearings, orders), and what was spoken of before it came. An event waits while
-- something it speaks of is not there: both tables are only ever added to, so whoever comes first, the difference is right.
create table intake.known (
    id uuid primary key
);

create table intake.awaited (
    event uuid not null,
    id    uuid not null,
    thing text not null,
    since timestamptz not null default clock_timestamp(),
    primary key (event, id)
);
create index awaited_by_age on intake.awaited (since, event, id);
create index awaited_by_id on intake.awaited (id);

grant select, insert on intake.known to intake;
grant select, insert, delete on intake.awaited to intake;
