-- Which case of a matter became which, and how: of a charge that several of them speak of, the verdict of the last counts. What
-- `superseded` and `leads_to` say follows from it; both are written no more, and go once nobody reads them.
alter table alerts.matters
    add column steps jsonb not null default '[]',
    alter column superseded set default false;
comment on column alerts.matters.steps is 'In which cases this one went on, and how, as the linker says it.';
update alerts.matters m set steps = coalesce(
    (select jsonb_agg(step)
     from (select f.data from journal.facts f
           where f.kind = 'linker.matter-formed' and f.data ->> 'began_as' = m.began_as::text
           order by f.position desc limit 1) newest,
          jsonb_array_elements(newest.data -> 'steps') step
     where step ->> 'from' = m.case_id::text),
    '[]');

-- Which court a judge was told of: when the case goes to another, that one is asked for anew.
create table alerts.revealed_cases (
    signal        uuid not null,
    judge         text not null,
    parallel_case uuid not null,
    primary key (signal, judge, parallel_case)
);
comment on table alerts.revealed_cases is 'The parallel cases whose court a judge had named, although it may tell where a shielded person lives.';
grant select, insert, update, delete on alerts.revealed_cases to alerts;
insert into alerts.revealed_cases (signal, judge, parallel_case)
select (r.data ->> 'signal')::uuid, r.data ->> 'by', (s.data ->> 'parallel')::uuid
from journal.facts r
join journal.facts s on s.kind in ('alerts.signal-raised', 'alerts.signal-updated', 'alerts.signal-withdrawn')
    and s.data ->> 'signal' = r.data ->> 'signal' and s.data ->> 'version' = r.data ->> 'version'
where r.kind = 'alerts.court-revealed'
on conflict do nothing;

-- Who is who is followed besides: whoever is shielded in one case is shielded in every other.
update journal.cursors set txid = '0', position = 0 where reader = 'sweep:alerts';
