-- Which refusals an operator discarded, by what made them the same when they came again: sent once more, they are kept and
-- told once more.
create table intake.discarded (
    event uuid primary key
);

grant select, insert on intake.discarded to intake;

insert into intake.discarded (event)
    select refused.cause from journal.facts discarded
    join journal.facts refused on refused.id = (discarded.data ->> 'quarantined')::uuid
    where discarded.kind = 'intake.event-discarded'
    on conflict do nothing;
