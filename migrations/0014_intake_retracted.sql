-- Which events were taken back: what they brought does not count as having come, and nobody waits on their behalf.
create table intake.retracted (
    event uuid primary key
);

grant select, insert on intake.retracted to intake;

insert into intake.retracted (event)
    select distinct (data ->> 'retracts')::uuid from journal.facts where kind = 'intake.event-retracted'
    on conflict do nothing;
