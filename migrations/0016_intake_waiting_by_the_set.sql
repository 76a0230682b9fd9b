-- What waits follows from the set of events, in whatever order they came.
--
-- intake.awaited is what may wait: at least every thing that an event speaks of and that is not there. intake.retracted are
-- the events that do not stand, by the domain's rule over all events of their case.
alter table intake.events
    -- The case it is about; none for what was refused, and for what came before this column.
    add column about uuid;

-- Which events speak of another case than their own.
create table intake.crossings (
    event uuid not null,
    id    uuid not null,
    primary key (id, event)
);

create view intake.waiting as
    select event, id, thing, since from intake.awaited
    where not exists (select from intake.retracted where retracted.event = awaited.event)
      and not exists (select from intake.events bringing where bringing.brings = awaited.id
                      and not exists (select from intake.retracted where retracted.event = bringing.event))
      -- A revision waits for an event of its own case: one of another is not the one it means.
      and not exists (select from intake.events earlier where earlier.event = awaited.id and awaited.thing = 'event'
                      and not exists (select from intake.events own where own.event = awaited.event
                                      and own.about <> earlier.about));

grant select, insert on intake.crossings to intake;
grant select on intake.waiting to intake;
-- An event that was taken back stands again when that is taken back.
grant delete on intake.retracted to intake;
