-- One row an event instead of three (inbox, digest, what it brings): the row that says that it was seen says all of it.
alter table intake.events
    -- None for what was refused: its bytes are its identity.
    alter column digest drop not null,
    -- The case, party, charge or other thing that comes into being by it.
    add column brings uuid;
create index events_by_brings on intake.events (brings) where brings is not null;

insert into intake.events (event) select fact from journal.inbox where consumer = 'intake' on conflict do nothing;
delete from journal.inbox where consumer = 'intake';
-- Which event brought a thing was not kept: the thing stands for it.
insert into intake.events (event, brings) select id, id from intake.known
    on conflict (event) do update set brings = excluded.brings;
drop table intake.known;
