-- Requests in a judge's cases, the newest first. The parallel case is named as in the signal itself: not once it is withdrawn, and
-- not where its court may tell where somebody stays who is shielded, until the judge asked for it.
select r.request, r.signal, s.own_case, s.parallel_case,
    (s.standing = 'stands'
     and (not coalesce((s.assessment ->> 'court_hidden')::boolean, false)
          or exists (select from alerts.revealed_cases v
                     where v.signal = s.signal and v.judge = a.judge and v.parallel_case = s.parallel_case))) as "named!"
from alerts.requests r
join alerts.signals s on s.signal = r.signal
join alerts.assignments a on a.case_id = s.own_case
where a.judge = $1
  and ($2::uuid is null
       or (r.asked_at, r.request) < (select k.asked_at, k.request from alerts.requests k where k.request = $2))
order by r.asked_at desc, r.request desc
limit $3
