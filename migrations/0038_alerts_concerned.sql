-- Whom a signal concerns: who has its case, and, once it was withdrawn, whoever read it, also when the case is another's now.
create view alerts.concerned as
select a.judge, s.signal
from alerts.assignments a
join alerts.signals s on s.own_case = a.case_id
union
select k.judge, k.signal
from alerts.seen k
join alerts.signals s on s.signal = k.signal and s.standing = 'withdrawn'
where k.read > 0;

grant select on alerts.concerned to alerts;
