-- The questions that a steward would be offered, the most pressing first: open, in nobody's hand, not set aside by them, of their
-- pools, waiting for no court, on which they have not spoken, and in whose answer they had no part.
select q.question
from steward.questions q
left join steward.cases a on a.case_id = q.case_a
left join steward.cases b on b.case_id = q.case_b
where q.status = 'open'
  and (q.claimed_until is null or q.claimed_until <= $2 or q.claimed_by = $3)
  and $3 <> all (q.spoken)
  and $3 <> all (q.not_for)
  and q.only_for = '{}'
  and (q.waits_until is null or q.waits_until < $1)
  and ($5::text[] is null
       or array[a.court, a.court || '/' || a.jurisdiction, b.court, b.court || '/' || b.jurisdiction] && $5)
  and not exists (
      select from steward.set_aside s where s.question = q.question and s.by = $3 and s.until > $2)
order by coalesce(
             (select min(day) from steward.cases c, unnest(c.hearings) as day
              where c.case_id = any (q.concerned) and day >= $1),
             'infinity'),
         -q.cases, q.opened_at, q.question
limit $4
