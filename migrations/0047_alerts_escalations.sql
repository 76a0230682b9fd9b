-- Signals of which the clerks of the case heard that nobody had read them while their term neared. Everything here follows from facts.
create table alerts.escalations (
    signal       uuid primary key,
    -- The newest version that it was said of.
    version      integer not null,
    escalated_on date not null,
    read_by      date not null
);

-- Those that still wait: they stand, and nobody who has the case now has read that version or a later one.
create view alerts.waiting as
select e.signal, s.own_case, e.version, e.escalated_on, e.read_by
from alerts.escalations e
join alerts.signals s on s.signal = e.signal and s.standing = 'stands'
where not exists (
    select from alerts.assignments a
    join alerts.seen k on k.judge = a.judge and k.signal = e.signal
    where a.case_id = s.own_case and k.read >= e.version
);

grant select, insert, update, delete on alerts.escalations to alerts;
grant select on alerts.waiting to alerts;
